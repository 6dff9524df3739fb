"""The values of settings that scripts decide: variables of single commands, `-race`, and installed tools."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from wslgo.ci.matrix import Item
from wslgo.ci.model import NO, YES, Value, distinct
from wslgo.ci.shell_commands import Command, race, tools
from wslgo.goenv.levels import Setting
from wslgo.text.span import Span

Expand = Callable[[str], tuple[Item, ...]]

# Variables that only commands which compile look at.
_OF_BUILDS = ("CGO_ENABLED", "GOFLAGS", "GOEXPERIMENT")


def within(settings: Sequence[Setting], span: Span) -> Sequence[Setting]:
    """Return the settings in a span, out of those of a file in the order of the text."""
    first = bisect_left(settings, span.start, key=_start)
    return settings[first : bisect_left(settings, span.end, first, key=_start)]


def in_order(settings: Iterable[Setting]) -> tuple[Setting, ...]:
    """Return the settings of a file in the order of the text."""
    return tuple(sorted(settings, key=_start))


def _start(setting: Setting) -> int:
    return setting.assignment.name_span.start


def counted(name: str, inline: Sequence[Value], around: tuple[Value, ...], run: Iterable[Command]) -> Iterator[Value]:
    """Yield the values of a variable that some commands set for themselves, and those of any others."""
    yield from inline
    if not inline:
        yield from around
        return
    concerned = [command for command in run if name not in _OF_BUILDS or command.compiles]
    if len(inline) < len(concerned):
        yield from around


def has_race(flags: Iterable[Value]) -> bool:
    """Return whether GOFLAGS have the race detector in a place."""
    return any(value.text and "-race" in value.text.split() for value in flags)


def race_value(command: Command, path: str, span: Span | None, *, is_in_flags: bool) -> Value:
    """Return whether a test runs with the race detector; GOFLAGS can say so, too."""
    found = race(command)
    if found == NO and is_in_flags:
        found = YES
    return Value(found, path, span, written="" if found else command.text)


def expanded_race(command: Command, expand: Expand, path: str, span: Span) -> Iterator[Value]:
    """Yield the answers for a test whose flags follow from a matrix or a variable."""
    for item in expand(command.text):
        is_known = item.text is not None and "$" not in item.text
        found = (YES if re.search(r"(?<!\S)-race(?!\S)", item.text or "") else NO) if is_known else None
        yield Value(found, path, span, item.variant, "" if is_known else command.text)


def tool_values(scripts: Iterable[tuple[str, Span | None]], expand: Expand, path: str) -> dict[str, tuple[Value, ...]]:
    """Return the versions of the tools that some scripts install, by the names of the tools."""
    found: dict[str, list[Value]] = {}
    for script, span in scripts:
        for tool in tools(script):
            for item in expand(tool.version):
                is_known = item.text is not None and "$" not in item.text
                text, written = (item.text, "") if is_known else (None, tool.version)
                found.setdefault(tool.name, []).append(Value(text, path, item.span or span, item.variant, written))
    return {name: distinct(iter(values)) for name, values in found.items()}
