"""The values of a git configuration file (git-config(1)), as far as they are on one line, and the addresses in them."""

from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_SECTION = pattern(r"[ \t]*\[([A-Za-z0-9.-]+)(?:[ \t]+\"([^\"\n]*)\")?\](.*)")
_SETTING = pattern(r"[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:=(.*))?")
_COMMENT = pattern(r"[#;]")
# `https://user@host:443/path`, and `user@host:path` as scp has it; a path alone is a folder.
_URL = pattern(r"([a-z][a-z0-9+.-]*)://(?:([^@/]*)@)?([A-Za-z0-9.-]+)(?::[0-9]+)?(?:/(.*))?\Z")
_SCP = pattern(r"(?:([^@/:]*)@)?([A-Za-z0-9.-]+):(?!//)(.*)\Z")


class GitSetting(NamedTuple):
    """A setting: `section` and `key` in lower case, `subsection` as it is written."""

    section: str
    subsection: str
    key: str
    value: str


class Address(NamedTuple):
    """The address of a repository, or the beginning of one; `user` may hold a password."""

    scheme: str
    user: str
    host: str
    path: str


def address(text: str) -> Address | None:
    """Return the parts of an address on another machine; None for a folder."""
    if found := _URL.match(text):
        return Address(found[1], found[2] or "", found[3].lower(), (found[4] or "").strip("/"))
    found = _SCP.match(text)
    return None if found is None else Address("ssh", found[1] or "", found[2].lower(), found[3].strip("/"))


def settings(text: str) -> Iterator[GitSetting]:
    """Yield the settings of a file in order."""
    section = subsection = ""
    for line in text.split("\n"):
        heading = _SECTION.match(line)
        rest = line
        if heading is not None:
            section, subsection, rest = heading[1].lower(), heading[2] or "", heading[3]
        found = _SETTING.match(rest)
        if found is not None:
            yield GitSetting(section, subsection, found[1].lower(), _value(found[2]))


def _value(text: str | None) -> str:
    """Return a value without quotes and comment; a key alone is true."""
    if text is None:
        return "true"
    value, is_quoted, is_escaped = "", False, False
    for character in text.strip():
        if is_escaped:
            value, is_escaped = value + character, False
        elif character == "\\":
            is_escaped = True
        elif character == '"':
            is_quoted = not is_quoted
        elif _COMMENT.match(character) and not is_quoted:
            break
        else:
            value += character
    return value if is_quoted else value.rstrip()
