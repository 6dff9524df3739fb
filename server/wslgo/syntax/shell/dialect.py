"""Differences between sh, bash and zsh on one side and fish on the other: quotes and block words."""

import re

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple


class Dialect(NamedTuple):
    """The quotes and words of a shell.

    `bare` matches letters without a meaning, `single` the text in single quotes and the closing quote. `openers` and
    `closers` begin and end blocks; after `transparent` words and `joiners` a command follows; the words after `headers`
    are not a command.
    """

    is_fish: bool
    bare: re.Pattern[str]
    single: re.Pattern[str]
    openers: frozenset[str]
    closers: frozenset[str]
    transparent: frozenset[str]
    headers: frozenset[str]
    joiners: frozenset[str] = frozenset()

    def is_keyword(self, word: str) -> bool:
        """Return whether a word in front of a command is a keyword."""
        return any(word in words for words in (self.openers, self.closers, self.transparent, self.joiners))


# What sh, bash and zsh have in common.
SH = Dialect(
    is_fish=False,
    bare=pattern(r"[^ \t\n'\"\\$`;&|<>()]+"),
    single=pattern(r"'([^']*)('?)"),
    openers=frozenset(("if", "do", "case", "{")),
    closers=frozenset(("fi", "done", "esac", "}")),
    transparent=frozenset(("then", "else", "elif", "while", "until", "!", "time")),
    headers=frozenset(("for", "select", "function", "case")),
)

# Parentheses run commands, blocks end with `end`, backticks are letters; after `and` and `or` a command may not run.
FISH = Dialect(
    is_fish=True,
    bare=pattern(r"[^ \t\n'\"\\$;&|<>()]+"),
    single=pattern(r"'((?:[^'\\]|\\[\s\S])*)('?)"),
    openers=frozenset(("if", "while", "for", "switch", "function", "begin")),
    closers=frozenset(("end",)),
    transparent=frozenset(("else", "not")),
    headers=frozenset(("for", "switch", "function", "case")),
    joiners=frozenset(("and", "or")),
)
