"""Installed packages on distributions without dpkg, and the commands that install what is missing."""

from pathlib import Path

import pytest

from natmachine import nat_machine
from wslgo.golang.workspace import Workspace
from wslgo.knowledge import gui
from wslgo.knowledge.packages import INSTALLERS, OF_TOOLCHAIN, PKG_CONFIG, PKG_CONFIG_FILES, alternatives
from wslgo.linter.machine_check import machine_findings
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.probe import probe

FYNE = next(toolkit for toolkit in gui.TOOLKITS if toolkit.name == "Fyne")
FACTS = frozenset(("installer", "packages", "compiler", "search_path"))
WITHOUT_DPKG = "-- without: /var/lib/dpkg --\n"


def found_on(more: str, folder: Path, **environment: str) -> Host:
    return probe(nat_machine(WITHOUT_DPKG + more, folder, **environment), FACTS)


def steps(host: Host) -> list[str]:
    scene = MachineScene(workspace=Workspace(toolkits=("Fyne",), packages=FYNE.packages))
    reported = machine_findings(host, scene=scene)
    return [found.finding.next.render() for found in reported if found.finding.next and "packages" in found.rule]


def test_every_library_of_a_toolkit_has_a_pkg_config_file() -> None:
    names = {name for toolkit in gui.TOOLKITS for name in toolkit.packages} - {*OF_TOOLCHAIN, PKG_CONFIG}
    libraries = {other for name in names for other in alternatives(name)}
    assert libraries <= PKG_CONFIG_FILES.keys()


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("/usr/bin/dnf", "type: sudo dnf install 'pkgconfig(xkbcommon)'"),
        ("/usr/bin/zypper", "type: sudo zypper install 'pkgconfig(xkbcommon)'"),
        ("/usr/bin/pacman", "type: sudo pacman -Fy xkbcommon.pc"),
        ("/sbin/apk", "type: sudo apk add pc:xkbcommon"),
    ],
)
def test_a_missing_library_is_named_as_the_distribution_does(program: str, expected: str, tmp_path: Path) -> None:
    names = ("gl", *PKG_CONFIG_FILES["xorg-dev"])
    files = "".join(f"-- /usr/lib64/pkgconfig/{name}.pc --\n" for name in names)
    host = found_on(f"-- {program} --\n{files}", tmp_path)
    assert host.installer == program.rpartition("/")[2]
    assert steps(host) == [expected]
    assert steps(host._replace(packages=(*(host.packages or ()), "libxkbcommon-dev"))) == []


def test_files_in_the_folders_of_pkg_config_count(tmp_path: Path) -> None:
    files = "-- /opt/gtk/pkgconfig/gtk+-3.0.pc --\n-- /usr/share/pkgconfig/glib-2.0.pc --\n"
    host = found_on(f"-- /usr/bin/dnf --\n{files}", tmp_path, PKG_CONFIG_PATH="/opt/gtk/pkgconfig:x")
    assert host.packages == ("libglib2.0-dev", "libgtk-3-dev")


def test_without_a_known_package_manager_nothing_is_known(tmp_path: Path) -> None:
    host = found_on("", tmp_path)
    assert (host.installer, host.packages) == (None, None)
    assert steps(host) == []


@pytest.mark.parametrize("installer", INSTALLERS, ids=lambda installer: installer.program)
def test_a_compiler_is_never_fetched_with_apt_elsewhere(installer: object, tmp_path: Path) -> None:
    program = getattr(installer, "program", "")
    host = found_on(f"-- /usr/bin/{program} --\n-- without: /usr/bin/gcc --\n", tmp_path)
    rendered = [found.finding.next.render() for found in machine_findings(host) if found.finding.next]
    assert any(program in step for step in rendered)
    assert not any("apt" in step for step in rendered)
