"""By default WSL2 may use half of the computer's memory and all of its processors; nothing says "at most 0.7".

## What people believe

"`memory` has no default limit, so set 4GB", and "`processors` should be at most 0.7 of the host's".

## What is true

Without `memory` the limit is 50 % of what the computer has. (Build 20175 of Windows took at most 8 GB; old pages
still repeat it.) WSL takes what it needs up to the limit, and gives memory back when it is idle. Without `processors`
WSL has all logical processors. A larger number is cut with a warning, and 0 means all. A factor of 0.7 is neither in
WSL's source nor in Microsoft's documentation. Swap is a quarter of WSL's memory, rounded up to a whole GiB.

4 GB is too little for a build of a large module: go compiles as many packages at a time as there are processors, and
linker and gopls need gigabytes. The kernel then ends one of them: `signal: killed`.

## What to do

Leave both unset, or limit what Windows really lacks. Sizes are whole numbers with capitals and no space
(`memory=12GB`), under `[wsl2]` in `.wslconfig`; they count after `wsl --shutdown`, which ends everything in WSL.
These show what is in effect:

```sh
free -g
nproc
wslgo check --machine
```

## Sources

- microsoft/WSL at 3e27a6a5, `src/windows/common/WslCoreConfig.cpp`, 2026-08
- Microsoft, .wslconfig: <https://learn.microsoft.com/windows/wsl/wsl-config#main-wsl-settings>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import other_than_wsl_2, size

NEEDS = (
    *("wsl.generation", "windows.memory", "windows.processors"),
    *("running.memory", "running.processors", "running.swap"),
)

COMPUTER = Message(
    en="The computer has {memory} and {processors} logical processors: the defaults are {half} and {processors}",
    zh="这台计算机有 {memory} 内存和 {processors} 个逻辑处理器：默认值为 {half} 和 {processors} 个",
)
UNKNOWN = Message(
    en="The memory and the processors of the computer are unknown: Windows did not report them",
    zh="这台计算机的内存和处理器未知：Windows 没有报告",
)
RUNNING = Message(
    en="Linux has {memory} and {processors} processors now", zh="Linux 现有 {memory} 内存和 {processors} 个处理器"
)
SWAP = Message(en="Swap is {swap}", zh="交换空间为 {swap}")


def here(host: Host) -> Iterator[Text]:
    """Yield the numbers of the computer, the defaults that follow, and what is in effect."""
    yield from other_than_wsl_2(host)
    windows, running = host.windows, host.running
    if host.wsl.generation == 2:
        yield (
            UNKNOWN()
            if windows.memory is None or windows.processors is None
            else COMPUTER(memory=size(windows.memory), half=size(windows.memory // 2), processors=windows.processors)
        )
    if running.memory is not None and running.processors is not None:
        yield RUNNING(memory=size(running.memory), processors=running.processors)
    if running.swap is not None:
        yield SWAP(swap=size(running.swap))
