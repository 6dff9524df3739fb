"""Links from the rule ids in comments that ignore rules to the pages of the rules."""

from collections.abc import Iterator

from wslgo.linter.rules import find
from wslgo.linter.scene import Scene
from wslgo.syntax.file import comments
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_IGNORE = pattern(r"wslgo:\s*ignore(?:-file)?\[([^\[\]\r\n]*)\]")
_RULE = pattern(r"(?<![a-z])[a-z]+/[a-z0-9-]+")


class DocumentLink(NamedTuple):
    """The id of a rule in a comment that ignores it."""

    span: Span
    rule: str


def document_links(scene: Scene) -> Iterator[DocumentLink]:
    """Yield the rules that comments name."""
    text = scene.file.source.text
    if "wslgo:" not in text:
        return
    for comment in comments(scene.file):
        for ignore in _IGNORE.finditer(text, comment.start, comment.end):
            for name in _RULE.finditer(text, ignore.start(1), ignore.end(1)):
                if find(name[0]) is not None:
                    yield DocumentLink(Span(*name.span()), name[0])
