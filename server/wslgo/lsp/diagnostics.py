"""The findings of one version of a document, computed once for pull, push, code actions and hover."""

import itertools
from typing import NamedTuple
from uuid import uuid4

from lsprotocol import types

from wslgo.ide.code_action import ActionContext
from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.linter.scene import Scene
from wslgo.lsp import convert
from wslgo.lsp.session.document import LARGE, Document
from wslgo.lsp.session.session import Session


class Report(NamedTuple):
    """The findings of a document, and their diagnostics; equal diagnostics keep their `result_id`."""

    key: tuple[int, ...]
    found: tuple[Reported, ...]
    items: list[types.Diagnostic]
    result_id: str


class Reports:
    """The last report about each document."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._process = uuid4().hex[:8]  # a client may remember the ids of a server that is gone
        self._numbers = itertools.count(1)

    def of(self, document: Document, session: Session) -> Report:
        """Return the report about a document, which is checked now if necessary."""
        key = key_of(document, session)
        last = self._reports.get(document.uri)
        if last is not None and last.key == key:
            return last
        return self.keep(document, session, key, subject_of(document, session).found)

    def takes_long(self, document: Document, session: Session) -> bool:
        """Return whether a check is due that reads so much that other requests would have to wait."""
        last = self._reports.get(document.uri)
        if document.file.is_too_large or (last is not None and last.key == key_of(document, session)):
            return False
        others = sum(other.unread for other in session.neighbours.others(document).files if other is not document.file)
        return len(document.text) + others > LARGE

    def keep(self, document: Document, session: Session, key: tuple[int, ...], found: tuple[Reported, ...]) -> Report:
        """Store the findings that were made with `key` as the report."""
        last = self._reports.get(document.uri)
        items = convert.diagnostics(found, document, session)
        is_same = last is not None and last.items == items
        result_id = last.result_id if last is not None and is_same else f"{self._process}-{next(self._numbers)}"
        report = self._reports[document.uri] = Report(key, found, items, result_id)
        return report

    def forget(self, uri: str) -> None:
        self._reports.pop(uri, None)


def key_of(document: Document, session: Session) -> tuple[int, ...]:
    """Return the key of everything that a report depends on: with another key, findings may differ."""
    return (document.stamp, *session.neighbours.others(document).key)


def subject_of(document: Document, session: Session, found: tuple[Reported, ...] | None = None) -> ActionContext:
    """Return a document with everything that a check needs; it is checked here unless findings are given."""
    others = session.neighbours.others(document).files
    settings = session.preferences.of(document.file.path)
    project = session.neighbours.project(document)
    if found is None:
        found = tuple(check(document.file, settings, others, session.neighbours.host, project, is_in_editor=True))
    return ActionContext(document.file, found, settings, others, session.neighbours.host, project)


def scene_of(document: Document, session: Session) -> Scene:
    """Return a document with the files and the machine around it."""
    return Scene(
        document.file,
        session.neighbours.others(document).files,
        session.neighbours.host,
        project=session.neighbours.project(document),
    )
