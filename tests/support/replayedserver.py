"""A replacement of the extension's `start.py`: the same server, which provisions a recorded machine.

The arguments are that `start.py` and the recording; the files are those that this process sees.
"""

import json
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    start, record = map(Path, sys.argv[1:])
    sys.path[:0] = [str(start.parent / "server"), str(start.parent / "libs")]

    from wslgo.lsp.opening import Opening
    from wslgo.lsp.server import create_server
    from wslgo.lsp.wire import log
    from wslgo.lsp.wire.incoming import Incoming
    from wslgo.lsp.wire.outgoing import take_standard_output
    from wslgo.lsp.wire.stdio import serve
    from wslgo.machine.host_json import from_json
    from wslgo.provision.target import this_machine

    log.to_stderr()
    opening = Opening(Incoming(0), take_standard_output())
    server = create_server()
    host = from_json(json.loads(record.read_text(encoding="utf-8")))
    server.replay = this_machine(None, os.environ["HOME"]), host
    sys.exit(serve(server, opening))
