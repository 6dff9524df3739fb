"""What speaks against writing into a `launch.json` or `tasks.json`: whatever could make us write into the wrong place.

VS Code reads on in a broken file; we do only where the fault hides nothing of what is around it.
"""

from collections.abc import Iterable, Iterator

from wslgo.syntax.json.jsonc import Jsonc, Node, Problem
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span

BROKEN = Message(
    en="cannot be read for sure: {code} in line {line}; repair it there first",
    zh="无法可靠读取：第 {line} 行有 {code}；请先修复该处",
)
NO_OBJECT = Message(en="holds something else than one JSON object", zh="的内容不是一个 JSON 对象")
NO_ARRAY = Message(en="has '{key}' in line {line}, but it is no list", zh="第 {line} 行的“{key}”不是列表")
TWICE = Message(
    en="has '{key}' twice, again in line {line}: join the two first",
    zh="“{key}”出现两次，第二次在第 {line} 行：请先合并",
)
TOO_DEEP = Message(en="is nested more than {levels} levels deep", zh="嵌套超过 {levels} 层")

_LEVELS = 100  # no file of an editor is so deep, and comparing values recurses

# What jsonc-parser objects to inside of a string, which hides nothing of what is around it.
_HARMLESS = ("InvalidEscapeCharacter", "InvalidUnicode", "InvalidCharacter")
_BLANK_SYMBOLS = "\ufeff\u00a0\u200b\u3000"  # blank to VS Code, if not to jsonc-parser
_LINE_END_OF_VS_CODE = pattern("[\u2028\u2029]")


def reason_not_to_edit(tree: Jsonc, arrays: Iterable[str]) -> Text | None:
    """Why a file is better left alone; the lists in it that count are `arrays`."""
    lines = Lines(tree.source.text)
    problem = next(
        (problem for problem in (*tree.problems, *_hidden_lines(tree)) if not _is_harmless(tree, problem)), None
    )
    if problem:
        return BROKEN(code=problem.code, line=lines.line_of(problem.span.start) + 1)
    if tree.root is None:
        return None
    if tree.root.kind != "object":
        return NO_OBJECT()
    if _is_deep(tree.root):
        return TOO_DEEP(levels=_LEVELS)
    return next(filter(None, (_array_problem(tree.root, key, lines) for key in arrays)), None)


def _array_problem(root: Node, key: str, lines: Lines) -> Text | None:
    members = [member for member in root.members if member.key == key]
    if len(members) > 1:
        return TWICE(key=key, line=lines.line_of(members[1].key_span.start) + 1)
    if members and (members[0].value is None or members[0].value.kind != "array"):
        return NO_ARRAY(key=key, line=lines.line_of(members[0].key_span.start) + 1)
    return None


def _is_harmless(tree: Jsonc, problem: Problem) -> bool:
    if problem.code == "ValueExpected":
        return tree.root is None  # a file without any value yet
    if problem.code == "InvalidSymbol":
        return not tree.source.text[problem.span.start : problem.span.end].strip(_BLANK_SYMBOLS)
    return problem.code in _HARMLESS


def _hidden_lines(tree: Jsonc) -> Iterator[Problem]:
    """Comments that end earlier for VS Code: what follows is no comment to it."""
    for comment in tree.comments:
        end = _LINE_END_OF_VS_CODE.search(comment.text) if comment.text.startswith("//") else None
        if end:
            at = comment.span.start + end.start()
            yield Problem(f"U+{ord(end[0]):04X}", Span(at, at + 1))


def _is_deep(root: Node) -> bool:
    level = [root]
    for _ in range(_LEVELS):
        level = [child for node in level for child in node.children()]
    return bool(level)
