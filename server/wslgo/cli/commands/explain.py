"""`wslgo explain RULE`: the documentation of a rule, readable in a terminal."""

import re
from collections.abc import Iterator

from wslgo.cli.arguments import Operands, Usage
from wslgo.cli.call import Call
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions
from wslgo.cli.output.wrapped import wrapped
from wslgo.cli.terminal import CLEAN
from wslgo.linter.documentation import documentation, grouped
from wslgo.linter.finding import SEVERITY_WORDS, Safety
from wslgo.linter.rule_names import unknown_rule
from wslgo.linter.rules import Rule, all_rules
from wslgo.text.message import Message, Text, enumeration

FIXABLE = {
    Safety.SAFE: Message(en="fixed by wslgo fix", zh="wslgo fix 可修复"),
    Safety.UNSAFE: Message(
        en="fixed by wslgo fix --unsafe, or one by one in the editor",
        zh="wslgo fix --unsafe 可修复，也可在编辑器中逐个修复",
    ),
    None: Message(en="no fix", zh="没有修复"),
}
HEADLINE = Message(en="{rules}: {severity}, {fix}", zh="{rules}：{severity}，{fix}")
# Columns of a Chinese paragraph, which is one line of Markdown; English ones have their lines.
WIDTH = 100

# What a fence says of its file, beside the path.
ABOUT = {
    "bom": Message(en="with a byte order mark", zh="带字节顺序标记"),
    "crlf": Message(en="with CRLF line ends", zh="CRLF 行尾"),
    "utf16": Message(en="in UTF-16", zh="UTF-16 编码"),
    "utf16be": Message(en="in big-endian UTF-16", zh="大端 UTF-16 编码"),
    "no-newline": Message(en="without a line end at the end", zh="末尾没有换行"),
    "host": Message(en="on the machine", zh="在此机器上"),
    "escapes": Message(en="with escapes such as \\r for what cannot be seen", zh="不可见字符写作 \\r 之类的转义"),
}

_FENCE = re.compile(r"```\w*([^\n]*)\n(.*?)```", re.DOTALL)


class Options(OutputOptions):
    """The options of `wslgo explain`."""

    rules: list[str]


USAGE = Usage(
    Message(
        en="Explain rules: what they find, why it matters, examples with their fix.",
        zh="解释规则：发现什么、有何影响，并举例说明如何修复。",
    ),
    (LANGUAGE, COLOR),
    Operands(
        "rules",
        "RULE",
        Message(en="a rule, by its id or the part after the /", zh="规则，可写其 id 或 / 之后的部分"),
        are_needed=True,
    ),
)


def run(call: Call[Options]) -> int:
    """Exit code 2 for a rule that does not exist."""
    unknown: list[Text] = []
    pages: list[str] = []
    for name in call.options.rules:
        meant = grouped(tuple(rule for rule in all_rules() if name.lower() in (rule.id, _short(rule))))
        pages += ("\n".join(_page(rules, call)) for rules in meant)
        if not meant:
            unknown.append(unknown_rule(name, {part for rule in all_rules() for part in (rule.id, _short(rule))}))
    if pages:
        call.terminal.say("\n\n".join(page.rstrip() for page in pages))
    return call.fail(unknown) if unknown else CLEAN


def _short(rule: Rule) -> str:
    return rule.id.partition("/")[2]


def _page(rules: list[Rule], call: Call[Options]) -> Iterator[str]:
    rule = rules[0]
    names = ", ".join(call.paint("bold", member.id) for member in rules)
    headline = HEADLINE(severity=SEVERITY_WORDS[rule.severity], fix=FIXABLE[rule.fixable], rules="{rules}")
    yield call.rendered(headline).replace("{rules}", names)
    yield ""
    text = documentation(rule, call.language)
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _prose(text[at : fence.start()], call)
        yield from _file(fence[1].split(), fence[2], call)
        at = fence.end()
    yield from _prose(text[at:], call)


def _prose(text: str, call: Call[Options]) -> Iterator[str]:
    for line in text.strip("\n").split("\n") if text.strip() else ():
        shown = line.removeprefix("## ").replace("`", "")
        if line.startswith("## "):
            yield call.paint("bold", shown)
        else:
            yield from (shown,) if call.language == "en" else wrapped(shown, WIDTH) or [""]
    if text.strip():
        yield ""


def _file(words: list[str], text: str, call: Call[Options]) -> Iterator[str]:
    """Yield a fence, indented, under a line that describes it."""
    paths = [word.removeprefix("path=") for word in words if word.startswith("path=")]
    about = enumeration([*paths, *(ABOUT[word] for word in words if word in ABOUT)])
    if about.arguments[0][1]:
        yield call.paint("hint", f"    {call.rendered(about)}:")
    yield from (f"    {line}".rstrip() for line in text.removesuffix("\n").split("\n"))
    yield ""
