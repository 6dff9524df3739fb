"""Tables of settings and their values as the files that have them."""

from collections.abc import Iterator, Sequence

from wslgo.knowledge.go_variable_names import KNOWN
from wslgo.knowledge.wsl_key import Key
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.snippets import refuted
from wslgo.linter.snippets.description import Surroundings
from wslgo.linter.snippets.file_names import paths_in
from wslgo.syntax.excerpt import Excerpt
from wslgo.syntax.family import WSLCONF, WSLCONFIG
from wslgo.syntax.markdown import Table
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple

_GO = ".config/go/env"
_DIALECTS = {".wslconfig": WSLCONFIG, "etc/wsl.conf": WSLCONF}
_PATHS = {dialect: path for path, dialect in _DIALECTS.items()}
_VALUES = pattern(
    r"\b(?:values?|setting|set\s{1,99}to|recommend\w{0,40}|example|we\s{1,99}use|our|content|should\s{1,99}be)\b|值|推荐|建议|示例|内容|设为|配置",
    2,
)
_NO_VALUES = pattern(
    r"\b(?:default|type|mean\w{0,40}|descri\w{0,40}|notes?|comment|why|effect|allowed|possible|since|purpose|what|wrong|bad|before|old|not)\b"
    r"|默认|类型|说明|含义|描述|备注|作用|可选|可用|范围|错误|原因",
    2,
)
_KEY = pattern(r"(?:\[([A-Za-z0-9]{1,40})\][ \t]{0,99}|([A-Za-z0-9]{1,40})\.)?([A-Za-z][A-Za-z0-9_]{0,60})\Z")
_ABOUT_WSL = pattern(r"\bwsl(?:2|conf\w{0,40}|\.conf)?\b|\.wslconfig", 2)
# The type of a value instead of one, as in Microsoft's tables.
_TYPES = frozenset(
    [
        "size",
        "number",
        "path",
        "string",
        "boolean",
        "bool",
        "int",
        "integer",
        "uint",
        "enum",
        "list",
        "mac",
        "uri",
        "url",
        "text",
        "ports",
        "port",
        "n",
    ]
)
_LISTS = pattern(r"[/|]|\bor\b|、|或|～|~\d|\d\s{0,99}-\s{0,99}\d", 2)


class _Setting(NamedTuple):
    """A row: the name and the value without the marks of code around them."""

    name: Span
    value: Span
    is_code: bool


def settings_tables(table: Table, whole: Lines, around: Surroundings) -> Iterator[tuple[str, Excerpt]]:
    """Yield the files with the settings of a table."""
    rows = list(_settings(table, whole))
    if any(whole.text[slice(*row.value)].lower() in _TYPES for row in rows):
        return
    go = [row for row in rows if whole.text[slice(*row.name)] in KNOWN]
    if go:
        excerpt = Excerpt(whole)
        for row in go:
            excerpt.add(row.name).add_own("=").add(row.value).add_own("\n")
        yield _GO, excerpt
    head = " ".join(whole.text[slice(*cell)] for cell in table.head)
    words = (around.before, head, *reversed(around.headings))
    if any(map(_ABOUT_WSL.search, words)):
        dialect = next((_DIALECTS[path] for text in words for path in paths_in(text) if path in _DIALECTS), "")
        yield from _of_wsl([row for row in rows if row not in go], dialect, whole)


def _settings(table: Table, whole: Lines) -> Iterator[_Setting]:
    heads = [whole.text[slice(*cell)] for cell in table.head]
    column = next(
        (
            number
            for number, head in enumerate(heads)
            if number and _VALUES.search(head) and not _NO_VALUES.search(head)
        ),
        0,
    )
    is_sure = column > 0
    if not is_sure:
        if len(heads) != len(("setting", "value")) or any(map(_NO_VALUES.search, heads)):
            return
        column = 1
    if refuted.is_about_mistakes(heads[column]) or refuted.is_about_mistakes(heads[0]):
        return
    for cells in table.rows:
        line = whole.text[slice(*whole.span(whole.line_of(cells[0].start)))] if cells else ""
        if len(cells) <= column or refuted.is_bad_example(line):
            continue
        name, value = _code(cells[0], whole), _code(cells[column], whole)
        is_code = value != cells[column]
        text = whole.text[slice(*value)]
        if (
            text
            and "`" not in text
            and (is_code or not any(map(str.isspace, text)))
            and (is_sure or is_code or len(text) < 80)
        ):
            yield _Setting(name, value, is_code)


def _code(cell: Span, whole: Lines) -> Span:
    """Return what is between the marks of code of a cell, or the cell."""
    start, end = cell
    while end - start > 1 and whole.text[start] in "`*" and whole.text[end - 1] == whole.text[start]:
        start, end = start + 1, end - 1
    return Span(start, end)


def _of_wsl(rows: Sequence[_Setting], dialect: str, whole: Lines) -> Iterator[tuple[str, Excerpt]]:
    excerpts: dict[str, Excerpt] = {}
    found = [(row, *known) for row in rows if (known := _known(whole.text[slice(*row.name)], dialect))]
    for row, of, key in sorted(found, key=lambda item: (item[1], item[2].section)):
        text = whole.text[slice(*row.value)]
        if _LISTS.search(text) and not row.is_code:
            continue
        name = whole.text[slice(*row.name)]
        start = row.name.end - len(_KEY.match(name)[3])  # type: ignore[index]
        excerpt = excerpts.setdefault(of, Excerpt(whole))
        excerpt.add_own(f"[{key.section}]\n").add(Span(start, row.name.end)).add_own("=").add(row.value).add_own("\n")
    for of, excerpt in excerpts.items():
        yield _PATHS[of], excerpt


def _known(name: str, dialect: str) -> tuple[str, Key] | None:
    """Return the one key with this name, and the file that it belongs to."""
    match = _KEY.match(name)
    if match is None:
        return None
    section = (match[1] or match[2] or "").lower()
    found = [
        (of, key)
        for of in ((dialect,) if dialect else (WSLCONFIG, WSLCONF))
        for key in KEYS[of]
        if key.name.lower() == match[3].lower() and section in ("", key.section.lower())
    ]
    return found[0] if len(found) == 1 else None
