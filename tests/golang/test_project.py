"""What a Go workspace holds, and where it uses CUDA."""

from pathlib import Path

import pytest

from wslgo.golang.disk import Disk, project_of
from wslgo.golang.project import DEFAULT, Entries, Package, Project, Texts, resolved
from wslgo.golang.uses import cuda, gui, ports, stdin
from wslgo.launch.program import program_of
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.source import Source

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
    found = cuda.in_package(project, package_of(project, folder, *tags))
    return [(one.what, one.use.value) for one in found]


def uses_cuda(project: Project, folder: str = "", *tags: str) -> bool:
    package = package_of(project, folder, *tags)
    return cuda.in_program(project, package, package.files) is not None


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
    [found] = cuda.in_package(project, package_of(project))
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


PUREGO = "package main\n\nimport {}\n\nfunc main() {{ purego.Dlopen({}, 0) }}\n"


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ('"libcuda.so.1"', "kernels"),
        ("`libcudart.so`", "kernels"),
        ('"/usr/local/cuda/lib64/libcublas.so.12"', "kernels"),
        ('"libnvidia-ml.so.1"', "monitoring"),
    ],
)
def test_libraries_that_are_loaded_without_cgo_are_evidence(name: str, use: str) -> None:
    project = workspace(a_go=PUREGO.format('"github.com/ebitengine/purego"', name))
    assert shown_uses(project) == [(name[1:-1], use)]
    [found] = cuda.in_package(project, package_of(project))
    assert project.text(found.path)[slice(*found.span)] == name[1:-1]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("github.com/ebitengine/purego", '"libcudatest.so"'),
        ("github.com/ebitengine/purego", '/* "libcuda.so" */ name'),
        ("github.com/ebitengine/purego", '"see libcuda.so"'),
        ("plugin", '"libcuda.so.1"'),
    ],
)
def test_other_libraries_and_other_programs_that_name_them_are_none(path: str, name: str) -> None:
    assert not shown_uses(workspace(a_go=PUREGO.format(f'"{path}"', name)))


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


def test_a_program_is_reached_package_by_package_its_own_first() -> None:
    texts = {
        "go.mod": MODULE,
        "main.go": program("a.test/x/b", "a.test/x/c", "fmt"),
        "b/b.go": program("a.test/x/c", "a.test/x"),
        "c/c.go": program(),
        "d/d.go": program(),
    }
    project = Project(Texts(texts))
    package = package_of(project)
    assert [one.folder for one, _ in project.reached(package, package.files)] == ["", "b", "c"]


def test_a_folder_of_scripts_has_several_mains_and_a_library_none() -> None:
    texts = {
        "tools/one.go": MAIN,
        "tools/two.go": MAIN,
        "tools/shared.go": "package main\n\nconst help = `\nfunc main() {}\n`\n",
        "lib/a.go": MAIN.replace("package main", "package lib"),
    }
    project = Project(Texts(texts))
    assert [one.path for one in project.mains(package_of(project, "tools"))] == ["tools/one.go", "tools/two.go"]
    assert project.mains(package_of(project, "lib")) == ()


def test_a_build_that_says_nothing_else_is_made_for_the_target_of_the_project() -> None:
    texts = {"a.go": "//go:build gpu\n\n" + MAIN, "b.go": MAIN}
    project = Project(Texts(texts), target=DEFAULT._replace(tags=frozenset({"gpu"})))
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


# The tags that make a program one that uses CUDA


def tags_of(texts: dict[str, str], folder: str = "") -> tuple[str, ...] | None:
    project = Project(Texts({"go.mod": MODULE, **texts}))
    return cuda.tags_of_program(project, package_of(project, folder))


def tagged(constraint: str) -> str:
    return f"//go:build {constraint}\n\n{GPU}"


@pytest.mark.parametrize(
    ("constraint", "tags"),
    [("linux", ()), ("!nogpu", ()), ("cuda", ("cuda",)), ("cuda && cudnn", ("cuda", "cudnn")), ("windows", None)],
)
def test_the_tags_that_bring_cuda_are_found_in_what_a_program_imports(
    constraint: str, tags: tuple[str, ...] | None
) -> None:
    texts = {"main.go": program("a.test/x/gpu"), "gpu/none.go": "package gpu\n", "gpu/a.go": tagged(constraint)}
    assert tags_of(texts) == tags


def test_tags_are_found_in_cgo_lines_as_in_ollama() -> None:
    preamble = "#cgo cuda CFLAGS: -DGGML_USE_CUDA\n#cgo linux,cuda LDFLAGS: -lcuda -lcudart\n#cgo rocm LDFLAGS: -lhip"
    assert tags_of({"main.go": program("a.test/x/llama"), "llama/llama.go": cgo(preamble, "llama")}) == ("cuda",)


@pytest.mark.parametrize(
    ("texts", "could"),
    [
        ({"a.go": cgo("#cgo linux,cuda LDFLAGS: -lcuda")}, True),
        ({"a.go": MAIN, "b.go": "//go:build cuda\n\n" + program("gorgonia.org/cu")}, True),
        ({"a.go": MAIN, "a_test.go": program("gorgonia.org/cu")}, True),
        ({"a.go": MAIN, "b.go": "//go:build cuda\n\n" + MAIN}, False),
        ({"a.go": cgo("#cgo windows,cuda LDFLAGS: -lcuda")}, False),
    ],
)
def test_a_quick_look_sees_what_some_tags_would_bring(texts: dict[str, str], could: bool) -> None:
    project = Project(Texts(texts))
    assert cuda.could_use(project, package_of(project)) is could


