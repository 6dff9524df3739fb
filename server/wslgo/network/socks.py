"""A connection through a SOCKS5 proxy, as Go opens it (RFC 1928, and RFC 1929 for its login)."""

import socket
import struct
from urllib.parse import SplitResult, unquote

_VERSION = 5
_NO_LOGIN, _LOGIN = 0, 2
_CONNECT, _BY_NAME, _BY_IPV4, _BY_IPV6 = 1, 3, 1, 4
_REASONS = {
    1: "general SOCKS server failure",
    2: "connection not allowed by ruleset",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
}


def connect(sock: socket.socket, host: str, port: int, proxy: SplitResult) -> None:
    """Ask the proxy for a connection to a host, whose name the proxy resolves; raise OSError if it rejects that."""
    methods = bytes([_NO_LOGIN] if proxy.username is None else [_NO_LOGIN, _LOGIN])
    sock.sendall(bytes([_VERSION, len(methods)]) + methods)
    version, method = _read(sock, 2)
    if version != _VERSION:
        raise OSError("the proxy does not speak SOCKS5")
    if method == _LOGIN:
        name, password = (unquote(word or "").encode()[:255] for word in (proxy.username, proxy.password))
        sock.sendall(bytes([1, len(name)]) + name + bytes([len(password)]) + password)
        if _read(sock, 2)[1]:
            raise OSError("the SOCKS proxy rejects the login")
    elif method != _NO_LOGIN:
        raise OSError("the SOCKS proxy requires another kind of login")
    name = host.encode("idna")
    sock.sendall(bytes([_VERSION, _CONNECT, 0, _BY_NAME, len(name)]) + name + struct.pack(">H", port))
    _, code, _, kind = _read(sock, 4)
    if code:
        raise OSError(f"the SOCKS proxy: {_REASONS.get(code, f'error {code}')}")
    length = {_BY_IPV4: 4, _BY_IPV6: 16}.get(kind) or _read(sock, 1)[0]
    _read(sock, length + 2)


def _read(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = sock.recv(count - len(data))
        if not piece:
            raise ConnectionError("the SOCKS proxy closed the connection")
        data += piece
    return data
