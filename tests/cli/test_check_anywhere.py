"""`wslgo check` in a checkout on any computer: a GOPROXY order, a folder on /mnt, a CUDA program without its switch."""

import json
import os
from pathlib import Path

import pytest

import machines
from commandline import process, write

BASHRC = "export GOPROXY=direct,https://goproxy.cn\nexport GOCACHE=/mnt/c/go-cache\n"
CUDA = 'package main\n\n// #include <cuda_runtime.h>\nimport "C"\n\nfunc main() { C.cudaDeviceSynchronize() }\n'
DEBUG = {"name": "Debug", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"}

CARD = [
    "launch/no-launch-blocking",
    "goenv/folder-on-windows-drive",
    "goenv/unreachable-proxy",
    "goenv/folder-on-windows-drive",
]
WITHOUT_DRIVE = ["launch/no-launch-blocking", "goenv/unreachable-proxy"]


def host(name: str) -> tuple[str, ...]:
    return "--host", str(machines.HOSTS / f"{name}.json")


@pytest.fixture
def checkout(folder: Path) -> Path:
    """Return a repository with the three problems of the design card."""
    write(folder / "dotfiles/.bashrc", BASHRC)
    write(folder / ".vscode/launch.json", json.dumps({"configurations": [DEBUG]}))
    write(folder / ".vscode/settings.json", '{"go.toolsEnvVars": {"GOCACHE": "/mnt/d/go-cache"}}')
    write(folder / "go.mod", "module example.com/gpu\n\ngo 1.25\n")
    write(folder / "main.go", CUDA)
    return folder


def findings(*arguments: str, **environment: str) -> list[tuple[str, str]]:
    """Return rule and message of the findings about files other than go.mod."""
    printed = json.loads(process("check", "--format", "json", *arguments, **environment).stdout)
    return [(found["rule"], found["message"]) for found in printed["findings"] if found["path"] != "go.mod"]


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ((), {}),
        ((), {"CI": "true"}),
        (("dotfiles/.bashrc", ".vscode/launch.json", ".vscode/settings.json"), {"CI": ""}),
        (host("not-wsl"), {}),
        (host("ubuntu-24.04-nat"), {}),
    ],
    ids=str,
)
def test_the_design_card_is_seen_in_any_checkout(
    checkout: Path, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    assert sorted(rule for rule, _ in findings(*arguments, **environment)) == sorted(CARD)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("moved-automount-root", WITHOUT_DRIVE), ("wsl-1", ["launch/cuda-without-gpu", *WITHOUT_DRIVE])],
)
def test_a_known_fact_of_the_machine_decides(checkout: Path, name: str, expected: list[str]) -> None:
    assert [rule for rule, _ in findings(*host(name))] == expected


def test_the_message_says_that_it_is_so_on_wsl2(checkout: Path) -> None:
    [(_, message)] = findings("--select", "folder-on-windows-drive", "dotfiles")
    assert "on WSL2 /mnt/c is drive C:" in message


def test_a_moved_root_moves_the_drives(folder: Path) -> None:
    write(folder / ".bashrc", "export GOCACHE=/c/go-cache\nexport GOMODCACHE=/mnt/c/mod\n")
    [(_, message)] = findings(*host("moved-automount-root"))
    assert message.startswith("GOCACHE is on a Windows drive (C:\\)")


def test_a_moved_root_is_enough_where_the_mounts_are_unknown(folder: Path) -> None:
    write(folder / ".bashrc", "export GOCACHE=/drives/c/go-cache\nexport GOMODCACHE=/mnt/c/mod\n")
    write(folder / "host.json", '{"wsl": {"automount_root": "/drives"}}')
    [(_, message)] = findings("--host", "host.json")
    assert "on WSL2 /drives/c is drive C:" in message


@pytest.mark.slow
@pytest.mark.parametrize("value", ["/mnt/data/cache", "/mnt/cdrom", "/mnt/C/x", "/mnt", "/mnt/", "/c/x", "/media/c/x"])
def test_other_folders_stay_silent(folder: Path, value: str) -> None:
    write(folder / ".bashrc", f"export GOCACHE={value}\n")
    assert findings() == []
    assert findings(*host("not-wsl")) == []


@pytest.mark.parametrize("name", [".bashrc", ".profile", ".config/go/env", ".vscode-server/data/Machine/settings.json"])
def test_the_own_files_of_a_native_linux_machine_stay_silent(folder: Path, name: str) -> None:
    home = folder / "home"
    texts = {"env": "GOCACHE=/mnt/c/x\n", "settings.json": '{"go.toolsEnvVars": {"GOCACHE": "/mnt/c/x"}}'}
    path = write(home / name, texts.get(name.rpartition("/")[2], "export GOCACHE=/mnt/c/x\n"))
    # Elsewhere the same file is one of a repository.
    assert findings(str(path), HOME=str(home), GOENV="", CI="") == []
    assert findings(str(path), HOME=os.environ.get("HOME", "/root"))


def test_the_environment_of_a_native_linux_machine_stays_silent(folder: Path) -> None:
    write(folder / "go.mod", "module example.com/m\n")
    machine = json.loads((machines.HOSTS / "not-wsl.json").read_text(encoding="utf-8"))
    machine["go_variables"] = [{"name": "GOCACHE", "value": "/mnt/c/go-cache", "origin": "environment"}]
    write(folder / "host.json", json.dumps(machine))
    assert process("check", "--host", "host.json").stdout == b""
