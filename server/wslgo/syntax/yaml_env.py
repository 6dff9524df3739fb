"""The variables that Compose files, GitHub workflows and GitLab's CI set.

Each is a scalar below a key such as `env`, or a command. What the program fills in has no value here: `${{ }}` in a
workflow, `$NAME` elsewhere; neither has what YAML writes in several lines.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from wslgo.syntax import yaml_scalars
from wslgo.syntax.hash_comments import comments
from wslgo.syntax.shell import run_lines
from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span

Keys = tuple[Key, ...]
Leaves = Mapping[Keys, Leaf]

_NAMED = pattern(r"([A-Za-z_][A-Za-z0-9_]*)=")
_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPE = pattern(r"\\[^\"\\/]")
_LINE = pattern(r"([ ]*)([^\n]*)\n?")
_RUNNER = pattern(r"\$\{\{")
_DOLLAR = pattern(r"\$")
# Ruby, which reads GitLab's files, takes these for booleans.
_BOOLEAN = pattern(r"(?:y|yes|n|no|on|off|true|false)", re.IGNORECASE)
_SHELL = pattern(r"(?:/(?:usr/)?bin/)?(?:ba|da|z)?sh\b")
_SCRIPTS = ("script", "before_script", "after_script")


class _Kind(NamedTuple):
    """A kind of file: which scalars are variables and commands, and what its program fills in."""

    is_variable: Callable[[Keys], bool]
    is_command: Callable[[Keys, Leaves], bool]
    reference: re.Pattern[str]


def parse(source: Source, kind: str) -> Shell:
    """Return the variables of a file of a kind, and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    found = sorted(_found(text, _KINDS[kind]), key=lambda assignment: assignment.name_span)
    if kind == "gitlab":
        found = [assignment for assignment in found if not _is_boolean(assignment, text)]
    return Shell(tuple(found), comments(text))


def _found(text: str, kind: _Kind) -> Iterator[ShellAssignment]:
    leaves = tuple(yaml_scalars.leaves(text))
    named = {leaf.keys: leaf for leaf in leaves}
    siblings = Counter((leaf.document, leaf.keys[:-1]) for leaf in leaves)
    for leaf in leaves:
        if kind.is_variable(leaf.keys):
            found = _variable(leaf, text, kind.reference)
            if found is not None:
                yield found if siblings[leaf.document, leaf.keys[:-1]] > 1 else found._replace(command=None)
        elif kind.is_command(leaf.keys, named):
            yield from _of_command(leaf, text)


# Which scalars


def _is_of_compose(keys: Keys) -> bool:
    if len(keys) < len(("services", "NAME", "environment", "VARIABLE")) - 1:
        return False
    is_place = keys[0] == "services" or str(keys[0]).startswith("x-")
    return is_place and (keys[-2] == "environment" or keys[-3:-1] == ("build", "args"))


def _is_of_workflow(keys: Keys) -> bool:
    return len(keys) > 1 and keys[-2] == "env" and keys[0] in ("env", "jobs", "runs") and isinstance(keys[-1], str)


def _is_of_gitlab(keys: Keys) -> bool:
    keys = keys[:-1] if keys[-1] == "value" else keys
    return len(keys) > 1 and keys[-2] == "variables" and isinstance(keys[-1], str)


def _never(_keys: Keys, _leaves: Leaves) -> bool:
    return False


def _is_run(keys: Keys, leaves: Leaves) -> bool:
    """Return whether a scalar is the command of a step in a shell like sh."""
    if keys[-1] != "run" or len(keys) < len(("runs", "steps", 0, "run")) or keys[-3] != "steps":
        return False
    job = keys[:-3]
    places = ((*keys[:-1], "shell"), (*job, "defaults", "run", "shell"), ("defaults", "run", "shell"))
    shell = next((leaves[place].value for place in places if place in leaves), None)
    if shell is not None:
        return _SHELL.match(shell) is not None
    runner = leaves.get((*job, "runs-on"))
    return runner is None or "windows" not in runner.value.lower()


def _is_script(keys: Keys, _leaves: Leaves) -> bool:
    return keys[-1] in _SCRIPTS or (len(keys) > 1 and keys[-2] in _SCRIPTS)


_KINDS = {
    "compose": _Kind(_is_of_compose, _never, _DOLLAR),
    "workflow": _Kind(_is_of_workflow, _is_run, _RUNNER),
    "gitlab": _Kind(_is_of_gitlab, _is_script, _DOLLAR),
}


# Values


