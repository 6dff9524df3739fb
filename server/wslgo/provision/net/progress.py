"""How far a toolchain has come, told now and then."""

import time
from collections.abc import Callable
from typing import NamedTuple

from wslgo.text.message import Message, Text

DOWNLOAD = "download"
VERIFY = "verify"
UNPACK = "unpack"

_EVERY = 0.1  # seconds

_STAGES = {
    DOWNLOAD: Message(en="download", zh="下载"),
    VERIFY: Message(en="verify", zh="校验"),
    UNPACK: Message(en="unpack", zh="解压"),
}
_COMES = Message(en="{stage} {done} of {total} MB, {rate} MB/s", zh="{stage} {done} / {total} MB，{rate} MB/s")


class Progress(NamedTuple):
    """`done` of `total` bytes, None where nobody knows it; `rate` is in bytes a second, 0 until there is one."""

    stage: str
    done: int
    total: int | None
    rate: float = 0


def in_words(progress: Progress) -> Text:
    """What has come and how fast."""
    done, total, rate = (round((one or 0) / 1e6, 1) for one in (progress.done, progress.total, progress.rate))
    return _COMES(stage=_STAGES[progress.stage], done=done, total=total or "?", rate=rate)


Listener = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """For whom nobody listens."""


class Meter:
    """Tells a listener about a stage, not more often than a person can see. What was there at the start counts as done,
    not as speed."""

    def __init__(self, listener: Listener, stage: str, total: int | None, there: int = 0) -> None:
        self._listener = listener
        self._stage = stage
        self._total = total
        self._there = there
        self._started = self._told = time.monotonic()

    def at(self, done: int) -> None:
        """So many bytes are done, those that were there included."""
        now = time.monotonic()
        if now - self._told >= _EVERY:
            self._told = now
            self._tell(done, now)

    def end(self, done: int) -> None:
        """All that will come has come; always told."""
        self._tell(done, time.monotonic())

    def _tell(self, done: int, now: float) -> None:
        took = now - self._started
        rate = (done - self._there) / took if took > 0 else 0
        self._listener(Progress(self._stage, done, self._total, rate))
