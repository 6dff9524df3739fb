"""One client's documents, settings and trust. Knows files and core types, nothing of the protocol."""

import itertools
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pygls.uris import from_fs_path

from wslgo.linter import team_file
from wslgo.linter.settings import EVERYTHING, Read, Settings
from wslgo.linter.settings import read as read_settings
from wslgo.lsp.extensions import Ability, options_of
from wslgo.lsp.session.capabilities import Client, language_of
from wslgo.lsp.session.document import LARGE, Disk, Document, Opened, content, look, path_of
from wslgo.lsp.session.surroundings import Survey, real_folders
from wslgo.machine.host import Host
from wslgo.syntax.family import (
    DOTENV,
    GOMOD,
    GOWORK,
    LAUNCH,
    OTHER,
    RESOLVCONF,
    SETTERS,
    SETTINGS,
    WORKSPACE,
    WSLCONF,
    Family,
    family_of,
    of_language,
)
from wslgo.syntax.file import File, read
from wslgo.system.reader import LARGEST, is_within, leads_out, read_regular
from wslgo.system.repository import around
from wslgo.text.message import Language, Text
from wslgo.text.source import BOM, Source, decode

if TYPE_CHECKING:
    from wslgo.golang.project import Project

# The families that a file looks at: its partner, the modules of the workspace, what sets variables for it.
_GLOBAL_SETTERS = tuple(name for name in SETTERS if name not in (LAUNCH, DOTENV))
LOOKS_AT = {
    **{name: (other,) for name, other in OTHER.items()},
    GOMOD: (GOMOD, GOWORK, *_GLOBAL_SETTERS),
    GOWORK: (GOMOD, GOWORK, *_GLOBAL_SETTERS),
    **dict.fromkeys(_GLOBAL_SETTERS, _GLOBAL_SETTERS),
    LAUNCH: _GLOBAL_SETTERS,
    DOTENV: (LAUNCH, SETTINGS, WORKSPACE),
    RESOLVCONF: (WSLCONF,),
}

_TREES_KEPT = 16  # of a hundred open documents few are ever looked at
_BIGGEST_OTHER = 1 << 20


class Others(NamedTuple):
    """The files that one looks at; another `key` means that they may say something else."""

    key: tuple[int, ...]
    files: tuple[File, ...]


