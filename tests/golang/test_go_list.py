"""The output of `go list`, and how it corrects a project parsed from source."""

import json
import os
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from listing import MemoryListing
from wslgo.golang import go_command, go_list
from wslgo.golang.disk import Disk
from wslgo.golang.package import BuildTarget, Package
from wslgo.golang.project import Project

GO = shutil.which("go")
MODULE = "module a.test/x\n\ngo 1.21\n"
MAIN = "package main\n\nfunc main() {}\n"

needs_go = pytest.mark.skipif(GO is None, reason="needs the go command")


def package_of(project: Project, folder: str = "") -> Package:
    package = project.package(folder)
    assert package is not None
    return package


def names(package: Package) -> tuple[list[str], list[str], list[str]]:
    """Return the files that are built, the test files, and the files left out."""
    built, tests, left_out = (
        [file.path for file in files] for files in (package.files, package.tests, package.left_out)
    )
    return built, tests, left_out


def listed_package(folder: str, **fields: object) -> str:
    return json.dumps({"Dir": folder, "ImportPath": "a.test/x", "Name": "main", **fields})


# The answer


def test_an_output_is_a_sequence_of_objects() -> None:
    text = (
        listed_package("/w/x", GoFiles=["a.go"], CgoFiles=["c.go"])
        + "\n"
        + listed_package("/w/x/sub", XTestGoFiles=["s_test.go"])
    )
    first, second = go_list.read(text, "/w/x")
    assert (first.folder, first.name, first.files) == ("", "main", {"a.go", "c.go"})
    assert (second.folder, second.files, second.tests) == ("sub", frozenset(), {"s_test.go"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "go: warning",
        "[1]",
        '{"Dir": 1}',
        listed_package("/w/xy"),
        listed_package("/elsewhere"),
        listed_package("/w/x")[:-5],
        "{" * 9000,
    ],
)
def test_other_outputs_have_no_packages(text: str) -> None:
    assert list(go_list.read(text, "/w/x")) == []


def test_objects_before_a_truncated_one_are_read() -> None:
    assert len(list(go_list.read(listed_package("/w/x") + listed_package("/w/x/b")[:-9], "/w/x"))) == 1


@pytest.mark.parametrize(
    ("goflags", "tags"),
    [
        ("", set()),
        ("-tags=cuda,gpu -race", {"cuda", "gpu"}),
        ("-tags=a -tags=b", {"b"}),
        ("--tags=a", {"a"}),
        ("-mod=mod", set()),
    ],
)
def test_the_default_target_comes_from_go_env(goflags: str, tags: set[str]) -> None:
    variables = go_list.go_env_variables(
        json.dumps({"GOOS": "linux", "GOARCH": "arm64", "CGO_ENABLED": "0", "GOFLAGS": goflags})
    )
    assert go_list.target(variables) == BuildTarget(frozenset(tags), has_cgo=False, architecture="arm64")


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"GOOS": 1, "GOARCH": "x"}'])
def test_without_goos_and_goarch_the_target_is_unknown(text: str) -> None:
    assert go_list.target(go_list.go_env_variables(text)) is None


# Corrections


def corrected_project(texts: dict[str, str], *answers: str) -> Project:
    project = Project(MemoryListing({"go.mod": MODULE, **texts}))
    go_list.correct(project, "", go_list.read("".join(answers), "/w"))
    return project


def test_a_build_takes_the_files_that_go_lists() -> None:
    texts = {"a.go": MAIN, "b.go": "//go:build x\n\npackage main\n", "c_test.go": "package main\n"}
    project = corrected_project(texts, listed_package("/w", GoFiles=["a.go", "b.go"], TestGoFiles=["c_test.go"]))
    assert names(package_of(project)) == (["a.go", "b.go"], ["c_test.go"], [])


def test_a_package_that_go_does_not_list_is_left_out() -> None:
    project = corrected_project({"a.go": MAIN, "old/b.go": MAIN}, listed_package("/w", GoFiles=["a.go"]))
    assert names(package_of(project, "old")) == ([], [], ["old/b.go"])
    assert not package_of(project, "old").is_main


def test_a_package_that_go_cannot_read_stays_as_parsed() -> None:
    project = corrected_project({"a.go": MAIN}, listed_package("/w", Error={"Err": "expected 'package'"}))
    assert package_of(project).is_main


def test_another_module_below_and_other_targets_are_not_touched() -> None:
    texts = {"a.go": MAIN, "sub/go.mod": "module b.test/y\n", "sub/b.go": MAIN}
    project = corrected_project(texts, listed_package("/w", GoFiles=[]))
    assert not package_of(project).is_main
    assert package_of(project, "sub").is_main
    other = project.package("", BuildTarget(frozenset({"cuda"})))
    assert other is not None
    assert other.is_main


# The command


def write(root: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def ask(root: Path, **environment: str) -> tuple[Project, tuple[str, ...]]:
    project = Project(Disk(str(root)))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "CGO"))}
    return project, go_command.correct_with_go(project, str(root), GO or "", {**kept, **environment})


@needs_go
def test_goflags_decide_the_files(tmp_path: Path) -> None:
    write(tmp_path, {"go.mod": MODULE, "a.go": MAIN, "b.go": "//go:build cuda\n\npackage main\n", "add.cu": ""})
    plain, done = ask(tmp_path)
    assert done == ("",)
    assert names(package_of(plain)) == (["a.go"], [], ["b.go"])
    tagged, _ = ask(tmp_path, GOFLAGS="-tags=cuda")
    assert names(package_of(tagged)) == (["a.go", "b.go"], [], [])
    assert tagged.target.tags == {"cuda"}
    assert package_of(tagged).cuda_files == ("add.cu",)


