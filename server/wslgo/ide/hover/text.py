"""The text of a hover."""

from wslgo.text.markdown import concatenation, sentence
from wslgo.text.message import Language, Markdown, Message, Text
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# The command of the client that opens the page of a rule or of a topic.
OPEN_COMMAND = "wslgo.openRule"


class Hover(NamedTuple):
    """Paragraphs of Markdown about a span, and the topics about it; a paragraph is a tuple of lines."""

    span: Span
    paragraphs: tuple[tuple[Text, ...], ...]
    topics: tuple[str, ...] = ()

    def markdown(self, language: Language = "en") -> Markdown:
        shown = (concatenation((sentence(line, language) for line in lines), "\n") for lines in self.paragraphs)
        return concatenation(shown, "\n\n")


def text_of(message: Message) -> Text:
    """Return a message of the knowledge tables as a text, in English if it has no translation yet."""
    return (message if message.zh else Message(message.en, message.en))()


def joined_hovers(first: Hover | None, second: Hover | None) -> Hover | None:
    """Return a hover with the paragraphs of both, about the span of the first."""
    if first is None or second is None:
        return first or second
    return Hover(first.span, first.paragraphs + second.paragraphs, first.topics + second.topics)
