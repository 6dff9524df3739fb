"""Programs that hang, flood their output, leave children behind, or do not exist."""

import sys
import time
from pathlib import Path

import pytest

from wslgo.system.this_machine import ThisMachine
from wslgo.system.world import Ran

WORLD = ThisMachine()


def python(code: str, seconds: float = 5.0) -> Ran | None:
    return WORLD.run((sys.executable, "-S", "-c", code), seconds)


def test_output_and_exit_code_are_returned() -> None:
    assert python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)") == Ran(3, b"out\n", b"err\n")


def test_standard_input_is_empty() -> None:
    assert python("import sys; print(repr(sys.stdin.read()))") == Ran(0, b"''\n")


def test_a_program_that_hangs_is_killed_in_time() -> None:
    assert python("import time; time.sleep(60)", 0.2) is None


@pytest.mark.slow
def test_its_children_end_with_it(tmp_path: Path) -> None:
    note = tmp_path / "child"
    child = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    assert python(f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {child!r}])", 1.0) is None
    time.sleep(0.2)
    status = WORLD.read(f"/proc/{note.read_text()}/status")
    assert status is None or b"zombie" in status


def test_a_child_that_stays_is_not_waited_for() -> None:
    code = "import subprocess, sys; print('done', flush=True); subprocess.Popen(['sleep', '60'])"
    assert python(code, 30) == Ran(0, b"done\n")


def test_a_flood_is_cut_off() -> None:
    assert python("while True: print('x' * 65536)") is None


@pytest.mark.parametrize(
    "words", [("/nonexistent/program",), ("python3", "-c", ""), ("./x",), ("/etc",), ("/bin/\0",), ("",)]
)
def test_a_program_that_cannot_start_or_has_no_absolute_path_gives_none(words: tuple[str, ...]) -> None:
    assert WORLD.run(words, 1.0) is None


def test_a_missing_folder_gives_none() -> None:
    assert WORLD.run((sys.executable, "-c", ""), 1.0, "/nonexistent") is None


def test_a_program_gets_only_the_given_environment() -> None:
    done = WORLD.run((sys.executable, "-S", "-c", "import os; print(os.environ['A'])"), 5.0, "/", {"A": "b"})
    assert done == Ran(0, b"b\n")


@pytest.mark.parametrize("path", ["/nonexistent", "/etc", "a\0b", ""])
def test_an_unreadable_file_gives_none(path: str) -> None:
    assert WORLD.read(path) is None
    assert WORLD.link(path) is None
    assert isinstance(WORLD.names(path), tuple)
    assert WORLD.exists("a\0b") is False


def test_our_own_file_is_written_with_its_folders(tmp_path: Path) -> None:
    place = tmp_path / "a/b/c.json"
    assert WORLD.keep(str(place), b"{}")
    assert WORLD.read(str(place)) == b"{}"
    assert place.stat().st_mode & 0o777 == 0o600
    assert not WORLD.keep("/proc/nowhere/x", b"")
