"""`wslgo rules`: the rules, one a line."""

import json

from wslgo.cli.arguments import Usage
from wslgo.cli.call import Call
from wslgo.cli.options import LANGUAGE, format_option
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN
from wslgo.linter.dimensions import dimension_of
from wslgo.linter.documentation import summary
from wslgo.linter.finding import SEVERITY_WORDS, Safety
from wslgo.linter.rules import Rule, all_rules
from wslgo.text.message import Language, Message

FORMATS = ("text", "json")

# Of one width in Chinese, too.
FIXABLE = {
    Safety.SAFE: Message(en="safe", zh="安全修复"),
    Safety.UNSAFE: Message(en="unsafe", zh="需您确认"),
    None: Message(en="-", zh="没有修复"),
}


class Options:
    """The options of `wslgo rules`."""

    format: str
    lang: str | None


USAGE = Usage(
    Message(
        en="List the rules: id, severity, how safe its fix is, what it finds.",
        zh="列出规则：id、严重级别、修复是否安全、发现什么。",
    ),
    (format_option(FORMATS), LANGUAGE),
)


def run(call: Call[Options]) -> int:
    rules = all_rules()
    if call.options.format == "json":
        spoken = language_of_machines(call.options.lang)
        call.terminal.say_json(json.dumps({"version": 1, "rules": [_as_json(rule, spoken) for rule in rules]}) + "\n")
        return CLEAN
    width = max(len(rule.id) for rule in rules)
    for rule in rules:
        call.terminal.say(_line(rule, width, call))
    return CLEAN


def _line(rule: Rule, width: int, call: Call[Options]) -> str:
    severity = call.rendered(SEVERITY_WORDS[rule.severity])
    finds = summary(rule, call.language).replace("`", "")
    if call.language == "zh":
        return f"{rule.id:{width}}  {severity}  {call.rendered(FIXABLE[rule.fixable])}  {finds}"
    return f"{rule.id:{width}}  {severity:7}  {_fixable(rule) or '-':6}  {finds}"


def _as_json(rule: Rule, spoken: Language) -> dict[str, str | None]:
    return {
        "id": rule.id,
        "severity": rule.severity.name.lower(),
        "fixable": _fixable(rule),
        "dimension": dimension_of(rule),
        "summary": summary(rule, spoken),
    }


def _fixable(rule: Rule) -> str | None:
    """`safe`, `unsafe`, or None where the rule offers no fix."""
    return rule.fixable.value if rule.fixable else None