@needs_go
def test_each_module_is_listed_in_its_own_folder(tmp_path: Path) -> None:
    modules = {"one/go.mod": "module a.test/one\n\ngo 1.21\n", "two/go.mod": "module a.test/two\n\ngo 1.21\n"}
    sources = {"one/a.go": MAIN, "two/in/b.go": MAIN}
    write(tmp_path, {**modules, **sources})
    assert ask(tmp_path)[1] == ("one", "two")
    write(tmp_path, {"go.work": "go 1.21\n\nuse ./one\n"})
    project, done = ask(tmp_path)
    assert done == ("one",), "go refuses a module that its go.work does not use"
    assert package_of(project, "two/in").is_main


@needs_go
@pytest.mark.parametrize("goflags", ["", "-mod=mod"])
def test_nothing_is_downloaded_and_nothing_is_written(tmp_path: Path, goflags: str) -> None:
    lacking = 'package main\n\nimport _ "missing.test/m"\n\nfunc main() {}\n'
    write(tmp_path, {"go.mod": MODULE, "a.go": lacking})
    project, _ = ask(tmp_path, GOFLAGS=goflags)
    assert package_of(project).is_main
    assert (tmp_path / "go.mod").read_text() == MODULE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.go", "go.mod"]


@needs_go
@pytest.mark.parametrize("module", ["module a.test/x\n\ngo 99.1\n", "nonsense {\n"])
def test_if_go_fails_the_project_stays_as_parsed(tmp_path: Path, module: str) -> None:
    write(tmp_path, {"go.mod": module, "a.go": MAIN})
    project, done = ask(tmp_path)
    assert done == ()
    assert package_of(project).is_main


@pytest.mark.parametrize("go", ["/nowhere/go", "go", ""])
def test_without_the_go_command_the_project_stays_as_parsed(tmp_path: Path, go: str) -> None:
    project = Project(Disk(str(write(tmp_path, {"go.mod": MODULE, "a.go": MAIN}))))
    assert go_command.correct_with_go(project, str(tmp_path), go or "/", os.environ) == ()
    assert package_of(project).is_main


def test_a_command_that_hangs_is_ended_on_cancellation(tmp_path: Path) -> None:
    write(tmp_path, {"go.mod": MODULE, "a.go": MAIN})
    hanging = tmp_path / "go"
    hanging.write_text("#!/bin/sh\necho $$ > started\nexec sleep 600\n")
    hanging.chmod(0o755)
    cancelled = threading.Event()

    def is_cancelled() -> bool:
        if (tmp_path / "started").exists():
            cancelled.set()
        return cancelled.is_set()

    project = Project(Disk(str(tmp_path)))
    assert go_command.correct_with_go(project, str(tmp_path), str(hanging), os.environ, is_cancelled, seconds=300) == ()
    assert cancelled.is_set()
    assert package_of(project).is_main


@needs_go
@pytest.mark.parametrize(
    "name", ["x.go", "sub/x.go", "go.work", "go.sum", "sub/x.c", "x.s", "x.h", "vendor/modules.txt"]
)
def test_go_does_not_run_where_it_would_wait_for_a_pipe(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"go.mod": MODULE, "a.go": MAIN, "sub/b.go": "package sub\n"})
    (tmp_path / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / name)
    project, done = ask(tmp_path)
    assert done == ()
    assert package_of(project).is_main


@needs_go
@pytest.mark.parametrize("name", ["go.sum", "x.go", "vendor/modules.txt"])
@pytest.mark.parametrize("place", ["/dev/zero", "/proc/version"])
def test_go_does_not_run_where_a_link_leads_to_an_endless_file(tmp_path: Path, name: str, place: str) -> None:
    write(tmp_path, {"go.mod": MODULE, "a.go": MAIN})
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(place)
    assert ask(tmp_path)[1] == ()


@needs_go
def test_pipes_that_go_does_not_read_do_not_matter(tmp_path: Path) -> None:
    write(tmp_path, {"go.mod": MODULE, "a.go": MAIN, "shared.txt": "package main\n"})
    links = {".#a.go": "me@host.1:2", "itself.go": "itself.go", "_b.go": "shared.txt"}
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    os.mkfifo(tmp_path / "events.fifo")
    assert ask(tmp_path)[1] == ("",)


@pytest.mark.slow
@needs_go
def test_parser_and_go_agree_about_a_thousand_packages(tmp_path: Path) -> None:
    kinds = [
        ("a.go", 'package p\n\nimport "fmt"\n\nvar _ = fmt.Sprint\n'),
        ("a_linux.go", "package p\n"),
        ("a_windows.go", "package p\n"),
        ("b.go", "//go:build !linux || ignore\n\npackage p\n"),
        ("c.go", 'package p\n\nimport "C"\n'),
        ("p_test.go", "package p\n"),
        ("x_test.go", "package p_test\n"),
        ("_d.go", "package p\n"),
    ]
    texts = {"go.mod": MODULE}
    for number in range(1000):
        chosen = [kind for place, kind in enumerate(kinds) if (number >> place % 8) & 1] or kinds[:1]
        texts |= {f"g{number // 40}/p{number}/{name}": text for name, text in chosen}
    write(tmp_path, texts)
    by_text = {package.folder: names(package) for package in Project(Disk(str(tmp_path))).packages()}
    project, done = ask(tmp_path, CGO_ENABLED="1", GOARCH="amd64")
    assert done == ("",)
    assert {package.folder: names(package) for package in project.packages()} == by_text
    assert sum(bool(built) for built, _, _ in by_text.values()) > 500
