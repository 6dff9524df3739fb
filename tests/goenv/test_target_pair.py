"""GOOS and GOARCH that a file sets in the same place, and in different ones."""

import pytest

from wslgo.linter.check import check
from wslgo.machine.host import Go, Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source


def pairs(path: str, text: str, host: Host | None = None) -> list[str]:
    family = family_of(path)
    assert family is not None
    found = check(read(path, family, Source(text), f"/work/m/{path}"), host=host or Host())
    of_rule = (reported for reported in found if reported.rule == "goenv/unsupported-target")
    return [reported.finding.message.render("en").partition(" pair ")[2].partition(".")[0] for reported in of_rule]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".bashrc", "export GOOS=darwin\nexport GOARCH=386\n"),
        (".bashrc", "export GOARCH=386 GOOS=linux\nexport GOOS=darwin\n"),
        (".config/fish/config.fish", "set -gx GOOS darwin\nset -gx GOARCH 386\n"),
        (".envrc", "export GOOS=darwin\nexport GOARCH=386\n"),
        ("mise.toml", '[env]\nGOOS = "darwin"\nGOARCH = "386"\n'),
        ("build.env", "GOOS=darwin\nGOARCH=386\n"),
        ("Makefile", "export GOOS := darwin\nexport GOARCH := 386\n"),
        ("Dockerfile", "FROM golang\nENV GOOS=darwin GOARCH=386\n"),
        ("Dockerfile", "FROM golang\nENV GOOS=linux\nFROM golang\nENV GOOS=darwin\nENV GOARCH=386\n"),
        ("compose.yaml", "services:\n  a:\n    environment:\n      - GOOS=darwin\n      - GOARCH=386\n"),
        (".gitlab-ci.yml", 'build:\n  variables:\n    GOOS: darwin\n    # old\n    A: b\n\n    GOARCH: "386"\n'),
        (".vscode/settings.json", '{"go.toolsEnvVars": {"GOOS": "darwin", "GOARCH": "386"}}'),
        (".devcontainer.json", '{"containerEnv": {"GOOS": "darwin", "GOARCH": "386"}}'),
    ],
)
def test_a_pair_in_the_same_place_is_reported(path: str, text: str) -> None:
    assert pairs(path, text) == ["darwin/386"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".bashrc", "export GOOS=darwin\nexport GOARCH=386\nexport GOARCH=arm64\n"),
        (".bashrc", "export GOOS=darwin\nexport GOARCH=$(uname -m)\n"),
        (".bashrc", "GOOS=darwin GOARCH=386\n"),
        (".bashrc", 'case "$1" in a) export GOOS=darwin;; b) export GOARCH=386;; esac\n'),
        ("Makefile", "mac: export GOOS := darwin\nold: export GOARCH := 386\n"),
        ("Makefile", "export GOOS ?= darwin\nexport GOARCH ?= 386\n"),
        ("Dockerfile", "FROM golang\nENV GOOS=darwin\nRUN GOARCH=386 GOOS=linux go build\n"),
        ("Dockerfile", "FROM golang\nARG GOOS=darwin\nARG GOARCH=386\n"),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    env:\n      GOOS: darwin\n    steps:\n      - env:\n          GOARCH: '386'\n",
        ),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          export GOOS=darwin\n          export GOARCH=386\n",
        ),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    env:\n      GOOS: darwin\n      GOARCH: ${{ matrix.arch }}\n",
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    environment:\n      GOOS: darwin\n  b:\n    environment:\n      GOARCH: '386'\n",
        ),
        (".vscode/settings.json", '{"go.toolsEnvVars": {"GOOS": "darwin"}, "go.testEnvVars": {"GOARCH": "386"}}'),
        (".vscode/settings.json", '{"go.toolsEnvVars": {"GOOS": "macos", "GOARCH": "386"}}'),
        (".bashrc", "export GOOS=openbsd GOARCH=mips64\n"),
    ],
)
def test_other_pairs_stay_silent(path: str, text: str) -> None:
    assert pairs(path, text) == []


@pytest.mark.parametrize(("version", "found"), [("1.25.9", []), ("1.26.0", ["windows/arm"]), ("", [])])
def test_a_pair_that_newer_go_lacks_depends_on_the_go_in_use(version: str, found: list[str]) -> None:
    host = Host(go=Go("/usr/local/go/bin/go", version))
    assert pairs(".bashrc", "export GOOS=windows GOARCH=arm\n", host) == found
    assert pairs("Dockerfile", "FROM golang:1.24\nENV GOOS=windows GOARCH=arm\n", host) == []
