"""The log goes to standard error: standard output is the wire."""

import logging

from wslgo.text.message import visible


class _Inert(logging.Formatter):
    """Lines in which nothing moves a cursor: an error quotes what it has met in a file."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(visible, super().format(record).split("\n")))


def to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Inert("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    # pygls logs every payload.
    logging.getLogger("pygls").setLevel(logging.WARNING)
