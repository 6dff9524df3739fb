"""The body of a Go file without comments and the content of strings; every offset is that of the text."""

import pytest

from wslgo.syntax.go import file_body
from wslgo.text.pattern import pattern

CALL = pattern(r"\b(\w+)\.(F)\b(?=[ \t]*\()")
LITERAL = pattern(r"\b(\w+)\.(T)\b(?=[ \t]*\{)")


def arguments(text: str, opener: str = "(") -> list[tuple[str, ...]]:
    return [
        call.arguments for call in file_body.calls(file_body.code(text), CALL if opener == "(" else LITERAL, opener)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p.F()", ()),
        ("p.F(a, b)", ("a", "b")),
        ('p.F("x, y", g(1, 2), []int{3, 4})', ('"x, y"', "g(1, 2)", "[]int{3, 4}")),
        ("p.F(\n\ta, // first, not b\n\tb,\n)", ("a", "// first, not b\n\tb")),
        ("p.F(')', '\\'', `)`)", ("')'", "'\\''", "`)`")),
    ],
)
def test_arguments_are_separated_by_the_commas_of_their_call(text: str, expected: tuple[str, ...]) -> None:
    assert arguments(text) == [expected]


@pytest.mark.parametrize("text", ["// p.F(1)", '"p.F(1)"', "`p.F(1)\n`", "/* p.F(1) */", "p.F(1", "p.F", '"\\"p.F(1)"'])
def test_other_text_is_not_a_call(text: str) -> None:
    assert arguments(text) == []


def test_composite_literals_are_read_likewise() -> None:
    assert arguments("x := &p.T{A: 1, B: p.G{2, 3}}", "{") == [("A: 1", "B: p.G{2, 3}")]


def test_removed_text_keeps_every_offset_and_line() -> None:
    text = 'a /* b\nc */ "d\\"e" `f\ng` \'h\' // i\nj'
    source = file_body.code(text)
    assert len(source.blanked) == len(text)
    assert [place for place, sign in enumerate(source.blanked) if sign == "\n"] == [
        place for place, sign in enumerate(text) if sign == "\n"
    ]
    assert not set("bcdefghi") & set(source.blanked)
    assert {"a", "j"} <= set(source.blanked)


def test_constants_are_what_is_plainly_one() -> None:
    text = 'const a = "x" // y\nconst (\n\tb int = 3\n\tc = f()\n\td = iota\n)\nvar e = "z"\n// const g = "w"\n'
    assert file_body.constants(file_body.code(text)) == {"a": '"x"', "b": "3"}
