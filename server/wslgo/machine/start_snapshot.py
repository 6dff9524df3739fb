"""The content a configuration file had when WSL last started, stored by the first probe after that start.

WSL reads `.wslconfig` when the virtual machine starts, and `wsl.conf` when the distribution starts. If a file was
changed after the start and before the first probe, its content at the start is unknown, and nothing is stored.

The store has one entry for each file, which the next start replaces. The content before the last start is reported for
a day, so that the user sees that a pending edit took effect.
"""

import json
import time

from wslgo.machine.host import Snapshot
from wslgo.system.world import World
from wslgo.text.typing import NamedTuple

VERSION = 1
# Seconds by which the clocks of Windows and Linux, and the parts of one start, may differ.
MARGIN = 3.0
# Seconds after the first probe of a start during which the text before it is reported. The next start would be too late
# (starts can be weeks apart), the next probe too early (each window and each `wslgo check` probes).
NEWS = 86400.0


class Start(NamedTuple):
    """A start: its unique name, and its time by the clock that stamps files."""

    name: str
    at: float


class SnapshotEntry(NamedTuple):
    """A file in the store: its text at a start, and at the start before, reported until `news_until` (seconds)."""

    start: str
    text: str | None
    before: str | None = None
    news_until: float = 0.0


def snapshot_of(world: World, store: str | None, path: str, text: str | None, start: Start | None) -> Snapshot:
    """Return a file with its texts at the last start and before it, and update the file `store`."""
    if store is None or start is None:
        return Snapshot(path, text)
    files = _stored_files(world, store)
    last = _entry(files.get(path))
    entry = _current_entry(world, path, text, start, last)
    if entry != last:
        _write_store(world, store, files, path, entry)
    return Snapshot(path, text) if entry is None else _snapshot(path, text, entry)


def _current_entry(
    world: World, path: str, text: str | None, start: Start, last: SnapshotEntry | None
) -> SnapshotEntry | None:
    """Return the entry of this start; None if the text at this start is unknown, whatever the last entry holds."""
    if last is not None and last.start == start.name:
        return last
    if not _is_untouched(world, path, text, start.at):
        return None
    if last is None or last.text == text:
        return SnapshotEntry(start.name, text)
    return SnapshotEntry(start.name, text, before=last.text, news_until=time.time() + NEWS)


def _snapshot(path: str, text: str | None, entry: SnapshotEntry) -> Snapshot:
    # If the clock was set back, the text must not be reported for longer than a day.
    is_news = 0 < entry.news_until - time.time() <= NEWS
    before = entry.before if is_news else None
    return Snapshot(path, text, entry.text, knows_start=True, before=before, knows_before=is_news)


def _is_untouched(world: World, path: str, text: str | None, at: float) -> bool:
    """Return whether a file has not been written or renamed since a time; a missing file counts as untouched."""
    found = world.stat(path)
    if found is None:
        return text is None and world.exists(path.rpartition("/")[0] or "/")
    return text is not None and max(found.st_mtime, found.st_ctime) < at - MARGIN


def _write_store(world: World, store: str, files: dict[str, object], path: str, entry: SnapshotEntry | None) -> None:
    others = {name: known for name, known in files.items() if name != path}
    now = others if entry is None else {**others, path: entry._asdict()}
    world.keep(store, json.dumps({"version": VERSION, "files": now}, indent=1).encode())


def _stored_files(world: World, store: str) -> dict[str, object]:
    try:
        found = json.loads(world.read(store) or b"{}")
    except (ValueError, RecursionError):
        return {}
    files = found.get("files") if isinstance(found, dict) and found.get("version") == VERSION else None
    return files if isinstance(files, dict) else {}


def _entry(found: object) -> SnapshotEntry | None:
    """Return an entry of the store; None if it does not have the form that this module writes."""
    match found:
        case {
            "start": str(start),
            "text": str() | None as text,
            "before": str() | None as before,
            "news_until": float(until),
        }:
            return SnapshotEntry(start, text, before, until)
    return None
