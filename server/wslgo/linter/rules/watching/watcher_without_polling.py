"""A makefile or script on a Windows drive starts a program that waits for events.

A Windows drive sends none for changes made in Windows, so watchexec, CompileDaemon, nodemon and reflex miss a file that
is saved there, or that Windows' git checks out. The first three can compare times instead, which costs processor time;
reflex cannot. Better move the workspace to the disk of the distribution: `wslgo move`. The finding is shown only where
the mounts of the machine are known.

## Example

```makefile path=/mnt/c/src/shop/Makefile host=ubuntu-24.04-nat
dev:
\t@watchexec -e go -- go run .
```

becomes

```makefile path=/mnt/c/src/shop/Makefile host=ubuntu-24.04-nat
dev:
\t@watchexec --poll -e go -- go run .
```

## Example

```shell path=/mnt/c/src/shop/dev.sh host=ubuntu-24.04-nat
cd app && ~/go/bin/CompileDaemon -command=./app
```

becomes

```shell path=/mnt/c/src/shop/dev.sh host=ubuntu-24.04-nat
cd app && ~/go/bin/CompileDaemon -polling -command=./app
```

## Example

```shell path=/mnt/c/src/shop/dev.sh host=ubuntu-24.04-nat
(cd web && npx nodemon --exec "go run .") &
```

becomes

```shell path=/mnt/c/src/shop/dev.sh host=ubuntu-24.04-nat
(cd web && npx nodemon --legacy-watch --exec "go run .") &
```

## Example

```shell path=/mnt/c/src/shop/dev.sh host=ubuntu-24.04-nat
reflex -r '\\.go$' -s -- go run .
```

## No finding

```shell path=/mnt/c/src/shop/dev.sh host=ubuntu-24.04-nat
watchexec --poll=500ms -e go -- go run .
go install github.com/githubnemo/CompileDaemon@latest
echo "use reflex or nodemon to reload"
# nodemon main.go
nodemon -L --exec go run .
nodemon --exec "go build; ./shop" \\
  --legacy-watch
command -v reflex >/dev/null || echo "not installed; watchexec -e go needs it"
watchexec --version
cat <<EOF
nodemon is not needed
EOF
```

## No finding

```makefile path=/mnt/c/src/shop/Makefile host=ubuntu-24.04-nat
reflex = go run github.com/cespare/reflex
help:
\t@echo "dev: starts the server; nodemon is not needed"
dev:
\twatchexec -e go \\
\t  --poll 500ms -- go run .
```

## No finding

It is on the disk of Linux:

```makefile path=/home/user/shop/Makefile host=ubuntu-24.04-nat
dev:
\twatchexec -e go -- go run .
```

## No finding

The mounts are unknown:

```makefile path=/mnt/c/src/shop/Makefile
dev:
\twatchexec -e go -- go run .
```
"""

import posixpath
from collections.abc import Iterator
from itertools import islice

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import MAKEFILE, SCRIPT
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span

# The option of each program that has it compare times, and its other spellings (their manuals, 2026-11).
POLLING = {
    "watchexec": ("--poll", "--force-poll"),
    "CompileDaemon": ("-polling", "--polling"),
    "nodemon": ("--legacy-watch", "-L"),
    "reflex": (),
}
MENTION = pattern(r"\b(?:watchexec|CompileDaemon|nodemon|reflex)[ \t]")
# What a program answers at once, without waiting for anything.
_ANSWERS = frozenset(("--version", "--help", "-help", "-h", "-V"))
# Commands that start the one after them.
_STARTERS = frozenset(("exec", "nohup", "npx", "sudo", "time", "env"))
# A subshell and a command in the background, of which the parser of start-up files yields nothing.
_APART = pattern(r"(?<![&>|])&(?=[ \t]?(?:\n|\Z))|(?<![^\s;&|])\((?!\()")
# A line of a recipe without the signs of make.
_RECIPE = pattern(r"(?m:^)\t[ \t]*(?![ \t])[@+-]*([^\n]*)")
_MOST = 20  # more than a file of a person starts

MESSAGE = Message(
    en="Drive {drive} sends no events for changes made in Windows, so {program} misses them. Add {option}",
    zh="驱动器 {drive} 不会为在 Windows 中所做的更改发送事件，{program} 会错过它们。请加上 {option}",
)
CANNOT = Message(
    en="Drive {drive} sends no events for changes made in Windows, and {program} cannot poll. Use watchexec --poll",
    zh="驱动器 {drive} 不会为在 Windows 中所做的更改发送事件，而 {program} 无法轮询。请改用 watchexec --poll",
)
ADD = Message(en="Add {option}", zh="加上 {option}")

_NEEDS = ("mounts", "wsl.generation")


@rule(
    Severity.INFORMATION,
    fixable=Safety.UNSAFE,
    subject=RuleSubject.SOURCE,
    needs={MAKEFILE: _NEEDS, SCRIPT: _NEEDS},
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    folder = posixpath.dirname(scene.file.place)
    is_slow = scene.host.wsl.generation != 1 and bool(folder) and bool(scene.host.mounts)
    if not is_slow or not MENTION.search(source.text):
        return
    from wslgo.machine.drives import drive_of  # few makefiles start such a program

    drive = drive_of(folder, scene.host, is_own=True)
    if drive is None:
        return
    name = drive.windows if drive.windows.startswith("\\\\") else drive.windows[:2]
    for program, span, words in islice(_started(source.text, scene), _MOST):
        options = POLLING[program]
        if not options:
            yield Finding(span, CANNOT(drive=name, program=program))
        elif not any(word.partition("=")[0] in options for word in words):
            edit = Edit(Span(span.end, span.end), f" {options[0]}")
            fix = Fix(ADD(option=options[0]), (edit,))
            yield Finding(span, MESSAGE(drive=name, program=program, option=options[0]), (fix,))


def _started(text: str, scene: Scene) -> Iterator[tuple[str, Span, list[str]]]:
    """Yield each program that the file starts, where its name is, and the words after it."""
    if scene.file.family.name == SCRIPT:
        yield from _in_commands(text, 0)
        return
    at = 0
    while (line := _RECIPE.search(text, at)) is not None:
        at = end = line.end()
        while text[end - 1 : end] == "\\" and end < len(text):  # the next line is one with it
            following = text.find("\n", end + 1)
            at = end = following if following >= 0 else len(text)
        part = text[line.start(1) : end]
        if MENTION.search(part):
            yield from _in_commands(part, line.start(1))


def _in_commands(text: str, offset: int) -> Iterator[tuple[str, Span, list[str]]]:
    from wslgo.syntax.shell import script  # see above

    for command in script.parse(Source(_APART.sub(";", text))).commands:
        words = [text[word.start : word.end] for word in command.words]
        first = next((n for n, word in enumerate(words) if not _is_before(word, n)), len(words))
        program = words[first].rpartition("/")[2] if first < len(words) else ""
        rest = words[first + 1 :]
        is_question = program == "nodemon" and rest[:1] == ["-v"]
        if program in POLLING and rest and not is_question and rest[0] not in _ANSWERS:
            end = offset + command.words[first].end
            yield program, Span(end - len(program), end), rest


def _is_before(word: str, number: int) -> bool:
    """Return whether a word is one in front of the program, as those of `sudo -E NAME=value watchexec`."""
    return word in _STARTERS or "=" in word or (number > 0 and word.startswith("-"))
