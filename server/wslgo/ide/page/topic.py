"""The page of a topic as Markdown."""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.markdown import bullets, codes, heading, page, plain, sentence
from wslgo.text.message import Language, Markdown, Message
from wslgo.topics import Topic, parts

_HERE = Message(en="On this machine", zh="本机情况")
_RULES = Message(en="Rules about it: {rules}", zh="相关规则：{rules}")


def topic_page(topic: Topic, host: Host | None, language: Language = "en") -> Markdown:
    """Return the page of a topic: the answer, what holds on this machine (if it is known), and the sources."""
    return page(_blocks(topic, host, language))


def _blocks(topic: Topic, host: Host | None, language: Language) -> Iterator[Markdown]:
    body, sources = parts(topic, language)
    yield heading(1, Markdown(topic.name))
    # Our own documentation is Markdown.
    yield Markdown(body.rstrip())
    found = [plain(text, language) for text in topic.here(host)] if host is not None else []
    if found:
        yield heading(2, plain(_HERE(), language))
        yield bullets(found)
    yield Markdown(sources.rstrip())
    if topic.rules:
        yield sentence(_RULES(rules=codes(topic.rules)), language)
