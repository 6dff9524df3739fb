"""The facts about WSLg: sockets, sound and what draws, from files and variables alone."""

from pathlib import Path

import pytest

from machines import tree_of
from wslgo.machine.host import Wslg
from wslgo.machine.probe import probe

LINK = "/run/user/1000/wayland-0"
DRIVERS = "/usr/lib/x86_64-linux-gnu/dri"
PULSE = "-- /home/user/.asoundrc --\npcm.!default { type pulse }\n"


def probed(changes: str, folder: Path, **environment: str) -> Wslg:
    return probe(tree_of(f"like: ubuntu-24.04-nat\n{changes}", folder, **environment), frozenset({"wslg"})).wslg


@pytest.mark.parametrize(
    ("changes", "environment", "found"),
    [
        ("", {}, True),
        (f"-- without: {LINK} --\n", {}, False),
        ("", {"WAYLAND_DISPLAY": "/mnt/wslg/runtime-dir/wayland-0", "XDG_RUNTIME_DIR": ""}, True),
        ("", {"WAYLAND_DISPLAY": "wayland-1"}, False),
        ("", {"WAYLAND_DISPLAY": ""}, None),
        ("", {"XDG_RUNTIME_DIR": ""}, None),
        ("-- without: /mnt/wslg --\n", {}, None),
    ],
)
def test_the_socket_of_wayland(changes: str, environment: dict[str, str], found: bool | None, tmp_path: Path) -> None:
    assert probed(changes, tmp_path, **environment).has_wayland is found


@pytest.mark.parametrize(
    ("changes", "environment", "found"),
    [
        ("", {}, True),
        ("-- without: /mnt/wslg/PulseServer --\n", {}, False),
        ("", {"PULSE_SERVER": ""}, True),
        ("-- without: /run/user/1000/pulse --\n", {"PULSE_SERVER": ""}, False),
        ("", {"PULSE_SERVER": "/mnt/wslg/PulseServer"}, True),
        ("", {"PULSE_SERVER": "tcp:192.0.2.1"}, None),
    ],
)
def test_the_socket_of_sound(changes: str, environment: dict[str, str], found: bool | None, tmp_path: Path) -> None:
    assert probed(changes, tmp_path, **environment).has_sound is found


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ("", None),
        (PULSE, True),
        (f"{PULSE}-- /usr/lib/x86_64-linux-gnu/alsa-lib/libasound_module_pcm_pulse.so --\n", False),
        (f"{PULSE}-- /usr/lib64/alsa-lib/libasound_module_pcm_pulse.so --\n", False),
        ("-- /home/user/.asoundrc --\npcm.!default { type hw }\n", None),
    ],
)
def test_the_plug_in_of_alsa(changes: str, lacks: bool | None, tmp_path: Path) -> None:
    assert probed(changes, tmp_path).lacks_alsa_plugin is lacks


@pytest.mark.parametrize(
    ("changes", "environment", "found"),
    [
        ("", {}, ("d3d12", "")),
        ("", {"LIBGL_ALWAYS_SOFTWARE": "1"}, ("llvmpipe", "LIBGL_ALWAYS_SOFTWARE=1")),
        ("", {"LIBGL_ALWAYS_SOFTWARE": "0"}, ("d3d12", "")),
        ("", {"GALLIUM_DRIVER": "llvmpipe"}, ("llvmpipe", "GALLIUM_DRIVER=llvmpipe")),
        ("", {"GALLIUM_DRIVER": "d3d12"}, ("d3d12", "")),
        ("-- without: /dev/dxg --\n", {}, ("llvmpipe", "/dev/dxg")),
        ("-- without: /usr/lib/wsl/lib/libd3d12.so --\n", {}, ("llvmpipe", "/usr/lib/wsl/lib/libd3d12.so")),
        (f"-- without: {DRIVERS}/d3d12_dri.so --\n", {}, ("llvmpipe", "d3d12_dri.so")),
        (f"-- without: {DRIVERS} --\n", {}, ("", "")),
        ("-- /proc/sys/kernel/osrelease --\n4.4.0-19041-Microsoft\n", {}, (None, None)),
    ],
)
def test_what_draws_is_known_by_files(
    changes: str, environment: dict[str, str], found: tuple[str | None, str | None], tmp_path: Path
) -> None:
    wslg = probed(changes, tmp_path, **environment)
    assert (wslg.renderer, wslg.renderer_cause) == found


def test_another_user_may_not_look_into_the_folder_of_wslg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tree_of("like: ubuntu-24.04-nat\n-- without: /run/user/1000/wayland-0 --\n", tmp_path)
    monkeypatch.setattr(tree, "can_write", lambda path: path != "/mnt/wslg/runtime-dir")
    wslg = probe(tree, frozenset({"wslg"})).wslg
    assert (wslg.has_wayland, wslg.serves_wayland, wslg.serves_x11) == (None, None, True)


def test_the_servers_of_wslg(tmp_path: Path) -> None:
    wslg = probed("-- without: /mnt/wslg/.X11-unix --\n", tmp_path)
    assert (wslg.serves_x11, wslg.serves_wayland, wslg.serves_sound) == (False, True, True)
