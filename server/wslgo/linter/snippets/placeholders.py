"""Places of an example that a reader has to fill in."""

from wslgo.text.pattern import pattern

_PLACEHOLDER = pattern(
    r"<[A-Za-z一-龥][^<>=\n]{0,60}>|\.\.\.|…|\bYOUR[_A-Z]|\byour[-_. ]|\bxxx+\b|\bXXX+|\{\{|\$\{\{|/path/to/|你的|您的"
    r"|\bN(?:GB|MB)\b"
    r"|=[ \t]{0,99}[\w.]{1,40}(?:[ \t]{0,99}\|[ \t]{0,99}[\w.]{1,40}){1,9}[ \t]{0,99}\Z"
    r"|\b(?:user(?:name)?|login):(?:pass(?:word)?|secret|token)@",
)
_ONLY = pattern(r"(?:(?:#|//|;)[ \t]*)?(?:…|\[\.\.\.\]|<[^<>\n]+>|⋮|\.{3,6})[ \t]*,?")


def has_placeholder(line: str) -> bool:
    """Return whether a line has something to fill in."""
    return _PLACEHOLDER.search(line) is not None


def is_placeholder(line: str) -> bool:
    """Return whether a line stands for others that are left out."""
    return _ONLY.fullmatch(line.strip()) is not None
