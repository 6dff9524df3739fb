"""What a Go workspace holds, and where it uses CUDA."""

import time
from pathlib import Path

import pytest

from wslgo import gocuda
from wslgo.disk import Disk, project_of
from wslgo.goproject import DEFAULT, Entries, Package, Project, Texts, resolved

MAIN = "package main\n\nfunc main() {}\n"


def workspace(**texts: str) -> Project:
    """A workspace of files; `__` in a name stands for `/`, the ends `_go`, `_h`, `_c`, `_cu` for suffixes."""
    return Project(Texts({_path(name): text for name, text in texts.items()}))


def _path(name: str) -> str:
    stem, _, suffix = name.replace("__", "/").rpartition("_")
    return f"{stem}.{suffix}"


def package_of(project: Project, folder: str = "", *tags: str) -> Package:
    package = project.package(folder, DEFAULT._replace(tags=frozenset(tags)))
    assert package is not None
    return package


def shown_uses(project: Project, folder: str = "", *tags: str) -> list[tuple[str, str]]:
    """What shows a use of CUDA in a package, by what and of which kind."""
    found = gocuda.in_package(project, package_of(project, folder, *tags))
    return [(one.what, one.use.value) for one in found]


def uses_cuda(project: Project, folder: str = "", *tags: str) -> bool:
    package = package_of(project, folder, *tags)
    return gocuda.in_program(project, package, package.files) is not None


def cgo(preamble: str, package: str = "main", head: str = "") -> str:
    return f'{head}package {package}\n\n/*\n{preamble}\n*/\nimport "C"\n\nfunc f() {{}}\n'


# Packages


def test_packages_are_found_where_the_go_command_looks() -> None:
    places = ["", "cmd/app", "vendor/x", "testdata/y", "_z", ".w", "node_modules/v", "internal/deep/er"]
    project = Project(Texts({f"{place}/a.go".lstrip("/"): MAIN for place in places}))
    assert [package.folder for package in project.packages()] == ["", "cmd/app", "internal/deep/er"]


def test_a_package_knows_whether_it_is_a_program_or_only_tests() -> None:
    project = workspace(app__main_go=MAIN, lib__a_go="package lib")
    assert package_of(project, "app").is_main
    assert not package_of(project, "lib").is_main
    tests = Project(Texts({"t/a_test.go": "package main_test\n"}))
    assert package_of(tests, "t").has_only_tests
    assert package_of(tests, "t").name == "main"
    assert not package_of(tests, "t").is_main


@pytest.mark.parametrize(
    ("constraint", "tags"),
    [("cuda", ("cuda",)), ("cuda && gpu", ("cuda", "gpu")), ("windows", None), ("ignore", None), ("linux", ())],
)
def test_the_tags_that_a_package_needs_are_the_fewest(constraint: str, tags: tuple[str, ...] | None) -> None:
    project = workspace(
        a_go=f"//go:build {constraint}\n\npackage main\n", b_go="//go:build a && b && c\n\npackage main\n"
    )
    single = workspace(a_go=f"//go:build {constraint}\n\npackage main\n")
    assert package_of(single).tags_needed() == tags
    if tags is not None and len(tags) < 3:
        assert package_of(project).tags_needed() == tags


def test_modules_are_known_with_their_folders_and_the_nearest_one_counts() -> None:
    project = Project(Texts({"go.mod": "module a.test/x\n", "sub/go.mod": "module a.test/x/sub\n", "sub/b/c.go": MAIN}))
    assert [(module.folder, module.path) for module in project.modules()] == [("", "a.test/x"), ("sub", "a.test/x/sub")]
    module = project.module_of("sub/b")
    assert module is not None
    assert module.path == "a.test/x/sub"


