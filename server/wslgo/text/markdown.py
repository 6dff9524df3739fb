"""Markdown of our sentences and of foreign text, which never becomes a link, an image, HTML or a block.

Foreign text becomes Markdown only through `literal`, `code` and `code_block`. `page` and the blocks accept only
`Markdown`, so a page cannot contain anything else.
"""

import re
from collections.abc import Iterable, Sequence

from wslgo.text.message import Language, Markdown, Text, redact, visible
from wslgo.text.pattern import pattern

_WORD = pattern(r"[^\s`，。；、（）]+")
# VS Code (marked with GFM) and previews (markdown-it) turn this into a link without any markup.
_WEB = pattern(r"(?<!\w)//|www\.", re.IGNORECASE)
_MAIL = pattern(r"[\w.+-]@[\w-]+\.")
_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-")
_MARKS = pattern(r"[\\`*_<>\[\]|~$]|&(?=[#A-Za-z])")
# At the start of a line this begins a heading, a list or a table, or underlines a heading.
_FIRST = pattern(r"(?:[-+](?=[\s:|-]|\Z)|=+ *\Z|#{1,6}(?=\s|\Z)|:-|[0-9]{1,9}(?=[.)](?:\s|\Z)))")

_FREE_PIPE = pattern(r"(?<!\\)\|")
# All others are spelled as bytes in the target of an image.
_FILE_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")

_PATH = _FILE_NAME | {"/"}


def literal(text: str) -> Markdown:
    """Return Markdown that shows `text` unchanged; an address becomes code, because it is a value and not a link."""
    text = visible(redact(text.replace("\n", " ")))
    body = text.lstrip(" ")
    pieces = ["\u00a0" * (len(text) - len(body))]  # four spaces would begin a code block
    first = _FIRST.match(body)
    if first is not None:
        end = first.end()
        pieces.append(f"{body[:end]}\\{body[end]}" if body[0].isdigit() else f"\\{body[:end]}")
        body = body[end + body[0].isdigit() :]
    at = 0
    for word in _WORD.finditer(body):
        start = _linked_from(word[0])
        if start is not None:
            pieces += (_with_escapes(body[at : word.start() + start]), f"`{word[0][start:]}`")
            at = word.end()
    return Markdown("".join((*pieces, _with_escapes(body[at:]))))


def code(text: str) -> Markdown:
    """Return text as inline code, whatever backticks it contains."""
    text = visible(redact(text))
    if not text:
        return Markdown("` `")
    if "`" not in text:
        return Markdown(f"` {text} `" if text[0] == text[-1] == " " and text.strip() else f"`{text}`")
    fence = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return Markdown(f"{fence} {text} {fence}")


def codes(texts: Iterable[str], separator: str = ", ") -> Markdown:
    """Return several texts as inline code."""
    return Markdown(separator.join(map(code, texts)))


def sentence(text: Text, language: Language) -> Markdown:
    """Return a text whose template is Markdown; its arguments are shown unchanged."""
    return Markdown(text.render(language, literal))


def plain(text: Text, language: Language) -> Markdown:
    """Return a text whose template is not Markdown, shown unchanged."""
    return literal(text.render(language))


# Blocks


def code_block(text: str, language: str) -> Markdown:
    """Return a code block with a fence longer than any inside it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    lines = ("\t".join(map(visible, line.split("\t"))) for line in text.removesuffix("\n").split("\n"))
    return Markdown("\n".join((f"{fence}{language}", *lines, fence)))


def heading(level: int, *words: Markdown) -> Markdown:
    """Return a heading; a space separates its words."""
    return Markdown(" ".join(("#" * level, *words)))


def bullets(lines: Iterable[Markdown], indent: str = "") -> Markdown:
    """Return a bullet list."""
    return Markdown("\n".join(f"{indent}- {line}" for line in lines))


def block_quote(words: Markdown) -> Markdown:
    """Return a block quote of one line."""
    return Markdown(f"> {words}")


def table_cell(words: str) -> Markdown:
    """Return our own Markdown as a cell of a table."""
    return Markdown(" ".join(words.split()).replace("|", "\\|"))


def table(rows: Sequence[Sequence[Markdown]]) -> Markdown:
    """Return a table; the first row has the titles."""
    cells = [[_FREE_PIPE.sub(r"\\|", cell) for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return Markdown("\n".join((lines[0], f"|{'---|' * len(rows[0])}", *lines[1:])))


def image(words: Markdown, name: str) -> Markdown:
    """Return an image from the folder of the page; its name may have any characters."""
    kept = "".join(chr(byte) if chr(byte) in _FILE_NAME else f"%{byte:02X}" for byte in name.encode("utf-8", "replace"))
    return Markdown(f"![{words}](./{kept})")


def file_link(words: Markdown, path: str, line: int) -> Markdown:
    """Return a link to a line of a file, by its absolute path; a preview opens it in the editor."""
    kept = "".join(chr(byte) if chr(byte) in _PATH else f"%{byte:02X}" for byte in path.encode("utf-8", "replace"))
    return Markdown(f"[{words}](file://{kept}#L{line})")


def command_link(words: Markdown, command: str, name: str) -> Markdown:
    """Return a link that runs a command of the client with our own name: letters, digits, `-` and `/`."""
    return Markdown(f"[{words}](command:{command}?%5B%22{name}%22%5D)")


def emphasis(words: Markdown) -> Markdown:
    """Return words in italics."""
    return Markdown(f"*{words}*")


def concatenation(parts: Iterable[Markdown], separator: str) -> Markdown:
    """Return pieces of Markdown with `separator` between them."""
    return Markdown(separator.join(parts))


def page(blocks: Iterable[Markdown]) -> Markdown:
    """Return the blocks with empty lines between them."""
    return Markdown("\n\n".join(blocks) + "\n")


def _with_escapes(text: str) -> str:
    return _MARKS.sub(lambda found: f"\\{found[0]}", text)


def _linked_from(word: str) -> int | None:
    """Return where the address in a word begins that a viewer would turn into a link, None without one."""
    colon = word.find("://")
    if colon < 0:
        return 0 if _WEB.search(word) or _MAIL.search(word) else None
    start = colon
    while start and word[start - 1] in _SCHEME:
        start -= 1
    before = word[:start]
    return 0 if _WEB.search(before) or _MAIL.search(before) else start
