"""The underline is below the culprit, whatever the line holds."""

import pytest

from wslgo.cli.output.excerpt import WIDTH, excerpt
from wslgo.text.span import Lines, Span


def shown(text: str, culprit: str) -> tuple[str, str]:
    """Return the line and the underline below it, without the gutter."""
    start = text.index(culprit)
    line, underline = excerpt(Lines(text), Span(start, start + len(culprit)), "error", lambda _style, words: words)
    return line[8:], underline[8:]


@pytest.mark.parametrize(
    ("text", "culprit", "line", "underline"),
    [
        ("a = b", "b", "a = b", "    ^"),
        ("\ta\tbc", "bc", "    a    bc", "         ^~"),
        ("键=值", "值", "键=值", "   ^~"),
        ("cafe\u0301=x", "x", "cafe\u0301=x", "     ^"),
        ("a\u200b=b", "b", "a<U+200B>=b", "          ^"),
        ("\ufeff[wsl2]", "\ufeff", "<U+FEFF>[wsl2]", "^~~~~~~~"),
        ("a\u3000=b", "\u3000", "a<U+3000>=b", " ^~~~~~~~"),
        ("x\x1b[31m", "x", "x<U+001B>[31m", "^"),
        ("a=1\r\nb", "\r", "a=1\\r", "   ^~"),
        ("a\nb\nc", "b\nc", "b", "^"),
    ],
)
def test_columns_are_kept(text: str, culprit: str, line: str, underline: str) -> None:
    assert shown(text, culprit) == (line, underline)


def test_nothing_can_be_the_culprit_at_the_end() -> None:
    assert excerpt(Lines("a="), Span(2, 2), "error", lambda _, words: words) == ("    1 | a=", "      |   ^")


@pytest.mark.parametrize("before", [0, 10, 300, 100_000])
def test_a_long_line_is_cut_around_the_culprit(before: int) -> None:
    line, underline = shown("x" * before + "CULPRIT" + "y" * 100_000, "CULPRIT")
    assert len(line) <= WIDTH + 6
    at = underline.index("^")
    assert line[at : at + 7] == "CULPRIT"
    assert underline.count("~") == 6


def test_a_culprit_longer_than_the_line_is_cut() -> None:
    line, underline = shown("a=" + "x" * 5_000, "x" * 5_000)
    assert len(underline) <= len(line)


def test_passwords_are_masked() -> None:
    line, underline = shown("GOPROXY=https://me:secret@proxy.test/", "proxy.test")
    assert "secret" not in line
    assert line[underline.index("^") :].startswith("proxy.test")
