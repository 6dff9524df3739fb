"""The ladder of WSLg: of several faults the first broken rung is named, each with its own next step."""

from typing import Any, NamedTuple

import pytest

import machines
from healthpage import content
from ruledocs import merge
from wslgo.golang.workspace import Workspace
from wslgo.linter.finding import Severity
from wslgo.linter.machine_check import machine_findings
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.host_json import from_json, to_json

GAME = Workspace(toolkits=("Ebitengine", "Gio"), plays_sound=True)
SOUND = {"alsa_default": "/home/user/.asoundrc", "lacks_alsa_plugin": False}
OFF = {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\nguiApplications=false\n"}
VARIABLES = ("display", "wayland_display", "sound_server")
NOWHERE = {"has_socket": False, **dict.fromkeys(("folder", "has_wayland", "has_sound", "alsa_default", *VARIABLES))}
ENDED = dict.fromkeys(("has_socket", "serves_x11", "has_wayland", "serves_wayland"), False)


class Rung(NamedTuple):
    """A change of a healthy machine, the rule that is named for a game, and words of its step."""

    change: dict[str, Any]
    rule: str
    step: str


RUNGS = {
    "switched off": Rung({"wslconfig": OFF, "wslg": NOWHERE}, "machine/gui-switched-off", "remove line 2"),
    "not running": Rung({"wslg": NOWHERE}, "machine/no-wslg", "wsl --update"),
    "ended": Rung({"wslg": {**SOUND, **ENDED}}, "machine/x11-socket-missing", "wsl --shutdown"),
    "/tmp hidden": Rung(
        {"wslg": {**SOUND, "has_socket": False}},
        "machine/x11-socket-missing",
        "sudo mkdir -p /tmp/.X11-unix && sudo mount --bind -o ro /mnt/wslg/.X11-unix /tmp/.X11-unix",
    ),
    "DISPLAY": Rung({"wslg": {**SOUND, "display": "192.0.2.1:0"}}, "machine/foreign-display", "export DISPLAY=:0"),
    "no link": Rung(
        {"wslg": {**SOUND, "has_wayland": False}},
        "machine/no-wayland-socket",
        "ln -sf /mnt/wslg/runtime-dir/wayland-* /run/user/1000/",
    ),
    "WAYLAND_DISPLAY": Rung(
        {"wslg": {**SOUND, "has_wayland": False, "wayland_display": "wayland-7"}},
        "machine/no-wayland-socket",
        "export WAYLAND_DISPLAY=wayland-0",
    ),
    "no XDG_RUNTIME_DIR": Rung(
        {"wslg": {**SOUND, "has_wayland": None, "runtime_folder": None, "has_runtime_folder": None}},
        "machine/no-wayland-socket",
        "export XDG_RUNTIME_DIR=/mnt/wslg/runtime-dir",
    ),
    "no session": Rung(
        {"wsl": {"has_user_session": False}, "wslg": {**SOUND, "has_wayland": False, "has_runtime_folder": False}},
        "machine/no-user-session",
        "systemctl restart user@1000",
    ),
    "no PULSE_SERVER": Rung(
        {"wslg": {**SOUND, "sound_server": None, "has_sound": False}},
        "machine/no-sound-server",
        "export PULSE_SERVER=unix:/mnt/wslg/PulseServer",
    ),
    "another server of sound": Rung(
        {"wslg": {**SOUND, "sound_server": "tcp:192.0.2.1", "has_sound": None}},
        "machine/no-sound-server",
        "remove the line that exports PULSE_SERVER",
    ),
    "no server of sound": Rung(
        {"wslg": {**SOUND, "has_sound": False, "serves_sound": False}}, "machine/no-sound-server", "wsl --shutdown"
    ),
    "no ALSA": Rung({"wslg": {"alsa_default": ""}}, "machine/no-sound", "wslgo provision --only wslg"),
    "no plug-in": Rung(
        {"wslg": {**SOUND, "lacks_alsa_plugin": True}}, "machine/no-sound", "wslgo provision --only wslg"
    ),
    "drawn by the processor": Rung(
        {"wslg": {**SOUND, "renderer": "llvmpipe", "renderer_cause": "GALLIUM_DRIVER=llvmpipe"}},
        "machine/software-rendering",
        "unset GALLIUM_DRIVER",
    ),
    "no Direct3D": Rung(
        {"wslg": {**SOUND, "renderer": "llvmpipe", "renderer_cause": "/usr/lib/wsl/lib/libd3d12.so"}},
        "machine/software-rendering",
        "wsl --update",
    ),
    "an old Mesa": Rung(
        {"wslg": {**SOUND, "renderer": "llvmpipe", "renderer_cause": "d3d12_dri.so"}},
        "machine/software-rendering",
        "Ubuntu 22.04",
    ),
}
DRAWN = ("drawn by the processor", "no Direct3D", "an old Mesa")
NOTES = ("not running", *DRAWN)


def machine(change: dict[str, Any]) -> Host:
    return from_json(merge(to_json(machines.host("ubuntu-24.04-nat")), change))


@pytest.mark.parametrize("name", RUNGS)
def test_the_first_broken_rung_is_named_alone(name: str) -> None:
    rung = RUNGS[name]
    found = machine_findings(machine(rung.change), scene=MachineScene(workspace=GAME))
    assert [reported.rule for reported in found] == [rung.rule]
    step = found[0].finding.next
    assert step is not None
    assert rung.step in step.render()
    assert found[0].severity is (Severity.INFORMATION if name in NOTES else Severity.WARNING)


def test_a_lost_link_to_wayland_is_a_note_where_x11_comes_first() -> None:
    change, game = RUNGS["no link"].change, MachineScene(workspace=Workspace(toolkits=("Ebitengine",)))
    assert [found.severity for found in machine_findings(machine(change), scene=game)] == [Severity.INFORMATION]


@pytest.mark.parametrize("name", [name for name in RUNGS if "sound" in name or "ALSA" in name or "plug" in name])
def test_a_server_without_sound_is_told_nothing(name: str) -> None:
    assert not machine_findings(machine(RUNGS[name].change), scene=MachineScene(workspace=Workspace(uses_cgo=True)))


@pytest.mark.parametrize("name", DRAWN)
def test_who_draws_matters_to_windows_alone(name: str) -> None:
    change = RUNGS[name].change
    assert not machine_findings(machine(change))
    assert not machine_findings(machine(change), scene=MachineScene(workspace=Workspace(toolkits=("Wails",))))


def test_a_container_has_no_rung() -> None:
    change = {"wsl": {"container": "docker"}, "windows": {"build": None}, "wslconfig": None, "wslg": NOWHERE}
    assert not machine_findings(machine(change), scene=MachineScene(workspace=GAME))


@pytest.mark.parametrize(
    ("change", "fact", "value"),
    [
        ({}, "wslg.wayland", "/run/user/1000/wayland-0"),
        ({"has_wayland": False}, "wslg.wayland", "/run/user/1000/wayland-0, which does not exist"),
        ({"runtime_folder": None, "has_wayland": None}, "wslg.wayland", "wayland-0, without XDG_RUNTIME_DIR"),
        ({}, "wslg.renderer", "d3d12, by the GPU (glxinfo -B shows what a program gets)"),
        (
            {"renderer": "llvmpipe", "renderer_cause": "/dev/dxg"},
            "wslg.renderer",
            "llvmpipe, by the processor: without /dev/dxg",
        ),
    ],
)
def test_the_page_shows_the_rungs(change: dict[str, Any], fact: str, value: str) -> None:
    assert content(machine({"wslg": change}), fact).value == value
