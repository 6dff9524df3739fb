"""Mutated texts for every reader: `python tests/fuzz/texts.py COUNT [SEED]` tries COUNT texts on all cores.

A text is a sample of the tests or of the hostile pieces of `readers.py`, mixed, cut, doubled and broken at places that
depend on the seed. No reader may raise, and none may be slow: a failure shows the text as a Python literal.
"""

import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import repeat
from typing import NamedTuple

from readers import HOSTILE, OPENINGS, READERS, TESTS

SEED = 1
SLOWEST = 1.0  # seconds of processor time for a text of a few thousand characters, a hundred times the usual
_CHUNK = 2_000
_LONGEST = 3_000  # characters; one in fifty is longer
_LONG = 30_000


class Tried(NamedTuple):
    """The outcome of some texts."""

    counts: Counter[str]
    failures: list[str]
    slowest: tuple[float, str, str]


@cache
def samples() -> tuple[str, ...]:
    """Return the texts of the conformance tests and the cases, in short pieces."""
    found = [
        str(value)
        for path in sorted((TESTS / "conformance").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        for value in json.loads(line).values()
        if isinstance(value, str)
    ]
    for path in (*sorted((TESTS / "cases").glob("*.txt")), *sorted((TESTS / "sample").rglob("*.*"))):
        text = path.read_text("utf-8", "surrogateescape")
        found += (text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST))
    return tuple(dict.fromkeys(filter(None, found)))


def made(chance: random.Random, reader: str) -> str:
    """Return a random text for a reader."""
    pieces = [chance.choice(OPENINGS.get(reader, ("",)))]
    for _ in range(chance.randint(1, 6)):
        if chance.random() < 0.4:
            text = chance.choice(samples())
            start = chance.randrange(len(text)) if chance.random() < 0.5 else 0
            pieces.append(text[start : start + chance.randint(1, 400)])
        else:
            pieces.append(chance.choice(HOSTILE) * chance.choice((1, 1, 1, 2, 3, 10, 50)))
    text = "".join(pieces)
    for _ in range(chance.randint(0, 4)):
        text = _broken(chance, text)
    return text[: _LONG if chance.random() < 0.02 else _LONGEST]


def _broken(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.randint(1, 30))
    kind = chance.randrange(5)
    if kind == 0:
        return text[:at] + text[end:]
    if kind == 1:
        return text[:at] + chance.choice(HOSTILE) + text[at:]
    if kind == 2:
        return text[:end] + text[at:]
    if kind == 3:
        return text[:at] + text[at:end] * chance.choice((2, 20)) + text[end:]
    return text[:at] + chr(chance.choice((0, 10, 13, 34, 39, 92, 123, 160, 0x85, 0x2028, 0xDC80, 0x1F600))) + text[end:]


def tried(numbers: range, seed: int) -> Tried:
    """Read the texts with these numbers, with one reader after the other."""
    names = list(READERS)
    counts: Counter[str] = Counter()
    failures: list[str] = []
    slowest = (0.0, "", "")
    for number in numbers:
        name = names[number % len(names)]
        text = made(random.Random(f"{seed} {number}"), name)
        start = time.process_time()
        try:
            READERS[name](text)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told with its text
            failures.append(f"{name}: {type(error).__name__}: {error}: {text!r}")
        taken = time.process_time() - start
        counts[name] += 1
        slowest = max(slowest, (taken, name, text))
    return Tried(counts, failures, slowest)


def _chunks(count: int) -> Iterator[range]:
    return (range(start, min(start + _CHUNK, count)) for start in range(0, count, _CHUNK))


def main(count: int, seed: int) -> int:
    """Try texts and print the outcome; return 1 if a reader failed or was slow."""
    total = Tried(Counter(), [], (0.0, "", ""))
    begun = time.monotonic()
    with multiprocessing.Pool(os.cpu_count(), maxtasksperchild=200) as pool:
        for part in pool.imap_unordered(_tried, zip(_chunks(count), repeat(seed))):
            total = Tried(total.counts + part.counts, total.failures + part.failures, max(total.slowest, part.slowest))
            for failure in part.failures[:5]:
                print(failure[:2000], flush=True)
    for name, number in total.counts.items():
        print(f"{number:10,} {name}")
    seconds, name, text = total.slowest
    print(f"slowest: {seconds:.2f} s in {name}: {text[:300]!r}")
    print(f"{count:,} texts in {time.monotonic() - begun:,.0f} s, {len(total.failures):,} failures")
    return int(bool(total.failures) or seconds > SLOWEST)


def _tried(work: tuple[range, int]) -> Tried:
    return tried(*work)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else SEED))