def test_a_binary_is_called_like_the_last_part_of_the_import_path() -> None:
    texts = {"go.mod": "module a.test/tool/v2\n", "main.go": MAIN, "cmd/one/a.go": MAIN, "cmd/two/a.go": MAIN}
    project = Project(Texts(texts))
    called = {name: project.program_of_binary(f"bin/{name}") for name in ("tool", "one", "two", "other")}
    assert {name: found.folder if found else None for name, found in called.items()} == {
        "tool": "",
        "one": "cmd/one",
        "two": "cmd/two",
        "other": None,
    }
    assert Project(Texts({"main.go": MAIN})).program_of_binary("bin/x") is None, "no module, no name"


@pytest.mark.parametrize(
    ("folder", "path", "expected"),
    [("a/b", "../c", "a/c"), ("", "./x/", "x"), ("a", "../..", None), ("a", "/b", None), ("a", ".", "a")],
)
def test_paths_are_resolved_inside_the_listing_only(folder: str, path: str, expected: str | None) -> None:
    assert resolved(folder, path) == expected


def test_a_very_deep_folder_is_no_trouble() -> None:
    folder = "/".join("d" for _ in range(3000))
    assert Project(Texts({f"{folder}/a.go": MAIN})).module_of(folder) is None


# CUDA in one package


@pytest.mark.parametrize(
    ("preamble", "what"),
    [
        ("#cgo LDFLAGS: -lcuda", "-lcuda"),
        ("#cgo LDFLAGS: -L/x -lcudart_static -ldl", "-lcudart_static"),
        ("#cgo LDFLAGS: -l:libcudart.so.12", "-l:libcudart.so.12"),
        ("#cgo LDFLAGS: /usr/local/cuda/lib64/libcublas.so", "/usr/local/cuda/lib64/libcublas.so"),
        ("#cgo linux LDFLAGS: -lnccl", "-lnccl"),
        ("#cgo pkg-config: cudart-12.4", "cudart-12.4"),
        ("#include <cuda_runtime.h>", "cuda_runtime.h"),
        ('#include "cuda.h"', "cuda.h"),
        ("#include <nvidia/cudnn.h>", "nvidia/cudnn.h"),
        ("#cgo CFLAGS: -DUSE_CUDA\n#ifdef USE_CUDA\n#include <cuda.h>\n#endif", "cuda.h"),
    ],
)
def test_flags_headers_and_packages_of_cuda_are_evidence(preamble: str, what: str) -> None:
    project = workspace(cuda_go=cgo(preamble))
    assert shown_uses(project) == [(what, "kernels")]
    [found] = gocuda.in_package(project, package_of(project))
    assert project.text(found.path)[slice(*found.span)].strip('<>"') == what


@pytest.mark.parametrize(
    "preamble",
    [
        "#cgo LDFLAGS: -L/usr/local/cuda/lib64 -lm",
        "#cgo CFLAGS: -I/usr/local/cuda/include",
        "#cgo windows LDFLAGS: -lcuda",
        "#cgo cuda LDFLAGS: -lcuda",
        "#cgo CFLAGS: -lcuda",
        "#cgo LDFLAGS: -lcudatest -lmycuda",
        "#ifdef USE_CUDA\n#include <cuda.h>\n#endif",
        "// #include <cuda.h>",
        "#include <mycuda.h>",
    ],
)
def test_what_only_looks_like_cuda_is_none(preamble: str) -> None:
    assert not shown_uses(workspace(cuda_go=cgo(preamble)))


@pytest.mark.parametrize(
    "text",
    [
        cgo("#cgo LDFLAGS: -lnvidia-ml\n#include <nvml.h>"),
        'package main\n\nimport "github.com/NVIDIA/go-nvml/pkg/nvml"\n',
    ],
)
def test_watching_the_gpu_is_no_kernel(text: str) -> None:
    project = workspace(a_go=text)
    assert {use for _, use in shown_uses(project)} == {"monitoring"}
    assert not uses_cuda(project)


