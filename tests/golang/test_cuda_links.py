"""The libraries of CUDA that a workspace links, by itself or through a binding, and where the linker looks."""

from collections.abc import Mapping

import pytest

from listing import MemoryListing
from wslgo.golang.cuda_links import cuda_links, linker_flags, unlinked
from wslgo.golang.package import BuildTarget
from wslgo.golang.project import Project
from wslgo.golang.workspace import CudaLink
from wslgo.machine.host import CFolder, Host, Variable

DRIVER = "/usr/lib/wsl/lib"
TOOLKIT = "/usr/local/cuda/lib64"
MODULE = "module example.com/m\n\nrequire gorgonia.org/cu v0.9.6\n"
MAIN = 'package main\n\nimport _ "gorgonia.org/cu"\n\nfunc main() {}\n'
BINDING = """package cu

// #cgo CFLAGS: -g -O3
// #cgo LDFLAGS:-lcuda
// #cgo linux LDFLAGS:-L/usr/lib/x86_64-linux-gnu/
// #cgo linux LDFLAGS:-L/usr/local/cuda/lib64 -L/usr/local/cuda/lib
// #cgo windows LDFLAGS:-LC:/cuda/lib/x64
import "C"
"""


def gpu(lines: str) -> dict[str, str]:
    return {"go.mod": "module example.com/m\n", "gpu.go": f'package gpu\n\n/*\n{lines}\n*/\nimport "C"\n'}


def missing(
    texts: Mapping[str, str], cache: "Mapping[str, str] | None" = None, flags: str = "-O2 -g", tags: str = ""
) -> list[tuple[str, str, str]]:
    """Return library, folder and module on a machine with WSL's driver and a toolkit."""
    modules = None if cache is None else Project(MemoryListing(dict(cache)))
    target = BuildTarget(frozenset(tags.split()))
    links = tuple(cuda_links(Project(MemoryListing(dict(texts))), modules, target))
    folders = (
        CFolder(DRIVER, ("-lcuda",), False),
        CFolder(TOOLKIT, ("-lcublas", "-lcudart"), False),
        CFolder(f"{TOOLKIT}/stubs", ("-lcuda",), False),
    )
    host = Host(c_folders=folders, go_variables=(Variable("CGO_LDFLAGS", flags, "default"),))
    return [(link.name, folder, link.module) for link, folder in unlinked(links, host)]


@pytest.mark.parametrize("place", ["vendor/gorgonia.org/cu", ""])
def test_a_binding_in_vendor_or_in_the_module_cache(place: str) -> None:
    texts = {"go.mod": MODULE, "main.go": MAIN}
    found = (
        missing({**texts, f"{place}/cu.go": BINDING})
        if place
        else missing(texts, {"gorgonia.org/cu@v0.9.6/cu.go": BINDING})
    )
    assert [(name, folder) for name, folder, _ in found] == [("-lcuda", DRIVER)]


def test_a_binding_that_is_not_downloaded_yet() -> None:
    assert missing({"go.mod": MODULE, "main.go": MAIN}) == [("-lcuda", DRIVER, "gorgonia.org/cu")]
    main = MAIN.replace("gorgonia.org/cu", "github.com/ggerganov/whisper.cpp/bindings/go/pkg/whisper")
    found = missing({"go.mod": "module example.com/m\n", "main.go": main})
    assert [(name, folder) for name, folder, _ in found] == [("-lcublas", TOOLKIT), ("-lcudart", TOOLKIT)]


def test_the_lines_of_a_binding_count() -> None:
    text = 'package b\n\n// #cgo LDFLAGS: -L/opt/x/lib -lcublas -lm\n// #cgo windows LDFLAGS: -lcuda\nimport "C"\n'
    module, main = "module a.test/x\n\nrequire b.test/b v1.0.0\n", MAIN.replace("gorgonia.org/cu", "b.test/b")
    cache = Project(MemoryListing({"b.test/b@v1.0.0/go.mod": "module b.test/b\n", "b.test/b@v1.0.0/b.go": text}))
    workspace = Project(MemoryListing({"go.mod": module, "main.go": main}))
    assert [*cuda_links(workspace, cache, BuildTarget())] == [CudaLink("-lcublas", "b.test/b", ("/opt/x/lib",))]
    without = Project(MemoryListing({"go.mod": module, "main.go": "package main\n"}))
    assert not [*cuda_links(without, cache, BuildTarget())]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("#cgo LDFLAGS: -lcublas -lcudart", [("-lcublas", TOOLKIT), ("-lcudart", TOOLKIT)]),
        ("#cgo LDFLAGS: -L/usr/local/cuda/lib64 -lcuda -lcudart", [("-lcuda", DRIVER)]),
        ("#cgo LDFLAGS: -L${SRCDIR}/lib -lkernels -lcudart", [("-lcudart", TOOLKIT)]),
        ("#cgo LDFLAGS: -L/usr/local/cuda/lib64/stubs -lcuda", []),
        ("#cgo LDFLAGS: -L/usr/local/cuda/lib64/ -lcudart -lcublas", []),
        ("#cgo LDFLAGS: -L /usr/local/cuda/lib64 -lcudart", []),
        ("#cgo LDFLAGS: -L/srv/cuda -lcuda", []),
        ("#cgo LDFLAGS: -lcufft", []),
        ("#cgo gpu LDFLAGS: -lcuda", []),
        ("#cgo windows LDFLAGS: -lcuda", []),
        ("#cgo LDFLAGS: -lcudart\n#cgo pkg-config: cudart-13.0", []),
        ("#cgo LDFLAGS: -lm", []),
    ],
)
def test_a_package_of_the_workspace(lines: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, folder) for name, folder, _ in missing(gpu(lines))] == expected


def test_a_tag_brings_a_library() -> None:
    texts = gpu("#cgo gpu LDFLAGS: -lcuda")
    assert missing(texts, tags="gpu") == [("-lcuda", DRIVER, "example.com/m")]


def test_a_library_beside_the_code_is_found() -> None:
    texts = gpu("#cgo LDFLAGS: -L${SRCDIR}/lib -lcudart") | {"lib/libcudart.so": ""}
    assert not missing(texts)


def test_the_variable_names_the_folder_and_keeps_what_it_has() -> None:
    texts = gpu("#cgo LDFLAGS: -lcuda")
    assert not missing(texts, flags=f"-O2 -g -L{DRIVER}")
    assert not missing(texts, flags=f"-O2 -L {TOOLKIT}/stubs")
    host = Host(go_variables=(Variable("CGO_LDFLAGS", "-O1", "/home/me/.config/go/env"),))
    assert linker_flags(host, (DRIVER,)) == f"-O1 -L{DRIVER}"
    assert linker_flags(Host(), (DRIVER, TOOLKIT)) == f"-O2 -g -L{DRIVER} -L{TOOLKIT}"


def test_an_unknown_machine_has_nothing_missing() -> None:
    links = (CudaLink("-lcuda", "example.com/m"),)
    folders = (CFolder(DRIVER, ("-lcuda",), False),)
    for host in (Host(), Host(c_folders=folders), Host(c_folders=(), go_variables=())):
        assert not [*unlinked(links, host)]
