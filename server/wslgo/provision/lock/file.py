"""The `wslgo.lock` of a repository: where it is, and its content or why it has none."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.linter import team_file
from wslgo.syntax import lock_file
from wslgo.syntax.lock_file import NAME, TOO_LARGE, Lock
from wslgo.system.errors import reason
from wslgo.system.reader import leads_out, read_beginning
from wslgo.system.repository import around, root_of, upwards
from wslgo.text.message import Message, Text
from wslgo.text.source import decode
from wslgo.text.span import Lines

UNREADABLE = Message(en="{path} cannot be read: {reason}", zh="无法读取 {path}：{reason}")
LEADS_OUT = Message(
    en="{path} is a link to outside the repository, so its pins cannot be used; replace it with a file",
    zh="{path} 是指向仓库之外的链接，其中的固定版本无法使用；请用文件替换它",
)
NO_FILE = Message(
    en="{path} is not a file, so its pins cannot be used; remove it or replace it",
    zh="{path} 不是文件，其中的固定版本无法使用；请将其删除或替换",
)
NOT_VALID = Message(en="{path} is not used: {problem}", zh="不使用 {path}：{problem}")
AT = Message(en="{path}:{line}:{column}: {problem}", zh="{path}:{line}:{column}：{problem}")


class LockFile(NamedTuple):
    """A lock that was found: its pins, or the problems because of which it has none."""

    path: Path
    lock: Lock | None
    problems: tuple[Text, ...] = ()


def find(folder: Path) -> LockFile | None:
    """Return the nearest lock at or above a folder of a repository, beside its `wslgo.yaml`, or in the folder itself.

    One that cannot be read is not passed over: then nothing would hold what it pins.
    """
    path = _path(folder)
    return None if path is None else read(path)


def place_to_write(folder: Path) -> Path:
    """Return where a lock belongs: where it is, else beside `wslgo.yaml`, else at the root of the repository."""
    found = _path(folder)
    if found is not None:
        return found
    settings, root = _settings(folder), root_of(str(folder.absolute()))
    return (settings.parent if settings is not None else Path(root) if root else folder.absolute()) / NAME


def read(path: Path) -> LockFile:
    """Read a lock; never raises."""
    try:
        if leads_out(path, around(str(path.parent))):
            return LockFile(path, None, (LEADS_OUT(path=str(path)),))
        if not path.is_file():
            return LockFile(path, None, (NO_FILE(path=str(path)),))
        data = read_beginning(path, lock_file.LARGEST + 1, within=around(str(path.parent)))
    except OSError as error:
        return LockFile(path, None, (UNREADABLE(path=str(path), reason=reason(error)),))
    if len(data) > lock_file.LARGEST:
        return LockFile(path, None, (NOT_VALID(path=str(path), problem=TOO_LARGE()),))
    source = decode(data)
    parsed = lock_file.parse(source)
    lines = Lines(source.text)
    problems = []
    for problem in parsed.problems:
        line, column = lines.position(problem.span.start)
        problems.append(AT(path=str(path), line=line + 1, column=column + 1, problem=problem.text))
    return LockFile(path, parsed.lock, tuple(problems))


def _path(folder: Path) -> Path | None:
    return next((place for place in _candidates(folder.absolute()) if os.path.lexists(place)), None)


def _candidates(folder: Path) -> Iterator[Path]:
    """Yield the places of a lock; above a folder without a repository other users may have put one."""
    if root_of(str(folder)) is not None:
        yield from (Path(above, NAME) for above in upwards(str(folder)))
        return
    yield folder / NAME
    settings = _settings(folder)
    if settings is not None:
        yield settings.parent / NAME


def _settings(folder: Path) -> Path | None:
    try:
        return team_file.find(folder)
    except OSError:  # a folder that may not be read
        return None
