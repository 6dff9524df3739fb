"""What a configuration file said when it was last obeyed, remembered from the first look after that start.

`.wslconfig` is obeyed when the virtual machine starts, `wsl.conf` when the distribution does. A file that was touched
after that start, before anybody looked, is not known: then nothing is remembered, and nothing is claimed.

One store holds one entry for each file, and that of the next start takes its place: nothing old is left. What the one
before had said is told for a day, so that an edit that has waited for the start can be seen to be in force.
"""

import json
import time
from typing import NamedTuple

from wslgo.machine.host import Snapshot
from wslgo.system.world import World

VERSION = 1
# Seconds by which the clocks of Windows and Linux, and the parts of one start, may be apart.
MARGIN = 3.0
# Seconds from the first look after a start for which the text before it is told. Starts can be weeks apart, so the next
# one is no end; looks are many (each window, each `wslgo check`), so none of them may use it up.
NEWS = 86400.0


class Start(NamedTuple):
    """A start: a name that no other start has, and its time by the clock that files are stamped with."""

    name: str
    at: float


class Entry(NamedTuple):
    """A file in the store: its text at a start, and at the one before, which is told until `news_until` (seconds)."""

    start: str
    text: str | None
    before: str | None = None
    news_until: float = 0.0


def taken(world: World, store: str | None, path: str, text: str | None, start: Start | None) -> Snapshot:
    """A file with what it said at its start, and before that; `store` is the file that remembers it."""
    if store is None or start is None:
        return Snapshot(path, text)
    book = _book(world, store)
    last = _entry(book.get(path))
    entry = _present(world, path, text, start, last)
    if entry != last:
        _keep(world, store, book, path, entry)
    return Snapshot(path, text) if entry is None else _snapshot(path, text, entry)


def _present(world: World, path: str, text: str | None, start: Start, last: Entry | None) -> Entry | None:
    """The entry of this start, None where nobody knows what it has read: then an older one answers nothing any more."""
    if last is not None and last.start == start.name:
        return last
    if not _is_untouched(world, path, text, start.at):
        return None
    if last is None or last.text == text:
        return Entry(start.name, text)
    return Entry(start.name, text, before=last.text, news_until=time.time() + NEWS)


def _snapshot(path: str, text: str | None, entry: Entry) -> Snapshot:
    # A clock that was set back must not make news of it for longer.
    is_news = 0 < entry.news_until - time.time() <= NEWS
    before = entry.before if is_news else None
    return Snapshot(path, text, entry.text, knows_start=True, before=before, knows_before=is_news)


def _is_untouched(world: World, path: str, text: str | None, at: float) -> bool:
    """Whether nobody has written or renamed it since; one that is not there counts as never having been."""
    found = world.stat(path)
    if found is None:
        return text is None and world.exists(path.rpartition("/")[0] or "/")
    return text is not None and max(found.st_mtime, found.st_ctime) < at - MARGIN


def _keep(world: World, store: str, book: dict[str, object], path: str, entry: Entry | None) -> None:
    others = {name: known for name, known in book.items() if name != path}
    files = others if entry is None else {**others, path: entry._asdict()}
    world.keep(store, json.dumps({"version": VERSION, "files": files}, indent=1).encode())


def _book(world: World, store: str) -> dict[str, object]:
    try:
        found = json.loads(world.read(store) or b"{}")
    except (ValueError, RecursionError):
        return {}
    files = found.get("files") if isinstance(found, dict) and found.get("version") == VERSION else None
    return files if isinstance(files, dict) else {}


def _entry(found: object) -> Entry | None:
    """None for what we would not have written."""
    match found:
        case {
            "start": str(start),
            "text": str() | None as text,
            "before": str() | None as before,
            "news_until": float(until),
        }:
            return Entry(start, text, before, until)
    return None
