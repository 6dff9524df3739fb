"""A setting needs a newer Windows, or a newer WSL, than this computer has.

An older WSL reports the key as unknown. WSL itself checks whether Windows has what `networkingMode=mirrored`,
`dnsTunneling`, `firewall`, `autoProxy` and `nestedVirtualization` need, and drops the setting, mostly silently:
mirrored networking becomes NAT again. Update, or remove the setting.

Microsoft's pages say "Windows 11 only" about more settings (`vmIdleTimeout`, `debugConsole`, `safeMode`, `[boot]
command`), but the WSL of the Store has no such check. wslgo mentions these pages only for the WSL that was part of
Windows 10, which does not report a version.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
memory=8GB
networkingMode=mirrored
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[experimental]
autoMemoryReclaim=gradual
```

```json host
{"wsl": {"version": "1.2.5.0"}}
```

## Example

Settings that belong to one that has no effect are named with it:

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=3000
sparseVhd=false
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
[experimental]
sparseVhd=false
```

## Example

The WSL that is part of Windows 10:

```ini path=/etc/wsl.conf host=windows-10
[boot]
command=service docker start
```

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[automount]
cgroups=v1
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
networkingMode=mirrored
dnsTunneling=true
[experimental]
autoMemoryReclaim=gradual
```

## No finding

A setting that is turned off has no effect to lose:

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
networkingMode=nat
dnsTunneling=false
nestedVirtualization=false
```

## No finding

The WSL of the Store works without Windows 11 here:

```ini path=/etc/wsl.conf host=windows-10
[boot]
command=service docker start
[user]
default=gopher
```

```json host
{"wsl": {"version": "2.6.1.0"}}
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
vmIdleTimeout=-1
debugConsole=true
guiApplications=true
safeMode=true
```

```json host
{"wsl": {"version": "2.6.1.0"}}
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=windows-10
[wsl2]
networkingMode=mirrored
```

## No finding

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
command=service docker start
```

## No finding

The WSL that is part of Windows 10 does not report a version:

```ini path=/etc/wsl.conf host=windows-10
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.machine.support import DETAILS, Lack, Reason, lack_of
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message

OLD_WINDOWS = Message(
    en="{name} needs Windows build {needs} or newer: on this build ({has}) it has no effect",
    zh="{name} 需要 Windows 内部版本 {needs} 或更高：在当前版本（{has}）上不起作用",
)
OLD_WSL = Message(
    en="{name} needs WSL {needs} or newer: in this version ({has}) it has no effect. Run wsl --update",
    zh="{name} 需要 WSL {needs} 或更高版本：在当前版本（{has}）中不起作用。请运行 wsl --update",
)
INBOX = Message(
    en="Microsoft's pages say {name} needs Windows build {needs} (this is {has}). To use it anyway, run wsl --update",
    zh="微软文档称 {name} 需要 Windows 内部版本 {needs}（当前为 {has}）。运行 wsl --update 后即可使用",
)
BELONGS = Message(en="{name} has no effect without it", zh="没有它，{name} 也不起作用")

MESSAGES = {Reason.WINDOWS: OLD_WINDOWS, Reason.WSL: OLD_WSL, Reason.INBOX: INBOX}

# Other rules report these where the mode is not mirrored.
OF_MIRRORED = DETAILS["wsl2.networkingMode"]


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    needs={
        "wslconfig": ("wslconfig", "windows.build", "wsl.version"),
        "wslconf": ("wslconf", "windows.build", "wsl.version"),
    },
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    if scene.snapshot is None:
        return
    lacking = {_id(setting): (setting, lack) for setting in file.settings if (lack := lack_of(setting, scene.host))}
    with_cause = {detail for cause in lacking for detail in DETAILS.get(cause, ())}
    for name, (setting, lack) in lacking.items():
        if name not in with_cause and name not in OF_MIRRORED:
            details = [lacking[detail][0] for detail in DETAILS.get(name, ()) if detail in lacking]
            yield _finding(file, setting, lack, details)


def _id(setting: Setting) -> str:
    return setting.known.id if setting.known else ""


def _finding(file: IniFile, setting: Setting, lack: Lack, details: list[Setting]) -> Finding:
    needs_value = setting.known is not None and bool(setting.known.newer_values)
    message = MESSAGES[lack.reason](name=_name(setting, needs_value), needs=lack.needs, has=lack.has)
    related = tuple(Related(detail.key_span, BELONGS(name=_name(detail))) for detail in details)
    span = setting.value_span if needs_value else setting.key_span
    if lack.reason is Reason.INBOX:
        return Finding(span, message, related=related, severity=Severity.INFORMATION)
    fix = Fix(REMOVE(name=_name(setting)), edit.removals(file, (setting, *details)))
    return Finding(span, message, (fix,), related)


def _name(setting: Setting, with_value: bool = False) -> str:
    name = setting.known.name if setting.known else setting.key
    return f"{name}={setting.value}" if with_value else name
