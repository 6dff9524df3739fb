"""The page of an editor about the settings: the table with links to the lines, and the findings at its values."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from wslgo.ci.comparison import Group, Row, Use
from wslgo.ci.words import MACHINE, PLAIN, is_of_machine, name_of, short_path, summary, use_name, value_of
from wslgo.linter.finding import Reported
from wslgo.text.markdown import bullets, code, concatenation, file_link, heading, literal, page, plain, table
from wslgo.text.message import Language, Markdown, Message, Text
from wslgo.text.span import Span

TITLE = Message(en="Go here and in CI", zh="本机与 CI 中的 Go")
HEAD = (
    Message(en="Setting", zh="设置"),
    Message(en="Value", zh="值"),
    Message(en="Where", zh="位置"),
)
DIFFERS = Message(en="≠ {value}", zh="≠ {value}")
FIX = Message(en="Fix: {title}", zh="修复：{title}")
NEXT = Message(en="Next: {step}", zh="下一步：{step}")
_MOST = 40  # places of one value

# Returns the absolute path and the line, from 1, of a place in a file; None if it is not in one.
Locate = Callable[[str, Span | None], tuple[str, int] | None]


def comparison_page(
    rows: Sequence[Row], found: Iterable[Reported], locate: Locate, language: Language = "en"
) -> Markdown:
    """Return the page of a table."""
    return page(_blocks(rows, tuple(found), locate, language))


def _blocks(rows: Sequence[Row], found: tuple[Reported, ...], locate: Locate, language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(TITLE(), language))
    yield plain(summary(rows), language)
    lines = [_line(row, number, group, locate, language) for row in rows for number, group in enumerate(row.groups)]
    yield table([[plain(head(), language) for head in HEAD], *lines])
    if found:
        yield bullets([_finding(reported, locate, language) for reported in found])


def _line(row: Row, number: int, group: Group, locate: Locate, language: Language) -> list[Markdown]:
    name = plain(name_of(row), language) if number == 0 else literal("")
    value = value_of(row.name, group)
    where = concatenation([_place(use, locate, language) for use in group.uses[:_MOST]], ", ")
    return [name, plain(DIFFERS(value=value) if group.differs else value, language), where]


def _place(use: Use, locate: Locate, language: Language) -> Markdown:
    if is_of_machine(use):
        words = plain(MACHINE(), language)
    else:
        path = short_path(use.place.path)
        parts = [plain(PLAIN(text=path), language)]
        words = concatenation([*parts, *([plain(use_name(use), language)] if use.place.name else [])], ": ")
    path, span = (use.value.path, use.value.span) if use.value.path else (use.place.path, use.place.span)
    return _linked(words, locate(path, span))


def _linked(words: Markdown, place: tuple[str, int] | None) -> Markdown:
    return words if place is None else file_link(words, *place)


def _finding(reported: Reported, locate: Locate, language: Language) -> Markdown:
    finding = reported.finding
    parts = [
        concatenation(
            (_linked(plain(finding.message, language), locate(reported.path, finding.span)), code(reported.rule)), " "
        )
    ]
    steps: list[Text] = [FIX(title=fix.title) for fix in finding.fixes]
    steps += [] if finding.fixes or finding.next is None else [NEXT(step=finding.next)]
    return concatenation([*parts, *(plain(step, language) for step in steps)], "  \n  ")
