"""`./dev` as a module, so that tests build as a developer does, and a check of the server that it built."""

import importlib.machinery
import importlib.util
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from tree import ROOT as TREE


def _load() -> ModuleType:
    # The file has no suffix, so Python needs to be told how to read it.
    loader = importlib.machinery.SourceFileLoader("dev", str(TREE / "dev"))
    spec = importlib.util.spec_from_loader("dev", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


dev = _load()


def greet(server: Sequence[str | Path], cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Start a language server, initialize it, shut it down, and return its answers."""
    initialize = {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
    bodies = [
        json.dumps({"jsonrpc": "2.0"} | message).encode()
        for message in (initialize, {"id": 2, "method": "shutdown"}, {"method": "exit"})
    ]
    words = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    return subprocess.run(server, input=words, cwd=cwd, capture_output=True, timeout=60, check=False)
