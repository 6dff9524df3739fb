"""The lines of the journal: entries as JSON, and the checks that a line must pass when it is read.

Other programs of the user can write to the journal, and a disk can fail: a line that does not pass is counted and
skipped.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path

from wslgo.system import jsonlines
from wslgo.system.place import Access
from wslgo.text.typing import Any, NamedTuple

DONE = "done"
FAILED = "failed"

HASH = re.compile(r"[0-9a-f]{64}")
_CHECKED = ("who", "path", "before", "after", "undoes")
_NUMBERS = (1 << 32) - 2  # of users and groups; the kernel uses the last one for none


class Version(NamedTuple):
    """The content of a file at one time, by its hash, with its mode and owner."""

    sha256: str
    access: Access


class JournalEntry(NamedTuple):
    """A write; without `before` the file was created, without `after` removed. `end` is empty until the write ends."""

    id: str
    time: str
    who: str
    path: str
    before: Version | None
    after: Version | None
    undoes: str = ""
    end: str = ""


class Notes(NamedTuple):
    """The content of a journal.

    `entries` are the writes, oldest first; `unreadable` the numbers of lines that do not pass the checks; `lost` the
    ids of completed writes whose own line is unreadable.
    """

    entries: list[JournalEntry]
    unreadable: tuple[int, ...]
    lost: tuple[str, ...]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def new_id_and_time() -> tuple[str, str]:
    """Return an unused id, which begins with the current time, and that time."""
    seconds = time.time()
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(seconds))}-{os.urandom(3).hex()}", sortable_time(seconds)


def sortable_time(seconds: float) -> str:
    """Return a time as text that sorts by time."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def notes(path: Path) -> Notes:
    """Read the journal file at `path`. A last line that a power failure cut off does not count."""
    entries: dict[str, JournalEntry] = {}
    unreadable: list[int] = []
    completed: list[str] = []
    for line in jsonlines.read(path):
        try:
            _apply(line.value, entries)
        except (ValueError, TypeError, KeyError):
            unreadable.append(line.number)
            if line.value is not None and line.value.get("end") == DONE and isinstance(line.value.get("id"), str):
                completed.append(line.value["id"])
    reversed_ids = {entry.undoes for entry in entries.values()}
    lost = tuple(number for number in completed if number not in entries and number not in reversed_ids)
    return Notes(list(entries.values()), tuple(unreadable), lost)


def id_of(line: bytes) -> str:
    """Return the id of the write that a line is about, "" if it has none."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def to_json(entry: JournalEntry) -> dict[str, Any]:
    """Return the line that records the start of a write."""
    before, after = _version_json(entry.before), _version_json(entry.after)
    values = entry._asdict() | {"version": 1, "before": before, "after": after}
    del values["end"]
    return values | {"check": _check(values)}


def _check(values: Mapping[str, Any]) -> str:
    """Return a hash that shows whether a disk has damaged a line."""
    return digest(json.dumps([values[name] for name in _CHECKED], sort_keys=True).encode())


def _version_json(version: Version | None) -> dict[str, Any] | None:
    return None if version is None else {"sha256": version.sha256, **version.access._asdict()}


def _apply(values: dict[str, Any] | None, entries: dict[str, JournalEntry]) -> None:
    """Add a line to the entries. Raise ValueError, TypeError or KeyError if it does not pass the checks."""
    if values is None:
        raise ValueError("not an object")
    if "end" not in values:
        entry = _entry(values)
        entries[entry.id] = entry
    elif values["end"] in (DONE, FAILED):
        entries[values["id"]] = entries[values["id"]]._replace(end=values["end"])
    else:
        raise ValueError(values["end"])


def _entry(values: dict[str, Any]) -> JournalEntry:
    if values.get("check", "") not in ("", _check(values)):
        raise ValueError("damaged")
    texts = {name: jsonlines.text(values[name]) for name in ("id", "time", "who", "undoes")}
    path = jsonlines.path(values["path"])
    return JournalEntry(**texts, path=path, before=_version(values["before"]), after=_version(values["after"]))


def _version(values: dict[str, Any] | None) -> Version | None:
    if values is None:
        return None
    if not HASH.fullmatch(values["sha256"]):
        raise ValueError(values["sha256"])
    mode = jsonlines.number(values["mode"], 0, 0o7777)
    owner, group = (jsonlines.number(values[name], 0, _NUMBERS) for name in ("owner", "group"))
    return Version(values["sha256"], Access(mode, owner, group))
