"""The go commands of a script: which it runs, whether it tests with `-race`, and which tools it installs."""

from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

VERBS = "build|test|vet|run|install|generate|mod|list|get|tool|work|fmt|env"
_CONTINUED = pattern(r"\\\r?\n")
_COMMAND = pattern(
    rf"(?<![\w./-])(?:go|\$\(GO\)|\$\{{GO\}}|\$GO|gotestsum|richgo)(?=[ \t])[ \t]+(?:(?:{VERBS})\b)?([^\n;&|]*)"
)
_VERB = pattern(rf"(?:go|\$\(GO\)|\$\{{GO\}}|\$GO|richgo)[ \t]+({VERBS})\b")
_TESTS = pattern(r"gotestsum\b|(?:go|\$\(GO\)|\$\{GO\}|\$GO|richgo)[ \t]+test\b")
_COMMENT = pattern(r"(?:^|(?<=\n))[ \t]*#[^\n]*")
_WORD = pattern(r"\S+")
_RACE = ("-race", "--race", "-race=true", "-race=1")
_FLAGS = ("FLAG", "ARG", "OPT", "RACE")  # in the name of a variable that may bring flags
_MAJOR = pattern(r"v\d+")
_RELEASE = pattern(r"v\d+\.\d+\.\d+")
_COMPILING = ("build", "test", "vet", "run", "install")
_SEPARATOR = pattern(r"[;&|]")
_PLAIN_TARGET = pattern(r"[A-Za-z0-9_][\w./-]*")
_QUOTES = "\"';"
_INSTALLER = "install.sh"
LINTER = "golangci-lint"


class Command(NamedTuple):
    """A go command, in one line, and its place in the script."""

    text: str
    span: Span

    @property
    def tests(self) -> bool:
        """Return whether it runs tests."""
        return _TESTS.match(self.text) is not None

    @property
    def compiles(self) -> bool:
        """Return whether it compiles packages, so that flags of the compiler count."""
        verb = _VERB.match(self.text)
        return self.tests or (verb is not None and verb[1] in _COMPILING)


class Tool(NamedTuple):
    """A tool with the version that a script installs, and the place of the version in the script."""

    name: str
    version: str
    span: Span


def commands(script: str) -> Iterator[Command]:
    """Yield the go commands of a script."""
    text = _plain(script)
    for found in _COMMAND.finditer(text):
        if _VERB.match(found[0]) or _TESTS.match(found[0]):
            yield Command(found[0].strip(), Span(*found.span()))


def race(command: Command) -> str | None:
    """Return whether a test runs with `-race`: "yes", "no", or None if a variable may hold the flag."""
    words = command.text.split()
    if any(word in _RACE for word in words):
        return "yes"
    return None if "${{" in command.text or any(map(_may_bring_flags, words)) else "no"


def _may_bring_flags(word: str) -> bool:
    return word.startswith("$") and any(name in word.upper() for name in _FLAGS)


def tools(script: str) -> Iterator[Tool]:
    """Yield the tools that a script installs or runs by their version."""
    text = _plain(script)
    for command in commands(script):
        verb = _VERB.match(command.text)
        if verb is not None and verb[1] in ("install", "run", "get", "tool"):
            yield from _installed(text, command.span)
    if _INSTALLER in text:
        yield from _by_script(text)


def _installed(text: str, span: Span) -> Iterator[Tool]:
    """Yield the packages with a version among the words of a command."""
    for word in _WORD.finditer(text, *span):
        package, sign, version = _bare(word[0]).partition("@")
        if not sign or "/" not in package:
            continue
        start = text.index("@", word.start()) + 1
        end = text.find("}}", start, span.end) + 2 if version.startswith("${{") else start + len(version)
        if end > start:
            yield Tool(tool_name(package), text[start:end], Span(start, end))


def _bare(word: str) -> str:
    """Return a word without its quotes, and without the end of the command that it is in."""
    bare = word.strip(_QUOTES)
    return bare.rstrip(")") if bare.count(")") > bare.count("(") else bare


def _by_script(text: str) -> Iterator[Tool]:
    """Yield the version that the installer of golangci-lint gets."""
    after = 0  # the end of the address of the installer
    for word in _WORD.finditer(text):
        plain = _bare(word[0])
        if LINTER in plain and plain.endswith(_INSTALLER):
            after = word.end()
        elif after and "\n" in text[after : word.start()]:
            after = 0
        elif after and (_RELEASE.fullmatch(plain) or (plain.startswith("$") and "VERSION" in plain.upper())):
            yield Tool(LINTER, plain, Span(word.start(), word.end()))
            after = 0


def targets(script: str) -> Iterator[str]:
    """Yield the targets of make that a script runs in its own folder."""
    for line in _plain(script).split("\n") if "make" in script else ():
        for part in _SEPARATOR.split(line):
            words = part.split()
            if words[:1] == ["make"] and "-C" not in words and "-f" not in words:
                yield from (word for word in words[1:] if _PLAIN_TARGET.fullmatch(word))


def tool_name(package: str) -> str:
    """Return the name of the program that go builds from a package."""
    *_, before, last = ("", *package.split("/"))
    return before if _MAJOR.fullmatch(last) else last


def _plain(script: str) -> str:
    """Return a script of the same length without comments and continued lines."""
    text = _CONTINUED.sub(lambda found: " " * len(found[0]), script) if "\\" in script else script
    return _COMMENT.sub(lambda found: " " * len(found[0]), text) if "#" in text else text
