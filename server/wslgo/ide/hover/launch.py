"""Hovers in `launch.json` about the attributes and variables of a Go entry."""

from collections.abc import Iterator

from wslgo.ide.hover.text import Hover
from wslgo.knowledge import delve_attributes, delve_variables, go_variables
from wslgo.knowledge.delve_attributes import Attribute, Reader
from wslgo.launch.delve_behaviour import idle_reason, is_legacy, variable_reach
from wslgo.syntax.file import File
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import Node, Property
from wslgo.syntax.json.launch import SYSTEMS, Configuration
from wslgo.text.markdown import code
from wslgo.text.message import Markdown, Message, Text
from wslgo.text.span import Span

READERS = {
    Reader.EDITOR: Message(en="VS Code", zh="VS Code"),
    Reader.EXTENSION: Message(en="the Go extension", zh="Go 扩展"),
    Reader.DELVE: Message(en="Delve", zh="Delve"),
    Reader.BOTH: Message(en="the Go extension and Delve", zh="Go 扩展和 Delve"),
    Reader.LEGACY: Message(en="only the Go extension's `legacy` adapter", zh="仅 Go 扩展的 `legacy` 适配器"),
    Reader.NONE: Message(en="no program", zh="无"),
}

_HEADLINE = Message(en="**{name}** · {takes}", zh="**{name}** · {takes}")
_ABOUT = Message(en="{about}", zh="{about}")
_READ_BY = Message(en="- Read by {reader}", zh="- 读取者：{reader}")
_DEFAULT = Message(en="- Default: {default}", zh="- 默认值：{default}")
_WRONG = Message(en="- {wrong}", zh="- {wrong}")
_IDLE = Message(en="⚠ Does nothing in this entry ({here}): {reason}", zh="⚠ 在此条目（{here}）中不起作用：{reason}")
_VARIABLE = Message(en="**{name}**: {about}", zh="**{name}**：{about}")
_REACH = Message(en="In this entry ({here}) it {reach}", zh="在此条目（{here}）中，{reach}")
_BLOCK = Message(
    en="Only on {system}; with Remote-WSL it does nothing", zh="仅用于 {system}；使用 Remote-WSL 时不起作用"
)


def hover(file: File, offset: int) -> Hover | None:
    """Return the hover about an attribute, its value or a variable at an offset; None outside Go entries."""
    for configuration in launch.configurations(file):
        if configuration.node.span.touches(offset):
            return _in_block(configuration, configuration.node, "", offset)
    return None


def _in_block(configuration: Configuration, block: Node, system: str, offset: int) -> Hover | None:
    member = next((member for member in block.members if member.span.touches(offset)), None)
    if member is None or member.value is None:
        return None
    is_inside = member.value.kind == "object" and member.value.span.touches(offset)
    if is_inside and member.key in SYSTEMS and not system:
        return _in_block(configuration, member.value, member.key, offset)
    if is_inside:
        return _in_env(configuration, member.value, system, offset) if member.key == "env" else None
    span = member.key_span if member.key_span.touches(offset) else _value_span(member.value, offset)
    known = delve_attributes.BY_NAME.get(member.key)
    if known is None or span is None:
        return None
    return Hover(span, tuple(_attribute(configuration, known, system)))


def _value_span(value: Node, offset: int) -> Span | None:
    """Return the span of the value at an offset; in a list, of its element."""
    if not value.span.touches(offset):
        return None
    return next((element.span for element in value.elements if element.span.touches(offset)), value.span)


def _attribute(configuration: Configuration, known: Attribute, system: str) -> Iterator[tuple[Text, ...]]:
    yield (_HEADLINE(name=known.name, takes=known.takes()),)
    yield (_ABOUT(about=known.about()),)
    yield tuple(_facts(known))
    yield from _elsewhere(system)
    reason = idle_reason(configuration, known.name)
    if reason is not None and not _is_foreign(system):
        yield (_IDLE(here=_here(configuration), reason=reason),)


def _facts(known: Attribute) -> Iterator[Text]:
    yield _READ_BY(reader=READERS[known.reader]())
    if known.default:
        yield _DEFAULT(default=known.default if isinstance(known.default, Message) else code(known.default))
    if known.wrong is not None:
        yield _WRONG(wrong=known.wrong())


# Variables


def _in_env(configuration: Configuration, env: Node, system: str, offset: int) -> Hover | None:
    for member in env.members:
        if member.value is not None and member.span.touches(offset):
            span = member.key_span if member.key_span.touches(offset) else member.value.span
            paragraphs = tuple(_variable(configuration, member, system))
            return Hover(span, paragraphs) if paragraphs else None
    return None


def _variable(configuration: Configuration, member: Property, system: str) -> Iterator[tuple[Text, ...]]:
    known = delve_variables.BY_NAME.get(member.key)
    if known is not None:
        yield (_VARIABLE(name=known.name, about=known.about()),)
    elif member.key not in go_variables.BY_NAME:  # these have their own hover
        yield (_HEADLINE(name=member.key, takes=code("env")),)
    yield from _elsewhere(system)
    reached = variable_reach(configuration, member.key)
    if reached is not None and not _is_foreign(system):
        yield (_REACH(here=_here(configuration), reach=reached),)


def _elsewhere(system: str) -> Iterator[tuple[Text, ...]]:
    if _is_foreign(system):
        yield (_BLOCK(system={"windows": "Windows", "osx": "macOS"}[system]),)


def _is_foreign(system: str) -> bool:
    return system in ("windows", "osx")


def _here(configuration: Configuration) -> Markdown:
    words = [configuration.request, configuration.mode, *(["legacy"] if is_legacy(configuration) else [])]
    return code(" ".join(words))
