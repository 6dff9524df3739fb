"""The YAML of `wslgo.yaml` as maps, lists and texts, read before the file is trusted.

Nothing in a file may cost time or memory: no aliases (nine of nine of nine ...), no tags, few values, few levels. Each
scalar except null, true and false is a text: numbers and dates are not needed here.
"""

from collections.abc import Iterable

from wslgo.text.message import Message, Text
from wslgo.text.typing import Any

LARGEST = 1 << 16  # bytes: PyYAML without its C library reads that much in a quarter of a second
_MOST = 1_000  # values
_DEEPEST = 20

_PROBLEM = Message(en="{problem}", zh="{problem}")
_ALIAS = Message(en="aliases (*{name}) are not supported", zh="不支持别名（*{name}）")
_TAG = Message(en="tags ({name}) are not supported", zh="不支持标签（{name}）")
_KEY = Message(en="a name must be a text", zh="名称必须是文本")
_TOO_MANY = Message(en="more than {most} values", zh="超过 {most} 个值")
_TOO_DEEP = Message(en="more than {most} levels", zh="超过 {most} 层")
_SEVERAL = Message(en="more than one document", zh="包含多个文档")

_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
}
_TAGS = (None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq", "null", "bool")))
_LONGEST_SHOWN = 80


class NotReadError(ValueError):
    """A text that is not YAML, or more of it than wslgo reads; `reason` is the message."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.render("en"))
        self.reason = reason


def parse(data: bytes | str) -> object:
    """Parse a document into maps, lists and texts; None for an empty one. Raises NotReadError."""
    import yaml  # 15 ms: only a workspace that has the file pays

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a hundred times as fast where it was built
    try:
        return _Builder().build(yaml.parse(data, Loader=loader))
    except NotReadError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotReadError(_PROBLEM(problem=" ".join(str(error).split()))) from error


class _Builder:
    """The builder of values from events, up to the allowed number and depth."""

    def __init__(self) -> None:
        self._root: list[Any] = []
        self._open: list[Any] = [self._root]
        self._keys: list[list[str]] = [[]]  # for each open map, the name whose value comes next
        self._count = 0

    def build(self, events: Iterable[Any]) -> object:
        for event in events:
            self._take(type(event).__name__, event)
        return self._root[0] if self._root else None

    def _take(self, kind: str, event: Any) -> None:
        if kind == "AliasEvent":
            raise NotReadError(_ALIAS(name=event.anchor[:_LONGEST_SHOWN]))
        if kind in ("SequenceEndEvent", "MappingEndEvent"):
            self._open.pop()
            self._keys.pop()
        elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            self._count += 1
            if self._count > _MOST:
                raise NotReadError(_TOO_MANY(most=_MOST))
            if event.tag not in _TAGS:
                raise NotReadError(_TAG(name=event.tag[:_LONGEST_SHOWN]))
            self._value(kind, event)
        elif kind == "DocumentStartEvent" and self._root:
            raise NotReadError(_SEVERAL())

    def _value(self, kind: str, event: Any) -> None:
        container, keys = self._open[-1], self._keys[-1]
        is_scalar = kind == "ScalarEvent"
        if isinstance(container, dict) and not keys:
            if not is_scalar:
                raise NotReadError(_KEY())
            keys.append(event.value)
            return
        value = _scalar(event) if is_scalar else {} if kind == "MappingStartEvent" else []
        if isinstance(container, dict):
            container[keys.pop()] = value
        else:
            container.append(value)
        if not is_scalar:
            if len(self._open) > _DEEPEST:
                raise NotReadError(_TOO_DEEP(most=_DEEPEST))
            self._open.append(value)
            self._keys.append([])


def _scalar(event: Any) -> object:
    is_plain = event.implicit[0]  # neither quoted nor tagged
    return _CONSTANTS.get(event.value, event.value) if is_plain else event.value
