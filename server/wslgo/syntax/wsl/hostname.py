"""Host names as WSL rewrites them (microsoft/WSL, CleanHostname of src/shared/inc/stringshared.h, 2026-08)."""

LONGEST = 64
EMPTY = "localhost"

_LETTERS_AND_DIGITS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def wsl_hostname(name: str) -> str:
    """Return a name with letters, digits, single hyphens and at most one dot, neither at the ends, or `localhost`."""
    kept = ""
    for character in name:
        if len(kept) == LONGEST:
            break
        if character in _LETTERS_AND_DIGITS or (character in ".-" and _may_follow(character, kept)):
            kept += character
    return kept.rstrip(".-") or EMPTY


def _may_follow(sign: str, kept: str) -> bool:
    if not kept or kept.endswith("-"):
        return False
    return "." not in kept if sign == "." else not kept.endswith(".")
