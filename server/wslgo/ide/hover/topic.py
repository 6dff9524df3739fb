"""The part of a hover that answers what people believe about a value."""

from wslgo.ide.hover.text import OPEN_COMMAND
from wslgo.machine.host import Host
from wslgo.text.markdown import code, command_link
from wslgo.text.message import Language, Markdown, Message, Text
from wslgo.topics import find, summary

_ANSWER = Message(en="**{topic}**: {answer} ({command})", zh="**{topic}**：{answer}（{command}）")
_HERE = Message(en="- Here: {sentence}", zh="- 本机：{sentence}")


def topic_paragraphs(name: str, host: Host | None, language: Language, *, opens_pages: bool) -> tuple[Text, ...]:
    """Return the answer of a topic, where its page is, and what holds on this machine if it reads the file.

    For a client that opens pages the name of the command is a link.
    """
    topic = find(name)
    if topic is None:
        return ()
    # Our own documentation is Markdown.
    answer = Markdown(summary(topic, language))
    here = topic.here(host) if host is not None else ()
    command = code(f"wslgo explain {name}")
    if opens_pages:
        command = command_link(command, OPEN_COMMAND, name)
    return (_ANSWER(topic=name, answer=answer, command=command), *(_HERE(sentence=sentence) for sentence in here))
