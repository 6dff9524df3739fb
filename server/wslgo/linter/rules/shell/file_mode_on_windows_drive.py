"""A file mode is changed on a Windows drive that is mounted without `metadata`.

Windows drives keep no modes unless `metadata` is among `automount.options` in `/etc/wsl.conf`: `chmod` then changes
nothing but the read-only flag, and a private key stays readable by everyone, so `ssh` and `ssh-add` do not accept it.

## Example

```bash path=.profile
chmod 600 /mnt/c/Users/me/.ssh/id_ed25519
```

```ini path=wsl.conf
[automount]
options="umask=22"
```

becomes

```bash path=.profile
chmod 600 /mnt/c/Users/me/.ssh/id_ed25519
```

```ini path=wsl.conf
[automount]
options="metadata,umask=22"
```

## Example

```bash path=.bashrc
ssh-add -q /mnt/c/Users/me/.ssh/id_ed25519
```

```ini path=wsl.conf
[boot]
systemd=true
```

becomes

```bash path=.bashrc
ssh-add -q /mnt/c/Users/me/.ssh/id_ed25519
```

```ini path=wsl.conf
[boot]
systemd=true

[automount]
options=metadata
```

## No finding

```bash path=.bashrc
chmod 600 /mnt/c/Users/me/.ssh/id_ed25519
```

```ini path=wsl.conf
[automount]
options=metadata
```

## No finding

```bash path=.bashrc
chmod 600 ~/.ssh/id_ed25519
cp /mnt/c/key ~/.ssh/key && chmod 600 ~/.ssh/key
```

```ini path=wsl.conf
[boot]
systemd=true
```

## No finding

The options of the drives are not known:

```bash path=.bashrc
chmod 600 /mnt/c/Users/me/.ssh/id_ed25519
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import ADD
from wslgo.syntax.family import FSTAB, WSLCONF
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few shell files need it
    from wslgo.syntax.wsl.ini_file import IniFile

MENTION = pattern(r"\b(?:chmod|ssh-add)\b")
MOUNTED = pattern(r"\"?/mnt/[a-z]/")
COMMANDS = ("chmod", "ssh-add")
METADATA = "metadata"

NO_MODE = Message(
    en="chmod does not change {path}: automount.options in wsl.conf lacks metadata",
    zh="chmod 不会改变 {path}：wsl.conf 的 automount.options 中没有 metadata",
)
NO_KEY = Message(
    en="ssh-add rejects {path}: without metadata in automount.options every user can read it",
    zh="ssh-add 不接受 {path}：automount.options 中没有 metadata 时，所有用户都能读取它",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    path, conf = (scene.other(WSLCONF) if tree else None) or ("", None)
    if tree is None or conf is None or conf.stopped_at_line is not None or _keeps_modes(conf, scene):
        return
    for command in tree.commands:
        words = [word for word in command.words if word.plain != "sudo"]
        name = words[0].plain if words else None
        for word in words[1:] if name in COMMANDS else ():
            if MOUNTED.match(text, word.start, word.end):
                shown = text[word.start : word.end].strip('"')
                message = NO_MODE if name == COMMANDS[0] else NO_KEY
                yield Finding(Span(word.start, word.end), message(path=shown), tuple(_fixes(conf, path)))


def _keeps_modes(conf: "IniFile", scene: Scene) -> bool:
    """Return whether the drives have metadata, or are mounted in another way or place."""
    from wslgo.syntax.wsl.drvfs import options  # few shell files need it

    root = conf.find("automount", "root")
    is_elsewhere = root is not None and root.value.rstrip("/") != "/mnt"
    is_by_fstab = any(other.family.name == FSTAB for other in scene.others)
    has_metadata = any(option.name == METADATA for option in options(conf))
    return is_elsewhere or is_by_fstab or has_metadata or conf.is_true("automount", "enabled") is False


def _fixes(conf: "IniFile", path: str) -> Iterator[Fix]:
    from wslgo.syntax.wsl import edit  # few shell files need it

    setting = conf.find("automount", "options")
    if setting is None:
        insertion = edit.insertion(conf, "automount", f"options={METADATA}")
        yield Fix(ADD(text=METADATA), (insertion._replace(path=path),))
    elif setting.value:
        start = setting.value_span.start + setting.written.raw.startswith('"')
        yield Fix(ADD(text=METADATA), (Edit(Span(start, start), f"{METADATA},", path),))
