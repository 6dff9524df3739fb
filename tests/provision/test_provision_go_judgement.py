"""The plan of a Go that fails, is old, or does not fit its tools: it asks the rules, and names those it resolves."""

from collections.abc import Iterator

import pytest

import machines
from faults import FAULTS, HEALTHY, Fault, with_fault
from wslgo.knowledge import go_tools
from wslgo.knowledge.go_tools import DELVE, GOPLS, Misfit, misfit
from wslgo.knowledge.version import go_version
from wslgo.machine.host import Host, Tool, Variable
from wslgo.provision.model.facts import Facts, File, Release, Source, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan import planner
from wslgo.provision.plan.judgement import remainder
from wslgo.provision.plan.steps import toolchain

USER = User("user", "/home/user")
GOENV = "/home/user/.config/go/env"
RELEASE = Release("go1.27.3", Source("https://go.dev/dl/", "tarball", 0.1), "https://go.dev/dl/x.tar.gz", "sha256:0")
NEWEST = {DELVE.package: "v1.27.3", GOPLS.package: "v0.24.0"}


def plan(host: Host, *, release: Release | None = RELEASE, **more: object) -> list[Step]:
    facts = Facts(host, USER, release=release, newest_tools=NEWEST)._replace(**more)  # type: ignore[arg-type]
    return list(planner.plan(facts, Spec()).steps)


def named(name: str) -> Fault:
    return next(fault for fault in FAULTS if fault.name == name)


def broken(fault: str, machine: str = "ubuntu-24.04-nat") -> Host:
    return with_fault(machine, named(fault))


def hosts() -> Iterator[tuple[str, Host]]:
    yield from ((name, machines.host(name)) for name in machines.NAMES)
    yield from ((fault.name, with_fault(machine, fault)) for machine in HEALTHY for fault in FAULTS)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "host"), [*hosts()], ids=lambda value: value if isinstance(value, str) else "")
def test_each_step_of_a_plan_names_a_rule_that_it_resolves(name: str, host: Host) -> None:
    home = host.home or "/home/user"
    files: dict[str, File | None] = dict.fromkeys((f"{home}/.bashrc", f"{home}/.profile"), File(b"", owner="user"))
    if host.goenv_path:
        files[host.goenv_path] = None
    for variable in host.go_variables or ():
        if variable.origin == host.goenv_path:
            before = files.get(variable.origin)
            line = f"{variable.name}={variable.value}\n".encode()
            files[variable.origin] = File((before.data if before else b"") + line, owner="user")
    tools = tuple(tool.path.rpartition("/")[2] for tool in (host.delve, host.gopls) if tool is not None)
    folders = {f"{home}/go/bin": tools, f"{home}/sdk": ()}
    facts = Facts(host, User("user", home), files=files, folders=folders, newest_tools=NEWEST)
    for release in (None, RELEASE):
        if release is None or toolchain.need(facts, Spec()) is not None:
            for step in planner.plan(facts._replace(release=release), Spec()).steps:
                assert step.resolves, (step.id, step.title.render())


@pytest.mark.parametrize(
    ("fault", "rules"),
    [
        ("go of arm64", {"machine/go-of-another-processor"}),
        ("the loader of go is gone", {"machine/go-does-not-start"}),
        ("go crashes", {"machine/go-does-not-start"}),
        ("go fails", {"machine/go-fails"}),
        ("no go", {"machine/no-go"}),
        ("Go 1.10", {"machine/go-too-old", "machine/delve-not-for-go", "machine/gopls-not-for-go"}),
    ],
)
def test_another_go_is_planned_where_this_one_does_not_work(fault: str, rules: set[str]) -> None:
    steps = [step for step in plan(broken(fault)) if step.id in ("toolchain", "tools")]
    assert steps[0].id == "toolchain"
    assert {rule for step in steps for rule in step.resolves} == rules


@pytest.mark.parametrize("fault", ["GOFLAGS is no flag", "GOTOOLCHAIN is no toolchain", "GOOS of Windows"])
def test_no_other_go_is_planned_for_a_value_that_breaks_every_go(fault: str) -> None:
    assert [step.id for step in plan(broken(fault))] == []


