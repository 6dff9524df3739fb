"""`wslgo undo`: what it shows, what it brings back, and when it does nothing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import SERVER, Outcome, write, wslgo
from wslgo.system.journal import Journal

BAD = "[wsl2]\nguiApplications=off\n"
FIXED = "[wsl2]\nguiApplications=false\n"


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file that wslgo has fixed outside of the current folder."""
    path = write(tmp_path_factory.mktemp("home") / ".wslconfig", BAD)
    path.chmod(0o640)
    assert run("fix", str(path)).code == 0
    return path


def run(*arguments: str, stdin: bytes = b"", is_interactive: bool = False) -> Outcome:
    environment = {"XDG_STATE_HOME": str(Path("state").absolute())}
    return wslgo(*arguments, stdin=stdin, environment=environment, is_interactive=is_interactive)


def ids() -> list[str]:
    return [line.split()[0] for line in run("undo", "--list").out.splitlines()]


def test_the_file_comes_back_after_a_diff_and_a_yes(outside: Path) -> None:
    code, out, _ = run("undo", stdin=b"y\n", is_interactive=True)
    assert code == 0
    assert "-guiApplications=false\n+guiApplications=off\n" in out
    assert outside.read_text() == BAD
    assert outside.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("answer", [b"", b"\n", b"n\n", b"yup\n"])
def test_without_a_clear_yes_nothing_happens(outside: Path, answer: bytes) -> None:
    assert "Nothing written" in run("undo", stdin=answer, is_interactive=True).out
    assert outside.read_text() == FIXED


def test_a_script_says_yes(outside: Path) -> None:
    assert run("undo").code == 2
    assert outside.read_text() == FIXED
    assert run("undo", "--yes").code == 0
    assert outside.read_text() == BAD


def test_what_the_user_has_edited_since_is_shown_and_kept(outside: Path) -> None:
    outside.write_text(FIXED + "memory=8GB\n")
    code, out, err = run("undo", "--yes")
    assert code == 2
    assert "+memory=8GB" in out
    assert "would lose that change" in err
    assert outside.read_text() == FIXED + "memory=8GB\n"


def test_an_undo_can_be_undone(outside: Path) -> None:
    run("undo", "--yes")
    assert run("undo", "--yes", ids()[0]).code == 0
    assert outside.read_text() == FIXED
    assert run("undo", "--yes").code == 0
    assert outside.read_text() == BAD


def test_several_writes_are_undone_from_the_last(outside: Path) -> None:
    outside.write_text(FIXED + "debugConsole=yes\n")
    run("fix", str(outside))
    assert outside.read_text() == FIXED + "debugConsole=true\n"
    assert run("undo", "--yes", ids()[-1]).code == 2
    assert run("undo", "--yes").code == 0
    assert outside.read_text() == FIXED + "debugConsole=yes\n"


def test_two_in_a_row_go_together(outside: Path) -> None:
    run("undo", "--yes")
    run("fix", str(outside))
    assert run("undo", "--last", "2", "--yes").code == 0
    assert outside.read_text() == BAD
    assert run("undo").out == "There is nothing to undo\n"


def test_the_list_says_what_was_written_where_and_what_became_of_it(outside: Path) -> None:
    run("undo", "--yes")
    newest, oldest = run("undo", "--list").out.splitlines()
    assert f"wslgo fix  {outside}  (undone)" in oldest
    assert f"(undoes {oldest.split()[0]})" in newest
    assert "（" not in run("undo", "--list", "--lang", "zh-cn").err


def test_a_file_that_is_gone_stays_gone(outside: Path) -> None:
    outside.unlink()
    code, out, err = run("undo", "--yes")
    assert (code, out) == (0, "There is nothing to undo\n")
    assert f"{outside} no longer exists" in err
    code, _, err = run("undo", "--yes", *ids())
    assert code == 2
    assert f"{outside} no longer exists" in err
    assert not outside.exists()


def test_a_file_that_is_gone_does_not_block_older_writes(
    outside: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    paths = [write(tmp_path_factory.mktemp("later") / ".wslconfig", BAD) for _ in range(2)]
    for path in paths:
        run("fix", str(path))
        shutil.rmtree(path.parent)
    code, out, err = run("undo", "--yes")
    assert code == 0
    assert out.startswith(ids()[-1]), "what is undone is named first"
    assert err == "2 newer writes are not undone, because their files no longer exist\n"
    assert outside.read_text() == BAD


def test_a_file_that_wslgo_made_and_the_user_removed_is_not_offered(folder: Path) -> None:
    path = folder / "home/env"
    path.parent.mkdir()
    Journal(folder / "state/wslgo/journal").write(path, b"GOFLAGS=-mod=mod\n", "editor", expected=None)
    path.unlink()
    assert run("undo", "--yes").out == "There is nothing to undo\n"


@pytest.mark.parametrize("arguments", [("undo",), ("undo", "--yes"), ("undo", "--list")])
def test_a_reader_that_leaves_early_is_not_trouble_with_the_journal(outside: Path, arguments: tuple[str, ...]) -> None:
    read, closed = os.pipe()
    os.close(read)
    environment = {**os.environ, "PYTHONPATH": str(SERVER), "XDG_STATE_HOME": str(Path("state").absolute())}
    words = [sys.executable, "-m", "wslgo", *arguments]
    done = subprocess.run(words, stdout=closed, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)
    os.close(closed)
    assert done.returncode == 141
    assert b"Broken pipe" not in done.stderr


def test_an_id_that_does_not_exist_or_was_used_is_said(outside: Path) -> None:
    assert "unknown id 17" in run("undo", "17").err
    run("undo", "--yes")
    assert "was already undone" in run("undo", "--yes", ids()[-1]).err
    assert "--last takes a number" in run("undo", "--last", "many").err


def test_passwords_are_masked_wherever_a_write_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("home") / ".wslconfig", f"{BAD}# https://me:hunter2@proxy.test/\n")
    run("fix", str(path))
    shown = [run("undo"), run("undo", "--list"), run("undo", "--yes")]
    assert not any("hunter2" in done.out + done.err for done in shown)
    assert "hunter2" in path.read_text()


