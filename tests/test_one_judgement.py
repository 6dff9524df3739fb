"""One judgement, three faces: check, doctor, provision and the editor's page name the same rules about a machine."""

import json
from pathlib import Path

import pytest

import machines
from commandline import wslgo
from faults import FAULTS, HEALTHY, Fault, with_fault
from wslgo.doctor import page
from wslgo.doctor.status import HEALTHY as ALL_RIGHT
from wslgo.linter.finding import Severity
from wslgo.linter.machine_check import every_machine_finding
from wslgo.machine.host import Host
from wslgo.machine.host_json import to_json
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan
from wslgo.provision.plan import planner
from wslgo.provision.plan.judgement import Remainder, remainder
from wslgo.provision.report.text import NOTHING, outcome

PAIRS = [(machine, fault) for machine in HEALTHY for fault in FAULTS]
# Without the machine outside of WSL, which has no GPU of Windows and no tools that a fault could change.
OTHERS = [(machine, fault) for machine in sorted({*machines.NAMES} - {*HEALTHY, "not-wsl"}) for fault in FAULTS]
CONTEXT = pytest.mark.parametrize(("machine", "fault"), PAIRS, ids=lambda value: getattr(value, "name", value))


def rules(host: Host) -> set[str]:
    return {reported.rule for reported in every_machine_finding(host)}


def planned(host: Host) -> tuple[Plan, Remainder]:
    """Return the plan for a machine without a workspace, and what it leaves."""
    facts = Facts(host, User("user", host.home or "/home/user"))
    plan = planner.plan(facts, Spec())
    return plan, remainder(facts, plan, Spec(), ())


def named(plan: Plan, left: Remainder) -> set[str]:
    return {rule for step in plan.steps for rule in step.resolves} | {reported.rule for reported in left.findings}


@pytest.mark.parametrize("machine", HEALTHY)
def test_a_healthy_machine_has_no_finding(machine: str) -> None:
    assert not rules(machines.host(machine))
    assert ALL_RIGHT().render() in page.markdown(machines.host(machine))


@CONTEXT
def test_a_fault_is_named_by_its_rules_alone(machine: str, fault: Fault) -> None:
    assert rules(with_fault(machine, fault)) == set(fault.rules)


@pytest.mark.slow
@CONTEXT
def test_the_page_names_it_and_does_not_say_that_all_is_right(machine: str, fault: Fault) -> None:
    host = with_fault(machine, fault)
    shown = page.markdown(host, every_machine_finding(host))
    assert all(rule in shown for rule in fault.rules)
    assert ALL_RIGHT().render() not in shown


@pytest.mark.slow
@CONTEXT
def test_a_plan_resolves_it_or_lists_it(machine: str, fault: Fault) -> None:
    host = with_fault(machine, fault)
    plan, left = planned(host)
    assert set(fault.rules) <= named(plan, left)
    is_urgent = any(reported.severity <= Severity.WARNING for reported in every_machine_finding(host))
    assert (outcome(plan, left) != NOTHING()) >= is_urgent, "infos are shown, but are nothing to do"


@pytest.mark.slow
@pytest.mark.parametrize(("machine", "fault"), OTHERS, ids=lambda value: getattr(value, "name", value))
def test_all_faces_agree_about_a_machine_with_faults_of_its_own(machine: str, fault: Fault) -> None:
    host = with_fault(machine, fault)
    findings = every_machine_finding(host)
    found = {reported.rule for reported in findings}
    shown = page.markdown(host, findings)
    assert all(rule in shown for rule in found)
    assert ALL_RIGHT().render() not in shown or not found
    assert found <= named(*planned(host))


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_command_line_names_it(fault: Fault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run `check --machine` and `doctor` on one recorded machine; the others differ only in their facts."""
    host = with_fault("ubuntu-24.04-mirrored", fault)
    record = tmp_path / "host.json"
    record.write_text(json.dumps(to_json(host)), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    printed = [
        json.loads(wslgo(*words, "--host", str(record), "--format", "json").out)["findings"]
        for words in (("check", "--machine"), ("doctor",))
    ]
    assert [{finding["rule"] for finding in findings} for findings in printed] == [set(fault.rules)] * 2
    text = wslgo("doctor", "--host", str(record)).out
    assert not text.endswith(f"{ALL_RIGHT().render()}\n")


@pytest.mark.slow
def test_all_that_needs_attention_has_a_next_step() -> None:
    for machine, fault in PAIRS:
        for reported in every_machine_finding(with_fault(machine, fault)):
            is_about_machine = reported.finding.span == (0, 0) and not reported.path
            if is_about_machine and reported.severity <= Severity.WARNING:
                assert reported.finding.next is not None, reported.rule
