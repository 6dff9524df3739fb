"""Go works on Alpine, but programs and libraries built for glibc, such as NVIDIA's, do not load there.

## What people believe

"Alpine is the smallest distribution and so the best for Go on WSL2", and "a Go binary runs on any Linux".

## What is true

A program without cgo is static and runs everywhere. A program with cgo names a loader: `/lib/ld-musl-x86_64.so.1` if
it was built on Alpine, `/lib64/ld-linux-x86-64.so.2` on Ubuntu and Debian. On the other one the shell says "not
found" or "no such file", although the program is there. The package `net` alone is enough, if a C compiler is
installed.

The libraries that Windows lends for CUDA are built for glibc; musl does not load them. Alpine has no systemd: with
`systemd=true` WSL starts `/sbin/init`, which is that of BusyBox. Extensions of VS Code with native code often lack a
build for musl.

## What to do

For CUDA, windows or C libraries from elsewhere, take Ubuntu or Debian. On Alpine, install a compiler as root, or
leave cgo out where you need no C:

```sh
apk add build-base git
CGO_ENABLED=0 go build -o app .
readelf -l ./app | grep interpreter
```

If the last command prints nothing, the program has no loader and runs on any distribution.

## Sources

- musl, differences from glibc: <https://wiki.musl-libc.org/functional-differences-from-glibc.html>
- Go, cgo and CGO_ENABLED: <https://pkg.go.dev/cmd/cgo>; programs with and without it built by go 1.26.8, 2026-11
- VS Code, Remote Development with Linux: <https://code.visualstudio.com/docs/remote/linux>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = (*GO_VARIABLES, "wsl.release", "installer", "wsl.init")

RELEASE = Message(en="This distribution is {release}", zh="此发行版为 {release}")
UNKNOWN = Message(en="The distribution is unknown", zh="发行版未知")
INSTALLER = Message(en="It installs packages with {installer}", zh="它用 {installer} 安装软件包")
INIT = Message(en="/sbin/init is {init}", zh="/sbin/init 为 {init}")


def here(host: Host) -> Iterator[Text]:
    """Yield the distribution, and whether cgo is on."""
    yield RELEASE(release=host.wsl.release) if host.wsl.release else UNKNOWN()
    if host.installer:
        yield INSTALLER(installer=host.installer)
    if host.wsl.init:
        yield INIT(init=host.wsl.init)
    yield value_of(host, "CGO_ENABLED")
