"""Programs that run beside a session; a test waits for a line of their output."""

import os
import re
import selectors
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from dapwire import PATIENCE


class Running(AbstractContextManager["Running"]):
    """A program with its input and output; leaving the block ends it and its children."""

    def __init__(self, words: Sequence[str | Path], cwd: Path, environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            words, cwd=cwd, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, start_new_session=True
        )
        self._said = b""

    def __exit__(self, *_: object) -> None:
        self.process.terminate()  # a debugger that is asked to end also ends its program
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()

    def wait_for(self, word: str) -> str:
        """Wait for a line that begins with `word`, and return the rest of it."""
        return self.wait_for_line(re.compile(re.escape(word))).removeprefix(word).strip()

    def wait_for_line(self, pattern: re.Pattern[str]) -> str:
        """Wait for the first whole line that matches the pattern, and return it."""
        while True:
            for line in self._said.decode().splitlines(keepends=True):
                if pattern.search(line) and line.endswith("\n"):
                    return line
            self._read(pattern.pattern)

    def _read(self, awaited: str) -> None:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            assert selector.select(PATIENCE), f"no word of {awaited!r}: {self._said.decode()}"
        more = os.read(self.process.stdout.fileno(), 1 << 16)
        assert more, f"ended without {awaited!r}: {self._said.decode()}"
        self._said += more

    def type(self, text: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()


# Start a program that runs beside the test, and build one: see the fixtures `run` and `build`.
Run = Callable[..., Running]
Build = Callable[..., Path]
