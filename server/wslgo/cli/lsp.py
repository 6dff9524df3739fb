"""`wslgo lsp`: the language server on standard input and output."""

from argparse import REMAINDER, ArgumentParser, Namespace
from importlib import import_module

from wslgo.cli.terminal import Terminal


def configure(parser: ArgumentParser) -> None:
    parser.description = "Start the language server on standard input and output."
    parser.add_argument("rest", nargs=REMAINDER)


def run(options: Namespace, _terminal: Terminal) -> int:
    # By name: the two rims of the house know nothing of each other, and the server costs 450 ms to import.
    return int(import_module("wslgo.lsp").main(options.rest))
