"""The text of a document after changes of ranges."""

import random

import pytest

from conversation import text_after
from wslgo.lsp.session.edited_text import EditedText
from wslgo.text.span import Lines, Position, Unit

PARTS = ("a", "{", "\n", "\r", "\r\n", "\u2028", "\x0c", "é", "😀", "\ufeff", "key = value", "")


def replaced(text: str, start: Position, end: Position, new: str, unit: Unit = "utf-16") -> str:
    return EditedText(text).replace(start, end, new, unit)


@pytest.mark.parametrize("unit", ["utf-8", "utf-16", "utf-32"])
def test_random_changes_give_the_text_that_the_client_has(unit: Unit) -> None:
    chance = random.Random(unit)
    for _ in range(150):
        text = "".join(chance.choices(PARTS, k=chance.randint(0, 12)))
        edited = EditedText(text)
        for _ in range(20):
            lines = Lines(text)
            start, end = sorted(chance.choices(range(len(text) + 1), k=2))
            ends = [lines.position(at, unit) for at in (start, end)]
            new = "".join(chance.choices(PARTS, k=chance.randint(0, 3)))
            range_ = {
                name: {"line": at.line, "character": at.character}
                for name, at in zip(("start", "end"), ends, strict=True)
            }
            if [lines.offset(at, unit) for at in ends] != [start, end]:
                continue  # a position between CR and LF does not exist
            text = text_after(text, [{"range": range_, "newText": new}], unit)
            assert edited.replace(*ends, new, unit) == text


def test_positions_outside_of_the_text_are_clamped() -> None:
    assert replaced("abc\ndef", Position(0, 99), Position(0, 99), "X") == "abcX\ndef"
    assert replaced("abc\ndef", Position(9, 0), Position(9, 9), "X") == "abc\ndefX"
    assert replaced("abc\r\ndef", Position(0, 4), Position(0, 4), "X") == "abcX\r\ndef"
    assert replaced("abc", Position(-1, 5), Position(0, 1), "X") == "Xbc"


def test_a_reversed_range_is_put_in_order() -> None:
    assert replaced("abc\ndef", Position(1, 1), Position(0, 1), "-") == "a-ef"


def test_a_position_inside_a_character_is_rounded_down() -> None:
    assert replaced("a😀b", Position(0, 2), Position(0, 3), "") == "ab"
