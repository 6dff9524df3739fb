"""`wslgo rules`: the rules, one a line."""

import json

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.terminal import CLEAN
from wslgo.linter.finding import SEVERITY_WORDS
from wslgo.linter.rules import Rule, all_rules

FORMATS = ("text", "json")


class Options:
    """The options of `wslgo rules`."""

    format: str


USAGE = Usage(
    "List the rules: id, severity, how safe its fix is, what it finds.",
    (Option("--format", ", ".join(FORMATS), "FORMAT", FORMATS, "text"),),
)


def run(call: Call[Options]) -> int:
    rules = all_rules()
    if call.options.format == "json":
        call.terminal.say_json(json.dumps({"version": 1, "rules": [_as_json(rule) for rule in rules]}) + "\n")
        return CLEAN
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        call.terminal.say(_line(rule, width))
    return CLEAN


def _line(rule: Rule, width: int) -> str:
    summary = rule.summary.replace("`", "")
    return f"{rule.id:{width}}  {SEVERITY_WORDS[rule.severity].en:7}  {_fixable(rule) or '-':6}  {summary}"


def _as_json(rule: Rule) -> dict[str, str | None]:
    return {
        "id": rule.id,
        "severity": rule.severity.name.lower(),
        "fixable": _fixable(rule),
        "summary": rule.summary,
    }


def _fixable(rule: Rule) -> str | None:
    """`safe`, `unsafe`, or None where the rule offers no fix."""
    return rule.fixable.value if rule.fixable else None
