"""The values that the flags of `go build` accept, and go's words about others (go1.26.8)."""

from wslgo.knowledge.go_flags import BOOLEANS, CHOICES, OF_PACKAGES, REAL_SWITCHES
from wslgo.text.pattern import pattern

_QUOTES = "\"'"
# What strconv.Quote writes for these.
_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
}
NUMBER = pattern(r"[+-]?(?:0[xX][0-9A-Fa-f]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)")


def error_of_value(name: str, value: str, origin: str = "") -> str:
    """Return the reason of `go build` to reject the value of a flag, "" if it accepts it.

    `origin` is what go adds if the flag is not on the command line.
    """
    wrong = f"value {quoted(value)} for flag -{name}{origin}:"
    boolean = wrong if origin else f"value {quoted(value)} for -{name}:"
    if name in REAL_SWITCHES and value not in BOOLEANS:
        return f"invalid boolean {boolean} parse error"
    if name == "buildvcs" and value not in (*BOOLEANS, "auto", ""):
        return f"invalid boolean {boolean} value is neither 'auto' nor a valid bool"
    if name == "C":
        return f"invalid {wrong} -C flag must be first flag on command line"
    if name == "p":
        return _error_of_number(value, wrong)
    if name == "modfile" and value and not value.endswith(".mod"):
        return f"-modfile={value}: file does not have .mod extension"
    if name in OF_PACKAGES:
        problem = _error_for_packages(value.strip())
        return f"invalid {wrong} {problem}" if problem else ""
    choices = CHOICES.get(name)
    return "" if choices is None or value in choices.values else choices.words.format(value=value, wrong=wrong)


def _error_for_packages(value: str) -> str:
    """Return what is wrong with flags of another tool, perhaps with the packages that they are for."""
    if not value or value.startswith("-"):
        return ""
    place = value.find("=")
    if place < 0:
        return "missing =<value> in <pattern>=<value>"
    if place == 0:
        return "missing <pattern> in <pattern>=<value>"
    return f"parameter may not start with quote character {value[0]}" if value[0] in _QUOTES else ""


def _error_of_number(value: str, wrong: str) -> str:
    if not NUMBER.fullmatch(value):
        return f"invalid {wrong} parse error"
    is_positive = not value.startswith("-") and value.strip("+0xXbBoO") != ""
    return "" if is_positive else f"-p must be a positive integer: {value.lstrip('+')}"


def quoted(text: str) -> str:
    """Return a text in double quotes, as Go writes it (strconv.Quote)."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def tags_of(value: str) -> frozenset[str]:
    """Return the build tags in the value of `-tags`, which commas or spaces separate."""
    return frozenset(value.replace(",", " ").split())
