"""The log, on standard error: standard output carries the protocol."""

import logging

from wslgo.text.message import visible


class _Inert(logging.Formatter):
    """Log lines without control characters: errors quote the contents of files."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(visible, super().format(record).split("\n")))


def to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Inert("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    # pygls logs every payload.
    logging.getLogger("pygls").setLevel(logging.WARNING)
