"""Medians, their intervals and ratios, with numbers that can be looked up in a table of the sign test."""

import random

import pytest

from wslgo.bench.intervals import Interval, confidence, differs, interval, median, ratio


@pytest.mark.parametrize(
    ("values", "middle"), [([3.0], 3.0), ([4.0, 1.0], 2.5), ([9.0, 1.0, 5.0], 5.0), ([1.0, 2.0, 30.0, 4.0], 3.0)]
)
def test_a_median_is_the_middle(values: list[float], middle: float) -> None:
    assert median(values) == middle


@pytest.mark.parametrize(
    ("count", "rank", "wanted"),
    [(1, 1, 0.0), (2, 1, 0.5), (3, 1, 0.75), (5, 1, 0.9375), (6, 1, 0.96875), (8, 1, 0.9921875), (10, 2, 0.978515625)],
)
def test_the_confidence_is_that_of_the_sign_test(count: int, rank: int, wanted: float) -> None:
    assert confidence(count, rank) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("count", "rank"), [(1, 1), (5, 1), (6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (15, 4), (20, 6)]
)
def test_the_narrowest_interval_with_95_percent_is_taken(count: int, rank: int) -> None:
    """The ranks are those of tables of confidence intervals for a median."""
    values = [float(number) for number in range(1, count + 1)]
    assert interval(values)[1:3] == (float(rank), float(count + 1 - rank))


def test_an_interval_has_the_median_as_often_as_it_says() -> None:
    chance = random.Random(7)
    hits = sum(interval([chance.expovariate(1.0) for _ in range(6)]).has(0.6931) for _ in range(4000))
    assert 0.955 < hits / 4000 < 0.98


def test_an_outlier_moves_neither_the_median_nor_the_interval_of_many_rounds() -> None:
    values = [1.0, 1.1, 1.2, 1.0, 1.1, 1.2, 1.1, 1.0, 1.2]
    assert interval([*values, 90.0])[:3] == pytest.approx((1.1, 1.0, 1.2))


def test_ratios_are_taken_round_by_round() -> None:
    """The machine became slower during the measurement: the medians alone would be 5 of 3."""
    assert ratio([2.0, 4.0, 8.0, 16.0, 32.0], [1.0, 2.0, 4.0, 8.0, 16.0])[:3] == (2.0, 2.0, 2.0)


def test_a_ratio_of_nothing_is_unknown() -> None:
    assert ratio([1.0], [0.0]).confidence == 0.0


SURE = 0.97


@pytest.mark.parametrize(
    ("found", "noise", "wanted"),
    [
        (Interval(3.0, 2.8, 3.3, SURE), Interval(1.0, 0.97, 1.04, SURE), True),
        (Interval(0.5, 0.4, 0.6, SURE), Interval(1.0, 0.97, 1.04, SURE), True),
        (Interval(1.02, 0.98, 1.05, SURE), Interval(1.0, 0.97, 1.04, SURE), False),
        # Different from 1, but no more than the same place from itself.
        (Interval(1.1, 1.05, 1.2, SURE), Interval(1.0, 0.9, 1.15, SURE), False),
        # Three rounds that all agree are still three.
        (Interval(3.0, 2.8, 3.3, 0.75), Interval(1.0, 0.97, 1.04, 0.75), None),
    ],
)
def test_a_difference_is_more_than_noise(found: Interval, noise: Interval, wanted: bool | None) -> None:
    assert differs(found, noise) is wanted
