"""C libraries of a workspace: those that neither pkg-config nor the linker finds are installed."""

from pathlib import Path

import pytest
from test_provision_packages import actions, debian, planned

from smallmachine import Machine
from wslgo.golang.workspace import Library
from wslgo.machine.host import Host, Variable
from wslgo.provision.model.facts import Workspace
from wslgo.provision.model.step import InstallPackages
from wslgo.provision.survey.workspace import Surroundings, workspace_of
from wslgo.provision.target import tree

OTO = b'package main\n\nimport _ "github.com/ebitengine/oto/v3"\n\nfunc main() {}\n'


@pytest.mark.parametrize(
    ("path", "is_missing"),
    [
        ("/usr/lib/x86_64-linux-gnu/pkgconfig/alsa.pc", False),
        ("/usr/local/lib/pkgconfig/alsa.pc", False),
        ("/opt/alsa/pkgconfig/alsa.pc", False),
        ("/usr/lib/x86_64-linux-gnu/libasound.so.2", True),
    ],
)
def test_a_library_is_missing_where_pkg_config_does_not_find_it(machine: Machine, path: str, is_missing: bool) -> None:
    work = machine.write("/home/dev/work/go.mod", b"module example.invalid/work\n").parent
    machine.write("/home/dev/work/main.go", OTO)
    machine.write(path, b"")
    around = Surroundings(pkg_config_path="/opt/alsa/pkgconfig")
    workspace = workspace_of(work, tree(machine.root, None), around)
    assert workspace is not None
    assert bool(workspace.c_libraries) == is_missing
    assert workspace.uses_cgo == is_missing


def test_the_module_cache_says_what_a_dependency_builds_against(machine: Machine) -> None:
    requirement = b"module example.invalid/work\n\nrequire example.invalid/Radio v1.0.0\n"
    work = machine.write("/home/dev/work/go.mod", requirement).parent
    machine.write("/home/dev/work/main.go", b'package main\n\nimport _ "example.invalid/Radio"\n')
    source = b'package radio\n\n// #cgo pkg-config: librtlsdr\nimport "C"\n'
    machine.write("/home/dev/go/pkg/mod/example.invalid/!radio@v1.0.0/radio.go", source)
    around = Surroundings(module_cache="/home/dev/go/pkg/mod")
    workspace = workspace_of(work, tree(machine.root, None), around)
    assert workspace is not None
    assert workspace.c_libraries == (Library("librtlsdr", "librtlsdr-dev", "example.invalid/Radio"),)


def test_a_module_cache_outside_the_tree_is_not_read(machine: Machine, tmp_path: Path) -> None:
    requirement = b"module example.invalid/work\n\nrequire example.invalid/radio v1.0.0\n"
    work = machine.write("/home/dev/work/go.mod", requirement).parent
    machine.write("/home/dev/work/main.go", b'package main\n\nimport _ "example.invalid/radio"\n')
    outside = tmp_path / "outside" / "example.invalid" / "radio@v1.0.0"
    outside.mkdir(parents=True)
    (outside / "radio.go").write_text('package radio\n\n// #cgo pkg-config: librtlsdr\nimport "C"\n', encoding="utf-8")
    link = machine.root / "home/dev/go"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "outside")
    workspace = workspace_of(work, tree(machine.root, None), Surroundings(module_cache="/home/dev/go"))
    assert workspace is not None
    assert not workspace.c_libraries


def test_a_c_library_is_installed_with_pkg_config() -> None:
    library = Library("alsa", "libasound2-dev", "github.com/ebitengine/oto/v3")
    workspace = Workspace("/w", uses_cgo=True, c_libraries=(library,))
    found = debian("apt-get gcc", "dpkg gcc libc6-dev", workspace, "pkg-config libasound2-dev")
    assert actions(found) == (InstallPackages(("pkg-config", "libasound2-dev")),)


@pytest.mark.parametrize(
    ("installed", "values"),
    [("dpkg gcc libc6-dev libasound2-dev", {}), ("dpkg gcc libc6-dev", {"CGO_ENABLED": "0"})],
)
def test_silent_if_a_c_library_is_installed_or_cgo_is_off(installed: str, values: "dict[str, str]") -> None:
    library = Library("alsa", "libasound2-dev", "github.com/ebitengine/oto/v3")
    workspace = Workspace("/w", uses_cgo=True, c_libraries=(library,))
    variables = tuple(Variable(name, value, "environment") for name, value in values.items())
    assert not planned(debian("apt-get gcc pkg-config", installed, workspace, host=Host(go_variables=variables)))


@pytest.mark.parametrize(("version", "webkit"), [("v2.8.2", "4.0"), ("v2.9.0", "4.1"), ("v2.10.1", "4.1")])
def test_wails_before_2_9_needs_webkit_4_0(machine: Machine, version: str, webkit: str) -> None:
    text = f"module example.invalid/work\n\nrequire github.com/wailsapp/wails/v2 {version}\n"
    work = machine.write("/home/dev/work/go.mod", text.encode()).parent
    machine.write("/home/dev/work/main.go", b'package main\n\nimport _ "github.com/wailsapp/wails/v2"\n')
    workspace = workspace_of(work, tree(machine.root, None))
    assert workspace is not None
    assert [name for name in workspace.packages if "webkit" in name] == [f"libwebkit2gtk-{webkit}-dev"]
