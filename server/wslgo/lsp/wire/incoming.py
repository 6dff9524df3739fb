"""The messages that arrive at a descriptor."""

import os
import select

from wslgo.lsp.wire.framing import Frames, json_of
from wslgo.lsp.wire.inbox import Inbox

_CHUNK = 1 << 18


class Incoming:
    """The stream of one client, read into an inbox as far as it has arrived."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.inbox = Inbox()
        self.is_open = True
        self._frames = Frames()

    def poll(self, patience: float = 0) -> bool:
        """Read what has arrived, or arrives within `patience` seconds; return whether there was anything."""
        if not self.is_open or not select.select((self.descriptor,), (), (), patience)[0]:
            return False
        data = os.read(self.descriptor, _CHUNK)
        if not data:
            self.is_open = False
        for body in self._frames.feed(data):
            self.inbox.put(json_of(body))
        return True
