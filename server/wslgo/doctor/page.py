"""The health page as Markdown, and its summary for a status item."""

from collections.abc import Iterator, Sequence

from wslgo.doctor.score import scores_of
from wslgo.doctor.score_words import TITLE, Row, advice, rows, taken, weights
from wslgo.doctor.status import Sign, StatusLine, sequence, status_of
from wslgo.doctor.wsl import news
from wslgo.linter.finding import Reported
from wslgo.machine.host import Host
from wslgo.text.markdown import bullets, concatenation, heading, plain, sentence
from wslgo.text.message import Language, Markdown, Message, Text, enumeration
from wslgo.text.typing import NamedTuple

SIGNS = {Sign.OK: "✓", Sign.ATTENTION: "⚠", Sign.NOTE: "ⓘ", Sign.UNKNOWN: "?", Sign.FACT: "·"}

_TITLE = Message(en="Health of this machine", zh="本机状况")
_UNASKED = Message(
    en="This workspace is not trusted, so wslgo does not inspect this machine", zh="此工作区不受信任，因此未检查本机"
)
_ROW = Message(en="{sign} **{name}**: {value}", zh="{sign} **{name}**：{value}")
_DIMENSION = Message(en="**{name}**: {value}", zh="**{name}**：{value}")
_FINDING = Message(en="{message} ({rule})", zh="{message}（{rule}）")
_NEXT = Message(en="→ {next}", zh="→ {next}")


class Health(NamedTuple):
    """The number of findings that need attention, and a sentence about them and about changes of the last start."""

    attention: int
    words: Text


def health(host: Host, findings: Sequence[Reported]) -> Health:
    """Return the summary in one sentence."""
    status = status_of(host, findings)
    applied = list(news(host))
    # A change that took effect needs no other words on a healthy machine.
    words = [] if applied and status.is_healthy else [status.summary_with_names()]
    return Health(len(status.urgent), sequence([*words, enumeration(applied)] if applied else words))


def markdown(
    host: Host | None, findings: Sequence[Reported] = (), language: Language = "en", *, uses_cuda: bool = False
) -> Markdown:
    """Return the page of a machine; None stands for a machine that was not inspected."""
    return concatenation(_lines(host, findings, language, uses_cuda), "\n")


def _lines(host: Host | None, findings: Sequence[Reported], language: Language, uses_cuda: bool) -> Iterator[Markdown]:
    nothing = Markdown()
    yield from (heading(1, plain(_TITLE(), language)), nothing)
    if host is None:
        yield from (plain(_UNASKED(), language), nothing)
        return
    yield plain(health(host, findings).words, language)
    status = status_of(host, findings)
    if status.offer is not None:
        yield from (nothing, plain(status.offer, language))
    for section in status.sections:
        yield from (nothing, heading(2, plain(section.title(), language)), nothing)
        for line in section.lines:
            yield from _row(line, language)
    scores = scores_of(host, status, uses_cuda=uses_cuda)
    yield from (nothing, heading(2, plain(TITLE(), language)), nothing)
    for row in rows(scores):
        yield from _score(row, language)
    yield from (nothing, plain(weights(), language))
    if (found := advice(scores)) is not None:
        yield from (nothing, plain(found.words, language))
    yield nothing


def _score(row: Row, language: Language) -> Iterator[Markdown]:
    shown = _DIMENSION(name=plain(row.name, language), value=plain(row.value, language))
    yield bullets([sentence(shown, language)])
    for lost in row.lost:
        yield bullets([plain(taken(lost), language)], indent="  ")


def _row(line: StatusLine, language: Language) -> Iterator[Markdown]:
    row = _ROW(sign=SIGNS[line.sign], name=plain(line.fact.name, language), value=plain(line.fact.value, language))
    yield bullets([sentence(row, language)])
    for reported in line.findings:
        finding = _FINDING(message=plain(reported.finding.message, language), rule=reported.rule)
        yield bullets([sentence(finding, language)], indent="  ")
        if reported.finding.next is not None:
            yield bullets([sentence(_NEXT(next=plain(reported.finding.next, language)), language)], indent="    ")
