"""A range of versions of Go, as `setup-go` reads it (semver for npm): the newest series or release that it admits."""

from wslgo.text.pattern import pattern

_EXACT = pattern(r"[v=]?(1\.(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3}))?)")
_SERIES = pattern(r"[v=]?(1\.(?:0|[1-9]\d{0,3}))\.[xX*]")
_TILDE = pattern(r"~>?[ ]?v?(1\.(?:0|[1-9]\d{0,3}))(?:\.(?:[xX*]|\d{1,4}))?")
_BELOW = pattern(r"(?:[>^]=?[ ]?v?1\.[\d.]+[ ]+)?<(=?)[ ]?v?1\.([1-9]\d{0,3})(?:\.[xX0])?")


def newest_of(written: str) -> str:
    """Return the newest release `1.N.P` or series `1.N` that a range admits; "" if that has no bound, or is unknown."""
    found = _EXACT.fullmatch(written) or _SERIES.fullmatch(written) or _TILDE.fullmatch(written)
    if found is not None:
        return found[1]
    below = _BELOW.fullmatch(written)
    if below is None or (below[1] and written.endswith(".0")):
        return ""
    return f"1.{int(below[2]) - (not below[1])}"
