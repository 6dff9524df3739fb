"""The patterns of GOPRIVATE, GONOPROXY, GONOSUMDB and GOINSECURE as go matches them (x/mod/module.MatchPrefixPatterns).

A comma separates them, and nothing is trimmed. A pattern is compared with as many elements of a module path as it has
itself; `*` does not cross a slash. What is malformed never matches, and go reports nothing.
"""

from collections.abc import Iterator
from enum import Enum
from fnmatch import fnmatchcase

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Fault(Enum):
    """The reason why a pattern matches no module path."""

    SPACE = "space"
    SCHEME = "scheme"
    PORT = "port"
    CAPITAL = "capital"
    SLASH = "slash"
    BRACKET = "bracket"
    CHARACTER = "character"
    WORD = "word"


class ModulePattern(NamedTuple):
    """A pattern; `meant` is the one that its author must have had in mind, "" if that is not clear."""

    text: str
    span: Span
    fault: Fault | None = None
    meant: str = ""


_SCHEME = pattern(r"(?:https?|ssh|git|git\+ssh)://(?:[^/@]*@)?|git@(?=[^/]*:)")
_PORT = pattern(r":[0-9]+(?=/|\Z)")
_SEPARATOR = pattern(r"[;\s]+")
# Module paths have only these; `*?[]\^` are of the pattern (module.CheckPath, path.Match).
_CHARACTERS = pattern(r"[A-Za-z0-9._~/*?\[\]\\^-]*")
_CAPITAL = pattern(r"[A-Z]")
_META = pattern(r"[*?\[\\]")
_MOST = 300  # patterns: no value has more, and each is looked at several times


def parse(value: str) -> Iterator[ModulePattern]:
    """Yield the patterns of a value that are not empty."""
    start = 0
    for text in value.split(",", _MOST):
        if text:
            fault = fault_of(text)
            meant = corrected(text) if fault is not None else ""
            yield ModulePattern(text, Span(start, start + len(text)), fault, meant)
        start += len(text) + 1


def fault_of(text: str) -> Fault | None:
    """Return why a pattern matches no module path; None if it can match one."""
    if _SEPARATOR.search(text):
        return Fault.SPACE
    if _SCHEME.match(text):
        return Fault.SCHEME
    if _PORT.search(text):
        return Fault.PORT
    if not _CHARACTERS.fullmatch(text):
        return Fault.CHARACTER
    # One slash at the end is removed.
    bare = text.removesuffix("/")
    if not bare or bare.startswith("/") or bare.endswith("/") or "//" in bare:
        return Fault.SLASH
    host = bare.partition("/")[0]
    if not is_well_formed(bare):
        return Fault.BRACKET
    if not _META.search(host):
        # The first element is a host: lower case, with a dot.
        return Fault.CAPITAL if _CAPITAL.search(host) else Fault.WORD if "." not in host else None
    return Fault.CAPITAL if "[" not in host and "\\" not in host and _CAPITAL.search(host) else None


def is_well_formed(text: str) -> bool:
    """Return whether each `[` is closed and each backslash escapes something (path.Match)."""
    at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            if at == len(text) or text[at] == "/":
                return False
        elif text[at] == "[":
            end = text.find("]", at + 2)
            inner = text[at + 1 : end]
            if end < 0 or "/" in inner or inner.endswith("-") or inner.startswith("-"):
                return False
            at = end
        at += 1
    return True


def corrected(text: str) -> str:
    """Return the patterns that a text must mean, with commas; "" if that is not clear."""
    parts = [_corrected_part(part) for part in _SEPARATOR.split(text) if part]
    return ",".join(parts) if parts and all(part and fault_of(part) is None for part in parts) else ""


def _corrected_part(text: str) -> str:
    scheme = _SCHEME.match(text)
    is_ssh = scheme is not None and scheme.group().startswith("git@")
    rest = text[scheme.end() :] if scheme is not None else text
    rest = _PORT.sub("", rest)
    if is_ssh:
        rest = rest.replace(":", "/", 1)
    rest = rest.strip("/").removesuffix(".git") if scheme is not None else rest.strip("/")
    host, slash, path = rest.partition("/")
    return f"{host.lower()}{slash}{path}"


def matches(value: str, path: str) -> bool:
    """Return whether a pattern of a value matches a module path, or the beginning of it."""
    elements = path.split("/")
    return any(_matches(text.removesuffix("/"), elements) for text in value.split(",", _MOST) if text)


def _matches(text: str, elements: list[str]) -> bool:
    parts = text.replace("[^", "[!").split("/")
    # Module paths have no character that needs a backslash.
    is_usable = "\\" not in text and is_well_formed(text) and len(parts) <= len(elements)
    return is_usable and all(map(fnmatchcase, elements, parts))
