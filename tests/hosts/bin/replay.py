"""The replayed Windows programs: replies are files named `program arguments` in the folder WSLGO_REPLIES.

A reply also answers to more arguments than it names: `go env -json` answers `go env -json GOPROXY`.
"""

import os
import re
import sys
import time
from pathlib import Path

NAME = Path(sys.argv[0]).name
REPLIES = Path(os.environ.get("WSLGO_REPLIES", "/nonexistent"))
LONGEST = 200  # characters of the name of a file
STALE = "<3>WSL (4242 - ) ERROR: UtilConnectUnix:523: connect failed 111\n"


def text() -> str:
    """Return what the real program printed for these arguments; fail or hang as it did."""
    words = [NAME, *(argument.replace("/", "|") for argument in sys.argv[1:])]
    asked = [name for count in range(len(words), 0, -1) if len(name := " ".join(words[:count])) < LONGEST]
    if any((REPLIES / f"hangs {name}").exists() for name in asked):
        time.sleep(600)
    for name in asked:
        if (REPLIES / f"complains {name}").exists():
            sys.stderr.write((REPLIES / f"complains {name}").read_text(encoding="utf-8"))
            sys.exit(2)
        if (REPLIES / f"says {name}").exists():
            return _decoded((REPLIES / f"says {name}").read_bytes())
    sys.exit(f"{NAME}: nothing was recorded for {' '.join(words)!r}")


def _decoded(said: bytes) -> str:
    """Return the text, or print bytes that are not text as they are."""
    try:
        return said.decode()
    except UnicodeDecodeError:
        sys.stdout.buffer.write(said)
        sys.exit(0)


def linux() -> None:
    """UTF-8 with line feeds."""
    sys.stdout.buffer.write(text().encode())


def windows(encoding: str | None = None) -> None:
    """CRLF, in an encoding; without one in the code page that the first line names.

    In a folder of Linux a complaint comes first, as that of cmd.exe does.
    """
    through_interop()
    if "/Windows" not in str(Path.cwd()):
        sys.stdout.buffer.write(b"'\\\\wsl.localhost\\Ubuntu\\home'\r\nCMD.EXE was started with the above path\r\n")
    said = text()
    if encoding is None:
        page = re.search("[0-9]+", said.partition("\n")[0])
        encoding = f"cp{page[0]}" if page else "cp437"
    sys.stdout.buffer.write(said.replace("\n", "\r\n").encode(encoding))


def through_interop() -> None:
    """Fail, as every program does with a stale socket."""
    socket = os.environ.get("WSL_INTEROP", "")
    stale = REPLIES / "stale"
    if stale.exists() and socket in stale.read_text(encoding="utf-8").split("\n"):
        sys.exit(STALE.rstrip())


def has_utf8() -> bool:
    """WSL_UTF8 is heeded when it is exactly 1 and WSLENV lets it through (WslClient.cpp)."""
    names = [name.partition("/")[0] for name in os.environ.get("WSLENV", "").split(":")]
    return "WSL_UTF8" in names and os.environ.get("WSL_UTF8") == "1"
