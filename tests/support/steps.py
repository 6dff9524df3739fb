"""Executed lines of the product, which a test counts instead of seconds: other programs do not matter."""

import sys
from collections.abc import Callable
from types import FrameType

TIMES = 4
START = 1_500  # steps that do not depend on the text


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


def is_linear(reader: Callable[[str], object], text_of: Callable[[int], str], size: int) -> bool:
    """Return whether a text of four times the size takes about four times the steps."""
    reader("")  # caches that are filled once
    few, many = (steps(reader, text_of(count)) for count in (size, size * TIMES))
    return many <= TIMES * 1.5 * few + START
