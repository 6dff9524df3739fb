"""`wslgo lsp`: the language server on standard input and output."""

from importlib import import_module

from wslgo.cli.arguments import Namespace, Option, Usage
from wslgo.cli.terminal import Terminal

DEBUGGER = "127.0.0.1:5678"  # where debugpy listens unless told

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


def run(options: Namespace, _terminal: Terminal) -> int:
    # By name: the command line and the server know nothing of each other, and the server takes 450 ms to import.
    return int(import_module("wslgo.lsp").main(debugpy=options.debugpy, wait=options.wait))
