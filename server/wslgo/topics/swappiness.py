"""`vm.swappiness` is a value of the kernel that all distributions share, and matters only when memory is short.

## What people believe

"`vm.swappiness=10` in wsl.conf makes builds faster, and each distribution has its own."

## What is true

`/etc/wsl.conf` has no key for values of the kernel. `command` under `[boot]` runs as root at the start: WSL removes
the quotes from it and ignores its errors. All distributions of WSL2 run on one kernel, so a value that one of them
sets counts in all, until WSL stops.

Swappiness weighs two ways to free memory: to swap out what programs have, or to forget files that were read. While
memory is free, nothing needs freeing, and builds take the same time with any value. When it is short, a smaller value
keeps programs in memory and forgets files of Go's caches sooner. The default is 60. Swap is a file of Windows, by
default a quarter of WSL's memory.

## What to do

Give builds enough memory first (`wslgo explain memory-and-processors`). To set a value anyway where systemd runs,
write a file; the last command says if the kernel rejects it.

```sh
cat /proc/sys/vm/swappiness
printf 'vm.swappiness=10\\n' | sudo tee /etc/sysctl.d/90-swappiness.conf
sudo sysctl --system
```

## Sources

- Linux, `vm.swappiness`: <https://docs.kernel.org/admin-guide/sysctl/vm.html#swappiness>
- microsoft/WSL at 3e27a6a5, `src/linux/init/init.cpp` and `src/windows/common/WslCoreConfig.cpp`, 2026-08
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2, size

NEEDS = ("wsl.generation", "running.memory", "running.swap", "wsl.has_systemd")

MEMORY = Message(en="Linux has {memory} of memory and {swap} of swap", zh="Linux 有 {memory} 内存和 {swap} 交换空间")
UNKNOWN = Message(en="Memory and swap are unknown", zh="内存和交换空间未知")
SYSTEMD = Message(
    en="systemd runs and reads /etc/sysctl.d at each start", zh="systemd 正在运行，每次启动都会读取 /etc/sysctl.d"
)
NO_SYSTEMD = Message(
    en="systemd does not run: nothing reads /etc/sysctl.d at the start",
    zh="systemd 没有运行：启动时不会读取 /etc/sysctl.d",
)


def here(host: Host) -> Iterator[Text]:
    """Yield memory and swap, and whether a file for sysctl is read."""
    yield from other_than_wsl_2(host)
    if host.wsl.generation != 2:
        return
    running = host.running
    if running.memory is None or running.swap is None:
        yield UNKNOWN()
    else:
        yield MEMORY(memory=size(running.memory), swap=size(running.swap))
    if host.wsl.has_systemd is not None:
        yield SYSTEMD() if host.wsl.has_systemd else NO_SYSTEMD()
