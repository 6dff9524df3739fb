"""The contract with our own client: what the two say to each other beyond LSP.

`docs/lsp-extensions.md` documents it. `tests/lsp/test_extensions.py` holds this module, `command_types`, that page and
`extension/src` to the same names. Nothing here needs lsprotocol or attrs, which take long to import.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypedDict

from wslgo.ide.code_lens import DEBUG_COMMAND, EXPLAIN_COMMAND, INSPECT_COMMAND
from wslgo.ide.hover.text import OPEN_COMMAND

# `initializationOptions`

# The members of `can`: each is a part of this contract that a client may leave out.
Ability = Literal["ignore", "asRoot", "ask", "debug", "explain", "inspect", "move", "pages", "terminal", "topics"]


class Options(NamedTuple):
    """The `initializationOptions` of a client, read without trusting their types."""

    settings: object = None
    locale: str | None = None
    trusted: bool = False
    health: bool = False
    can: frozenset[str] = frozenset()
    rule_pages: str = ""  # the address of the page of `{rule}`


def options_of(value: object) -> Options:
    """Return the options in what a client sent; those of the wrong type are left out."""
    options = value if isinstance(value, Mapping) else {}
    locale, can, pages = options.get("locale"), options.get("can"), options.get("rulePages")
    return Options(
        settings=options.get("settings"),
        locale=locale if isinstance(locale, str) else None,
        trusted=options.get("trusted") is True,
        health=options.get("health") is True,
        can=frozenset(map(str, can)) if isinstance(can, (list, tuple)) else frozenset(),
        rule_pages=pages if isinstance(pages, str) else "",
    )


# Commands of the server. Their ids begin with `wslgo.server.`, because an editor registers every advertised command
# under its own name.

EXPLAIN_RULE = "wslgo.server.explain"
EXPLAIN_ENTRY = "wslgo.server.explainConfiguration"
HEALTH = "wslgo.server.health"
REFRESH = "wslgo.server.refreshHost"
GLANCE = "wslgo.server.glance"
OPEN = "wslgo.server.open"
WRITE_BYTES = "wslgo.server.writeBytes"
PLAN_AS_ROOT = "wslgo.server.planAsRoot"
BEGIN_AS_ROOT = "wslgo.server.beginAsRoot"
END_AS_ROOT = "wslgo.server.endAsRoot"
DEBUG_CONFIGURATIONS = "wslgo.server.debugConfigurations"
GENERATE_LAUNCH = "wslgo.server.generateLaunch"
INSPECT = "wslgo.server.inspect"
INSPECT_ENTRY = "wslgo.server.inspectConfiguration"
WARN_OF_PROGRAM = "wslgo.server.warnOfProgram"
WARN_OF_BREAKPOINT = "wslgo.server.warnOfBreakpoint"
GO_PROCESSES = "wslgo.server.goProcesses"
END_LEFTOVER = "wslgo.server.endLeftover"
CHECK_NETWORK = "wslgo.server.checkNetwork"
PROVISION = "wslgo.server.provision"
UNDO_PROVISION = "wslgo.server.undoProvision"
MOVE_WORKSPACE = "wslgo.server.moveWorkspace"


# Commands of the client, which code actions and lenses name.

IGNORE = "wslgo.ignore"
APPLY_AS_ROOT = "wslgo.applyAsRoot"
MOVE = "wslgo.moveWorkspace"
CLIENT_COMMANDS = (IGNORE, APPLY_AS_ROOT, MOVE, OPEN_COMMAND, DEBUG_COMMAND, EXPLAIN_COMMAND, INSPECT_COMMAND)


# Requests and notifications of the server.

ASK = "wslgo/ask"
CONFIRM = "wslgo/confirm"
SHOW_PAGE = "wslgo/showPage"
RUN_AS_ROOT = "wslgo/runAsRoot"
HEALTH_CHANGED = "wslgo/health"


class Proposal(TypedDict):
    """Params of `wslgo/ask`: a change of a file, and the answers to choose from; the result is one of them or null."""

    path: str
    title: str
    before: str
    after: str
    question: str
    answers: list[str]


class Question(TypedDict):
    """Params of `wslgo/confirm`: a modal question; the result is one of the answers or null."""

    question: str
    detail: str
    answers: list[str]


class Page(TypedDict):
    """Params of `wslgo/showPage`: a Markdown page; the result is null."""

    name: str
    text: str


class TerminalCommand(TypedDict):
    """Params of `wslgo/runAsRoot`: a program to run without a shell; the result is its exit code or null."""

    name: str
    command: str
    words: list[str]
    folder: str


class Health(TypedDict):
    """Params of `wslgo/health`: how many items need attention, and the text of the status item."""

    attention: int
    text: str
