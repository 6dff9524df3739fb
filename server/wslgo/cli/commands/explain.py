"""`wslgo explain RULE`: the documentation of a rule, readable in a terminal."""

import re
import sys
from collections.abc import Iterator

from wslgo.cli.arguments import Operands, Usage
from wslgo.cli.call import Call
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions
from wslgo.cli.terminal import CLEAN
from wslgo.linter import titles
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
HEADINGS = {
    "Example": Message(en="Example", zh="示例"),
    "No finding": Message(en="No finding", zh="不会报告的情况"),
    "becomes": Message(en="becomes", zh="修复后"),
}
MESSAGES = Message(en="Messages", zh="消息")
ONLY_ENGLISH = Message(en="The following is only in English", zh="以下文档目前只有英文")

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


def grouped(rules: tuple[Rule, ...]) -> list[list[Rule]]:
    """Group the rules that share a module."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.documentation, []).append(rule)
    return list(groups.values())


def _short(rule: Rule) -> str:
    return rule.id.partition("/")[2]


def messages_of(rule: Rule) -> list[Message]:
    """Return the messages and titles that a rule has of its own, its finding first."""
    own = vars(sys.modules[rule.check.__module__]).items()
    shared = vars(titles).values()
    return [value for _, value in sorted(own, key=_is_not_main) if isinstance(value, Message) and value not in shared]


def _is_not_main(member: tuple[str, object]) -> bool:
    return member[0] != "MESSAGE"


def _page(rules: list[Rule], call: Call[Options]) -> Iterator[str]:
    rule = rules[0]
    names = ", ".join(call.paint("bold", member.id) for member in rules)
    headline = HEADLINE(severity=SEVERITY_WORDS[rule.severity], fix=FIXABLE[rule.fixable], rules="{rules}")
    yield call.rendered(headline).replace("{rules}", names)
    yield ""
    if call.language == "zh":
        yield call.paint("bold", call.rendered(MESSAGES))
        yield from (f"- {message.zh}" for message in messages_of(rule))
        yield from ("", call.rendered(ONLY_ENGLISH), "")
    at = 0
    for fence in _FENCE.finditer(rule.documentation):
        yield from _prose(rule.documentation[at : fence.start()], call)
        yield from _file(fence[1].split(), fence[2], call)
        at = fence.end()
    yield from _prose(rule.documentation[at:], call)


def _prose(text: str, call: Call[Options]) -> Iterator[str]:
    for line in text.strip("\n").split("\n") if text.strip() else ():
        words = line.removeprefix("## ")
        shown = call.rendered(HEADINGS[words]) if words in HEADINGS else words.replace("`", "")
        yield call.paint("bold", shown) if line.startswith("## ") else shown
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
