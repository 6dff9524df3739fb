"""Private modules of a real repository and home, as `wslgo check --machine` reports them."""

import os
import re
from pathlib import Path

import pytest

from commandline import process

pytestmark = pytest.mark.slow

MODULE = "module example.com/web\n\nrequire git.corp.example/team/lib v1.2.0\n"
PASSWORD = "s3cr3t-w0rd"


def reported(folder: Path, *options: str, **environment: str) -> list[tuple[str, str]]:
    """Return severity and next step of the findings about private modules."""
    variables = {"HOME": str(folder / "home"), "CI": "", "GOENV": "", "GOPROXY": "", "GOPRIVATE": "", **environment}
    done = process("check", "web/go.mod", *options, cwd=folder, **variables)
    printed = done.stdout.decode()
    assert PASSWORD not in printed + done.stderr.decode()
    found = re.findall(r": (\w+): .*\[gomod/private-module-not-exempt\]\n((?:.*[|=].*\n)*)", printed)
    return [(severity, below.rpartition("= ")[2].strip()) for severity, below in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "home/.config/go").mkdir(parents=True)
    (tmp_path / "web/.git").mkdir(parents=True)
    (tmp_path / "web/go.mod").write_text(MODULE)
    return tmp_path


def test_a_login_and_a_remote_are_hints_and_the_list_of_the_team_a_warning(folder: Path) -> None:
    assert reported(folder, "--machine") == []
    config = folder / "web/.git/config"
    config.write_text(f'[remote "origin"]\n\turl = https://me:{PASSWORD}@git.corp.example/team/web.git\n')
    step = "next: type: go env -w GOPRIVATE=git.corp.example"
    assert reported(folder, "--machine") == [("hint", step)]
    assert reported(folder) == []
    (folder / "web/wslgo.yaml").write_text("check: {private: [git.corp.example/team]}\n")
    assert reported(folder, "--machine") == [("warning", f"{step}/team")]
    (folder / "home/.config/go/env").write_text("GOPRIVATE=git.other.example\n")
    [(severity, fix)] = reported(folder, "--machine")
    assert (severity, fix.partition(" in ")[0].rpartition(": ")[2]) == (
        "warning",
        "Add git.corp.example/team to GOPRIVATE",
    )
    (folder / "home/.config/go/env").write_text("GOPRIVATE=*.corp.example\n")
    assert reported(folder, "--machine") == []


def test_a_login_of_netrc_is_a_hint_unless_a_private_proxy_has_the_module(folder: Path) -> None:
    (folder / "home/.netrc").write_text(f"machine git.corp.example login me password {PASSWORD}\n")
    assert [severity for severity, _ in reported(folder, "--machine")] == ["hint"]
    for proxy in ("https://goproxy.corp.example,https://proxy.golang.org,direct", "direct", "off", "file:///srv/go"):
        assert reported(folder, "--machine", GOPROXY=proxy) == []
    assert reported(folder, "--machine", GOPRIVATE="git.corp.example") == []
    exported = reported(folder, "--machine", GOPRIVATE="git.other.example")
    assert exported == [("hint", "next: add git.corp.example to GOPRIVATE where it is exported")]
    assert reported(folder, "--machine", GONOPROXY="git.corp.example") == []
    assert reported(folder, "--machine", GONOSUMDB="git.corp.example") == []


def test_git_is_never_run(folder: Path) -> None:
    marker = folder / "ran"
    (folder / "bin").mkdir()
    (folder / "bin/git").write_text(f"#!/bin/sh\ntouch {marker}\n")
    (folder / "bin/git").chmod(0o755)
    (folder / "web/.git/config").write_text(
        f'[core]\n\tfsmonitor = "touch {marker}"\n[remote "o"]\n\turl = git@git.corp.example:a/b\n'
    )
    path = f"{folder}/bin:{os.environ['PATH']}"
    assert len(reported(folder, "--machine", PATH=path)) == 1
    assert not marker.exists()
