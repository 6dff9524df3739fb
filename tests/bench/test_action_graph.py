"""The go command's action graph: by hand, from the real go, and what is not one."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.bench.action_graph import CGO, COMPILE, LINK, profile_of


def action(number: int, mode: str, package: str, start: str, done: str, *before: int, cached: bool = False) -> Any:
    return {
        "ID": number,
        "Mode": mode,
        "Package": package,
        "Deps": list(before),
        "TimeStart": f"2026-11-29T03:21:{start}Z",
        "TimeDone": f"2026-11-29T03:21:{done}Z",
        "Cmd": None if cached else [f"/go/pkg/tool/linux_amd64/{mode} -o x"],
        "CmdUser": 250_000_000,
        "CmdSys": 250_000_000,
    }


GRAPH = [
    action(0, "link-install", "app", "25.5", "25.5", 1, cached=True),
    action(1, "link", "app", "25.0", "25.5", 2),
    action(2, "build", "app", "24.0", "25.0", 3, 4),
    action(3, "build", "slow", "21.0", "24.0", 5),
    action(4, "build", "fast", "21.0", "22.0", 5),
    action(5, "build", "runtime", "20.0", "20.0", cached=True),
]


def test_the_longest_chain_is_what_the_build_waited_for() -> None:
    found = profile_of(json.dumps(GRAPH))
    assert found is not None
    assert [(step.package, step.kind, step.seconds) for step in found.path] == [
        ("slow", COMPILE, 3.0),
        ("app", COMPILE, 1.0),
        ("app", LINK, 0.5),
    ]
    assert (found.wall, found.hits, found.built) == (5.5, 1, 3)
    assert found.seconds_of(LINK) == 0.5
    assert found.steps[0].cpu == 0.5
    assert found.path[0].start == 1.0


def test_times_with_a_zone_and_over_midnight_and_new_year_are_differences() -> None:
    graph = [action(0, "build", "a", "1", "2")]
    graph[0] |= {"TimeStart": "2026-12-31T23:59:59.5+08:00", "TimeDone": "2027-01-01T00:00:01.25+08:00"}
    found = profile_of(json.dumps(graph))
    assert found is not None
    assert found.wall == pytest.approx(1.75)


def test_a_graph_that_goes_in_circles_ends() -> None:
    found = profile_of(json.dumps([action(0, "build", "a", "20", "21", 1), action(1, "build", "b", "20", "22", 0)]))
    assert found is not None
    assert len(found.path) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "[1, null]", '[{"ID": "x"}]', "[" * 100_000])
def test_what_is_not_a_graph_has_no_profile(text: str) -> None:
    assert profile_of(text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(GRAPH[1])), inner, max_size=6),
    max_leaves=12,
)


@given(
    st.lists(
        st.fixed_dictionaries({"ID": st.integers(0, 3)}, optional=dict.fromkeys(sorted(GRAPH[1].keys() - {"ID"}), JSON))
    )
)
def test_no_member_of_another_kind_is_an_error(graph: list[dict[str, Any]]) -> None:
    profile_of(json.dumps(graph))


def built(folder: Path, files: dict[str, str], *, cgo: str = "0") -> str:
    """Return the action graph of the real go command for a module."""
    workspace = folder / "code"
    workspace.mkdir(exist_ok=True)
    for name, text in {"go.mod": "module example.test/app\n\ngo 1.20\n", **files}.items():
        (workspace / name).write_text(text)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GOCACHE": str(folder / "cache")}
    subprocess.run(
        [GO, "build", f"-debug-actiongraph={folder}/graph.json", "-o", str(folder / "app"), "."],
        cwd=workspace,
        env={**environment, "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOPROXY": "off", "CGO_ENABLED": cgo},
        check=True,
    )
    return (folder / "graph.json").read_text()


GO = shutil.which("go") or "/usr/local/go/bin/go"


@pytest.mark.slow
def test_the_graph_of_the_real_go_is_read(tmp_path: Path) -> None:
    """With a C compiler the program has C code, too."""
    has_compiler = shutil.which("gcc") is not None
    program = "package main\n\nfunc main() { println(1) }\n"
    with_c = 'package main\n\n// int answer(void) { return 42; }\nimport "C"\n\nfunc main() { println(C.answer()) }\n'
    files = {"main.go": with_c if has_compiler else program}
    cold = profile_of(built(tmp_path, files, cgo="1" if has_compiler else "0"))
    warm = profile_of(built(tmp_path, {"main.go": files["main.go"] + "// x\n"}, cgo="1" if has_compiler else "0"))
    assert cold is not None
    assert warm is not None
    assert cold.hits == 0
    assert cold.built > 10
    assert "runtime" in {step.package for step in cold.steps}
    assert (cold.path[-1].kind, cold.path[-1].package) == (LINK, "example.test/app")
    assert (warm.built, warm.hits) == (1, cold.built - 1)
    assert 0 < sum(step.seconds for step in cold.path) <= cold.wall * 1.05
    assert has_compiler == ("example.test/app" in {step.package for step in warm.steps if step.kind == CGO})
