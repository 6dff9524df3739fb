"""`wslgo explain NAME`: the page of a topic or of a rule, for a terminal; without a name, the list of topics."""

import json
from collections.abc import Iterator

from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.options import COLOR, HOST, LANGUAGE, OutputOptions, format_option
from wslgo.cli.output.documentation_text import WIDTH, lines_of
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.output.wrapped import wrapped
from wslgo.cli.terminal import CLEAN, rendered
from wslgo.linter.documentation import documentation, grouped
from wslgo.linter.documentation import summary as summary_of_rule
from wslgo.linter.finding import SEVERITY_WORDS, Safety
from wslgo.linter.rules import Rule, all_rules
from wslgo.machine.host import Host
from wslgo.text.message import Language, Message, Text
from wslgo.topics import TOPICS, Topic, all_topics, find, parts, summary, topic_about, topic_of

FORMATS = ("text", "json")

FIXABLE = {
    Safety.SAFE: Message(en="fixed by wslgo fix", zh="wslgo fix 可修复"),
    Safety.UNSAFE: Message(
        en="fixed by wslgo fix --unsafe, or one by one in the editor",
        zh="wslgo fix --unsafe 可修复，也可在编辑器中逐个修复",
    ),
    None: Message(en="no fix", zh="没有修复"),
}
HEADLINE = Message(en="{rules}: {severity}, {fix}", zh="{rules}：{severity}，{fix}")
SEE_ALSO = Message(en="See also: wslgo explain {topic}", zh="另见：wslgo explain {topic}")
HERE = Message(en="On this machine", zh="本机情况")
ON_RECORDED = Message(en="On the recorded machine", zh="所记录的机器")
RULES = Message(en="Rules about it: {rules}", zh="相关规则：{rules}")
RULES_ARE_LISTED = Message(
    en="wslgo explain TOPIC shows the page; wslgo rules lists the rules, which it explains, too",
    zh="wslgo explain TOPIC 显示页面；wslgo rules 列出规则，同样可以用 explain 查看",
)
NEAREST = Message(
    en="unknown topic or rule '{name}'; did you mean {near}?", zh="没有主题或规则 '{name}'；是否指 {near}？"
)
UNKNOWN = Message(
    en="unknown topic or rule '{name}'; see wslgo explain --list and wslgo rules",
    zh="没有主题或规则 '{name}'；见 wslgo explain --list 和 wslgo rules",
)


class Options(OutputOptions):
    """The options of `wslgo explain`."""

    names: list[str]
    list: bool
    format: str
    host: str | None


USAGE = Usage(
    Message(
        en="Answer what people believe about Go on WSL2, and explain rules: each with its sources or examples.",
        zh="解答关于 WSL2 上 Go 的常见说法，并解释规则：各附来源或示例。",
    ),
    (
        Option("--list", Message(en="list the topics, as without a name", zh="列出主题，与不写名称时相同")),
        HOST._replace(
            help=Message(
                en="say what holds on a machine recorded with doctor --record",
                zh="说明 doctor --record 所记录的机器的情况",
            )
        ),
        format_option(FORMATS),
        LANGUAGE,
        COLOR,
    ),
    Operands(
        "names",
        "NAME",
        Message(
            en="a topic, or a rule by its id or the part after the / (default: list the topics)",
            zh="主题；或规则，可写其 id 或 / 之后的部分（默认：列出主题）",
        ),
    ),
    after=Message(
        en="Exit code: 0, or 2 for bad usage, an unknown name or an unreadable file.",
        zh="退出码：0；用法错误、名称未知或文件无法读取时为 2。",
    ),
)


def run(call: Call[Options]) -> int:
    names = list(dict.fromkeys(name.lower() for name in call.options.names))
    topics = [topic for topic in map(find, names) if topic]
    rules = all_rules() if len(topics) < len(names) else ()
    groups = [(name, grouped(rule for rule in rules if name in (rule.id, _short(rule)))) for name in names]
    unknown = [_unknown(name, rules) for name, group in groups if not group and name not in TOPICS]
    if not names or call.options.list:
        topics += [topic for topic in all_topics() if topic not in topics]
    host = _host(call, frozenset(fact for topic in topics for fact in topic.needs)) if names else None
    if isinstance(host, Text):
        return call.fail([host])
    if call.options.format == "json":
        meant = [rule for _, found in groups for group in found for rule in group]
        call.terminal.say_json(json.dumps(_as_json(topics, meant, host, call)) + "\n")
    elif not names or call.options.list:
        call.terminal.say("\n".join(_listed(call)))
    else:
        pages = ["\n".join(_topic_page(topic, host, call)) for topic in topics]
        pages += ("\n".join(_page(found, call)) for _, group in groups for found in group)
        if pages:
            call.terminal.say("\n\n".join(page.rstrip() for page in pages))
    return call.fail(unknown) if unknown else CLEAN