@pytest.mark.parametrize("path", ["gorgonia.org/cu", "gorgonia.org/cu/blas", "github.com/mumax/3/cuda/cu"])
def test_imports_of_bindings_are_evidence(path: str) -> None:
    assert shown_uses(workspace(a_go=f'package main\n\nimport "{path}"\n')) == [(path, "kernels")]


def test_a_module_whose_name_only_begins_alike_is_none() -> None:
    assert not shown_uses(workspace(a_go='package main\n\nimport "gorgonia.org/cubic"\n'))


def test_gorgonia_uses_cuda_only_with_its_tag() -> None:
    project = workspace(a_go='package main\n\nimport "gorgonia.org/gorgonia"\n')
    assert not uses_cuda(project)
    assert uses_cuda(project, "", "cuda")


def test_headers_of_the_workspace_and_c_files_are_followed() -> None:
    go = cgo('#include "wrap.h"')
    assert shown_uses(
        workspace(a_go=go, wrap_h='#pragma once\n#include "deep/in.h"\n', deep__in_h="#include <cuda.h>")
    ) == [("cuda.h", "kernels")]
    assert shown_uses(workspace(a_go=go, wrap_c="#include <cublas_v2.h>\n")) == [("cublas_v2.h", "kernels")]
    assert not shown_uses(workspace(a_go=go, wrap_h="", wrap_windows_c="#include <cuda.h>\n"))
    assert not shown_uses(workspace(a_go=MAIN, wrap_c="#include <cuda.h>\n")), "without cgo no C is compiled"


def test_a_header_of_the_workspace_that_is_called_like_one_of_cuda_is_none() -> None:
    assert not shown_uses(workspace(a_go=cgo('#include "cuda.h"'), cuda_h="int x;\n"))


def test_headers_that_include_each_other_end() -> None:
    assert not shown_uses(workspace(a_go=cgo('#include "a.h"'), a_h='#include "b.h"', b_h='#include "a.h"'))


def test_kernel_files_count_beside_cgo_and_where_it_links_from() -> None:
    link = cgo("#cgo LDFLAGS: -L${SRCDIR}/kernels -ladd")
    assert shown_uses(workspace(a_go=link, kernels__add_cu="")) == [("add.cu", "kernels")]
    assert shown_uses(workspace(a_go=cgo("int x;"), add_cu="")) == [("add.cu", "kernels")]
    assert not shown_uses(workspace(a_go=MAIN, add_cu=""))
    tagged = cgo('#include "add.h"', head="//go:build cuda\n\n")
    assert not shown_uses(workspace(a_go=cgo("int x;"), b_go=tagged, add_cu="")), "they may belong to the other build"


# CUDA in a program


def program(*imports: str) -> str:
    return "package main\n\nimport (\n" + "".join(f'\t"{path}"\n' for path in imports) + ")\n\nfunc main() {}\n"


GPU = cgo("#include <cuda.h>", package="gpu")
MODULE = "module a.test/x\n"


@pytest.mark.parametrize(
    "texts",
    [
        {"go.mod": MODULE, "main.go": program("a.test/x/gpu"), "gpu/a.go": GPU},
        {"go.mod": MODULE, "main.go": program("a.test/x/b"), "b/b.go": program("a.test/x/gpu"), "gpu/a.go": GPU},
        {
            "go.work": "use (\n\t.\n\t./other\n)\n",
            "go.mod": MODULE,
            "main.go": program("b.test/y/gpu"),
            "other/go.mod": "module b.test/y\n",
            "other/gpu/a.go": GPU,
        },
        {
            "go.mod": MODULE + "replace b.test/y => ./third\n",
            "main.go": program("b.test/y/gpu"),
            "third/go.mod": "module c.test/fork\n",
            "third/gpu/a.go": GPU,
        },
    ],
)
def test_a_program_uses_what_its_packages_use(texts: dict[str, str]) -> None:
    assert uses_cuda(Project(Texts(texts)))


