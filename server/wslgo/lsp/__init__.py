"""The language server: pygls and lsprotocol are imported here and nowhere else."""

import gc
import sys
from collections.abc import Sequence
from typing import NamedTuple

DEBUGPY_AT = "127.0.0.1:5678"
USAGE = "usage: wslgo lsp [--stdio] [--debugpy [HOST:PORT]] [--wait]"


class Debug(NamedTuple):
    """Where a debugger of the server itself can connect, and whether the server waits for it."""

    host: str
    port: int
    waits: bool = False


def main(arguments: Sequence[str] = ()) -> int:
    """Serve standard input and output; the exit code."""
    try:
        debug = parsed(arguments)
    except ValueError as error:
        print(f"wslgo lsp: {error}\n{USAGE}", file=sys.stderr)
        return 2
    return run(debug=debug)


def parsed(arguments: Sequence[str]) -> Debug | None:
    """The debugger that the arguments ask for; ValueError says what cannot be understood."""
    address, waits = "", False
    words = [word for word in arguments if word != "--stdio"]
    for word, before in zip(words, ["", *words], strict=False):
        name, _, value = word.partition("=")
        if name == "--debugpy":
            address = value or DEBUGPY_AT
        elif word == "--wait":
            waits = True
        elif before == "--debugpy" and not word.startswith("-"):
            address = word
        else:
            raise ValueError(f"no argument {word!r}")
    if waits and not address:
        raise ValueError("--wait waits for a debugger and needs --debugpy")
    return _debug(address, waits) if address else None


def _debug(address: str, waits: bool) -> Debug:
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"{address!r} is no HOST:PORT")
    return Debug(host or "127.0.0.1", int(port), waits)


def run(*, debug: Debug | None = None) -> int:
    """Serve until the client is gone."""
    if debug is not None and not _listen(debug):
        return 2
    # Importing makes half a million objects that stay: counting them again and again costs a fifth of the start.
    gc.disable()
    from wslgo.lsp import log
    from wslgo.lsp.server import create_server
    from wslgo.lsp.transport import serve

    log.to_stderr()
    server = create_server()
    gc.freeze()
    gc.enable()
    return serve(server)


def _listen(debug: Debug) -> bool:
    try:
        import debugpy  # noqa: T100 - an extra, and only on request
    except ImportError:
        print("wslgo lsp --debugpy needs debugpy: pip install 'wslgo[debug]'", file=sys.stderr)
        return False
    debugpy.listen(  # noqa: T100
(debug.host, debug.port))
    if debug.waits:
        debugpy.wait_for_client()  # noqa: T100
    return True
