"""GOVCS as the go command reads it (cmd/go/internal/vcs/vcs.go, go1.26.8)."""

from wslgo.syntax.go.string_literal import quote

_RELATIVE = ("./", "../")


def error_of(value: str) -> str:
    """Return the go command's error for a value, "" without one."""
    seen: dict[str, str] = {}
    items = value.split(",") if value.strip() else []
    return next((problem for item in items if (problem := _problem(item.strip(), seen))), "")


def _problem(item: str, seen: dict[str, str]) -> str:
    pattern, colon, names = (part.strip() for part in item.partition(":"))
    if not item:
        return "empty entry in GOVCS"
    if not colon:
        return f"malformed entry in GOVCS (missing colon): {quote(item)}"
    if not pattern:
        return f"empty pattern in GOVCS: {quote(item)}"
    if not names:
        return f"empty VCS list in GOVCS: {quote(item)}"
    if pattern.startswith(_RELATIVE) or pattern in (".", ".."):
        return f"relative pattern not allowed in GOVCS: {quote(pattern)}"
    if pattern in seen:
        return f"unreachable pattern in GOVCS: {quote(item)} after {quote(seen[pattern])}"
    seen[pattern] = item
    return "" if all(name.strip() for name in names.split("|")) else f"empty VCS name in GOVCS: {quote(item)}"
