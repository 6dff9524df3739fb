"""The command line: its entry, which imports nothing until it is called."""

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` is a tenth of all that is imported, and the collector is still on here
if TYPE_CHECKING:
    from wslgo.cli.terminal import Terminal


def console() -> None:
    """Run the console script."""
    if sys.argv[1:2] == ["lsp"]:
        sys.exit(main(sys.argv[1:]))
    # A tenth of the time would go into counting objects that stay, and into freeing them one by one at the end.
    gc.disable()
    code = main(sys.argv[1:])
    os._exit(code)


def main(arguments: list[str], terminal: "Terminal | None" = None) -> int:
    """Run a command, on the terminal of this process if no other is given; returns the exit code and never raises."""
    # After the collector is off. A module `main` would replace this function as `wslgo.cli.main`.
    from wslgo.cli.dispatcher import run

    return run(arguments, terminal)
