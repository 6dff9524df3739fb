"""Hovers in `wslgo.yaml` about its keys."""

from wslgo.ide.hover.text import Hover
from wslgo.ide.team_place import place_at
from wslgo.linter.team_content import content_of
from wslgo.linter.team_problems import key_at
from wslgo.linter.team_yaml import Node
from wslgo.syntax.file import File
from wslgo.text.markdown import code, codes
from wslgo.text.message import Message, Text
from wslgo.text.span import Span

_HEADLINE = Message(en="**{key}**", zh="**{key}**")
_ABOUT = Message(en="{about}", zh="{about}")
_EXAMPLE = Message(en="- Example: {example}", zh="- 示例：{example}")
_CHOICES = Message(en="- One of {choices}", zh="- 可取 {choices}")


def hover(file: File, offset: int) -> Hover | None:
    """Return the hover about the key at an offset."""
    found = _key_in(content_of(file).root, offset, ()) or _key_on_line(file.source.text, offset)
    if found is None:
        return None
    path, span = found
    key = key_at(path)
    if key is None:
        return None
    facts: list[Text] = []
    if key.choices:
        facts.append(_CHOICES(choices=codes(key.choices)))
    if key.example and key.example not in key.choices:
        facts.append(_EXAMPLE(example=code(f"{path[-1]}: {key.example}")))
    about = _ABOUT(about=key.about())
    return Hover(span, ((_HEADLINE(key=code(".".join(path))),), (about,), *((tuple(facts),) if facts else ())))


def _key_in(node: Node | None, offset: int, path: tuple[str, ...]) -> tuple[tuple[str, ...], Span] | None:
    """Return the path to the key at an offset."""
    for member in (node.members if node is not None else None) or ():
        inner = (*path, member.name)
        if member.span.touches(offset):
            return inner, member.span
        found = _key_in(member.node, offset, inner)
        if found is not None:
            return found
    return None


def _key_on_line(text: str, offset: int) -> tuple[tuple[str, ...], Span] | None:
    """Return the same of a text that is not YAML yet."""
    place = place_at(text, offset)
    if place is None or place.key_span is None or not place.key_span.touches(offset):
        return None
    return (*place.above, text[slice(*place.key_span)].strip("\"'")), place.key_span
