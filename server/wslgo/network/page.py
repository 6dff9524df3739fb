"""The page of an editor about the network: what go gets, each server, findings, and the drill."""

from collections.abc import Iterable, Iterator, Sequence

from wslgo.linter.finding import Reported
from wslgo.machine.host import Host
from wslgo.network.drill.replay import Trial
from wslgo.network.drill.report import by_entry, leaks, summary
from wslgo.network.report import Row, rows, verdict
from wslgo.text.markdown import bullets, code, concatenation, heading, literal, page, plain, table
from wslgo.text.message import Language, Markdown, Message, Text

TITLE = Message(en="The network, as go sees it", zh="go 所见的网络")
DRILL = Message(en="Drill of GOPROXY", zh="GOPROXY 演练")
HEAD = (
    Message(en="Server", zh="服务器"),
    Message(en="For", zh="用途"),
    Message(en="Outcome", zh="结果"),
    Message(en="Status", zh="状态码"),
    Message(en="Time", zh="用时"),
    Message(en="What go does", zh="go 的行为"),
)
HEAD_OF_DRILL = (
    Message(en="It ...", zh="情形"),
    Message(en="Time", zh="用时"),
    Message(en="What go does", zh="go 的行为"),
)
NEXT = Message(en="Next: {step}", zh="下一步：{step}")
_MODULE = "github.com/google/uuid"


def network_page(
    host: Host, found: Iterable[Reported], trials: Sequence[Trial] | None, language: Language = "en"
) -> Markdown:
    """Return the page of a machine whose servers were asked; `trials` are those of the drill, None without one."""
    return page((*_answers(host, found, language), *(() if trials is None else _drill(host, trials, language))))


def _answers(host: Host, found: Iterable[Reported], language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(TITLE(), language))
    yield plain(verdict(host, _MODULE), language)
    printed = [[code(row.url), *_cells(_texts(row), language)] for row in rows(host)]
    if printed:
        yield table([_cells((head() for head in HEAD), language), *printed])
    findings = [_finding(reported, language) for reported in found]
    if findings:
        yield bullets(findings)


def _finding(reported: Reported, language: Language) -> Markdown:
    parts = [concatenation((plain(reported.finding.message, language), code(reported.rule)), " ")]
    if reported.finding.next is not None:
        parts.append(plain(NEXT(step=reported.finding.next), language))
    return concatenation(parts, "  \n  ")


def _drill(host: Host, trials: Sequence[Trial], language: Language) -> Iterator[Markdown]:
    yield heading(2, plain(DRILL(), language))
    version = (host.go.version or "") if host.go else ""
    for text in (*summary(trials, f"go {version}".rstrip()), *leaks(trials, host.go_values().get("GOPRIVATE", ""))):
        yield plain(text, language)
    for title, ways in by_entry(trials):
        yield plain(title, language)
        printed = [_cells((row.failure, row.seconds, row.action), language) for row in ways]
        yield table([_cells((head() for head in HEAD_OF_DRILL), language), *printed])


def _texts(row: Row) -> tuple[Text | str, ...]:
    return row.use, row.outcome, row.status, row.seconds, row.action


def _cells(texts: Iterable[Text | str], language: Language) -> list[Markdown]:
    return [literal(text) if isinstance(text, str) else plain(text, language) for text in texts]
