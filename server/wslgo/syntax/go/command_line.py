"""The words after `go build` and `go test -c`, as go reads them (go1.26.8: package flag, cmd/go/internal/test)."""

from collections.abc import Sequence
from enum import Enum

from wslgo.knowledge.go_flags import BOOLEANS, BUILD_SWITCHES, BUILD_VALUES, TEST_SWITCHES, TEST_VALUES
from wslgo.syntax.go.flag_value import NUMBER, error_of_value, quoted, tags_of
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_KINDS = {
    "count": NUMBER,
    "parallel": NUMBER,
    "timeout": pattern(r"0|[+-]?(?:[0-9]{1,19}(?:\.[0-9]{0,19})?(?:ns|us|µs|μs|ms|s|m|h)){1,9}"),
}
_LAST = "--"  # of the flags
_ENDS = ("-args", "--args")


class Command(Enum):
    """The command that reads the words; `ANY` is either of the two."""

    BUILD = "build"
    TEST = "test"
    ANY = "any"


class Fault(Enum):
    """The kind of an error, which decides how it can be fixed."""

    UNKNOWN = "unknown"  # a flag that the command does not have
    PACKAGE = "package"  # not a flag, so go takes it for a package
    NO_VALUE = "no value"  # the last word is a flag that needs one
    VALUE = "value"
    SYNTAX = "syntax"


class Argument(NamedTuple):
    """A flag, with the word after it if that is its value, or another word: `first` to `last` are their places.

    `name` is empty if it is not a flag. `error` is go's reason to reject it.
    """

    first: int
    last: int
    name: str = ""
    value: str | None = None
    fault: Fault | None = None
    error: str = ""


def arguments(words: Sequence[str], command: Command = Command.ANY) -> tuple[Argument, ...]:
    """Return the words as flags and packages; go stops at the first error."""
    found: list[Argument] = []
    place = 0
    while place < len(words):
        if words[place] == _LAST:
            return (*found, *(_package(words, number) for number in range(place + 1, len(words))))
        if words[place] in _ENDS and command is not Command.BUILD:
            break  # all after it is for the test
        argument = _argument(words, place, command)
        found.append(argument)
        place = argument.last + 1
    return tuple(found)


def tags_in(words: Sequence[str]) -> frozenset[str]:
    """Return the build tags of the last `-tags`."""
    values = [found.value for found in arguments(words) if found.name == "tags" and found.value is not None]
    return tags_of(values[-1]) if values else frozenset()


def is_flag(name: str, command: Command = Command.ANY) -> bool:
    """Return whether a command has a flag, whose name is given without its dashes."""
    return _is_switch(name, command) or _needs_value(name, command)


def _argument(words: Sequence[str], place: int, command: Command) -> Argument:
    word = words[place]
    written = word[2 if word.startswith("--") else 1 :]
    name, equals, value = written.partition("=")
    is_flag_like = word.startswith("-") and word != "-"
    is_odd = not name or name.startswith("-")
    if not is_flag_like or (is_odd and command is Command.TEST):
        return _package(words, place)
    if is_odd:
        return Argument(place, place, fault=Fault.SYNTAX, error=f"bad flag syntax: {word}")
    if not is_flag(name, command):
        error = f"flag provided but not defined: -{name}"
        if command is Command.TEST:
            error = f"unknown flag -{name} cannot be used with -c"
        return Argument(place, place, name, value if equals else None, Fault.UNKNOWN, error)
    if equals or _is_switch(name, command):
        return _checked(Argument(place, place, name, value if equals else None), command)
    if place + 1 == len(words):
        return Argument(place, place, name, None, Fault.NO_VALUE, f"flag needs an argument: -{name}")
    return _checked(Argument(place, place + 1, name, words[place + 1]), command)


def _package(words: Sequence[str], place: int) -> Argument:
    """Return a word that is not a flag; go overlooks an empty one."""
    if not words[place]:
        return Argument(place, place)
    error = f"{quoted(words[place])} is not a flag, so it is read as a package"
    return Argument(place, place, fault=Fault.PACKAGE, error=error)


def _checked(argument: Argument, command: Command) -> Argument:
    """Return a flag with go's reason to reject its value."""
    name, value = argument.name, argument.value
    # Delve puts `-c` before the words of a test, so that `-C` is not the first there.
    if value is None or (name == "C" and argument.first == 0 and command is not Command.TEST):
        return argument
    if name == "v" and value == "test2json" and command is not Command.BUILD:
        return argument
    error = error_of_value(name, value) or _error_of_test(_of_test(name), value)
    return argument._replace(fault=Fault.VALUE, error=error) if error else argument


def _error_of_test(name: str, value: str) -> str:
    """Return the reason of `go test` to reject the value of one of its own flags."""
    kind = _KINDS.get(name)
    is_accepted = value in BOOLEANS if name in TEST_SWITCHES else kind is None or kind.fullmatch(value)
    wrong = f"value {quoted(value)} for" + (f" -{name}" if name in TEST_SWITCHES else f" flag -{name}")
    boolean = " boolean" if name in TEST_SWITCHES else ""
    return "" if is_accepted else f"invalid{boolean} {wrong}: parse error"


def _is_switch(name: str, command: Command) -> bool:
    if name in BUILD_SWITCHES:
        return True
    return command is not Command.BUILD and _of_test(name) in TEST_SWITCHES | {"v"}


def _needs_value(name: str, command: Command) -> bool:
    if name in BUILD_VALUES:
        return True
    return command is not Command.BUILD and _of_test(name) in TEST_VALUES


def _of_test(name: str) -> str:
    """Return the name of a flag of `go test` without the prefix that it has in the test program."""
    return name.removeprefix("test.")
