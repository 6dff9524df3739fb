"""`wslgo doctor --fail-under` and `doctor:` of `wslgo.yaml`: the least score of each dimension."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from wslgo.cli.call import Call
from wslgo.cli.options import DoctorOptions
from wslgo.cli.terminal import CLEAN, FAILED, FINDINGS
from wslgo.doctor.score import Score
from wslgo.linter.dimensions import DIMENSIONS
from wslgo.linter.thresholds import Thresholds, parse, score_of
from wslgo.system.repository import current_folder
from wslgo.text.message import Message, Text, enumeration
from wslgo.text.typing import NamedTuple

NOT_A_SCORE = Message(
    en="--fail-under takes a whole number from 0 to 100, not '{value}'",
    zh="--fail-under 需要 0 到 100 的整数，而不是 '{value}'",
)
BELOW = Message(en="below the least score: {found}", zh="低于最低评分：{found}")
ONE_BELOW = Message(en="{name} {points} (at least {least})", zh="{name} {points}（至少 {least}）")
NOT_SURE = Message(
    en="{name}: only {certainty} % of what this score depends on is known",
    zh="{name}：此评分所依据的信息仅 {certainty} % 已知",
)
NO_SCORE = Message(
    en="{names}: no score, so there is nothing to compare with the least one",
    zh="{names}：没有评分，因此无法与最低评分比较",
)
NOTHING_KNOWN = Message(
    en="no dimension has a score to compare with the least one: nothing is known of this machine",
    zh="没有任何维度的评分可与最低评分比较：本机信息未知",
)

LEFT_OUT = Message(
    en="{path} is a link to outside the repository, so its thresholds are not read",
    zh="{path} 指向仓库之外，因此不读取其中的阈值",
)

SURE = 50  # percent of the facts, below which it is said how few are known


class Wanted(NamedTuple):
    """The least scores; `problems` are about `wslgo.yaml`, and `problem` is that of the option."""

    thresholds: Thresholds = Thresholds()
    problems: tuple[Text, ...] = ()
    problem: Text | None = None


def wanted(call: Call[DoctorOptions]) -> Wanted:
    """Return the least scores: those of the team, and --fail-under in place of `fail-under:`."""
    every = None
    if call.options.fail_under is not None:
        every = score_of(call.options.fail_under)
        if every is None:
            return Wanted(problem=NOT_A_SCORE(value=call.options.fail_under))
    thresholds, problems = _of_team()
    return Wanted(thresholds if every is None else thresholds._replace(every=every), problems)


def compared(scores: Sequence[Score], found: Wanted, call: Call[DoctorOptions]) -> int:
    """Say which dimensions are below their least score, and how sure that is; return the exit code."""
    call.warn(found.problems)
    pairs = [(score, least) for score in scores if (least := found.thresholds.of(score.dimension)) and score.applies]
    below = [(score, least) for score, least in pairs if score.points is not None and score.points < least]
    call.warn(_doubts([score for score, _ in pairs]))
    if below:
        shown = (ONE_BELOW(name=_name(score), points=score.points, least=least) for score, least in below)
        call.warn([BELOW(found=enumeration(shown))])
    if found.problems:
        return FAILED
    if below:
        return FINDINGS
    return FAILED if pairs and all(score.points is None for score, _ in pairs) else CLEAN


def _doubts(scores: Sequence[Score]) -> Iterator[Text]:
    """Yield what is not known about dimensions that have a least score."""
    without = [score for score in scores if score.points is None]
    if without and len(without) == len(scores):
        yield NOTHING_KNOWN()
    elif without:
        yield NO_SCORE(names=enumeration(map(_name, without)))
    for score in scores:
        if score.points is not None and score.certainty < SURE:
            yield NOT_SURE(name=_name(score), certainty=score.certainty)


def _name(score: Score) -> Text:
    return DIMENSIONS[score.dimension].title()


def _of_team() -> tuple[Thresholds, tuple[Text, ...]]:
    from wslgo.linter import team_file  # PyYAML, only where there is such a file

    left_out: list[Path] = []
    try:
        path = team_file.find(Path(current_folder()), leave_out=left_out.append)
    except OSError:  # a folder that may not be read
        path = None
    problems = [LEFT_OUT(path=os.path.relpath(file)) for file in left_out]
    if path is None:
        return Thresholds(), tuple(problems)
    part, of_file = team_file.doctor(Path(os.path.relpath(path)))
    thresholds, of_part = parse(part)
    return thresholds, (*problems, *of_file, *of_part)
