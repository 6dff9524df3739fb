"""Programs that run beside a session, in which a test waits for a line."""

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
    """A program with its output and input in our hands; leaving the block ends it and what it has started."""

    def __init__(self, words: Sequence[str | Path], cwd: Path, environment: Mapping[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            words, cwd=cwd, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, start_new_session=True
        )
        self._said = b""

    def __exit__(self, *_: object) -> None:
        self.process.terminate()  # asked, a debugger takes its program along
        try:
            self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()

    def wait_for(self, word: str) -> str:
        """The rest of the line that begins with `word`, once it has been written."""
        return self.wait_for_line(re.compile(re.escape(word))).removeprefix(word).strip()

    def wait_for_line(self, pattern: re.Pattern[str]) -> str:
        """The first whole line in which the pattern is found."""
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


# Starts a program that goes on beside the test, and builds one: see the fixtures `run` and `build`.
Run = Callable[..., Running]
Build = Callable[..., Path]
