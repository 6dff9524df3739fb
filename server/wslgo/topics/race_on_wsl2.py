"""`go test -race` on WSL2 needs cgo, a C compiler and memory: no certain kernel, and no flag of the linker.

## What people believe

"With cgo, the race detector of WSL2 loses SIGUSR1. That needs kernel 5.15.133.1 and `-ldflags="-extldflags
'-Wl,--no-as-needed'"`."

## What is true

We found no report of it in the issues of Go and WSL. 5.15.133.1 is one of many releases of WSL's kernel.
`--no-as-needed` makes the linker keep libraries that the program does not use; it has nothing to do with signals.

We sent SIGUSR1 500 times to a program with four C threads: all 500 arrived with `-race` and cgo, with cgo alone,
without either, and with the flag. That was on Linux 6.18 and not on a kernel of WSL2, so we call the claim unfounded,
not disproved. A signal that is sent again before the program handles it arrives once, on every Unix. WebKitGTK uses
SIGUSR1 for itself, so GUI programs should use another one.

In GOFLAGS the recipe stops every build: `go: parsing $GOFLAGS: unterminated " string`.

## What to do

Install a C compiler and give WSL memory: `-race` takes five to ten times as much. If a test ends with `signal:
killed`, memory was short: `-p 1` helps.

```sh
sudo apt install build-essential
CGO_ENABLED=1 go test -race ./...
```

## Sources

- Go, data race detector, requirements: <https://go.dev/doc/articles/race_detector#Requirements>
- GNU ld 2.40, `--no-as-needed`: <https://sourceware.org/binutils/docs/ld/Options.html>
- Signals to a program with C threads: go 1.27.3, Linux 6.18, 2026-11; wailsapp/wails issue 5530
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import GO_VARIABLES, size, value_of

NEEDS = (*GO_VARIABLES, "wsl.kernel", "compiler", "search_path", "running.memory")

KERNEL = Message(en="The kernel is {kernel}", zh="内核为 {kernel}")
NO_KERNEL = Message(en="The kernel is unknown", zh="内核未知")
COMPILER = Message(en="The C compiler is {path}", zh="C 编译器为 {path}")
NO_COMPILER = Message(en="PATH has no C compiler, so -race fails", zh="PATH 中没有 C 编译器，因此 -race 会失败")
UNKNOWN_COMPILER = Message(en="It is unknown whether there is a C compiler", zh="是否有 C 编译器未知")
MEMORY = Message(en="There are {memory} of memory", zh="共有 {memory} 内存")


def here(host: Host) -> Iterator[Text]:
    """Yield what the race detector needs, and the kernel."""
    yield KERNEL(kernel=host.wsl.kernel) if host.wsl.kernel else NO_KERNEL()
    if host.compiler is not None:
        yield COMPILER(path=host.compiler.path)
    else:
        yield UNKNOWN_COMPILER() if host.search_path is None else NO_COMPILER()
    yield value_of(host, "CGO_ENABLED")
    if host.running.memory is not None:
        yield MEMORY(memory=size(host.running.memory))
