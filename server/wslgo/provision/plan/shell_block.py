"""A block of wslgo in a shell file, between two marker lines: inserted, replaced in its place, and removed.

Debian's `.bashrc` returns early in shells that are not interactive, so a block for all shells is put above that guard.
"""

import re
from typing import NamedTuple

from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import WriteFile
from wslgo.syntax.shell.search_path import GUARD
from wslgo.text.source import BOM, UTF8, Source, decode


class Block(NamedTuple):
    """The name in the two marker lines, and the lines between them."""

    name: str
    lines: str = ""

    @property
    def begin(self) -> str:
        return f"# >>> wslgo: {self.name} >>>"

    @property
    def end(self) -> str:
        return f"# <<< wslgo: {self.name} <<<"

    @property
    def text(self) -> str:
        return f"{self.begin}\n{self.lines}{self.end}\n"

    def match_in(self, text: str) -> re.Match[str] | None:
        """Return the block of this name, whatever its lines."""
        pattern = rf"^{re.escape(self.begin)}\r?\n.*?^{re.escape(self.end)}\r?(?:\n|\Z)"
        return re.search(pattern, text, re.MULTILINE | re.DOTALL)


def write_of(facts: Facts, path: str, block: Block, *, is_last: bool = False) -> WriteFile | None:
    """Return the action that gives a file the block; None if it has it. `is_last`: it needs what the file sets."""
    before = facts.data(path)
    source = decode(before or b"")
    if source.encoding != UTF8:  # no shell can read the file, so it could not read the block
        return None
    after = Source(with_block(source.text, block, is_last=is_last), source.encoding, source.tail).encode()
    return None if after == before else WriteFile(path, before, after)


def with_block(text: str, block: Block, *, is_last: bool = False) -> str:
    """Return the text with the block: in the place of an older one, else above the guard, else at its end.

    Its lines end with a line feed even if those of the file do not: a shell takes `esac\\r` for a word.
    """
    old = block.match_in(text)
    if old is not None:
        return text[: old.start()] + block.text + text[old.end() :]
    guard = None if is_last else GUARD.search(text)
    if guard is None:
        separator = "" if not text or text == BOM else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{separator}{block.text}"
    at = _above_comment(text, guard.start())
    return f"{text[:at]}{block.text}\n{text[at:]}"


def without_block(text: str, block: Block) -> str:
    """Return the rest of the text."""
    old = block.match_in(text)
    return text if old is None else text[: old.start()] + text[old.end() :]


def _above_comment(text: str, at: int) -> int:
    """Return the start of the comment right above a line, which belongs to that line."""
    while at > 0:
        above = text.rfind("\n", 0, at - 1) + 1
        if not text[above:at].startswith("#"):
            break
        at = above
    return max(at, len(BOM) if text.startswith(BOM) else 0)
