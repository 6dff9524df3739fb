"""One client's documents, settings and trust. Knows files and core types, nothing of the protocol."""

import itertools
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path

from pygls.uris import from_fs_path

from wslgo import teamfile
from wslgo.family import WSLCONF, WSLCONFIG, Family, family_of, of_language
from wslgo.lsp.client import Client, language_of
from wslgo.lsp.document import Disk, Document, Opened, content, look, path_of
from wslgo.message import Language, Text
from wslgo.scene import read
from wslgo.settings import EVERYTHING, Read, Settings
from wslgo.settings import read as read_settings
from wslgo.source import BOM, Source, decode

# A key may stand in the wrong one of two files; each is the other of the other.
OTHER = {WSLCONFIG: WSLCONF, WSLCONF: WSLCONFIG}

_TREES_KEPT = 16  # of a hundred open documents few are ever looked at
_BIGGEST_OTHER = 1 << 20


class Session:
    """What is true between `initialize` and `exit`."""

    def __init__(
        self, client: Client | None = None, roots: tuple[str, ...] = (), options: object = None, locale: object = None
    ) -> None:
        self.client = client or Client()
        self.roots = roots
        self.is_trusted = False
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
        self._stamps = itertools.count(1)
        options = options if isinstance(options, Mapping) else {}
        self._locale = options.get("locale") or locale
        self.is_trusted = options.get("trusted") is True
        self._take(options.get("settings"))

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
        self._mine = self._understood(read_settings(settings.get("check") or None))
        self.refresh()

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
            team = teamfile.load(Path(folder)) if folder.startswith("/") else Read(Settings())
            self._teams[folder] = joined(self._mine, self._understood(team))
        return self._teams[folder]

    def take_problems(self) -> list[Text]:
        """What could not be understood in the settings; everything is told once."""
        new = [problem for problem in self._problems if problem not in self._told]
        self._told += new
        self._problems.clear()
        return new

    def _understood(self, read: Read) -> Settings:
        self._problems += read.problems
        return read.settings

    # Documents

    def open(self, uri: str, language: str, version: int | None, text: str) -> None:
        path = path_of(uri)
        family = of_language(language, path)
        disk = look(path) if family else Disk()
        self._opened[uri] = Opened(uri, path, family, version, text, disk, next(self._stamps))
        self._documents.pop(uri, None)
        self.refresh()

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
        if opened is None or (disk := look(opened.path)) == opened.disk:
            return False
        self._opened[uri] = opened._replace(disk=disk, stamp=next(self._stamps))
        return True

    def close(self, uri: str) -> None:
        self._opened.pop(uri, None)
        self._documents.pop(uri, None)
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

    def others_of(self, uri: str) -> tuple[str, ...]:
        """The open documents whose findings may change with this one."""
        opened = self._opened.get(uri)
        wanted = OTHER.get(opened.family.name) if opened and opened.family else None
        if wanted is None:
            return ()
        return tuple(one.uri for one in self._opened.values() if one.family and one.family.name == wanted)

    def at(self, path: str) -> Document | None:
        """The document behind a path that a finding names."""
        opened = next((one.uri for one in self._opened.values() if one.path == path), None)
        if opened is not None:
            return self.document(opened)
        return next((one for some in self._beside.values() for one in some if one.file.path == path), None)

    def _files_beside(self, family: str) -> tuple[Document, ...]:
        if family not in self._beside:
            self._beside[family] = tuple(self._read_beside(family))
        return self._beside[family]

    def _read_beside(self, family: str) -> Iterator[Document]:
        for root in self.roots:
            for path in _listing(root):
                found = family_of(path)
                if found is not None and found.name == family and (data := content(path, _BIGGEST_OTHER)):
                    source = decode(data)
                    file = read(path, found, source, path)
                    uri = from_fs_path(path)
                    # A client that opens the file to edit it will hide the mark again.
                    yield Document(uri, None, file, self.client.unit, int(source.has_bom), next(self._stamps))


def joined(mine: Settings, team: Settings) -> Settings:
    """The user's settings over the team's: what either ignores is ignored, what the user says about a rule wins."""
    select = team.select if mine.select == (EVERYTHING,) else mine.select
    return Settings(select, mine.ignore + team.ignore, mine.severity + team.severity)


def _listing(folder: str) -> list[str]:
    try:
        return sorted(map(str, Path(folder).iterdir()))
    except OSError:
        return []
