"""The rules about files of fish, tried with the real fish before and after their fix."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.linter.check import check
from wslgo.linter.fix import fix_file
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

FISH = shutil.which("fish")
NAME = ".config/fish/config.fish"
PATH = "/usr/bin:/bin"

pytestmark = pytest.mark.skipif(FISH is None, reason="needs fish")


def file_of(text: str) -> File:
    family = family_of(NAME)
    assert family is not None
    return read(NAME, family, Source(text), f"/home/me/{NAME}")


def rules(text: str) -> list[str]:
    return [each.rule for each in check(file_of(text)) if each.rule.startswith("fish/")]


def added(text: str, folder: Path, *options: str) -> list[str]:
    """Return the folders that the real fish adds to PATH when it reads the file."""
    place = folder / NAME
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    for name in ("work/bin", "go/bin"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    assert FISH is not None
    done = subprocess.run(
        [FISH, *options, "-c", "string join \\n $PATH"],
        env={"HOME": str(folder), "PATH": PATH, "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    known = PATH.split(":")
    return [line.replace(str(folder), "~") for line in done.stdout.split() if line not in known]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "rule", "before", "after"),
    [
        ("set -gx GOPATH ~/work\nset -gx PATH $PATH $GOPATH\n", "go-folder-without-bin", ["~/work"], ["~/work/bin"]),
        ('set -gx GOPATH ~/work\nset -gx PATH "$PATH:$GOPATH"\n', "go-folder-without-bin", ["~/work"], ["~/work/bin"]),
        ("set -gx GOPATH ~/work\nfish_add_path -g $GOPATH\n", "go-folder-without-bin", ["~/work"], ["~/work/bin"]),
        (
            "set -gx PATH $PATH ~/go/bin\nset -x A b\nset -gx PATH $PATH ~/go/bin\n",
            "repeated-line",
            ["~/go/bin", "~/go/bin"],
            ["~/go/bin"],
        ),
        (
            "if status is-interactive\n    set -gx PATH $PATH ~/go/bin\nend\n",
            "go-path-for-terminals-only",
            [],
            ["~/go/bin"],
        ),
        (
            "status --is-interactive; or exit\nset -gxa PATH ~/go/bin\n",
            "go-path-for-terminals-only",
            [],
            ["~/go/bin"],
        ),
        (
            "if status is-interactive; alias l ls\n if test -d ~/go; alias g git; end\n set -xga PATH ~/go/bin\nend\n",
            "go-path-for-terminals-only",
            [],
            ["~/go/bin"],
        ),
    ],
)
def test_fish_finds_go_after_the_fix(text: str, rule: str, before: list[str], after: list[str], tmp_path: Path) -> None:
    assert rules(text) == [f"fish/{rule}"]
    assert added(text, tmp_path) == before
    fixed = fix_file(file_of(text), unsafe=True).after.source.text
    assert rules(fixed) == []
    assert added(fixed, tmp_path) == after


@pytest.mark.parametrize(
    "text",
    [
        "set -gx PATH $PATH $GOPATH/bin\n",
        "set -l PATH $PATH $GOPATH\n",
        "set -e PATH $GOPATH\n",
        "set -q PATH $GOPATH\n",
        "fish_add_path --dry-run $GOPATH\n",
        "echo fish_add_path $GOPATH\n",
        "# set -gx PATH $PATH $GOPATH\n",
        "set -gx CDPATH . $GOPATH\n",
        "fish_add_path ~/go/bin # once; end\n",
        "if status is-interactive\n    alias l ls\nend\nset -gx PATH $PATH ~/go/bin\n",
        "if status is-interactive\n    alias l ls\nelse\n    set -gx PATH $PATH ~/go/bin\nend\n",
        "if not status is-interactive\n    set -gx PATH $PATH ~/go/bin\nend\n",
        "if status is-interactive\n    if test -d ~/go\n        set -gx PATH $PATH ~/go/bin\n    end\nend\n",
        "if status is-interactive; and test -d ~/go\n    set -gx PATH $PATH ~/go/bin\nend\n",
        "set -gx PATH $PATH ~/go/bin\nset -gx PATH $PATH ~/work/bin\n",
        "if test -d a; set -gx PATH $PATH ~/go/bin; else; set -gx PATH $PATH ~/go/bin; end\n",
        "function a; set -gx PATH $PATH ~/go/bin; end\nfunction b; set -gx PATH $PATH ~/go/bin; end\n",
        "set -gx GOPROXY direct\nset -gx GOPROXY off\nset -gx GOPROXY direct\n",
        # fish reads the carriage return as a space.
        "set -gx PATH $PATH $GOPATH/bin\r\n",
        "",
        "end\nend\nif\n",
    ],
)
def test_other_lines_of_fish_stay_silent(text: str) -> None:
    assert rules(text) == []


@pytest.mark.slow
def test_fish_reads_windows_line_endings(tmp_path: Path) -> None:
    assert added("set -gx PATH $PATH ~/go/bin\r\n", tmp_path) == ["~/go/bin"]
