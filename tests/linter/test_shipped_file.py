"""Findings in the go.env of a Go installation: no fix, and the command of the user's own value."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.linter.check import check
from wslgo.linter.fix import fix_file
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

PATH = "/usr/local/go/go.env"


def file(text: str, path: str = PATH) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def steps(text: str) -> list[str | None]:
    found = [reported.finding for reported in check(file(text))]
    assert not any(finding.fixes for finding in found)
    assert not fix_file(file(text)).is_changed
    return [finding.next.render() if finding.next else None for finding in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GOPROXY=https://goproxy.cn;direct\n", ["type: go env -w GOPROXY=https://goproxy.cn,direct"]),
        ("GOTOOLCHAIN=1.27.1\n", ["type: go env -w GOTOOLCHAIN=go1.27.1"]),
        ("GOFLAGS=-tags a\n", ["type: go env -w GOFLAGS=-tags=a"]),
        ("GO111MODULE=maybe\n", [None]),
        # Of two lines the first one counts here.
        ("GOTOOLCHAIN=auto\nGOTOOLCHAIN=1.27.1\n", []),
        # What Go and distributions ship.
        ("GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n", []),
        ("GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=local\n", []),
        ("# GOTOOLCHAIN=1.27.1\n GOTOOLCHAIN=1.27.1\n", []),
    ],
)
def test_a_finding_has_the_command_and_no_fix(text: str, found: list[str | None]) -> None:
    assert steps(text) == found


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("/usr/local/go/go.env", "go.env"),
        ("/usr/lib/go-1.22/go.env", "go.env"),
        ("/usr/lib/golang/go.env", "go.env"),
        ("/home/me/sdk/go1.26.1/go.env", "go.env"),
        ("/home/me/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.27.4.linux-amd64/go.env", "go.env"),
        ("/home/me/.local/share/mise/installs/go/1.26.1/go.env", "go.env"),
        ("/home/me/.asdf/installs/golang/1.26.1/go/go.env", "go.env"),
        ("/snap/go/10912/go.env", "go.env"),
        ("go.env", "dotenv"),
        ("docker/go/go.env", "dotenv"),
        ("/srv/mango/go.env", "dotenv"),
        ("/home/me/.config/go/env", "goenv"),
    ],
)
def test_the_files_of_installations_are_known_by_their_folders(path: str, family: str) -> None:
    found = family_of(path)
    assert found is not None
    assert found.name == family


@pytest.mark.skipif(shutil.which("go") is None, reason="needs go")
@pytest.mark.parametrize("line", ["GOTOOLCHAIN=1.27.1", "GOFLAGS=-tags a", "GOPROXY=https://goproxy.cn;direct"])
def test_the_command_works_although_the_value_is_wrong(line: str, tmp_path: Path) -> None:
    """go reads both files alike, and lets `go env -w` pass where a value stops every other command."""
    place = tmp_path / "env"
    place.write_text(f"{line}\n", encoding="utf-8")
    [step] = steps(f"{line}\n")
    assert step is not None
    words = step.removeprefix("type: ").split()
    go = Path(shutil.which("go") or "")
    environment = {"PATH": f"{go.parent}:/usr/bin:/bin", "HOME": str(tmp_path), "GOENV": str(place)}
    subprocess.run(words, env=environment, cwd=tmp_path, check=True, capture_output=True)
    assert place.read_text(encoding="utf-8") == f"{words[-1]}\n"
