"""The one writer of the command line: where its words go, in which language, and what a terminal may be sent."""

import io
import os
import re
import sys
from collections.abc import Callable, Mapping

from wslgo.text.message import Language, Message, Text, spelling
from wslgo.text.pattern import pattern
from wslgo.text.typing import IO, NamedTuple

CLEAN = 0
FINDINGS = 1
FAILED = 2

_STYLES = {"error": "1;31", "warning": "1;35", "information": "1;36", "hint": "2", "bold": "1", "fix": "32"}

# Runners obey what they read in a log. GitHub: `##[command]` anywhere in a line, `::command::` where one begins; Azure:
# `##vso[...]`; TeamCity: `##teamcity[...]`. That of GitHub compares as a language would, to which variation selectors
# are nothing.
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
_NOTHING = "\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BRACKET = pattern(rf"(#[{_NOTHING}]*#[{_NOTHING}]*(?:(?:vso|teamcity)[{_NOTHING}]*)?)\[", re.IGNORECASE)
_COLONS = pattern(rf"(?:^|(?<=\r))((?:[^\S\r\n]|[{_NOTHING}])*):(?=[{_NOTHING}]*:)", re.MULTILINE)
_IN_JSON = pattern(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)

# What of a line moves a cursor and is ours.
_OURS = pattern(r"(\x1b\[[0-9;]*m|\n)")


class OutputError(BaseException):
    """The output cannot be written, mostly because its reader has closed the pipe.

    It is not an OSError, so that no command takes it for trouble with the file that it writes.
    """

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


class Terminal(NamedTuple):
    """The process as the commands see it; tests hand in another one."""

    out: IO[bytes]
    err: IO[bytes]
    stdin: IO[bytes]
    environment: Mapping[str, str]
    encoding: str = "utf-8"
    is_interactive: bool = False

    def say(self, text: str) -> None:
        """Print a line; what the encoding lacks is spelled with backslashes."""
        self.ask(f"{text}\n")

    def ask(self, text: str) -> None:
        """Print the beginning of a line."""
        self._write(self.disobeyed(_without_controls(text)))

    def command(self, text: str) -> None:
        """Print a line that a runner is to obey."""
        self._write(f"{_without_brackets(text)}\n")

    def say_json(self, text: str) -> None:
        """Print a piece of JSON, which stays what it is."""
        self._write(_IN_JSON.sub(r"#\\u0023", text) if "##" in text else text)

    def complain(self, text: str) -> None:
        """Print one line beside the output."""
        line = f"{self.disobeyed(_without_controls(text))}\n".encode(self.encoding, "backslashreplace")
        self.flush()
        with _Output():
            self.err.write(line)
            self.err.flush()

    def write(self, data: bytes) -> None:
        """Print bytes as they are."""
        with _Output():
            self.out.write(data)

    def flush(self) -> None:
        """Send what is still in a buffer."""
        with _Output():
            self.out.flush()

    def can_print(self, text: str) -> bool:
        """Return whether the encoding has all characters of a text."""
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def disobeyed(self, text: str) -> str:
        """Return the text with what the runner would obey spelled out, where there is a runner."""
        if not any(map(self.environment.get, _RUNNERS)):
            return text
        return _COLONS.sub(rf"\1{spelling(':')}", _without_brackets(text))

    def _write(self, text: str) -> None:
        self.write(text.encode(self.encoding, "backslashreplace"))


class _Output:
    """Raises an OutputError for what goes wrong with the output."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: object, _where: object) -> None:
        if isinstance(error, OSError):
            raise OutputError(error) from error


def of_process() -> Terminal:
    """Return the terminal of this process; what is written to a closed stream is lost."""
    out, err, stdin = (
        getattr(stream, "buffer", None) or io.BytesIO() for stream in (sys.stdout, sys.stderr, sys.stdin)
    )
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return Terminal(out, err, stdin, os.environ, encoding, bool(sys.stdout and sys.stdout.isatty()))


def discard_output() -> None:
    """Give the interpreter a place for what is still in its buffers, so that it does not fail again on its way out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ else nowhere)
    os.close(nowhere)


def language(chosen: str | None, environment: Mapping[str, str]) -> Language:
    """Return the language of `--lang`, else of the environment."""
    if chosen is None:
        names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        chosen = next(filter(None, names), "")
    return "zh" if chosen.lower().startswith("zh") else "en"


def is_colourful(wish: str, terminal: Terminal) -> bool:
    """Return whether to colour: `--color`, then NO_COLOR, then whether a person looks at it."""
    if wish != "auto":
        return wish == "always"
    is_plain = terminal.environment.get("NO_COLOR") or terminal.environment.get("TERM") == "dumb"
    return terminal.is_interactive and not is_plain


Painter = Callable[[str, str], str]


def painter(is_coloured: bool) -> Painter:
    """Return a function that puts a style around a text."""
    if not is_coloured:
        return lambda _style, text: text
    return lambda style, text: f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def shown(text: str) -> str:
    """Return a path or a line as a terminal may show it: file names, too, can hold escape sequences."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else spelling(character) for character in text)


def rendered(text: Text | Message, spoken: Language) -> str:
    """Return the sentence without anything that a terminal would obey."""
    return shown((text() if isinstance(text, Message) else text).render(spoken))


def _without_brackets(text: str) -> str:
    return _BRACKET.sub(rf"\1{spelling('[')}", text) if "#" in text else text


def _without_controls(text: str) -> str:
    """Return the text with nothing that a terminal would obey but styles and line ends, wherever it comes from."""
    if all(map(str.isprintable, text.split("\n"))):
        return text
    return "".join(piece if number % 2 else shown(piece) for number, piece in enumerate(_OURS.split(text)))
