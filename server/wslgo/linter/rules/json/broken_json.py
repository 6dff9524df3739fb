"""A file has a syntax error, so VS Code reads only a part of it.

VS Code reads on after a mistake and keeps what it understands: settings and entries are missing without a message at
the place where they are missed. Comments and a comma at the end of a list are allowed. In an editor wslgo leaves this
to the editor's own check.

## Example

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}"
            "args": []
        }
    ]
}
```

becomes

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": []
        }
    ]
}
```

## Example

A brace is missing:

```json path=.vscode/launch.json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "env": {"X": "1"}
    ]
}
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "args": ["-v", "env": {}]}]}
```

## Example

```json path=.vscode/tasks.json
{"version": "2.0.0", "tasks": [}
```

## Example

```json path=.vscode/settings.json
{"go.gopath": "C:\\Users\\go\\q"}
```

## Example

```json path=app.code-workspace
{"folders": [{"path": .}]}
```

## No finding

```json path=.vscode/launch.json
// Comments, and commas at the end, are fine.
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}"}, // A
    ],
}
```

## No finding

A file without content, and one with a byte order mark:

```json path=.vscode/tasks.json
// nothing yet
```

```json path=.vscode/settings.json bom
{"go.gopath": "/home/me/go"}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.json.jsonc import Jsonc, Problem, parse
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span, apply

# White space to VS Code, and to no other reader of JSON.
BLANK = "\ufeff\u00a0\u200b\u3000"

NO_COMMA = Message(
    en="A comma is missing before {text}, so VS Code reads only a part of this file",
    zh="{text} 之前缺少逗号，因此 VS Code 只能读取此文件的一部分",
)
NO_CLOSING = Message(
    en="A {closing} is missing before this {text}, so VS Code reads only a part of this file",
    zh="此 {text} 之前缺少 {closing}，因此 VS Code 只能读取此文件的一部分",
)
NOT_CLOSED = Message(
    en="A {closing} is missing at the end, so VS Code reads only a part of this file",
    zh="末尾缺少 {closing}，因此 VS Code 只能读取此文件的一部分",
)
NAME_IN_LIST = Message(
    en="A name with a colon is inside a list, so VS Code reads only a part of this file",
    zh="列表中出现了带冒号的名称，因此 VS Code 只能读取此文件的一部分",
)
NO_VALUE = Message(
    en="A value is missing here, so VS Code reads only a part of this file",
    zh="此处缺少值，因此 VS Code 只能读取此文件的一部分",
)
BAD_ESCAPE = Message(
    en="A string has a backslash that JSON does not allow, and VS Code drops the character after it",
    zh="字符串中有 JSON 不允许的反斜杠，VS Code 会丢弃其后的字符",
)
NO_END = Message(
    en="A string or comment does not end, so VS Code reads only a part of this file",
    zh="字符串或注释没有结束，因此 VS Code 只能读取此文件的一部分",
)
SECOND_VALUE = Message(
    en="The JSON ends before this, and VS Code ignores the rest of the file",
    zh="文件在此处已结束，VS Code 会忽略其余内容",
)
OTHER = Message(
    en="This is not JSON, so VS Code reads only a part of this file",
    zh="此处不是 JSON，因此 VS Code 只能读取此文件的一部分",
)

MESSAGES = {
    "ValueExpected": NO_VALUE,
    "ColonExpected": NO_VALUE,
    "InvalidEscapeCharacter": BAD_ESCAPE,
    "InvalidUnicode": BAD_ESCAPE,
    "UnexpectedEndOfString": NO_END,
    "UnexpectedEndOfComment": NO_END,
    "EndOfFileExpected": SECOND_VALUE,
}
CLOSING = {"CloseBraceExpected": "}", "CloseBracketExpected": "]"}
OPPOSITE = {"]": "}", "}": "]"}


# In an editor, which alone asks entry by entry, it says nothing.
@rule(Severity.ERROR, fixable=Safety.SAFE, by_entry=True)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    problem = None if scene.is_in_editor else _first(tree)
    if problem is not None:
        yield Finding(problem.span, _message(tree, problem), _fixes(tree, problem))


def _first(tree: Jsonc) -> Problem | None:
    """Return the first mistake, which usually causes the others."""
    text = tree.source.text
    if (tree.root is None and not text.strip(BLANK + " \t\r\n")) or _has_only_comments(tree):
        return None
    found = (
        problem
        for problem in tree.problems
        if text[problem.span.start : problem.span.end].strip(BLANK) or problem.code != "InvalidSymbol"
    )
    return min(found, key=lambda problem: problem.span, default=None)


def _has_only_comments(tree: Jsonc) -> bool:
    left = tree.source.text
    for comment in reversed(tree.comments):
        left = left[: comment.span.start] + left[comment.span.end :]
    return tree.root is None and not left.strip(BLANK + " \t\r\n") and len(tree.problems) == 1


def _message(tree: Jsonc, problem: Problem) -> Text:
    text = tree.source.text[problem.span.start : problem.span.end]
    if problem.code == "CommaExpected":
        if text in OPPOSITE:
            return NO_CLOSING(text=text, closing=OPPOSITE[text])
        return NAME_IN_LIST() if text == ":" else NO_COMMA(text=text)
    if problem.code in CLOSING:
        return NOT_CLOSED(closing=CLOSING[problem.code])
    return MESSAGES.get(problem.code, OTHER)()


def _fixes(tree: Jsonc, problem: Problem) -> tuple[Fix, ...]:
    """Return the missing comma, if the file is right with it."""
    if problem.code != "CommaExpected":
        return ()
    text = tree.source.text
    at = len(text[: problem.span.start].rstrip(BLANK + " \t\r\n"))
    edit = Edit(Span(at, at), ",")
    is_right = not parse(Source(apply(text, (edit,)))).problems
    return (Fix(ADD(text=","), (edit,), Safety.SAFE),) if is_right else ()
