"""The variables that Compose files, GitHub workflows and GitLab's CI set.

Each is a scalar below a key such as `env`, or a command. What the program fills in has no value here: `${{ }}` in a
workflow, `$NAME` elsewhere; neither has what YAML writes in several lines.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from wslgo.syntax import yaml_scalars
from wslgo.syntax.hash_comments import comments
from wslgo.syntax.shell import run_lines
from wslgo.syntax.shell.script import Shell, ShellAssignment
from wslgo.syntax.shell.word import Quoting, Word
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

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
    """A kind of file: which scalars are variables and commands, and what its program fills in.

    `merges`: the program knows merge keys; GitHub rejects them.
    """

    is_variable: Callable[[Keys], bool]
    is_command: Callable[[Keys, Leaves], bool]
    reference: re.Pattern[str]
    merges: bool


def parse(source: Source, kind: str) -> Shell:
    """Return the variables of a file of a kind, and its comments."""
    text = source.text if source.encoding == UTF8 else ""
    found = sorted(_found(text, _KINDS[kind]), key=lambda assignment: assignment.name_span)
    if kind == "gitlab":
        found = [assignment for assignment in found if not _is_boolean(assignment, text)]
    return Shell(tuple(found), comments(text))


def _found(text: str, kind: _Kind) -> Iterator[ShellAssignment]:
    leaves = tuple(yaml_scalars.resolved(text, merges=kind.merges))
    named = {leaf.keys: leaf for leaf in leaves}
    siblings = Counter((leaf.document, leaf.keys[:-1]) for leaf in leaves)
    places: set[Span] = set()  # a scalar can be repeated
    for leaf in leaves:
        is_variable = kind.is_variable(leaf.keys)
        if leaf.span in places or not (is_variable or kind.is_command(leaf.keys, named)):
            continue
        places.add(leaf.span)
        if is_variable:
            found = _variable(leaf, text, kind.reference)
            if found is not None:
                yield found if siblings[leaf.document, leaf.keys[:-1]] > 1 else found._replace(command=None)
        else:
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
    "compose": _Kind(_is_of_compose, _never, _DOLLAR, merges=True),
    "workflow": _Kind(_is_of_workflow, _is_run, _RUNNER, merges=False),
    "gitlab": _Kind(_is_of_gitlab, _is_script, _DOLLAR, merges=True),
}


# Values

_QUOTINGS = {'"': Quoting.JSON, "'": Quoting.DOUBLED}


def _variable(leaf: Leaf, text: str, reference: re.Pattern[str]) -> ShellAssignment | None:
    """Return the variable of a scalar: `NAME: value`, or an item `NAME=value` of a list."""
    written = _written(leaf, text)
    if written is None:
        return None
    start, quote = leaf.span.start, text[leaf.span.start] if text[leaf.span.start] in "\"'" else ""
    inner = Span(start + len(quote), leaf.span.end - len(quote) if quote else start + len(leaf.value))
    if isinstance(leaf.keys[-1], int):
        return _item(leaf, text, inner, quote, reference)
    name, key_span = str(leaf.keys[-1]), leaf.key_span
    name_span, removal = key_span, None
    if name == "value":
        name = str(leaf.keys[-2])
        at = text.rfind(f"{name}:", 0, leaf.span.start)
        name_span = Span(at, at + len(name)) if at >= 0 else None
    if _NAME.fullmatch(name) is None or name_span is None or key_span is None:
        return None
    if leaf.is_flow:
        is_whole, quoting = True, _QUOTINGS.get(quote, Quoting.FLOW)
    else:
        removal = _line_of(name_span, inner, text) if key_span == name_span else None
        start = text.rfind("\n", 0, key_span.start) + 1
        is_whole = not _is_continued(leaf, key_span.start - start, text)
        quoting = _QUOTINGS.get(quote, Quoting.PLAIN)
    word = _word(inner, Span(leaf.span.start, inner.end + len(quote)), is_whole, quoting, reference, text)
    return ShellAssignment(name, name_span, word, True, False, removal)


def _item(leaf: Leaf, text: str, inner: Span, quote: str, reference: re.Pattern[str]) -> ShellAssignment | None:
    """Return the variable of an item `NAME=value` of a list."""
    named = _NAMED.match(leaf.value)
    before = leaf.span.start - 1
    while before >= 0 and text[before] in " \t\r\n":
        before -= 1
    if named is None or text[before] not in "-[,":
        return None
    name_span = Span(inner.start, inner.start + len(named[1]))
    inner = Span(inner.start + named.end(), inner.end)
    if text[before] == "-":
        start = text.rfind("\n", 0, before) + 1
        is_whole = not _is_continued(leaf, before - start, text)
        removal = _line_of(Span(before, before), inner, text)
        quoting = _QUOTINGS.get(quote, Quoting.ITEM)
    else:
        is_whole, removal, quoting = True, None, Quoting.FIXED
    word = _word(inner, inner, is_whole, quoting, reference, text)
    return ShellAssignment(named[1], name_span, word, True, False, removal)


def _word(inner: Span, span: Span, is_whole: bool, quoting: Quoting, reference: re.Pattern[str], text: str) -> Word:
    """Return a value without its quotes; it is known unless it has a reference or continues in the next line."""
    written = text[slice(*inner)]
    value = _unquoted(written, quoting)
    found = reference.search(value)
    head = value[: found.start()] if found else value
    known = value if is_whole and found is None else None
    return Word(span, inner, known, head, quoting, is_literal=known == written)


def _unquoted(written: str, quoting: Quoting) -> str:
    if quoting is Quoting.JSON:
        return re.sub(r"\\([\"\\/])", r"\1", written)
    return written.replace("''", "'") if quoting is Quoting.DOUBLED else written


def _written(leaf: Leaf, text: str) -> str | None:
    """Return a scalar as written; None for a block, an anchor, a tag and escapes that YAML alone knows."""
    written = text[slice(*leaf.span)]
    is_block = leaf.span.start == 0 or text[leaf.span.start - 1] == "\n"
    if is_block or not written or written[0] in "&!*" or (written[0] == '"' and _ESCAPE.search(written)):
        return None
    is_open = written[0] in "\"'" and (len(written) < len('""') or written[-1] != written[0])
    return None if is_open else written


def _is_continued(leaf: Leaf, column: int, text: str) -> bool:
    """Return whether the next line belongs to a plain scalar, whose key or dash is in this column."""
    following = _line_below(leaf.span.end, text)
    return following is not None and not following[2].startswith("#") and len(following[1]) > column


def _line_below(at: int, text: str) -> re.Match[str] | None:
    """Return the next line that is not empty."""
    at = text.find("\n", at) + 1
    while at and at < len(text):
        line = _LINE.match(text, at)
        if line is None or line[2].strip():
            return line
        at = line.end()
    return None


def _line_of(first: Span, last: Span, text: str) -> Span | None:
    """Return the line of a variable; None if it has a dash or other keys in front of it."""
    start = text.rfind("\n", 0, first.start) + 1
    end = text.find("\n", last.end)
    is_alone = not text[start : first.start].strip(" \"'") and "\n" not in text[slice(*last)]
    return Span(start, len(text) if end < 0 else end + 1) if is_alone else None


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
