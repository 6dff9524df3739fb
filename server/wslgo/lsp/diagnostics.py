"""The findings of one version of a document, computed once for pull, push, code actions and hover."""

import itertools
import json
import os
from collections.abc import Callable
from typing import NamedTuple

from wslgo.ide.code_action import ActionContext
from wslgo.linter.check import check
from wslgo.linter.entries import Judged, Surroundings, judge
from wslgo.linter.finding import Reported
from wslgo.linter.scene import Scene
from wslgo.lsp import diagnostic_json
from wslgo.lsp.session.document import LARGE, Document
from wslgo.lsp.session.session import Session
from wslgo.lsp.wire.json_text import JsonText

IsCancelled = Callable[[], bool]
Key = tuple[int, ...]
Outcome = Judged | tuple[Reported, ...]


class Report:
    """The findings of a document, and their diagnostics as JSON; equal ones keep their `result_id`."""

    __slots__ = ("_found", "items", "judged", "key", "result_id")

    def __init__(self, key: Key, outcome: Outcome, items: JsonText, result_id: str) -> None:
        self.key = key
        self.judged = outcome if isinstance(outcome, Judged) else None
        self.items = items
        self.result_id = result_id
        self._found = None if isinstance(outcome, Judged) else outcome

    @property
    def found(self) -> tuple[Reported, ...]:
        """The findings in the order of their places."""
        if self._found is None:
            self._found = tuple(self.judged.found()) if self.judged is not None else ()
        return self._found

    @property
    def full(self) -> JsonText:
        """The report for a client that pulls."""
        return JsonText(f'{{"kind": "full", "resultId": {json.dumps(self.result_id)}, "items": [{self.items}]}}')


class Reports:
    """The last report about each document."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._process = os.urandom(4).hex()  # a client may remember the ids of a server that is gone
        self._numbers = itertools.count(1)

    def of(self, document: Document, session: Session) -> Report:
        """Return the report about a document, which is checked now if necessary."""
        key = key_of(document, session)
        last = self._reports.get(document.uri)
        if last is not None and last.key == key:
            return last
        return self.keep(document, session, key, self.examination(document, session, key)())

    def examination(self, document: Document, session: Session, key: Key) -> "Examination":
        """Return the check of a document, which may run in a thread."""
        last = self._reports.get(document.uri)
        return Examination(subject_of(document, session, ()), key[1:], last.judged if last is not None else None)

    def takes_long(self, document: Document, session: Session) -> bool:
        """Return whether a check is due that reads so much that other requests would have to wait."""
        last, key = self._reports.get(document.uri), key_of(document, session)
        if document.file.is_too_large or (last is not None and last.key == key):
            return False
        others = sum(other.unread for other in session.neighbours.others(document).files if other is not document.file)
        return _unread(document, key, last) + others > LARGE

    def keep(self, document: Document, session: Session, key: Key, outcome: Outcome) -> Report:
        """Store what was found with `key` as the report."""
        last = self._reports.get(document.uri)
        if isinstance(outcome, Judged):
            items = diagnostic_json.texts_of_entries(outcome, document, session)
        else:
            items = diagnostic_json.texts_of(outcome, document, session)
        is_same = last is not None and last.items == items
        result_id = last.result_id if last is not None and is_same else f"{self._process}-{next(self._numbers)}"
        report = self._reports[document.uri] = Report(key, outcome, items, result_id)
        return report

    def forget(self, uri: str) -> None:
        self._reports.pop(uri, None)


def _unread(document: Document, key: Key, last: Report | None) -> int:
    """Return how many characters of a document a check has to look at."""
    unread = document.file.unread
    if unread > LARGE or last is None or last.judged is None or last.key[1:] != key[1:]:
        return len(document.text)
    return unread if last.judged.is_of(document.file) else len(document.text)


class Examination(NamedTuple):
    """The check of a document, with the result of the last one; `key` stands for what is around the document."""

    subject: ActionContext
    key: Key
    last: Judged | None

    def __call__(self, is_cancelled: IsCancelled = lambda: False) -> Outcome:
        """Return the findings; raise CancelledError if they are no longer wanted."""
        file, _, settings, others, host, project, _ = self.subject
        around = Surroundings(self.key, settings, others, host, project)
        judged = judge(file, around, self.last, is_cancelled)
        return (
            judged
            if judged is not None
            else tuple(check(file, settings, others, host, project, is_cancelled, is_in_editor=True))
        )


def key_of(document: Document, session: Session) -> Key:
    """Return the key of everything that a report depends on: with another key, findings may differ."""
    return (document.stamp, *session.neighbours.others(document).key)


def subject_of(document: Document, session: Session, found: tuple[Reported, ...]) -> ActionContext:
    """Return a document with its findings and everything that a check needs."""
    others = session.neighbours.others(document).files
    settings = session.preferences.of(document.file.path)
    project = session.neighbours.project(document)
    return ActionContext(document.file, found, settings, others, session.neighbours.host, project)


def scene_of(document: Document, session: Session) -> Scene:
    """Return a document with the files and the machine around it."""
    return Scene(
        document.file,
        session.neighbours.others(document).files,
        session.neighbours.host,
        project=session.neighbours.project(document),
    )
