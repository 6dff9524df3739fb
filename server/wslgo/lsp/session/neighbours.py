"""The files and the machine that the findings of a document depend on."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wslgo.linter.one_machine import is_one_machine
from wslgo.lsp.session.document import LARGE, Document, OpenDocument, content
from wslgo.lsp.session.documents import Documents
from wslgo.lsp.session.survey import Survey
from wslgo.lsp.session.workspace import Workspace
from wslgo.machine.host import Host
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    DOTENV,
    FSTAB,
    GITLAB,
    GOMOD,
    GOVERSION,
    GOWORK,
    LAUNCH,
    MAKEFILE,
    MISE,
    OF_MODULES,
    OF_THIS_MACHINE,
    OTHER,
    RESOLVCONF,
    SETTERS,
    SETTINGS,
    SHELL,
    SHIPPED,
    TASKS,
    TOOLVERSIONS,
    WORKFLOW,
    WORKSPACE,
    WSLCONF,
    WSLCONFIG,
    Family,
    family_of,
)
from wslgo.syntax.file import File
from wslgo.text.source import decode

if TYPE_CHECKING:
    from wslgo.golang.project import Project

# The families that a file depends on: its partner, the modules of the workspace, the files that set its variables.
DEPENDS_ON = {
    **{name: (other,) for name, other in OTHER.items()},
    GOMOD: (GOMOD, GOWORK, *OF_MODULES),
    GOWORK: (GOMOD, GOWORK, *OF_MODULES),
    **dict.fromkeys(OF_MODULES, (*OF_MODULES, GOMOD)),
    SHELL: (*OF_MODULES, GOMOD, WSLCONF, WSLCONFIG),
    LAUNCH: (*OF_MODULES, TASKS),
    **dict.fromkeys(OF_THIS_MACHINE, OF_MODULES),
    MAKEFILE: (MAKEFILE, GOMOD, *OF_MODULES),
    DOTENV: (LAUNCH, SETTINGS, WORKSPACE),
    RESOLVCONF: (WSLCONF, WSLCONFIG),
    FSTAB: (WSLCONF,),
    WORKFLOW: (GOMOD, DEVCONTAINER),
    **dict.fromkeys((COMPOSE, DOCKERFILE, GITLAB, DEVCONTAINER, TOOLVERSIONS, GOVERSION), (GOMOD,)),
    MISE: (GOMOD, *OF_MODULES),
    SHIPPED: OF_MODULES,
}

_LARGEST = 1 << 20


class Others(NamedTuple):
    """The files that a document depends on; another `key` means that they may have changed."""

    key: tuple[int, ...]
    files: tuple[File, ...]


class Neighbours:
    """The files around the documents: as they are open, else as the last survey or the workspace folders have them."""

    def __init__(self, workspace: Workspace, documents: Documents) -> None:
        self._workspace = workspace
        self._documents = documents
        self.survey = Survey()
        self._surveyed = self.survey.found
        self._generation = 0  # of everything that is not a document: settings, team files, files beside
        self._beside: dict[str, tuple[Document, ...]] = {}
        self._others: dict[str, Others] = {}
        self._found: dict[str, Document] = {}

    def take(self, survey: Survey) -> None:
        """Replace what is known of workspace and machine."""
        self.survey = survey
        self._surveyed = survey.found
        self._found.clear()
        self.forget()

    def forget(self) -> None:
        """Forget what was read from disk, and with it all findings."""
        self._beside.clear()
        self._generation += 1

    def close(self, uri: str) -> None:
        self._others.pop(uri, None)

    @property
    def host(self) -> Host:
        return self.survey.host

    def project(self, document: Document) -> "Project | None":
        """Return the Go workspace of a launch.json."""
        return self.survey.projects.get(document.file.path)

    def others(self, document: Document) -> Others:
        """Return the files that a document depends on: the same object until something changes."""
        file = document.file
        families = DEPENDS_ON.get(file.family.name, ())
        opened = [
            other
            for other in self._documents.supported
            if other.family and other.family.name in families and other.uri != document.uri
        ]
        key = (self._generation, *(other.stamp for other in opened))
        known = self._others.get(document.uri)
        if known is None or known.key != key:
            known = self._others[document.uri] = Others(key, tuple(self._files(file, families, opened)))
        large = {other.path for other in opened if len(other.text) > LARGE}
        return _without_unread(known, large) if large else known

    def _files(self, file: File, families: Sequence[str], opened: Sequence[OpenDocument]) -> Iterator[File]:
        if file.family.name in OTHER:
            other = self._partner(file.path) or self._workspace_partner(file)
            return iter((other.file,) if other else ())
        return self._in_order(file.path, families, opened)

    def _in_order(self, path: str, families: Sequence[str], opened: Sequence[OpenDocument]) -> Iterator[File]:
        """Yield files in the order of the survey, because a later file may win; then what is open besides."""
        by_path = {other.path: other for other in opened}
        for found in self._surveyed.values():
            if found.family.name not in families or found.path == path:
                continue
            shown = by_path.pop(found.path, None)
            document = self._documents.get(shown.uri) if shown else self._on_disk(found.path)
            if document is not None:
                yield document.file
        for other in by_path.values():
            if (document := self._documents.get(other.uri)) is not None:
                yield document.file

    def dependents(self, uri: str) -> tuple[str, ...]:
        """Return the open documents whose findings may change with this one."""
        opened = self._documents.open_document(uri)
        name = opened.family.name if opened and opened.family else ""
        if name not in OTHER and name not in SETTERS:
            return ()
        return tuple(
            other.uri
            for other in self._documents.supported
            if other.family and name in DEPENDS_ON.get(other.family.name, ())
        )

    def other(self, family: Family) -> Document | None:
        """Return the WSL file of the workspace that is of the other family; None if there are several."""
        wanted = OTHER.get(family.name)
        if wanted is None:
            return None
        opened = [other.uri for other in self._documents.supported if other.family and other.family.name == wanted]
        if opened:
            return self._documents.get(opened[0]) if len(opened) == 1 else None
        beside = self._files_beside(wanted)
        return beside[0] if len(beside) == 1 else None

    def _workspace_partner(self, file: File) -> Document | None:
        """Return the other WSL file of the workspace, if both can be of one machine."""
        other = self.other(file.family)
        is_one = other is not None and is_one_machine(file.path, other.file.path, self.host.home or "")
        return other if is_one else None

    def _partner(self, path: str) -> Document | None:
        """Return the other one of this machine's own two files."""
        own = [snapshot.path for snapshot in (self.host.wslconfig, self.host.wslconf) if snapshot is not None]
        return next((self.at(other) for other in own if path in own and other != path), None)

    def at(self, path: str) -> Document | None:
        """Return the document of a path that a finding names."""
        opened = self._documents.open_at(path)
        if opened is not None:
            return self._documents.get(opened.uri)
        beside = (document for documents in self._beside.values() for document in documents)
        return next((document for document in beside if document.file.path == path), None) or self._on_disk(path)

    def closed_machine_files(self) -> tuple[Document, ...]:
        """Return the files that configure this machine and are not open."""
        shown = self._documents.paths
        closed = (self._on_disk(found.path) for found in self.survey.globals if found.path not in shown)
        return tuple(document for document in closed if document is not None)

    def machine_files(self) -> tuple[File, ...]:
        """Return the files that configure this machine, as they are open or on disk."""
        known = self.survey.machine.files if self.survey.machine is not None else ()
        documents = (self.at(found.path) for found in known)
        return tuple(document.file for document in documents if document is not None)

    def _on_disk(self, path: str) -> Document | None:
        """Return a file of the survey."""
        found = self._surveyed.get(path)
        if found is not None and path not in self._found:
            self._found[path] = self._documents.closed_document(found.path, found.family, found.source)
        return self._found.get(path)

    def _files_beside(self, family: str) -> tuple[Document, ...]:
        if family not in self._beside:
            self._beside[family] = tuple(self._read_beside(family))
        return self._beside[family]

    def _read_beside(self, family: str) -> Iterator[Document]:
        within = self._workspace.real_roots
        for root in self._workspace.roots:
            for path in _listing(root):
                found = family_of(path)
                if found is not None and found.name == family and (data := content(path, _LARGEST, within)):
                    yield self._documents.closed_document(path, found, decode(data))


def _without_unread(others: Others, large: set[str]) -> Others:
    """Return the files without those that a thread has yet to read: no document waits for another one."""
    files = tuple(file for file in others.files if file.path not in large or file.unread <= LARGE)
    return others if len(files) == len(others.files) else Others((*others.key, len(files) - len(others.files)), files)


def _listing(folder: str) -> list[str]:
    try:
        return sorted(map(str, Path(folder).iterdir()))
    except OSError:
        return []