def _variable(leaf: Leaf, text: str, reference: re.Pattern[str]) -> ShellAssignment | None:
    """Return the variable of a scalar: `NAME: value`, or an item `NAME=value` of a list."""
    written = _written(leaf, text)
    if written is None:
        return None
    start, quote = leaf.span.start, text[leaf.span.start] if text[leaf.span.start] in "\"'" else ""
    inner = Span(start + len(quote), leaf.span.end - len(quote) if quote else start + len(leaf.value))
    name, key_span, value = str(leaf.keys[-1]), _key_span(leaf, text), leaf.value
    name_span = key_span
    if isinstance(leaf.keys[-1], int):
        named = _NAMED.match(leaf.value)
        if named is None:
            return None
        name, value = named[1], leaf.value[named.end() :]
        name_span = Span(inner.start, inner.start + len(name))
        inner = Span(inner.start + named.end(), inner.end)
    elif name == "value":
        name = str(leaf.keys[-2])
        at = text.rfind(f"{name}:", 0, leaf.span.start)
        name_span = Span(at, at + len(name)) if at >= 0 else None
    if _NAME.fullmatch(name) is None or name_span is None:
        return None
    is_item = isinstance(leaf.keys[-1], int)
    found = reference.search(value)
    known = None if found or _is_continued(leaf, key_span or name_span, text) else value
    word = Word(
        inner if is_item else Span(start, inner.end + len(quote)),
        inner,
        known,
        value[: found.start()] if found else value,
        _quoting(quote, leaf, text, is_item=is_item),
        is_literal=text[slice(*inner)] == known,
    )
    removal = None if leaf.keys[-1] == "value" else _line_of(name_span, word, text)
    return ShellAssignment(name, name_span, word, True, False, removal)


def _written(leaf: Leaf, text: str) -> str | None:
    """Return a scalar as written; None for a block, an anchor, a tag and escapes that YAML alone knows."""
    written = text[slice(*leaf.span)]
    is_block = leaf.span.start == 0 or text[leaf.span.start - 1] == "\n"
    if is_block or not written or written[0] in "&!*" or (written[0] == '"' and _ESCAPE.search(written)):
        return None
    is_open = written[0] in "\"'" and (len(written) < len('""') or written[-1] != written[0])
    return None if is_open else written


def _key_span(leaf: Leaf, text: str) -> Span | None:
    """Return the span of the key in front of a value; None if it is on another line."""
    key = str(leaf.keys[-1])
    start = text.rfind("\n", 0, leaf.span.start) + 1
    at = text.rfind(key, start, leaf.span.start)
    return None if at < 0 else Span(at, at + len(key))


def _is_continued(leaf: Leaf, key_span: Span, text: str) -> bool:
    """Return whether the next line belongs to a plain scalar."""
    following = _line_below(leaf.span.end, text)
    if following is None or following[2].startswith("#"):
        return False
    start = text.rfind("\n", 0, key_span.start) + 1
    dash = text.find("-", start, key_span.start)
    column = (dash if dash >= 0 and isinstance(leaf.keys[-1], int) else key_span.start) - start
    return len(following[1]) > column


def _line_below(at: int, text: str) -> re.Match[str] | None:
    """Return the next line that is not empty."""
    at = text.find("\n", at) + 1
    while at and at < len(text):
        line = _LINE.match(text, at)
        if line is None or line[2].strip():
            return line
        at = line.end()
    return None


def _quoting(quote: str, leaf: Leaf, text: str, *, is_item: bool) -> Quoting:
    if quote:
        return Quoting.JSON if quote == '"' else Quoting.DOUBLED
    line = text.rfind("\n", 0, leaf.span.start) + 1
    if "[" in text[line : leaf.span.start] or text[line : leaf.span.start].rstrip().endswith(","):
        return Quoting.FIXED
    return Quoting.ITEM if is_item else Quoting.PLAIN


def _line_of(name_span: Span, word: Word, text: str) -> Span | None:
    """Return the line of a variable that has no dash in front of other keys."""
    start = text.rfind("\n", 0, name_span.start) + 1
    end = text.find("\n", word.span.end)
    is_first = text[start : name_span.start].strip(" \"'") != ""
    return None if is_first or "\n" in text[slice(*word.span)] else Span(start, len(text) if end < 0 else end + 1)


def _is_boolean(assignment: ShellAssignment, text: str) -> bool:
    return _BOOLEAN.fullmatch(text[slice(*assignment.word.span)]) is not None


def _of_command(leaf: Leaf, text: str) -> Iterator[ShellAssignment]:
    """Yield the variables that a command sets, or the lines of one."""
    start = leaf.span.start
    is_block = start == 0 or text[start - 1] == "\n"
    if is_block:
        line = text.rfind("\n", 0, max(start - 1, 0)) + 1
        if ">" in text[line:start].rpartition(":")[2]:
            return  # folded lines are one
        yield from run_lines.settings(*run_lines.block(text, leaf.span))
    elif text[start : start + len(leaf.value)] == leaf.value:
        yield from run_lines.settings(leaf.value, lambda offset: start + offset)
