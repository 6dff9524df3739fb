"""Medians with their intervals, by ranks: they assume nothing about how run times are distributed.

The interval between the k-th smallest and the k-th largest of n values misses the median of all possible runs only if
fewer than k runs are on one of its sides, which happens as often as fewer than k heads in n throws of a coin.
"""

from collections.abc import Sequence
from math import comb
from typing import NamedTuple

WANTED = 0.95
ENOUGH = 0.9  # five rounds: fewer say nothing about a difference


class Interval(NamedTuple):
    """A median between `low` and `high`, which hold the true one with probability `confidence`."""

    median: float
    low: float
    high: float
    confidence: float

    def has(self, value: float) -> bool:
        return self.low <= value <= self.high


def median(values: Sequence[float]) -> float:
    """Return the middle of the values, which are not empty."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def interval(values: Sequence[float], wanted: float = WANTED) -> Interval:
    """Return the median with the narrowest interval of the wanted confidence; that of all values if none has it."""
    ordered, count = sorted(values), len(values)
    rank = max((rank for rank in range(1, count // 2 + 1) if confidence(count, rank) >= wanted), default=1)
    return Interval(median(ordered), ordered[rank - 1], ordered[-rank], confidence(count, rank))


def confidence(count: int, rank: int) -> float:
    """Return how probably the median is between the rank-th smallest and the rank-th largest of so many values."""
    missed = 2 * sum(comb(count, below) for below in range(rank)) / 2**count
    return max(0.0, 1.0 - float(missed))


def ratio(values: Sequence[float], others: Sequence[float]) -> Interval:
    """Return the ratio of two series that were measured in the same rounds, each pair by itself."""
    pairs = [value / other for value, other in zip(values, others, strict=False) if other > 0]
    return interval(pairs) if pairs else Interval(1.0, 0.0, float("inf"), 0.0)


def differs(found: Interval, noise: Interval) -> bool | None:
    """Return whether a ratio is neither 1 nor what the same place has against itself; None after too few rounds."""
    if min(found.confidence, noise.confidence) < ENOUGH:
        return None
    return found.low > max(1.0, noise.high) or found.high < min(1.0, noise.low)
