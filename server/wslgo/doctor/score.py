"""The score of a machine by dimension, from the findings on its health page.

A finding takes points from the dimension of its rule, a fact that is unknown takes certainty. Dimensions are not added
up: a machine is as ready as its weakest one.
"""

from collections.abc import Iterable, Iterator, Mapping

from wslgo.doctor.fact import Fact
from wslgo.doctor.status import Sign, Status, StatusLine
from wslgo.linter.dimensions import DIMENSIONS, OF_AREA, area_of, dimension_of
from wslgo.linter.finding import Reported, Severity
from wslgo.linter.machine_check import unasked_facts
from wslgo.linter.rules import MACHINE, Dimension, find, rules_of
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

ANSWER = Message(en="answer of {name}", zh="{name} 的回应")

FULL = 100
# The points that a rule takes, by its worst finding.
POINTS = {Severity.ERROR: 40, Severity.WARNING: 20, Severity.INFORMATION: 5, Severity.HINT: 0}

# The dimensions that need a fact, beside those of the rules about it; other facts count for that of their area.
NEEDED_FOR: dict[str, tuple[Dimension, ...]] = {
    "wsl.windows": ("correctness", "speed"),
    "wsl.memory": ("speed",),
    "wsl.processors": ("speed",),
    "wsl.wslconfig": ("correctness", "speed", "network"),
    "go.go": ("correctness", "reproducibility"),
    "go.goproxy": ("network", "security"),
    "go.gosumdb": ("security",),
    "go.gocache": ("speed",),
    "go.gomodcache": ("speed",),
    "go.goenv": ("correctness", "reproducibility"),
    "go.goroot": ("reproducibility",),
    "wslg.renderer": ("speed",),
    "gpu.debugger": ("debugging",),
}


class Lost(NamedTuple):
    """The points that a rule takes from a dimension, and its findings, the worst first."""

    rule: str
    points: int
    findings: tuple[Reported, ...]

    @property
    def severity(self) -> Severity:
        return self.findings[0].severity


class Score(NamedTuple):
    """The score of a dimension: what its rules took, and which of its facts are known.

    A dimension that `applies` to no part of the machine has neither a score nor facts.
    """

    dimension: Dimension
    lost: tuple[Lost, ...] = ()
    known: tuple[Fact, ...] = ()
    unknown: tuple[Fact, ...] = ()
    applies: bool = True

    @property
    def points(self) -> int | None:
        """Return 100 without findings, and less for each rule that has some; None where nothing is known."""
        return max(0, FULL - sum(lost.points for lost in self.lost)) if self.known else None

    @property
    def certainty(self) -> int:
        """Return the share of the facts that are known, in percent; 100 only if all are."""
        return len(self.known) * 100 // max(1, len(self.known) + len(self.unknown))


def scores_of(host: Host, status: Status, *, uses_cuda: bool = False) -> tuple[Score, ...]:
    """Return the score of each dimension; `uses_cuda`: a program of the workspace does."""
    lines = tuple(status.lines)
    unasked, about = unasked_facts(host), _judging()
    return tuple(_score(dimension, host, lines, unasked, about, uses_cuda) for dimension in DIMENSIONS)


def lowest(scores: Iterable[Score]) -> int | None:
    """Return the score of the weakest dimension; None where none has a score."""
    return min((score.points for score in scores if score.points is not None), default=None)


def to_reach(target: int, score: Score) -> tuple[Lost, ...]:
    """Return as few rules as possible without whose findings the dimension reaches a score, the costliest first."""
    if score.points is None or score.points >= target:
        return ()
    left = sum(lost.points for lost in score.lost)  # may be more than there is to take
    found = []
    for lost in score.lost:
        if FULL - left >= target:
            break
        found.append(lost)
        left -= lost.points
    return tuple(found)


def dimension_of_finding(reported: Reported) -> Dimension:
    rule = find(reported.rule)
    return "correctness" if rule is None else dimension_of(rule)


def _score(
    dimension: Dimension,
    host: Host,
    lines: tuple[StatusLine, ...],
    unasked: frozenset[str],
    judging: Mapping[str, frozenset[Dimension]],
    uses_cuda: bool,
) -> Score:
    mine = [reported for line in lines for reported in line.findings if dimension_of_finding(reported) == dimension]
    if dimension == "gpu" and not mine and not _has_gpu(host):
        if _has_gpu(host) is False and not uses_cuda:
            return Score(dimension, applies=False)
        return Score(dimension, unknown=tuple(line.fact for line in lines if area_of(line.fact.id) == "gpu"))
    known: list[Fact] = []
    unknown: list[Fact] = []
    for line in lines:
        if any(reported in mine for reported in line.findings):
            known.append(line.fact)
        elif dimension in _dimensions_of(line.fact.id, judging):
            # The value of a proxy that was never asked is known; only its answer is not.
            is_unasked = dimension == "network" and line.fact.id in unasked and not line.findings
            if is_unasked:
                unknown.append(line.fact._replace(name=ANSWER(name=line.fact.name)))
            else:
                (unknown if line.sign is Sign.UNKNOWN else known).append(line.fact)
    return Score(dimension, tuple(_lost(mine)), tuple(known), tuple(unknown))


def _lost(findings: Iterable[Reported]) -> Iterator[Lost]:
    """Yield what each rule takes, the costliest first: six misspelt keys are one kind of trouble."""
    by_rule: dict[str, list[Reported]] = {}
    for reported in sorted(findings, key=lambda reported: (reported.severity, reported.rule)):
        by_rule.setdefault(reported.rule, []).append(reported)
    for rule, found in by_rule.items():
        points = POINTS[found[0].severity]
        if points:
            yield Lost(rule, points, tuple(found))


def _judging() -> Mapping[str, frozenset[Dimension]]:
    """Return for each fact the dimensions of the rules about it."""
    found: dict[str, frozenset[Dimension]] = {}
    for rule in rules_of(MACHINE, is_bound=False):
        for fact in rule.about:
            found[fact] = found.get(fact, frozenset()) | {dimension_of(rule)}
    return found


def _dimensions_of(fact: str, judging: Mapping[str, frozenset[Dimension]]) -> frozenset[Dimension]:
    own = NEEDED_FOR.get(fact, (OF_AREA[area_of(fact)],))
    return judging.get(fact, frozenset()).union(own)


def _has_gpu(host: Host) -> bool | None:
    """Return whether this machine has a GPU for CUDA; None if that is not known."""
    gpu = host.gpu
    if host.wsl.generation is None:
        return None
    if host.wsl.generation != 2 or gpu.has_device is False:
        return False
    return gpu.has_library