class Session:
    """What is true between `initialize` and `exit`."""

    def __init__(
        self, client: Client | None = None, roots: tuple[str, ...] = (), options: object = None, locale: object = None
    ) -> None:
        self.client = client or Client()
        self.roots = roots
        self.is_trusted = False
        self.checks_machine = True
        self.language: Language = "en"
        self.generation = 0  # of everything that is not a document: settings, team files, files beside
        self._problems: list[Text] = []
        self._told: list[Text] = []
        self._mine = Settings()
        self._settings: object = None
        self._opened: dict[str, Opened] = {}
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._teams: dict[str, Settings] = {}
        self._beside: dict[str, tuple[Document, ...]] = {}
        self._others: dict[str, Others] = {}
        self._found: dict[str, Document] = {}
        self.survey = Survey()
        self._surveyed = self.survey.found
        self._stamps = itertools.count(1)
        self._options = given = options_of(options)
        self._locale = given.locale or locale
        self.is_trusted = given.trusted
        self.shows_health = given.health
        self.rule_pages = given.rule_pages if self.client.describes_codes else ""
        self._take(given.settings)

    # Settings

    def configure(self, settings: object) -> bool:
        """Take over the editor's settings, the object under `wslgo`; whether they say anything new."""
        if settings == self._settings:
            return False
        self._take(settings)
        return True

    def _take(self, settings: object) -> None:
        self._settings = settings
        settings = settings if isinstance(settings, Mapping) else {}
        self.language = language_of(settings.get("language"), self._locale)
        self.checks_machine = self.section("machine").get("check") is not False
        self._mine = self._understood(read_settings(settings.get("check") or None))
        self.refresh()

    def section(self, name: str) -> Mapping[str, object]:
        """The editor's settings below `wslgo.NAME`."""
        found = self._settings.get(name) if isinstance(self._settings, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def move(self, roots: tuple[str, ...]) -> None:
        """The workspace has other folders now."""
        self.roots = roots
        self.refresh()

    def refresh(self) -> None:
        """Forget what was read from disk beside the documents."""
        self._teams.clear()
        self._beside.clear()
        self.generation += 1

    def settings(self, path: str) -> Settings:
        """What user and team say about the rules for a file."""
        folder = path.rpartition("/")[0]
        if folder not in self._teams:
            may_look = folder.startswith("/") and self._may_look(folder)
            team = team_file.load(Path(folder), self.bounds) if may_look else Read(Settings())
            self._teams[folder] = joined(self._mine, self._understood(team))
        return self._teams[folder]

    def take_problems(self) -> list[Text]:
        """What could not be understood in the settings; everything is told once."""
        new = [problem for problem in self._problems if problem not in self._told]
        self._told += new
        self._problems.clear()
        return new

    def can(self, ability: Ability) -> bool:
        """Return whether the client takes part in something that LSP does not have."""
        return ability in self._options.can

    @property
    def places(self) -> tuple[str, ...]:
        """The folders of the workspace without links: what was found there and leads out of them is not read."""
        return real_folders(self.roots)

    @property
    def bounds(self) -> tuple[str, ...] | None:
        """The folders in which a search upwards stays: without trust those of the workspace."""
        return None if self.is_trusted else self.places

    def contains(self, path: str) -> bool:
        """Whether a file lies in the workspace, behind its links."""
        return not leads_out(path, self.places)

    def _understood(self, read: Read) -> Settings:
        self._problems += read.problems
        return read.settings

    # Documents

    def open(self, uri: str, language: str, version: int | None, text: str) -> None:
        path = path_of(uri)
        family = of_language(language, path)
        disk = self._look(path) if family else Disk()
        self._opened[uri] = Opened(uri, path, family, version, text, disk, next(self._stamps))
        self._documents.pop(uri, None)
        self.refresh()

    def _look(self, path: str) -> Disk:
        """The head of a file that the client has opened; of one outside of a workspace without trust its text does."""
        return look(path) if not self.roots or self._may_look(path) else Disk()

    def _may_look(self, path: str) -> bool:
        """Whether the disk may be asked about a path: without trust only in the workspace."""
        return self.is_trusted or (is_within(path, self.roots) and self.contains(path))

    def change(self, uri: str, version: int | None, text: str) -> None:
        """A new text; a document that was never opened is opened."""
        if uri not in self._opened:
            self.open(uri, "", version, text)
            return
        self._opened[uri] = self._opened[uri]._replace(version=version, text=text, stamp=next(self._stamps))

    def look_again(self, uri: str) -> bool:
        """The file on disk was written; whether its mark or encoding is another one now."""
        self.refresh()
        opened = self._opened.get(uri)
        if opened is None or (disk := self._look(opened.path)) == opened.disk:
            return False
        self._opened[uri] = opened._replace(disk=disk, stamp=next(self._stamps))
        return True

    def close(self, uri: str) -> None:
        self._opened.pop(uri, None)
        self._documents.pop(uri, None)
        self._others.pop(uri, None)
        self.refresh()

    def text(self, uri: str) -> str | None:
        """The text of an open document as the client has it."""
        opened = self._opened.get(uri)
        return None if opened is None else opened.text

    def uris(self) -> tuple[str, ...]:
        """The open documents that we have something to say about."""
        return tuple(uri for uri, opened in self._opened.items() if opened.family)

    def stamp(self, uri: str) -> int:
        """Which text of a document the client has now; 0 for none."""
        opened = self._opened.get(uri)
        return 0 if opened is None else opened.stamp

    def document(self, uri: str) -> Document | None:
        """An open document of a family that we know."""
        opened = self._opened.get(uri)
        if opened is None or opened.family is None:
            return None
        known = self._documents.get(uri)
        if known is None or known.stamp != opened.stamp:
            known = self._documents[uri] = self._parsed(opened, opened.family)
        self._documents.move_to_end(uri)
        if len(self._documents) > _TREES_KEPT:
            self._documents.popitem(last=False)
        return known

    def _parsed(self, opened: Opened, family: Family) -> Document:
        is_hidden = opened.disk.has_bom and not opened.text.startswith(BOM)
        text = BOM + opened.text if is_hidden else opened.text
        file = read(opened.path, family, Source(text, opened.disk.encoding), opened.path)
        return Document(opened.uri, opened.version, file, self.client.unit, int(is_hidden), opened.stamp)

    # Files beside

    def take(self, survey: Survey) -> None:
        """What surrounds the documents was looked at anew."""
        self.survey = survey
        self._surveyed = survey.found
        self._found.clear()
        self.refresh()

    @property
    def host(self) -> Host:
        return self.survey.host

    def project(self, document: Document) -> "Project | None":
        """The Go workspace of a launch.json."""
        return self.survey.projects.get(document.file.path)

    def others(self, document: Document) -> Others:
        """What a document looks at: what is open, below it what is on disk; the same object until something changes."""
        file = document.file
        wanted = LOOKS_AT.get(file.family.name, ())
        opened = [one for one in self._opened.values() if one.family and one.family.name in wanted]
        opened = [one for one in opened if one.uri != document.uri]
        key = (self.generation, *(one.stamp for one in opened))
        known = self._others.get(document.uri)
        if known is None or known.key != key:
            if file.family.name in OTHER:
                other = self._partner(file.path) or self.other(file.family)
                files: tuple[File, ...] = (other.file,) if other else ()
            else:
                files = tuple(self._seen(file.path, wanted, opened))
            known = self._others[document.uri] = Others(key, files)
        large = {one.path for one in opened if len(one.text) > LARGE}
        return _without_unread(known, large) if large else known

    def _seen(self, path: str, families: tuple[str, ...], opened: list[Opened]) -> Iterator[File]:
        """In the order of the survey, because a later file may win over an earlier one; then what is open besides."""
        by_path = {one.path: one for one in opened}
        for found in self._surveyed.values():
            if found.family.name not in families or found.path == path:
                continue
            shown = by_path.pop(found.path, None)
            document = self.document(shown.uri) if shown else self._on_disk(found.path)
            if document is not None:
                yield document.file
        for one in by_path.values():
            if (document := self.document(one.uri)) is not None:
                yield document.file

    def others_of(self, uri: str) -> tuple[str, ...]:
        """The open documents whose findings may change with this one; that of a module stands for itself."""
        opened = self._opened.get(uri)
        name = opened.family.name if opened and opened.family else ""
        if name not in OTHER and name not in SETTERS:
            return ()
        return tuple(
            one.uri for one in self._opened.values() if one.family and name in LOOKS_AT.get(one.family.name, ())
        )

    def other(self, family: Family) -> Document | None:
        """The one WSL file of the workspace that is not of this family, open or on disk."""
        wanted = OTHER.get(family.name)
        if wanted is None:
            return None
        opened = [one.uri for one in self._opened.values() if one.family and one.family.name == wanted]
        if opened:
            return self.document(opened[0]) if len(opened) == 1 else None
        beside = self._files_beside(wanted)
        return beside[0] if len(beside) == 1 else None

    def _partner(self, path: str) -> Document | None:
        """Of this machine's own two files the other one."""
        own = [one.path for one in (self.host.wslconfig, self.host.wslconf) if one is not None]
        return next((self.at(other) for other in own if path in own and other != path), None)

    def at(self, path: str) -> Document | None:
        """The document behind a path that a finding names."""
        opened = next((one.uri for one in self._opened.values() if one.path == path), None)
        if opened is not None:
            return self.document(opened)
        beside = next((one for some in self._beside.values() for one in some if one.file.path == path), None)
        return beside or self._on_disk(path)

    def now(self, path: str, family: Family) -> Document:
        """The document behind a path at this moment: as it is open, else on disk, else empty.

        Raises OSError, also for a file that leads out of the workspace and of its repository.
        """
        opened = next((one for one in self._opened.values() if one.path == path), None)
        if opened is not None:
            return self._parsed(opened, family)
        try:
            data = read_regular(path, within=(*self.places, *around(path.rpartition("/")[0])))
        except FileNotFoundError:
            data = b""
        return self._unopened(path, family, decode(data))

    def is_saved(self, document: Document) -> bool:
        """Whether a document is on disk as it is here; one that is not open has nothing to save."""
        if document.version is None:
            return True
        data = content(document.file.path, LARGEST)
        return data is not None and decode(data).text == document.text

    def globals(self) -> tuple[Document, ...]:
        """The files of this machine that speak though nobody has opened them."""
        if not self.checks_machine:
            return ()
        shown = {one.path for one in self._opened.values()}
        closed = (self._on_disk(one.path) for one in self.survey.globals if one.path not in shown)
        return tuple(one for one in closed if one is not None)

    def _on_disk(self, path: str) -> Document | None:
        """A file of the survey."""
        found = self._surveyed.get(path)
        if found is not None and path not in self._found:
            self._found[path] = self._unopened(found.path, found.family, found.source)
        return self._found.get(path)

    def _files_beside(self, family: str) -> tuple[Document, ...]:
        if family not in self._beside:
            self._beside[family] = tuple(self._read_beside(family))
        return self._beside[family]

    def _read_beside(self, family: str) -> Iterator[Document]:
        places = self.places
        for root in self.roots:
            for path in _listing(root):
                found = family_of(path)
                if found is not None and found.name == family and (data := content(path, _BIGGEST_OTHER, places)):
                    yield self._unopened(path, found, decode(data))

    def _unopened(self, path: str, family: Family, source: Source) -> Document:
        file = read(path, family, source, path)
        # A client that opens the file to edit it will hide the mark again.
        return Document(from_fs_path(path), None, file, self.client.unit, int(source.has_bom), next(self._stamps))


def joined(mine: Settings, team: Settings) -> Settings:
    """The user's settings over the team's: what either ignores is ignored, what the user says about a rule wins."""
    select = team.select if mine.select == (EVERYTHING,) else mine.select
    return Settings(select, mine.ignore + team.ignore, mine.severity + team.severity)


def _without_unread(others: Others, large: set[str]) -> Others:
    """The files without those that a thread is still to read: nobody waits for another document than his own."""
    files = tuple(one for one in others.files if one.path not in large or one.unread <= LARGE)
    return others if len(files) == len(others.files) else Others((*others.key, len(files) - len(others.files)), files)


def _listing(folder: str) -> list[str]:
    try:
        return sorted(map(str, Path(folder).iterdir()))
    except OSError:
        return []
