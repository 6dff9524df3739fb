"""The targets of a makefile that run go, and the variables that it exports.

A makefile inherits the environment, so it has values only for what it sets. Variables of make that are set to plain
text are filled in; a job can set others on the command line.
"""

from collections.abc import Iterator, Sequence

from wslgo.ci.matrix import Item
from wslgo.ci.model import RACE, VARIABLES, Kind, Place, Value, distinct
from wslgo.ci.script_values import expanded_race, has_race, in_order, race_value, tool_values, within
from wslgo.ci.shell_commands import commands, race
from wslgo.goenv.levels import Level, Setting, settings
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_TARGETS = pattern(r"[\w./ -]+")
_SETTING = pattern(r"(?:export[ ])?[ ]*([A-Za-z_]\w*)[ \t]*(?::{0,3}|\?)=([^\n]*)")
_VARIABLE = pattern(r"\$(?:\(([A-Za-z_]\w*)\)|\{([A-Za-z_]\w*)\})")
_DEEPEST = 5  # variables in the values of others
_LONGEST = 2_000  # characters of a line with its variables filled in


class Recipe(NamedTuple):
    """The targets of a rule, and its recipe with its place."""

    targets: tuple[str, ...]
    text: str
    span: Span
    at: Span


def places(file: File) -> Iterator[Place]:
    """Yield the makefile with the variables that it exports, and its targets that test, or set variables."""
    text = file.source.text
    known = _variables(text)
    found = in_order(each for each in settings(file) if each.assignment.name in VARIABLES)
    everywhere: dict[str, tuple[Value, ...]] = {}
    for each in found:
        if each.level in (Level.MAKE, Level.MAKE_DEFAULT):
            everywhere[each.assignment.name] = (_value(file, each.assignment.value, each.assignment.value_span),)
    if everywhere:
        yield Place(Kind.MAKE, file.path, values=everywhere)
    for recipe in _recipes(text):
        values = _of_recipe(file, recipe, known, within(found, recipe.span))
        if values:
            yield Place(Kind.MAKE, file.path, recipe.targets[0], recipe.at, values)


def _value(file: File, text: str | None, span: Span) -> Value:
    return Value(text, file.path, span, written="" if text is not None else file.source.text[slice(*span)])


def _of_recipe(
    file: File, recipe: Recipe, known: dict[str, str], found: Sequence[Setting]
) -> dict[str, tuple[Value, ...]]:
    own: dict[str, list[Value]] = {}
    for each in found:
        if each.level is Level.RECIPE:
            value = _value(file, each.assignment.value, each.assignment.value_span)
            own.setdefault(each.assignment.name, []).append(value)
    values = {name: distinct(iter(each)) for name, each in own.items()}

    def expand(text: str) -> tuple[Item, ...]:
        return (Item(_filled(text, known)),)

    values |= tool_values([(recipe.text, recipe.span)], expand, file.path)
    flags = has_race(values.get("GOFLAGS", ()))
    tests: list[Value] = []
    for command in commands(recipe.text):
        if command.tests and race(command) is None:
            tests += expanded_race(command, expand, file.path, recipe.span)
        elif command.tests:
            tests.append(race_value(command, file.path, recipe.span, is_in_flags=flags))
    if tests:
        values[RACE] = distinct(iter(tests))
    return values


def _recipes(text: str) -> Iterator[Recipe]:
    """Yield the rules with a recipe."""
    names: tuple[str, ...] = ()
    line_span = Span(0, 0)
    at = 0
    for line in text.splitlines(keepends=True):
        if not line.startswith("\t"):
            if names and at > line_span.end:
                yield _recipe(names, text, line_span, at)
            names, line_span = _targets(line), Span(at, at + len(line))
        at += len(line)
    if names and at > line_span.end:
        yield _recipe(names, text, line_span, at)


def _recipe(names: tuple[str, ...], text: str, line: Span, end: int) -> Recipe:
    return Recipe(names, text[line.end : end], Span(line.end, end), Span(line.start, line.start + len(names[0])))


def _targets(line: str) -> tuple[str, ...]:
    """Return the targets of a rule; none for any other line."""
    name, colon, rest = line.partition(":")
    is_rule = bool(colon) and "=" not in line and _TARGETS.fullmatch(name) is not None
    return tuple(name.split()) if is_rule and not rest.startswith(":") else ()


def _variables(text: str) -> dict[str, str]:
    """Return the variables of a makefile as written; one that is set twice is not known."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for line in text.split("\n"):
        setting = _SETTING.match(line)
        if setting is None:
            continue
        if setting[1] in seen:
            found.pop(setting[1], None)
        else:
            found[setting[1]] = setting[2].partition("#")[0].strip()
        seen.add(setting[1])
    return found


def _filled(text: str, known: dict[str, str]) -> str | None:
    """Return a text with the variables of make filled in; None if it has others that may hold flags."""
    for _ in range(_DEEPEST):
        filled = _VARIABLE.sub(lambda found: known.get(found[1] or found[2], found[0]), text)
        if filled == text or len(filled) > _LONGEST:
            break
        text = filled
    return text
