"""The log goes to standard error: standard output is the wire."""

import logging


def to_stderr() -> None:
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    # pygls logs every payload.
    logging.getLogger("pygls").setLevel(logging.WARNING)
