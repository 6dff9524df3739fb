"""An element of `args` is a flag and its value with a space between them, so the program does not know the flag.

Each element is one argument. The program gets `-config app.yaml` as one word and looks for a flag of that name:
"flag provided but not defined". Write two elements.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["serve", "-config app.yaml"]}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["serve", "-config", "app.yaml"]}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["--config '${file}' --verbose"]}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["--config", "${file}", "--verbose"]}
    ]
}
```

## No finding

The Go extension splits a string, and a value after `=` can have spaces:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "args": "serve -config app.yaml"},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "args": ["-message=-- a b", "-", "- a"]}
    ]
}
```

## No finding

The value of another flag, or text after `--`:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["--query", "-status open"]},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "args": ["exec", "--", "-x y"]}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.arguments import LaunchArgument, read
from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import SPLIT
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

FLAG = pattern(r"--?[A-Za-z][\w.-]*(?= +\S)")
# An element after one of these is not its value; after any other flag it may be.
SWITCHES = ("v", "vv", "verbose", "d", "debug", "q", "quiet", "test.v", "test.short", "test.failfast")
END = "--"

MESSAGE = Message(
    en="The program gets {flag} and its value as one word, so it does not know the flag. Write two elements",
    zh="程序会把 {flag} 和它的值当作一个单词，因此不认识该参数。请写成两个元素",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=("args",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if configuration.request != "launch":
            continue
        before = ""
        for argument in read(configuration):
            if argument.text == END:
                break
            flag = FLAG.match(argument.text) if argument.place is None else None
            if flag is not None and not _takes_value(before):
                yield Finding(argument.span(tree), MESSAGE(flag=flag[0]), tuple(_fixes(tree, argument)))
            before = argument.text


def _takes_value(flag: str) -> bool:
    return flag.startswith("-") and "=" not in flag and " " not in flag and flag.lstrip("-") not in SWITCHES


def _fixes(tree: Jsonc, argument: LaunchArgument) -> Iterator[Fix]:
    from wslgo.syntax.go.flag_words import extension_words  # few arguments have a finding

    words = [word.text for word in extension_words(argument.text) or ()]
    # More words than a flag and its value may be several values, or a sentence.
    is_clear = len(words) > 1 and all(word.startswith("-") for word in words[2:])
    edits = argument.split(tree, words) if is_clear else ()
    if edits:
        yield Fix(SPLIT(count=len(words)), edits, Safety.SAFE)