def _short(rule: Rule) -> str:
    return rule.id.partition("/")[2]


def _unknown(name: str, rules: tuple[Rule, ...]) -> Text:
    from wslgo.text.nearest import nearest  # only for a typo

    name = name.strip()
    near = topic_about(name) or nearest(name, (*TOPICS, *{part for rule in rules for part in (rule.id, _short(rule))}))
    return NEAREST(name=name, near=near) if near else UNKNOWN(name=name)


def _host(call: Call[Options], needs: frozenset[str]) -> Host | Text | None:
    """Return the machine as far as the topics need it; None if they need nothing."""
    if call.options.host:
        from wslgo.cli.machine import replayed  # few runs replay a machine

        return replayed(call.options.host, call.terminal.environment)
    if not needs:
        return None
    from wslgo.machine.probe import probe  # a rule needs nothing of the machine
    from wslgo.system.repository import current_folder, workspaces
    from wslgo.system.this_machine import ThisMachine

    foreign = workspaces((), call.terminal.environment.get("HOME", ""), here=current_folder())
    return probe(ThisMachine(), needs, foreign)


def _listed(call: Call[Options]) -> Iterator[str]:
    """Yield the topics, one a line, and where the rules are."""
    width = max(map(len, TOPICS))
    for topic in all_topics():
        padding = " " * (width - len(topic.name))
        answer = summary(topic, call.language).replace("`", "")
        yield f"{call.paint('bold', topic.name)}{padding}  {answer}"
    yield ""
    yield call.rendered(RULES_ARE_LISTED)


def _topic_page(topic: Topic, host: Host | None, call: Call[Options]) -> Iterator[str]:
    yield call.paint("bold", topic.name)
    yield ""
    body, sources = parts(topic, call.language)
    yield from lines_of(body, call)
    found = [call.rendered(text) for text in topic.here(host)] if host is not None else []
    if found:
        yield call.paint("bold", call.rendered(ON_RECORDED if call.options.host else HERE))
        yield ""
        for sentence in found:
            first, *more = wrapped(sentence, WIDTH - 2) or [""]
            yield from (f"- {first}", *(f"  {line}" for line in more))
        yield ""
    yield from lines_of(sources, call)
    if topic.rules:
        yield from _wrapped_at_spaces(call.rendered(RULES(rules=topic.rules)), call.language)


def _wrapped_at_spaces(text: str, language: Language) -> list[str]:
    """Return lines that break no name at a hyphen."""
    from textwrap import wrap  # few pages end with names

    return wrapped(text, WIDTH) if language == "zh" else wrap(text, WIDTH, break_on_hyphens=False)


def _page(rules: list[Rule], call: Call[Options]) -> Iterator[str]:
    rule = rules[0]
    names = ", ".join(call.paint("bold", member.id) for member in rules)
    headline = HEADLINE(severity=SEVERITY_WORDS[rule.severity], fix=FIXABLE[rule.fixable], rules="{rules}")
    yield call.rendered(headline).replace("{rules}", names)
    yield ""
    yield from lines_of(documentation(rule, call.language), call)
    topic = topic_of(rule.id)
    if topic:
        yield call.rendered(SEE_ALSO(topic=topic))


def _as_json(topics: list[Topic], rules: list[Rule], host: Host | None, call: Call[Options]) -> dict[str, object]:
    spoken = language_of_machines(call.options.lang)
    return {
        "version": 1,
        "topics": [_topic_as_json(topic, host, spoken) for topic in topics],
        "rules": [
            {
                "name": rule.id,
                "summary": summary_of_rule(rule, spoken),
                "text": documentation(rule, spoken),
                "topic": topic_of(rule.id),
            }
            for rule in rules
        ],
    }


def _topic_as_json(topic: Topic, host: Host | None, spoken: Language) -> dict[str, object]:
    return {
        "name": topic.name,
        "summary": summary(topic, spoken),
        "text": parts(topic, spoken)[0],
        "sources": topic.sources,
        "here": [rendered(text, spoken) for text in topic.here(host)] if host is not None else [],
        "rules": topic.rules,
    }
