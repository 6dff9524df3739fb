"""The health page as Markdown, and its summary for a status item."""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.doctor import lines, sections_of
from wslgo.doctor.line import Sign, StatusLine
from wslgo.doctor.wsl import news
from wslgo.machine.host import Host
from wslgo.text.markdown import bullets, concatenation, heading, plain, sentence
from wslgo.text.message import Language, Markdown, Message, Text, enumeration

SIGNS = {Sign.OK: "✓", Sign.ATTENTION: "⚠", Sign.UNKNOWN: "?"}

_TITLE = Message(en="Health of this machine", zh="本机状况")
_HEALTHY = Message(en="Nothing needs attention", zh="没有需要注意的项")
_SINGLE = Message(en="1 item needs attention: {name}", zh="1 项需要注意：{name}")
_SEVERAL = Message(en="{count} items need attention: {names}", zh="{count} 项需要注意：{names}")
_BOTH = Message(en="{health}; {news}", zh="{health}；{news}")
_UNASKED = Message(
    en="This workspace is not trusted, so wslgo does not inspect this machine", zh="此工作区不受信任，因此未检查本机"
)
_ROW = Message(en="{sign} **{name}**: {value}", zh="{sign} **{name}**：{value}")
_NEXT = Message(en="→ {next}", zh="→ {next}")


class Health(NamedTuple):
    """The number of lines that need attention, and a sentence about them and about changes of the last start."""

    attention: int
    words: Text


def health(host: Host) -> Health:
    """Return the summary in one sentence."""
    names = [line.name() for line in lines(sections_of(host)) if line.sign is Sign.ATTENTION]
    applied = list(news(host))
    if applied and not names:
        return Health(0, enumeration(applied))
    words = _attention(names)
    return Health(len(names), _BOTH(health=words, news=enumeration(applied)) if applied else words)


def _attention(names: list[Text]) -> Text:
    if not names:
        return _HEALTHY()
    if len(names) == 1:
        return _SINGLE(name=names[0])
    return _SEVERAL(count=len(names), names=enumeration(names))


def markdown(host: Host | None, language: Language = "en") -> Markdown:
    """Return the page of a machine; None stands for a machine that was not inspected."""
    return concatenation(_lines(host, language), "\n")


def _lines(host: Host | None, language: Language) -> Iterator[Markdown]:
    nothing = Markdown()
    yield from (heading(1, plain(_TITLE(), language)), nothing)
    yield plain(_UNASKED() if host is None else health(host).words, language)
    for section in sections_of(host) if host is not None else ():
        yield from (nothing, heading(2, plain(section.title(), language)), nothing)
        for line in section.lines:
            yield from _row(line, language)
    yield nothing


def _row(line: StatusLine, language: Language) -> Iterator[Markdown]:
    row = _ROW(sign=SIGNS[line.sign], name=line.name, value=plain(line.value, language))
    yield bullets([sentence(row, language)])
    if line.next is not None:
        yield bullets([sentence(_NEXT(next=plain(line.next, language)), language)], indent="  ")
