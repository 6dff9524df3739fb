"""The table and the rules about versions of Go read the same files alike."""

import pytest

import ruledocs
from wslgo.ci.comparison import spans_by_path, table
from wslgo.ci.places import places
from wslgo.linter.go_choice import pins
from wslgo.linter.rules import Rule, all_rules

EXAMPLES = [
    (rule, example)
    for rule in all_rules()
    if ".builds." in rule.check.__module__
    for example in ruledocs.examples(rule)
    if example.before
]


def label(value: object) -> str:
    return value.id if isinstance(value, Rule) else ""


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=label)
def test_each_version_that_a_rule_sees_is_a_value_of_the_table(rule: Rule, example: ruledocs.Example) -> None:
    files = {file.path: file for file in example.before}
    spans = spans_by_path(table(places(files), files))
    missing = [
        (path, pin.version)
        for path, file in files.items()
        for pin in pins(file)
        if not any(map(pin.span.overlaps, spans.get(path, ())))
    ]
    assert not missing
