"""What a configuration file said when it was last obeyed, remembered from the first look after that start.

`.wslconfig` is obeyed when the virtual machine starts, `wsl.conf` when the distribution does. A file that was touched
after that start, before anybody looked, is not known: then nothing is remembered, and nothing is claimed.
"""

import json
from typing import NamedTuple

from wslgo.effects import World
from wslgo.host import Snapshot

VERSION = 1
# Seconds by which the clocks of Windows and Linux, and the parts of one start, may be apart.
MARGIN = 3.0


class Start(NamedTuple):
    """A start: a name that no other start of this boot has, and its time by the clock that files are stamped with."""

    name: str
    at: float


def taken(world: World, store: str | None, path: str, text: str | None, start: Start | None) -> Snapshot:
    """A file with what it said at its start; `store` is the file of this boot that remembers it."""
    unknown = Snapshot(path, text)
    if store is None or start is None:
        return unknown
    book = _book(world, store)
    entry = book.get(path)
    if isinstance(entry, dict) and entry.get("start") == start.name:
        then = entry.get("text")
        return Snapshot(path, text, then if isinstance(then, str) else None, knows_start=True)
    if not _is_untouched(world, path, text, start.at):
        return unknown
    book[path] = {"start": start.name, "text": text}
    world.keep(store, json.dumps({"version": VERSION, "files": book}, indent=1).encode())
    return Snapshot(path, text, text, knows_start=True)


def _is_untouched(world: World, path: str, text: str | None, at: float) -> bool:
    """Whether nobody has written or renamed it since; one that is not there counts as never having been."""
    found = world.stat(path)
    if found is None:
        return text is None and world.exists(path.rpartition("/")[0] or "/")
    return text is not None and max(found.st_mtime, found.st_ctime) < at - MARGIN


def _book(world: World, store: str) -> dict[str, object]:
    try:
        found = json.loads(world.read(store) or b"{}")
    except (ValueError, RecursionError):
        return {}
    files = found.get("files") if isinstance(found, dict) and found.get("version") == VERSION else None
    return files if isinstance(files, dict) else {}
