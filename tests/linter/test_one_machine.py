"""Which files can be of one machine."""

import pytest

from wslgo.linter.one_machine import is_one_machine

HOME = "/home/me"


@pytest.mark.parametrize(
    ("place", "other"),
    [
        ("/src/dotfiles/.wslconfig", "/src/dotfiles/wsl.conf"),
        ("/src/dotfiles/.wslconfig", "/src/dotfiles/etc/wsl.conf"),
        ("/src/dotfiles/windows/.wslconfig", "/src/dotfiles/wsl/etc/wsl.conf"),
        ("/src/pc/.wslconfig", "/src/pc/ubuntu/wsl.conf"),
        ("/mnt/c/Users/me/.wslconfig", "/etc/wsl.conf"),
        ("/c/Users/me/.wslconfig", "/etc/wsl.conf"),
        ("/home/me/.bashrc", "/etc/environment"),
        ("/home/me/.config/go/env", "/home/me/.bashrc"),
    ],
)
def test_files_of_one_folder_or_of_this_machine_are_together(place: str, other: str) -> None:
    assert is_one_machine(place, other, HOME)
    assert is_one_machine(other, place, HOME)


@pytest.mark.parametrize(
    ("place", "other"),
    [
        ("/src/a/.wslconfig", "/src/b/wsl.conf"),
        ("/src/a/.wslconfig", "/src/ab/wsl.conf"),
        ("/src/desktop/windows/.wslconfig", "/src/laptop/etc/wsl.conf"),
        ("/src/dotfiles/.wslconfig", "/etc/wsl.conf"),
        ("/home/me/dotfiles/.bashrc", "/home/me/.bashrc"),
        ("/home/other/.bashrc", "/home/me/.profile"),
        ("/home/me/dotfiles/wsl.conf", "/mnt/c/Users/me/.wslconfig"),
    ],
)
def test_files_of_two_folders_are_not(place: str, other: str) -> None:
    assert not is_one_machine(place, other, HOME)
    assert not is_one_machine(other, place, HOME)
