"""Markdown of sentences and of text from outside: no link, image, HTML or block comes of what is not ours.

Text from outside becomes Markdown by `literal`, `code` and `fenced` alone. `page` and the blocks take only `Markdown`,
so a page cannot be made of anything else.
"""

import re
from collections.abc import Iterable

from wslgo.text.message import Language, Markdown, Text, redact, visible
from wslgo.text.pattern import pattern

_WORD = pattern(r"[^\s`，。；、（）]+")
# What VS Code (marked with GFM) or a preview (markdown-it) makes a link of without any markup.
_WEB = pattern(r"(?<!\w)//|www\.", re.IGNORECASE)
_MAIL = pattern(r"[\w.+-]@[\w-]+\.")
_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-")
_MARKS = pattern(r"[\\`*_<>\[\]|~$]|&(?=[#A-Za-z])")
# What begins a heading, a list or a table, or underlines a heading, where it stands first.
_FIRST = pattern(r"(?:[-+](?=[\s:|-]|\Z)|=+ *\Z|#{1,6}(?=\s|\Z)|:-|[0-9]{1,9}(?=[.)](?:\s|\Z)))")


def literal(text: str) -> Markdown:
    """Return text as Markdown shows it as it is; an address is a value and not a link, so it is shown as code."""
    text = visible(redact(text.replace("\n", " ")))
    body = text.lstrip(" ")
    pieces = ["\u00a0" * (len(text) - len(body))]  # four spaces would begin a block of code
    first = _FIRST.match(body)
    if first is not None:
        end = first.end()
        pieces.append(f"{body[:end]}\\{body[end]}" if body[0].isdigit() else f"\\{body[:end]}")
        body = body[end + body[0].isdigit() :]
    at = 0
    for word in _WORD.finditer(body):
        start = _linked_from(word[0])
        if start is not None:
            pieces += (_escaped(body[at : word.start() + start]), f"`{word[0][start:]}`")
            at = word.end()
    return Markdown("".join((*pieces, _escaped(body[at:]))))


def code(text: str) -> Markdown:
    """Return text as a span of code, whatever backticks it holds."""
    text = visible(redact(text))
    if not text:
        return Markdown("` `")
    if "`" not in text:
        return Markdown(f"` {text} `" if text[0] == text[-1] == " " and text.strip() else f"`{text}`")
    fence = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return Markdown(f"{fence} {text} {fence}")


def codes(texts: Iterable[str], separator: str = ", ") -> Markdown:
    """Return several spans of code."""
    return Markdown(separator.join(map(code, texts)))


def sentence(text: Text, language: Language) -> Markdown:
    """Return a text whose template is Markdown of ours; its arguments are shown as they are."""
    return Markdown(text.render(language, literal))


def plain(text: Text, language: Language) -> Markdown:
    """Return a text whose template is not Markdown either."""
    return literal(text.render(language))


# Blocks


def fenced(text: str, language: str) -> Markdown:
    """Return a block of code, whose fence is longer than any in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    lines = ("\t".join(map(visible, line.split("\t"))) for line in text.removesuffix("\n").split("\n"))
    return Markdown("\n".join((f"{fence}{language}", *lines, fence)))


def heading(level: int, *words: Markdown) -> Markdown:
    """Return a heading; its words are parted by spaces."""
    return Markdown(" ".join(("#" * level, *words)))


def bullets(lines: Iterable[Markdown], indent: str = "") -> Markdown:
    """Return a list."""
    return Markdown("\n".join(f"{indent}- {line}" for line in lines))


def quoted(words: Markdown) -> Markdown:
    """Return a quotation of one line."""
    return Markdown(f"> {words}")


def emphasized(words: Markdown) -> Markdown:
    """Return words in italics."""
    return Markdown(f"*{words}*")


def joined(parts: Iterable[Markdown], separator: str) -> Markdown:
    """Return several pieces of Markdown as one."""
    return Markdown(separator.join(parts))


def page(blocks: Iterable[Markdown]) -> Markdown:
    """Return the blocks with empty lines between them."""
    return Markdown("\n\n".join(blocks) + "\n")


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda found: f"\\{found[0]}", text)


def _linked_from(word: str) -> int | None:
    """Where that begins in a word of which an address would be made; None where none would."""
    colon = word.find("://")
    if colon < 0:
        return 0 if _WEB.search(word) or _MAIL.search(word) else None
    start = colon
    while start and word[start - 1] in _SCHEME:
        start -= 1
    before = word[:start]
    return 0 if _WEB.search(before) or _MAIL.search(before) else start
