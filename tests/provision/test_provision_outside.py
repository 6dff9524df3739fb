"""No program of a tree runs outside of it, and programs that run for a tree get no secrets."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import smallgo
from smallmachine import Machine
from smalltools import GO, SCRIPT, proxy, said, version_of_go, with_go
from wslgo.knowledge.go_tools import DELVE, GOPLS
from wslgo.machine.host import Go, Host
from wslgo.provision.apply import go_install, packages
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import Event
from wslgo.provision.apply.ledger import DONE
from wslgo.provision.model.facts import Facts, Release, Source, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import GoInstall, InstallToolchain, Plan, RunFixed, Step, Switch
from wslgo.provision.plan.steps import tools
from wslgo.provision.report.text import start_of
from wslgo.provision.toolchain.policy import Policy
from wslgo.text.message import Message

pytestmark = pytest.mark.slow

ONLY = ("--only", "tools")
TITLE = Message(en="A step", zh="步骤")()
SECRET = "hunter2-of-ci"
SWITCH = "/home/dev/sdk/go/bin/go"
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away and locks somebody in")


def spying(machine: Machine) -> bytes:
    """Write a go command that records its runs."""
    return f"#!/bin/sh\n(id -u; env) >>'{machine.folder}/ran'\nexec {GO} \"$@\"\n".encode()


def ran(machine: Machine) -> str:
    place = machine.folder / "ran"
    return place.read_text() if place.exists() else ""


def with_their_go(machine: Machine) -> None:
    """Return a tree whose user has replaced its Go with another program."""
    with_go(machine, proxy(machine.folder / "proxy"))
    shutil.rmtree(machine.root / "usr/local/go")
    machine.write("/home/dev/sdk/go1/VERSION", f"go{version_of_go()}\n".encode())
    machine.write(f"/home/dev/sdk/go1{SWITCH.removeprefix('/home/dev/sdk/go')}", spying(machine), mode=0o755)
    machine.write("/home/dev/sdk/go1/src/go.mod", b"module std\n")
    (machine.home / "sdk/go").symlink_to("go1")


def test_the_go_of_a_trees_user_does_not_run_and_the_tools_are_built_nevertheless(machine: Machine) -> None:
    with_their_go(machine)
    machine.environment |= {"CI_DEPLOY_TOKEN": SECRET}
    planned = machine.wslgo("--plan", *ONLY)
    assert f"done by {GO} of this machine, as " in planned.out
    assert "no program of the tree runs" in planned.out
    outcome = machine.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert said(machine.home / "go/bin/gopls") == "v0.23.0"
    assert ran(machine) == ""


def test_a_plan_names_its_programs_as_json(machine: Machine) -> None:
    with_their_go(machine)
    steps = json.loads(machine.wslgo("--plan", "--format", "json", *ONLY).out)["steps"]
    assert {json.dumps(step["programs"][0]["program"]) for step in steps} == {json.dumps(GO)}
    assert {step["programs"][0]["root"] for step in steps} == {"/"}


def with_source(machine: Machine) -> tuple[InstallToolchain, str]:
    """Return a toolchain and its requested source."""
    version, source = version_of_go(), machine.folder / "source"
    proxy(source)
    data = smallgo.tarball({**smallgo.FILES, "VERSION": f"go{version}\n".encode(), "bin/go": SCRIPT})
    name = f"go{version}.linux-amd64.tar.gz"
    (source / name).write_bytes(data)
    (source / f"{name}.sha256").write_text(smallgo.sha256(data))
    digest = f"sha256:{smallgo.sha256(data)}"
    return InstallToolchain(
        f"go{version}", f"{source.as_uri()}/{name}", f"/home/dev/sdk/go{version}", digest
    ), source.as_uri()


def test_a_toolchain_of_the_same_run_builds_by_a_copy_that_its_user_cannot_reach(machine: Machine) -> None:
    """The user replaces the installed one as soon as it is theirs."""
    install, source = with_source(machine)

    def replace(event: Event) -> None:
        if event.end == DONE and event.step.id == "toolchain":
            (machine.root / SWITCH.lstrip("/")).write_bytes(spying(machine))

    actions = (install, Switch("/home/dev/sdk/go", None, install.version))
    built = GoInstall(GOPLS.package, "v0.23.0", SWITCH, "/home/dev/go/bin", source, "", install)
    run = machine.begin(Plan((Step("toolchain", TITLE, TITLE, actions), Step("tools", TITLE, TITLE, (built,)))))
    context = machine.context(replace)._replace(policy=Policy("off", "off", (source,)))
    events = apply(run, context)
    assert [event.problem.render() for event in events if event.problem] == []
    assert said(machine.home / "go/bin/gopls") == "v0.23.0"
    assert ran(machine) == ""
    assert not list(context.scratch.glob("build-*"))
    assert not list(context.scratch.glob("downloads/*.tar.gz"))


@pytest.mark.parametrize("goproxy", ["file", "https://proxy.invalid"])
def test_settings_of_a_tree_cannot_vouch_for_programs_of_root(machine: Machine, goproxy: str) -> None:
    """The same toolchain, but only GOPROXY of the tree's user names its source, and GOSUMDB there is off."""
    install, source = with_source(machine)
    machine.write(SWITCH, spying(machine), mode=0o755)
    module = f"{source}/golang.org/toolchain/@v/v0.0.1-{install.version}.linux-amd64.zip"
    for url, digest in ((module, "h1:x"), (module, None)):
        toolchain = install._replace(source=url, digest=digest)
        built = GoInstall(GOPLS.package, "v0.23.0", SWITCH, "/home/dev/go/bin", source, "", toolchain)
        run = machine.begin(Plan((Step("tools", TITLE, TITLE, (built,)),)))
        policy = Policy(source if goproxy == "file" else goproxy, "off")
        [event] = apply(run, machine.context()._replace(policy=policy))
        assert event.problem is not None
        assert ran(machine) == ""
        assert not (machine.home / "go/bin").exists()


