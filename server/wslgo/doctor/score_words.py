"""The score in words, for the terminal and the page of an editor."""

from collections.abc import Iterator, Sequence

from wslgo.doctor.score import FULL, POINTS, Lost, Score, lowest, to_reach
from wslgo.linter.dimensions import DIMENSIONS
from wslgo.linter.finding import Severity
from wslgo.linter.thresholds import Thresholds
from wslgo.text.message import Message, Text, enumeration
from wslgo.text.typing import NamedTuple

TITLE = Message(en="Score", zh="评分")
POINTS_OF = Message(en="{points} of 100", zh="{points} 分（满分 100）")
UNSURE = Message(
    en="{points} of 100, certainty {certainty} % (unknown: {names})",
    zh="{points} 分（满分 100），确定性 {certainty} %（未知：{names}）",
)
NOT_KNOWN = Message(en="no score: nothing that it depends on is known", zh="没有评分：它所依据的信息均未知")
DOES_NOT_APPLY = Message(
    en="does not apply: this machine has no GPU for CUDA, and the workspace does not use CUDA",
    zh="不适用：本机没有可用于 CUDA 的 GPU，工作区也不使用 CUDA",
)
TAKES = Message(en="-{points} {rule}", zh="-{points} {rule}")
TAKES_MORE = Message(en="-{points} {rule} ({count} findings)", zh="-{points} {rule}（{count} 个问题）")
ADVICE = Message(
    en="To reach {target} in every dimension, resolve: {rules}", zh="要使每个维度达到 {target} 分，请解决：{rules}"
)
ADVICE_FOR_LEAST = Message(
    en="To reach the least score of every dimension, resolve: {rules}", zh="要使每个维度达到最低评分，请解决：{rules}"
)
AND_MORE = Message(en="{rules} and {count} more", zh="{rules}，另有 {count} 条规则")
WEIGHTS = Message(
    en="Each rule counts once, by its worst finding: error -{error}, warning -{warning}, info -{info}, hint 0",
    zh="每条规则只按其最严重的问题计一次：错误 -{error}，警告 -{warning}，信息 -{info}，提示 0",
)

_MOST_NAMED = 6
ANY = Thresholds()
GOOD = 90  # the first aim of a machine that is below it


class Row(NamedTuple):
    """A dimension of the score as a line of a page, and what its rules took."""

    name: Text
    value: Text
    lost: tuple[Lost, ...] = ()


class Advice(NamedTuple):
    """The rules without whose findings each dimension reaches a score; None stands for the threshold of each."""

    target: int | None
    rules: tuple[str, ...]

    @property
    def words(self) -> Text:
        """The advice in a sentence, which names the first rules of many."""
        rules = enumeration(self.rules[:_MOST_NAMED])
        if len(self.rules) > _MOST_NAMED:
            rules = AND_MORE(rules=rules, count=len(self.rules) - _MOST_NAMED)
        return ADVICE_FOR_LEAST(rules=rules) if self.target is None else ADVICE(target=self.target, rules=rules)


def rows(scores: Sequence[Score]) -> Iterator[Row]:
    """Yield a row for each dimension."""
    for score in scores:
        yield Row(DIMENSIONS[score.dimension].title(), _value(score), score.lost)


def advice(scores: Sequence[Score], thresholds: Thresholds = ANY) -> Advice | None:
    """Return what to resolve next, if anything takes points: first what is below its threshold."""
    lacking = tuple(lost.rule for score in scores for lost in to_reach(thresholds.of(score.dimension) or 0, score))
    if lacking:
        return Advice(None, lacking)
    least = lowest(scores)
    if least is None or least == FULL:
        return None
    target = GOOD if least < GOOD else FULL
    return Advice(target, tuple(lost.rule for score in scores for lost in to_reach(target, score)))


def taken(lost: Lost) -> Text:
    """Return the points that a rule takes."""
    if len(lost.findings) == 1:
        return TAKES(points=lost.points, rule=lost.rule)
    return TAKES_MORE(points=lost.points, rule=lost.rule, count=len(lost.findings))


def weights() -> Text:
    """Return how points come about."""
    error, warning, info = (POINTS[name] for name in (Severity.ERROR, Severity.WARNING, Severity.INFORMATION))
    return WEIGHTS(error=error, warning=warning, info=info)


def _value(score: Score) -> Text:
    if not score.applies:
        return DOES_NOT_APPLY()
    if score.points is None:
        return NOT_KNOWN()
    if not score.unknown:
        return POINTS_OF(points=score.points)
    names = enumeration(dict.fromkeys(fact.name for fact in score.unknown))
    return UNSURE(points=score.points, certainty=score.certainty, names=names)
