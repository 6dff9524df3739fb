"""A cache of what attrs compiles while lsprotocol is imported, for a faster start.

attrs writes the methods of each of lsprotocol's 550 classes as a script and compiles it at every start. No .pyc holds
the result, and it takes a quarter of the time until all requests are answered. This module keeps the code objects in
the user's cache. It replaces the name `compile` in attrs' own module, the only handle there is; without that name,
the start is as slow as without the cache.
"""

import contextlib
import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any
from zlib import crc32

from wslgo.system.programs import is_within
from wslgo.system.reader import open_regular
from wslgo.system.repository import current_folder, is_in_project, workspaces

Table = dict[str, CodeType]

# The methods of a hashable class contain a number that differs in each process.
_EVER_NEW = 16


@contextmanager
def cached_code(file: Path | None = None) -> Iterator[None]:
    """Let attrs take compiled methods from `file`, or compile them and store them there."""
    file = file or cache_file()
    known, used = _load(file) if file else {}, Table()
    from attr import _make

    def compile_cached(script: str, filename: str, mode: str) -> CodeType:
        key = f"{filename} {len(script)} {crc32(script.encode())}"
        code = used[key] = known.get(key) or compile(script, filename, mode)
        return code

    attrs: Any = _make
    attrs.compile = compile_cached
    try:
        yield
    finally:
        del attrs.compile
    if file and len(used.keys() - known.keys()) > _EVER_NEW:
        _save(file, used)


def cache_file() -> Path | None:
    """Return the file of the cache, which is for one version of Python: bytecode fits no other.

    None if a variable leads into a project, which could then bring code of its own, or into the current folder.
    """
    given = os.environ.get("XDG_CACHE_HOME", "")
    home = given if given.startswith("/") else os.path.expanduser("~/.cache")  # noqa: PTH111 - Path's raises
    folder = os.path.join(home, "wslgo")  # noqa: PTH118
    here = workspaces((), os.path.expanduser("~"), here=current_folder())  # noqa: PTH111
    if not home.startswith("/") or is_in_project(folder) or is_within(folder, here, os.path.realpath):
        return None
    return Path(folder) / f"methods-{sys.implementation.cache_tag}-{sys.hexversion:x}.marshal"


def _load(file: Path) -> Table:
    try:
        with os.fdopen(open_regular(file), "rb") as stored:
            # Code that another user wrote is never run.
            if os.fstat(stored.fileno()).st_uid != os.geteuid():
                return {}
            table = marshal.load(stored)  # noqa: S302 - our own file, as trusted as the .pyc files beside our modules
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return table if isinstance(table, dict) else {}


def _save(file: Path, table: Table) -> None:
    from wslgo.system.files import write_atomically  # once after an installation

    with contextlib.suppress(OSError, ValueError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(file, marshal.dumps(table))
