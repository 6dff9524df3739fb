r"""WSL reads two files: `%USERPROFILE%\.wslconfig` for all of WSL 2, and `/etc/wsl.conf` inside each distribution.

## What people believe

"wsl.conf is in `%USERPROFILE%\AppData\Local\Packages`, in the folder of the distribution", and "`.wslconfig` works in
the home folder of Linux, too".

## What is true

The folder under Packages belongs to a distribution from the Store and has its disk; WSL reads no settings there. It
reads no `.wslconfig` in Linux, no `.wslconfig.txt`, and no `wsl.conf` in Windows.

`.wslconfig` sets up the virtual machine: sections `[wsl2]`, `[experimental]` and `[general]`; memory, processors,
network. `/etc/wsl.conf` sets up one distribution: `[boot]`, `[automount]`, `[network]`, `[interop]`, `[user]`,
`[gpu]` and others. A key in the wrong file is an unknown key, which WSL ignores.

A bad line costs more in `wsl.conf`: WSL stops reading there. In `.wslconfig` it skips the line. Both are read only at
the start: `.wslconfig` counts after `wsl --shutdown`, `wsl.conf` after `wsl --terminate` with the name of the
distribution.

## What to do

The first command finds files in wrong places, the second shows what WSL reads in one:

```sh
wslgo check --machine
wslgo parse /etc/wsl.conf
```

## Sources

- Microsoft, advanced settings: <https://learn.microsoft.com/windows/wsl/wsl-config>
- microsoft/WSL at 3e27a6a5, `src/windows/common/helpers.cpp` and `src/linux/init/WslDistributionConfig.cpp`, 2026-08
"""

from collections.abc import Iterator

from wslgo.machine.host import Host, Snapshot
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2

NEEDS = ("wsl.generation", "wslconfig", "wslconf", "stray_files")

THERE = Message(en="{path} is there", zh="{path} 存在")
ABSENT = Message(en="{path} does not exist: WSL uses its defaults", zh="{path} 不存在：WSL 使用默认值")
UNKNOWN = Message(en="The place of {name} is unknown", zh="{name} 的位置未知")
STRAY = Message(en="WSL does not read {paths}", zh="WSL 不会读取 {paths}")


def here(host: Host) -> Iterator[Text]:
    """Yield the two files, and those that look like them."""
    yield from other_than_wsl_2(host)
    if not host.wsl.generation:
        return
    yield _file(host.wslconfig, ".wslconfig")
    yield _file(host.wslconf, "/etc/wsl.conf")
    if host.stray_files:
        yield STRAY(paths=host.stray_files)


def _file(file: Snapshot | None, name: str) -> Text:
    if file is None:
        return UNKNOWN(name=name)
    return (ABSENT if file.text is None else THERE)(path=file.path)
