"""The arguments in `args` of an entry: the elements of a list, or the words of a string for the Go extension."""

from collections.abc import Sequence

from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple

# Longer text is not judged: it is not typed, and each rule takes its time.
_LONGEST = 4_000


class LaunchArgument(NamedTuple):
    """An argument: its text, its node, and its place in that; None for an element of a list, which is all of it."""

    text: str
    node: Node
    place: Span | None = None

    @property
    def written(self) -> str:
        """The argument with the quotes that it has in a string."""
        return self.text if self.place is None else (self.node.string or "")[self.place.start : self.place.end]

    def span(self, tree: Jsonc, part: Span | None = None) -> Span:
        """Return the span of the argument, or of a part of what is written."""
        if part is None and self.place is None:
            return self.node.span
        from wslgo.syntax.json.parts import part_span  # few arguments have a finding

        start = self.place.start if self.place is not None else 0
        if part is not None:
            return part_span(tree, self.node, Span(start + part.start, start + part.end))
        return self.node.span if self.place is None else part_span(tree, self.node, self.place)

    def part_edits(self, tree: Jsonc, part: Span, new: str) -> tuple[Edit, ...]:
        """Return the edits that replace a part of what is written."""
        from wslgo.syntax.json.parts import part_edits  # see above

        start = self.place.start if self.place is not None else 0
        return part_edits(tree, self.node, Span(start + part.start, start + part.end), new)

    def split(self, tree: Jsonc, words: Sequence[str]) -> tuple[Edit, ...]:
        """Return the edits that make several elements of one."""
        from wslgo.syntax.json.text import literal  # see above

        is_element = self.place is None and not tree.problems
        return (Edit(self.node.span, ", ".join(map(literal, words))),) if is_element else ()


def read(configuration: Configuration) -> tuple[LaunchArgument, ...]:
    """Return the arguments of an entry; none if the Go extension rejects them."""
    node = configuration.get("args")
    if node is None:
        return ()
    if node.string is None:
        texts = ((element.string or "", element) for element in node.elements)
        return tuple(LaunchArgument(text if len(text) <= _LONGEST else "", element) for text, element in texts)
    if len(node.string) > _LONGEST:
        return ()
    from wslgo.syntax.go.flag_words import extension_words  # most arguments are in a list

    words = extension_words(node.string) or ()
    return tuple(LaunchArgument(word.text, node, word.span) for word in words)
