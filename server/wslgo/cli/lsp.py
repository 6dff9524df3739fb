"""`wslgo lsp`: the language server on standard input and output."""

from argparse import SUPPRESS, ArgumentParser, Namespace
from importlib import import_module

from wslgo.cli.terminal import Terminal

DEBUGGER = "127.0.0.1:5678"  # where debugpy listens unless told
USAGE = "[--debugpy [HOST:PORT]] [--wait]"


def configure(parser: ArgumentParser) -> None:
    parser.description = "Start the language server on standard input and output; editors do this."
    parser.add_argument(
        "--debugpy",
        nargs="?",
        const=DEBUGGER,
        metavar="HOST:PORT",
        help=f"let a Python debugger connect to the server itself (default: {DEBUGGER})",
    )
    parser.add_argument("--wait", action="store_true", help="with --debugpy: wait for the debugger")
    for name in ("--stdio", "--clientProcessId"):  # editors add them
        parser.add_argument(name, nargs="?", help=SUPPRESS)


def run(options: Namespace, _terminal: Terminal) -> int:
    # By name: the command line and the server know nothing of each other, and the server takes 450 ms to import.
    return int(import_module("wslgo.lsp").main(debugpy=options.debugpy, wait=options.wait))
