"""Facts and findings of a machine together: each finding is at its fact, and signs and summary follow."""

import pytest

import machines
import ruledocs
from healthpage import content, line, status
from wslgo.doctor import areas_of
from wslgo.doctor.status import Sign, status_of
from wslgo.linter.finding import Severity
from wslgo.linter.machine_check import every_machine_finding, machine_findings
from wslgo.linter.rules import MACHINE, Rule, rules_of
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Editor, Host

HEALTHY = machines.host("china-company")
MACHINE_RULES = rules_of(MACHINE)
EXAMPLES = [
    (rule, example) for rule in MACHINE_RULES for example in ruledocs.examples(rule) if example.title == "Example"
]


def label(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def scene_of(example: ruledocs.Example) -> MachineScene:
    return example.scene


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=label)
def test_a_finding_is_at_the_fact_that_it_is_about(rule: Rule, example: ruledocs.Example) -> None:
    facts = {fact.id for area in areas_of(example.host) for fact in area.facts}
    assert {*rule.about} <= facts
    found = [
        reported
        for reported in every_machine_finding(example.host, scene=scene_of(example))
        if reported.rule == rule.id
    ]
    assert found
    assert {reported.finding.about for reported in found} <= {*rule.about}
    assert {reported.severity <= Severity.WARNING for reported in found} == {rule.severity <= Severity.WARNING}
    assert all(reported.finding.next is not None for reported in found)


@pytest.mark.parametrize("name", machines.NAMES)
def test_no_finding_is_left_out_or_shown_twice(name: str) -> None:
    findings = every_machine_finding(machines.host(name))
    shown = status_of(machines.host(name), findings).findings
    assert sorted(map(repr, shown)) == sorted(map(repr, findings))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=label)
def test_no_finding_of_an_example_is_left_out(rule: Rule, example: ruledocs.Example) -> None:
    findings = every_machine_finding(example.host, scene=scene_of(example))
    assert rule.id in {reported.rule for reported in findings}
    assert sorted(map(repr, status_of(example.host, findings).findings)) == sorted(map(repr, findings))


def test_a_sign_of_ok_means_that_a_rule_has_looked() -> None:
    assert (line(HEALTHY, "go.gosumdb").sign, line(HEALTHY, "go.compiler").sign) == (Sign.OK, Sign.OK)
    assert (line(HEALTHY, "wsl.windows").sign, line(HEALTHY, "network.mode").sign) == (Sign.FACT, Sign.FACT)


def test_the_worst_finding_about_a_fact_is_first() -> None:
    severities = [reported.severity for reported in line(machines.host("custom-kernel"), "wsl.wslconfig").findings]
    assert severities == [Severity.ERROR, Severity.WARNING]


def test_a_variable_that_is_rarely_set_is_shown_with_its_value() -> None:
    found = content(machines.host("article"), "go.go111module")
    assert found[:3] == (Sign.NOTE, "on (from the environment)", "goenv/redundant-module-mode")


def test_the_summary_counts_findings_and_names_facts() -> None:
    host = HEALTHY._replace(
        compiler=None,
        delve=None,
        editors=(Editor("Cursor", "/home/user/.cursor-server"),),
        running=HEALTHY.running._replace(networking=None),
    )
    found = status(host)
    assert found.summary().render() == "2 items need attention; 1 note; 1 fact could not be checked"
    assert found.summary_with_names().render() == (
        "2 items need attention: C compiler, Delve; 1 note: Editor; 1 fact could not be checked: Mode"
    )
    assert found.summary_with_names().render("zh") == (
        "2 项需要注意：C 编译器、Delve；1 条提示：编辑器；1 项无法检查：模式"
    )


def test_only_the_facts_that_a_rule_needs_are_asked_for() -> None:
    # The same findings, with nothing but the declared needs known.
    for rule, example in EXAMPLES:
        names = {need.partition(".")[0] for need in rule.needs}
        host = Host(**{name: getattr(example.host, name) for name in names})
        found = [reported.rule for reported in machine_findings(host, scene=scene_of(example))]
        assert rule.id in found
