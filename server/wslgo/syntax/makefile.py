r"""The variables that a makefile exports to the programs that it starts, as GNU make 4.3 reads it.

Values are literal text with the spaces at their end; quotes belong to them. A value with `$` in it is known only to a
running make. `define` blocks and other directives are skipped; what is below a condition, or set for one target, is not
certain. Neither is what a recipe sets for its own commands, each line of which is a shell of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from wslgo.syntax.hash_comments import comments
from wslgo.syntax.shell import run_lines
from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"(?:[^\\\n]|\\\r?\n|\\.|\\\Z)*\n?")
_MODIFIERS = r"((?:(?:export|override|private)[ \t]+)*)"
_SET = r"([A-Za-z_][A-Za-z0-9_]*)[ \t]*(:{0,3}=|[?+!]=)[ \t]*"
_ASSIGNMENT = pattern(rf"[ ]*{_MODIFIERS}{_SET}")
_OF_TARGET = pattern(rf"[^\s#:=][^#:=\n]*:(?![:=])[ \t]*{_MODIFIERS}{_SET}")
_NAMES = pattern(r"[ ]*(export|unexport)(?![^\s#])([A-Za-z0-9_ \t]*)(?=[#\r\n]|\Z)")
_EVERYTHING = pattern(r"\.EXPORT_ALL_VARIABLES[ \t]*:")
_WORD = pattern(r"[ ]*(?:(?:export|override|private)[ \t]+)*([a-z]+)(?![^\s#(])")
_CONDITIONS = ("ifeq", "ifneq", "ifdef", "ifndef")
_CONTINUATION = pattern(r"\\\r?\n")
# A rule may have its first command behind a semicolon.
_RULE = pattern(r"[^\s#:=$][^#:=\n;$]*::?(?![=:])[^#\n;$]*(;?)")
_NEAR = 200  # characters around an assignment: a line can have a million
_COMMAND_END = pattern(r"[;&|]")
_PREFIX = pattern(r"[\t @+-]*")
EVERY_NAME = "*"
_COMMENT = pattern(r"(?<!\\)#")


class _Line(NamedTuple):
    """A line with those that continue it, and whether it is a line of a recipe, or of what make reads in any case."""

    start: int
    text: str
    is_certain: bool
    is_recipe: bool = False


class _Exports:
    """The exported names: some, or all but some."""

    def __init__(self) -> None:
        self._named: dict[str, bool] = {}
        self._is_all = False

    def take(self, text: str) -> None:
        """Take a line that exports names, or everything."""
        if _EVERYTHING.match(text):
            self._is_all = True
        elif listed := _NAMES.match(text):
            is_export = listed[1] == "export"
            self._named |= dict.fromkeys(listed[2].split(), is_export)
            self._is_all = is_export if not listed[2].strip() else self._is_all

    def add(self, name: str) -> None:
        self._named[name] = True

    def __contains__(self, name: str) -> bool:
        return self._named.get(name, self._is_all)

    @property
    def names(self) -> frozenset[str]:
        """The exported names; `*` stands for all others."""
        named = frozenset(name for name, is_export in self._named.items() if is_export)
        return named | ({EVERY_NAME} if self._is_all else frozenset())


def parse(source: Source) -> Shell:
    """Return the assignments of a makefile and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    exports = _Exports()
    found: list[ShellAssignment] = []
    overridden: set[str] = set()  # what only a line with `override` changes
    for line in _lines(text):
        if line.is_recipe:
            found += _of_recipe(line)
            continue
        match = _ASSIGNMENT.match(line.text)
        of_target = None if match else _OF_TARGET.match(line.text)
        named = match or of_target
        if named is None:
            exports.take(line.text)
            found += _of_recipe(line)
            continue
        is_exported = "export" in named[1].split()
        if is_exported and match:
            exports.add(named[2])
        if "override" in named[1].split():
            overridden.add(named[2])
        elif named[2] in overridden:
            continue
        assignment = _assignment(line, named, is_certain=line.is_certain and of_target is None)
        found.append(assignment._replace(is_exported=is_exported and of_target is not None))
    known = (setting._replace(is_exported=setting.is_exported or setting.name in exports) for setting in found)
    return Shell(tuple(known), comments(text), exported=exports.names)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that make reads itself and those of recipes: no comments and `define` blocks."""
    at = len(BOM) if text.startswith(BOM) else 0
    conditions = definitions = 0
    is_in_rule = False
    has_tabs = ".RECIPEPREFIX" not in text
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None or match.end() == at:
            return
        line, start, at = match[0], at, match.end()
        if line[0] in "\t#\n":
            if line[0] == "\t" and is_in_rule and has_tabs and not definitions:
                yield _Line(start, line, False, is_recipe=True)
            continue
        word = _WORD.match(line)
        keyword = word[1] if word else ""
        if keyword == "define" or keyword == "endef":
            definitions = max(0, definitions + (1 if keyword == "define" else -1))
        elif definitions:
            continue
        elif keyword in _CONDITIONS or keyword == "endif":
            conditions = max(0, conditions + (-1 if keyword == "endif" else 1))
        else:
            is_in_rule = _RULE.match(line) is not None and not _ASSIGNMENT.match(line) and not _OF_TARGET.match(line)
            yield _Line(start, line, not conditions)


def _of_recipe(line: _Line) -> Iterator[ShellAssignment]:
    """Yield the variables that a line of a recipe sets for its commands."""
    if "=" not in line.text:
        return
    rule = None if line.is_recipe else _RULE.match(line.text)
    if not line.is_recipe and (rule is None or not rule[1]):
        return
    prefix = _PREFIX.match(line.text, rule.end() if rule else 0)
    start = prefix.end() if prefix else 0
    # The shell gets each following line without its tab.
    parts = line.text[start:].rstrip("\r\n").split("\\\n\t")
    ends = list(accumulate(len(part) + len("\\\n") for part in parts[:-1]))
    for found in run_lines.settings("\\\n".join(parts), lambda at: line.start + start + at + bisect_right(ends, at)):
        at = found.name_span.start - line.start
        before = _COMMAND_END.split(line.text[max(start, at - _NEAR) : at])[-1]
        is_export = before.lstrip().startswith(("export", "declare", "typeset"))
        # What a line exports ends with it.
        end = found.word.span.end - line.start
        rest = line.text[end : end + _NEAR].lstrip("\"' \t;\r\n")
        if not (is_export and rest[:1] in ("", "#")):
            yield found


def _assignment(line: _Line, named: re.Match[str], *, is_certain: bool) -> ShellAssignment:
    written = line.text[named.end() :].removesuffix("\n").removesuffix("\r")
    comment = _COMMENT.search(written)
    written = written[: comment.start()] if comment else written
    value = _joined(_CONTINUATION.split(written)).replace("\\#", "#")
    span = Span(line.start + named.end(), line.start + named.end() + len(written))
    head, reference, _ = value.partition("$")
    is_known = not reference and "\r" not in value and named[3] not in ("+=", "!=")
    name = Span(line.start + named.start(2), line.start + named.end(2))
    word = Word(span, span, value if is_known else None, head, Quoting.MAKE, is_known and value == written)
    is_alone = is_certain and not line.text[: named.start(1)].strip()
    removal = Span(line.start, line.start + len(line.text)) if is_alone else None
    return ShellAssignment(named[2], name, word, False, is_certain and named[3] != "?=", removal)


def _joined(lines: list[str]) -> str:
    """Return a value of several lines with one space between them."""
    last = len(lines) - 1
    parts = [
        (line.lstrip(" \t") if number else line).rstrip(" \t" if number < last else "")
        for number, line in enumerate(lines)
    ]
    return " ".join(parts).lstrip(" \t")
