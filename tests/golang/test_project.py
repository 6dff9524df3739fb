"""The modules, packages and build tags of a Go workspace."""

import pytest

from goworkspace import MAIN, MODULE, package_of, program, workspace
from listing import MemoryListing
from wslgo.golang.package import DEFAULT_TARGET, Package
from wslgo.golang.paths import resolved_path
from wslgo.golang.project import Project
from wslgo.launch.program import program_of
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.source import Source

# Packages


def test_packages_are_found_where_the_go_command_looks() -> None:
    places = ["", "cmd/app", "vendor/x", "testdata/y", "_z", ".w", "node_modules/v", "internal/deep/er"]
    project = Project(MemoryListing({f"{place}/a.go".lstrip("/"): MAIN for place in places}))
    assert [package.folder for package in project.packages()] == ["", "cmd/app", "internal/deep/er"]


def test_a_package_knows_whether_it_is_a_program_or_only_tests() -> None:
    project = workspace(app__main_go=MAIN, lib__a_go="package lib")
    assert package_of(project, "app").is_main
    assert not package_of(project, "lib").is_main
    tests = Project(MemoryListing({"t/a_test.go": "package main_test\n"}))
    assert package_of(tests, "t").name == "main"
    assert not package_of(tests, "t").is_main


@pytest.mark.parametrize(
    ("constraint", "tags"),
    [("cuda", ("cuda",)), ("cuda && gpu", ("cuda", "gpu")), ("windows", None), ("ignore", None), ("linux", ())],
)
def test_a_package_needs_the_fewest_tags(constraint: str, tags: tuple[str, ...] | None) -> None:
    project = workspace(
        a_go=f"//go:build {constraint}\n\npackage main\n", b_go="//go:build a && b && c\n\npackage main\n"
    )
    single = workspace(a_go=f"//go:build {constraint}\n\npackage main\n")
    assert package_of(single).tags_needed() == tags
    if tags is not None and len(tags) < 3:
        assert package_of(project).tags_needed() == tags


def test_modules_are_known_with_their_folders_and_the_nearest_one_counts() -> None:
    project = Project(
        MemoryListing({"go.mod": "module a.test/x\n", "sub/go.mod": "module a.test/x/sub\n", "sub/b/c.go": MAIN})
    )
    assert [(module.folder, module.path) for module in project.modules()] == [("", "a.test/x"), ("sub", "a.test/x/sub")]
    module = project.module_of("sub/b")
    assert module is not None
    assert module.path == "a.test/x/sub"


def test_a_binary_is_called_like_the_last_part_of_the_import_path() -> None:
    texts = {"go.mod": "module a.test/tool/v2\n", "main.go": MAIN, "cmd/one/a.go": MAIN, "cmd/two/a.go": MAIN}
    project = Project(MemoryListing(texts))
    called = {name: project.program_of_binary(f"bin/{name}") for name in ("tool", "one", "two", "other")}
    assert {name: found.folder if found else None for name, found in called.items()} == {
        "tool": "",
        "one": "cmd/one",
        "two": "cmd/two",
        "other": None,
    }
    assert Project(MemoryListing({"main.go": MAIN})).program_of_binary("bin/x") is None, "no module, no name"


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [("a/b", "../c", "a/c"), ("", "./x/", "x"), ("a", "../..", None), ("a", "/b", None), ("a", ".", "a")],
)
def test_paths_are_resolved_inside_the_listing_only(folder: str, path: str, expected: str | None) -> None:
    assert resolved_path(folder, path) == expected


def test_a_very_deep_folder_works() -> None:
    folder = "/".join("d" for _ in range(3000))
    assert Project(MemoryListing({f"{folder}/a.go": MAIN})).module_of(folder) is None


def test_the_packages_of_a_program_start_with_its_own() -> None:
    texts = {
        "go.mod": MODULE,
        "main.go": program("a.test/x/b", "a.test/x/c", "fmt"),
        "b/b.go": program("a.test/x/c", "a.test/x"),
        "c/c.go": program(),
        "d/d.go": program(),
    }
    project = Project(MemoryListing(texts))
    package = package_of(project)
    assert [built.folder for built, _ in project.packages_of_program(package, package.files)] == ["", "b", "c"]


def test_a_folder_of_scripts_has_several_mains_and_a_library_none() -> None:
    texts = {
        "tools/one.go": MAIN,
        "tools/two.go": MAIN,
        "tools/shared.go": "package main\n\nconst help = `\nfunc main() {}\n`\n",
        "lib/a.go": MAIN.replace("package main", "package lib"),
    }
    project = Project(MemoryListing(texts))
    assert [file.path for file in project.mains(package_of(project, "tools"))] == ["tools/one.go", "tools/two.go"]
    assert project.mains(package_of(project, "lib")) == ()


def test_the_default_target_is_that_of_the_project() -> None:
    texts = {"a.go": "//go:build gpu\n\n" + MAIN, "b.go": MAIN}
    project = Project(MemoryListing(texts), target=DEFAULT_TARGET._replace(tags=frozenset({"gpu"})))
    assert [file.path for file in package_of_default(project).files] == ["a.go", "b.go"]
    entry = jsonc.parse(Source('{"mode": "debug", "program": "."}')).at()
    assert entry is not None
    program_found = program_of(Configuration(entry), project, "")
    assert program_found is not None
    assert [file.path for file in program_found.files] == ["a.go", "b.go"]


def package_of_default(project: Project) -> Package:
    package = project.package("")
    assert package is not None
    return package


def test_a_hundred_and_fifty_files_with_tags_are_tried_one_by_one() -> None:
    tags = " && ".join(f"t{number:02}" for number in range(9))
    files = {f"f{number}.go": f"//go:build {tags}\n\npackage a\n" for number in range(150)}
    assert package_of(Project(MemoryListing({"go.mod": "module m\n"} | files))).tags_needed() is None
    files["g.go"] = "//go:build t07 && t03\n\npackage a\n"
    assert package_of(Project(MemoryListing({"go.mod": "module m\n"} | files))).tags_needed() == ("t03", "t07")
