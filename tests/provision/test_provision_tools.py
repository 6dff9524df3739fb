"""gopls, Delve and staticcheck: which are built, which stay, by which Go and from which source."""

import json

import pytest

from wslgo.knowledge.go_tools import DELVE, GOPLS, STATICCHECK, GoTool, supports, understands
from wslgo.knowledge.version import go_version, module_version
from wslgo.machine.host import Go, Host, Tool, Variable
from wslgo.provision.model import layout
from wslgo.provision.model.facts import BuildInfo, Facts, File, Release, Source, User
from wslgo.provision.model.plan_json import facts_from, to_json
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import GoInstall, Step
from wslgo.provision.plan.steps import go_variables, path, tools

USER = User("dev", "/home/dev")
ENV = "/home/dev/.config/go/env"
BIN = "/home/dev/go/bin"
ALL = Spec()
NAMED = Spec(only=("tools",))
NEWEST = {GOPLS.package: "v0.24.0", DELVE.package: "v1.27.1", STATICCHECK.package: "v0.8.2"}
RELEASE = Release("go1.27.3", Source("https://go.dev", "tarball", 0.1), "https://go.dev/dl/go1.27.3.linux-amd64.tar.gz")


def gopls(version: str, go: str) -> dict[str, BuildInfo]:
    return {"gopls": BuildInfo(GOPLS.package, version, go)}


def delve(version: str, go: str) -> dict[str, BuildInfo]:
    return {"dlv": BuildInfo(DELVE.package, version, go)}


FITTING = {**gopls("v0.24.0", "1.27.1"), **delve("v1.27.1", "1.26.2")}


def found(there: "dict[str, BuildInfo] | None" = None, go: str | None = "1.27.1", **more: object) -> Facts:
    """Return a machine with a Go and with these tools in the folder of `go install`."""
    there = FITTING if there is None else there
    host = Host(go=Go("/usr/local/go/bin/go", go) if go else None, goenv_path=ENV)
    looked_at = dict.fromkeys(tools.reads(USER, host))
    known = {"files": looked_at, "folders": {BIN: tuple(there)}, "newest_tools": NEWEST, "host": host}
    return Facts(user=USER, tools=there, **{**known, **more})  # type: ignore[arg-type]


def planned(there: Facts, spec: Spec = ALL) -> list[str]:
    """Return the tools that are built, and the manual steps."""
    steps = list(tools.steps(there, spec))
    return [
        f"{step.actions[0].program} {step.actions[0].version}" if isinstance(step, Step) else step.render()  # type: ignore[union-attr]
        for step in steps
    ]


def reason(there: Facts, spec: Spec = ALL) -> str:
    [step] = tools.steps(there, spec)
    assert isinstance(step, Step)
    assert step.title.render("zh")
    return step.reason.render()


def action(there: Facts, spec: Spec = ALL) -> GoInstall:
    step = next(iter(tools.steps(there, spec)))
    assert isinstance(step, Step)
    [one] = step.actions
    assert isinstance(one, GoInstall)
    return one


# What is needed


def test_missing_tools_are_built_and_staticcheck_only_on_request() -> None:
    assert planned(found({})) == ["gopls v0.24.0", "dlv v1.27.1"]
    assert planned(found({}), NAMED) == ["gopls v0.24.0", "dlv v1.27.1", "staticcheck v0.8.2"]


def test_each_tool_is_a_step_of_its_own() -> None:
    steps = [item for item in tools.steps(found({}), NAMED) if isinstance(item, Step)]
    assert [step.id for step in steps] == ["tools"] * 3
    assert len({step.title.render() for step in steps}) == 3
    assert all(step.reversible and not step.needs_root for step in steps)


@pytest.mark.parametrize("spec", [ALL, Spec(only=("path",))])
def test_silent_if_tools_fit(spec: Spec) -> None:
    assert not planned(found(), spec)
    assert not tools.asks(found(), spec)


@pytest.mark.parametrize("there", [{}, gopls("v0.20.0", "1.24.2")])
def test_silent_without_known_versions(there: dict[str, BuildInfo]) -> None:
    assert not planned(found(there, newest_tools={}), NAMED)
    assert not planned(found(there, newest_tools=dict.fromkeys(NEWEST, "")))


def test_on_request_an_unknown_version_is_reported() -> None:
    [note] = planned(found(FITTING, newest_tools={STATICCHECK.package: ""}), NAMED)
    assert "go install honnef.co/go/tools/cmd/staticcheck@latest" in note


