"""Where a Go workspace uses CUDA."""

import pytest

from goworkspace import GPU, MAIN, MODULE, cgo, package_of, program, shown_uses, uses_cuda, workspace
from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda

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
    [found] = cuda.evidence_in_package(project, package_of(project))
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
def test_lookalikes_are_not_evidence(preamble: str) -> None:
    assert not shown_uses(workspace(cuda_go=cgo(preamble)))


@pytest.mark.parametrize(
    "text",
    [
        cgo("#cgo LDFLAGS: -lnvidia-ml\n#include <nvml.h>"),
        'package main\n\nimport "github.com/NVIDIA/go-nvml/pkg/nvml"\n',
    ],
)
def test_monitoring_the_gpu_is_not_a_kernel(text: str) -> None:
    project = workspace(a_go=text)
    assert {use for _, use in shown_uses(project)} == {"monitoring"}
    assert not uses_cuda(project)


@pytest.mark.parametrize("path", ["gorgonia.org/cu", "gorgonia.org/cu/blas", "github.com/mumax/3/cuda/cu"])
def test_imports_of_bindings_are_evidence(path: str) -> None:
    assert shown_uses(workspace(a_go=f'package main\n\nimport "{path}"\n')) == [(path, "kernels")]


def test_a_module_with_the_same_prefix_is_not_evidence() -> None:
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
    [found] = cuda.evidence_in_package(project, package_of(project))
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
def test_other_libraries_and_comments_are_not_evidence(path: str, name: str) -> None:
    assert not shown_uses(workspace(a_go=PUREGO.format(f'"{path}"', name)))


def test_headers_of_the_workspace_and_c_files_are_followed() -> None:
    go = cgo('#include "wrap.h"')
    assert shown_uses(
        workspace(a_go=go, wrap_h='#pragma once\n#include "deep/in.h"\n', deep__in_h="#include <cuda.h>")
    ) == [("cuda.h", "kernels")]
    assert shown_uses(workspace(a_go=go, wrap_c="#include <cublas_v2.h>\n")) == [("cublas_v2.h", "kernels")]
    assert not shown_uses(workspace(a_go=go, wrap_h="", wrap_windows_c="#include <cuda.h>\n"))
    assert not shown_uses(workspace(a_go=MAIN, wrap_c="#include <cuda.h>\n")), "without cgo no C is compiled"


def test_a_header_of_the_workspace_with_the_name_of_a_cuda_header_is_not_evidence() -> None:
    assert not shown_uses(workspace(a_go=cgo('#include "cuda.h"'), cuda_h="int x;\n"))


def test_headers_that_include_each_other_terminate() -> None:
    assert not shown_uses(workspace(a_go=cgo('#include "a.h"'), a_h='#include "b.h"', b_h='#include "a.h"'))


def test_kernel_files_count_with_cgo_and_in_its_link_folders() -> None:
    link = cgo("#cgo LDFLAGS: -L${SRCDIR}/kernels -ladd")
    assert shown_uses(workspace(a_go=link, kernels__add_cu="")) == [("add.cu", "kernels")]
    assert shown_uses(workspace(a_go=cgo("int x;"), add_cu="")) == [("add.cu", "kernels")]
    assert not shown_uses(workspace(a_go=MAIN, add_cu=""))
    tagged_file = cgo('#include "add.h"', head="//go:build cuda\n\n")
    assert not shown_uses(workspace(a_go=cgo("int x;"), b_go=tagged_file, add_cu="")), (
        "they may belong to the other build"
    )


# CUDA in a program


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
    assert uses_cuda(Project(MemoryListing(texts)))


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
    assert not uses_cuda(Project(MemoryListing(texts)))


# The tags that make a program one that uses CUDA


def tags_of(texts: dict[str, str], folder: str = "") -> tuple[str, ...] | None:
    project = Project(MemoryListing({"go.mod": MODULE, **texts}))
    return cuda.tags_of_program(project, package_of(project, folder))


def tagged_file(constraint: str) -> str:
    return f"//go:build {constraint}\n\n{GPU}"


@pytest.mark.parametrize(
    ("constraint", "tags"),
    [("linux", ()), ("!nogpu", ()), ("cuda", ("cuda",)), ("cuda && cudnn", ("cuda", "cudnn")), ("windows", None)],
)
def test_the_tags_that_enable_cuda_are_found_in_imported_packages(
    constraint: str, tags: tuple[str, ...] | None
) -> None:
    texts = {"main.go": program("a.test/x/gpu"), "gpu/none.go": "package gpu\n", "gpu/a.go": tagged_file(constraint)}
    assert tags_of(texts) == tags


def test_tags_are_found_in_cgo_lines_as_in_ollama() -> None:
    preamble = "#cgo cuda CFLAGS: -DGGML_USE_CUDA\n#cgo linux,cuda LDFLAGS: -lcuda -lcudart\n#cgo rocm LDFLAGS: -lhip"
    assert tags_of({"main.go": program("a.test/x/llama"), "llama/llama.go": cgo(preamble, "llama")}) == ("cuda",)


@pytest.mark.parametrize(
    ("texts", "is_possible"),
    [
        ({"a.go": cgo("#cgo linux,cuda LDFLAGS: -lcuda")}, True),
        ({"a.go": MAIN, "b.go": "//go:build cuda\n\n" + program("gorgonia.org/cu")}, True),
        ({"a.go": MAIN, "a_test.go": program("gorgonia.org/cu")}, True),
        ({"a.go": MAIN, "b.go": "//go:build cuda\n\n" + MAIN}, False),
        ({"a.go": cgo("#cgo windows,cuda LDFLAGS: -lcuda")}, False),
    ],
)
def test_the_pre_check_sees_kernels_under_any_tags(texts: dict[str, str], is_possible: bool) -> None:
    project = Project(MemoryListing(texts))
    assert cuda.could_use(project, package_of(project)) is is_possible


def test_a_program_excluded_by_a_tag_is_found_as_in_gocv() -> None:
    main = "//go:build cuda\n\n" + program("gocv.io/x/gocv/cuda")
    assert tags_of({"cmd/cuda/main.go": main}, "cmd/cuda") == ("cuda",)


def test_an_import_in_a_tagged_file_is_followed() -> None:
    hook = '//go:build gpu\n\npackage main\n\nimport _ "a.test/x/gpu"\n'
    assert tags_of({"main.go": program("fmt"), "hook.go": hook, "gpu/a.go": GPU}) == ("gpu",)


@pytest.mark.parametrize(
    "texts",
    [
        {"main.go": program("fmt")},
        {"main.go": program("fmt"), "a.go": "//go:build cuda\n\npackage main\n"},
        {"main.go": program("fmt"), "gpu/a.go": tagged_file("cuda")},
        {"main.go": program("a.test/x/m"), "m/a.go": cgo("#cgo gpu LDFLAGS: -lnvidia-ml", "m")},
        {"main.go": program("fmt"), "main_test.go": "//go:build cuda\n\n" + program("gorgonia.org/cu")},
    ],
)
def test_a_program_without_cuda_under_any_tags_has_none(texts: dict[str, str]) -> None:
    assert tags_of(texts) is None
