"""GUI programs: tools on request, and nothing without one."""

import pytest

from wslgo.machine.host import Host, Snapshot, Wsl, Wslg
from wslgo.provision.model.facts import Apt, Facts, File, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import InstallPackages, Step
from wslgo.provision.plan.planner import module_of

UNASKED = Spec()
NAMED = Spec(only=("wslg",))
OPEN = Wslg("/mnt/wslg", has_socket=True)
FYNE = Workspace("/w", uses_cgo=True, toolkits=("Fyne",))
WSLCONFIG = "/mnt/c/Users/dev/.wslconfig"
ALL = frozenset(("mesa-utils", "wayland-utils", "fonts-noto-cjk"))


def machine_with(
    wslg: Wslg = OPEN,
    workspace: "Workspace | None" = FYNE,
    installed: "str | None" = "dpkg",
    texts: "dict[str, str] | None" = None,
    generation: "int | None" = 2,
) -> Facts:
    files = {name: File(text.encode()) for name, text in (texts or {}).items()}
    host = Host(wsl=Wsl(generation=generation), wslg=wslg, wslconfig=Snapshot(WSLCONFIG))
    packages = None if installed is None else frozenset(installed.split())
    return Facts(host, files=files, packages=packages, apt=Apt(ALL), workspace=workspace)


def planned(facts: Facts, spec: Spec = UNASKED) -> list[object]:
    return list(module_of("wslg").steps(facts, spec))


@pytest.mark.parametrize(
    "facts",
    [
        machine_with(),
        machine_with(Wslg("/mnt/wslg", has_socket=False)),
        machine_with(Wslg(), texts={WSLCONFIG: "[wsl2]\nguiApplications=false\n"}),
        machine_with(Wslg("/mnt/wslg", has_socket=None)),
        machine_with(Wslg("/mnt/wslg", has_socket=False), workspace=None),
        machine_with(Wslg("/mnt/wslg", has_socket=False), workspace=Workspace("/w")),
        machine_with(Wslg("/mnt/wslg", has_socket=False), generation=None),
        machine_with(Wslg(), texts={WSLCONFIG: "[wsl2]\nguiApplications=true\n"}),
        machine_with(Wslg(), texts={WSLCONFIG: "[wsl2]\nguiApplications=false\n"}, workspace=Workspace("/w")),
        machine_with(Wslg()),
        machine_with(OPEN, texts={WSLCONFIG: "[wsl2]\nguiApplications=false\n"}),
    ],
)
def test_without_a_request_it_is_silent_whatever_is_broken(facts: Facts) -> None:
    assert not planned(facts)


# By its name


@pytest.mark.parametrize(
    ("installed", "texts", "names"),
    [
        ("dpkg", {}, ("mesa-utils", "wayland-utils")),
        ("dpkg mesa-utils", {"/etc/default/locale": "LANG=en_US.UTF-8\n"}, ("wayland-utils",)),
        ("dpkg mesa-utils wayland-utils", {"/etc/default/locale": 'LANG="zh_CN.UTF-8"\n'}, ("fonts-noto-cjk",)),
        ("dpkg mesa-utils wayland-utils", {"/etc/locale.conf": "LC_CTYPE=zh_TW.UTF-8\n"}, ("fonts-noto-cjk",)),
    ],
)
def test_on_request_it_installs_the_tools_and_a_font_for_the_language(
    installed: str, texts: dict[str, str], names: tuple[str, ...]
) -> None:
    [step] = planned(machine_with(installed=installed, texts=texts), NAMED)
    assert isinstance(step, Step)
    assert step.actions == (InstallPackages(names),)
    assert (step.needs_root, step.reversible) == (True, False)


@pytest.mark.parametrize("font", ["fonts-noto-cjk-extra", "fonts-wqy-microhei", "fonts-arphic-uming"])
def test_one_font_with_chinese_characters_is_enough(font: str) -> None:
    texts = {"/etc/default/locale": "LANG=zh_CN.UTF-8\n"}
    assert not planned(machine_with(installed=f"mesa-utils wayland-utils {font}", texts=texts), NAMED)


@pytest.mark.parametrize("facts", [machine_with(Wslg()), machine_with(installed=None)])
def test_silent_on_request_without_wslg_or_with_unknown_packages(facts: Facts) -> None:
    assert not planned(facts, NAMED)