def test_tools_in_other_folders_stay() -> None:
    host = found().host._replace(gopls=Tool("/usr/bin/gopls", "0.10.0"), delve=Tool("/opt/corp/dlv"))
    files = {**found().files, "/usr/bin/staticcheck": File(b"#!/bin/sh\n")}
    assert not planned(found({}, host=host, files=files), NAMED)


def test_a_script_and_a_fork_in_the_folder_stay() -> None:
    fork = {"dlv": BuildInfo("git.corp.invalid/delve/cmd/dlv", "v1.0.0", "1.20")}
    names = {BIN: ("dlv", "gopls", "staticcheck")}
    assert not planned(found(fork, folders=names), NAMED)


@pytest.mark.parametrize("go", [None, "devel", "1.15.8"])
def test_silent_without_a_go_that_installs_programs(go: str | None) -> None:
    assert not planned(found({}, go))


def test_silent_if_the_folder_is_unknown() -> None:
    assert not planned(found({}, folders={}))


# What does not work


@pytest.mark.parametrize(("version", "go"), [("v1.22.1", "1.27.1"), ("v1.27.1", "1.24.2"), ("v1.8.3", "1.26.0")])
def test_a_delve_that_does_not_support_the_go_in_use_is_replaced(version: str, go: str) -> None:
    there = found({**FITTING, **delve(version, "1.26.1")}, go, newest_tools={DELVE.package: "v1.26.1"})
    assert planned(there) == ["dlv v1.26.1"]
    assert f"Delve {version} does not support Go {go}" in reason(there)


def test_a_gopls_that_an_older_go_has_built_is_built_again() -> None:
    there = found({**FITTING, **gopls("v0.24.0", "1.26.4")})
    assert planned(there) == ["gopls v0.24.0"]
    assert reason(there) == "gopls v0.24.0 was built with Go 1.26.4 and does not work with Go 1.27.1"


@pytest.mark.parametrize(
    ("built_by", "go", "expected"),
    [
        ("1.24.9", "1.25.0", ["dlv v1.25.2"]),
        ("1.25.0", "1.25.3", []),
        ("1.24.9", "1.24.1", []),
        ("1.23.1", "1.24.1", []),
    ],
)
def test_a_delve_reads_the_newer_format_only_if_a_newer_go_has_built_it(
    built_by: str, go: str, expected: list[str]
) -> None:
    there = {**gopls("v0.20.0", go), **delve("v1.25.2", built_by)}
    assert planned(found(there, go, newest_tools={DELVE.package: "v1.25.2"})) == expected


@pytest.mark.parametrize(
    "there",
    [
        gopls("v0.25.0", "1.26.0"),
        gopls("v0.24.1-0.20261101000000-0123456789ab", "1.26.0"),
        gopls("(devel)", "1.20"),
        gopls("v0.24.0", "devel"),
        delve("v1.28.0", "1.27.0"),
    ],
)
def test_tools_newer_than_the_newest_known_one_stay(there: dict[str, BuildInfo]) -> None:
    assert not planned(found({**FITTING, **there}))
    assert not planned(
        found({**FITTING, **there, "staticcheck": BuildInfo(STATICCHECK.package, "v0.8.2", "1.27.1")}), NAMED
    )


def test_working_tools_are_renewed_only_on_request() -> None:
    older = {**gopls("v0.22.0", "1.27.0"), **delve("v1.27.0", "1.27.0")}
    assert not planned(found(older))
    assert planned(found(older), NAMED) == ["gopls v0.24.0", "dlv v1.27.1", "staticcheck v0.8.2"]


# The Go in use


def test_the_go_that_is_switched_to_builds() -> None:
    there = found({}, None, release=RELEASE)
    assert action(there).go == "/home/dev/sdk/go/bin/go"
    assert "Go 1.27.3" in reason(there._replace(newest_tools={GOPLS.package: "v0.24.0"}))


def test_the_go_of_wslgo_builds_if_it_is_in_use() -> None:
    files = {**found().files, layout.version_file(USER): File(b"go1.27.3\ntime 2026\n")}
    there = found({}, "1.19", files=files, links={layout.switch(USER): "go1.27.3"})
    assert action(there).go == "/home/dev/sdk/go/bin/go"


def test_else_the_go_of_the_system_builds() -> None:
    assert action(found({})) == GoInstall(GOPLS.package, "v0.24.0", "/usr/local/go/bin/go", BIN)


# From where


