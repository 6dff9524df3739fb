"""The CA certificates that servers are verified with, chosen as Go does (root_linux.go).

A company sets SSL_CERT_FILE for both the go command and wslgo. The default folder compiled into the interpreter's
OpenSSL may not exist on this machine.
"""

import os
import ssl
from collections.abc import Mapping

from wslgo.knowledge.authorities import FILES, FOLDERS
from wslgo.system.reader import read_regular

_LARGEST = 16 << 20  # bytes of a file; all CA certificates of a distribution take a fiftieth of it
_MOST_FILES = 10_000  # of a folder


def context(environment: Mapping[str, str], more: str = "") -> ssl.SSLContext:
    """Return the context that verifies name, chain and time of each server. `more` are further authorities, in PEM."""
    trusted = alone("")
    # Go accepts each certificate that is trusted, also one that another authority has signed.
    trusted.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    named_file, named_folders = environment.get("SSL_CERT_FILE"), environment.get("SSL_CERT_DIR")
    for file in (named_file,) if named_file else FILES:
        if _add_file(trusted, file):
            break
    # Go reads the folders of the system even if SSL_CERT_FILE names another file. Without it they repeat their file.
    for folder in named_folders.split(":") if named_folders else FOLDERS:
        if named_folders or named_file or not trusted.cert_store_stats()["x509_ca"]:
            _add_folder(trusted, folder)
    if more:
        add(trusted, more)
    return trusted


def alone(authorities: str) -> ssl.SSLContext:
    """Return a context that trusts only these authorities, in PEM."""
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        add(trusted, authorities)
    return trusted


def add(trusted: ssl.SSLContext, authorities: str | bytes) -> None:
    """Trust further authorities, in PEM or DER. Raises ssl.SSLError if they are not certificates."""
    try:
        trusted.load_verify_locations(cadata=authorities)
    except ssl.SSLError:
        # The error may belong to an earlier certificate: OpenSSL leaves one behind for the next call.
        trusted.load_verify_locations(cadata=authorities)


def _add_folder(trusted: ssl.SSLContext, folder: str) -> None:
    try:
        names = sorted(os.listdir(folder))[:_MOST_FILES]  # noqa: PTH208 - the names alone
    except (OSError, ValueError):  # not there, or not a path
        return
    for name in names:
        _add_file(trusted, f"{folder}/{name}")


def _add_file(trusted: ssl.SSLContext, file: str) -> bool:
    """Trust the certificates in a file, and return whether there are any.

    OpenSSL does not read the file itself: it would block on a pipe, or read a device forever.
    """
    try:
        data = read_regular(file, _LARGEST)
        # Text that is not ASCII is a comment.
        add(trusted, data.decode("ascii", "ignore"))
    except (OSError, ValueError):  # not there, or not a certificate; ssl.SSLError is an OSError
        return False
    return True
