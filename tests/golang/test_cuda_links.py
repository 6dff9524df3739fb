"""The libraries of CUDA that imported packages link, from `vendor`, the module cache, and a short list."""

import pytest

from listing import MemoryListing
from wslgo.golang.c_libraries import cuda_links
from wslgo.golang.package import BuildTarget
from wslgo.golang.project import Project
from wslgo.golang.workspace import CudaLink

MODULE = "module a.test/x\n\nrequire {} v1.0.0\n"
PROGRAM = 'package main\n\nimport _ "{}"\n'
BINDING = 'package b\n\n// #cgo LDFLAGS: -L/opt/x/lib {}\n{}import "C"\n'
TARGET = BuildTarget(has_cgo=True)


def links(imported: str, cached: dict[str, str] | None = None, **more: str) -> tuple[CudaLink, ...]:
    texts = {"go.mod": MODULE.format(imported), "main.go": PROGRAM.format(imported), **more}
    cache = Project(MemoryListing(cached)) if cached is not None else None
    return tuple(cuda_links(Project(MemoryListing(texts)), cache, TARGET))


@pytest.mark.parametrize(
    ("flags", "more", "found"),
    [
        ("-lcuda", "", ("-lcuda",)),
        ("-lcublas -lm -lcudart", "", ("-lcublas", "-lcudart")),
        ("-lm", "", ()),
        ("", "// #cgo windows LDFLAGS: -lcuda\n", ()),
        ("", "// #cgo linux LDFLAGS: -lnvidia-ml\n", ("-lnvidia-ml",)),
    ],
)
def test_the_lines_of_a_binding_count(flags: str, more: str, found: tuple[str, ...]) -> None:
    text = BINDING.format(flags, more)
    cached = {"b.test/b@v1.0.0/go.mod": "module b.test/b\n", "b.test/b@v1.0.0/b.go": text}
    expected = tuple(CudaLink(name, "b.test/b", ("/opt/x/lib",)) for name in found)
    assert links("b.test/b", cached) == expected
    assert [link.name for link in links("b.test/b", **{"vendor/b.test/b/b.go": text})] == [*found]


def test_a_binding_whose_source_is_not_here_is_known_by_name() -> None:
    assert links("gorgonia.org/cu") == (CudaLink("-lcuda", "gorgonia.org/cu"),)
    assert links("gorgonia.org/cu", {}) == (CudaLink("-lcuda", "gorgonia.org/cu"),)
    assert links("gorgonia.org/tensor") == ()


def test_the_lines_of_the_workspace_itself_are_not_repeated() -> None:
    own = {"own/own.go": BINDING.format("-lcuda", "").replace("package b", "package own")}
    assert links("a.test/x/own", **own) == ()
