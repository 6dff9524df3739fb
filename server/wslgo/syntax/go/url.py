"""A URL as Go's `net/url` reads it, or Go's error.

It is parsed by hand because Python's `urllib.parse` accepts what Go rejects, and the messages quote Go's errors. Go
counts bytes: an escape that ends inside a character is quoted byte by byte, so parsing works on bytes and returns text
in which undecodable bytes are lone surrogates. As of go1.27, where http and https hosts contain one colon at most.
"""

import re
from collections.abc import Callable

from wslgo.syntax.go.string_literal import quote
from wslgo.text.typing import NamedTuple


class User(NamedTuple):
    """The part before the `@`; without a password it differs from one with an empty password."""

    name: str
    password: str | None


class Url(NamedTuple):
    """The parts of a URL; `path` and `fragment` are escaped as Go prints them, the host is unescaped."""

    scheme: str = ""
    user: User | None = None
    host: str = ""
    path: str = ""
    query: str | None = None  # "" is a `?` with nothing after it
    fragment: str = ""
    opaque: str = ""  # the text after `scheme:` if it is not a slash
    omits_host: bool = False  # `scheme:/path`, without the `//` that announces a host

    def redacted(self) -> str:
        """Return the URL as Go prints it, with `xxxxx` for the password."""
        query = "" if self.query is None else f"?{self.query}"
        fragment = f"#{self.fragment}" if self.fragment else ""
        scheme = f"{self.scheme}:" if self.scheme else ""
        return scheme + (self.opaque or _location(self)) + query + fragment


class Rejection(NamedTuple):
    """An error of `net/url`, in its own text; passwords are not masked here."""

    reason: str


def parse(text: str) -> Url | Rejection:
    """Return the URL in `text`, read as `url.Parse` reads it."""
    whole = _bytes(text)
    address, _, fragment = whole.partition(b"#")
    culprit = address
    try:
        url = _address(address)
        culprit = whole
        return url._replace(fragment=_text(_reescaped(fragment, _FRAGMENT)))
    except _RefusedError as refused:
        return Rejection(f"parse {quote(_text(culprit))}: {refused}")


def mask(url: str) -> str:
    """Return a URL that Go accepts, with `xxxxx` for its password."""
    return _PASSWORD.sub(r"\1:xxxxx@", url)


def mask_reason(reason: str) -> str:
    """Return an error with `xxxxx` for the password: `net/url` prints the URL unchanged, with slashes and spaces."""
    before, at, after = reason.rpartition("@")
    name = _BEFORE_PASSWORD.search(before)
    if not at or name is None:
        return reason
    # Go takes what precedes a slash or a question mark in a password for a port.
    supposed_port = re.split("[/?]", before[name.end() - 1 :], maxsplit=1)[0]
    return f"{before[: name.end()]}xxxxx@{after}".replace(f'"{supposed_port}"', '":xxxxx"')


class _RefusedError(Exception):
    """The internal form of an error, which never leaves this module."""


_PASSWORD = re.compile(r"(?<=//)([^/@:\s]*):[^/\s]*@")
_BEFORE_PASSWORD = re.compile(r'//[^/@:\s"]*:')
_UNPAIRED = re.compile("[\ud800-\udc7f\udd00-\udfff]")

# Which bytes stand for themselves where (net/url's table, go1.27); a `%` always begins an escape.
_EVERYWHERE = rb"A-Za-z0-9._~\-"
_HOST = rb"!\"$&'()*+,:;<=>\[\]" + _EVERYWHERE
_PATH = rb"$&+,/:;=@" + _EVERYWHERE
_FRAGMENT = rb"!$&()*+,/:;=?@" + _EVERYWHERE
_USER = rb"$&+,;=" + _EVERYWHERE
_LEFT_ALONE = rb"!$&'()*+,;=:@%\[\]"  # in a path or fragment that is printed as it was written

_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]*):")
_PORT = re.compile(rb"(?::[0-9]*)?")
_USERINFO = re.compile(rb"[A-Za-z0-9._:~!$&'()*+,;=%@-]*")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})?")
_ESCAPE_OR_INTRUDER = re.compile(rb"%([0-9A-Fa-f]{2})?|[^%\x80-\xff" + _HOST + rb"]")
_HOST_BYTE = re.compile(b"[" + _HOST + b"]")
_HEX_DIGITS = re.compile(rb"[0-9A-Fa-f]*")
_DIGITS = re.compile(rb"[0-9]*")


def _bytes(text: str) -> bytes:
    return _UNPAIRED.sub("\ufffd", text).encode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _location(url: Url) -> str:
    """Return host and path as Go prints them: never so that the result would be read differently."""
    if url.user is not None or url.host:
        return f"//{_userinfo(url.user)}{_text(_escaped(_bytes(url.host), _HOST))}{url.path}"
    if url.omits_host:
        return f"%2F{url.path[1:]}" if url.path.startswith("//") else url.path
    if url.scheme:
        return f"//{url.path}" if url.path else ""
    return f"./{url.path}" if ":" in url.path.partition("/")[0] else url.path


