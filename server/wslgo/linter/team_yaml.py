"""The YAML of `wslgo.yaml` as maps, lists and texts, read before the file is trusted.

Nothing in a file may cost time or memory: no aliases (nine of nine of nine ...), no tags, few values, few levels. Each
scalar except null, true and false is a text: numbers and dates are not needed here.
"""

from collections.abc import Iterable, Iterator

from wslgo.text.message import Message, Text
from wslgo.text.source import BOM
from wslgo.text.span import Span
from wslgo.text.typing import Any, NamedTuple

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


_NOWHERE = Span(0, 0)


class NotReadError(ValueError):
    """A text that is not YAML, or more of it than wslgo reads; `reason` is the message, `span` its place in a text."""

    def __init__(self, reason: Text, span: Span = _NOWHERE) -> None:
        super().__init__(reason.render("en"))
        self.reason = reason
        self.span = span


class Node:
    """A value and its place in the text: `members` are those of a map, `items` those of a list.

    `written` is a scalar as text, whatever it means; `value` is what it means.
    """

    __slots__ = ("items", "members", "span", "value", "written")

    def __init__(self, span: Span, value: object = None, written: str | None = None) -> None:
        self.span = span
        self.value = value
        self.written = written
        self.members: list[Member] | None = None
        self.items: list[Node] | None = None

    def at(self, *keys: str) -> "Node | None":
        """Return the value that keys lead to; the last of several counts, as for PyYAML."""
        found: Node | None = self
        for key in keys:
            members = found.members if found is not None else None
            found = next((member.node for member in reversed(members or ()) if member.name == key), None)
        return found

    def plain(self) -> object:
        """Return the value as maps, lists and scalars."""
        if self.members is not None:
            return {member.name: member.node.plain() for member in self.members}
        return [item.plain() for item in self.items] if self.items is not None else self.value


class Member(NamedTuple):
    """A key of a map, its place, and its value."""

    name: str
    span: Span
    node: Node


def parse(data: bytes | str) -> object:
    """Parse a document into maps, lists and texts; None for an empty one. Raises NotReadError."""
    root = parse_nodes(data)
    return None if root is None else root.plain()


def parse_nodes(data: bytes | str) -> Node | None:
    """Parse a document into values with their places, which are right if it is a text. Raises NotReadError."""
    import yaml  # 15 ms: only a workspace that has the file pays

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a hundred times as fast where it was built
    before = len(BOM) if isinstance(data, str) and data.startswith(BOM) else 0
    try:
        return _Builder(before).build(yaml.parse(data[before:], Loader=loader))
    except NotReadError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = before + mark.index if mark is not None else 0
        raise NotReadError(_PROBLEM(problem=" ".join(str(error).split())), Span(at, at)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotReadError(_PROBLEM(problem=" ".join(str(error).split()))) from error


class _Builder:
    """The builder of values from events, up to the allowed number and depth."""

    def __init__(self, before: int) -> None:
        self._before = before
        self._root: Node | None = None
        self._open: list[Node] = []
        self._keys: list[list[tuple[str, Span]]] = []  # for each open map, the key whose value comes next
        self._count = 0

    def build(self, events: Iterable[Any]) -> Node | None:
        for event in events:
            self._take(type(event).__name__, event)
        return self._root

    def _take(self, kind: str, event: Any) -> None:
        span = Span(self._before + event.start_mark.index, self._before + event.end_mark.index)
        if kind == "AliasEvent":
            raise NotReadError(_ALIAS(name=event.anchor[:_LONGEST_SHOWN]), span)
        if kind in ("SequenceEndEvent", "MappingEndEvent"):
            ended = self._open.pop()
            ended.span = Span(ended.span.start, max(ended.span.end, self._last_end(ended), span.end))
            self._keys.pop()
        elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            self._count += 1
            if self._count > _MOST:
                raise NotReadError(_TOO_MANY(most=_MOST), span)
            if event.tag not in _TAGS:
                raise NotReadError(_TAG(name=event.tag[:_LONGEST_SHOWN]), span)
            self._value(kind, event, span)
        elif kind == "DocumentStartEvent" and self._root is not None:
            raise NotReadError(_SEVERAL(), span)

    def _last_end(self, node: Node) -> int:
        last = [member.node for member in (node.members or ())[-1:]] or (node.items or [])[-1:]
        return last[0].span.end if last else node.span.end

    def _value(self, kind: str, event: Any, span: Span) -> None:
        container = self._open[-1] if self._open else None
        keys = self._keys[-1] if self._keys else []
        is_scalar = kind == "ScalarEvent"
        if container is not None and container.members is not None and not keys:
            if not is_scalar:
                raise NotReadError(_KEY(), span)
            keys.append((event.value, span))
            return
        node = Node(span, _scalar(event), event.value) if is_scalar else Node(span)
        if kind == "MappingStartEvent":
            node.members = []
        elif kind == "SequenceStartEvent":
            node.items = []
        if container is None:
            self._root = node
        elif container.members is not None:
            container.members.append(Member(*keys.pop(), node))
        elif (items := container.items) is not None:
            items.append(node)
        if not is_scalar:
            if len(self._open) >= _DEEPEST:
                raise NotReadError(_TOO_DEEP(most=_DEEPEST), span)
            self._open.append(node)
            self._keys.append([])


def nodes_in(node: Node) -> Iterator[Node]:
    """Yield a value and all values in it."""
    yield node
    inside = [member.node for member in node.members] if node.members is not None else node.items or []
    for found in inside:
        yield from nodes_in(found)


def _scalar(event: Any) -> object:
    is_plain = event.implicit[0]  # neither quoted nor tagged
    return _CONSTANTS.get(event.value, event.value) if is_plain else event.value
