"""`/dev/wsl` does not exist: WSL has no device for caches, and the disk of Linux is the fast place.

## What people believe

"GOCACHE in /dev/wsl uses the fast path of WSL2", or the memory that Windows and Linux share.

## What is true

The source of WSL does not contain the name. What exists is `/dev/dxg`, the GPU; `/run/WSL`, the sockets by which
Windows programs start; and `/mnt/wsl`, a folder in memory that all distributions share. A folder that you make in
/dev is in memory and gone at the next start, with everything in it.

Memory is not faster here either: a first build of `net/http` took 51 seconds on tmpfs and 52 on ext4, one that
changes nothing 0.27 and 0.20. It is memory that the compiler and gopls lack then.

## What to do

Leave GOCACHE at its default. This shows which file system it is on, ext4 on most distributions:

```sh
findmnt -T "$(go env GOCACHE)"
```

## Sources

- microsoft/WSL at 3e27a6a5, `src/linux/init`, 2026-08:
  <https://github.com/microsoft/WSL/tree/3e27a6a5/src/linux/init>
- First and repeated builds on ext4 and tmpfs: go 1.27.3, two processors, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = (*GO_VARIABLES, "mounts")

MOUNTED = Message(en="A file system is mounted at {path}: {kind}", zh="{path} 处挂载了文件系统：{kind}")
NOT_MOUNTED = Message(en="Nothing is mounted at /dev/wsl", zh="/dev/wsl 处没有任何挂载")
ON = Message(en="It is on {target} ({kind})", zh="它位于 {target}（{kind}）")
UNKNOWN = Message(en="The mounts are unknown", zh="挂载点未知")


def here(host: Host) -> Iterator[Text]:
    """Yield whether anything is mounted there, and the file system of GOCACHE."""
    if host.mounts is None:
        yield UNKNOWN()
    else:
        found = next((mount for mount in host.mounts if mount.target == "/dev/wsl"), None)
        yield MOUNTED(path=found.target, kind=found.kind) if found else NOT_MOUNTED()
    yield value_of(host, "GOCACHE")
    cache = host.variable("GOCACHE")
    mount = host.mount_of(cache.value) if cache and cache.value.startswith("/") else None
    if mount is not None:
        yield ON(target=mount.target, kind=mount.kind)
