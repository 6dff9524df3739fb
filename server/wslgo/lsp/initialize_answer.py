"""The answer to `initialize`, written without pygls and lsprotocol: their import takes longer than all before it.

`tests/lsp/test_opening.py` compares it with the answer that pygls makes of the registered handlers.
"""

import json
from typing import Any

from wslgo import __version__
from wslgo.lsp import extensions
from wslgo.lsp.session.capabilities import Client
from wslgo.lsp.wire.json_text import JsonText

_INCREMENTAL = 2
_COMMANDS = [value for value in vars(extensions).values() if str(value).startswith("wslgo.server.")]

_CAPABILITIES: dict[str, Any] = {
    "textDocumentSync": {"openClose": True, "change": _INCREMENTAL, "save": True},
    "completionProvider": {"triggerCharacters": ["[", "=", '"'], "resolveProvider": True},
    "hoverProvider": True,
    "definitionProvider": True,
    "documentSymbolProvider": True,
    "codeActionProvider": {"codeActionKinds": ["quickfix", "source.fixAll.wslgo"]},
    "codeLensProvider": {"resolveProvider": False},
    "documentLinkProvider": {"resolveProvider": False},
    "executeCommandProvider": {"commands": _COMMANDS},
    "inlayHintProvider": {"resolveProvider": False},
}
_WORKSPACE = {"workspaceFolders": {"supported": True, "changeNotifications": True}, "fileOperations": {}}
# Only for clients that pull: both ways would show each finding twice.
_PULL = {"interFileDependencies": True, "workspaceDiagnostics": False, "identifier": "wslgo"}


def initialize_answer(client: Client) -> JsonText:
    """Return the result of `initialize` for a client."""
    pull = {"diagnosticProvider": _PULL} if client.pulls else {}
    capabilities = {"positionEncoding": client.unit, **_CAPABILITIES, **pull, "workspace": _WORKSPACE}
    return JsonText(json.dumps({"capabilities": capabilities, "serverInfo": {"name": "wslgo", "version": __version__}}))