def _userinfo(user: User | None) -> str:
    if user is None:
        return ""
    name = _text(_escaped(_bytes(user.name), _USER))
    return f"{name}@" if user.password is None else f"{name}:xxxxx@"


def _address(address: bytes) -> Url:
    """Return the URL without its fragment."""
    if _CONTROL.search(address):
        raise _RefusedError("net/url: invalid control character in URL")
    if address == b"*":
        return Url(path="*")
    scheme, rest = _split_scheme(address)
    rest, mark, query = rest.partition(b"?")
    url = Url(scheme, query=_text(query) if mark else None)
    if not rest.startswith(b"/"):
        if scheme:
            return url._replace(opaque=_text(rest))
        if b":" in rest.partition(b"/")[0]:
            raise _RefusedError("first path segment in URL cannot contain colon")
    if rest.startswith(b"//") and (scheme or not rest.startswith(b"///")):
        authority, slash, path = rest[2:].partition(b"/")
        user, host = _authority(scheme, authority)
        return url._replace(user=user, host=_text(host), path=_printed_path(slash + path))
    return url._replace(path=_printed_path(rest), omits_host=bool(scheme))


def _split_scheme(address: bytes) -> tuple[str, bytes]:
    if address.startswith(b":"):
        raise _RefusedError("missing protocol scheme")
    scheme = _SCHEME.match(address)
    if scheme is None:
        return "", address
    return _text(scheme[1].lower()), address[scheme.end() :]


def _authority(scheme: str, authority: bytes) -> tuple[User | None, bytes]:
    userinfo, at, host = authority.rpartition(b"@")
    host = _host(scheme, host)
    if not at:
        return None, host
    if not _USERINFO.fullmatch(userinfo):
        raise _RefusedError("net/url: invalid userinfo")
    name, colon, password = (_text(part) for part in map(_unescaped, userinfo.partition(b":")))
    return User(name, password if colon else None), host


def _host(scheme: str, host: bytes) -> bytes:
    bracket = host.rfind(b"[")
    if bracket > 0:
        raise _RefusedError("invalid IP-literal")
    if bracket == 0:
        return _ip_literal(host)
    colon = host.find(b":") if scheme in ("http", "https") else host.rfind(b":")
    if colon >= 0:
        _check_port(host[colon:])
    return _unescaped_host(host)


def _ip_literal(host: bytes) -> bytes:
    """Return `[::1]:80` and `[fe80::1%25eth0]`, unescaped."""
    end = host.rfind(b"]")
    if end < 0:
        raise _RefusedError("missing ']' in host")
    _check_port(host[end + 1 :])
    literal, zone_mark, zone = host[1:end].partition(b"%25")
    address = _unescaped_host(literal) + _unescaped_zone(zone_mark + zone)
    _check_ip(address)
    return b"[" + address + b"]" + host[end + 1 :]


def _check_port(port: bytes) -> None:
    if not _PORT.fullmatch(port):
        raise _RefusedError(f"invalid port {quote(_text(port))} after host")


def _unescaped_host(host: bytes) -> bytes:
    """Return the host; in it `%` may only encode bytes above ASCII, and itself."""
    return _unescaped(host, _ESCAPE_OR_INTRUDER, lambda code: code < 0x80 and code != 0x25)


def _unescaped_zone(zone: bytes) -> bytes:
    """Return the zone; in it `%` may encode any byte that a host may contain, itself, and the spaces of Windows."""
    return _unescaped(zone, _ESCAPE_OR_INTRUDER, lambda code: not (code in b"% " or _HOST_BYTE.match(bytes((code,)))))


def _unescaped(
    data: bytes, suspects: re.Pattern[bytes] = _ESCAPE, refuses: Callable[[int], bool] = lambda code: False
) -> bytes:
    """Return `data` with `%41` read as `A`; raise for an escape of an excluded byte, or for an unexpected byte."""
    for suspect in suspects.finditer(data):
        if not suspect.group().startswith(b"%"):
            raise _RefusedError(f"invalid character {quote(_text(suspect.group()))} in host name")
        if suspect[1] is None or refuses(int(suspect[1], 16)):
            raise _RefusedError(f"invalid URL escape {quote(_text(data[suspect.start() :][:3]))}")
    return _ESCAPE.sub(lambda escape: bytes((int(escape[1], 16),)), data)


def _escaped(data: bytes, permitted: bytes) -> bytes:
    return re.sub(b"[^" + permitted + b"]", lambda match: b"%%%02X" % ord(match.group()), data)


def _printed_path(path: bytes) -> str:
    # Go keeps no trace of how a lone `*` was written.
    return "*" if path == b"%2A" else _text(_reescaped(path, _PATH))


