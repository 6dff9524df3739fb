"""The arguments and results of the commands in `extensions`."""

from typing import Literal

import attrs
from lsprotocol import types


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
class NetworkCheck:
    """A check of the network, with a drill of GOPROXY if asked for."""

    drill: bool


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


@attrs.define
class IgnorePlace:
    """A place to ignore a rule in: either an edit that does it, or the settings that get the rule."""

    title: str
    detail: str
    edit: types.WorkspaceEdit | None = None
    settings: Literal["workspace", "user"] | None = None
