"""Provisioning judges nothing: a step without a request ends a finding of a rule that it names."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import machines
from faults import FAULTS, Fault, with_fault
from smallmachine import Machine
from wslgo.goenv.assignment import ENVIRONMENT
from wslgo.golang.workspace import Workspace
from wslgo.knowledge.go_tools import DELVE, GOPLS
from wslgo.machine.host import Editor, Go, Host, Snapshot, Variable
from wslgo.provision.model.facts import Certificate, Facts, File, Release, Source, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan import planner
from wslgo.provision.plan.judgement import findings, findings_to_resolve
from wslgo.provision.plan.steps import toolchain
from wslgo.provision.survey.answers import with_answers

HEALTHY = "ubuntu-24.04-nat"
RELEASE = Release("go1.27.3", Source("https://go.dev", "tarball", 0.1), "https://go.dev/dl/go1.27.3.linux-amd64.tar.gz")
NEWEST = {GOPLS.package: "v0.24.0", DELVE.package: "v1.27.1"}
UNASKED = Spec()
PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
PROXY = "http://proxy.corp.example:8080"


def surveyed(host: Host, texts: Mapping[str, str] | None = None, **more: object) -> Facts:
    """Return a survey of a machine: its files are those of the `Host`, and all others that steps read are missing."""
    user = User("user", host.home or "/home/user")
    known = {snapshot.path: snapshot.text for snapshot in (host.wslconfig, host.wslconf) if snapshot is not None}
    variables = host.go_variables or ()
    goenv = "".join(f"{name}={value}\n" for name, value, origin in variables if origin == host.goenv_path)
    exports = "".join(f"export {name}='{value}'\n" for name, value, origin in variables if origin == ENVIRONMENT)
    known |= {"/home/user/.bashrc": exports, host.goenv_path or "/x": goenv, "/usr/bin/apt-get": "", **(texts or {})}
    read = [path for name in planner.STEPS for path in planner.module_of(name).reads(user, host)]
    files = dict.fromkeys(path for path in read if "*" not in path)
    folders: dict[str, tuple[str, ...] | None] = {**files, "/etc/apt/apt.conf.d": ()}
    folders["/usr/bin"] = ("apt-get", *(host.programs or ()))
    tools = [tool.path.rpartition("/") for tool in (host.gopls, host.delve) if tool is not None]
    for folder, _, name in tools:
        folders[folder] = (*(folders.get(folder) or ()), name)
    if host.go_programs is not None and host.go_programs.number:
        folders.setdefault(host.go_programs.folder, None)
        folders[host.go_programs.folder] = folders[host.go_programs.folder] or ("stringer",)
    facts = Facts(
        host,
        user,
        files={**files, **{path: None if text is None else File(text.encode()) for path, text in known.items()}},
        folders={**folders, "/sbin": ("ldconfig",)},
        links=dict.fromkeys(files),
        packages=None if host.packages is None else frozenset(host.packages),
        newest_tools=NEWEST,
    )._replace(**more)  # type: ignore[arg-type]
    facts = facts._replace(release=RELEASE if toolchain.need(facts, Spec()) is not None else None)
    return with_answers(facts, ())


def unfounded(facts: Facts, spec: Spec = UNASKED) -> list[tuple[str, str]]:
    """Return the steps of a plan that end no finding, with their reasons."""
    found = {reported.rule for reported in findings_to_resolve(facts)}
    steps = planner.plan(facts, spec).steps
    return [(step.id, step.reason.render()) for step in steps if not found.intersection(step.resolves)]


class Scenario(NamedTuple):
    """A survey in which a step acts, and a rule whose finding it ends."""

    name: str
    facts: Facts
    step: str
    rule: str


def host(name: str = HEALTHY, **more: object) -> Host:
    return machines.host(name)._replace(**more)


def wsl_conf(text: str, **more: object) -> Facts:
    return surveyed(host(wslconf=Snapshot("/etc/wsl.conf", text, text, knows_start=True)), **more)


def with_proxies(*values: str) -> Facts:
    named = tuple(Variable(name, value, ENVIRONMENT) for name, _, value in (word.partition("=") for word in values))
    texts = {"/home/user/.bashrc": "".join(f"export {word}\n" for word in values)}
    known = host().network
    return surveyed(host(network=known._replace(proxies=named, apt_proxy="")), texts)


def with_variable(name: str, value: str, **more: object) -> Facts:
    known = host(**more)
    others = tuple(variable for variable in known.go_variables or () if variable.name != name)
    variable = Variable(name, value, known.goenv_path or "")
    return surveyed(known._replace(go_variables=(*others, variable)))


def answering(problem: str) -> tuple[Source, ...]:
    return (
        Source("https://proxy.golang.org", "module", None, problem),
        Source("https://goproxy.cn", "module", 0.1, answers=True),
    )


GUI = Workspace("/home/user/app", uses_cgo=True, toolkits=("Fyne",), packages=("gcc", "libgl1-mesa-dev", "xorg-dev"))
CUDA = Workspace("/home/user/app", uses_cgo=True, uses_cuda=True)
AUDIO = Workspace("/home/user/app", plays_sound=True)
ON_C = Workspace("/mnt/c/src/app")
WAILS = Workspace("/home/user/app", uses_cgo=True, toolkits=("Wails",), packages=("build-essential", "pkg-config"))
SERVER = Editor("VS Code", "/home/user/.vscode-server")
MACHINE_SETTINGS = f"{SERVER.folder}/data/Machine/settings.json"
DISTRUST = Source(
    "https://go.dev", "tarball", None, "certificate: unable to get local issuer certificate", answers=False
)

SCENARIOS = (
    Scenario(
        "GPU off from the next start on",
        surveyed(
            host(wslconf=Snapshot("/etc/wsl.conf", "[gpu]\nenabled=false\n", "", knows_start=True)), workspace=CUDA
        ),
        *("wsl-conf", "machine/gpu-switched-off"),
    ),
    Scenario("GPU off", wsl_conf("[gpu]\nenabled=false\n", workspace=CUDA), "wsl-conf", "machine/gpu-switched-off"),
    Scenario(
        "WSLg off",
        wsl_conf("[general]\nguiApplications=false\n", workspace=GUI),
        *("wsl-conf", "machine/gui-switched-off"),
    ),
    Scenario("no modes", wsl_conf("", workspace=ON_C), "wsl-conf", "machine/drive-without-file-modes"),
    Scenario(
        "kernel settings",
        wsl_conf("[boot]\nsystemd=true\ncommand=sysctl -w vm.swappiness=10\n"),
        *("sysctl", "wslconf/kernel-settings-in-command"),
    ),
    Scenario("no exceptions", with_proxies(f"https_proxy={PROXY}"), "proxy", "machine/proxy-without-exceptions"),
    Scenario(
        "exceptions in capitals",
        with_proxies(f"https_proxy={PROXY}", "NO_PROXY=localhost"),
        *("proxy", "machine/proxy-exceptions-in-capitals"),
    ),
    Scenario("apt", with_proxies(f"https_proxy={PROXY}", "no_proxy=a"), "proxy", "machine/apt-without-proxy"),
    Scenario(
        "other programs",
        surveyed(
            host(search_path=("/usr/local/go/bin", "/usr/bin"), gopls=None, delve=None, go_programs=host().go_programs)
        ),
        *("path", "machine/tools-not-in-path"),
    ),
    Scenario(
        "go.goroot",
        surveyed(host(editors=(SERVER,)), {MACHINE_SETTINGS: '{"go.goroot": "/opt/go"}'}),
        *("editor", "machine/another-go-in-editor"),
    ),
    Scenario(
        "GOPROXY in the editor",
        surveyed(host(editors=(SERVER,)), {MACHINE_SETTINGS: '{"go.toolsEnvVars": {"GOPROXY": "direct,https://a.b"}}'}),
        *("editor", "goenv/unreachable-proxy"),
    ),
    Scenario("GOROOT", with_variable("GOROOT", "/opt/go"), "go-variables", "goenv/goroot-by-hand"),
    Scenario("GOCACHE", with_variable("GOCACHE", "/mnt/c/cache"), "caches", "goenv/folder-on-windows-drive"),
    Scenario(
        "GOPROXY", with_variable("GOPROXY", "ftp://a.b,https://b.c,direct"), "go-variables", "goenv/unusable-proxy"
    ),
    Scenario(
        "a mirror", surveyed(host(), proxies=answering("no answer")), "go-variables", "machine/silent-module-proxy"
    ),
    Scenario(
        "no git",
        with_variable("GOPRIVATE", "git.corp.example", programs=("gcc",)),
        *("packages", "machine/no-git"),
    ),
    Scenario(
        "no CA certificates",
        surveyed(host(network=host().network._replace(has_authorities=False))),
        *("packages", "machine/no-ca-certificates"),
    ),
    Scenario("no headers", surveyed(host(packages=("gcc",)), workspace=CUDA), "packages", "machine/no-c-headers"),
    Scenario(
        "no compiler",
        surveyed(host(compiler=None, programs=(), packages=()), workspace=CUDA),
        "packages",
        "machine/no-c-compiler",
    ),
    Scenario("no libraries", surveyed(host(), workspace=GUI), "packages", "machine/missing-packages"),
    Scenario(
        "no pkg-config",
        surveyed(host(programs=("gcc", "g++")), workspace=WAILS),
        "packages",
        "machine/missing-packages",
    ),
    Scenario(
        "no name server",
        surveyed(
            host(
                network=host().network._replace(name_servers=(), resolv_conf=None),
                wslconf=Snapshot("/etc/wsl.conf", "[network]\ngenerateResolvConf=false\n"),
            )
        ),
        *("dns", "machine/no-name-server"),
    ),
    Scenario(
        "a CA",
        surveyed(host(), sources=(DISTRUST,), certificates=(Certificate("Corp", PEM, host="go.dev"),)),
        *("certificates", "machine/untrusted-certificate"),
    ),
    Scenario("no sound", surveyed(host(), workspace=AUDIO), "wslg", "machine/no-sound"),
    Scenario("no Go", surveyed(host(go=None, go_variables=None)), "toolchain", "machine/no-go"),
    Scenario("old Go", surveyed(host(go=Go("/usr/local/go/bin/go", "1.10.4"))), "toolchain", "machine/go-too-old"),
    Scenario("no gopls", surveyed(host(gopls=None)), "tools", "machine/no-gopls"),
    Scenario(
        "libcuda",
        surveyed(
            host("nvidia-gpu", gpu=host("nvidia-gpu").gpu._replace(loader_finds_library=False)),
            {"/etc/ld.so.conf": "include /etc/ld.so.conf.d/*.conf\n"},
        ),
        *("gpu", "machine/gpu-library-not-found"),
    ),
    Scenario(
        "memory",
        surveyed(host(wslconfig=Snapshot("/mnt/c/Users/user/.wslconfig", "[wsl2]\nmemory=999GB\n"))),
        *("wslconfig", "wslconfig/memory-above-host"),
    ),
)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_step_ends_a_finding(scenario: Scenario) -> None:
    plan = planner.plan(scenario.facts, Spec())
    assert scenario.rule in {rule for step in plan.steps if step.id == scenario.step for rule in step.resolves}
    assert scenario.rule in {reported.rule for reported in findings(scenario.facts)}
    assert unfounded(scenario.facts) == []


def test_every_step_that_acts_by_itself_has_a_scenario() -> None:
    resolving = {name for name in planner.STEPS if planner.module_of(name).RESOLVES}
    assert {scenario.step for scenario in SCENARIOS} == resolving == {*planner.STEPS} - {"launch"}


@pytest.mark.parametrize("machine", machines.NAMES)
def test_no_step_acts_without_a_finding(machine: str) -> None:
    for workspace in (None, GUI, CUDA, ON_C, WAILS, AUDIO):
        assert unfounded(surveyed(machines.host(machine), workspace=workspace)) == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_no_step_acts_beside_a_fault(fault: Fault) -> None:
    for machine in (HEALTHY, "china-company"):
        assert unfounded(surveyed(with_fault(machine, fault))) == []


@pytest.mark.parametrize("has_go", [False, True])
def test_no_step_acts_in_a_tree_without_a_finding(has_go: bool, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    if has_go:
        machine.install_go()
        machine.install_tools()
    planned = json.loads(machine.wslgo("--plan", "--format", "json", "--source", machine.source()).out)["steps"]
    assert planned
    assert all(step["mends"] for step in planned), [step["id"] for step in planned if not step["mends"]]


# The steps that are asked for: by their name, by a value, and by the modules of the workspace.


def certificate() -> Certificate:
    return Certificate("Corp", PEM, file="corp.pem")


@pytest.mark.parametrize(
    ("facts", "spec", "step"),
    [
        (surveyed(host(), certificates=(certificate(),)), Spec(certificates=("corp.pem",)), "certificates"),
        (surveyed(host())._replace(release=RELEASE), Spec(go="1.27"), "toolchain"),
        (surveyed(host(), asked="1.27.1")._replace(release=RELEASE), Spec(), "toolchain"),
        (surveyed(host()), Spec(variables=(("GOPRIVATE", "a.example"),)), "go-variables"),
        (wsl_conf(""), Spec(only=("wsl-conf",)), "wsl-conf"),
    ],
)
def test_a_request_is_enough(facts: Facts, spec: Spec, step: str) -> None:
    assert step in {identity for identity, _ in unfounded(facts, spec)}


def test_the_plan_says_who_asked() -> None:
    [step, *_] = planner.plan(surveyed(host(), asked="1.27.1")._replace(release=RELEASE), Spec()).steps
    assert isinstance(step, Step)
    assert "go.mod asks for 1.27.1" in step.reason.render()
