"""`wslgo lsp`: the language server on standard input and output."""

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.text.message import Message

DEBUGGER = "127.0.0.1:5678"  # where debugpy listens unless told


class Options:
    """The options of `wslgo lsp`."""

    debugpy: str | None
    wait: bool
    stdio: bool
    clientProcessId: str | None  # noqa: N815 - as editors spell it


USAGE = Usage(
    Message(
        en="Start the language server on standard input and output; editors do this.",
        zh="在标准输入和输出上启动语言服务器；由编辑器调用。",
    ),
    (
        Option(
            "--debugpy",
            Message(
                en="let a Python debugger connect to the server itself (default: {address})",
                zh="允许 Python 调试器连接服务器本身（默认：{address}）",
            )(address=DEBUGGER),
            "HOST:PORT",
            alone=DEBUGGER,
        ),
        Option("--wait", Message(en="with --debugpy: wait for the debugger", zh="与 --debugpy 一起使用：等待调试器")),
        # Editors add these.
        Option("--stdio", is_hidden=True),
        Option("--clientProcessId", metavar="ID", is_hidden=True),
    ),
)


def run(call: Call[Options]) -> int:
    from wslgo import lsp  # takes 450 ms to import

    return int(lsp.main(debugpy=call.options.debugpy, wait=call.options.wait))
