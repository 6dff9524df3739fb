"""Which toolchain a go command runs for a module, and what keeps it from that; the first of the claims with real go."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from wslgo.golang.toolchain import GoCommand, Lines, Obstacle, chosen, obstacle
from wslgo.knowledge.go_releases import end_of_support
from wslgo.knowledge.version import go_version

GO = shutil.which("go")
PROXY = "https://proxy.golang.org,direct"


def go(version: str, gotoolchain: str | None = "auto", **more: str) -> GoCommand:
    known = go_version(version)
    assert known is not None
    return GoCommand(known, gotoolchain, **{"goproxy": PROXY, "gosumdb": "sum.golang.org", **more})


@pytest.mark.parametrize(
    ("command", "line", "toolchain", "expected"),
    [
        # Recorded with these go commands.
        (go("1.22.2"), "1.24", "", Obstacle.NAME),
        (go("1.22.3"), "1.24", "", Obstacle.NAME),
        (go("1.21.10"), "1.22", "", Obstacle.NAME),
        (go("1.22.2", "path"), "1.24", "", Obstacle.NAME),
        (go("1.22.2", "local"), "1.27.0", "", Obstacle.LOCAL),
        (go("1.22.2", "local"), "1.24", "", Obstacle.LOCAL),
        (go("1.22.2", ""), "1.27.0", "", Obstacle.LOCAL),
        (go("1.26.8", "go1.21.13"), "1.27.0", "", Obstacle.LOCAL),
        (go("1.26.8", "go1.22.5"), "1.24", "", Obstacle.LOCAL),
        (go("1.23.0", "path"), "1.27.0", "", Obstacle.PATH),
        (go("1.23.0", "local+path"), "1.21", "go1.27.1", Obstacle.PATH),
        (go("1.23.0", goproxy="off"), "1.27", "", Obstacle.PROXY),
        (go("1.23.0", gosumdb="off"), "1.27", "", Obstacle.CHECKSUM),
        (go("1.18.10"), "1.24.0", "", Obstacle.SYNTAX),
        (go("1.20.14"), "1.24rc1", "", Obstacle.SYNTAX),
        (go("1.20.14"), "1.20", "go1.24.2", Obstacle.DIRECTIVE),
        (go("1.18.10"), "1.24", "", Obstacle.TOO_OLD),
    ],
)
def test_what_keeps_go_from_building(command: GoCommand, line: str, toolchain: str, expected: Obstacle) -> None:
    assert obstacle(Lines(line, toolchain), command) is expected


@pytest.mark.parametrize(
    ("command", "line", "toolchain"),
    [
        (go("1.22.4"), "1.24", ""),
        (go("1.21.11"), "1.22", ""),
        (go("1.23.0"), "1.27", ""),
        (go("1.22.2"), "1.24.0", ""),
        (go("1.22.2"), "1.24", "go1.24.2"),
        (go("1.22.2"), "1.22", ""),
        (go("1.22.2", ""), "1.22", "go1.24.2"),
        (go("1.22.2", None), "1.27.0", ""),
        (go("1.22.2"), "1.21", "go1.24.2"),
        (go("1.22.2", "local"), "1.22", "go1.27.0"),
        (go("1.22.2", "local"), "1.22.2", ""),
        (go("1.26.8", "go1.27.1"), "1.27.0", ""),
        (go("1.23.0", gosumdb="off", goproxy="file:///proxy"), "1.27", ""),
        (go("1.23.0", goproxy="https://goproxy.cn,off"), "1.27", ""),
        (go("1.23.0", None), "1.27", ""),
        (go("1.22.2", "local", module_mode="off"), "1.27", ""),
        (go("1.22.2", "bash"), "1.21", ""),
        (go("1.22.2"), "", ""),
        (go("1.22.2"), "1.99", "default"),
        (go("1.18.10"), "1.19", ""),
        (go("1.20.14"), "1.20", ""),
    ],
)
def test_go_builds_the_module_or_nothing_is_known(command: GoCommand, line: str, toolchain: str) -> None:
    assert obstacle(Lines(line, toolchain), command) is None


@pytest.mark.parametrize(
    ("version", "day"),
    [("1.24.13", "2026-02-10"), ("1.25.3", "2026-08-19"), ("1.26.8", None), ("1.27", None), ("1.99.0", None)],
)
def test_two_releases_are_supported(version: str, day: str | None) -> None:
    known = go_version(version)
    assert known is not None
    assert end_of_support(known) == day


@pytest.mark.parametrize("version", ["1.10.4", "1.18.1"])
def test_old_releases_are_not_supported(version: str) -> None:
    known = go_version(version)
    assert known is not None
    assert end_of_support(known) is not None


LINES = [
    *(Lines(line, toolchain) for line in ("1.20", "1.99", "1.99.0", "1.99rc1") for toolchain in ("", "go1.99.7")),
    Lines("1.20", "default"),
]
WORDS = {
    Obstacle.LOCAL: "requires go >= 1.99",
    Obstacle.PATH: "in PATH",
    Obstacle.PROXY: "toolchain not available",
}


@pytest.mark.slow
@pytest.mark.skipif(GO is None, reason="needs the go command")
@pytest.mark.parametrize("gotoolchain", ["local", "auto", "path", "local+auto", "local+path"])
@pytest.mark.parametrize("lines", LINES)
def test_the_real_go_agrees(tmp_path: Path, lines: Lines, gotoolchain: str) -> None:
    toolchain = f"toolchain {lines.toolchain}\n" if lines.toolchain else ""
    (tmp_path / "go.mod").write_text(f"module example.com/m\n\ngo {lines.go}\n{toolchain}", encoding="utf-8")
    (tmp_path / "main.go").write_text("package main\n\nfunc main() {}\n", encoding="utf-8")
    version = _run("version", tmp_path, "local").stdout.split()[2].removeprefix("go")
    expected = obstacle(lines, go(version, gotoolchain, goproxy="off"))
    ran = _run("list", tmp_path, gotoolchain)
    # go.mod with a superfluous toolchain line wants `go mod tidy`, which is not about the toolchain.
    assert (WORDS[expected] in ran.stderr) if expected else not re.search("requires go|PATH|not available", ran.stderr)
    name = chosen(lines, go(version, gotoolchain))
    assert name is None or name.name in ran.stderr


def _run(command: str, folder: Path, gotoolchain: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "GOTOOLCHAIN": gotoolchain,
        "GOPROXY": "off",
        "GOENV": "off",
        "GOFLAGS": "",
        "GOWORK": "off",
        "GOMODCACHE": str(folder / "cache"),
        "GOSUMDB": "sum.golang.org",
    }
    assert GO is not None
    return subprocess.run([GO, command], cwd=folder, env=environment, capture_output=True, text=True, check=False)
