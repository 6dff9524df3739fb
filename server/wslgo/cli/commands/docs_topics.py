"""The parts of docs/topics.md and docs/rules.md about topics that `wslgo docs` writes."""

import re
from collections.abc import Iterator

from wslgo.linter.documentation import page_addresses
from wslgo.linter.rules import Rule, all_rules
from wslgo.text.message import Language
from wslgo.topics import Topic, all_topics, parts, summary, topic_of

_RULES = {"en": "Rules about it: {rules}", "zh": "相关规则：{rules}"}
_SEE_ALSO = {"en": "See also: {topic}", "zh": "另见：{topic}"}
_OWN_PAGES = {"en": "topics.md", "zh": "topics.zh-CN.md"}
_SEPARATORS = {"en": ", ", "zh": "、"}
_PAGES = {"en": "rules.md", "zh": "rules.zh-CN.md"}
_HEADING = re.compile(r"^## ", re.MULTILINE)


def answers(language: Language = "en") -> Iterator[str]:
    """Yield the topics with their answers, each with a link to its page."""
    for topic in all_topics():
        yield f"- [{topic.name}](#{topic.name}): {summary(topic, language)}"


def pages(language: Language = "en") -> Iterator[str]:
    """Yield the page of every topic."""
    addresses = page_addresses(all_rules(), _PAGES[language])
    for topic in all_topics():
        yield f"## {topic.name}\n"
        yield _HEADING.sub("### ", "\n".join(parts(topic, language))).rstrip("\n") + "\n"
        if topic.rules:
            links = _SEPARATORS[language].join(_links(topic, addresses))
            yield f"{_RULES[language].format(rules=links)}\n"


def see_also(rule: Rule, language: Language = "en") -> Iterator[str]:
    """Yield a link to the topic of a rule, for the page of the rule."""
    topic = topic_of(rule.id)
    if topic:
        link = f"[{topic}]({_OWN_PAGES[language]}#{topic})"
        yield f"{_SEE_ALSO[language].format(topic=link)}\n"


def _links(topic: Topic, addresses: dict[str, str]) -> Iterator[str]:
    """Yield links to the rules of a topic, one for those that share a page."""
    for name in topic.rules:
        found = next(rule for rule in addresses if name in (rule, rule.partition("/")[2]))
        yield f"[`{name}`]({addresses[found]})"
