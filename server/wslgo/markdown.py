"""Text that Markdown must show as it is."""

import re

from wslgo.pattern import pattern

_MARKED = pattern(r"(?P<address>[A-Za-z][A-Za-z0-9+.-]*://[^\s`，。；、（）]+)|[\\`*_<>\[\]]")


def literal(text: str) -> str:
    """Markdown must not read anything into a path; an address is a value and no link, so it is shown as code."""
    return _MARKED.sub(lambda found: f"`{found[0]}`" if found["address"] else f"\\{found[0]}", text)


def fenced(text: str, language: str) -> str:
    """A block of code, whose fence is longer than any in it."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text.removesuffix(chr(10))}\n{fence}"