def _reescaped(data: bytes, permitted: bytes) -> bytes:
    """Return the text as written if nothing in it needs an escape, else escaped again."""
    unescaped = _unescaped(data)
    if re.fullmatch(b"[" + permitted + _LEFT_ALONE + b"]*", data):
        return data
    return _escaped(unescaped, permitted)


class _AddressError(Exception):
    """The error of `netip.ParseAddr`, and the rest of the text from its position."""

    def __init__(self, objection: str, at: bytes = b"") -> None:
        super().__init__(objection + (f" (at {quote(_text(at))})" if at else ""))


def _check_ip(address: bytes) -> None:
    """Raise for anything but an IPv6 address, as `netip.ParseAddr` does."""
    try:
        is_ipv4 = _is_ipv4(address)
    except _AddressError as objection:
        raise _RefusedError(f"invalid host: ParseAddr({quote(_text(address))}): {objection}") from None
    if is_ipv4:
        raise _RefusedError("invalid IP-literal")


def _is_ipv4(address: bytes) -> bool:
    """Return whether `address` is of version 4 rather than 6; raise for anything else."""
    for code in address:
        if code == ord("."):
            _check_ipv4(address)
            return True
        if code == ord(":"):
            _check_ipv6(address)
            return False
        if code == ord("%"):
            raise _AddressError("missing IPv6 address")
    raise _AddressError("unable to parse IP")


def _check_ipv4(address: bytes) -> None:
    octets = address.split(b".")
    start = 0
    for index, octet in enumerate(octets):
        _check_octet(octet, address[start:])
        dot = start + len(octet)
        if dot < len(address) and (not octet or dot == len(address) - 1):
            raise _AddressError("IPv4 field must have at least one digit", address[dot:])
        if dot < len(address) and index == 3:
            raise _AddressError("IPv4 address too long")
        start = dot + 1
    if len(octets) < 4:
        raise _AddressError("IPv4 address too short")


def _check_octet(octet: bytes, rest: bytes) -> None:
    digits = _match(_DIGITS, octet)
    if digits.startswith(b"0") and len(digits) > 1:
        raise _AddressError("IPv4 field has octet with leading zero")
    if len(digits) > 3 or int(digits or b"0") > 255:
        raise _AddressError("IPv4 field has value >255")
    if digits != octet:
        raise _AddressError("unexpected character", rest[len(digits) :])


def _check_ipv6(address: bytes) -> None:
    rest, percent, zone = address.partition(b"%")
    if percent and not zone:
        raise _AddressError("zone must be a non-empty string")
    has_ellipsis = rest.startswith(b"::")
    rest = rest[2:] if has_ellipsis else rest
    fields = 0
    while fields < 8 and (rest or not has_ellipsis):
        digits = _field(rest)
        if rest[len(digits) :].startswith(b"."):
            _check_embedded(rest, fields, has_ellipsis)
            rest, fields = b"", fields + 2
            break
        rest, fields = _after_colon(rest[len(digits) :]), fields + 1
        if rest.startswith(b":"):
            if has_ellipsis:
                raise _AddressError("multiple :: in address", rest)
            rest, has_ellipsis = rest[1:], True
        if not rest:
            break
    _check_length(rest, fields, has_ellipsis)


def _field(rest: bytes) -> bytes:
    """Return the hexadecimal digits at the start of `rest`, one to four."""
    digits = _match(_HEX_DIGITS, rest)
    if len(digits) > 4:
        raise _AddressError("each group must have 4 or less digits", rest)
    if not digits:
        raise _AddressError("each colon-separated field must have at least one digit", rest)
    return digits


def _after_colon(rest: bytes) -> bytes:
    if rest and not rest.startswith(b":"):
        raise _AddressError("unexpected character, want colon", rest)
    if rest == b":":
        raise _AddressError("colon must be followed by more characters", rest)
    return rest[1:]


def _check_embedded(rest: bytes, fields: int, has_ellipsis: bool) -> None:
    """Raise for an IPv4 address that is not the last 32 bits of the IPv6 address."""
    if not has_ellipsis and fields != 6:
        raise _AddressError("embedded IPv4 address must replace the final 2 fields of the address", rest)
    if fields > 6:
        raise _AddressError("too many hex fields to fit an embedded IPv4 at the end of the address", rest)
    _check_ipv4(rest)


def _check_length(rest: bytes, fields: int, has_ellipsis: bool) -> None:
    if rest:
        raise _AddressError("trailing garbage after address", rest)
    if fields < 8 and not has_ellipsis:
        raise _AddressError("address string too short")
    if fields == 8 and has_ellipsis:
        raise _AddressError("the :: must expand to at least one field of zeros")


def _match(pattern: re.Pattern[bytes], data: bytes) -> bytes:
    """Return the match of `pattern`, which matches the empty text, too, at the start."""
    match = pattern.match(data)
    return match.group() if match else b""