@pytest.mark.parametrize(
    ("fault", "name", "rule"),
    [
        ("GOTOOLCHAIN is no toolchain", "GOTOOLCHAIN", "machine/go-fails"),
        ("an experiment is over", "GOEXPERIMENT", "machine/go-fails"),
        ("GOOS of Windows", "GOOS", "goenv/target-of-another-system"),
    ],
)
def test_a_line_of_the_go_env_file_that_breaks_go_is_removed(fault: str, name: str, rule: str) -> None:
    host = broken(fault)
    value = host.go_values()[name]
    variables = tuple(variable for variable in host.go_variables or () if variable.name != name)
    host = host._replace(go_variables=(*variables, Variable(name, value, GOENV)))
    text = f"GOPRIVATE=git.corp.com\n{name}={value}\n"
    steps = plan(host, files={GOENV: File(text.encode(), owner="user")})
    assert [(step.id, step.resolves) for step in steps] == [("go-variables", (rule,))]
    assert [write.after for write in steps[0].writes] == [b"GOPRIVATE=git.corp.com\n"]
    assert not remainder(
        Facts(host, USER, files={GOENV: File(text.encode())}), planner.Plan(tuple(steps)), Spec(), ()
    ).findings


def test_a_line_that_a_rule_corrects_stays_with_its_correction() -> None:
    host = broken("GOFLAGS is no flag")
    known = (Variable("GOFLAGS", "-tags integration", GOENV),)
    steps = plan(host._replace(go_variables=known), files={GOENV: File(b"GOFLAGS=-tags integration\n", owner="user")})
    assert [(step.id, step.resolves) for step in steps] == [
        ("go-variables", ("goenv/unusable-flags", "machine/go-fails"))
    ]
    assert [write.after for write in steps[0].writes] == [b"GOFLAGS=-tags=integration\n"]


def test_a_line_that_an_export_overrules_stays() -> None:
    host = broken("an experiment is over")
    assert plan(host, files={GOENV: File(b"GOEXPERIMENT=rangefunc\n", owner="user")}) == []


@pytest.mark.parametrize(
    ("fault", "title"), [("an old Delve", "Delve"), ("a Delve of an older Go", "Delve"), ("an old gopls", "gopls")]
)
def test_a_tool_that_does_not_fit_is_built_wherever_it_is(fault: str, title: str) -> None:
    (step,) = plan(broken(fault), release=None)
    assert step.id == "tools"
    assert title in step.title.render()
    assert step.resolves == (named(fault).rules)


def test_a_tool_of_the_distribution_that_fits_stays() -> None:
    host = machines.host("ubuntu-24.04-nat")._replace(delve=Tool("/usr/bin/dlv", "1.25.2", "1.25.3"))
    assert plan(host, release=None) == []
    assert not [*planner.plan(Facts(host, USER, newest_tools=NEWEST), Spec(only=("tools",))).steps]


@pytest.mark.parametrize(
    ("tool", "version", "built_by", "go", "expected"),
    [
        (DELVE, "1.8.0", "", "1.10", Misfit.UNSUPPORTED),
        (DELVE, "v1.20.1", "", "1.25.0", Misfit.UNSUPPORTED),
        (DELVE, "1.26.0", "1.24.8", "1.26.8", Misfit.BUILT_BEFORE),
        (DELVE, "1.26.0", "1.25.1", "1.26.8", None),
        (DELVE, "1.28.0", "1.28.0", "1.27.3", None),
        (DELVE, "(devel)", "1.24.8", "1.26.8", None),
        (DELVE, "1.26.0", "", "1.26.8", None),
        (GOPLS, "0.11.0", "", "1.25.0", Misfit.UNSUPPORTED),
        (GOPLS, "0.16.2", "1.24.0", "1.24.0", None),
        (GOPLS, "0.20.0", "1.24.0", "1.25.0", Misfit.BUILT_BEFORE),
        (GOPLS, "0.20.0", "1.25.0", "1.24.0", None),
        (GOPLS, "0.20.0", "1.25.0", "1.20.0", Misfit.UNSUPPORTED),
        (GOPLS, "0.9.0", "", "1.30.0", None),
    ],
)
def test_what_fits_a_go(tool: go_tools.GoTool, version: str, built_by: str, go: str, expected: Misfit | None) -> None:
    parsed = go_version(go)
    assert parsed is not None
    assert misfit(tool, version, built_by, parsed) is expected
