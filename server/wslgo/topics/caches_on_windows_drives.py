"""Go's folders belong on the disk of Linux: on a Windows drive, a build that changes nothing takes seconds.

## What people believe

"GOCACHE on /mnt/c is shared with Windows and survives a new distribution", and "only the first build is slow".

## What is true

WSL 2 reaches Windows drives through 9P: each look at a file is a message to Windows. A build that changes nothing
makes about 7,900 of them: 63 % in GOROOT, 34 % in GOCACHE and less than 1 % in the folder of a small module. With a
millisecond each that is eight seconds, where the disk of Linux takes a fifth of one.

So GOROOT and GOMODCACHE on a Windows drive hurt most, then GOCACHE, and the workspace least; but gopls and git look
at the whole workspace, and changes made in Windows reach no watcher. Windows and Linux can share neither GOCACHE nor
GOMODCACHE well, since locks do not reach from one to the other.

## What to do

Unset GOCACHE, GOMODCACHE and GOPATH: the defaults are in your home folder. To share modules between distributions,
fill a folder with `wslgo mirror`. To see what it costs on this machine, measure it:

```sh
wslgo env GOCACHE GOMODCACHE GOPATH GOROOT
wslgo bench
```

## Sources

- Path operations of `go build` with a warm cache, counted with strace: go 1.27.3 on ext4, 2026-11
- Microsoft, working across file systems: <https://learn.microsoft.com/windows/wsl/filesystems>
- microsoft/WSL issue 4197: <https://github.com/microsoft/WSL/issues/4197>
"""

from collections.abc import Iterator

from wslgo.machine.drives import drive_of
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

NEEDS = ("go", "go_variables", "mounts", "wsl.generation", "wsl.automount_root")

ON_DRIVE = Message(en="{name} is on the Windows drive {drive}: {path}", zh="{name} 位于 Windows 驱动器 {drive}：{path}")
ON_LINUX = Message(
    en="{name} is on {kind}, not on a Windows drive: {path}", zh="{name} 位于 {kind}，不在 Windows 驱动器上：{path}"
)
UNKNOWN = Message(
    en="The folders of go are unknown: wslgo could not learn them from a go command",
    zh="go 的文件夹未知：未能从 go 命令得知",
)
NO_MOUNTS = Message(
    en="{name} is {path}; the mounts of this machine are unknown", zh="{name} 为 {path}；本机的挂载点未知"
)


def here(host: Host) -> Iterator[Text]:
    """Yield for each folder of Go the disk that it is on."""
    folders = {"GOROOT": host.go.folder if host.go else None}
    for name in ("GOCACHE", "GOMODCACHE"):
        variable = host.variable(name)
        folders[name] = variable.value if variable else None
    if not any(folders.values()):
        yield UNKNOWN()
    for name, path in folders.items():
        if not path:
            continue
        drive, mount = drive_of(path, host, is_own=True), host.mount_of(path)
        if drive is not None:
            yield ON_DRIVE(name=name, drive=drive.windows, path=path)
        elif mount is not None:
            yield ON_LINUX(name=name, kind=mount.kind, path=path)
        else:
            yield NO_MOUNTS(name=name, path=path)
