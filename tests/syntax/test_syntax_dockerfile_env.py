"""The variables of Dockerfiles, stage by stage: values as BuildKit reads them (its parser and shell/lex.go)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax import dockerfile_env
from wslgo.syntax.shell.word import Quoting
from wslgo.text.source import Source


def values(text: str) -> list[tuple[str, str | None]]:
    return [(found.name, found.word.value) for found in dockerfile_env.parse(Source(text)).assignments]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("A=x", "x"),
        ('A="x y"', "x y"),
        ("A='$x'", "$x"),
        ('A="a \\" b"', 'a " b'),
        ('A="a\\b"', "a\\b"),
        ("A=a\\ b", "a b"),
        ("A=a'b c'd", "ab cd"),
        ("A=", ""),
        ("A x", "x"),
        ("A x y  z", "x y  z"),
        ('A "x y"', "x y"),
        ("A=$HOME/go", None),
        ('A="${B}/go"', None),
        ('A="\\$x"', None),
        ("A='open", None),
        ("A=~/go", "~/go"),
        ("A=x|y", "x|y"),
    ],
)
def test_a_value_is_read_as_docker_reads_it(written: str, value: str | None) -> None:
    assert values(f"FROM golang\nENV {written}\n") == [("A", value)]


def test_one_instruction_sets_several_variables_on_several_lines() -> None:
    text = "FROM x\nenv A=1 \\\n  # why\n  B='2 3'\\\n\n  C=4\nRUN go build\n"
    assert values(text) == [("A", "1"), ("B", "2 3"), ("C", "4")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ARG A=x\nFROM y\n", []),
        ("ARG A=x\nFROM y\nARG A\nFROM z\n", [("A", "x")]),
        ("FROM y\nARG A=x B\n", [("A", "x")]),
        ("FROM y AS b\nENV A=1\nFROM b\nENV A=2\n", [("A", "1"), ("A", "2")]),
        ("FROM y\nRUN <<EOF\nENV A=1\nEOF\nENV A=2\n", [("A", "2")]),
        ("FROM y\nRUN a \\\n  ENV A=1\n", []),
        ("FROM y\n# ENV A=1\n", []),
        ("FROM mcr.microsoft.com/windows/servercore\nENV A=1\n", []),
        ("# escape=`\nFROM y\nENV A=1\n", []),
        ("FROM y\nENVIRONMENT A=1\nLABEL A=1\n", []),
        ("FROM y\r\nENV A=1\r\n", [("A", "1")]),
        ("FROM y\nRUN A=1 go build && B=2 go test\n", [("A", "1"), ("B", "2")]),
        (
            "FROM y\nRUN --mount=type=cache,target=/x \\\n  --network=none \\\n  export A='1 2' && \\\n  go build\n",
            [("A", "1 2")],
        ),
        ('FROM y\nRUN go env -w A=1 "B=2 3" C=\n', [("A", "1"), ("B", "2 3")]),
        ('FROM y\nRUN ["env", "A=1", "go"]\n', []),
        ("FROM y\nRUN A=1\n", []),
        ("FROM y\nRUN a && \\\n# A=1 b\n  A=1 go build\n", []),
    ],
)
def test_variables_belong_to_stages(text: str, found: list[tuple[str, str | None]]) -> None:
    assert values(text) == found


def test_spans_hold_name_value_and_line() -> None:
    text = 'FROM x\nENV GOPATH="/go" B=1\nENV C=2\n'
    first, _, last = dockerfile_env.parse(Source(text)).assignments
    assert text[slice(*first.name_span)] == "GOPATH"
    assert text[slice(*first.word.inner)] == "/go"
    assert first.word.quoting is Quoting.DOUBLE
    assert first.command is None
    assert last.command is not None
    assert text[slice(*last.command)] == "ENV C=2\n"


@given(st.text(alphabet="FROMENVARGRUN =x'\"\\$#\n<-{}", max_size=80))
def test_any_text_is_read_and_spans_are_in_it(text: str) -> None:
    for found in dockerfile_env.parse(Source(text)).assignments:
        assert found.name_span.start < found.name_span.end <= len(text)
        assert found.word.span.start <= found.word.span.end <= len(text)