def test_a_whole_program_behind_a_tag_is_found_as_in_gocv() -> None:
    main = "//go:build cuda\n\n" + program("gocv.io/x/gocv/cuda")
    assert tags_of({"cmd/cuda/main.go": main}, "cmd/cuda") == ("cuda",)


def test_an_import_behind_a_tag_is_followed() -> None:
    hook = '//go:build gpu\n\npackage main\n\nimport _ "a.test/x/gpu"\n'
    assert tags_of({"main.go": program("fmt"), "hook.go": hook, "gpu/a.go": GPU}) == ("gpu",)


@pytest.mark.parametrize(
    "texts",
    [
        {"main.go": program("fmt")},
        {"main.go": program("fmt"), "a.go": "//go:build cuda\n\npackage main\n"},
        {"main.go": program("fmt"), "gpu/a.go": tagged("cuda")},
        {"main.go": program("a.test/x/m"), "m/a.go": cgo("#cgo gpu LDFLAGS: -lnvidia-ml", "m")},
        {"main.go": program("fmt"), "main_test.go": "//go:build cuda\n\n" + program("gorgonia.org/cu")},
    ],
)
def test_a_program_that_no_tags_bring_to_cuda_has_none(texts: dict[str, str]) -> None:
    assert tags_of(texts) is None


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


def test_what_leads_out_is_as_good_as_missing(tmp_path: Path) -> None:
    root = write(tmp_path / "root", {"go.mod": MODULE, "main.go": MAIN})
    write(tmp_path / "out", {"go.mod": MODULE, "secret.go": MAIN, "go.work": "go 1.24\n"})
    (root / "folder").symlink_to("../out")
    (root / "secret.go").symlink_to("../out/secret.go")
    (root / "environ.go").symlink_to("/proc/self/environ")
    left_out: list[str] = []
    disk = Disk(str(root), leave_out=left_out.append)
    assert disk.entries("") == Entries((), ("go.mod", "main.go"))
    assert disk.entries("folder") == Entries()
    assert [disk.text(path, 10) for path in ("secret.go", "folder/secret.go", "../out/secret.go")] == ["", "", ""]
    assert {str(root / name) for name in ("environ.go", "folder/secret.go", "secret.go")} <= set(left_out)


def test_links_inside_of_the_repository_are_followed(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "", "shared/a.go": MAIN, "svc/go.mod": MODULE})
    (tmp_path / "svc/a.go").symlink_to("../shared/a.go")
    project = project_of(str(tmp_path / "svc/.vscode/launch.json"))
    assert project.has_go("")
    assert project.text("a.go") == MAIN


def test_a_folder_that_is_opened_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"real/go.mod": MODULE, "real/a.go": MAIN, "repository/.git/HEAD": ""})
    (tmp_path / "repository/here").symlink_to("../real")
    assert project_of(str(tmp_path / "repository/here/.vscode/launch.json")).has_go("")


@pytest.mark.parametrize("name", ["go.mod", "go.work"])
def test_the_search_upwards_passes_by_what_leads_out(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"out/file": MODULE, "root/go.mod": MODULE, "root/a/b/main.go": MAIN, "root/.git/HEAD": ""})
    (tmp_path / "root/a" / name).symlink_to("../../out/file")
    assert project_of(str(tmp_path / "root/a/b/.vscode/launch.json")).home == "a/b"


def test_the_search_upwards_stays_in_the_folders_that_it_is_given(tmp_path: Path) -> None:
    write(tmp_path, {"go.mod": MODULE, "a/b/main.go": MAIN, ".git/HEAD": ""})
    path = str(tmp_path / "a/b/.vscode/launch.json")
    assert project_of(path).home == "a/b"
    assert project_of(path, (str(tmp_path),)).home == "a/b"
    assert project_of(path, (str(tmp_path / "a"),)).home == ""
    assert project_of(path, ()).has_go("") is False


class Counted(Disk):
    """The disk, and how much of each file was asked for."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.asked: dict[str, list[int]] = {}

    def text(self, path: str, size: int) -> str:
        self.asked.setdefault(path, []).append(size)
        return super().text(path, size)


def test_of_a_thousand_packages_each_head_is_read_once_whatever_is_asked(tmp_path: Path) -> None:
    body = "func f() {\n" + "\tprintln(1)\n" * 2000 + "}\n"
    texts = {
        f"p{count // 50}/q{count}/{name}.go": f'package main\n\nimport "a.test/x/p0/q{count // 2}"\n\n{body}'
        for count in range(1000)
        for name in "abc"
    }
    disk = Counted(str(write(tmp_path, {"go.mod": MODULE, **texts})))
    project = Project(disk)
    packages = list(project.packages())
    assert len(packages) == 1000
    for package in packages:
        assert cuda.in_program(project, package, package.files) is None
        assert gui.toolkit_of(project, package, package.files) is None
        assert ports.services_of(project, package, package.files) == ()
        assert stdin.input_of(project, package, package.files) is None
    heads = {path: sizes for path, sizes in disk.asked.items() if path.endswith(".go")}
    assert len(heads) == 3000
    assert all(len(sizes) == 1 and sizes[0] <= 4096 for sizes in heads.values())


def test_a_hundred_and_fifty_files_with_tags_are_each_tried_alone() -> None:
    tags = " && ".join(f"t{number:02}" for number in range(9))
    files = {f"f{number}.go": f"//go:build {tags}\n\npackage a\n" for number in range(150)}
    assert package_of(Project(Texts({"go.mod": "module m\n"} | files))).tags_needed() is None
    files["g.go"] = "//go:build t07 && t03\n\npackage a\n"
    assert package_of(Project(Texts({"go.mod": "module m\n"} | files))).tags_needed() == ("t03", "t07")
