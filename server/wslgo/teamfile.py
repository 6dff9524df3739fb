"""`wslgo.yaml`: what a team decides, in the folder of its repository."""

from collections.abc import Mapping
from pathlib import Path

from wslgo import settings
from wslgo.message import Message, Text
from wslgo.reasons import reason

NAME = "wslgo.yaml"
PARTS = ("check", "provision", "policy")

_BIGGEST = 1 << 20  # it comes from a repository: nothing that is read before trust may be large

_UNREADABLE = Message(en="{path} cannot be read: {reason}", zh="无法读取 {path}：{reason}")
_NOT_YAML = Message(en="{path} is not YAML: {reason}", zh="{path} 不是 YAML：{reason}")
_NOT_A_MAP = Message(en="{path} must map names to values", zh="{path} 必须是名称到值的映射")
_UNKNOWN = Message(
    en="{path} has an unknown part '{name}'; known are {parts}", zh="{path} 含未知部分 '{name}'；可用 {parts}"
)
_TOO_LARGE = Message(en="{path} is larger than 1 MiB and is not read", zh="{path} 超过 1 MiB，不予读取")


def find(start: Path) -> Path | None:
    """The nearest `wslgo.yaml` at or above a file or folder; the search ends at the root of a repository."""
    start = start.absolute()
    for folder in (start, *start.parents):
        candidate = folder / NAME
        if candidate.is_file():
            return candidate
        if (folder / ".git").exists():
            return None
    return None


def load(start: Path) -> settings.Read:
    """The `check:` part of the nearest `wslgo.yaml`; the defaults where there is none."""
    try:
        path = find(start)
    except OSError:  # a folder that may not be looked into
        path = None
    return settings.read(None) if path is None else read(path)


def read(path: Path) -> settings.Read:
    """The `check:` part of this file."""
    try:
        data = _bytes(path)
    except OSError as error:
        return _refused(_UNREADABLE(path=str(path), reason=reason(error)))
    if len(data) > _BIGGEST:
        return _refused(_TOO_LARGE(path=str(path)))
    import yaml  # 15 ms: only a workspace that has the file pays

    try:
        parts = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _refused(_NOT_YAML(path=str(path), reason=" ".join(str(error).split())))
    return _understood(path, parts)


def provision(path: Path) -> tuple[object, object]:
    """The `provision:` and `policy:` parts of this file; of one that `read` complains about there are none."""
    try:
        data = _bytes(path)
    except OSError:
        return None, None
    if len(data) > _BIGGEST:
        return None, None
    import yaml  # as above

    try:
        parts = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, None
    return (parts.get("provision"), parts.get("policy")) if isinstance(parts, Mapping) else (None, None)


def _understood(path: Path, parts: object) -> settings.Read:
    if parts is None:
        return settings.read(None)
    if not isinstance(parts, Mapping):
        return _refused(_NOT_A_MAP(path=str(path)))
    unknown = [name for name in parts if name not in PARTS]
    read = settings.read(parts.get("check"))
    known = ", ".join(PARTS)
    problems = tuple(_UNKNOWN(path=str(path), name=str(name), parts=known) for name in unknown)
    return settings.Read(read.settings, (*problems, *read.problems))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_BIGGEST + 1)


def _refused(problem: Text) -> settings.Read:
    return settings.Read(settings.Settings(), (problem,))
