"""The JSON server of VS Code, which checks the same documents: how fast is fast enough."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from client import CAPABILITIES, Client, Message

NAME = "vscode-json-language-server"
_PACKAGE = "vscode-langservers-extracted@4.10.0"
_SECONDS = 120


def installed(folder: Path) -> Sequence[str]:
    """Return the command of the server, installed with npm below a folder; nothing without npm or the package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return ()
    words = (npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", _PACKAGE)
    try:
        subprocess.run(words, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ()
    program = folder / "node_modules" / _PACKAGE.partition("@")[0] / "bin" / NAME
    return (node, str(program), "--stdio") if program.exists() else ()


class PullingClient(Client):
    """A client that asks for diagnostics, since the server publishes them only half a second after a key."""

    capabilities: Message = CAPABILITIES | {
        "textDocument": {**CAPABILITIES["textDocument"], "diagnostic": {"dynamicRegistration": False}}
    }

    def wait_for_diagnostics(self, uri: str) -> Message:
        """Ask for the diagnostics of the last version of a document."""
        found: Message = self.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        return found
