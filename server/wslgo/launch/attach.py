"""Reasons why Delve cannot attach to a running program, or will be of no use there."""

from wslgo.machine.process import GoProcess, Processes
from wslgo.text.message import Message, Text

TRACED = Message(
    en="process {tracer} debugs it already, and Linux allows one debugger",
    zh="进程 {tracer} 已在调试它，而 Linux 只允许一个调试器",
)
OTHER_USER = Message(
    en="it belongs to {owner}: only that user and root can attach",
    zh="它属于 {owner}：只有该用户和 root 可以附加",
)
SCOPE = Message(
    en="ptrace_scope is {scope}, so Delve debugs only what it starts: sudo sysctl kernel.yama.ptrace_scope=0",
    zh="ptrace_scope 为 {scope}，Delve 只能调试自己启动的程序：sudo sysctl kernel.yama.ptrace_scope=0",
)
SCOPE_FOR_GOOD = Message(
    en="kernel.yama.ptrace_scope is 3: no process can be debugged until the next start of WSL",
    zh="kernel.yama.ptrace_scope 为 3：在 WSL 下次启动之前无法调试任何进程",
)
STRIPPED = Message(
    en="it has no debug information: build it without -ldflags=-s and -w, and not with go run",
    zh="它没有调试信息：构建时不要使用 -ldflags=-s 和 -w，也不要用 go run",
)

_NOBODY = 3


def obstacle(process: GoProcess, known: Processes) -> Text | None:
    """Return why attaching cannot work; None if nothing speaks against it."""
    if process.tracer:
        return TRACED(tracer=process.tracer)
    if known.user not in (0, process.user):
        return OTHER_USER(owner=process.owner)
    if known.scope == _NOBODY:
        return SCOPE_FOR_GOOD()
    if known.scope and known.user:
        return SCOPE(scope=known.scope)
    return STRIPPED() if process.dwarf is False else None
