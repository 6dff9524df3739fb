"""Texts that an attacker writes into a file, a name or an answer, and the effects that they must not have."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

COMMAND = "command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D"

# Of each kind one; the pieces are tried with all.
TELLING = (
    "[a](command:x) ![a](https://evil.invalid/x.png) <img src=x> www.evil.invalid &lt; `",
    "# a\n\n[b](command:x)\x1b[31m\u202e",
    "``` $(warning) <a href='command:x'> me@evil.invalid",
)

MARKUP = (
    f"[Repair Go]({COMMAND})",
    f"[[Repair] Go]({COMMAND} 'now')",
    "[a](https://evil.invalid/x)",
    "![a](https://evil.invalid/x.png)",
    "[a](<https://evil.invalid/x y>)",
    "[a][b]",
    "[b]: https://evil.invalid",
    "<https://evil.invalid/x>",
    "<me@evil.invalid>",
    "https://evil.invalid/x",
    "x//evil.invalid/y //evil.invalid/x",
    "www.evil.invalid/x",
    "me@evil.invalid",
    "mailto:me@evil.invalid",
    "<img src='https://evil.invalid/x.png'>",
    "<a href='command:x'>a</a>",
    "</p><script>alert(1)</script>",
    "<!-- x",
    "&lt;b&gt; &#91;a&#93;(command:x) &amp;",
    "`[a](command:x)`",
    "``[a](command:x)",
    "a```b",
    "`",
    "**a** __b__ ~~c~~ *d* _e_",
    "a\\",
    "\\[a](command:x)",
    "# a",
    "- a",
    "+ a",
    "* a",
    "1. a",
    "2) a",
    "> a",
    "=====",
    "-----",
    "| a | b |",
    ":-- | --:",
    "~~~",
    "    a",
    "$\\href{https://evil.invalid}{a}$",
    "$(warning) $(sync~spin)",
    "x](command:y)",
    "[x",
)
OF_TERMINALS = (
    "a\nb",
    "a\r\n\r\n# b",
    "a\n\n[b](command:x)",
    "\x1b[31mred\x1b]8;;https://evil.invalid\x07a\x1b]8;;\x07",
    "\x9b31m",
    "\u202etxt.exe",
    "a\u0085# b",
    "a\u2028- b",
    "\u200b\ufeff\u2066",
    "\U000e0041\U000e007f",
    "\udcff",
)
OF_RUNNERS = ("##[command]x", "##[error]x ##[group]y", "::warning::x", "  ::set-output name=a::b", "::add-mask::a")
PAYLOADS = (*MARKUP, *OF_TERMINALS, *OF_RUNNERS)

# How VS Code finds links in notifications (base/common/linkedText.ts) and icons in labels (base/common/iconLabels.ts).
LINKED = re.compile(r"\[([^\]]+)\]\(((?:https?://|command:|file:)[^)\s]+)(?: ([\"'])(.+?)(\3))?\)", re.IGNORECASE)
ICON = re.compile(r"\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)")
# Characters that a terminal obeys or that are invisible; tabs and line ends come from wslgo itself.
OBEYED = re.compile(
    r"[^\t\n -~\u00a0-\U0010ffff]|[\u00ad\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
# Plain text that VS Code's own parser, marked, turns into a link.
BARE = re.compile(r"https?://|ftp://|www\.|[\w.+-]@[\w-]+\.\w", re.IGNORECASE)

_PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": True})
_PARSER.linkify.set({"fuzzy_link": False})  # type: ignore[union-attr] # as VS Code's preview does
_ACTIVE = {"link_open", "image", "html_inline", "html_block"}


def faults(markdown: str) -> list[str]:
    """Return the effects of a payload in Markdown, as a hover and a preview render it."""
    found = []
    for token in tokens(markdown):
        if token.type in _ACTIVE:
            found.append(f"{token.type}: {token.content or token.attrs}")
        if token.type == "text" and BARE.search(token.content):
            found.append(f"an address: {token.content}")
    return [*found, *OBEYED.findall(markdown)]


def tokens(markdown: str) -> Iterator[Token]:
    for token in _PARSER.parse(markdown):
        yield from (token, *(token.children or ()))


def blocks(markdown: str) -> list[str]:
    """Return the kinds of blocks, in their order."""
    return [token.type for token in _PARSER.parse(markdown) if token.type.endswith(("_open", "_block", "fence", "hr"))]


def seen(markdown: str) -> str:
    """Return the text that a reader sees, without spaces."""
    shown = (
        token.content for token in tokens(markdown) if token.type in ("text", "code_inline", "fence", "code_block")
    )
    return "".join("".join(shown).split())
