"""The head of a Go file, as `go/build` reads it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.golang.package import DEFAULT_TARGET
from wslgo.syntax.go import build_constraint, file_head

GO = shutil.which("go")


def paths(text: str) -> list[str]:
    return [imported.path for imported in file_head.parse(text).imports]


def is_built(text: str, *tags: str) -> bool:
    target = DEFAULT_TARGET._replace(tags=frozenset(tags))
    return build_constraint.holds(file_head.parse(text).constraint, target.has)


def included(text: str) -> list[str]:
    return [include.name for include in file_head.parse(text).includes]


def flags(text: str) -> list[tuple[str, list[str]]]:
    return [(line.verb, [word for word, _ in line.words]) for line in file_head.parse(text).flags]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('package p\nimport "fmt"\n', ["fmt"]),
        ('package p; import f "fmt"; import . "os"', ["fmt", "os"]),
        ('package p\nimport (\n\t"fmt" // x\n\t_ `embed`\n)\nimport "C"\nfunc f() {}\n', ["fmt", "embed", "C"]),
        ('/* package q */ package p\n/* import "a" */ import "b"', ["b"]),
        ('package p\nvar x = "import \\"fmt\\""\nimport "os"', []),
        ('import "fmt"\npackage p', []),
        ("package p\nimport (", []),
        ("package p\nimport", []),
        ("", []),
    ],
)
def test_imports_are_read_up_to_the_first_other_declaration(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


def test_the_span_of_an_import_holds_its_path_with_the_quotes() -> None:
    text = '\ufeffpackage p\n\nimport "gorgonia.org/cu"\n'
    [found] = file_head.parse(text).imports
    assert text[slice(*found.span)] == '"gorgonia.org/cu"'


@pytest.mark.parametrize(
    ("text", "tags", "expected"),
    [
        ("package p", (), True),
        ("//go:build cuda\n\npackage p", (), False),
        ("//go:build cuda\n\npackage p", ("cuda",), True),
        ("//go:build linux && (amd64 || arm64) && !cuda\npackage p", (), True),
        ("//go:build !linux\n\npackage p", (), False),
        ("//go:build unix && cgo && go1.21\n\npackage p", (), True),
        ("//go:build ((\n\npackage p", (), False),
        ("//go:build linux\n//go:build linux\n\npackage p", (), False),
        ("/* //go:build cuda */\npackage p", (), True),
        ("// +build cuda\n\npackage p", (), False),
        ("// +build cuda\npackage p", (), True),
        ("// +build windows linux,amd64\n// +build !cuda\n\npackage p", (), True),
        ("//go:build linux\n// +build cuda\n\npackage p", (), True),
    ],
)
def test_build_constraints_decide_whether_a_file_is_built(text: str, tags: tuple[str, ...], expected: bool) -> None:
    assert is_built(text, *tags) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.go", True),
        ("a_linux.go", True),
        ("a_windows.go", False),
        ("a_linux_arm64_test.go", False),
        ("linux_.go", True),
        ("windows.go", True),
        ("a_cuda.go", True),
    ],
)
def test_the_end_of_a_name_is_a_constraint(name: str, expected: bool) -> None:
    assert build_constraint.holds(build_constraint.file_name_constraint(name), DEFAULT_TARGET.has) is expected


@pytest.mark.parametrize(
    "preamble",
    [
        "/*\n#include <cuda.h>\n*/\n",
        "// #include <cuda.h>\n",
        "//#include <cuda.h>\n",
        "// # include <cuda.h> // driver\n",
        "/* one */\n// #include <cuda.h>\n",
    ],
)
def test_the_preamble_is_the_comment_right_above_the_import(preamble: str) -> None:
    assert included(f'package p\n\n{preamble}import "C"\n') == ["cuda.h"]
    assert included(f'package p\n\n{preamble}import (\n\t"C"\n)\n') == ["cuda.h"]
    assert included(f'package p\n\nimport (\n\t"fmt"\n{preamble}\t"C"\n)\n') == ["cuda.h"]
    assert not included(f'package p\n\n{preamble}\nimport "C"\n'), "a blank line parts them"
    assert not included(f'package p\n\n{preamble}import "fmt"\nimport "C"\n')


def test_flags_keep_their_conditions_quotes_and_places() -> None:
    text = (
        'package p\n/*\n#cgo linux,amd64 windows LDFLAGS: -lcuda "-L/a b" -lcudart\n#cgo noescape f\n*/\nimport "C"\n'
    )
    [line] = file_head.parse(text).flags
    assert flags(text) == [("LDFLAGS", ["-lcuda", "-L/a b", "-lcudart"])]
    assert [build_constraint.holds(condition, DEFAULT_TARGET.has) for condition in line.conditions] == [True, False]
    assert [text[slice(*span)] for _, span in line.words] == ["-lcuda", '"-L/a b"', "-lcudart"]


def test_an_include_knows_the_macros_that_it_depends_on() -> None:
    text = 'package p\n/*\n#ifdef USE_CUDA\n#include <cuda.h>\n#endif\n#include <a.h>\n*/\nimport "C"\n'
    assert [(include.name, include.guards) for include in file_head.parse(text).includes] == [
        ("cuda.h", ("USE_CUDA",)),
        ("a.h", ()),
    ]


@pytest.mark.parametrize("text", ['package p\n\nimport "C"\n', "package p\n/* ...", "// comment"])
def test_a_head_without_an_end_is_not_complete(text: str) -> None:
    assert not file_head.parse(text).is_complete


def test_a_head_is_complete_at_the_first_declaration() -> None:
    assert file_head.parse('package p\nimport "C"\nfunc f() {}').is_complete


FRAGMENTS = st.sampled_from(
    (
        *("package p", "import", '"C"', '"fmt"', "(", ")", "//", "/*", "*/", "\n", "\r\n", "`", '"', "\ufeff", "\x00"),
        *("#cgo LDFLAGS: -lcuda", "#include <cuda.h>", "//go:build a && (b", "// +build ,!", "func main() {", " "),
    )
)


@pytest.mark.slow
@given(st.one_of(st.text(), st.lists(FRAGMENTS).map(" ".join), st.lists(FRAGMENTS).map("".join)))
def test_any_text_is_read_and_spans_are_inside(text: str) -> None:
    head = file_head.parse(text)
    spans = [imported.span for imported in (*head.imports, *head.flags, *head.includes)]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    build_constraint.holds(head.constraint, DEFAULT_TARGET.has)


@given(st.lists(st.sampled_from(["linux", "cuda", "!", "&&", "||", "(", ")", " ", "a.b", "-"])).map("".join))
def test_any_constraint_is_read(expression: str) -> None:
    assert build_constraint.holds(build_constraint.parse(expression), DEFAULT_TARGET.has) in (True, False)


# The real go command judges the same files.
FILES = {
    "go.mod": "module example.com/gpu\n\ngo 1.20\n",
    "main.go": 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n',
    "cuda.go": "package main\n\n/*\n#cgo linux,amd64 LDFLAGS: -lcuda -L${SRCDIR}/lib\n#cgo windows LDFLAGS: -lno\n"
    '#cgo pkg-config: cudart-12.4\n*/\nimport "C"\n',
    "tagged.go": "//go:build cuda && !nogpu\n\npackage main\n",
    "old.go": "// Copyright\n\n// +build ignore windows\n\npackage main\n",
    "a_windows.go": "package main\n",
    "broken.go": "//go:build (linux\n\npackage main\n",
    "main_test.go": 'package main_test\n\nimport "testing"\n\nfunc Test(t *testing.T) {}\n',
    "add.cu": "__global__ void add() {}\n",
}


@pytest.mark.skipif(GO is None, reason="needs the go command")
@pytest.mark.parametrize("tags", ["", "cuda"])
def test_the_go_command_reads_the_same(tmp_path: Path, tags: str) -> None:
    from wslgo.golang.disk import Disk
    from wslgo.golang.project import Project

    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOARCH": "amd64", "GOOS": "linux"}
    listed = subprocess.run(
        [GO or "go", "list", "-e", "-json", f"-tags={tags}", "."],
        cwd=tmp_path,
        env={**environment, "CGO_ENABLED": "1", "GOPROXY": "off"},
        capture_output=True,
        check=True,
    )
    go = json.loads(listed.stdout)
    package = Project(Disk(str(tmp_path))).package("", DEFAULT_TARGET._replace(tags=frozenset(tags.split())))
    assert package is not None
    assert package.name == go["Name"]
    assert sorted(file.path for file in package.files) == sorted(go["GoFiles"] + go["CgoFiles"])
    assert [file.path for file in package.tests] == go.get("XTestGoFiles", [])
    assert {imported.path for file in package.files for imported in file.head.imports} == set(go["Imports"])
    assert package.cuda_files == ("add.cu",)
