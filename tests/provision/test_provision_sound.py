"""Sound through ALSA: WSLg has only PulseAudio, so ALSA needs a plug-in and a file that names it."""

from pathlib import Path

import pytest
from test_provision_wslg import NAMED, UNASKED, planned

from natmachine import nat_machine
from smallmachine import Machine
from wslgo.machine.host import Host, Wsl, Wslg
from wslgo.machine.probe import probe
from wslgo.provision.model.facts import Apt, Facts, User, Workspace
from wslgo.provision.model.step import InstallPackages, Step, WriteFile
from wslgo.provision.survey.workspace import workspace_of
from wslgo.provision.target import tree

SILENT = Wslg("/mnt/wslg", has_socket=True, alsa_default="")
PLAYER = Workspace("/w", uses_cgo=True, plays_sound=True)
FILE = "/home/dev/.asoundrc"


def machine_with(wslg: Wslg = SILENT, workspace: Workspace | None = PLAYER, installed: str = "dpkg") -> Facts:
    apt = Apt(frozenset(("libasound2-plugins", "mesa-utils")))
    return Facts(
        Host(wsl=Wsl(generation=2), wslg=wslg),
        User("dev", "/home/dev"),
        files={FILE: None},
        packages=frozenset(installed.split()),
        apt=apt,
        workspace=workspace,
    )


def actions(facts: Facts) -> list[object]:
    return [action for step in planned(facts) if isinstance(step, Step) for action in step.actions]


def test_the_plug_in_is_installed_and_named() -> None:
    text = b"pcm.!default { type pulse }\nctl.!default { type pulse }\n"
    assert actions(machine_with()) == [InstallPackages(("libasound2-plugins",)), WriteFile(FILE, None, text)]


def test_an_installed_plug_in_is_only_named() -> None:
    (write,) = actions(machine_with(installed="dpkg libasound2-plugins"))
    assert isinstance(write, WriteFile)


def test_a_plug_in_that_a_file_of_the_user_names_is_only_installed() -> None:
    told = SILENT._replace(alsa_default="/etc/asound.conf", lacks_alsa_plugin=True)
    assert actions(machine_with(told)) == [InstallPackages(("libasound2-plugins",))]


@pytest.mark.parametrize(
    "facts",
    [
        machine_with(workspace=None),
        machine_with(workspace=Workspace("/w", uses_cgo=True)),
        machine_with(SILENT._replace(alsa_default="/etc/asound.conf")),
        machine_with(SILENT._replace(alsa_default=None)),
        machine_with(Wslg(alsa_default="")),
    ],
)
def test_nothing_to_do(facts: Facts) -> None:
    assert not planned(facts, UNASKED)


def test_tools_on_request_come_with_it() -> None:
    names = [step.actions[0] for step in planned(machine_with(), NAMED) if isinstance(step, Step)]
    assert InstallPackages(("libasound2-plugins", "mesa-utils")) in names


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", ""),
        ("-- /home/user/.asoundrc --\npcm.!default { type pulse }\n", "/home/user/.asoundrc"),
        ("-- /home/user/.asoundrc --\n# pcm.!default pulse\n", ""),
        (
            "-- /etc/alsa/conf.d/99-pipewire-default.conf --\npcm.!default {\n}\n",
            "/etc/alsa/conf.d/99-pipewire-default.conf",
        ),
        ("-- /proc/asound/cards --\n 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n", "/proc/asound/cards"),
        ("-- /proc/asound/cards --\n--- no soundcards ---\n", ""),
        ("-- without: /mnt/wslg --\n", None),
    ],
)
def test_where_alsa_plays(more: str, expected: str | None, tmp_path: Path) -> None:
    found = probe(nat_machine(more, tmp_path), frozenset(("wslg.folder", "wslg.alsa_default")))
    assert found.wslg.alsa_default == expected


@pytest.mark.parametrize(
    ("path", "plays"),
    [
        ("github.com/hajimehoshi/ebiten/v2/audio", True),
        ("github.com/hajimehoshi/ebiten/v2", False),
        ("github.com/gopxl/beep/v2/speaker", True),
        ("github.com/gopxl/beep/v2/mp3", False),
        ("fmt", False),
    ],
)
def test_a_program_that_plays_sound(machine: Machine, path: str, plays: bool) -> None:
    work = machine.write("/home/dev/work/go.mod", b"module example.invalid/work\n").parent
    machine.write("/home/dev/work/main.go", f'package main\n\nimport _ "{path}"\n\nfunc main() {{}}\n'.encode())
    machine.write("/usr/lib/pkgconfig/alsa.pc", b"")
    workspace = workspace_of(work, tree(machine.root, None))
    assert workspace is not None
    assert workspace.plays_sound is plays