def test_a_build_for_a_tree_gets_no_secret_and_only_paths_of_the_system(machine: Machine) -> None:
    builder = machine.folder / "builder/bin/go"
    builder.parent.mkdir(parents=True)
    builder.write_text(f"#!/bin/sh\nenv >'{machine.folder}/seen'\n: >\"$GOBIN/gopls\"\n")
    builder.chmod(0o755)
    machine.write(SWITCH, spying(machine), mode=0o755)
    environment = {
        **machine.environment,
        "CI_DEPLOY_TOKEN": SECRET,
        "LD_PRELOAD": "",
        "GOFLAGS": "-toolexec=x",
        "GOAUTH": "x",
        "GOROOT": "/x",
        "HTTPS_PROXY": "http://proxy.invalid:3128",
        "SSL_CERT_FILE": "/c.pem",
        "NETRC": "/n",
    }
    action = GoInstall(GOPLS.package, "v0.23.0", SWITCH, "/home/dev/go/bin", "", str(builder))
    run = machine.begin(Plan((Step("tools", TITLE, TITLE, (action,)),)))
    [event] = apply(run, machine.context()._replace(environment=environment))
    assert event.problem is None, event.problem.render()
    seen = dict(line.split("=", 1) for line in (machine.folder / "seen").read_text().splitlines())
    assert SECRET not in seen.values()
    assert seen["PATH"] == "/usr/sbin:/usr/bin:/sbin:/bin"
    assert seen["HTTPS_PROXY"] == "http://proxy.invalid:3128"
    assert seen["SSL_CERT_FILE"] == "/c.pem"
    fixed = {"GOTOOLCHAIN": "local", "CGO_ENABLED": "0", "GOFLAGS": "-trimpath", "GOENV": "off", "GOVCS": "*:off"}
    assert {name: seen[name] for name in fixed} == fixed
    assert not {"GOROOT", "NETRC", "LD_PRELOAD"} & seen.keys()
    assert seen["GOAUTH"] == "off"
    assert seen["HOME"].startswith(str(machine.folder / "scratch"))


@ROOT
def test_a_builder_that_others_can_change_is_not_run_as_root(machine: Machine) -> None:
    builder = machine.folder / "builder/bin/go"
    builder.parent.mkdir(parents=True)
    builder.write_bytes(spying(machine))
    builder.chmod(0o755)
    builder.parent.chmod(0o777)
    machine.write(SWITCH, b"", mode=0o755)
    action = GoInstall(GOPLS.package, "v0.23.0", SWITCH, "/home/dev/go/bin", "", str(builder))
    [event] = apply(machine.begin(Plan((Step("tools", TITLE, TITLE, (action,)),))), machine.context())
    assert event.problem is not None
    assert "as root: other users can change it" in event.problem.render()
    assert ran(machine) == ""


