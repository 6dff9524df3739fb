"""Our own documentation, which is Markdown, as lines for a terminal."""

import re
from collections.abc import Iterator

from wslgo.cli.call import Call
from wslgo.cli.output.wrapped import wrapped
from wslgo.text.message import Message, enumeration
from wslgo.text.typing import Any

# Columns of a Chinese paragraph, which is one line of Markdown; English ones have their lines.
WIDTH = 100

# What a fence says of its file, beside the path.
ABOUT = {
    "bom": Message(en="with a byte order mark", zh="带字节顺序标记"),
    "crlf": Message(en="with CRLF line ends", zh="CRLF 行尾"),
    "utf16": Message(en="in UTF-16", zh="UTF-16 编码"),
    "utf16be": Message(en="in big-endian UTF-16", zh="大端 UTF-16 编码"),
    "no-newline": Message(en="without a line end at the end", zh="末尾没有换行"),
    "host": Message(en="on the machine", zh="在此机器上"),
    "escapes": Message(en="with escapes such as \\r for what cannot be seen", zh="不可见字符写作 \\r 之类的转义"),
}

_FENCE = re.compile(r"```\w*([^\n]*)\n(.*?)```", re.DOTALL)


def lines_of(text: str, call: Call[Any]) -> Iterator[str]:
    """Yield the lines of a documentation: headings in bold, files and commands indented."""
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _prose(text[at : fence.start()], call)
        yield from _file(fence[1].split(), fence[2], call)
        at = fence.end()
    yield from _prose(text[at:], call)


def _prose(text: str, call: Call[Any]) -> Iterator[str]:
    for line in text.strip("\n").split("\n") if text.strip() else ():
        shown = line.removeprefix("## ").replace("`", "")
        if line.startswith("## "):
            yield call.paint("bold", shown)
        else:
            # A source is in English on every page.
            yield from (shown,) if call.language == "en" or shown.isascii() else wrapped(shown, WIDTH)
    if text.strip():
        yield ""


def _file(words: list[str], text: str, call: Call[Any]) -> Iterator[str]:
    """Yield a fence, indented, under a line that describes it."""
    paths = [word.removeprefix("path=") for word in words if word.startswith("path=")]
    about = enumeration([*paths, *(ABOUT[word] for word in words if word in ABOUT)])
    if about.arguments[0][1]:
        yield call.paint("hint", f"    {call.rendered(about)}:")
    yield from (f"    {line}".rstrip() for line in text.removesuffix("\n").split("\n"))
    yield ""
