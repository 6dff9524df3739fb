"""Linear growth of every reader's steps, and a short run of the fuzzer with the same texts each time.

Steps are executed lines of Python, so other programs on the machine do not matter. The work of regular expressions does
not count here: tests/test_patterns.py shows that each is linear. `python tests/fuzz/texts.py COUNT` runs longer.
"""

import pytest

import texts
from readers import HOSTILE, OPENINGS, READERS, grown
from steps import START, TIMES, steps

pytestmark = pytest.mark.slow

_SIZE = 400


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_text_is_four_times_the_steps(name: str) -> None:
    reader = READERS[name]
    reader("")  # caches that are filled once
    steep = []
    for opening in OPENINGS.get(name, ("",)):
        for piece in HOSTILE:
            few = steps(reader, grown(piece, _SIZE, opening))
            many = steps(reader, grown(piece, _SIZE * TIMES, opening))
            if many > TIMES * 1.5 * few + START:
                steep.append((opening, piece, few, many))
    assert steep == []


def test_steps_of_the_product_are_counted() -> None:
    assert 100 < 3 * steps(READERS["jsonc"], "[1," * 100) < steps(READERS["jsonc"], "[1," * 400)


def test_no_reader_fails() -> None:
    found = texts.tried(range(4_000), texts.SEED)
    assert found.failures == []
    assert set(found.counts) == set(READERS)
