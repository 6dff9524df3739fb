"""Module paths and versions as module proxies and the module cache write them (x/mod/module, EscapePath)."""

from wslgo.text.pattern import pattern

_CAPITAL = pattern(r"[A-Z]")
_ESCAPED = pattern(r"!([a-z])")


def escaped(text: str) -> str:
    """Return a path or a version as file systems without capitals need it: `!a` for `A`."""
    return _CAPITAL.sub(lambda found: f"!{found[0].lower()}", text)


def unescaped(text: str) -> str:
    """Return a path or a version as it is called."""
    return _ESCAPED.sub(lambda found: found[1].upper(), text)
