"""CA certificates as OpenSSL reads them: their names, whether they may vouch for servers, and until when."""

import ssl
import time
from collections.abc import Iterator
from typing import Any

from wslgo.provision.errors import problem_of
from wslgo.provision.model.facts import Certificate
from wslgo.provision.net import pem
from wslgo.provision.net.tls import add
from wslgo.system.reader import read_regular
from wslgo.text.message import Message, Text

NONE = Message(en="{path} contains no certificate, so it is not used", zh="{path} 中没有证书，因此不使用它")
HOLDS_KEY = Message(
    en="{path} contains a private key, which must not be copied: name a file with the certificate alone",
    zh="{path} 包含不应复制的私钥：请指定只含证书的文件",
)
DAMAGED = Message(
    en="certificate {number} in {path} is damaged, so it is not trusted",
    zh="{path} 中的第 {number} 个证书已损坏，不会信任它",
)
NO_AUTHORITY = Message(
    en="certificate {number} in {path} is not a CA certificate: it cannot vouch for servers, so it is not trusted",
    zh="{path} 中的第 {number} 个证书不是 CA 证书：它不能为服务器担保，不会信任它",
)
EXPIRED = Message(
    en="certificate {number} in {path} ({name}) expired on {date}, so it is not trusted",
    zh="{path} 中的第 {number} 个证书（{name}）已于 {date} 过期，不会信任它",
)

TOO_MANY = Message(
    en="{path} contains more than {limit} certificates, so none of them is trusted",
    zh="{path} 中的证书超过 {limit} 个，不会信任其中任何一个",
)

_LARGEST = 4 << 20  # bytes; all CA certificates of a distribution have a tenth of it
_MOST = 1000  # certificates; a distribution has 150
_LONGEST = 64  # characters of a name: ub-common-name of RFC 5280


def in_file(path: str) -> Iterator[Certificate | Text]:
    """Yield the CA certificates in a file of the user, and a message for each that cannot be trusted."""
    try:
        data = read_regular(path, _LARGEST)
    except OSError as error:
        yield problem_of(error, path)
        return
    if pem.holds_key(data):
        yield HOLDS_KEY(path=path)
        return
    certificates = pem.certificates(data)
    if not certificates:
        yield NONE(path=path)
    if len(certificates) > _MOST:
        yield TOO_MANY(path=path, limit=_MOST)
        return
    for number, certificate in enumerate(certificates, 1):
        yield _verdict(certificate, number, path)


def of(certificate: bytes) -> Certificate | None:
    """Return a CA certificate that is still valid; None for any other."""
    fields = _fields(certificate)
    return Certificate(_name(fields), pem.text(certificate)) if fields and not _is_over(fields) else None


def name_of(certificate: bytes) -> str:
    """Return the usual name of the subject of a CA certificate; "" for any other."""
    return _name(_fields(certificate) or {})


def _verdict(certificate: bytes, number: int, path: str) -> Certificate | Text:
    fields = _fields(certificate)
    if fields is None:
        return DAMAGED(path=path, number=number)
    if not fields:
        return NO_AUTHORITY(path=path, number=number)
    if _is_over(fields):
        date = time.strftime("%Y-%m-%d", time.gmtime(_end(fields)))
        return EXPIRED(path=path, number=number, name=_name(fields), date=date)
    return Certificate(_name(fields), pem.text(certificate), path)


def _fields(certificate: bytes) -> dict[str, Any] | None:
    """Return the fields that OpenSSL's store has for it.

    Empty for a certificate that is not a CA's; None for a damaged one, or one whose dates are not dates.
    """
    if not pem.is_whole(certificate):
        return None
    store = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        add(store, certificate)
        fields: dict[str, Any] = next(iter(store.get_ca_certs()), {})
        if fields:
            time.gmtime(_end(fields))
    except (OSError, ValueError, OverflowError, SystemError):  # the last for texts in no encoding, a fault of CPython's
        return None
    return fields


def _name(fields: dict[str, Any]) -> str:
    """Return the usual name of its subject."""
    words = dict(word for part in fields.get("subject", ()) for word in part)
    name = words.get("commonName") or words.get("organizationalUnitName") or words.get("organizationName") or ""
    return str(name)[:_LONGEST]


def _is_over(fields: dict[str, Any]) -> bool:
    return _end(fields) < time.time()


def _end(fields: dict[str, Any]) -> int:
    """Return when it expires, in seconds since 1970."""
    return ssl.cert_time_to_seconds(fields["notAfter"])
