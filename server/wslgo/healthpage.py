"""The health page as Markdown, and as the few words of a status item."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.doctor import count, page
from wslgo.doctor.line import Line, Section, Sign
from wslgo.host import Host
from wslgo.message import Language, Message, Text

SIGNS = {Sign.OK: "✓", Sign.ATTENTION: "⚠", Sign.UNKNOWN: "?"}

_TITLE = Message(en="Health of this machine", zh="本机状况")
_HEALTHY = Message(en="Nothing needs attention", zh="一切正常")
_ONE = Message(en="1 thing needs attention: {name}", zh="1 项需要注意：{name}")
_MANY = Message(en="{count} things need attention: {names}", zh="{count} 项需要注意：{names}")
_UNASKED = Message(
    en="This workspace is not trusted, so nothing was asked of the machine", zh="此工作区不受信任，因此未查询本机"
)
_ROW = Message(en="- {sign} **{name}**: {value}", zh="- {sign} **{name}**：{value}")
_NEXT = Message(en="  - → {next}", zh="  - → {next}")


class Health(NamedTuple):
    """How many lines want attention, and which."""

    attention: int
    words: Text


def health(host: Host) -> Health:
    """In one sentence."""
    sections = page(host)
    attention = count(sections, Sign.ATTENTION)
    names = [line.name() for section in sections for line in section.lines if line.sign is Sign.ATTENTION]
    if not attention:
        return Health(0, _HEALTHY())
    if attention == 1:
        return Health(1, _ONE(name=names[0]))
    return Health(attention, _MANY(count=attention, names=_list(names)))


def markdown(host: Host | None, language: Language = "en") -> str:
    """The page; None where the machine was never asked."""
    return "\n".join(_lines(host, language)) + "\n"


def _lines(host: Host | None, language: Language) -> Iterator[str]:
    yield f"# {_TITLE().render(language)}\n"
    yield (_UNASKED() if host is None else health(host).words).render(language)
    for section in page(host) if host is not None else ():
        yield from _section(section, language)


def _section(section: Section, language: Language) -> Iterator[str]:
    yield f"\n## {section.title().render(language)}\n"
    for line in section.lines:
        yield from _row(line, language)


def _row(line: Line, language: Language) -> Iterator[str]:
    name, value = line.name().render(language), _literal(line.value.render(language))
    yield _ROW(sign=SIGNS[line.sign], name=name, value=value).render(language)
    if line.next is not None:
        yield _NEXT(next=_literal(line.next.render(language))).render(language)


def _list(names: Iterable[Text]) -> Text:
    names = list(names)
    numbered = {f"n{number}": name for number, name in enumerate(names)}
    places = [f"{{{place}}}" for place in numbered]
    return Message(en=", ".join(places), zh="、".join(places))(**numbered)


def _literal(text: str) -> str:
    """Markdown must not read anything into a path."""
    return "".join(f"\\{character}" if character in "\\`*_<>[]" else character for character in text)
