"""The places that are measured: by the mount table of a machine, never by a name."""

import os
from pathlib import Path

import pytest

from wslgo.bench.places import places, problem_of
from wslgo.machine.host import Host, Mount, Windows
from wslgo.system.this_machine import ThisMachine


class Disks(ThisMachine):
    """A machine with some folders that this user can write, each on the device that its number names."""

    def __init__(self, writable: dict[str, int], home: str = "/home/me") -> None:
        self._writable, self._home = writable, home

    @property
    def environment(self) -> dict[str, str]:
        return {"HOME": self._home}

    def stat(self, path: str) -> os.stat_result | None:
        device = self._writable.get(path)
        return None if device is None else os.stat_result((0o40755, 1, abs(device), 2, 0, 0, 0, 0, 0, 0))

    def exists(self, path: str) -> bool:
        return path in self._writable

    def can_write(self, path: str) -> bool | None:
        return self._writable.get(path, -1) > 0


HOST = Host(
    home="/home/me",
    windows=Windows(profile="/mnt/c/Users/Me"),
    mounts=(
        Mount("/", "ext4"),
        Mount("/mnt/d", "9p", "D:\\", "D:\\"),
        Mount("/mnt/c", "9p", "C:\\", "C:\\"),
        Mount("/mnt/wsl", "tmpfs"),
        Mount("/usr/lib/wsl/drivers", "9p", "drivers", "C:\\Windows"),
        Mount("/data", "btrfs"),
        Mount("/var/lib/docker", "ext4"),
        Mount("/tmp", "tmpfs"),
    ),
)
CACHE = "/home/me/.cache"


def test_the_linux_disk_is_first_then_windows_drives_then_other_disks() -> None:
    world = Disks(
        {CACHE: 1, "/mnt/c": -2, "/mnt/c/Users/Me": 2, "/mnt/d": 3, "/data": 4, "/": -1, "/var/lib/docker": 5}
    )
    found, skipped = places(HOST, world)
    assert [(place.name, place.folder) for place in found] == [
        ("/", CACHE),
        ("C:", "/mnt/c/Users/Me"),
        ("D:", "/mnt/d"),
        ("/data", "/data"),
    ]
    assert not skipped


def test_the_temporary_folder_of_the_profile_comes_first() -> None:
    temporary = "/mnt/c/Users/Me/AppData/Local/Temp"
    found, _ = places(HOST, Disks({CACHE: 1, "/mnt/c": -2, temporary: 2, "/mnt/c/Users/Me": 2}))
    assert found[1].folder == temporary


def test_a_drive_without_a_folder_to_write_is_named() -> None:
    found, skipped = places(HOST, Disks({CACHE: 1, "/mnt/d": -3}))
    assert [place.name for place in found] == ["/"]
    assert [each.name for each in skipped] == ["D:"]


def test_a_second_mount_of_the_same_disk_is_measured_once() -> None:
    found, _ = places(HOST, Disks({CACHE: 1, "/data": 1}))
    assert [place.name for place in found] == ["/"]


def test_a_drive_that_is_mounted_twice_is_measured_once() -> None:
    host = HOST._replace(mounts=(*(HOST.mounts or ()), Mount("/c", "9p", "C:\\", "C:\\")))
    found, _ = places(host, Disks({CACHE: 1, "/mnt/c": 2, "/c": 7}))
    assert len([place for place in found if place.name == "C:"]) == 1


def test_a_home_on_a_windows_drive_is_not_the_linux_place() -> None:
    host = HOST._replace(home="/mnt/c/home")
    found, _ = places(host, Disks({"/mnt/c/home/.cache": 2, "/mnt/c/home": 2, "/var/tmp": 1}, "/mnt/c/home"))
    assert found[0].folder == "/var/tmp"


def test_without_any_folder_on_linux_there_is_nothing_to_compare_with() -> None:
    with pytest.raises(ValueError):
        places(HOST, Disks({"/mnt/c": 2}))


def test_requested_folders_come_last_under_their_own_name() -> None:
    found, _ = places(HOST, Disks({CACHE: 1, "/tmp": 6, "/tmp/x": 6}), ("/tmp/x",))
    assert [(place.name, place.kind) for place in found] == [("/", "ext4"), ("/tmp/x", "tmpfs")]


def test_mounts_that_are_unknown_leave_the_linux_disk() -> None:
    found, _ = places(Host(home="/home/me"), Disks({CACHE: 1}))
    assert [(place.name, place.folder) for place in found] == [("/", CACHE)]


def test_a_requested_folder_must_exist_and_be_outside_of_projects(tmp_path: Path) -> None:
    world = ThisMachine()
    assert problem_of(str(tmp_path), world, is_in_project=False) is None
    assert problem_of("relative", world, is_in_project=False) is not None
    assert problem_of(f"{tmp_path}/missing", world, is_in_project=False) is not None
    problem = problem_of(str(tmp_path), world, is_in_project=True)
    assert problem is not None
    assert "never written" in problem.render()
