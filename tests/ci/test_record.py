"""Records of CI: what is read of them, and what differs first."""

import pytest

from wslgo.ci.record import NAMES, Program, Record, programs, read_record, results
from wslgo.ci.record_comparison import differences
from wslgo.ci.run_toolchain import LOCAL, chosen_go

VERSION_M = """\
/tmp/x/program: go1.26.8
\tpath\texample.com/shop/cmd/api
\tmod\texample.com/shop\tv0.0.0-20261129-abc\t
\tdep\tgolang.org/x/sys\tv0.30.0\th1:abc=
\tdep\texample.com/old\tv1.0.0
\t=>\texample.com/new\tv1.2.0\th1:x=
\tbuild\t-tags=a,b
\tbuild\tCGO_ENABLED=1
\tbuild\tvcs.time=2026-11-29T00:00:00Z
/tmp/x/program: go1.26.8
\tpath\texample.com/shop/cmd/other
"""
RESULTS = """\
?   \texample.com/shop/cmd/api\t[no test files]
--- PASS: TestOpen (0.00s)
    --- PASS: TestOpen/sub (0.00s)
--- SKIP: TestSkipped (0.00s)
ok  \texample.com/shop/store\t1.053s
--- FAIL: TestOpen (0.00s)
FAIL
FAIL\texample.com/shop/other\t0.1s
"""
OTHER = Program("example.com/shop", "go1.26.8", (("golang.org/x/sys", "v0.30.0"),), (("CGO_ENABLED", "1"),))


def test_programs_are_read_as_go_prints_them() -> None:
    first, second = programs(VERSION_M)
    assert (first.path, first.go) == ("example.com/shop/cmd/api", "go1.26.8")
    assert first.modules[1:] == (
        ("golang.org/x/sys", "v0.30.0"),
        ("example.com/old", "v1.0.0 => example.com/new v1.2.0"),
    )
    assert first.settings[:2] == (("-tags", "a,b"), ("CGO_ENABLED", "1"))
    assert second == Program("example.com/shop/cmd/other", "go1.26.8")


def test_results_belong_to_the_package_that_ends_them() -> None:
    assert results(RESULTS) == {
        ("example.com/shop/store", "TestOpen"): "PASS",
        ("example.com/shop/store", "TestSkipped"): "SKIP",
        ("example.com/shop/other", "TestOpen"): "FAIL",
    }


@pytest.mark.parametrize("text", ["", "{", "[]", '{"GOOS": 1}', "[" * 100_000, "null"])
def test_a_strange_environment_is_none(text: str) -> None:
    assert not read_record({"environment.json": text}).environment


@pytest.mark.parametrize("text", ["", ": ", "\t=>\tx", "\tbuild", "a: b\n\tpath\t\n", "end: "])
def test_strange_programs_are_none(text: str) -> None:
    assert [*programs(text)] == []


def named(ci: Record, here: Record) -> list[tuple[str, str | None, str | None]]:
    return [(each.about.render("en"), each.ci, each.here) for each in differences(ci, here)]


def test_another_commit_comes_first() -> None:
    ci = Record("aaa", {"GOOS": "linux", "GOVERSION": "go1.26.7"})
    here = Record("bbb", {"GOOS": "windows", "GOVERSION": "go1.26.8"})
    assert named(ci, here) == [
        ("the commit", "aaa", "bbb"),
        ("GOVERSION", "go1.26.7", "go1.26.8"),
        ("GOOS", "linux", "windows"),
    ]


def test_variables_that_are_not_recorded_and_folders_are_not_compared() -> None:
    ci = Record(environment={"GOROOT": "/a", "GOTOOLCHAIN": "local", "GOOS": "linux", "GOARM": ""})
    assert named(ci, Record(environment={"GOROOT": "/b", "GOTOOLCHAIN": "auto", "GOOS": "linux"})) == []
    assert not {"GOTOOLCHAIN", "GOROOT", "GOMODCACHE", "GOAUTH", "GOWORK"} & {*NAMES}


def test_settings_and_modules_of_programs_differ() -> None:
    here = OTHER._replace(go="go1.26.7", settings=(("-tags", "cuda"), ("CGO_ENABLED", "0"), ("vcs.time", "now")))
    ci = Record(programs=(OTHER,))
    assert named(ci, Record(programs=(here,))) == [
        ("Go that built example.com/shop", "go1.26.8", "go1.26.7"),
        ("build setting CGO_ENABLED of example.com/shop", "1", "0"),
        ("build setting -tags of example.com/shop", None, "cuda"),
    ]
    newer = OTHER._replace(modules=(("golang.org/x/sys", "v0.31.0"),))
    assert named(ci, Record(programs=(newer,))) == [
        ("module golang.org/x/sys of example.com/shop", "v0.30.0", "v0.31.0")
    ]


def test_a_program_alone_is_compared_with_its_own_package_only() -> None:
    more = OTHER._replace(path="example.com/more")
    assert named(Record(programs=(OTHER._replace(modules=()),)), Record(programs=(OTHER, more))) == []
    assert named(Record(programs=(more,)), Record(programs=(OTHER,))) == [
        ("program example.com/more", "go1.26.8", None)
    ]


def test_tests_that_ran_only_once_or_ended_otherwise_differ() -> None:
    ci = Record(tests={("p", "TestA"): "PASS", ("p", "TestB"): "PASS"})
    here = Record(tests={("p", "TestB"): "FAIL", ("p", "TestC"): "PASS"})
    assert named(ci, here) == [
        ("test TestA in p", "PASS", None),
        ("test TestB in p", "PASS", "FAIL"),
        ("test TestC in p", None, "PASS"),
    ]


def test_a_part_that_one_side_lacks_is_not_compared() -> None:
    whole = Record("aaa", {"GOOS": "linux"}, (OTHER,), {("p", "TestA"): "PASS"}, (("vet", 1, True),))
    assert named(whole, Record()) == named(Record(), whole) == named(whole, whole) == []
    assert named(whole, whole._replace(steps=(("vet", 9, False),))) == [("step vet", "ok", "failed")]


@pytest.mark.parametrize(
    ("wanted", "installed", "toolchain", "has_note"),
    [
        ("1.26.3", "1.26.8", "go1.26.3", False),
        ("1.26.8", "1.26.8", LOCAL, False),
        ("1.27rc1", "1.26.8", "go1.27rc1", False),
        ("1.26", "1.26.8", LOCAL, True),
        ("1.22", "1.26.8", "go1.22.12", False),
        ("1.25", "1.26.8", "go1.25.0", True),
        ("", "1.26.8", LOCAL, False),
    ],
)
def test_the_go_is_the_one_that_ci_resolves(wanted: str, installed: str, toolchain: str, has_note: bool) -> None:
    chosen = chosen_go(wanted, installed)
    assert (chosen.toolchain, chosen.note is not None) == (toolchain, has_note)
