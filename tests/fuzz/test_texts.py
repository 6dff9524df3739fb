"""Linear growth of every reader's steps, and a short run of the fuzzer with the same texts each time.

Steps are executed lines of Python, so other programs on the machine do not matter. The work of regular expressions does
not count here: tests/test_patterns.py shows that each is linear. `python tests/fuzz/texts.py COUNT` runs longer.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

import texts
from readers import HOSTILE, OPENINGS, READERS, grown

pytestmark = pytest.mark.slow

_SIZE = 400
_TIMES = 4
_START = 1_500  # steps that do not depend on the text


def steps(reader: Callable[[str], object], text: str) -> int:
    """Return the number of wslgo's lines that run while a text is read."""
    count = 0

    def line(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _argument: object) -> object:
        return line if "/wslgo/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)  # type: ignore[arg-type]
    try:
        reader(text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_is_four_times_the_steps(name: str) -> None:
    reader = READERS[name]
    reader("")  # caches that are filled once
    steep = []
    for opening in OPENINGS.get(name, ("",)):
        for piece in HOSTILE:
            few = steps(reader, grown(piece, _SIZE, opening))
            many = steps(reader, grown(piece, _SIZE * _TIMES, opening))
            if many > _TIMES * 1.5 * few + _START:
                steep.append((opening, piece, few, many))
    assert steep == []


def test_steps_of_the_product_are_counted() -> None:
    assert 100 < 3 * steps(READERS["jsonc"], "[1," * 100) < steps(READERS["jsonc"], "[1," * 400)


def test_no_reader_fails() -> None:
    found = texts.tried(range(4_000), texts.SEED)
    assert found.failures == []
    assert set(found.counts) == set(READERS)
