"""The settings of a team: `wslgo.yaml` in its repository."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wslgo.linter import settings, team_yaml
from wslgo.linter.team_places import TEAM_FILE, own_policy_paths
from wslgo.system.errors import reason
from wslgo.system.reader import leads_out, read_beginning
from wslgo.system.repository import around, upwards
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest

NAME = TEAM_FILE
PARTS = settings.PARTS

_UNREADABLE = Message(en="{path} cannot be read: {reason}", zh="无法读取 {path}：{reason}")
_LEADS_OUT = Message(
    en="{path} is ignored because it is a link to outside the repository or workspace",
    zh="{path} 是指向仓库或工作区之外的链接，因此会被忽略",
)
_NOT_YAML = Message(en="{path} is not YAML: {reason}", zh="{path} 不是 YAML：{reason}")
_NOT_A_MAP = Message(en="{path} must map names to values", zh="{path} 必须是名称到值的映射")
_UNKNOWN = Message(
    en="{path} has an unknown key '{name}'. Known: {parts}", zh="{path} 含未知的键 '{name}'。可用：{parts}"
)
_NEAREST = Message(
    en="{path} has an unknown key '{name}'; did you mean {near}?", zh="{path} 含未知的键 '{name}'；是否指 {near}？"
)
_TOO_LARGE = Message(en="{path} is ignored because it is larger than 64 KiB", zh="{path} 超过 64 KiB，因此会被忽略")


def find(
    start: Path, within: Sequence[str] | None = None, leave_out: Callable[[Path], None] = lambda _: None
) -> Path | None:
    """Return the nearest `wslgo.yaml` at or above a file or folder; the search ends at the root of a repository.

    It stays in the folders `within`, if given, which have no links. It skips a file that leads out of them, or out of
    the repository, and calls `leave_out` with it.
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
    """Return the folders in which the target of a `wslgo.yaml` that was found must be."""
    return around(str(path.parent)) if within is None else within


def load(start: Path, within: Sequence[str] | None = None) -> settings.ParsedSettings:
    """Return the `check:` part of the `wslgo.yaml` that `find` returns; the defaults if there is none."""
    left_out: list[Path] = []
    try:
        path = find(start, within, left_out.append)
    except OSError:  # a folder that may not be read
        path = None
    found = settings.parse(None) if path is None else read(path, bounds(path, within))
    return found._replace(problems=(*(_LEADS_OUT(path=str(file)) for file in left_out), *found.problems))


def read(path: Path, within: Sequence[str] | None = None) -> settings.ParsedSettings:
    """Return the `check:` part of this file, only if the file is in the folders `within`."""
    try:
        data = _bytes(path, within)
    except OSError as error:
        return _defaults(_UNREADABLE(path=str(path), reason=reason(error)))
    if len(data) > team_yaml.LARGEST:
        return _defaults(_TOO_LARGE(path=str(path)))
    try:
        parts = team_yaml.parse(data)
    except team_yaml.NotReadError as error:
        return _defaults(_NOT_YAML(path=str(path), reason=error.reason))
    return _check_part(path, parts)


def provision(path: Path) -> tuple[object, object]:
    """Return the `provision:` and `policy:` parts of a file that was found; None for a file that `read` rejects."""
    return _provision(path, bounds(path))


def doctor(path: Path) -> tuple[object, tuple[Text, ...]]:
    """Return the `doctor:` part of a file that was found, and why none of it could be read."""
    try:
        data = _bytes(path, bounds(path))
    except OSError as error:
        return None, (_UNREADABLE(path=str(path), reason=reason(error)),)
    if len(data) > team_yaml.LARGEST:
        return None, (_TOO_LARGE(path=str(path)),)
    try:
        parts = team_yaml.parse(data)
    except team_yaml.NotReadError as error:
        return None, (_NOT_YAML(path=str(path), reason=error.reason),)
    if parts is None:
        return None, ()
    if not isinstance(parts, Mapping):
        return None, (_NOT_A_MAP(path=str(path)),)
    # A misspelt `docter:` would otherwise fail nothing.
    return parts.get("doctor"), tuple(_unknown_part(str(path), name) for name in parts if name not in PARTS)


def policy(path: Path) -> object:
    """Return the `policy:` part of one of the `policy_files`; None if it has none."""
    return _provision(path, None)[1]


def _provision(path: Path, within: Sequence[str] | None) -> tuple[object, object]:
    try:
        data = _bytes(path, within)
    except OSError:
        return None, None
    try:
        parts = team_yaml.parse(data) if len(data) <= team_yaml.LARGEST else None
    except team_yaml.NotReadError:
        return None, None
    return (parts.get("provision"), parts.get("policy")) if isinstance(parts, Mapping) else (None, None)


def policy_files(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the files whose `policy:` applies: that of the user, then that of the machine."""
    return tuple(map(Path, own_policy_paths(environment)))


def _check_part(path: Path, parts: object) -> settings.ParsedSettings:
    if parts is None:
        return settings.parse(None)
    if not isinstance(parts, Mapping):
        return _defaults(_NOT_A_MAP(path=str(path)))
    check = settings.parse(parts.get("check"))
    problems = [_unknown_part(str(path), name) for name in parts if name not in PARTS]
    values = parts.get("provision")  # those of the policy are found where it is read
    problems += settings.unknown_keys("provision", values) if isinstance(values, Mapping) else ()
    problems += _problems_of_doctor(parts.get("doctor"))
    private = (*check.settings.private, *_provisioned_patterns(parts.get("provision")))
    return settings.ParsedSettings(check.settings._replace(private=private), (*problems, *check.problems))


def _problems_of_doctor(part: object) -> tuple[Text, ...]:
    if part is None:
        return ()
    from wslgo.linter import thresholds  # few teams have any

    return thresholds.parse(part)[1]


def _provisioned_patterns(provision: object) -> tuple[str, ...]:
    """Return the patterns of the GOPRIVATE that a team wants to provision, as far as a team can own them."""
    variables = provision.get("variables") if isinstance(provision, Mapping) else None
    value = variables.get("GOPRIVATE") if isinstance(variables, Mapping) else None
    if not isinstance(value, str):
        return ()
    from wslgo.goenv.team_patterns import is_of_a_team  # few teams name any

    return tuple(filter(is_of_a_team, map(str.strip, value.split(","))))


def _unknown_part(path: str, name: object) -> Text:
    shown, near = settings.short_value(name), nearest(str(name), PARTS)
    if near:
        return _NEAREST(path=path, name=shown, near=near)
    return _UNKNOWN(path=path, name=shown, parts=tuple(PARTS))


def _bytes(path: Path, within: Sequence[str] | None) -> bytes:
    return read_beginning(path, team_yaml.LARGEST + 1, within=within)


def _defaults(problem: Text) -> settings.ParsedSettings:
    return settings.ParsedSettings(settings.Settings(), (problem,))
