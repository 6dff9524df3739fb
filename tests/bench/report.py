"""Figures and their table."""

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple


class Figure(NamedTuple):
    """A figure: wslgo's value, the floor in the same run, and the target.

    The target is the highest ratio to the floor; for a rate (files per second), which has no floor, it is the lowest
    value. None means that the design has no target.
    """

    group: str
    name: str
    unit: str
    ours: float
    floor: float | None = None
    target: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def is_met(self) -> bool | None:
        if self.target is None:
            return None
        return self.ours >= self.target if self.ratio is None else self.ratio <= self.target

    def as_json(self) -> dict[str, object]:
        return {**self._asdict(), "ratio": self.ratio, "met": self.is_met}


def p50(samples: list[float]) -> float:
    return median(samples)


def p95(samples: list[float]) -> float:
    return sorted(samples)[int(len(samples) * 0.95)]


class Table:
    """A table that prints figures as they come, with a heading for each group."""

    def __init__(self) -> None:
        self._group = ""

    def lines(self, figure: Figure) -> Iterator[str]:
        if figure.group != self._group:
            self._group = figure.group
            yield f"\n{figure.group:<48}{'floor':>12}{'wslgo':>12}{'ratio':>9}{'target':>9}"
        yield _row(figure)


def _row(figure: Figure) -> str:
    floor = "" if figure.floor is None else f"{figure.floor:,.2f}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}x"
    target = "" if figure.target is None else f"{figure.target:,g}{'x' if figure.ratio is not None else ''}"
    verdict = {None: "", True: "  met", False: "  MISSED"}[figure.is_met]
    name = f"  {figure.name}, {figure.unit}"
    return f"{name:<48}{floor:>12}{figure.ours:>12,.2f}{ratio:>9}{target:>9}{verdict}"
