"""Standard output: only messages are written to it."""

import os

from wslgo.lsp.wire.framing import framed
from wslgo.lsp.wire.json_text import JsonText


class Outgoing:
    """The stream to one client, which pygls writes to as well."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.fdopen(descriptor, "wb")

    def send(self, message: JsonText) -> None:
        self.write(framed(message))

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._file.flush()

    def close(self) -> None:
        self._file.close()


def take_standard_output() -> Outgoing:
    """Return standard output; what anything else prints goes to the log from now on."""
    outgoing = Outgoing(os.dup(1))
    os.dup2(2, 1)
    return outgoing
