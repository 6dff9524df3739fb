"""A machine as a value: its answers about paths, and its JSON form."""

import json

import pytest

import machines
from wslgo.machine.host import UNKNOWN, Host, Mount, Running, Snapshot, Variable, Wsl
from wslgo.machine.host_json import from_json, to_json

C = Mount("/mnt/c", "9p", "C:\\", "C:\\")
MOVED = (
    Mount("/", "ext4", "/dev/sdc"),
    Mount("/c", "9p", "C:\\", "C:\\"),
    Mount("/games", "9p", "C:\\", "C:\\Users\\user\\Saved Games"),
    Mount("/srv/team", "9p", "\\\\files\\team", "\\\\files\\team"),
)


@pytest.mark.parametrize("name", machines.NAMES)
def test_a_recorded_machine_is_read_and_written_unchanged(name: str) -> None:
    text = (machines.HOSTS / f"{name}.json").read_text(encoding="utf-8")
    assert machines.recorded(machines.host(name)) == text


def test_unknown_facts_are_left_out() -> None:
    assert to_json(UNKNOWN) == {"network": {"proxies": []}}
    assert from_json({}) == UNKNOWN


def test_known_empty_facts_are_kept() -> None:
    nothing = Host(wsl=Wsl(generation=0, others_running=(), has_interop=False), running=Running(swap=0), mounts=())
    assert from_json(json.loads(json.dumps(to_json(nothing)))) == nothing


def test_text_keeps_bytes_that_are_not_utf_8() -> None:
    host = Host(wslconf=Snapshot("/etc/wsl.conf", "[boot]\r\n\udcff"))
    assert from_json(json.loads(json.dumps(to_json(host)))) == host


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ([], "host: "),
        ({"wsl": {"generation": "2"}}, "host.wsl.generation: "),
        ({"wsl": {"generation": True}}, "host.wsl.generation: "),
        ({"mounts": [{"target": "/"}]}, r"host.mounts\[0\]: kind is missing"),
        ({"mounts": "all"}, "host.mounts: "),
        ({"colour": "red"}, "no such fact: colour"),
    ],
)
def test_the_error_names_the_place_of_a_wrong_value(value: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        from_json(value)


@pytest.mark.parametrize(
    ("path", "is_on_windows"),
    [
        ("/c", True),
        ("/c/src", True),
        ("/cache", False),
        ("/mnt/c/src", False),
        ("/games/x", True),
        ("/srv/team/a", True),
    ],
)
def test_a_windows_drive_is_recognised_by_its_mount(path: str, is_on_windows: bool) -> None:
    assert Host(mounts=MOVED).is_on_windows(path) is is_on_windows


def test_without_mounts_a_path_is_unknown() -> None:
    assert UNKNOWN.is_on_windows("/mnt/c") is None
    assert UNKNOWN.linux_path("C:\\") is None


@pytest.mark.parametrize(
    ("windows", "linux"),
    [
        ("C:\\Users\\user", "/c/Users/user"),
        ("c:/Users/user/", "/c/Users/user"),
        ("C:\\", "/c"),
        ("C:\\users\\USER\\saved games\\a", "/games/a"),
        ("\\\\files\\team\\plan.txt", "/srv/team/plan.txt"),
        ("D:\\x", None),
        ("\\\\files\\teams", None),
        ("", None),
        ("relative", None),
    ],
)
def test_a_windows_path_is_found_in_the_mount_that_contains_it(windows: str, linux: str | None) -> None:
    assert Host(mounts=MOVED).linux_path(windows) == linux


def test_a_variable_is_found_by_its_name() -> None:
    proxy = Variable("GOPROXY", "direct", "environment")
    assert Host(go_variables=(proxy,)).variable("GOPROXY") == proxy
    assert Host(mounts=(C,)).variable("GOPROXY") is None
