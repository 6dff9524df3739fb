"""Paths, URLs, host names and prose with placeholders for the names in them."""

import re
from collections.abc import Callable

from wslgo.knowledge import public_names
from wslgo.machine.redaction.names import Names, is_public_word
from wslgo.text.pattern import pattern

SECRET = "REDACTED"  # noqa: S105 - the opposite of one

# Ranges that RFC 1918 and its like give to everyone.
_NETWORKS = frozenset(
    ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10", "fe80::/10")
)
_EXTENSIONS = frozenset((".conf", ".env", ".exe", ".img", ".json", ".mod", ".sh", ".so", ".vhd", ".vhdx", ".yaml"))
_USERS_OF = frozenset(("home", "users"))  # folders whose members are named after users

_WORD = pattern(r"\w+")
_PARTS = pattern(r"[A-Za-z0-9]+|[^\WA-Za-z0-9_]+")
_OTHER_LETTERS = "é"
_ESCAPES = "bnt"  # the letters that form an escape with the backslash before them
_SEPARATORS = pattern(r"([\\/]+)")
LIST = pattern(r"([,|;\s，；｜]+)")
_URL = pattern(r"([A-Za-z][A-Za-z0-9+.-]{0,15})://(?:(.*)@)?(\[[^\]/]*\]|[^/?#:@]*)(:[^/?#]*)?([^?#]*)(.*)", re.DOTALL)
_HOST = pattern(
    r"(?:.*@)?([*.]*)(?![*.])(\[[^\]@]*\]|[^/:@]*|[0-9A-Fa-f:]+(?![0-9A-Fa-f:]))((?:[:/]\d{1,5})*)", re.DOTALL
)
_PRIVATE_ADDRESS = pattern(r"(?<![\d.])(?:10|172|192)(?:\.\d{1,3}){3}(?![\w.])")
_MODEL = pattern(r"[A-Z]{1,3}\d{1,4}[A-Z]{0,2}")  # of a graphics card: A100, L40S, MX450
_ADDRESS_OF_4 = r"\d{1,3}(?:\.\d{1,3}){3}"
# Everything that may have a name in it; repetitions are bounded, because a search begins at each character.
_PROSE = pattern(
    rf"""(?P<secret>(?<![^\W_])(?:pass|pwd|token|secret|key|auth|bearer|cred|pat)[\w-]{{0,20}}
        ["']?[ \t]{{0,4}}[=:][ \t]{{0,4}})(?:"[^"\n]*"|'[^'\n]*'|[^\s"',;&]+)
    | (?P<url>(?<!\w)[A-Za-z][A-Za-z0-9]{{0,9}}://[^\s"'`<>|,;()]+)
    | (?P<mail>[^\s@/\\"'=,;]{{1,64}}@[^\s@/\\"',;]+)
    | (?P<address>(?<![\w.]){_ADDRESS_OF_4}(?![\w.]))
    | (?P<number>(?<![\w.])\+?\d[\d\ ().-]{{5,20}}\d(?![\w.]))
    | (?P<path>(?<!\w)[A-Za-z]:[\\/][^\s"'`,;|&<>()=:]*|[\\/][^\s"'`,;|&<>()=:]*)
    | (?P<word>\w+)""",
    re.VERBOSE | re.IGNORECASE,
)


def path(text: str, names: Names, *, has_escapes: bool = False) -> str:
    """Return a path of Linux or Windows whose unknown folders are placeholders; separators stay as they are written.

    With `has_escapes` the letter after a single backslash stays, too, where WSL would read both as one character.
    """
    parts = _SEPARATORS.split(text)
    is_share = not parts[0] and len(parts) > 1 and len(parts[1]) > 1
    before = "//" if is_share else ""  # the member before, in lower case; "//" where a host comes next
    for place in range(0, len(parts), 2):
        part = parts[place]
        if not part:
            continue
        is_escaped = has_escapes and place > 0 and set(parts[place - 1]) == {"\\"} and len(parts[place - 1]) % 2 == 1
        if before == "//" and part.lower() != "unc":
            parts[place] = names.host(part)
        elif before in _USERS_OF:
            parts[place] = names.user(part)
        elif is_escaped and part[0] in _ESCAPES and not _is_public(part, public_names.FOLDERS):
            parts[place] = part[0] + (_folder(part[1:], public_names.FOLDERS, names) if part[1:] else "")
        else:
            parts[place] = _folder(part, public_names.FOLDERS, names)
        before = "//" if before == "//" and part.lower() == "unc" else part.lower()
    return "".join(parts)


def url(text: str, names: Names) -> str:
    """Return a URL whose host and folders are placeholders, without its credentials, query and fragment."""
    found = _URL.fullmatch(text)
    if found is None:
        return words(text, public_names.URL_PATHS, names)
    scheme, credentials, host, port, folders, rest = found.groups()
    scheme = words(scheme, public_names.URL_PATHS, names)
    if scheme.lower() == "file":
        return f"{scheme}://{names.host(host)}{path(folders, names)}"
    masked = "" if credentials is None else "xxxxx@"
    named = _bracketed(host, names)
    port = words(port or "", public_names.URL_PATHS, names)
    parts = _SEPARATORS.split(folders)
    parts[::2] = [_folder(part, public_names.URL_PATHS, names) if part else part for part in parts[::2]]
    return f"{scheme}://{masked}{named}{port}{''.join(parts)}{f'?{SECRET}' if rest else ''}"


