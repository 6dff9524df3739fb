"""Packages: those that a build or a download needs, and no others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_provision_dpkg import IN_LISTS, SOURCES
from test_provision_rooted import SERVER, WHERE, run

import rootless
from smallmachine import Machine
from wslgo.knowledge import authorities
from wslgo.knowledge.gui import TOOLKITS
from wslgo.linter.machine_check import machine_findings
from wslgo.machine.host import Go, Host, Network, Tool, Variable
from wslgo.provision.apply import root_script
from wslgo.provision.model.facts import Apt, Facts, File, User, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import InstallPackages, RunFixed, Step
from wslgo.provision.plan.planner import module_of
from wslgo.provision.survey.workspace import Surroundings, workspace_of
from wslgo.provision.target import tree

USER = User("dev", "/home/dev")
UNASKED = Spec()
NAMED = Spec(only=("packages",))
UPDATE = RunFixed(("apt-get", "update"))
CGO = Workspace("/home/dev/work", uses_cgo=True)
PURE = Workspace("/home/dev/work")


def debian(
    programs: str = "apt-get",
    installed: "str | None" = "dpkg",
    workspace: "Workspace | None" = None,
    known: "str | None" = None,
    **more: object,
) -> Facts:
    """Return a distribution with these programs and packages, and with CA certificates."""
    files = {**dict.fromkeys(authorities.FILES), authorities.FILES[0]: File(b"a certificate")}
    folders = {**dict.fromkeys(authorities.FOLDERS), "/usr/bin": ("sh", *programs.split())}
    packages = None if installed is None else frozenset(installed.split())
    apt = None if known is None else Apt(frozenset(known.split()))
    base = Facts(user=USER, files=files, folders=folders, packages=packages, apt=apt, workspace=workspace)
    return base._replace(**more)  # type: ignore[arg-type]


def gui(name: str) -> Workspace:
    [toolkit] = [toolkit for toolkit in TOOLKITS if toolkit.name == name]
    return Workspace("/w", uses_cgo=True, toolkits=(name,), packages=toolkit.packages)


def planned(facts: Facts, spec: Spec = UNASKED) -> list[object]:
    return list(module_of("packages").steps(facts, spec))


def actions(facts: Facts, spec: Spec = UNASKED) -> tuple[object, ...]:
    [step] = [item for item in planned(facts, spec) if isinstance(item, Step)]
    assert step.needs_root
    assert not step.reversible
    return step.actions


def notes(facts: Facts, spec: Spec = UNASKED) -> list[str]:
    return [item.render() for item in planned(facts, spec) if not isinstance(item, Step)]  # type: ignore[attr-defined]


# A C compiler


def test_cgo_without_a_compiler_gets_one() -> None:
    assert actions(debian(workspace=CGO, known="build-essential")) == (InstallPackages(("build-essential",)),)


def test_a_compiler_without_the_headers_of_c_gets_them() -> None:
    found = debian("apt-get gcc", "dpkg gcc", CGO, "libc6-dev")
    assert actions(found) == (InstallPackages(("libc6-dev",)),)


@pytest.mark.parametrize(
    "facts",
    [
        debian(workspace=None),
        debian(workspace=PURE),
        debian("apt-get gcc", "dpkg gcc libc6-dev", CGO),
        debian("apt-get clang", "dpkg clang", CGO),
        debian("apt-get cc", None, CGO),
        debian(workspace=CGO, host=Host(compiler=Tool("/opt/gcc/bin/gcc", "14.2"))),
        debian(
            workspace=CGO,
            host=Host(search_path=("/opt/bin",)),
            folders={"/opt/bin": ("gcc",), "/usr/bin": ("apt-get",)},
        ),
        debian(workspace=CGO, folders={}),
        debian(installed=None, workspace=CGO),
        debian(installed="dpkg build-essential", workspace=CGO),
    ],
)
def test_silent_if_a_compiler_is_not_needed_or_installed_or_unknown(facts: Facts) -> None:
    assert not planned(facts)


# Windows of programs


def test_a_toolkit_gets_what_is_missing_of_its_packages() -> None:
    found = debian("apt-get gcc", "dpkg gcc libc6-dev xorg-dev", gui("Fyne"), "libgl1-mesa-dev libxkbcommon-dev")
    assert actions(found) == (InstallPackages(("libgl1-mesa-dev", "libxkbcommon-dev")),)


def test_a_toolkit_in_c_plus_plus_gets_that_compiler() -> None:
    found = debian("apt-get gcc pkg-config", "dpkg gcc libc6-dev qt6-base-dev pkgconf", gui("Qt 6"), "build-essential")
    assert actions(found) == (InstallPackages(("build-essential",)),)


@pytest.mark.parametrize(
    ("programs", "installed"),
    [
        ("apt-get gcc g++ pkg-config", "dpkg gcc libc6-dev pkgconf libgtk-3-dev libwebkit2gtk-4.1-dev"),
        ("apt-get gcc g++ pkgconf", "dpkg gcc libc6-dev pkgconf libgtk-3-dev libwebkit2gtk-4.0-dev"),
        ("apt-get clang clang++ pkg-config", "dpkg libgtk-3-dev libwebkit2gtk-4.1-dev"),
    ],
)
def test_equivalent_packages_count(programs: str, installed: str) -> None:
    assert not planned(debian(programs, installed, gui("Wails")))


def test_a_provided_name_counts_as_installed() -> None:
    found = debian("apt-get gcc", "dpkg gcc xorg-dev libxkbcommon-dev", gui("Fyne"))
    assert not planned(found._replace(provided=frozenset(("libgl-dev", "libc-dev"))))


@pytest.mark.parametrize(
    ("known", "chosen"),
    [
        ("libwebkit2gtk-4.0-dev libwebkit2gtk-4.1-dev", "libwebkit2gtk-4.1-dev"),
        ("libwebkit2gtk-4.0-dev", "libwebkit2gtk-4.0-dev"),
    ],
)
def test_of_two_releases_of_webkit_that_of_the_distribution_is_installed(known: str, chosen: str) -> None:
    found = debian("apt-get gcc g++ pkg-config", "dpkg gcc libc6-dev libgtk-3-dev", gui("Wails"), known)
    [step] = planned(found)
    assert isinstance(step, Step)
    assert step.actions == (InstallPackages((chosen,)),)
    assert bool(step.warnings) == (chosen == "libwebkit2gtk-4.1-dev"), "which Wails takes with a tag only"


def test_packages_that_apt_does_not_have_are_a_note_and_the_rest_is_installed() -> None:
    found = debian("apt-get gcc g++ pkg-config", "dpkg gcc libc6-dev", gui("webview"), "libgtk-3-dev")
    assert actions(found) == (InstallPackages(("libgtk-3-dev",)),)
    [note] = notes(found)
    assert "does not have libwebkit2gtk-4.0-dev" in note
    assert "webview" in note


# Lists


def test_without_lists_they_are_fetched_first() -> None:
    assert actions(debian(workspace=CGO)) == (UPDATE, InstallPackages(("build-essential",)))


def test_old_lists_are_fetched_again() -> None:
    found = debian(workspace=CGO)._replace(apt=Apt(frozenset(("build-essential",)), is_old=True))
    assert actions(found) == (UPDATE, InstallPackages(("build-essential",)))


def test_apt_is_asked_only_about_missing_packages() -> None:
    found = debian("apt-get gcc", "dpkg gcc libc6-dev libgl-dev", gui("Fyne"))
    assert module_of("packages").asks(found, Spec()) == ("xorg-dev", "libxkbcommon-dev")  # type: ignore[attr-defined]
    assert module_of("packages").asks(debian(workspace=PURE), Spec()) == ()  # type: ignore[attr-defined]


# git


def with_variables(workspace: "Workspace | None", **values: str) -> Facts:
    host = Host(go=Go("/usr/bin/go"), go_variables=tuple(Variable(*item, "environment") for item in values.items()))
    return debian(workspace=workspace, host=host, known="git")


@pytest.mark.parametrize(
    "values",
    [
        {"GOPRIVATE": "git.corp.invalid"},
        {"GONOPROXY": "git.corp.invalid"},
        {"GOPROXY": "direct"},
        {"GOPROXY": "direct|https://a.invalid"},
    ],
)
def test_modules_that_come_past_proxies_need_git(values: dict[str, str]) -> None:
    assert actions(with_variables(PURE, **values)) == (InstallPackages(("git",)),)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"GOPROXY": "https://proxy.golang.org,direct"},
        {"GOPROXY": "off"},
        {"GOPRIVATE": ""},
        {"GOPRIVATE": "git.corp.invalid", "GONOPROXY": "none"},
    ],
)
def test_modules_that_come_from_proxies_do_not(values: dict[str, str]) -> None:
    assert not planned(with_variables(PURE, **values))


# Authorities


def untrusting(**more: object) -> Facts:
    host = Host(network=Network(has_authorities=False))
    return debian(**{"host": host, "known": "ca-certificates", **more})  # type: ignore[arg-type]


def test_missing_ca_certificates_are_installed() -> None:
    assert actions(untrusting()) == (InstallPackages(("ca-certificates",)),)


@pytest.mark.parametrize(
    "facts",
    [
        untrusting(host=Host(network=Network(has_authorities=True))),
        untrusting(host=Host()),
        untrusting(installed="dpkg ca-certificates"),
    ],
)
def test_silent_with_ca_certificates_or_if_they_are_unknown(facts: Facts) -> None:
    assert not planned(facts)


# By its name


def test_on_request_it_installs_what_go_development_needs() -> None:
    found = debian(known="build-essential git pkg-config pkgconf ca-certificates")
    assert actions(found, NAMED) == (InstallPackages(("build-essential", "git", "pkg-config")),)
    assert not planned(debian("apt-get gcc git pkgconf"), NAMED)


# Other distributions


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("dnf", "sudo dnf install gcc"),
        ("pacman", "sudo pacman -S --needed gcc"),
        ("zypper", "sudo zypper install gcc"),
        ("apk", "sudo apk add build-base"),
    ],
)
def test_with_another_package_manager_it_is_a_manual_step(program: str, command: str) -> None:
    found = debian(program, None, CGO)
    [note] = notes(found)
    assert note.endswith(f"run: {command}")
    assert not planned(debian(f"{program} gcc", None, CGO))
    assert not planned(debian(program, None, CGO, host=Host(installer=program))), "the finding has the command"
    host = Host(installer=program, programs=("gcc",), network=Network(has_authorities=False))
    private = host._replace(go_variables=(Variable("GOPRIVATE", "git.corp.invalid", "environment"),))
    words = command.rpartition(" ")[0]
    assert next_steps(private) == {
        "machine/no-git": f"{words} git",
        "machine/no-ca-certificates": f"{words} ca-certificates",
    }


def next_steps(host: Host) -> dict[str, str]:
    found = [reported for reported in machine_findings(host) if reported.finding.next is not None]
    return {reported.rule: reported.finding.next.render().removeprefix("type: ") for reported in found}


def test_silent_with_an_unknown_package_manager() -> None:
    assert not planned(debian("emerge", None, CGO))


# On a machine

PROGRAM = 'package main\n\n// #include <stdlib.h>\nimport "C"\n\nfunc main() {}\n'


def with_apt(machine: Machine, listed: str) -> None:
    machine.write("/usr/bin/apt-get", b"", mode=0o755, owner=0)
    machine.write("/etc/ssl/cert.pem", b"a certificate", owner=0)
    machine.write("/etc/apt/sources.list", SOURCES, owner=0)
    machine.write(
        "/var/lib/dpkg/status", b"Package: dpkg\nStatus: install ok installed\nArchitecture: amd64\n", owner=0
    )
    text = "".join(f"Package: {name}\nVersion: 1\nArchitecture: amd64\n\n" for name in listed.split())
    machine.write(IN_LISTS, text.encode(), owner=0)


def test_the_needs_of_a_workspace_with_cgo_are_planned(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.install_go()
    with_apt(machine, "build-essential")
    work = machine.write("/home/dev/work/go.mod", b"module example.invalid/work\n").parent
    machine.write("/home/dev/work/main.go", PROGRAM.encode())
    monkeypatch.chdir(work)
    before = machine.snapshot()
    said = json.loads(machine.wslgo("--plan", "--format", "json").out)
    [step] = [step for step in said["steps"] if step["id"] == "packages"]
    assert step["title"] == "Install build-essential"
    assert (step["needs_root"], step["reversible"], step["files"]) == (True, False, [])
    assert machine.snapshot() == before


def test_gui_toolkits_are_found_in_the_programs_of_a_workspace(machine: Machine) -> None:
    work = machine.write("/home/dev/work/go.mod", b"module example.invalid/work\n").parent
    for name in ("one", "two"):
        machine.write(f"/home/dev/work/{name}/main.go", b'package main\n\nimport _ "fyne.io/fyne/v2/app"\n')
    machine.write("/home/dev/work/library/view.go", b'package library\n\nimport _ "gioui.org/app"\n')
    workspace = workspace_of(work, tree(machine.root, None))
    assert workspace is not None
    assert workspace._replace(packages=()) == Workspace("/home/dev/work", uses_cgo=True, toolkits=("Fyne",))
    assert set(workspace.packages) == set(gui("Fyne").packages)


@pytest.mark.parametrize(
    ("requirement", "settings", "needs_wayland"),
    [
        ("fyne.io/fyne/v2 v2.7.4", "{}", False),
        ("fyne.io/fyne/v2 v2.8.0", "{}", True),
        ("fyne.io/fyne/v2 v2.9.1", "{}", True),
        ("github.com/go-gl/glfw/v3.4/glfw v0.0.0-20250301202403-da16c1255728 // indirect", "{}", True),
        ("fyne.io/fyne/v2 v2.8.0", '{"go.buildTags": "x11"}', False),
        ("fyne.io/fyne/v2 v2.8.0", '{"go.buildFlags": ["-tags", "x11,release"]}', False),
        ("fyne.io/fyne/v2 v2.8.0", '{"go.buildTags": "release"}', True),
    ],
)
def test_a_newer_fyne_needs_the_headers_of_wayland(
    machine: Machine, requirement: str, settings: str, needs_wayland: bool
) -> None:
    text = f"module example.invalid/work\n\nrequire {requirement}\n"
    work = machine.write("/home/dev/work/go.mod", text.encode()).parent
    machine.write("/home/dev/work/main.go", b'package main\n\nimport _ "fyne.io/fyne/v2/app"\n')
    machine.write("/home/dev/work/.vscode/settings.json", settings.encode())
    workspace = workspace_of(work, tree(machine.root, None))
    assert workspace is not None
    assert ("libwayland-dev" in workspace.packages) == needs_wayland
    tagged = workspace_of(work, tree(machine.root, None), Surroundings("-mod=mod -tags=x11"))
    assert tagged is not None
    assert "libwayland-dev" not in tagged.packages


@pytest.mark.skipif(os.geteuid() != 0, reason="only root locks somebody in")
def test_a_tree_without_dns_is_reported(machine: Machine) -> None:
    with_apt(machine, "git")
    outcome = machine.wslgo("--yes", "--only", "packages")
    assert outcome.code == 1
    assert "/etc/resolv.conf does not exist, so programs in the tree cannot resolve host names" in outcome.err


# As root


@pytest.mark.parametrize("order", ["apt gcc,", "apt ,gcc", "apt gcc,-y", "apt gcc,;id", "apt gcc,./x", "apt gcc,G"])
def test_every_name_of_an_order_is_a_package_name(order: str) -> None:
    assert run(f"{order}\n".encode()) == root_script.OUTSIDE


# An ordinary user applies a plan whose first step installs, on a machine whose apt fails.
APPLIED = """
import json, os, subprocess
from pathlib import Path
from wslgo.system.journal import Journal, folder_of
from wslgo.text.message import Message
from wslgo.provision.apply import root_script
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import RunContext
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.target import this_machine
from wslgo.provision.model.step import InstallPackages, Plan, Step, WriteFile

