"""Reasons not to edit a `launch.json` or `tasks.json`, since an edit could go wrong.

VS Code reads past errors in a file; wslgo does so only if the error hides nothing around it.
"""

from collections.abc import Iterable, Iterator

from wslgo.syntax.json.jsonc import Jsonc, Node, Problem
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span

BROKEN = Message(
    en="has a syntax error on line {line} ({code}); fix it first",
    zh="第 {line} 行有语法错误（{code}）；请先修复",
)
NO_OBJECT = Message(en="must hold one JSON object", zh="的内容必须是一个 JSON 对象")
NO_ARRAY = Message(en="has '{key}' on line {line}, which must be an array", zh="第 {line} 行的“{key}”必须是数组")
TWICE = Message(
    en="has '{key}' twice, again on line {line}; merge the two first",
    zh="“{key}”出现两次，第二次在第 {line} 行；请先合并",
)
TOO_DEEP = Message(en="is nested more than {levels} levels deep", zh="嵌套超过 {levels} 层")

_LEVELS = 100  # editors' files are never this deep, and comparing values recurses

# Errors of jsonc-parser inside a string, which hide nothing around it.
_HARMLESS = ("InvalidEscapeCharacter", "InvalidUnicode", "InvalidCharacter")
_BLANK_SYMBOLS = "\ufeff\u00a0\u200b\u3000"  # white space for VS Code, not for jsonc-parser
_LINE_END_OF_VS_CODE = pattern("[\u2028\u2029]")


def reason_not_to_edit(tree: Jsonc, arrays: Iterable[str]) -> Text | None:
    """Return why a file must not be edited, None if it can be; `arrays` are the lists to edit."""
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
        return tree.root is None  # an empty file
    if problem.code == "InvalidSymbol":
        return not tree.source.text[problem.span.start : problem.span.end].strip(_BLANK_SYMBOLS)
    return problem.code in _HARMLESS


def _hidden_lines(tree: Jsonc) -> Iterator[Problem]:
    """Yield the line ends in comments that only VS Code sees: it reads the rest of the comment as JSON."""
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
