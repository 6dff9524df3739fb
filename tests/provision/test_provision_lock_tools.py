"""Tools that a lock pins, built by a real go command from a module proxy with a checksum database."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mirror import serving
from smallmachine import Machine
from smalltools import RELEASES, said, with_go
from smalltools import packed as packed_tool
from upstream import Upstream
from wslgo.knowledge.go_tools import DELVE, GOPLS, STATICCHECK, GoTool
from wslgo.mirror.pinned import Pinned

pytestmark = pytest.mark.slow

WRONG = f"h1:{'A' * 43}="
ONLY = ("--yes", "--only", "tools")


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    made = Upstream()
    with serving(made):
        for tool, versions in RELEASES.items():
            for version, go in versions.items():
                mod = f"module {tool.module}\n\ngo {go}\n"
                main = f'package main\n\nfunc main() {{ println("{version}") }}\n'
                made.put(Pinned(tool.module, version), mod.encode(), packed_tool(tool, version, mod, main))
        made.publish()
        yield made


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def ready(machine: Machine, upstream: Upstream) -> Machine:
    with_go(machine, upstream.url, "1.25.3")
    machine.write("/home/dev/.config/go/env", f"GOPROXY={upstream.url}\nGOSUMDB={upstream.database.key}\n".encode())
    return machine


def pin(shop: Path, upstream: Upstream, versions: dict[GoTool, str], wrong: GoTool | None = None) -> None:
    tools = {
        tool.package: {
            "module": tool.module,
            "version": version,
            "sum": WRONG if tool is wrong else upstream.sums[Pinned(tool.module, version)][0],
        }
        for tool, version in versions.items()
    }
    (shop / "wslgo.lock").write_text(json.dumps({"version": 1, "tools": tools}))


def programs(machine: Machine) -> dict[str, str]:
    folder = machine.home / "go/bin"
    return {path.name: said(path) for path in sorted(folder.iterdir())} if folder.is_dir() else {}


def checked(machine: Machine) -> dict[str, Any]:
    outcome = machine.wslgo("--check", "--format", "json")
    return {item["name"]: item for item in json.loads(outcome.out)["items"]}


def test_pinned_tools_are_built_listed_locked_and_checked(ready: Machine, upstream: Upstream, shop: Path) -> None:
    pin(shop, upstream, {GOPLS: "v0.20.0", DELVE: "v1.27.1"})
    outcome = ready.wslgo(*ONLY)
    assert outcome.code == 0, outcome.err
    assert "gopls is missing; wslgo.lock pins v0.20.0" in outcome.out
    assert programs(ready) == {"dlv": "v1.27.1", "gopls": "v0.20.0", "staticcheck": "v0.7.0"}
    assert {name: item["state"] for name, item in checked(ready).items()} == {"gopls": "matches", "dlv": "matches"}
    listed = json.loads(ready.wslgo("--list", "--format", "json").out)["items"]
    tool = next(item for item in listed if item["name"] == GOPLS.package)
    assert tool["hashes"]["module"] == upstream.sums[Pinned(GOPLS.module, "v0.20.0")][0]
    assert ready.wslgo("--lock", "--yes").code == 0
    tools = json.loads((shop / "wslgo.lock").read_text())["tools"]
    assert {package: pin["version"] for package, pin in tools.items()} == {
        DELVE.package: "v1.27.1",
        GOPLS.package: "v0.20.0",
        STATICCHECK.package: "v0.7.0",
    }
    assert tools[GOPLS.package]["sum"] == upstream.sums[Pinned(GOPLS.module, "v0.20.0")][0]


def test_a_wrong_hash_of_a_tool_installs_nothing(ready: Machine, upstream: Upstream, shop: Path) -> None:
    pin(shop, upstream, {GOPLS: "v0.20.0", DELVE: "v1.27.1"}, wrong=GOPLS)
    outcome = ready.wslgo(*ONLY)
    assert outcome.code == 1
    assert f"wslgo.lock pins {WRONG}" in outcome.err
    assert upstream.sums[Pinned(GOPLS.module, "v0.20.0")][0] in outcome.err
    assert list(programs(ready)) == ["dlv", "staticcheck"]


def test_only_a_trusted_lock_replaces_a_tool_that_works(ready: Machine, upstream: Upstream, shop: Path) -> None:
    assert ready.wslgo(*ONLY).code == 0
    assert programs(ready)["gopls"] == "v0.23.0"
    pin(shop, upstream, {GOPLS: "v0.20.0"})
    assert checked(ready)["gopls"]["state"] == "differs"
    assert ready.wslgo(*ONLY).code == 0
    assert programs(ready)["gopls"] == "v0.23.0"
    outcome = ready.wslgo(*ONLY, "--trust-team")
    assert outcome.code == 0, outcome.err
    assert "gopls v0.23.0 is installed, but wslgo.lock pins v0.20.0" in outcome.out
    assert programs(ready)["gopls"] == "v0.20.0"
    assert checked(ready)["gopls"]["state"] == "matches"
    assert ready.wslgo(*ONLY, "--trust-team").out.startswith("Nothing to do")


def test_a_tampered_tool_differs(ready: Machine, upstream: Upstream, shop: Path) -> None:
    pin(shop, upstream, {GOPLS: "v0.20.0"})
    assert ready.wslgo(*ONLY).code == 0
    program = ready.home / "go/bin/gopls"
    program.write_bytes(program.read_bytes().replace(b"v0.20.0\n", b"v0.66.6\n") + b"\0")
    item = checked(ready)["gopls"]
    assert (item["state"], item["reason"]) == ("differs", "it was changed after wslgo installed it")
    listed = json.loads(ready.wslgo("--list", "--format", "json").out)["items"]
    assert next(item for item in listed if item["name"] == GOPLS.package)["state"] == "changed"
