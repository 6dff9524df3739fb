"""A start-up file changes the folder of every shell, also where no terminal is.

VS Code's server, its tasks and scripts start your shell in the folder that they mean. After `cd` the command runs
somewhere else: `./script.sh` is not found, and `go build` finds no module. Change the folder only in terminals.

## Example

```bash path=.bash_profile
cd ~/src
```

becomes

```bash path=.bash_profile
case $- in *i*) [ -t 1 ] && cd ~/src ;; esac
```

## No finding

```bash path=.bashrc
case $- in *i*) ;; *) return ;; esac
cd ~
```

## No finding

Only terminals read it:

```zsh path=.zshrc
cd ~
```

## No finding

```bash path=.bash_profile
[ "$PWD" = /mnt/c/Windows/System32 ] && cd ~
mkcd() { mkdir -p "$1" && cd "$1"; }
here=$(cd "$(dirname "$0")" && pwd)
(cd /tmp && ls)
```

## No finding

It goes back:

```bash path=.bash_profile
cd ~/dotfiles
git pull --quiet
cd -
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import ONLY_IN_TERMINALS
from wslgo.syntax.shell.start_up import guarded, unattended
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.command import Command

MENTION = pattern(r"\bcd\b")
BACK = ("-", '"$OLDPWD"', "$OLDPWD")

MESSAGE = Message(
    en="'{command}' also moves shells without a terminal: VS Code's server, tasks and scripts run in the wrong folder",
    zh="没有终端时 '{command}' 也会切换文件夹：VS Code 服务器、任务和脚本会在错误的文件夹中运行",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    changes = [command for command in unattended(tree, text, scene.file.path) if command.words[0].plain == "cd"]
    if changes and changes[-1].is_certain and not _is_back(changes[-1], text):
        command = changes[-1]
        edits = [guarded(change, text) for change in changes if change.is_certain]
        known = tuple(edit for edit in edits if edit is not None)
        fixes = (Fix(ONLY_IN_TERMINALS(), known),) if len(known) == len(edits) else ()
        yield Finding(command.span, MESSAGE(command=text[command.span.start : command.span.end]), fixes)


def _is_back(command: "Command", text: str) -> bool:
    return text[command.words[-1].start : command.words[-1].end] in BACK
