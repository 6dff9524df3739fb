"""Every rule is tested by its own docstring."""

import string
import sys
from collections import Counter

import pytest

import ruledocs
from wslgo.linter.binary_check import binary_findings
from wslgo.linter.check import check
from wslgo.linter.finding import Fix, Reported, Safety
from wslgo.linter.fix import fix_file, source_after
from wslgo.linter.machine_check import machine_findings
from wslgo.linter.rules import Rule, all_rules
from wslgo.linter.scene import MachineScene
from wslgo.linter.settings import Settings
from wslgo.machine.host import Host
from wslgo.syntax.file import File, read
from wslgo.text.message import Message
from wslgo.text.source import Source

RULES = all_rules()
EXAMPLES = [(rule, example) for rule in RULES for example in ruledocs.examples(rule)]
FINDS = [(rule, example) for rule, example in EXAMPLES if example.title.startswith("Example")]
SILENT = [(rule, example) for rule, example in EXAMPLES if example.title.startswith("No finding")]


def label(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


def of_machine(host: Host, scene: MachineScene, settings: Settings) -> list[Reported]:
    return machine_findings(host, settings, scene)


def findings_of(rule: Rule, files: tuple[File, ...], example: ruledocs.Example) -> list[Reported]:
    """Return the findings of a rule in the first file, with the others beside it, or about a program or the machine."""
    if example.binary is not None:
        return [found for found in binary_findings(example.binary, example.host) if found.rule == rule.id]
    if not files:
        return [
            reported
            for reported in of_machine(example.host, example.scene, example.settings)
            if reported.rule == rule.id
        ]
    found = check(files[0], example.settings, files[1:], example.host, example.project)
    return [reported for reported in found if reported.rule == rule.id]


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_a_rule_documents_itself(rule: Rule) -> None:
    assert rule.summary, "the first line is the finding in one sentence"
    assert "\n## Example" in rule.documentation
    assert "\n## No finding" in rule.documentation


@pytest.mark.parametrize(("rule", "example"), FINDS, ids=label)
def test_an_example_has_a_finding(rule: Rule, example: ruledocs.Example) -> None:
    assert findings_of(rule, example.before, example)


@pytest.mark.parametrize(("rule", "example"), SILENT, ids=label)
def test_no_finding_has_none(rule: Rule, example: ruledocs.Example) -> None:
    assert not findings_of(rule, example.before, example)


@pytest.mark.parametrize(("rule", "example"), [pair for pair in FINDS if pair[1].cured], ids=label)
def test_a_cured_machine_has_no_finding(rule: Rule, example: ruledocs.Example) -> None:
    assert example.cured is not None
    if example.cured_binary is not None:
        assert rule.id not in {found.rule for found in binary_findings(example.cured_binary, example.cured)}
        return
    found = of_machine(example.cured, example.cured_scene, example.settings)
    assert not [reported for reported in found if reported.rule == rule.id]


@pytest.mark.parametrize(("rule", "example"), [pair for pair in FINDS if pair[1].after], ids=label)
def test_the_fix_gives_the_text_shown_and_then_nothing_is_found(rule: Rule, example: ruledocs.Example) -> None:
    fix = findings_of(rule, example.before, example)[0].finding.fixes[0]
    for before, after in zip(example.before, example.after, strict=True):
        assert source_with(before, rule, example, fix).encode() == after.source.encode()
    assert not findings_of(rule, example.after, example)


def source_with(file: File, rule: Rule, example: ruledocs.Example, fix: Fix) -> Source:
    """Return the file after all fixes of one rule; a fix that edits other files is applied alone."""
    paths = {edit.path for edit in fix.edits}
    if paths != {""}:
        mine = tuple(edit._replace(path="") for edit in fix.edits if edit.path in (file.path, own(file, paths)))
        return source_after(file.source, [fix._replace(edits=mine)])
    settings = Settings(select=(rule.id,), policy=example.policy)
    is_unsafe = rule.fixable is Safety.UNSAFE
    return fix_file(file, settings, unsafe=is_unsafe, host=example.host, project=example.project).after.source


def own(file: File, paths: set[str]) -> str:
    """Return how a fix names this file: by its path, or by nothing if the finding is in it."""
    return file.path if file.path in paths else ""


@pytest.mark.parametrize(("rule", "example"), FINDS, ids=label)
def test_a_fix_is_as_safe_as_the_rule_declares(rule: Rule, example: ruledocs.Example) -> None:
    for reported in findings_of(rule, example.before, example):
        for fix in reported.finding.fixes:
            assert rule.fixable is not None
            assert fix.safety is Safety.SAFE or rule.fixable is Safety.UNSAFE or reported.finding.fixes[0] is not fix


@pytest.mark.parametrize(("rule", "example"), [pair for pair in FINDS if pair[1].before], ids=label)
def test_every_fix_converges_and_a_second_run_changes_nothing(rule: Rule, example: ruledocs.Example) -> None:
    file = example.before[0]
    once = fix_file(file, example.settings, unsafe=True, host=example.host, project=example.project).after
    again = read(file.path, file.family, once.source, file.place)
    twice = fix_file(again, example.settings, unsafe=True, host=example.host, project=example.project)
    assert twice.after.source == once.source
    assert not twice.applied


@pytest.mark.parametrize(("rule", "example"), FINDS, ids=label)
def test_spans_are_in_the_file_and_both_languages_render(rule: Rule, example: ruledocs.Example) -> None:
    size = len(example.before[0].source.text) if example.before else 0
    for reported in findings_of(rule, example.before, example):
        span, message, fixes, *_ = reported.finding
        assert 0 <= span.start <= span.end <= size
        steps = [reported.finding.next] if reported.finding.next is not None else []
        for text in (message, *steps, *(fix.title for fix in fixes)):
            assert text.render("en")
            assert text.render("zh") != text.render("en")
            assert placeholders(text.message.en) == placeholders(text.message.zh)


def test_no_rule_repeats_a_message_of_another() -> None:
    modules = {sys.modules[rule.check.__module__] for rule in RULES}
    messages = {id(value): value for module in modules for value in vars(module).values() if type(value) is Message}
    repeated = [message.en for message, count in Counter(messages.values()).items() if count > 1]
    assert not repeated, "titles of several rules belong in wslgo.linter.titles"


def placeholders(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
