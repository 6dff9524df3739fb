"""The command line under test, in this process with byte streams, or as a process of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tree import SERVER
from wslgo.cli import main
from wslgo.cli.terminal import Terminal


class Outcome(NamedTuple):
    """The output at the terminal, and the exit code."""

    code: int
    out: str
    err: str


def wslgo(
    *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None, is_interactive: bool = False
) -> Outcome:
    """Run a command in this process; undecodable output is kept as surrogates."""
    out, err = io.BytesIO(), io.BytesIO()
    terminal = Terminal(out, err, io.BytesIO(stdin), environment or {}, is_interactive=is_interactive)
    code = main(list(arguments), terminal)
    return Outcome(code, *(stream.getvalue().decode(errors="surrogateescape") for stream in (out, err)))


def process(
    *arguments: str | bytes, stdin: bytes = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m wslgo` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "wslgo", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(SERVER), **environment},
        timeout=60,
        check=False,
    )


def write(path: Path, text: str | bytes) -> Path:
    """Write a file, with the folders it needs, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def identity(path: Path) -> tuple[int, int]:
    """Return the metadata that changes when a file is written, so without its last access."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