def as_root(payload):
    command = root_script.command(sudo=("/usr/bin/sudo",))
    done = subprocess.run(command.of(payload), input=payload, stdout=subprocess.PIPE, check=False)
    return done.returncode, done.stdout

text = Message(en="x", zh="x")()
packages = Step("packages", text, text, (InstallPackages(("gcc", "git")),), needs_root=True)
gpu = Step("gpu", text, text, (WriteFile("/etc/profile.d/x", None, b"x", owner="root"),), needs_root=True)
ledger, journal = Ledger(ledger_of(os.environ)), Journal(folder_of(os.environ))
ledger.folder.mkdir(parents=True, exist_ok=True)
target = this_machine(None, os.environ["HOME"])
context = RunContext(target, ledger, journal, os.environ, Path(os.environ["HOME"]) / "scratch", as_root=as_root)
run = ledger.begin("/", target.user.name, Plan((packages, gpu)))
print(json.dumps([[one.step.id, one.end, one.problem and one.problem.render()] for one in apply(run, context)]))
"""
_ENTER = (
    f'mount --bind "$1" {WHERE}; mount --bind "$2" /usr/bin/apt-get; mount --bind "$2" /usr/bin/dpkg; '
    'shift 2; exec "$@"'
)


@pytest.mark.skipif(not rootless.is_possible(), reason="only root becomes another user")
def test_a_failure_of_apt_does_not_stop_the_other_steps_of_root(tmp_path: Path) -> None:
    folder, fails = tmp_path / "profile.d", tmp_path / "fails"
    folder.mkdir(mode=0o755)
    fails.write_text(f'#!/bin/sh\necho "${{0##*/}} $*" >>{WHERE}/ran\nexit 100\n', encoding="utf-8")
    fails.chmod(0o755)
    user = rootless.User(tmp_path)
    words = ["unshare", "--mount", "sh", "-ec", _ENTER, "sh", str(folder), str(fails)]
    environment = {**os.environ, **user.environment, "PYTHONPATH": str(SERVER)}
    words += user.words([sys.executable, "-c", APPLIED])
    done = subprocess.run(words, capture_output=True, env=environment, cwd="/", timeout=60, check=False)
    assert json.loads(done.stdout) == [
        ["gpu", "done", None],
        ["packages", "failed", "apt-get failed; see its output in the terminal"],
    ]
    assert (folder / "x").read_bytes() == b"x"
    healed, installed = (folder / "ran").read_text().splitlines()
    assert healed.startswith("dpkg ")
    assert installed.split()[-2:] == ["gcc", "git"]
