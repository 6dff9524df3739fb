"""The documents of a client, as it shows them."""

import itertools
from collections import OrderedDict

from wslgo.lsp.session.document import Disk, Document, OpenDocument, content, disk_of
from wslgo.lsp.session.edited_text import EditedText
from wslgo.lsp.session.uris import path_of, uri_of
from wslgo.lsp.session.workspace import Workspace
from wslgo.syntax.family import Family, of_language
from wslgo.syntax.file import read
from wslgo.system.reader import LARGEST, read_regular
from wslgo.system.repository import around
from wslgo.text.source import BOM, Source, decode
from wslgo.text.span import Position, Unit

_TREES_KEPT = 16  # of a hundred open documents the user looks at few


class Documents:
    """The open documents, each parsed when it is asked for."""

    def __init__(self, workspace: Workspace, unit: Unit) -> None:
        self._workspace = workspace
        self._unit = unit
        self._opened: dict[str, OpenDocument] = {}
        self._parsed: OrderedDict[str, Document] = OrderedDict()
        self._edited: dict[str, EditedText] = {}
        self._stamps = itertools.count(1)

    def open(self, uri: str, language: str, version: int | None, text: str) -> None:
        path = path_of(uri)
        family = of_language(language, path)
        disk = self._disk(path) if family else Disk()
        self._opened[uri] = OpenDocument(uri, path, family, version, text, disk, next(self._stamps))
        self._parsed.pop(uri, None)
        self._edited.pop(uri, None)

    def edit(self, uri: str, version: int | None, start: Position, end: Position, new: str) -> None:
        """Replace a range of the text of an open document."""
        if uri not in self._edited:
            self._edited[uri] = EditedText(self._opened[uri].text)
        self._change(uri, version, self._edited[uri].replace(start, end, new, self._unit))

    def change(self, uri: str, version: int | None, text: str) -> None:
        self._edited.pop(uri, None)
        self._change(uri, version, text)

    def _change(self, uri: str, version: int | None, text: str) -> None:
        self._opened[uri] = self._opened[uri]._replace(version=version, text=text, stamp=next(self._stamps))

    def reread(self, uri: str) -> bool:
        """Look at a file that was written; return whether its encoding or its mark has changed."""
        opened = self._opened.get(uri)
        if opened is None or (disk := self._disk(opened.path)) == opened.disk:
            return False
        self._opened[uri] = opened._replace(disk=disk, stamp=next(self._stamps))
        return True

    def close(self, uri: str) -> None:
        self._opened.pop(uri, None)
        self._parsed.pop(uri, None)
        self._edited.pop(uri, None)

    def text(self, uri: str) -> str | None:
        """Return the text of an open document as the client has it."""
        opened = self._opened.get(uri)
        return None if opened is None else opened.text

    @property
    def supported(self) -> tuple[OpenDocument, ...]:
        """The open documents of families that wslgo checks."""
        return tuple(opened for opened in self._opened.values() if opened.family)

    @property
    def paths(self) -> set[str]:
        """The paths of all open documents."""
        return {opened.path for opened in self._opened.values()}

    def open_document(self, uri: str) -> OpenDocument | None:
        return self._opened.get(uri)

    def get(self, uri: str) -> Document | None:
        """Return an open document of a family that wslgo checks."""
        opened = self._opened.get(uri)
        if opened is None or opened.family is None:
            return None
        document = self._parsed.get(uri)
        if document is None or document.stamp != opened.stamp:
            before = document.file if document is not None else None
            document = self._parsed[uri] = self._parse(opened, opened.family)
            document.file.continue_from(before)
        self._parsed.move_to_end(uri)
        if len(self._parsed) > _TREES_KEPT:
            self._parsed.popitem(last=False)
        return document

    def open_at(self, path: str) -> OpenDocument | None:
        """Return the open document that shows a path."""
        return next((opened for opened in self._opened.values() if opened.path == path), None)

    def now(self, path: str, family: Family) -> Document:
        """Return the document of a path at this moment: as it is open, else on disk, else empty.

        Raises OSError, also for a file that leads out of the workspace and of its repository.
        """
        opened = self.open_at(path)
        if opened is not None:
            return self._parse(opened, family)
        try:
            data = read_regular(path, within=(*self._workspace.real_roots, *around(path.rpartition("/")[0])))
        except FileNotFoundError:
            data = b""
        return self.closed_document(path, family, decode(data))

    def closed_document(self, path: str, family: Family, source: Source) -> Document:
        """Return a document of a file that is not open."""
        file = read(path, family, source, path)
        # A client that opens the file to edit it will hide the mark again.
        return Document(uri_of(path), None, file, self._unit, int(source.has_bom), next(self._stamps))

    def is_saved(self, document: Document) -> bool:
        """Return whether a document is on disk as it is here; a closed one has nothing to save."""
        if document.version is None:
            return True
        data = content(document.file.path, LARGEST)
        return data is not None and decode(data).text == document.text

    def _disk(self, path: str) -> Disk:
        return disk_of(path) if self._workspace.may_read_opened(path) else Disk()

    def _parse(self, opened: OpenDocument, family: Family) -> Document:
        is_hidden = opened.disk.has_bom and not opened.text.startswith(BOM)
        text = BOM + opened.text if is_hidden else opened.text
        file = read(opened.path, family, Source(text, opened.disk.encoding), opened.path)
        return Document(opened.uri, opened.version, file, self._unit, int(is_hidden), opened.stamp)
