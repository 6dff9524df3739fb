"""`wslgo explain RULE`: the documentation of a rule, readable in a terminal."""

import re
from collections.abc import Iterator

from wslgo.cli.arguments import Usage, Words
from wslgo.cli.call import Call
from wslgo.cli.options import COLOR, ColorOptions, no_rule
from wslgo.cli.terminal import CLEAN, Painter
from wslgo.linter.finding import SEVERITY_WORDS, Safety
from wslgo.linter.rules import Rule, all_rules
from wslgo.text.message import Text

FIXABLE = {
    Safety.SAFE: "fixed by wslgo fix",
    Safety.UNSAFE: "fixed by wslgo fix --unsafe, or one by one in the editor",
    None: "no fix",
}

# What a fence says of its file, beside the path.
ABOUT = {
    "bom": "with a byte order mark",
    "crlf": "with CRLF line ends",
    "utf16": "in UTF-16",
    "utf16be": "in big-endian UTF-16",
    "no-newline": "without a line end at the end",
    "host": "on the machine",
    "escapes": "with escapes such as \\r for what cannot be seen",
}

_FENCE = re.compile(r"```\w*([^\n]*)\n(.*?)```", re.DOTALL)


class Options(ColorOptions):
    """The options of `wslgo explain`."""

    rules: list[str]


USAGE = Usage(
    "Explain rules: what they find, why it matters, examples with their fix.",
    (COLOR,),
    Words("rules", "RULE", "a rule, by its id or the part after the /", are_needed=True),
)


def run(call: Call[Options]) -> int:
    """Exit code 2 for a rule that does not exist."""
    unknown: list[Text] = []
    pages: list[str] = []
    for name in call.options.rules:
        meant = grouped(tuple(rule for rule in all_rules() if name.lower() in (rule.id, _short(rule))))
        pages += ("\n".join(_page(rules, call.paint)) for rules in meant)
        if not meant:
            unknown.append(no_rule(name, {part for rule in all_rules() for part in (rule.id, _short(rule))}))
    if pages:
        call.terminal.say("\n\n".join(page.rstrip() for page in pages))
    return call.fail(unknown) if unknown else CLEAN


def grouped(rules: tuple[Rule, ...]) -> list[list[Rule]]:
    """Group the rules that share a module."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.documentation, []).append(rule)
    return list(groups.values())


def _short(rule: Rule) -> str:
    return rule.id.partition("/")[2]


def _page(rules: list[Rule], paint: Painter) -> Iterator[str]:
    rule = rules[0]
    names = ", ".join(paint("bold", member.id) for member in rules)
    yield f"{names}: {SEVERITY_WORDS[rule.severity].en}, {FIXABLE[rule.fixable]}"
    yield ""
    at = 0
    for fence in _FENCE.finditer(rule.documentation):
        yield from _prose(rule.documentation[at : fence.start()], paint)
        yield from _file(fence[1].split(), fence[2], paint)
        at = fence.end()
    yield from _prose(rule.documentation[at:], paint)


def _prose(text: str, paint: Painter) -> Iterator[str]:
    for line in text.strip("\n").split("\n") if text.strip() else ():
        yield paint("bold", line[3:]) if line.startswith("## ") else line.replace("`", "")
    if text.strip():
        yield ""


def _file(words: list[str], text: str, paint: Painter) -> Iterator[str]:
    """Yield a fence, indented, under a line that describes it."""
    paths = [word.removeprefix("path=") for word in words if word.startswith("path=")]
    about = ", ".join(paths + [ABOUT[word] for word in words if word in ABOUT])
    if about:
        yield paint("hint", f"    {about}:")
    yield from (f"    {line}".rstrip() for line in text.removesuffix("\n").split("\n"))
    yield ""
