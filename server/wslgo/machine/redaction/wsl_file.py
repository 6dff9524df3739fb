"""The texts of `.wslconfig` and `wsl.conf` with placeholders: the same settings, and the same mistakes."""

import re
from collections.abc import Callable, Iterator

from wslgo.knowledge import mount_options, public_names
from wslgo.knowledge.wsl_key import Key, Kind
from wslgo.knowledge.wsl_keys import KEYS, RETIRED
from wslgo.machine.redaction import text
from wslgo.machine.redaction.names import Names
from wslgo.syntax.wsl import ini
from wslgo.syntax.wsl import value as wslvalue
from wslgo.syntax.wsl.ini import Dialect, IniAssignment, Section, Trivia
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM

_COMMENT = pattern(r"#[^\n]*")
_SILENCED = pattern(r"wslgo:\s{0,9}ignore(?:-file)?(?![\w-])(?:\s{0,9}\[[a-z0-9,/ -]*\])?")
_CONTINUED = pattern(r"\\\r?\n")
_QUANTITY = pattern(r"[-+]?(?:0[xX][0-9A-Fa-f]{1,16}|\d{1,40}(?:\.\d{1,9})?[ \t]*[KMGTPEZYBIkmgtpezybi]{0,3})")
_MAC = pattern(r"(?:[0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")
_QUANTITIES = (Kind.BOOL, Kind.INT, Kind.SIZE, Kind.ENUM, Kind.PORTS)

_IDS = (*(f"{key.section}.{key.name}" for keys in KEYS.values() for key in keys), *(key.id for key in RETIRED))
_SECTIONS = frozenset(key_id.partition(".")[0].lower() for key_id in _IDS) | {"experimental"}
_NAMES = frozenset(key_id.partition(".")[2].lower() for key_id in _IDS)
# Keys whose values are names of users and machines, and folders that WSL reads as text.
_USER, _HOST, _FOLDERS = ("user.default",), ("network.hostname",), ("automount.root",)


def redacted_content(content: str, dialect: Dialect, names: Names) -> str:
    """Return the text of a file without its comments, with placeholders for names that WSL does not define."""
    start = len(BOM) if content.startswith(BOM) else 0
    return content[:start] + "".join(_nodes(content[start:], dialect, names))


def _nodes(content: str, dialect: Dialect, names: Names) -> Iterator[str]:
    keys = _keys(dialect)
    for node in ini.scan(content, dialect):
        written = content[node.span.start : node.span.end]
        if isinstance(node, Trivia):
            yield _without_comments(written)
        elif isinstance(node, Section):
            at = node.name_span
            head, tail = content[node.span.start : at.start], content[at.end : node.span.end]
            yield head + _name(node.name, _SECTIONS, names) + _without_comments(tail)
        elif isinstance(node, IniAssignment):
            yield _assignment(node, content, keys.get(node.name.lower()), names)
        else:
            yield _unread(written, names)


def _keys(dialect: Dialect) -> dict[str, Key]:
    keys = {f"{key.section}.{key.name}".lower(): key for key in KEYS[dialect]}
    aliases = {f"experimental.{key.name}".lower(): key for key in KEYS[dialect] if key.has_experimental_alias}
    return aliases | keys


def _assignment(node: IniAssignment, content: str, key: Key | None, names: Names) -> str:
    head = content[node.span.start : node.key_span.start]
    middle = content[node.key_span.end : node.value_span.start]
    tail = content[node.value_span.end : node.span.end]
    return f"{head}{_name(node.key, _NAMES, names)}{middle}{_value(node, key, names)}{_without_comments(tail)}"


def _value(node: IniAssignment, key: Key | None, names: Names) -> str:
    raw, name = node.raw, node.name.lower()
    if name in _USER:
        return _quoted(raw, names.user)
    if name in _HOST:
        return _quoted(raw, names.host)
    if key is None:
        return text.SECRET + "".join(_CONTINUED.findall(raw)) if raw else raw
    if key.kind is Kind.PATH or name in _FOLDERS:
        return _quoted(raw, lambda bare: text.path(bare, names, has_escapes=True))
    if key.kind is Kind.IPV4 and wslvalue.ipv4(node.value) is not None:
        return _quoted(raw, lambda bare: text.hosts(bare, names))
    if key.kind is Kind.IPV4:
        return text.words(raw, _vocabulary(key), names)
    if key.kind is Kind.MAC and (found := _MAC.fullmatch(raw.strip('"'))):
        return _quoted(raw, lambda _: found[1].join(("00", "15", "5D", "00", "00", "01")))  # Microsoft's own prefix
    if key.kind in _QUANTITIES and (_QUANTITY.fullmatch(node.value) or nearest(node.value, _choices(key))):
        return raw
    return text.prose(raw, _vocabulary(key), names)


def _choices(key: Key) -> tuple[str, ...]:
    return ("true", "false") if key.kind is Kind.BOOL else key.values


def _vocabulary(key: Key) -> frozenset[str]:
    if f"{key.section}.{key.name}" == "automount.options":
        return public_names.SETTINGS | mount_options.ALL
    return public_names.SETTINGS | frozenset(value.lower() for value in key.values)


def _quoted(raw: str, redact: Callable[[str], str]) -> str:
    """Return a value, redacted, with its quotes unchanged."""
    bare = raw.strip('"')
    start = len(raw) - len(raw.lstrip('"'))
    return raw[:start] + redact(bare) + raw[start + len(bare) :] if bare else raw


def _name(name: str, known: frozenset[str], names: Names) -> str:
    """Return the name of a key or section: WSL's own, perhaps misspelt, or a placeholder."""
    return name if name.lower() in known or nearest(name, known) else names.word(name)


def _without_comments(trivia: str) -> str:
    """Return spaces, line ends and comments; of a comment only the words that ignore a rule are left."""
    return _COMMENT.sub(_comment, trivia)


def _comment(found: re.Match[str]) -> str:
    silenced = _SILENCED.search(found[0])
    end = "\r" if found[0].endswith("\r") else ""
    return f"# {silenced[0] if silenced else 'comment'}{end}"


def _unread(written: str, names: Names) -> str:
    """Return lines that WSL cannot parse or does not reach, redacted word by word: their shape is the problem."""
    vocabulary = public_names.SETTINGS | _SECTIONS | _NAMES
    return "".join(text.prose(_without_comments(line), vocabulary, names) for line in written.splitlines(keepends=True))
