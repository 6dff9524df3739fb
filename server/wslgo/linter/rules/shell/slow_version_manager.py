"""A start-up file loads version managers that take up to a second each.

`nvm`, `gvm` and `sdkman` run hundreds of lines of shell each time a shell starts, more slowly with the Windows `PATH`.
VS Code's server waits 10 seconds for your shell to report its environment; after that, it starts without. Load them
on first use, and `nvm.sh` with `--no-use`.

## Example

```bash path=.bashrc
[[ -s "$HOME/.gvm/scripts/gvm" ]] && source "$HOME/.gvm/scripts/gvm"
```

## Example

```bash path=.bashrc
export NVM_DIR="$HOME/.nvm"
[ -s "$NVM_DIR/nvm.sh" ] && \\. "$NVM_DIR/nvm.sh"
[[ -s "$HOME/.sdkman/bin/sdkman-init.sh" ]] && source "$HOME/.sdkman/bin/sdkman-init.sh"
```

## No finding

One of them is not worth a word:

```bash path=.bashrc
[ -s "$NVM_DIR/nvm.sh" ] && . "$NVM_DIR/nvm.sh"
```

## No finding

```bash path=.bashrc
[ -s "$NVM_DIR/nvm.sh" ] && . "$NVM_DIR/nvm.sh" --no-use
nvm() { unset -f nvm; . "$NVM_DIR/nvm.sh"; nvm "$@"; }
eval "$(mise activate bash)"
. "$HOME/.cargo/env"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source

SCRIPT = pattern(r"/(nvm)\.sh\"?$|/scripts/(gvm)\"?$|/(sdkman)-init\.sh\"?$")
MENTION = pattern(r"nvm\.sh|scripts/gvm|sdkman-init\.sh")
OF_GO = "gvm"
LOADERS = (".", "\\.", "source")

MESSAGE = Message(
    en="{names} can take seconds at every start; VS Code's server waits 10 s for all files. Load them on first use",
    zh="{names} 每次启动可能需要数秒；VS Code 服务器等待所有文件的时间为 10 秒。请在首次使用时再加载",
)


@rule(Severity.HINT, subject=RuleSubject.SOURCE, dimension="speed")
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    found = []
    for command in tree.commands:
        words = [text[word.start : word.end] for word in command.words]
        match = SCRIPT.search(words[1]) if len(words) == 2 and words[0] in LOADERS and command.depth == 0 else None
        if match is not None:
            found.append((command.span, match[1] or match[2] or match[3]))
    names = ", ".join(dict.fromkeys(name for _, name in found))
    if len(found) > 1 or names == OF_GO:
        yield Finding(found[0][0], MESSAGE(names=names))
