"""Tools that a real go command builds, from a module proxy in a folder, into a small machine."""

import os
from pathlib import Path

import pytest

import smallgo
from smallmachine import Machine
from smalltools import GO, SCRIPT, proxy, said, version_of_go, with_go
from wslgo.knowledge.go_tools import GOPLS
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import RunContext
from wslgo.provision.model.facts import BuildInfo
from wslgo.provision.model.step import GoInstall, Plan, Step
from wslgo.provision.survey.build_info import read
from wslgo.provision.target import this_machine
from wslgo.text.message import Message

pytestmark = pytest.mark.slow

ONLY = ("--only", "tools")
TITLE = Message(en="A step", zh="步骤")()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the build cache that all tests share."""
    return tmp_path_factory.mktemp("go-build")


def programs(machine: Machine) -> dict[str, str]:
    """Return the output of each installed tool."""
    folder = machine.home / "go" / "bin"
    return {path.name: said(path) for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def test_the_newest_fitting_tools_are_built_once_and_undone(machine: Machine) -> None:
    with_go(machine, proxy(machine.folder / "proxy"))
    before = machine.snapshot()
    outcome = machine.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert programs(machine) == {"dlv": "v1.27.2", "gopls": "v0.23.0", "staticcheck": "v0.7.0"}
    after = machine.snapshot()
    assert machine.wslgo("--yes", *ONLY).out.startswith("Nothing to do")
    assert machine.snapshot() == after
    assert not list((machine.folder / "runner" / ".cache" / "wslgo" / "provision").glob("build-*"))
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.24.2", ("gopls v0.20.0", "Delve v1.26.1", "staticcheck v0.6.1")),
        ("1.25.3", ("gopls v0.23.0", "Delve v1.27.2", "staticcheck v0.7.0")),
        ("1.23.0", ("Delve v1.25.1", "staticcheck v0.6.1")),
    ],
)
def test_an_older_go_gets_older_tools(machine: Machine, version: str, expected: tuple[str, ...]) -> None:
    with_go(machine, proxy(machine.folder / "proxy"), version)
    outcome = machine.wslgo("--plan", *ONLY)
    titles = [line.partition(" in ")[0] for line in outcome.out.splitlines() if "[tools]" in line]
    assert tuple(title.partition("Build ")[2] for title in titles) == expected
    assert ("which gopls fits Go 1.23.0" in outcome.err) == (len(expected) == 2)


def test_a_tool_that_a_machine_outgrew_is_replaced_and_comes_back(machine: Machine) -> None:
    with_go(machine, proxy(machine.folder / "proxy"), "1.23.0")
    assert machine.wslgo("--yes", "--only", "tools").code == 0
    before = machine.snapshot()
    assert programs(machine)["dlv"] == "v1.25.1"
    machine.write("/usr/local/go/VERSION", b"go1.26.0\n", mode=0o755, owner=0)
    outcome = machine.wslgo("--yes", "--only", "tools,path")
    assert "Delve v1.25.1 does not support Go 1.26.0; v1.27.2 is the newest that does" in outcome.out
    assert programs(machine)["dlv"] == "v1.27.2"
    assert machine.wslgo("--undo", "--yes").code == 0
    machine.write("/usr/local/go/VERSION", b"go1.23.0\n", mode=0o755, owner=0)
    assert machine.snapshot() == before


def test_a_tool_that_does_not_build_does_not_stop_the_others(machine: Machine) -> None:
    with_go(machine, proxy(machine.folder / "proxy", broken=GOPLS))
    for _ in range(2):
        outcome = machine.wslgo("--yes", *ONLY)
        assert outcome.code == 1
        assert "undefined: missing" in outcome.err
        assert programs(machine) == {"dlv": "v1.27.2", "staticcheck": "v0.7.0"}


@pytest.mark.parametrize("number", [12, 60])
def test_a_build_that_was_killed_is_finished_by_the_next_run(machine: Machine, number: int) -> None:
    with_go(machine, proxy(machine.folder / "proxy"))
    before = machine.snapshot()
    assert machine.kill_at(number, "--yes", *ONLY)
    outcome = machine.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert list(programs(machine)) == ["dlv", "gopls", "staticcheck"]
    assert not list((machine.folder / "runner" / ".cache" / "wslgo" / "provision").glob("build-*"))
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_a_toolchain_of_the_same_plan_builds_them_from_the_same_source(machine: Machine) -> None:
    version = version_of_go()
    source = machine.folder / "source"
    proxy(source)
    data = smallgo.tarball({**smallgo.FILES, "VERSION": f"go{version}\n".encode(), "bin/go": SCRIPT})
    (source / f"go{version}.linux-amd64.tar.gz").write_bytes(data)
    (source / f"go{version}.linux-amd64.tar.gz.sha256").write_text(smallgo.sha256(data))
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off\nGOSUMDB=off\n")
    arguments = ("--only", "toolchain,tools", "--go", version, "--source", source.as_uri(), "--yes")
    outcome = machine.wslgo(*arguments)
    assert outcome.code == 0, outcome.err
    assert list(programs(machine)) == ["dlv", "gopls", "staticcheck"]
    assert machine.wslgo(*arguments).out.startswith("Nothing to do")


def test_a_failed_toolchain_is_the_reason(machine: Machine) -> None:
    with_go(machine, proxy(machine.folder / "proxy"))
    run = machine.begin(_plan("/home/dev/sdk/go/bin/go"))
    [event] = apply(run, machine.context())
    assert event.problem is not None
    words = "/home/dev/sdk/go/bin/go does not exist, so golang.org/x/tools/gopls cannot be built"
    assert event.problem.render() == words


def test_settings_for_other_work_do_not_affect_a_build(tmp_path: Path, cache: Path) -> None:
    """Flags and a system in the go env file, and a GOROOT in the environment; on this machine, as this user."""
    home = tmp_path / "home"
    (home / ".config/go").mkdir(parents=True)
    lines = ("GOFLAGS=-mod=vendor", "GOOS=windows", "GOSUMDB=off", f"GOPROXY={proxy(tmp_path / 'proxy')}")
    (home / ".config/go/env").write_text("".join(f"{line}\n" for line in lines))
    context = _run_context(tmp_path, home, {"GOCACHE": str(cache), "GOROOT": "/nowhere", "CC": "/nowhere"})
    [event] = apply(context.ledger.begin("/", "dev", _plan(GO, f"{home}/go/bin")), context)
    assert event.problem is None, event.problem.render()
    built = read(home / "go/bin/gopls")
    assert built == BuildInfo(GOPLS.package, "v0.23.0", version_of_go(), GOPLS.module, built.sum if built else "")
    assert built.sum.startswith("h1:")


def test_a_go_that_is_a_link_is_called_by_its_own_name(tmp_path: Path, cache: Path) -> None:
    """/snap/bin/go is such a link, to a program that depends on the name it was called by."""
    home, many = tmp_path / "home", tmp_path / "snap"
    home.mkdir()
    many.write_text(f'#!/bin/sh\n[ "${{0##*/}}" = go ] || exit 64\nunset GOROOT\nexec {GO} "$@"\n')
    many.chmod(0o755)
    command = tmp_path / "bin" / "go"
    command.parent.mkdir()
    command.symlink_to(many)
    context = _run_context(tmp_path, home, {"GOCACHE": str(cache), "GOSUMDB": "off"})
    run = context.ledger.begin("/", "dev", _plan(str(command), f"{home}/go/bin", proxy(tmp_path / "proxy")))
    [event] = apply(run, context)
    assert event.problem is None, event.problem.render()
    assert said(home / "go/bin/gopls") == "v0.23.0"


def _plan(go: str, folder: str = "/home/dev/go/bin", goproxy: str = "") -> Plan:
    return Plan((Step("tools", TITLE, TITLE, (GoInstall(GOPLS.package, "v0.23.0", go, folder, goproxy),)),))


def _run_context(folder: Path, home: Path, variables: dict[str, str]) -> RunContext:
    """Return a context for this machine, with a home of its own."""
    other = folder / "other"
    other.mkdir()
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], **variables}
    return Machine(other).context()._replace(target=this_machine(None, str(home)), environment=environment)
