"""`wslgo fix`: what it writes, what it says, and that nothing is ever half done."""

import subprocess
from pathlib import Path

import pytest

from commandline import identity, write, wslgo
from steps import is_linear

BAD = "[wsl2]\nguiApplications=off\n"
FIXED = "[wsl2]\nguiApplications=false\n"
# The fix for a key that needs mirrored networking is a guess.
GUESS = "[experimental]\nhostAddressLoopback=true\n"


def test_safe_fixes_are_written_and_told(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    code, out, err = wslgo("fix")
    assert (code, err) == (0, "")
    assert path.read_text() == FIXED
    assert out.splitlines() == [
        ".wslconfig: fixed 1 problem",
        "  Change to false [wslconfig/invalid-boolean]",
        "1 fixed, none left",
    ]


def test_a_second_run_changes_nothing(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    wslgo("fix", "--unsafe")
    before = identity(path)
    assert wslgo("fix", "--unsafe").out == "0 fixed, none left\n"
    assert identity(path) == before


def test_what_is_only_probably_meant_needs_unsafe(folder: Path) -> None:
    path = write(folder / ".wslconfig", GUESS)
    code, out, _ = wslgo("fix")
    assert (code, path.read_text()) == (1, GUESS)
    assert "= fix, with --unsafe: " in out
    assert out.splitlines()[-1] == "0 fixed, 1 problem left (1 warning), 1 fixable with --unsafe"
    assert wslgo("fix", "--unsafe").code == 0
    assert "networkingMode=mirrored" in path.read_text()


def test_the_exit_code_speaks_about_what_is_left(folder: Path) -> None:
    write(folder / ".wslconfig", GUESS)
    assert [wslgo("fix", "--fail-on", severity).code for severity in ("error", "warning")] == [0, 1]


def test_only_the_chosen_rules_are_fixed(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    assert wslgo("fix", "--ignore", "invalid-boolean").code == 0
    assert path.read_text() == BAD


@pytest.mark.parametrize(
    ("name", "before"),
    [
        (".wslconfig", BAD),
        (".wslconfig", BAD.replace("\n", "\r\n")),
        (".wslconfig", BAD + "# kept " * 3),
        (".wslconfig", "# one\n" * 50 + BAD + "# many\n" * 50 + "memory=8gb"),
        ("wsl.conf", "\ufeff[boot]\nsystemd=on\n"),
        ("wsl.conf", "[boot]\r\nsystemd=true\r\n"),
        ("a b/wsl.conf", "[boot]\nsystemd=on"),
        ('wsl/é"\\/wsl.conf', "[boot]\nsystemd=on\n# \x1b[31m \udcff\n"),
    ],
)
def test_a_diff_can_be_applied_by_git(folder: Path, name: str, before: str) -> None:
    path = write(folder / name, before.encode(errors="surrogateescape"))
    code, diff, _ = wslgo("fix", "--diff")
    assert path.read_bytes() == before.encode(errors="surrogateescape"), "a diff writes nothing"
    subprocess.run(["git", "apply"], input=diff.encode(errors="surrogateescape"), check=True)
    applied = path.read_bytes()
    write(path, before.encode(errors="surrogateescape"))
    assert wslgo("fix").code == code == 0
    assert applied == path.read_bytes() != before.encode(errors="surrogateescape")


def test_a_diff_of_nothing_is_empty(folder: Path) -> None:
    write(folder / ".wslconfig", FIXED)
    assert wslgo("fix", "--diff") == (0, "", "0 can be fixed, none left\n")


def test_what_a_diff_cannot_show_is_said(folder: Path) -> None:
    write(folder / "wsl.conf", "\ufeff[boot]\r\nsystemd=true\r\n")
    said = wslgo("fix", "--diff").err
    assert "wsl.conf: removes the byte order mark\n" in said
    assert "wsl.conf: changes line ends from CRLF to LF\n" in said


def test_an_encoding_that_git_takes_for_binary_is_a_remark(folder: Path) -> None:
    path = write(folder / "wsl.conf", "\ufeff[boot]\nsystemd=true\n".encode("utf-16-le"))
    _, diff, said = wslgo("fix", "--diff")
    assert "wsl.conf: changes the encoding from UTF-16-LE to UTF-8\n" in said
    assert all(line.startswith("# ") for line in diff.splitlines())
    wslgo("fix")
    assert path.read_bytes() == b"[boot]\nsystemd=true\n"


def test_standard_input_comes_back_fixed() -> None:
    outcome = wslgo("fix", "--stdin-filename", ".wslconfig", stdin=BAD.replace("\n", "\r\n").encode())
    assert outcome == (0, FIXED.replace("\n", "\r\n"), "1 fixed, none left\n")


def test_healthy_standard_input_comes_back_as_it_is() -> None:
    assert (
        wslgo("fix", "--stdin-filename", ".wslconfig", stdin=b"# \xff\r").out.encode(errors="surrogateescape")
        == b"# \xff\r"
    )


def test_bytes_beside_the_fix_stay(folder: Path) -> None:
    path = write(folder / ".wslconfig", b"# caf\xe9 \xff\r\n[wsl2]\r\nguiApplications=off\n# end\x00")
    wslgo("fix", "--select", "invalid-boolean")
    assert path.read_bytes() == b"# caf\xe9 \xff\r\n[wsl2]\r\nguiApplications=false\n# end\x00"


def test_mode_and_links_are_kept(folder: Path) -> None:
    real = write(folder / "dotfiles" / "windows", BAD)
    real.chmod(0o640)
    (folder / ".wslconfig").symlink_to(real)
    wslgo("fix")
    assert (folder / ".wslconfig").is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == (FIXED, 0o640)


def test_a_file_outside_the_current_folder_is_journalled(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.mktemp("elsewhere") / ".wslconfig", BAD)
    environment = {"XDG_STATE_HOME": str(folder / "state")}
    out = wslgo("fix", str(path), environment=environment).out
    assert path.read_text() == FIXED
    assert [file.name for file in path.parent.iterdir()] == [".wslconfig"], "no copy is left"
    assert "undo with wslgo undo" in out
    assert wslgo("undo", "--yes", environment=environment).code == 0
    assert path.read_text() == BAD


def test_a_file_of_the_current_folder_is_left_to_its_repository(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    wslgo("fix", environment={"XDG_STATE_HOME": str(folder / "state")})
    assert not (folder / "state").exists()


def test_a_fix_stays_in_its_file(folder: Path) -> None:
    config = write(folder / ".wslconfig", "[boot]\nsystemd=true\n")
    conf = write(folder / "wsl.conf", "[user]\ndefault=me\n")
    wslgo("fix")
    assert conf.read_text() == "[user]\ndefault=me\n"
    assert config.read_text() == "[boot]\nsystemd=true\n"


BOTH = ("[boot]\nsystemd=true\n", "[user]\ndefault=me\n")


def test_a_fix_of_two_files_is_shown_and_confirmed(folder: Path) -> None:
    config, conf = write(folder / ".wslconfig", BOTH[0]), write(folder / "wsl.conf", BOTH[1])
    refused = wslgo("fix", "--machine", "--select", "wrong-file", stdin=b"n\n", is_interactive=True)
    assert "+systemd=true" in refused.out
    assert (refused.code, config.read_text(), conf.read_text()) == (2, *BOTH)
    assert wslgo("fix", "--machine", "--select", "wrong-file").code == 2, "nobody was asked"
    assert wslgo("fix", "--machine", "--select", "wrong-file", "--diff").code == 1
    assert (config.read_text(), conf.read_text()) == BOTH
    agreed = wslgo("fix", "--machine", "--select", "wrong-file", stdin=b"y\n", is_interactive=True)
    assert (agreed.code, agreed.out.splitlines()[-1]) == (0, "1 fixed, none left")
    assert "systemd" not in config.read_text()
    assert conf.read_text().endswith("[boot]\nsystemd=true\n")


def test_a_diff_shows_no_password_and_is_then_none_for_git(folder: Path) -> None:
    secret = "GOPROXY=https://user:p@ss@proxy.test\n[wsl2]\nguiApplications=off\n"
    path = write(folder / ".wslconfig", f"# {secret}")
    _, diff, said = wslgo("fix", "--diff", "--select", "invalid-boolean")
    assert "p@ss" not in diff + said
    assert "ss@" not in diff
    assert "+guiApplications=false" in diff
    assert "git apply skips it" in said
    assert all(line.startswith("# ") for line in diff.splitlines())
    assert path.read_text() == f"# {secret}"


@pytest.mark.usefixtures("ordinary_user")
def test_a_read_only_file_is_said_and_the_others_are_fixed(folder: Path) -> None:
    first, second = (write(folder / name / ".wslconfig", BAD) for name in "ab")
    first.chmod(0o444)
    code, _, err = wslgo("fix")
    assert (code, err) == (2, "wslgo: a/.wslconfig cannot be written: Permission denied\n")
    assert (first.read_text(), second.read_text()) == (BAD, FIXED)


def test_other_files_are_fixed_when_one_is_unknown(folder: Path) -> None:
    path = write(folder / ".wslconfig", BAD)
    assert wslgo("fix", ".wslconfig", "main.rs").code == 2
    assert path.read_text() == FIXED


def test_a_diff_on_a_terminal_sends_nothing_raw(folder: Path) -> None:
    write(folder / ".wslconfig", BAD + "# \x1b[31m\n")
    assert "\x1b[31m" not in wslgo("fix", "--diff", "--color", "never", is_interactive=True).out


def test_many_fixes_take_no_longer_than_their_number(folder: Path) -> None:
    def fixed(text: str) -> str:
        path = write(folder / ".wslconfig", text)
        assert wslgo("fix").code == 0
        return path.read_text()

    assert fixed("[wsl2]\n" + "; remark\n" * 1_000) == "[wsl2]\n" + "# remark\n" * 1_000
    assert is_linear(fixed, lambda count: "[wsl2]\n" + "; remark\n" * count, 250)


@pytest.mark.parametrize(
    ("text", "rest", "title"),
    [
        (
            "networkingMode=mirrored\nlocalhostForwarding=yes\n",
            "networkingMode=mirrored\n",
            "Remove localhostForwarding",
        ),
        ("virtio9p=yes\n", "", "Remove virtio9p"),
    ],
)
def test_a_line_that_is_removed_in_the_end_is_not_announced_as_corrected(
    folder: Path, text: str, rest: str, title: str
) -> None:
    path = write(folder / ".wslconfig", f"[wsl2]\n{text}")
    out = wslgo("fix", "--unsafe").out
    assert path.read_text() == f"[wsl2]\n{rest}"
    assert f"  {title} [wslconfig/invalid-boolean]\n" in out
    assert "Change to true" not in out
