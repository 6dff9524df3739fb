"""The `#cgo` lines of a Go file, and the comments that cgo reads."""

import pytest

from wslgo.syntax.go.cgo_file import Fault, parse
from wslgo.text.source import Source


def words(text: str) -> list[tuple[str, ...]]:
    """Return kind and flags of each line, checked against the places of the flags."""
    file = parse(Source(text))
    for line in file.lines:
        assert text[line.span.start : line.span.end].startswith("#cgo")
        for word in line.words:
            assert word.text.split(" ")[0].strip("\"'") in text[word.span.start : word.span.end]
    return [(line.verb, *(word.text for word in line.words)) for line in file.lines]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "preamble",
    [
        "// #cgo LDFLAGS: -L/opt -lm\n// #include <math.h>\n",
        "//#cgo LDFLAGS: -L/opt -lm\n",
        "/*\n#cgo LDFLAGS: -L/opt -lm\n#include <math.h>\n*/\n",
        "/*\n   #cgo\tLDFLAGS:-L/opt   -lm   */\n",
        "/* #cgo LDFLAGS: -L/opt -lm */\n",
        "// License\n\n// 页 #cgo\n// #cgo LDFLAGS: -L/opt -lm\n",
    ],
)
def test_lines_in_every_kind_of_comment(preamble: str, end: str) -> None:
    text = f'package p\n\n{preamble}import "C"\n'.replace("\n", end)
    assert words(text) == [("LDFLAGS", "-L/opt", "-lm")]


def test_several_preambles_of_one_file() -> None:
    text = 'package p\n\n// #cgo LDFLAGS: -la\nimport "C"\n\nimport "fmt"\n\n// #cgo LDFLAGS: -lb\nimport "C"\n'
    assert words(text) == [("LDFLAGS", "-la"), ("LDFLAGS", "-lb")]


def test_quotes_and_escapes() -> None:
    text = 'package p\n\n// #cgo CFLAGS: "-I/a b" -DX=\'c d\' -Le\\ f ""\nimport "C"\n'
    line = parse(Source(text)).lines[0]
    assert [word.text for word in line.words] == ["-I/a b", "-DX=c d", "-Le f", ""]
    assert line.fault is Fault.ARGUMENT
    assert text[line.place.start : line.place.end] == '""'


@pytest.mark.parametrize(
    "text",
    [
        "package p\n\n// #cgo LDFLAGS: -lm\n",
        'package p\n\n// #cgo LDFLAGS: -lm\nimport "fmt"\n\nvar c = "C"\n',
        'package p\n\nfunc f() {\n\t// #cgo LDFLAGS: -lm\n\tprintln("C")\n}\n',
        'package p\n\n// #cgo LDFLAGS: -lm\nvar x = 1\n\nimport "C"\n',
        "",
        '/* "C"',
        'import "C"',
    ],
)
def test_a_file_that_does_not_import_c_has_no_lines(text: str) -> None:
    file = parse(Source(text))
    assert not file.lines
    assert not file.comments


@pytest.mark.parametrize(
    "text",
    [
        'package p\n\n// #cgo LDFLAGS: -lm\n\n// Handles.\nimport "C"\n',
        'package p\n\n// No directive.\n\nimport "C"\n',
        'package p\n\n// #include <a.h>\nimport "C"\n\n// #include <b.h>\n\nimport "C"\n',
    ],
)
def test_a_comment_beside_a_preamble_is_not_detached(text: str) -> None:
    assert not parse(Source(text)).detached
