"""Progress of a toolchain installation, reported at most ten times a second."""

import time
from collections.abc import Callable
from typing import NamedTuple

from wslgo.text.message import Message, Text

DOWNLOAD = "download"
VERIFY = "verify"
UNPACK = "unpack"
COPY = "copy"

_EVERY = 0.1  # seconds

Clock = Callable[[], float]

_STAGES = {
    DOWNLOAD: Message(en="download", zh="下载"),
    VERIFY: Message(en="verify", zh="校验"),
    UNPACK: Message(en="unpack", zh="解压"),
    COPY: Message(en="copy", zh="复制"),
}
_COMES = Message(en="{stage} {done} of {total} MB, {rate} MB/s", zh="{stage} {done} / {total} MB，{rate} MB/s")


class Progress(NamedTuple):
    """`done` of `total` bytes (None if unknown); `rate` is in bytes per second, 0 at first."""

    stage: str
    done: int
    total: int | None
    rate: float = 0


def in_words(progress: Progress) -> Text:
    """Return the stage, how much of it is done, and how fast it is."""
    done, total, rate = (round((count or 0) / 1e6, 1) for count in (progress.done, progress.total, progress.rate))
    return _COMES(stage=_STAGES[progress.stage], done=done, total=total or "?", rate=rate)


Listener = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Ignore the progress."""


class Meter:
    """Reports one stage to a listener, at most ten times a second and once at the end.

    `there` bytes were there at the start: they count as done, but not for the rate.
    """

    def __init__(
        self, listener: Listener, stage: str, total: int | None, there: int = 0, clock: Clock = time.monotonic
    ) -> None:
        self._listener = listener
        self._stage = stage
        self._total = total
        self._there = there
        self._clock = clock
        self._started = self._reported = clock()

    def at(self, done: int) -> None:
        """Report `done` bytes, including those that were there, unless the last report is too recent."""
        now = self._clock()
        if now - self._reported >= _EVERY:
            self._reported = now
            self._report(done, now)

    def end(self, done: int) -> None:
        """Report the end of the stage."""
        self._report(done, self._clock())

    def _report(self, done: int, now: float) -> None:
        took = now - self._started
        rate = (done - self._there) / took if took > 0 else 0
        self._listener(Progress(self._stage, done, self._total, rate))
