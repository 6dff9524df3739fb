"""go build uses no GPU: compiler and linker run on the processors, and the cache saves most of the time.

## What people believe

"With CUDA in WSL2, builds of Go are accelerated by the GPU."

## What is true

The programs `go`, `compile`, `asm` and `link` are static and contain nothing of CUDA, OpenCL or Vulkan. No flag and
no variable changes that. A GPU matters to the program that you build, not to its build; nvcc, too, compiles on the
processor.

What helps: Go's folders on the disk of Linux, and a cache that stays (0.2 seconds instead of 52 for a build that
changes nothing); as many processors and as much memory as the compiler can use, since go compiles as many packages at
a time as there are processors. What does not help: a cache in memory, `-p` above the number of processors, `-a`, and
deleting the cache.

## What to do

The first command measures places and their cost on this machine. The second prints "not a dynamic executable": the
compiler loads no library of a GPU.

```sh
wslgo bench
ldd "$(go tool -n compile)"
```

## Sources

- go 1.27.3: the tools in `pkg/tool`, and `src/cmd/go/internal/work`, 2026-11
- First and repeated builds of `net/http` on ext4, two processors, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import size

NEEDS = ("running.processors", "running.memory")

PROCESSORS = Message(
    en="go compiles up to {count} packages at a time here: there are as many processors",
    zh="此处 go 最多同时编译 {count} 个包，与处理器数量相同",
)
MEMORY = Message(en="They share {memory} of memory", zh="它们共用 {memory} 内存")
UNKNOWN = Message(en="The number of processors is unknown", zh="处理器数量未知")


def here(host: Host) -> Iterator[Text]:
    """Yield what a build can use."""
    count, memory = host.running.processors, host.running.memory
    yield UNKNOWN() if count is None else PROCESSORS(count=count)
    if count is not None and memory is not None:
        yield MEMORY(memory=size(memory))
