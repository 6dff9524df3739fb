"""The contract with our own client: what the two say to each other beyond LSP.

`docs/lsp-extensions.md` documents it. `tests/lsp/test_extensions.py` holds this module, that page and `extension/src`
to the same names.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypedDict

import attrs
from lsprotocol import types

from wslgo.ide.code_lens import DEBUG_COMMAND, EXPLAIN_COMMAND, INSPECT_COMMAND

# `initializationOptions`

# The members of `can`: each is a part of this contract that a client may leave out.
Ability = Literal["ignore", "asRoot", "ask", "debug", "explain", "inspect", "pages", "terminal"]


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
PROVISION = "wslgo.server.provision"
UNDO_PROVISION = "wslgo.server.undoProvision"


@attrs.define
class Empty:
    """The argument of a command that needs none: an empty object."""


@attrs.define
class RuleName:
    """A rule whose page is requested."""

    rule: str


@attrs.define
class EntryNumber:
    """A launch configuration: its document, and its number among the Go entries there."""

    uri: str
    number: int


@attrs.define
class MachineFile:
    """A file that configures this machine: `wslconfig`, `wslconf` or `goenv`."""

    file: str


@attrs.define
class WriteBytes:
    """A fix of bytes that an editor hides: the file, the rule, and the range of the finding."""

    uri: str
    rule: str
    range: types.Range


@attrs.define
class RootWrite:
    """A document that root writes as the editor shows it.

    With a rule, the fix of the finding at `range` is applied first; with a template, the file is created from it.
    """

    document: str
    rule: str = ""
    range: types.Range | None = None
    fix: int = 0
    template: str = ""


@attrs.define
class RootPlan:
    """The plan of a write as root: texts to show, and the command to run in `folder`, without a shell."""

    token: int
    title: str
    detail: str
    before: str
    after: str
    command: str
    words: list[str]
    folder: str


@attrs.define
class PlanToken:
    """The number of a plan of a write as root."""

    token: int


@attrs.define
class LaunchFolder:
    """The URI of a folder to generate launch entries for, and the ids of the client's extensions."""

    folder: str
    extensions: list[str] = attrs.field(factory=list)


@attrs.define
class WrittenDocuments:
    """The URIs of changed documents that the client is to save: they had no unsaved changes before."""

    save: list[str] = attrs.field(factory=list)


@attrs.define
class ProvisionFolder:
    """The URI of the folder whose modules say which Go is needed; "" if none is open."""

    folder: str = ""


@attrs.define
class ProgramFile:
    """A compiled program by its absolute path, and the LD_LIBRARY_PATH that it is started with."""

    path: str
    libraries: str = ""


@attrs.define
class SourceLine:
    """A line of a file, from 0."""

    uri: str
    line: int


@attrs.define
class ProcessId:
    """A process by its id and its start, in ticks since the boot, so that no other one is meant."""

    pid: int
    started: int


@attrs.define
class ListedProcess:
    """A process in a list: its name, what it is, and why Delve cannot attach; "" if nothing is known against it."""

    pid: int
    started: int
    name: str
    about: str
    obstacle: str = ""


@attrs.define
class ListedProcesses:
    """The running Go programs, and what debuggers have left."""

    programs: list[ListedProcess]
    leftovers: list[ListedProcess]


# Commands of the client, which code actions and lenses name.

IGNORE = "wslgo.ignore"
APPLY_AS_ROOT = "wslgo.applyAsRoot"
CLIENT_COMMANDS = (IGNORE, APPLY_AS_ROOT, DEBUG_COMMAND, EXPLAIN_COMMAND, INSPECT_COMMAND)


@attrs.define
class IgnorePlace:
    """A place to ignore a rule in: either an edit that does it, or the settings that get the rule."""

    title: str
    detail: str
    edit: types.WorkspaceEdit | None = None
    settings: Literal["workspace", "user"] | None = None


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
