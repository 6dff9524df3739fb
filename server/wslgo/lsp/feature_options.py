"""Options of features that are registered in `initialize`, and for Go files after it."""

from lsprotocol import types

from wslgo.ide.code_action import FIX_ALL, QUICK_FIX

ACTIONS = types.CodeActionOptions(code_action_kinds=[QUICK_FIX, FIX_ALL])
PULL = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="wslgo")
