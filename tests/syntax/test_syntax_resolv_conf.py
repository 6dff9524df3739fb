"""/etc/resolv.conf as glibc reads it: directives at the start of a line, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax.resolv_conf import KEYWORDS, LineStatus, ResolvConf, parse
from wslgo.text.source import UTF16_LE, Source
from wslgo.text.span import Span


def read(text: str) -> ResolvConf:
    return parse(Source(text))


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize("gap", [" ", "\t", "  \t"])
def test_a_directive_begins_in_the_first_column(keyword: str, gap: str) -> None:
    [line] = read(f"{keyword}{gap}x y \n").lines
    assert (line.use, line.keyword, line.value) == (LineStatus.DIRECTIVE, keyword, "x y")


@pytest.mark.parametrize(
    "text",
    [
        " nameserver 1.1.1.1",
        "nameserver",
        "nameserver=1.1.1.1",
        "Nameserver 1.1.1.1",
        "nameservers 1.1.1.1",
        "generateResolvConf=false",
        "[network]",
        " # indented",
        "\ufeffnameserver 1.1.1.1",
    ],
)
def test_every_other_line_does_nothing(text: str) -> None:
    [line] = read(text).lines
    assert line.use is LineStatus.IGNORED


@pytest.mark.parametrize("text", ["# nameserver 1.1.1.1", "; generateResolvConf=false", "#"])
def test_a_comment_begins_with_one_of_two_signs(text: str) -> None:
    assert read(f"{text}\nnameserver 9.9.9.9\n").comments == (Span(0, len(text)),)


def test_name_servers_keep_their_order() -> None:
    found = read("nameserver 10.0.0.1 # a remark\r\nsearch corp.test\nnameserver\t::1\nnameserver \n")
    assert found.name_servers == ("10.0.0.1", "::1")


def test_utf_16_hides_everything() -> None:
    assert parse(Source("nameserver 1.1.1.1", UTF16_LE)).lines == ()


@given(st.text(alphabet="nameserver options=#;[]\t \r\n\ufeff1."))
def test_lines_never_overlap_and_every_letter_is_in_one(text: str) -> None:
    lines = read(text).lines
    assert [line.span for line in lines] == sorted(line.span for line in lines)
    outside = text
    for line in reversed(lines):
        outside = outside[: line.span.start] + outside[line.span.end :]
    assert not outside.strip()


@pytest.mark.parametrize(
    ("text", "servers"),
    [
        ("nameserver 1.1.1.1\nnameserver\t::1 \n", ("1.1.1.1", "::1")),
        ("nameserver 1.1.1.1#x\nnameserver 1.1.1.1;x\n", ("1.1.1.1", "1.1.1.1")),
        ("nameserver \x1e\n", ("\x1e",)),  # not a space to glibc, and not an address either
        ("nameserver \xa0\n", ("\xa0",)),
        ("nameserver \u2003\n", ("\u2003",)),
        ("nameserver \x0b\n", ("\x0b",)),
        ("nameserver \t \r\nnameserver #\n", ()),
    ],
)
def test_only_spaces_and_tabs_separate_words(text: str, servers: tuple[str, ...]) -> None:
    assert read(text).name_servers == servers
