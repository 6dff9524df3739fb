"""A path begins with `/mnt/c`, but `automount.root` in `wsl.conf` mounts the drives elsewhere.

With `root=/`, drive C: is at `/c`, and `/mnt/c` does not exist unless you made a link there.

## Example

```bash path=.bashrc
export BROWSER=/mnt/c/Windows/explorer.exe
```

```ini path=wsl.conf
[automount]
root=/
```

## Example

```ini path=wsl.conf
[automount]
root=/windir/

[boot]
command=/mnt/c/tools/start.sh
```

becomes

```ini path=wsl.conf
[automount]
root=/windir/

[boot]
command=/windir/c/tools/start.sh
```

## No finding

```bash path=.bashrc
export BROWSER=/c/Windows/explorer.exe
export CACHE=/mnt/cache
# /mnt/c is not here
```

```ini path=wsl.conf
[automount]
root=/
```

## No finding

```bash path=.bashrc
export BROWSER=/mnt/c/Windows/explorer.exe
```

```ini path=wsl.conf
[automount]
root=/mnt
```

## No finding

```ini path=wsl.conf
[automount]
root=/

[boot]
# command=/mnt/c/tools/start.sh
command=/c/tools/start.sh
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import WSLCONF
from wslgo.syntax.file import comments
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # few shell files need it
    from wslgo.syntax.wsl.ini_file import IniFile

PATH = pattern(r"(?<![\w/.-])/mnt/([a-z])(?![\w.-])")

MESSAGE = Message(
    en="{path} does not exist: automount.root in wsl.conf mounts the drive at {place}",
    zh="{path} 不存在：wsl.conf 中的 automount.root 将该驱动器挂载到 {place}",
)
SET_HERE = Message(en="The drives are moved here", zh="此处更改了驱动器的位置")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, only_with=("/mnt/",))
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    path, conf = _conf(scene) if PATH.search(text) else ("", None)
    root = conf.find("automount", "root") if conf else None
    if root is None or not root.value.startswith("/") or root.value.rstrip("/") == "/mnt":
        return
    ignored = tuple(comments(scene.file))
    for match in PATH.finditer(text, *_read(scene, text)):
        if not any(comment.start <= match.start() < comment.end for comment in ignored):
            span = Span(*match.span())
            place = f"{root.value.rstrip('/')}/{match[1]}"
            related = (Related(root.value_span, SET_HERE(), path),)
            fix = Fix(CHANGE_TO(value=place), (Edit(span, place),))
            yield Finding(span, MESSAGE(path=match.group(), place=place), (fix,), related)


def _conf(scene: Scene) -> "tuple[str, IniFile | None]":
    """Return the `wsl.conf` that moves the drives, this file or another one."""
    if scene.file.family.name == WSLCONF:
        return "", cast("IniFile", scene.file.tree)
    return scene.other(WSLCONF) or ("", None)


def _read(scene: Scene, text: str) -> Span:
    """Return the part of the file in which a path is used: in `wsl.conf` only the command."""
    if scene.file.family.name != WSLCONF:
        return Span(0, len(text))
    command = cast("IniFile", scene.file.tree).find("boot", "command")
    return command.value_span if command else Span(0, 0)
