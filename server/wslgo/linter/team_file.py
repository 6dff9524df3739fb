"""`wslgo.yaml`: what a team decides, in the folder of its repository."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wslgo.linter import settings, team_yaml
from wslgo.system.errors import reason
from wslgo.system.reader import leads_out, read_beginning
from wslgo.system.repository import around, upwards
from wslgo.text.message import Message, Text

NAME = "wslgo.yaml"
PARTS = ("check", "provision", "policy")

_UNREADABLE = Message(en="{path} cannot be read: {reason}", zh="无法读取 {path}：{reason}")
_LEADS_OUT = Message(
    en="{path} is a link out of the repository or workspace and is not read",
    zh="{path} 是指向仓库或工作区之外的链接，不予读取",
)
_NOT_YAML = Message(en="{path} is not YAML: {reason}", zh="{path} 不是 YAML：{reason}")
_NOT_A_MAP = Message(en="{path} must map names to values", zh="{path} 必须是名称到值的映射")
_UNKNOWN = Message(
    en="{path} has an unknown part '{name}'; known are {parts}", zh="{path} 含未知部分 '{name}'；可用 {parts}"
)
_TOO_LARGE = Message(en="{path} is larger than 64 KiB and is not read", zh="{path} 超过 64 KiB，不予读取")


def find(
    start: Path, within: Sequence[str] | None = None, leave_out: Callable[[Path], None] = lambda _: None
) -> Path | None:
    """The nearest `wslgo.yaml` at or above a file or folder; the search ends at the root of a repository.

    It stays in the folders `within`, which have no links, where there are some. A file that leads out of them, or out
    of the repository, is passed by, and `leave_out` is called with it.
    """
    for folder in map(Path, upwards(str(start.absolute()))):
        if within is not None and leads_out(folder, within):
            return None
        candidate = folder / NAME
        if os.path.lexists(candidate):
            if leads_out(candidate, bounds(candidate, within)):
                leave_out(candidate)
            elif candidate.is_file():
                return candidate
    return None


def bounds(path: Path, within: Sequence[str] | None = None) -> Sequence[str]:
    """Return the folders in which a `wslgo.yaml` that was found has to be behind its links."""
    return around(str(path.parent)) if within is None else within


def load(start: Path, within: Sequence[str] | None = None) -> settings.Read:
    """The `check:` part of the nearest `wslgo.yaml`, as `find` finds it; the defaults where there is none."""
    left_out: list[Path] = []
    try:
        path = find(start, within, left_out.append)
    except OSError:  # a folder that may not be looked into
        path = None
    found = settings.read(None) if path is None else read(path, bounds(path, within))
    return found._replace(problems=(*(_LEADS_OUT(path=str(one)) for one in left_out), *found.problems))


def read(path: Path, within: Sequence[str] | None = None) -> settings.Read:
    """The `check:` part of this file; of one that was found only where it is in the folders `within`."""
    try:
        data = _bytes(path, within)
    except OSError as error:
        return _refused(_UNREADABLE(path=str(path), reason=reason(error)))
    if len(data) > team_yaml.LARGEST:
        return _refused(_TOO_LARGE(path=str(path)))
    try:
        parts = team_yaml.parsed(data)
    except team_yaml.NotReadError as error:
        return _refused(_NOT_YAML(path=str(path), reason=error.reason))
    return _understood(path, parts)


def provision(path: Path) -> tuple[object, object]:
    """The `provision:` and `policy:` parts of a file that was found; of one that `read` complains about there are
    none."""
    return _provision(path, bounds(path))


def policy(path: Path) -> object:
    """The `policy:` part of one of the `places_of_policy`; None where there is none."""
    return _provision(path, None)[1]


def _provision(path: Path, within: Sequence[str] | None) -> tuple[object, object]:
    try:
        data = _bytes(path, within)
    except OSError:
        return None, None
    try:
        parts = team_yaml.parsed(data) if len(data) <= team_yaml.LARGEST else None
    except team_yaml.NotReadError:
        return None, None
    return (parts.get("provision"), parts.get("policy")) if isinstance(parts, Mapping) else (None, None)


def places_of_policy(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where `policy:` counts: in the file of the user, else in that of the machine."""
    own = environment.get("XDG_CONFIG_HOME", "")
    home = environment.get("HOME") or "~"
    folder = Path(own if own.startswith("/") else f"{home}/.config").expanduser()
    return folder / "wslgo" / NAME, Path("/etc") / NAME


def _understood(path: Path, parts: object) -> settings.Read:
    if parts is None:
        return settings.read(None)
    if not isinstance(parts, Mapping):
        return _refused(_NOT_A_MAP(path=str(path)))
    unknown = [name for name in parts if name not in PARTS]
    read = settings.read(parts.get("check"))
    known = ", ".join(PARTS)
    problems = tuple(_UNKNOWN(path=str(path), name=settings.shown(name), parts=known) for name in unknown)
    return settings.Read(read.settings, (*problems, *read.problems))


def _bytes(path: Path, within: Sequence[str] | None) -> bytes:
    return read_beginning(path, team_yaml.LARGEST + 1, within=within)


def _refused(problem: Text) -> settings.Read:
    return settings.Read(settings.Settings(), (problem,))
