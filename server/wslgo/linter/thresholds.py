"""The thresholds of a score: `doctor:` of `wslgo.yaml`, and `wslgo doctor --fail-under`."""

from collections.abc import Mapping

from wslgo.linter.dimensions import DIMENSIONS
from wslgo.linter.rules import Dimension
from wslgo.linter.settings import short_value, unknown_keys
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest
from wslgo.text.typing import NamedTuple

FAIL_UNDER, OF_DIMENSIONS = "fail-under", "dimensions"

_NOT_A_MAP = Message(en="'{name}' must map names to values", zh="'{name}' 必须是名称到值的映射")
_NOT_A_SCORE = Message(
    en="'{name}' must be a whole number from 0 to 100, not {value}",
    zh="'{name}' 必须是 0 到 100 的整数，而不是 {value}",
)
_NO_DIMENSION = Message(
    en="'{name}' is not a dimension of the score; did you mean {near}?",
    zh="'{name}' 不是评分的维度；是否指 {near}？",
)
_NOT_ONE_OF = Message(
    en="'{name}' is not a dimension of the score. Known: {known}",
    zh="'{name}' 不是评分的维度。可用：{known}",
)


class Thresholds(NamedTuple):
    """The least score of every dimension, and that of single ones, which goes before it."""

    every: int | None = None
    single: tuple[tuple[Dimension, int], ...] = ()

    def of(self, dimension: Dimension) -> int | None:
        """Return the least score of a dimension; None for any score."""
        return dict(self.single).get(dimension, self.every)


def parse(doctor: object) -> tuple[Thresholds, tuple[Text, ...]]:
    """Return the thresholds of the `doctor:` part of `wslgo.yaml`, and what is wrong there."""
    if doctor is None:
        return Thresholds(), ()
    if not isinstance(doctor, Mapping):
        return Thresholds(), (_NOT_A_MAP(name="doctor"),)
    problems = list(unknown_keys("doctor", doctor))
    every = _score(f"doctor.{FAIL_UNDER}", doctor.get(FAIL_UNDER), problems)
    single = doctor.get(OF_DIMENSIONS)
    if single is not None and not isinstance(single, Mapping):
        problems.append(_NOT_A_MAP(name=f"doctor.{OF_DIMENSIONS}"))
        single = None
    found: list[tuple[Dimension, int]] = []
    for name, value in (single or {}).items():
        dimension = next((known for known in DIMENSIONS if known == name), None)
        if dimension is None:
            problems.append(_unknown(name))
            continue
        least = _score(f"doctor.{OF_DIMENSIONS}.{dimension}", value, problems)
        if least is not None:
            found.append((dimension, least))
    return Thresholds(every, tuple(found)), tuple(problems)


def score_of(value: object) -> int | None:
    """Return the whole number from 0 to 100 that a text is; None for anything else."""
    is_number = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= len("100")
    return int(str(value)) if is_number and int(str(value)) <= 100 else None


def _score(name: str, value: object, problems: list[Text]) -> int | None:
    if value is None:
        return None
    found = score_of(value)
    if found is None:
        problems.append(_NOT_A_SCORE(name=name, value=short_value(value)))
    return found


def _unknown(name: object) -> Text:
    shown, near = short_value(name), nearest(str(name), DIMENSIONS)
    return _NO_DIMENSION(name=shown, near=near) if near else _NOT_ONE_OF(name=shown, known=tuple(DIMENSIONS))
