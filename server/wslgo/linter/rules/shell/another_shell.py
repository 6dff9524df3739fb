"""A start-up file starts another shell or a terminal multiplexer, also where no terminal is.

VS Code's server starts your shell once to read its environment, and scripts start it with `bash -lc`. If the file then
runs `exec zsh` or `tmux`, the command that was asked for never runs: the server waits, and then continues without PATH
and the Go variables. Run it only in terminals, or make it your login shell: `chsh -s $(which zsh)`.

## Example

```bash path=.bashrc
export EDITOR=vim
exec zsh
```

becomes

```bash path=.bashrc
export EDITOR=vim
case $- in *i*) [ -t 1 ] && exec zsh ;; esac
```

## Example

```sh path=.profile
if [ -x /usr/bin/fish ]; then
  exec /usr/bin/fish
fi
```

## Example

```bash path=.bash_profile
tmux new-session -A -s main
```

becomes

```bash path=.bash_profile
case $- in *i*) [ -t 1 ] && tmux new-session -A -s main ;; esac
```

## Example

```bash path=.bashrc
command -v tmux >/dev/null && exec tmux
```

## No finding

```bash path=.bashrc
case $- in
    *i*) ;;
      *) return;;
esac

exec zsh
```

## No finding

```bash path=.bashrc
[[ $- != *i* ]] && return
tmux
```

## No finding

```sh path=.profile
if [ -t 1 ]; then
  exec zsh
fi
[ -n "$PS1" ] && exec fish
```

## No finding

Only terminals read it:

```zsh path=.zshrc
[ -z "$TMUX" ] && exec tmux
```

## No finding

```bash path=.bashrc
exec 2>/dev/null
exec > >(tee ~/.log)
zsh -c 'echo hello'
tmux set-option -g status off
start() { exec zsh; }
alias t=tmux
TMPPREFIX="${TMPDIR%/}/zsh"
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

MENTION = pattern(r"\b(?:exec|zsh|fish|bash|nu|pwsh|xonsh|elvish|ksh|tmux|screen|zellij|byobu)\b|\bSHELL\b")
SHELLS = frozenset(("zsh", "fish", "bash", "nu", "pwsh", "xonsh", "elvish", "ksh", "byobu", "zellij", "$SHELL"))
# The options with which a shell does no more than start.
STARTS = frozenset(("-l", "-i", "--login", "--interactive", "-il", "-li"))
MULTIPLEXERS = frozenset(("tmux", "screen"))
SESSIONS = frozenset(
    ("a", "at", "attach", "attach-session", "new", "new-session", "-r", "-R", "-RR", "-dR", "-S", "-x")
)
NUMBER = pattern(r"[0-9]+|\{\w+\}")

MESSAGE = Message(
    en="'{command}' also runs without a terminal, where VS Code's server and scripts hang or lose their command",
    zh="没有终端时也会执行 '{command}'：VS Code 服务器和脚本会卡住，或丢失要执行的命令",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    for command in unattended(tree, text, scene.file.path):
        if _starts_shell(_words(command, text)):
            edit = guarded(command, text)
            fixes = (Fix(ONLY_IN_TERMINALS(), (edit,)),) if edit else ()
            shown = text[command.span.start : command.span.end]
            yield Finding(command.span, MESSAGE(command=shown), fixes)


def _words(command: "Command", text: str) -> list[str]:
    return [text[word.start : word.end].strip("\"'") for word in command.words]


def _starts_shell(words: list[str]) -> bool:
    name = "" if "=" in words[0] else words[0].rpartition("/")[2]
    if name == "exec":
        return len(words) > 1 and not NUMBER.fullmatch(words[1])
    if name in MULTIPLEXERS:
        return len(words) == 1 or (words[1] in SESSIONS and "-d" not in words)
    return name in SHELLS and all(word in STARTS for word in words[1:])