@pytest.mark.parametrize(
    "texts",
    [
        {"go.mod": MODULE, "main.go": program("fmt"), "gpu/a.go": GPU},
        {"go.mod": MODULE, "main.go": program("a.test/x/gpu"), "gpu/go.mod": "module other\n", "gpu/a.go": GPU},
        {
            "go.mod": MODULE,
            "main.go": program("b.test/y/gpu"),
            "other/go.mod": "module b.test/y\n",
            "other/gpu/a.go": GPU,
        },
        {"main.go": program("a.test/x/gpu"), "gpu/a.go": GPU},
        {
            "go.mod": MODULE,
            "main.go": program("a.test/x/a"),
            "a/a.go": program("a.test/x/b"),
            "b/b.go": program("a.test/x/a"),
        },
    ],
)
def test_a_program_does_not_use_what_it_does_not_import(texts: dict[str, str]) -> None:
    assert not uses_cuda(Project(Texts(texts)))


# The disk


def write(root: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_workspace_on_the_disk_reads_like_one_in_memory(tmp_path: Path) -> None:
    texts = {"go.mod": MODULE, "main.go": program("a.test/x/gpu"), "gpu/a.go": GPU, "gpu/add.cu": "x"}
    project = Project(Disk(str(write(tmp_path, texts))))
    assert uses_cuda(project)
    assert package_of(project, "gpu").cuda_files == ("gpu/add.cu",)


def test_what_cannot_be_read_is_empty(tmp_path: Path) -> None:
    disk = Disk(str(tmp_path))
    assert disk.entries("missing") == Entries()
    assert disk.entries("bad\x00name") == Entries()
    assert disk.text("missing", 10) == ""
    (tmp_path / "loop").symlink_to(tmp_path)
    assert disk.entries("").folders == ()


def test_a_folder_inside_a_module_sees_the_whole_module(tmp_path: Path) -> None:
    texts = {"go.mod": MODULE, "cmd/app/main.go": program("a.test/x/gpu"), "gpu/a.go": GPU, ".git/HEAD": ""}
    project = project_of(str(write(tmp_path, texts) / "cmd/app/.vscode/launch.json"))
    assert project.home == "cmd/app"
    assert project.resolved("${workspaceFolder}") == "cmd/app"
    assert uses_cuda(project, "cmd/app")
    assert project.shown("gpu/a.go") == str(tmp_path / "gpu/a.go")


def test_paths_are_shown_as_the_file_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"sub/go.mod": MODULE, "sub/in/a.go": MAIN, ".git/HEAD": ""})
    monkeypatch.chdir(tmp_path)
    assert project_of("sub/.vscode/launch.json").shown("a.go") == "sub/a.go"
    assert project_of("sub/in/.vscode/launch.json").shown("a.go") == "sub/a.go"
    monkeypatch.chdir(tmp_path / "sub")
    assert project_of(".vscode/launch.json").shown("a.go") == "a.go"
    monkeypatch.chdir(tmp_path / "sub/in")
    assert project_of(".vscode/launch.json").shown("a.go") == "../a.go"
    assert project_of(".vscode/launch.json").text_of_shown("../in/a.go") == MAIN


def test_only_heads_are_read_and_a_thousand_packages_take_seconds(tmp_path: Path) -> None:
    body = "func f() {\n" + "\tprintln(1)\n" * 2000 + "}\n"
    texts = {
        f"p{count // 50}/q{count}/{name}.go": f'package q\n\nimport "fmt"\n\n{body}'
        for count in range(1000)
        for name in "abc"
    }
    project = Project(Disk(str(write(tmp_path, {"go.mod": MODULE, **texts}))))
    begin = time.perf_counter()
    packages = list(project.packages())
    found = [one for package in packages for one in gocuda.in_package(project, package)]
    assert time.perf_counter() - begin < 5
    assert len(packages) == 1000
    assert not found
