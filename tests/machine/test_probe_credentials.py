"""The programs that git and docker start for logins: as the probe finds them, and as the real git starts them."""

import os
import subprocess
from pathlib import Path

import pytest

from machines import Tree
from natmachine import nat_machine
from wslgo.linter.machine_check import machine_findings
from wslgo.machine.host import Host
from wslgo.machine.probe import probe
from wslgo.machine.redaction import redacted_host

RULE = "machine/credential-helper-fails"
DOCKER = "-- /usr/bin/docker (elf amd64) --\n"
CONFIG = "/home/user/.docker/config.json"
FACTS = frozenset({"network.credential_helpers", "network.credential_manager", "wsl.has_interop", "wsl.generation"})
STORE = "/usr/lib/git-core/git-credential-store"
MANAGER = "/mnt/c/Program Files/Git/mingw64/bin/git-credential-manager.exe"


def gitconfig(*lines: str) -> str:
    return "-- /home/user/.gitconfig --\n[credential]\n" + "".join(f"\thelper = {line}\n" for line in lines)


def host_with(changes: str, folder: Path) -> Host:
    return probe(nat_machine(changes, folder), FACTS)


def steps(host: Host) -> list[str]:
    found = [each.finding for each in machine_findings(host) if each.rule == RULE]
    return [each.next.render() for each in found if each.next is not None]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        (DOCKER + f'-- {CONFIG} --\n{{"credsStore": "desktop.exe"}}\n', [""]),
        (
            DOCKER
            + "-- /usr/bin/docker-credential-desktop.exe (elf amd64) --\n"
            + f'-- {CONFIG} --\n{{"credsStore": "desktop.exe"}}\n',
            ["/usr/bin/docker-credential-desktop.exe"],
        ),
        (f'-- {CONFIG} --\n{{"credsStore": "desktop.exe"}}\n', []),  # without docker nothing starts it
        (DOCKER + f'-- {CONFIG} --\n{{"credHelpers": {{"a.example": "ecr-login"}}, "auths": {{}}}}\n', [""]),
        (DOCKER + f"-- {CONFIG} --\n{{\n", []),
        (DOCKER + f"-- {CONFIG} --\n[1]\n", []),
        (DOCKER + f'-- {CONFIG} --\n{{"credsStore": ""}}\n', []),
        (gitconfig("manager"), [None]),  # the machine shows no folder of git
        (gitconfig("manager") + f"-- {STORE} --\n", [""]),
        (
            gitconfig("store") + f"-- {STORE} --\n",
            ["/usr/lib/git-core/git-credential-store"],
        ),
        (gitconfig("/opt/helper --all") + "-- /opt/helper --\n", ["/opt/helper"]),
        (gitconfig("!f() { echo; }; f"), [None]),
        (gitconfig("/gone", '""'), []),
        ("", []),
    ],
)
def test_a_helper_is_found_as_git_and_docker_find_it(changes: str, paths: list[str | None], tmp_path: Path) -> None:
    helpers = host_with(changes, tmp_path).network.credential_helpers
    assert [helper.path for helper in helpers or ()] == paths


def test_a_space_without_a_backslash_ends_the_path(tmp_path: Path) -> None:
    host = host_with(gitconfig(f'"{MANAGER}"') + f"-- {MANAGER} --\n", tmp_path)
    assert [helper.is_split for helper in host.network.credential_helpers or ()] == [True]
    assert "Program\\ Files" in steps(host)[0]
    assert host.network.credential_manager == MANAGER


def test_a_path_with_backslashes_is_found(tmp_path: Path) -> None:
    escaped = MANAGER.replace(" ", "\\\\ ")
    host = host_with(gitconfig(f'"{escaped}"') + f"-- {MANAGER} --\n", tmp_path)
    assert [helper.path for helper in host.network.credential_helpers or ()] == [MANAGER]
    assert not steps(host)


def test_a_missing_manager_is_replaced_by_the_one_that_is_there(tmp_path: Path) -> None:
    old = "/mnt/c/Program\\\\ Files/Git/mingw64/libexec/git-core/git-credential-manager-core.exe"
    host = host_with(gitconfig(f'"{old}"') + f"-- {MANAGER} --\n", tmp_path)
    [step] = steps(host)
    assert "credential.helper '/mnt/c/Program\\ Files/Git/mingw64/bin/git-credential-manager.exe'" in step
    assert steps(redacted_host(host).host)


def test_a_program_of_windows_needs_interop(tmp_path: Path) -> None:
    changes = gitconfig("/mnt/c/manager.exe") + "-- /mnt/c/manager.exe --\n"
    changes += "-- without: /proc/sys/fs/binfmt_misc/WSLInterop --\n"
    assert "/etc/wsl.conf" in steps(host_with(changes, tmp_path))[0]


def filled(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what the real git makes of the helpers of a user."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    asked = "protocol=https\nhost=git.corp.example\n\n"
    words = ["git", "credential", "fill"]
    return subprocess.run(words, input=asked, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("value", "works"),
    [
        ('"{folder}/a\\\\ b/helper"', True),
        ('"{folder}/a b/helper"', False),
        ("\"'{folder}/a b/helper'\"", False),
        ('"{folder}/gone/helper"', False),
        ("wslgo-has-none", False),
    ],
)
def test_git_starts_what_the_probe_finds(value: str, works: bool, tmp_path: Path) -> None:
    helper = tmp_path / "a b/helper"
    helper.parent.mkdir()
    helper.write_text("#!/bin/sh\necho username=me\necho password=secret\n", encoding="utf-8")
    helper.chmod(0o755)
    config = f"[credential]\n\thelper = {value.format(folder=tmp_path)}\n"
    (tmp_path / ".gitconfig").write_text(config, encoding="utf-8")
    assert (filled(tmp_path).returncode == 0) is works
    (tmp_path / "root").mkdir()
    for path in ("/", f"{tmp_path}/a b", "/usr/lib/git-core"):
        Path(f"{tmp_path}/root{path}").mkdir(parents=True, exist_ok=True)
    Path(f"{tmp_path}/root{tmp_path}/a b/helper").touch()
    Path(f"{tmp_path}/root/usr/lib/git-core/git-credential-store").touch()
    Path(f"{tmp_path}/root{tmp_path}/.gitconfig").write_text(config, encoding="utf-8")
    host = probe(Tree(tmp_path / "root", {"HOME": str(tmp_path)}), FACTS)
    assert [bool(each.path) for each in host.network.credential_helpers or ()] == [works]