def test_a_go_in_a_path_into_the_tree_is_not_used(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    with_their_go(machine)
    inside = str(machine.home / "sdk/go/bin")
    monkeypatch.setenv("PATH", f"{inside}:{os.environ['PATH']}")
    outcome = machine.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    action = GoInstall(GOPLS.package, "v0.23.0", SWITCH, "/home/dev/go/bin", "", f"{inside}/go")
    [event] = apply(machine.begin(Plan((Step("tools", TITLE, TITLE, (action,)),))), machine.context())
    assert event.problem is not None
    assert "is in the tree" in event.problem.render()
    assert ran(machine) == ""


@ROOT
def test_root_does_not_build_in_a_folder_of_another_user(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """`sudo` may keep HOME."""
    with_go(machine, proxy(machine.folder / "proxy"))
    roots = machine.folder / "of-root"
    monkeypatch.setattr(go_install, "_ROOTS", roots)
    theirs = machine.folder / "theirs"
    theirs.mkdir()
    os.chown(theirs, 1000, 1000)
    used: list[str] = []
    context = machine.context(lambda _: used.extend(path.name for path in roots.glob("*")))._replace(
        scratch=theirs / "scratch"
    )
    action = GoInstall(GOPLS.package, "v0.23.0", "/usr/local/go/bin/go", "/home/dev/go/bin")
    policy = Policy((machine.folder / "proxy").as_uri(), "off")
    [event] = apply(machine.begin(Plan((Step("tools", TITLE, TITLE, (action,)),))), context._replace(policy=policy))
    assert event.problem is None, event.problem.render()
    assert roots.is_dir()
    assert not list(theirs.rglob("build-*"))


# What can build, as the plan knows it

RELEASE = Release("go1.27.3", Source("https://go.dev", "tarball"), "https://go.dev/dl/go1.27.3.linux-amd64.tar.gz")
IN_USE = tools.Go(tools.GoVersion(1, 27, 3), "/home/dev/sdk/go/bin/go", "1.27.3")


def tree(**more: object) -> Facts:
    return Facts(user=User("dev", "/home/dev"), is_tree=True, host=Host(go=Go("/x/go", "1.27.3")), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (tree(builder=Go("/usr/local/go/bin/go", "1.27.5")), tools.Builder("/usr/local/go/bin/go")),
        (tree(builder=Go("/usr/local/go/bin/go", "1.20.1")), None),
        (tree(), None),
        (
            tree(builder=Go("/usr/local/go/bin/go", "1.20.1"), archive=RELEASE),
            tools.Builder(toolchain=InstallToolchain("go1.27.3", RELEASE.url, "")),
        ),
        (tree()._replace(is_tree=False), tools.Builder()),
    ],
)
def test_a_go_that_is_new_enough_builds(facts: Facts, expected: tools.Builder | None) -> None:
    assert tools.builder(GOPLS, IN_USE, facts, Spec()) == expected


def test_without_a_builder_the_plan_says_so() -> None:
    found = tree(folders={"/home/dev/go/bin": ()}, newest_tools={GOPLS.package: "v0.23.0", DELVE.package: "v1.27.2"})
    notes = list(tools.steps(found, Spec()))
    assert notes
    assert not [note for note in notes if isinstance(note, Step)]
    assert all("programs of a tree do not run" in note.render() for note in notes if not isinstance(note, Step))


def test_the_program_of_an_action_is_known() -> None:
    assert start_of(Switch("/a", None, "b")) is None
    started = start_of(RunFixed(("ldconfig",)))
    assert started is not None
    assert (started.program, started.user, started.root) == ("ldconfig", "root", "/")


# Programs of the tree, in the tree


@ROOT
def test_programs_of_a_tree_run_in_namespaces_of_their_own_with_few_rights() -> None:
    script = (
        "readlink /proc/self/ns/mnt /proc/self/ns/ipc /proc/self/ns/uts; grep -E 'NoNewPrivs|CapEff' /proc/self/status"
    )
    words = [*packages._confinement(0), "/bin/sh", "-c", script]
    inside = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    own = [str(Path("/proc/self/ns", name).readlink()) for name in ("mnt", "ipc", "uts")]
    assert not set(own) & set(inside)
    rights = int(next(line for line in inside if line.startswith("CapEff")).split()[1], 16)
    for number, name in ((16, "sys_module"), (17, "sys_rawio"), (19, "sys_ptrace"), (21, "sys_admin"), (27, "mknod")):
        assert not rights >> number & 1, name
    assert "NoNewPrivs:\t1" in inside


@ROOT
def test_programs_of_a_tree_get_no_secret(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    from test_provision_programs import with_shell

    with_shell(machine)
    monkeypatch.setenv("CI_DEPLOY_TOKEN", SECRET)
    machine.write("/sbin/ldconfig", b"#!/bin/sh\nexport -p >/seen\n", mode=0o755, owner=0)
    assert machine.apply(machine.begin(Plan((Step("gpu", TITLE, TITLE, (RunFixed(("ldconfig",)),)),)))) == [DONE]
    seen = (machine.root / "seen").read_text()
    assert SECRET not in seen
    assert "DEBIAN_FRONTEND" in seen
    outcome = machine.wslgo("--plan", "--only", "packages")
    assert SECRET not in outcome.out + outcome.err