def hosts(text: str, names: Names) -> str:
    """Return a list of hosts, patterns of hosts, networks or URLs with placeholders for its hosts."""
    return each(LIST, text, _host, names)


def each(separators: re.Pattern[str], text: str, redact: Callable[[str, Names], str], names: Names) -> str:
    """Return a list whose members are redacted and whose separators, a group of the pattern, stay."""
    parts = separators.split(text)
    parts[::2] = [redact(part, names) for part in parts[::2]]
    return "".join(parts)


def address(text: str, names: Names) -> str:
    """Return the address of a display or sound server with a placeholder for its host."""
    kind, colon, rest = text.partition(":")
    if kind in ("unix", "tcp") and colon:
        return f"{kind}:{address(rest, names)}"
    if "/" in text:
        return path(text, names)
    host = kind if _is_public(kind, public_names.SYSTEM) else names.host(kind)
    return host + colon + words(rest, public_names.SYSTEM, names)


def source(text: str, names: Names) -> str:
    """Return what is mounted: a device, a drive, a share, or a folder of another host."""
    host, colon, folder = text.partition(":")
    if colon and len(host) > 1 and not set(host) & set("/\\"):
        return f"{names.host(host.rpartition('@')[2])}:{path(folder, names)}"
    if set(text) & set("/\\"):
        return path(text, names)
    return words(text, public_names.SYSTEM, names)


def card(text: str, names: Names) -> str:
    """Return the name of a graphics card."""
    return " ".join(
        word if _MODEL.fullmatch(word) else words(word, public_names.SYSTEM, names) for word in text.split(" ")
    )


def distribution(text: str, names: Names) -> str:
    """Return the name of a distribution: users name their own after projects."""
    return text if _is_public(text, public_names.SYSTEM) else names.distribution(text)


def words(text: str, vocabulary: frozenset[str], names: Names) -> str:
    """Return a text in which each word that the vocabulary does not have is a placeholder."""
    text = _PRIVATE_ADDRESS.sub(lambda found: names.host(found[0]), text)
    return _WORD.sub(lambda found: _known(found[0], vocabulary, names), text)


def prose(text: str, vocabulary: frozenset[str], names: Names) -> str:
    """Return a text of unknown structure with placeholders, also for the paths and addresses in it."""

    def placeholder(found: re.Match[str]) -> str:
        part = found[0]
        if found["secret"]:
            return words(found["secret"], vocabulary, names) + SECRET
        if found["url"]:
            return url(part, names)
        if found["path"]:
            return path(part, names)
        if found["address"]:
            return names.host(part)
        if found["mail"] or found["number"]:
            return SECRET
        return _known(part, vocabulary, names)

    return _PROSE.sub(placeholder, _PRIVATE_ADDRESS.sub(lambda found: names.host(found[0]), text))


def _is_public(text: str, vocabulary: frozenset[str]) -> bool:
    is_known = all(is_public_word(word, vocabulary) for word in _WORD.findall(text))
    return is_known and not _PRIVATE_ADDRESS.search(text)


def _known(word: str, vocabulary: frozenset[str], names: Names) -> str:
    """Return a word, or a placeholder made of the same kinds of characters: WSL allows some of them only."""
    if is_public_word(word, vocabulary):
        return word
    if names.is_user(word):
        return names.user(word)
    return _PARTS.sub(lambda found: _known_part(found[0], vocabulary, names), word)


def _known_part(part: str, vocabulary: frozenset[str], names: Names) -> str:
    if not part.isascii():
        return _OTHER_LETTERS
    return part if is_public_word(part, vocabulary) else names.word(part)


def _folder(part: str, vocabulary: frozenset[str], names: Names) -> str:
    """Return a member of a path; a placeholder keeps an extension that says what kind of file it is."""
    if _is_public(part, vocabulary):
        return part
    stem, dot, extension = part.rpartition(".")
    has_kind = stem and f".{extension}".lower() in _EXTENSIONS
    return names.folder(stem) + dot + extension if has_kind else names.folder(part)


def _host(part: str, names: Names) -> str:
    if "://" in part:
        return url(part, names)
    if part in _NETWORKS or part in ("", "*", "direct", "off"):
        return part
    if part.count(":") > 1 and not part.startswith("["):  # an address of IPv6
        network, slash, size = part.rpartition("@")[2].partition("/")
        return names.host(network) + slash + words(size, public_names.URL_PATHS, names)
    found = _HOST.fullmatch(part)
    if found is None:
        return words(part, public_names.URL_PATHS, names)
    return found[1] + _bracketed(found[2], names) + found[3]


def _bracketed(host: str, names: Names) -> str:
    return f"[{names.host(host[1:-1])}]" if host.startswith("[") else names.host(host)
