"""The score of a machine: points come from findings alone, certainty from what is known."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

import machines
from faults import FAULTS, HEALTHY, Fault, with_fault
from healthpage import status
from wslgo.doctor import areas_of
from wslgo.doctor.page import markdown
from wslgo.doctor.score import FULL, POINTS, Score, dimension_of_finding, lowest, scores_of, to_reach
from wslgo.doctor.score_words import advice, rows
from wslgo.doctor.status import Status, status_of
from wslgo.linter.dimensions import DIMENSIONS, OF_AREA, OF_FOLDER, dimension_of
from wslgo.linter.finding import Reported, Severity, machine_finding
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.rules import FOLDERS, MACHINE, Dimension, all_rules
from wslgo.linter.thresholds import Thresholds
from wslgo.machine.host import Host, Running, Variable, Wsl
from wslgo.text.message import Message

MIRRORED = machines.host("ubuntu-24.04-mirrored")


def scores(host: Host, *, uses_cuda: bool = False) -> dict[Dimension, Score]:
    return {score.dimension: score for score in scores_of(host, status(host), uses_cuda=uses_cuda)}


def points(host: Host) -> dict[str, int | None]:
    return {name: score.points for name, score in scores(host).items()}


def with_findings(*rules: str, severity: Severity | None = None) -> tuple[Status, dict[Dimension, Score]]:
    """Return the health of a healthy machine with findings of these rules about it."""
    known = {rule.id: rule for rule in all_rules()}
    found = [
        Reported(name, severity or known[name].severity, "", machine_finding(Message("x", "x")(), about="wsl.version"))
        for name in rules
    ]
    page = status_of(MIRRORED, found)
    return page, {score.dimension: score for score in scores_of(MIRRORED, page)}


# Dimensions of rules


def test_every_rule_has_one_dimension() -> None:
    assert {dimension_of(rule) for rule in all_rules()} == {*DIMENSIONS}


def test_every_folder_of_rules_has_one() -> None:
    folders = {folder for folders in FOLDERS.values() for folder in folders} | {"goenv", "own_file"}
    assert {*OF_FOLDER} >= folders - {MACHINE}


def test_what_a_rule_declares_differs_from_its_folder() -> None:
    """A declaration that says what holds anyway would hide a change of the table."""
    needless = [
        rule.id
        for rule in all_rules()
        if rule.dimension is not None and dimension_of(rule._replace(dimension=None)) == rule.dimension
    ]
    assert needless == []


@pytest.mark.parametrize(
    ("rule", "dimension"),
    [
        ("goenv/folder-on-windows-drive", "speed"),
        ("goenv/verification-off", "security"),
        ("goenv/unreachable-proxy", "network"),
        ("goenv/pinned-toolchain", "reproducibility"),
        ("goenv/unknown-module-mode", "correctness"),
        ("machine/no-delve", "debugging"),
        ("machine/gpu-not-listed", "gpu"),
        ("launch/literal-secret", "security"),
        ("wslconf/unknown-key", "correctness"),
    ],
)
def test_a_rule_counts_for_what_it_is_about(rule: str, dimension: str) -> None:
    assert {found.id: dimension_of(found) for found in all_rules()}[rule] == dimension


def test_every_area_of_the_page_has_one() -> None:
    areas = {area.id for name in machines.NAMES for area in areas_of(machines.host(name))}
    assert areas == {*OF_AREA}


# Points


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_machine_has_all_points(name: str) -> None:
    assert {score.points for score in scores(machines.host(name)).values() if score.applies} == {FULL}
    assert lowest(scores(machines.host(name)).values()) == FULL
    assert advice([*scores(machines.host(name)).values()]) is None


def lowered(machine: str, fault: Fault) -> tuple[set[Dimension], set[Dimension]]:
    """Return the dimensions that a fault lowers, and those of its rules that take points."""
    host = with_fault(machine, fault)
    before, after = points(machines.host(machine)), scores(host)
    lower = {name for name, score in after.items() if score.points is not None and score.points < (before[name] or 100)}
    taking = {dimension_of_finding(found) for found in every_machine_finding(host) if POINTS[found.severity]}
    return lower, taking


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_lowers_exactly_the_dimensions_of_its_rules(fault: Fault) -> None:
    lower, taking = lowered("ubuntu-24.04-mirrored", fault)
    assert lower == taking


@pytest.mark.slow
@pytest.mark.parametrize("machine", ["nvidia-gpu", "wsl-1", "article", "china-company"])
def test_it_does_so_on_other_machines(machine: str) -> None:
    own = {found.rule: dimension_of_finding(found) for found in every_machine_finding(machines.host(machine))}
    for fault in FAULTS:
        if own.keys().isdisjoint(fault.rules):
            lower, taking = lowered(machine, fault)
            # A fault may take away what another finding of this machine was about.
            assert lower <= taking <= lower | {*own.values()}, fault.name


def test_a_rule_takes_its_points_once_by_its_worst_finding() -> None:
    _, once = with_findings("machine/no-gopls")
    _, twice = with_findings("machine/no-gopls", "machine/no-gopls")
    assert once["debugging"].points == twice["debugging"].points == 80
    assert [len(lost.findings) for lost in twice["debugging"].lost] == [2]


def test_a_finding_more_never_raises_a_score_and_none_falls_below_zero() -> None:
    names = [rule.id for rule in all_rules() if rule.id.startswith("machine/")]
    before: dict[Dimension, int] = dict.fromkeys(DIMENSIONS, 100)
    for number in range(1, len(names) + 1):
        _, found = with_findings(*names[:number])
        for dimension, score in found.items():
            if score.points is not None:
                assert 0 <= score.points <= before[dimension]
                before[dimension] = score.points
    assert before["correctness"] == 0


def test_every_point_that_is_missing_was_taken_by_a_rule() -> None:
    page, found = with_findings("machine/no-gopls", "machine/no-go", "goenv/verification-off", "machine/no-delve")
    for score in found.values():
        assert score.points in (None, FULL - sum(lost.points for lost in score.lost))
    taken = {lost.rule for score in found.values() for lost in score.lost}
    assert taken == {reported.rule for reported in page.findings} - {"goenv/verification-off"}, "a hint takes none"


def test_a_severity_that_a_finding_has_of_its_own_counts() -> None:
    _, found = with_findings("machine/no-gopls", severity=Severity.INFORMATION)
    assert found["debugging"].points == 95


# Certainty


class Leaf(NamedTuple):
    """A fact of the `Host`, and the machine without it."""

    name: str
    host: Host


def unknowns(host: Host) -> Iterator[Leaf]:
    """Yield the machine with each of its facts unknown, one at a time."""
    nothing = Host()
    for name, value in zip(Host._fields, host, strict=True):
        empty = getattr(nothing, name)
        if isinstance(value, tuple) and hasattr(value, "_fields") and isinstance(empty, type(value)):
            for member in value._fields:
                known = value._replace(**{member: getattr(empty, member)})
                yield Leaf(f"{name}.{member}", host._replace(**{name: known}))
        else:
            yield Leaf(name, host._replace(**{name: empty}))


@pytest.mark.parametrize("name", ["ubuntu-24.04-nat", "nvidia-gpu"])
def test_what_is_unknown_takes_no_points(name: str) -> None:
    host = machines.host(name)
    before = scores(host)
    known = {reported.rule for reported in every_machine_finding(host)}
    for leaf in unknowns(host):
        if {reported.rule for reported in every_machine_finding(leaf.host)} - known:
            continue  # "None" is an answer there: no compiler, no Delve
        for dimension, score in scores(leaf.host).items():
            assert score.points in (None, FULL), (leaf.name, dimension)
            assert score.certainty <= before[dimension].certainty or not before[dimension].applies, leaf.name


@pytest.mark.slow
@pytest.mark.parametrize("name", machines.NAMES)
def test_an_unknown_fact_never_lowers_a_score_of_any_machine(name: str) -> None:
    host = machines.host(name)
    before = points(host)
    known = {reported.rule for reported in every_machine_finding(host)}
    for leaf in unknowns(host):
        if {reported.rule for reported in every_machine_finding(leaf.host)} <= known:
            for dimension, now in points(leaf.host).items():
                assert now is None or now >= (before[dimension] or 0), (leaf.name, dimension)


@pytest.mark.parametrize(
    ("host", "dimension", "unknown"),
    [
        (MIRRORED._replace(running=MIRRORED.running._replace(networking=None)), "network", "network.mode"),
        (MIRRORED._replace(running=MIRRORED.running._replace(memory=None)), "speed", "wsl.memory"),
        (MIRRORED._replace(mounts=None), "speed", "wsl.drives"),
        (MIRRORED._replace(go_variables=()), "security", "go.gosumdb"),
        (MIRRORED._replace(editors=None), "debugging", "editors.editor"),
        (MIRRORED._replace(disks=None), "correctness", "wsl.disk"),
    ],
)
def test_it_lowers_the_certainty_of_its_dimension(host: Host, dimension: Dimension, unknown: str) -> None:
    score = scores(host)[dimension]
    assert unknown in {fact.id for fact in score.unknown}
    assert score.certainty < scores(MIRRORED)[dimension].certainty


def test_a_dimension_of_which_nothing_is_known_has_no_score() -> None:
    assert {score.points for score in scores(Host()).values()} == {None}
    assert {score.certainty for score in scores(Host()).values()} == {0}
    assert lowest(scores(Host()).values()) is None
    assert {row.value.render().partition(":")[0] for row in rows([*scores(Host()).values()])} == {"no score"}


def test_a_proxy_that_was_not_asked_is_uncertain_for_the_network_alone() -> None:
    found = scores(MIRRORED)
    assert [fact.id for fact in found["network"].unknown] == ["go.goproxy"]
    assert found["security"].certainty == 100
    value = next(row.value.render() for row in rows([found["network"]]))
    assert value == "100 of 100, certainty 88 % (unknown: answer of GOPROXY)"


def test_a_hundred_percent_means_everything() -> None:
    few = Score("speed", known=status_facts(MIRRORED)[:1] * 999, unknown=status_facts(MIRRORED)[:1])
    assert few.certainty == 99


def status_facts(host: Host) -> tuple:  # type: ignore[type-arg]
    return tuple(line.fact for line in status(host).lines)


# GPU


def test_the_gpu_does_not_apply_without_one_and_without_cuda() -> None:
    score = scores(MIRRORED)["gpu"]
    assert (score.applies, score.points) == (False, None)
    [row] = rows([score])
    assert row.value.render().partition(":")[0] == "does not apply"


def test_it_applies_with_a_gpu_and_with_a_finding() -> None:
    assert scores(machines.host("nvidia-gpu"))["gpu"].points == 100
    found = with_findings("machine/no-gpu-driver")[1]["gpu"]
    assert (found.applies, found.points) == (True, 80)


def test_a_workspace_with_cuda_on_a_machine_without_gpu_gets_no_points_for_it() -> None:
    score = scores(MIRRORED, uses_cuda=True)["gpu"]
    assert (score.applies, score.points) == (True, None)


@pytest.mark.parametrize("host", [Host(), Host(wsl=Wsl(generation=2))])
def test_it_is_unknown_where_the_machine_was_not_asked(host: Host) -> None:
    assert (scores(host)["gpu"].applies, scores(host)["gpu"].points) == (True, None)


# Advice


def test_advice_names_the_fewest_rules_that_reach_the_aim() -> None:
    _, found = with_findings("machine/no-gopls", "machine/no-delve", "machine/no-go-extension")
    assert found["debugging"].points == 55
    assert [lost.rule for lost in to_reach(80, found["debugging"])] == ["machine/no-delve", "machine/no-gopls"]
    told = advice([*found.values()])
    assert told is not None
    assert (told.target, told.rules) == (90, ("machine/no-delve", "machine/no-gopls"))


def test_it_is_right_below_zero() -> None:
    names = [rule.id for rule in all_rules() if rule.id.startswith("machine/go-")]
    _, found = with_findings(*names, "machine/no-go")
    score = found["correctness"]
    assert score.points == 0
    left = {*names, "machine/no-go"} - {lost.rule for lost in to_reach(90, score)}
    assert (with_findings(*left)[1]["correctness"].points or 0) >= 90


def test_nothing_has_to_go_where_the_aim_is_reached() -> None:
    names = [rule.id for rule in all_rules() if rule.id.startswith("machine/go-")]
    _, found = with_findings(*names, "machine/no-go", "machine/no-delve")
    assert found["correctness"].points == 0
    assert to_reach(0, found["correctness"]) == to_reach(80, found["debugging"]) == ()
    assert to_reach(1, found["correctness"]) != ()
    told = advice([*found.values()], Thresholds(every=0))
    assert told is not None
    assert told.target == 90


def test_it_names_the_first_of_many() -> None:
    names = [rule.id for rule in all_rules() if rule.id.startswith("machine/no-")]
    told = advice([*with_findings(*names)[1].values()])
    assert told is not None
    assert len(told.rules) > 6
    assert told.words.render().endswith(f" and {len(told.rules) - 6} more")
    assert told.words.render("zh").count("machine/") == 6


def test_above_ninety_it_aims_at_all_points() -> None:
    told = advice([*with_findings("machine/no-go-extension")[1].values()])
    assert told is not None
    assert (told.target, told.rules) == (100, ("machine/no-go-extension",))


# The page of the editor


def test_the_page_shows_every_dimension_and_what_took_points() -> None:
    host = MIRRORED._replace(delve=None)
    shown = markdown(host, every_machine_finding(host))
    assert "## Score\n" in shown
    assert "- **Debugging**: 80 of 100\n  - -20 machine/no-delve\n" in shown
    assert all(f"**{about.title.en}**" in shown for about in DIMENSIONS.values())
    chinese = markdown(host, every_machine_finding(host), "zh")
    assert all(f"**{about.title.zh}**" in chinese for about in DIMENSIONS.values())


def test_a_value_of_the_machine_is_not_in_it() -> None:
    """Names of facts and ids of rules come from the code, whatever the machine says."""
    host = Host(wsl=Wsl(generation=2), running=Running(memory=1), go_variables=(Variable("GOCACHE", "<b>x", "x"),))
    words = [row.value.render() for row in rows([*scores(host).values()])]
    assert not any("<b>" in word for word in words)