@pytest.mark.parametrize(
    ("own", "sources", "expected"),
    [
        ("", (), ""),
        ("https://a.invalid,direct", (), ""),
        ("", ("file:///usb",), "file:///usb|https://proxy.golang.org,direct"),
        ("off", ("file:///usb", "https://b.invalid"), "file:///usb|https://b.invalid"),
        ("https://a.invalid", ("https://b.invalid",), "https://b.invalid|https://a.invalid"),
    ],
)
def test_requested_sources_come_first(own: str, sources: tuple[str, ...], expected: str) -> None:
    host = found().host._replace(go_variables=(Variable("GOPROXY", own, ENV),) if own else None)
    assert action(found({}, host=host), Spec(sources=sources, only=("tools",))).proxy == expected


def test_the_proxy_list_that_the_next_step_fixes_is_used() -> None:
    proxies = tuple(
        Source(url, "module", seconds)
        for url, seconds in zip((go_variables.DEFAULT_PROXY, *go_variables.MIRRORS), (None, 0.1, 0.2), strict=True)
    )
    there = found({}, files={**found().files, ENV: None}, proxies=proxies)
    assert action(there).proxy == "https://goproxy.cn,direct"
    assert action(there, NAMED).proxy == "", "the step that would mend it is not wanted"


def test_an_export_wins_over_the_fixed_list() -> None:
    host = found().host._replace(go_variables=(Variable("GOPROXY", "https://a.invalid", "environment"),))
    files = {**found().files, ENV: File(b"GOPROXY=direct,https://b.invalid\n")}
    assert action(found({}, host=host, files=files)).proxy == ""


# What comes after


def test_the_folder_is_added_to_path_in_the_same_plan() -> None:
    user_files = {name: None for name in path.reads(USER, Host()) if "*" not in name}
    there = found({}, files={**found().files, **user_files})
    for step in tools.steps(there, ALL):
        assert isinstance(step, Step)
        there = there.after(step)
    [step] = path.steps(there, ALL)
    assert BIN in step.reason.render()


def test_facts_survive_json_and_give_the_same_plan() -> None:
    there = found({**FITTING, **gopls("v0.20.0", "1.24.2")})
    again = facts_from(json.loads(json.dumps(to_json(there))))
    assert again == there
    assert planned(again) == ["gopls v0.24.0"]


# What is known of releases


@pytest.mark.parametrize(
    ("tool", "version", "go", "expected"),
    [
        (DELVE, "v1.27.2", "1.27.3", True),
        (DELVE, "v1.27.2", "1.28rc1", False),
        (DELVE, "v1.27.2", "1.24.9", False),
        (DELVE, "v1.25.0", "1.25.0", False),
        (DELVE, "v1.25.1", "1.25.0", True),
        (DELVE, "v1.30.0", "1.30.0", None),
        (DELVE, "v1.5.0", "1.27.0", None),
        (GOPLS, "v0.15.3", "1.18", False),
        (GOPLS, "v0.14.2", "1.18", True),
        (GOPLS, "v0.14.2", "1.25.0", False),
        (GOPLS, "v0.24.0", "1.27.0", None),
        (STATICCHECK, "v0.8.2", "1.27.0", None),
    ],
)
def test_which_go_a_release_supports(tool: GoTool, version: str, go: str, expected: bool | None) -> None:
    release, language = module_version(version), go_version(go)
    assert release is not None
    assert language is not None
    assert supports(tool, release, language) is expected


@pytest.mark.parametrize(
    ("tool", "built_by", "go", "expected"),
    [(GOPLS, "1.27.0", "1.27.3", True), (GOPLS, "1.26.9", "1.27.0", False), (DELVE, "1.25.0", "1.27.0", True)],
)
def test_which_go_a_tool_understands(tool: GoTool, built_by: str, go: str, expected: bool) -> None:
    older, newer = go_version(built_by), go_version(go)
    assert older is not None
    assert newer is not None
    assert understands(tool, older, newer) is expected


def test_without_a_go_missing_tools_are_not_called_up_to_date() -> None:
    [words] = planned(found({}, go=None), NAMED)
    assert words.startswith("gopls, Delve cannot be built: no Go")
    assert planned(found(go=None), NAMED) == []
    assert planned(found({}, go=None)) == []
    assert planned(found({}, go=None), Spec(only=("tools", "toolchain"))) == []
    assert planned(found({}, go=None, folders={}), NAMED) == []
    assert planned(found({}, go="devel"), NAMED) == []
    assert len(planned(found({}, go="1.15.8"), NAMED)) == 1
