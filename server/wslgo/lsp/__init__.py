"""The language server: pygls and lsprotocol are imported here and nowhere else."""

import gc
import sys


def main(*, debugpy: str | None = None, wait: bool = False) -> int:
    """Serve standard input and output until the client is gone; return the exit code of the process.

    `debugpy` is the HOST:PORT where a debugger of the server itself can connect; `wait` waits for it.
    """
    # Importing makes half a million objects that stay: scanning them again and again takes a tenth of the start.
    # Not switched off: attrs leaves a dead twin of each of 550 classes, 9 MiB without collection.
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 10, 100_000)
    from wslgo.lsp.opening import Opening
    from wslgo.lsp.wire.incoming import Incoming
    from wslgo.lsp.wire.outgoing import take_standard_output

    opening = Opening(Incoming(0), take_standard_output())
    try:
        # A debugger has to be there before anything is served.
        if debugpy is None:
            opening.serve()
    except BrokenPipeError:  # the client is gone
        return 1
    from wslgo.lsp.wire.attrs_cache import cached_code

    with cached_code():
        from wslgo.lsp.server import create_server
        from wslgo.lsp.wire import log
        from wslgo.lsp.wire.stdio import serve

    log.to_stderr()
    server = create_server()
    gc.freeze()
    gc.set_threshold(*usual)
    # Only now: under a debugger the imports would take several times as long.
    if debugpy is not None and (trouble := _listen(debugpy, wait=wait)):
        print(f"wslgo lsp --debugpy: {trouble}", file=sys.stderr)
        return 2
    return serve(server, opening)


def _listen(address: str, *, wait: bool) -> str:
    """Let a debugger connect; return the problem, if any."""
    host, _, port = address.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        return f"{address!r} is not HOST:PORT"
    try:
        import debugpy  # noqa: T100 - an extra, and only on request
    except ImportError:
        return "needs debugpy: pip install 'wslgo[debug]'"
    try:
        debugpy.listen((host or "127.0.0.1", int(port)))  # noqa: T100
    except (OSError, RuntimeError) as error:
        return f"cannot listen on {address}: {error}"
    if wait:
        debugpy.wait_for_client()  # noqa: T100
    return ""
