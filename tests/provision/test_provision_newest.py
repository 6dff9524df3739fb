"""The newest fitting release of a tool, from module proxies in the order of the go command."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirror import Mirror, serving
from smalltools import GO, proxy
from wslgo.knowledge.go_tools import DELVE, GOPLS, STATICCHECK, TOOLS, GoTool
from wslgo.knowledge.version import GoVersion, go_version, module_version
from wslgo.provision.net.http import Web
from wslgo.provision.survey.newest_release import newest
from wslgo.provision.toolchain.policy import Policy
from wslgo.system.process import run

DELVES = {"v1.26.1": "1.24", "v1.27.1": "1.25.0"}


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with serving(Mirror()) as running:
        yield running


def version(text: str) -> GoVersion:
    found = go_version(text)
    assert found is not None
    return found


def told(tool: GoTool, go: str, goproxy: str) -> str:
    """Return the newest release of a tool for a Go, by a GOPROXY."""
    return newest((tool,), version(go), Policy(goproxy), Web({}), seconds=20)[tool.package]


def has(mirror: Mirror, releases: dict[str, str], tool: GoTool = DELVE, listed: str = "") -> str:
    """Create a proxy with these releases and their go lines, and return its URL."""
    folder = f"/{tool.module}/@v"
    mirror.files[f"{folder}/list"] = (listed or "\n".join(releases)).encode()
    for name, go in releases.items():
        mirror.files[f"{folder}/{name}.mod"] = f"module {tool.module}\n\n{go and f'go {go}'}\n".encode()
    return mirror.url


@pytest.mark.parametrize(
    ("tool", "go", "expected"),
    [
        (GOPLS, "1.27.3", "v0.23.0"),
        (GOPLS, "1.24.2", "v0.20.0"),
        (GOPLS, "1.24.1", ""),
        (DELVE, "1.27.3", "v1.27.2"),
        (DELVE, "1.24.0", "v1.26.1"),
        (DELVE, "1.22.5", "v1.25.1"),
        (DELVE, "1.28.0", ""),
        (STATICCHECK, "1.25rc1", "v0.6.1"),
        (STATICCHECK, "1.25.0", "v0.7.0"),
    ],
)
def test_the_newest_that_a_go_builds_and_that_supports_it(tmp_path: Path, tool: GoTool, go: str, expected: str) -> None:
    assert told(tool, go, proxy(tmp_path)) == expected


def test_all_are_asked_and_missing_ones_are_unknown(tmp_path: Path) -> None:
    url = proxy(tmp_path, {DELVE: DELVES})
    assert newest(TOOLS, version("1.27.0"), Policy(url), Web({})) == {
        GOPLS.package: "",
        DELVE.package: "v1.27.1",
        STATICCHECK.package: "",
    }


@pytest.mark.parametrize(
    "listed", ["v1.27.1\nv1.26.1", "v1.26.1 2026-01-01T00:00:00Z\n\nv1.27.1\nv9\nmaster\nv1.28.0-rc.1\n"]
)
def test_a_list_is_in_no_order_and_may_hold_more(mirror: Mirror, listed: str) -> None:
    assert told(DELVE, "1.27.0", has(mirror, DELVES, listed=listed)) == "v1.27.1"


def test_two_questions_are_usually_enough(mirror: Mirror) -> None:
    told(DELVE, "1.27.0", has(mirror, DELVES))
    assert mirror.paths() == [f"/{DELVE.module}/@v/list", f"/{DELVE.module}/@v/v1.27.1.mod"]


def test_there_are_never_many_questions(mirror: Mirror) -> None:
    releases = {f"v0.{number}.0": f"1.{number}" for number in range(1, 100)}
    assert told(STATICCHECK, "1.40.3", has(mirror, releases, STATICCHECK)) == "v0.40.0"
    assert len(mirror.paths()) <= 9


def test_a_module_without_a_go_line_fits_any_go(mirror: Mirror) -> None:
    assert told(STATICCHECK, "1.18", has(mirror, {"v0.2.0": ""}, STATICCHECK)) == "v0.2.0"


# The walk


@pytest.mark.parametrize(
    ("status", "separator", "expected"),
    [
        (404, ",", "v1.27.1"),
        (410, ",", "v1.27.1"),
        (404, "|", "v1.27.1"),
        (500, "|", "v1.27.1"),
        (401, "|", "v1.27.1"),
        (500, ",", ""),
        (403, ",", ""),
    ],
)
def test_after_a_comma_only_not_found_leads_to_the_next_proxy(
    mirror: Mirror, tmp_path: Path, status: int, separator: str, expected: str
) -> None:
    mirror.statuses[f"/{DELVE.module}/@v/list"] = status
    assert told(DELVE, "1.27.0", f"{mirror.url}{separator}{proxy(tmp_path, {DELVE: DELVES})}") == expected


@pytest.mark.parametrize("last", ["direct", "off"])
def test_entries_after_direct_and_off_are_not_asked(mirror: Mirror, last: str) -> None:
    url = has(mirror, DELVES)
    assert told(DELVE, "1.27.0", f"{last},{url}") == ""
    assert mirror.paths() == []
    assert told(DELVE, "1.27.0", f"{url},{last}") == "v1.27.1"


def test_after_an_empty_list_the_next_proxy_is_asked(mirror: Mirror, tmp_path: Path) -> None:
    mirror.files[f"/{DELVE.module}/@v/list"] = b""
    assert told(DELVE, "1.27.0", f"{mirror.url},{proxy(tmp_path, {DELVE: DELVES})}") == "v1.27.1"


@pytest.mark.parametrize(
    "goproxy", ["http://127.0.0.1:9", "http://[::1", "ftp://a.invalid", "http://127.0.0.1:9|direct"]
)
def test_without_a_usable_proxy_the_version_is_unknown(goproxy: str) -> None:
    assert told(DELVE, "1.27.0", goproxy) == ""


def test_the_machines_own_proxy_has_older_tools_for_an_older_go() -> None:
    """The real modules. Without a network it is skipped, but never in CI."""
    asked = run((GO, "env", "GOPROXY"), 60, "/", os.environ)
    assert asked is not None
    policy = Policy(asked.out.decode().strip())
    older, newer = (newest(TOOLS, version(go), policy, Web(os.environ)) for go in ("1.24.9", "1.27.3"))
    if "" in {*older.values(), *newer.values()}:
        assert os.environ.get("CI") != "true", (older, newer)
        pytest.skip("no module proxy can be asked")
    for tool in TOOLS:
        before, after = module_version(older[tool.package]), module_version(newer[tool.package])
        assert before is not None
        assert after is not None
        assert before < after
    assert module_version("v1.26.0") <= module_version(older[DELVE.package]) < module_version("v1.27.0")  # type: ignore[operator]
