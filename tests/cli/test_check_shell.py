"""Shell files and the files beside them."""

import json
from pathlib import Path

import pytest

import machines
from commandline import process, write

GUARDED = "case $- in *i*) ;; *) return ;; esac\nexport PATH=$PATH:/usr/local/go/bin\n"
DISPLAY = "export DISPLAY=$(awk '/nameserver/ {print $2}' /etc/resolv.conf):0\n"


def rules(*arguments: str, text: str = "", **environment: str) -> list[str]:
    printed = process("check", "--format", "json", *arguments, stdin=text.encode(), **environment).stdout
    return [found["rule"] for found in json.loads(printed)["findings"]]


def host(name: str) -> tuple[str, ...]:
    return "--host", str(machines.HOSTS / f"{name}.json")


def test_a_login_file_in_the_same_folder_adds_go_to_path(folder: Path) -> None:
    write(folder / "me/.bashrc", GUARDED)
    assert rules() == ["shell/go-path-for-terminals-only"]
    write(folder / "me/.profile", "export PATH=$PATH:/usr/local/go/bin\n. ~/.bashrc\n")
    assert rules() == []


def test_a_login_file_in_another_folder_is_of_another_user(folder: Path) -> None:
    write(folder / "me/.bashrc", GUARDED)
    write(folder / "you/.profile", "export PATH=$PATH:/usr/local/go/bin\n")
    assert rules() == ["shell/go-path-for-terminals-only"]


@pytest.mark.parametrize(
    ("machine", "place", "expected"),
    [
        ("not-wsl", "/home/user/.bashrc", []),
        ("not-wsl", "/home/user/dotfiles/.bashrc", ["shell/display-by-hand"]),
        ("windows-10", "/home/user/.bashrc", []),
        ("ubuntu-24.04-nat", "/home/user/.bashrc", ["shell/display-by-hand"]),
    ],
)
def test_a_display_by_hand_is_seen_on_wsl_and_in_files_for_it(machine: str, place: str, expected: list[str]) -> None:
    assert rules("--stdin-filename", place, *host(machine), text=DISPLAY) == expected


def test_settings_of_wsl_in_the_same_repository_decide(folder: Path) -> None:
    write(folder / ".bashrc", DISPLAY)
    write(folder / "windows/.wslconfig", "[wsl2]\nguiApplications=false\n")
    assert rules() == ["shell/host-address-from-resolv-conf"]
    write(folder / "windows/.wslconfig", "[wsl2]\nguiApplications=false\ndnsTunneling=false\n")
    assert rules() == []