@pytest.mark.usefixtures("outside")
def test_the_journal_is_for_this_user_alone() -> None:
    for path in (Path("state/wslgo/journal"), *Path("state/wslgo/journal").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_link_stays_one_in_both_directions(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    real, link = write(home / "dotfiles" / "windows", BAD), home / ".wslconfig"
    link.symlink_to(real)
    run("fix", str(link))
    assert (link.is_symlink(), real.read_text()) == (True, FIXED)
    run("undo", "--yes")
    assert (link.is_symlink(), real.read_text()) == (True, BAD)


# When the journal is not what was written


def journal_lines() -> list[dict[str, object]]:
    return [json.loads(line) for line in LINES.read_text().splitlines()]


def rewrite(lines: list[dict[str, object]]) -> None:
    LINES.write_text("".join(json.dumps(line) + "\n" for line in lines))


LINES = Path("state/wslgo/journal/journal.jsonl")


def test_a_write_whose_bytes_are_gone_is_told_and_the_others_are_undone(
    outside: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = write(tmp_path_factory.mktemp("home") / ".wslconfig", f"# other\n{BAD}")
    run("fix", str(other))
    lost = str(journal_lines()[0]["before"]["sha256"])  # type: ignore[index]
    (LINES.parent / "objects" / lost).unlink()
    for _ in range(2):
        code, out, err = run("undo", "--last", "2", "--yes")
        assert code == 2
        assert str(outside) in err
        assert "no longer has its bytes" in err
        assert "nothing to undo" not in out
    assert other.read_text() == f"# other\n{BAD}"
    assert outside.read_text() == FIXED


def test_an_id_that_does_not_exist_keeps_no_other_from_being_undone(outside: Path) -> None:
    code, _, err = run("undo", "--yes", "17", ids()[0])
    assert code == 2
    assert "unknown id 17" in err
    assert outside.read_text() == BAD


def test_a_file_that_was_put_back_is_undone(outside: Path) -> None:
    outside.write_text(BAD)
    assert run("undo", "--yes").code == 0
    assert run("undo").out == "There is nothing to undo\n"
    assert run("undo", "--yes", ids()[0]).code == 0, "an undo can be undone"
    assert outside.read_text() == BAD


def test_a_file_that_was_made_private_since_stays_private(outside: Path) -> None:
    outside.chmod(0o600)
    code, _, err = run("undo", "--yes")
    assert (code, outside.read_text(), outside.stat().st_mode & 0o777) == (0, BAD, 0o600)
    assert "mode" not in err


@pytest.mark.usefixtures("outside")
def test_a_write_whose_line_is_lost_is_told_and_not_taken_for_nothing() -> None:
    LINES.write_bytes(b"[" * 100_000 + b"\n" + LINES.read_bytes().split(b"\n", 1)[1])
    code, out, err = run("undo")
    assert (code, out) == (2, "")
    assert f"{LINES.absolute()}: 2 unreadable lines are ignored: 1, 2" in err
    assert "wrote a file, but its entry" in err


NASTY = (
    None,
    True,
    -1,
    10**30,
    1.5,
    "",
    "relative",
    "/nul\0",
    "\ud800",
    "../../etc/passwd",
    "/" + "a" * 5000,
    [],
    {},
    [[]],
)


def test_no_corrupted_line_ends_in_a_traceback_or_hides_the_file(outside: Path) -> None:
    kept = {path: path.read_bytes() for path in LINES.parent.rglob("*") if path.is_file()}
    lines = journal_lines()
    places = [(number, name) for number, line in enumerate(lines) for name in line]
    assert len(places) * len(NASTY) > 100
    for number, name in places:
        for value in NASTY:
            outside.write_text(FIXED)
            for path, data in kept.items():
                path.write_bytes(data)
            rewrite([line | {name: value} if number == at else line for at, line in enumerate(lines)])
            code, out, err = run("undo", "--yes")
            said = f"{name}={value!r:.40}: {code} {out} {err}"
            assert code in (0, 2), said
            assert "internal error" not in err, said
            # A write that was undone, failed or was by an undo is told so by the journal; nothing else is silence.
            is_told = "journal.jsonl" in err or str(outside) in err + out or name in ("undoes", "path", "id")
            assert outside.read_text() == BAD or is_told, said
            run("undo", "--list")
