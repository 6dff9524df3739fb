"""The rim: whatever happens outside, there is a result or a clear message, never a traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commandline import SERVER, process, write, wslgo

pytestmark = pytest.mark.slow

BAD = "[wsl2]\nguiApplications=off\n"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SERVER)}


def shell(line: str) -> subprocess.CompletedProcess[str]:
    words = f'wslgo() {{ {sys.executable} -m wslgo "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", words], capture_output=True, text=True, env=ENVIRONMENT, timeout=60, check=False
    )


@pytest.mark.parametrize("data", [b"", b"\0" * 10_000, bytes(range(256)) * 10, b"\x7fELF\x02\x01", b"[" * 100_000])
@pytest.mark.parametrize("name", [".wslconfig", "wsl.conf", "go.mod", "go.work", ".env"])
def test_any_bytes_are_checked_and_fixed(folder: Path, name: str, data: bytes) -> None:
    write(folder / name, data)
    for command in (("check",), ("check", "--format", "sarif"), ("fix", "--diff"), ("fix", "--unsafe")):
        code, _, err = wslgo(*command)
        assert code in (0, 1), err


LONG = (
    "[wsl2]\nguiApplications=off\n" + "# a remark\n" * 80_000 + "memory=8gb\n" + "# more\n\n" * 10_000 + "foo\n" * 1_000
)


@pytest.mark.parametrize("command", ["check", "check --format json", "fix --diff", "parse .wslconfig"])
def test_a_hundred_thousand_lines_are_read(folder: Path, command: str) -> None:
    """About as much as is looked into at all: what is larger is told, and not read."""
    write(folder / ".wslconfig", LONG)
    done = process(*command.split(), cwd=folder)
    assert done.returncode == (0 if command.startswith("parse") else 1)
    assert done.stdout


def test_a_full_disk_is_said(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    done = shell("wslgo check > /dev/full")
    assert (done.returncode, done.stderr) == (2, "wslgo: cannot write the output: No space left on device\n")


def test_a_fix_that_cannot_be_written_leaves_the_file_and_is_said(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    done = shell("ulimit -f 0; wslgo fix")
    assert (done.returncode, done.stderr) == (2, "wslgo: .wslconfig cannot be written: File too large\n")
    assert done.stdout.splitlines()[-1].startswith("0 fixed, 1 problem left")
    assert path.read_text() == BAD
    assert {path.name for path in folder.iterdir()} == {".git", ".wslconfig"}


def test_a_device_that_never_ends_is_said() -> None:
    assert "Not a regular file" in wslgo("parse", "--as", "jsonc", "/dev/zero").out


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_do_no_harm(folder: Path, closed: str) -> None:
    write(folder / ".wslconfig", BAD)
    done = shell(f"wslgo check {closed}")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_not_an_error(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\n" + "foo=1\n" * 20_000)
    done = shell("wslgo check | head -n 1; echo ${PIPESTATUS[0]}")
    assert done.stdout.splitlines()[-1] == "141"
    assert done.stderr == ""


def test_an_interrupt_ends_with_130() -> None:
    # A test run in the background ignores interrupts, and so would what it starts.
    hear = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    waiting = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{hear}; import wslgo.cli as c, wslgo.cli.commands.check; print(flush=True); c.console()",
            *CHECK_STDIN,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    assert waiting.stdout is not None
    waiting.stdout.readline()
    time.sleep(0.3)
    waiting.send_signal(signal.SIGINT)
    _, err = waiting.communicate(timeout=30)
    assert (waiting.returncode, err) == (130, b"")


CHECK_STDIN = ("check", "--stdin-filename", ".wslconfig")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-16"])
def test_an_output_that_is_not_utf_8_loses_nothing_but_beauty(folder: Path, encoding: str) -> None:
    write(folder / "é" / ".wslconfig", BAD)
    done = process("check", "--lang", "zh-cn", cwd=folder, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "invalid-boolean" in done.stdout.decode(encoding)


def test_an_internal_error_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / ".wslconfig", BAD)
    write(
        folder / "broken" / "sitecustomize.py",
        "import wslgo.linter.check\nwslgo.linter.check.check = lambda *_: 1 / 0\n",
    )
    done = process("check", cwd=folder, PYTHONPATH=f"{folder / 'broken'}{os.pathsep}{SERVER}")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"ZeroDivisionError" in done.stderr
    told = process("check", cwd=folder, PYTHONPATH=f"{folder / 'broken'}{os.pathsep}{SERVER}", WSLGO_DEBUG="1")
    assert b"Traceback" in told.stderr


def test_a_deep_tree_is_walked(folder: Path) -> None:
    write(folder / "/".join("d" * 900) / ".wslconfig", BAD)
    assert wslgo("check").code == 1
