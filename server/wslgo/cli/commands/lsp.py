"""`wslgo lsp`: the language server on standard input and output."""

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call

DEBUGGER = "127.0.0.1:5678"  # where debugpy listens unless told


class Options:
    """The options of `wslgo lsp`."""

    debugpy: str | None
    wait: bool
    stdio: bool
    clientProcessId: str | None  # noqa: N815 - as editors spell it


USAGE = Usage(
    "Start the language server on standard input and output; editors do this.",
    (
        Option(
            "--debugpy",
            f"let a Python debugger connect to the server itself (default: {DEBUGGER})",
            "HOST:PORT",
            alone=DEBUGGER,
        ),
        Option("--wait", "with --debugpy: wait for the debugger"),
        # Editors add these.
        Option("--stdio", is_hidden=True),
        Option("--clientProcessId", metavar="ID", is_hidden=True),
    ),
)


def run(call: Call[Options]) -> int:
    from wslgo import lsp  # takes 450 ms to import

    return int(lsp.main(debugpy=call.options.debugpy, wait=call.options.wait))
