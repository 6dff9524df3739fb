"""The score of a machine for the terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from wslgo.cli.call import Call
from wslgo.cli.output.excerpt import width
from wslgo.doctor.score import Score, lowest
from wslgo.doctor.score_words import TITLE, advice, rows, taken, weights
from wslgo.linter.finding import Severity
from wslgo.linter.thresholds import Thresholds


def lines(scores: Sequence[Score], least: Thresholds, room: int, call: Call[Any]) -> Iterator[str]:
    """Yield the score as the last section of the health page; names begin and end in its columns."""
    yield call.paint("bold", call.rendered(TITLE))
    for row in rows(scores):
        name = call.rendered(row.name)
        yield f"  {name}{' ' * (room - width(name))}  {call.rendered(row.value)}"
        for lost in row.lost:
            yield f"  {' ' * room}  {call.paint('hint', call.rendered(taken(lost)))}"
    if (found := advice(scores, least)) is not None:
        yield f"{call.paint('fix', '->')} {call.rendered(found.words)}"


def explained(scores: Sequence[Score], least: Thresholds, call: Call[Any]) -> Iterator[str]:
    """Yield the score with the findings behind each point, what to do about them, and the weights."""
    for row in rows(scores):
        yield f"{call.paint('bold', call.rendered(row.name))}  {call.rendered(row.value)}"
        for lost in row.lost:
            yield f"  {call.rendered(taken(lost))}"
            for reported in lost.findings:
                yield f"      {call.rendered(reported.finding.message)}"
                if reported.finding.next is not None and reported.severity <= Severity.INFORMATION:
                    yield f"      {call.paint('fix', '->')} {call.rendered(reported.finding.next)}"
    yield ""
    yield call.rendered(weights())
    if (found := advice(scores, least)) is not None:
        yield f"{call.paint('fix', '->')} {call.rendered(found.words)}"


def as_json(scores: Sequence[Score], least: Thresholds) -> dict[str, Any]:
    """Return the score for scripts."""
    found = advice(scores, least)
    return {
        "lowest": lowest(scores),
        "dimensions": {score.dimension: _dimension_as_json(score, least) for score in scores},
        "advice": None if found is None else {"target": found.target, "rules": list(found.rules)},
    }


def _dimension_as_json(score: Score, least: Thresholds) -> dict[str, Any]:
    return {
        "score": score.points,
        "certainty": score.certainty if score.applies else None,
        "applies": score.applies,
        "fail_under": least.of(score.dimension),
        "lost": [
            {
                "rule": lost.rule,
                "severity": lost.severity.name.lower(),
                "points": lost.points,
                "findings": len(lost.findings),
            }
            for lost in score.lost
        ],
        "unknown": list(dict.fromkeys(fact.id for fact in score.unknown)),
    }
