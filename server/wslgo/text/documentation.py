"""Documentation in two languages: an English docstring, and its Chinese paragraphs in `zh.md` of the same folder.

Headings are translated by a table, and fences are the same in both languages. Each entry of `zh.md` has a digest of the
English paragraphs, by which a test sees that they changed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

CHINESE = "zh.md"

_BLOCK = re.compile(r"^```.*?^```$|^[^\n]+(?:\n(?!```)[^\n]+)*", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^## (\S+) <!-- (\w+) -->$", re.MULTILINE)


def blocks_of(text: str) -> list[str]:
    """Return the headings, paragraphs and fences of a text, in order."""
    return _BLOCK.findall(text)


def translated(
    english: str, chinese: Iterable[str], headings: Mapping[str, str], is_prose: Callable[[str], bool]
) -> str | None:
    """Return a text with Chinese paragraphs in place of the English ones; None if their number differs."""
    blocks, paragraphs = blocks_of(english), tuple(chinese)
    if len(paragraphs) != sum(map(is_prose, blocks)):
        return None
    left = iter(paragraphs)
    return "\n\n".join(next(left) if is_prose(block) else headings.get(block, block) for block in blocks)


@cache
def chinese_paragraphs(package: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the Chinese paragraphs of the modules of a package, each with the digest of the English ones."""
    from pkgutil import get_data  # imports `inspect`: 4 ms that only Chinese has to pay

    try:
        text = get_data(package, CHINESE) or b""
    except OSError:
        return {}
    _, *entries = _ENTRY.split(text.decode())
    names, digests, bodies = entries[::3], entries[1::3], entries[2::3]
    return {name: (digest, tuple(blocks_of(body))) for name, digest, body in zip(names, digests, bodies, strict=True)}
