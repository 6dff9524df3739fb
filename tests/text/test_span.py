"""Offsets, positions and edits of a text, on which editors and parsers must agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.text.span import Edit, Lines, Position, Span, Unit, apply

UNITS: tuple[Unit, ...] = ("utf-8", "utf-16", "utf-32")
TEXTS = st.lists(
    st.sampled_from(["\r\n", "\n", "\r", "\u2028", "\f", "a", "é", "启", "🚀", "\ud83d"]) | st.text(max_size=3)
).map("".join)


def edits_of(text: str) -> st.SearchStrategy[list[Edit]]:
    """Generate edits that do not overlap, in any order."""
    places = st.lists(st.integers(0, len(text)), max_size=8).map(sorted)
    spans = places.map(lambda ends: [Span(*pair) for pair in zip(ends[::2], ends[1::2], strict=False)])
    return spans.flatmap(lambda chosen: st.permutations([Edit(span, "new") for span in chosen]))


# Spans


@pytest.mark.parametrize(("offset", "contains", "touches"), [(1, False, False), (2, True, True), (4, False, True)])
def test_a_cursor_touches_the_end_of_a_span_that_does_not_contain_it(
    offset: int, contains: bool, touches: bool
) -> None:
    span = Span(2, 4)
    assert (span.contains(offset), span.touches(offset)) == (contains, touches)


@pytest.mark.parametrize(
    ("other", "covers", "overlaps", "meets"),
    [
        (Span(2, 6), True, True, True),
        (Span(4, 4), True, True, True),
        (Span(1, 3), False, True, True),
        (Span(6, 8), False, False, True),
        (Span(7, 8), False, False, False),
    ],
)
def test_spans_meet_when_they_overlap_or_are_next_to_each_other(
    other: Span, covers: bool, overlaps: bool, meets: bool
) -> None:
    span = Span(2, 6)
    assert (span.covers(other), span.overlaps(other), span.meets(other)) == (covers, overlaps, meets)
    assert (other.overlaps(span), other.meets(span)) == (overlaps, meets)


# Lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        ("\r\r\n\n\r", ["", "", "", "", ""]),
        ("a\u2028b\u2029c\fd\x85e\vf", ["a\u2028b\u2029c\fd\x85e\vf"]),
    ],
)
def test_only_the_line_ends_of_lsp_end_a_line(text: str, lines: list[str]) -> None:
    counted = Lines(text)
    assert [text[slice(*counted.span(line))] for line in range(len(counted))] == lines


@given(TEXTS)
def test_full_lines_tile_the_text(text: str) -> None:
    lines = Lines(text)
    assert "".join(text[slice(*lines.full_span(line))] for line in range(len(lines))) == text


@given(TEXTS)
def test_a_line_without_its_end_has_no_line_end_in_it(text: str) -> None:
    lines = Lines(text)
    for line in range(len(lines)):
        start, end = lines.span(line)
        assert lines.full_span(line).start == start
        assert not set(text[start:end]) & {"\r", "\n"}
        assert text[end : lines.full_span(line).end] in ("", "\n", "\r", "\r\n")


@given(TEXTS)
def test_every_offset_is_in_its_line(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text)):
        start, end = lines.full_span(lines.line_of(offset))
        assert start <= offset < end


# Positions


@pytest.mark.parametrize(("unit", "character"), [("utf-8", 7), ("utf-16", 4), ("utf-32", 3)])
def test_an_emoji_before_the_value_counts_as_the_client_counts(unit: Unit, character: int) -> None:
    lines = Lines("\né🚀=1")
    assert lines.position(4, unit) == Position(1, character)
    assert lines.offset(Position(1, character), unit) == 4


@pytest.mark.parametrize("unit", UNITS)
@given(text=TEXTS)
def test_a_position_of_an_offset_gives_the_offset_again(unit: Unit, text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        end = lines.span(lines.line_of(offset)).end
        assert lines.offset(lines.position(offset, unit), unit) == min(offset, end)


@pytest.mark.parametrize("unit", UNITS)
@given(text=TEXTS, line=st.integers(-2, 20), character=st.integers(-2, 20))
def test_every_position_has_an_offset_in_the_text(unit: Unit, text: str, line: int, character: int) -> None:
    assert 0 <= Lines(text).offset(Position(line, character), unit) <= len(text)


@pytest.mark.parametrize("unit", UNITS)
@given(text=TEXTS)
def test_positions_are_ordered_as_offsets(unit: Unit, text: str) -> None:
    lines = Lines(text)
    positions = [lines.position(offset, unit) for offset in range(len(text) + 1)]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (Position(0, 99), 2),
        (Position(1, 99), 6),
        (Position(99, 0), 6),
        (Position(-1, 5), 0),
        (Position(1, -5), 4),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
def test_a_position_outside_is_the_nearest_one_inside(unit: Unit, position: Position, offset: int) -> None:
    assert Lines("ab\r\né启").offset(position, unit) == offset


@pytest.mark.parametrize(("unit", "inside"), [("utf-8", (2, 3, 4)), ("utf-16", (2,))])
def test_a_position_inside_a_code_point_is_its_start(unit: Unit, inside: tuple[int, ...]) -> None:
    lines = Lines("a🚀b")
    assert {lines.offset(Position(0, character), unit) for character in inside} == {1}


@pytest.mark.parametrize(("offset", "position"), [(-5, Position(0, 0)), (99, Position(1, 1))])
def test_an_offset_outside_is_clamped(offset: int, position: Position) -> None:
    assert Lines("a\nb").position(offset) == position


# Edits


@pytest.mark.parametrize(
    ("text", "edits", "after"),
    [
        ("abc", [], "abc"),
        ("abc", [Edit(Span(1, 2), "X")], "aXc"),
        ("abc", [Edit(Span(3, 3), "!"), Edit(Span(0, 1), "")], "bc!"),
        ("abc", [Edit(Span(1, 1), "2"), Edit(Span(1, 1), "1")], "a21bc"),
        ("abc", [Edit(Span(1, 2), "X"), Edit(Span(1, 1), "<"), Edit(Span(2, 2), ">")], "a<X>c"),
    ],
)
def test_edits_are_applied_at_their_spans(text: str, edits: list[Edit], after: str) -> None:
    assert apply(text, edits) == after


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 2), ""), Edit(Span(1, 3), "")],
        [Edit(Span(0, 2), ""), Edit(Span(1, 1), "x")],
        [Edit(Span(0, 0), "", "other/go.mod")],
    ],
)
def test_edits_that_overlap_or_belong_to_another_file_are_rejected(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit at"):
        apply("abc", edits)


@given(st.data())
def test_edits_change_their_spans_and_nothing_else(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    edits = data.draw(edits_of(text))
    after = text
    for span, new, _ in sorted(edits, key=lambda edit: edit.span, reverse=True):
        after = after[: span.start] + new + after[span.end :]
    assert apply(text, edits) == after
