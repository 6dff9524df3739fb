"""Words that people write for true and false where WSL accepts only these two."""

MEANT_TRUE = frozenset(("true", "yes", "on", "y", "t", "enable", "enabled", "ture", "treu", "1"))
MEANT_FALSE = frozenset(("false", "no", "off", "n", "f", "disable", "disabled", "flase", "fasle", "0"))

_PUNCTUATION = " \t;,.'`’‘“”。；，"


def meant_boolean(value: str) -> str:
    """Return `true` or `false`, the one that a value can only mean, else ""."""
    word = value.strip(_PUNCTUATION).lower()
    return "true" if word in MEANT_TRUE else "false" if word in MEANT_FALSE else ""
