"""One call of a command: where its output goes, in which language and styles, and the options it was given."""

from collections.abc import Iterable

from wslgo.cli.terminal import FAILED, Terminal, is_colourful, language, painter, rendered
from wslgo.text.message import Message, Text
from wslgo.text.typing import Generic, TypeVar

Options = TypeVar("Options", covariant=True)


class Call(Generic[Options]):
    """A call of a command. Its attributes stay as they are made."""

    __slots__ = ("language", "options", "paint", "terminal")

    def __init__(self, options: Options, terminal: Terminal) -> None:
        self.options = options
        self.terminal = terminal
        self.language = language(getattr(options, "lang", None), terminal.environment)
        self.paint = painter(is_colourful(getattr(options, "color", "never"), terminal))

    def say(self, text: Text | Message, indent: str = "") -> None:
        """Print a sentence."""
        self.terminal.say(f"{indent}{self.rendered(text)}")

    def complain(self, text: Text | Message) -> None:
        """Print a sentence beside the output."""
        self.terminal.complain(self.rendered(text))

    def warn(self, texts: Iterable[Text]) -> None:
        """Print sentences beside the output, whatever its format, with the name of the program in front."""
        for text in texts:
            self.terminal.complain(f"wslgo: {self.rendered(text)}")

    def fail(self, problems: Iterable[Text]) -> int:
        """Print what went wrong; return the exit code for it."""
        self.warn(problems)
        return FAILED

    def rendered(self, text: Text | Message) -> str:
        """Return a sentence in the language of this call, without anything that a terminal would obey."""
        return rendered(text, self.language)
