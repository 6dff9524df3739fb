"""Certificates as OpenSSL reads them: whose they are, whether they may vouch for servers, and until when."""

import ssl
import time
from collections.abc import Iterator
from typing import Any

from wslgo.provision.apply.context import refusal
from wslgo.provision.model.facts import Certificate
from wslgo.provision.net import pem
from wslgo.provision.net.tls import add
from wslgo.system.reader import read_regular
from wslgo.text.message import Message, Text

NONE = Message(en="{path} holds no certificate; nothing of it is trusted", zh="{path} 中没有证书；不会信任其中任何内容")
HOLDS_KEY = Message(
    en="{path} holds a private key, which must not be copied: name a file with the certificate alone",
    zh="{path} 包含不应复制的私钥：请指定只含证书的文件",
)
DAMAGED = Message(
    en="certificate {number} in {path} is damaged; it is not trusted",
    zh="{path} 中的第 {number} 个证书已损坏；不会信任它",
)
NO_AUTHORITY = Message(
    en="certificate {number} in {path} is not that of an authority: it cannot vouch for servers and is not trusted",
    zh="{path} 中的第 {number} 个证书不是 CA 证书：它不能为服务器担保，不会信任它",
)
EXPIRED = Message(
    en="certificate {number} in {path} ({name}) has expired on {date}; it is not trusted",
    zh="{path} 中的第 {number} 个证书（{name}）已于 {date} 过期；不会信任它",
)

TOO_MANY = Message(
    en="{path} holds more than {limit} certificates; nothing of it is trusted",
    zh="{path} 中的证书超过 {limit} 个；不会信任其中任何内容",
)

_LARGEST = 4 << 20  # bytes; all authorities of a distribution have a tenth of it
_MOST = 1000  # certificates; a distribution has 150
_LONGEST = 64  # characters of a name: ub-common-name of RFC 5280


def in_file(path: str) -> Iterator[Certificate | Text]:
    """The authorities in a file of the user's, and what keeps others in it from being one."""
    try:
        data = read_regular(path, _LARGEST)
    except OSError as error:
        yield refusal(error, path)
        return
    if pem.holds_key(data):
        yield HOLDS_KEY(path=path)
        return
    found = pem.certificates(data)
    if not found:
        yield NONE(path=path)
    if len(found) > _MOST:
        yield TOO_MANY(path=path, limit=_MOST)
        return
    for number, one in enumerate(found, 1):
        yield _judged(one, number, path)


def of(certificate: bytes) -> Certificate | None:
    """The authority of a certificate; None where it is none, or is one no longer."""
    known = _read(certificate)
    return Certificate(_name(known), pem.text(certificate)) if known and not _is_over(known) else None


def _judged(certificate: bytes, number: int, path: str) -> Certificate | Text:
    known = _read(certificate)
    if known is None:
        return DAMAGED(path=path, number=number)
    if not known:
        return NO_AUTHORITY(path=path, number=number)
    if _is_over(known):
        date = time.strftime("%Y-%m-%d", time.gmtime(_end(known)))
        return EXPIRED(path=path, number=number, name=_name(known), date=date)
    return Certificate(_name(known), pem.text(certificate), path)


def _read(certificate: bytes) -> dict[str, Any] | None:
    """Return what a store of OpenSSL says of it: nothing where it is not an authority's, None where it is no
    certificate, or one with a time that is none."""
    if not pem.is_whole(certificate):
        return None
    store = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        add(store, certificate)
        known: dict[str, Any] = next(iter(store.get_ca_certs()), {})
        if known:
            time.gmtime(_end(known))
    except (OSError, ValueError, OverflowError, SystemError):  # the last for texts in no encoding, a fault of CPython's
        return None
    return known


def _name(known: dict[str, Any]) -> str:
    """Return what its subject is commonly called."""
    words = dict(word for part in known.get("subject", ()) for word in part)
    name = words.get("commonName") or words.get("organizationalUnitName") or words.get("organizationName") or ""
    return str(name)[:_LONGEST]


def _is_over(known: dict[str, Any]) -> bool:
    return _end(known) < time.time()


def _end(known: dict[str, Any]) -> int:
    """Return when it ends, in seconds since 1970."""
    return ssl.cert_time_to_seconds(known["notAfter"])
