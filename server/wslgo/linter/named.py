"""The names by which settings and policies call rules."""

from collections.abc import Iterable

EVERYTHING = "all"


def is_named(rule: str, names: Iterable[str]) -> bool:
    """Return whether one of the names means `rule`."""
    family, _, short = rule.partition("/")
    return any(name.strip().lower() in (rule, family, short, EVERYTHING) for name in names)
