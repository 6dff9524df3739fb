"""A start-up file asks for input, also where no terminal is.

VS Code's server starts your shell once to read its environment, and scripts start it with `bash -lc`. Nothing
answers `read` there: the shell waits until VS Code gives up, or the answer is empty. Ask only in terminals.

## Example

```bash path=.bashrc
read -p "Start Docker? " answer
```

becomes

```bash path=.bashrc
case $- in *i*) [ -t 1 ] && read -p "Start Docker? " answer ;; esac
```

## No finding

```bash path=.bashrc
read -r version < /etc/debian_version
while read -r name; do
  export "$name"
done < ~/.names
echo hello | read line
read -t 1 key
```

## No finding

```bash path=.bashrc
[ -t 0 ] || return
read -p "Start Docker? " answer
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

MENTION = pattern(r"\bread\b")
# With a time limit, or from a file that is open already.
BOUNDED = pattern(r"-[A-Za-z]*[tu]")

MESSAGE = Message(
    en="'read' also runs without a terminal, where no user can answer: VS Code's server and scripts wait",
    zh="没有终端时也会执行 'read'，而那里没有用户可以回答：VS Code 服务器和脚本会一直等待",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    for command in unattended(tree, text, scene.file.path):
        words = [word.plain or "" for word in command.words]
        if words[0] == "read" and not any(map(BOUNDED.match, words[1:])):
            edit = guarded(command, text)
            fixes = (Fix(ONLY_IN_TERMINALS(), (edit,)),) if edit else ()
            yield Finding(command.span, MESSAGE(), fixes)
