"""The certificates that a server is judged by: the company's, where the environment names them, else the system's.

As Go reads them (crypto/x509, root_linux.go), since one answer for both is what a company sets SSL_CERT_FILE for. What
the interpreter's own OpenSSL takes for the system's folder may not exist here.
"""

import os
import ssl
from collections.abc import Mapping

from wslgo.knowledge.authorities import FILES, FOLDERS
from wslgo.system.reader import read_regular

_LARGEST = 16 << 20  # bytes of a file; all authorities of a distribution have a fiftieth of it
_MOST_FILES = 10_000  # of a folder


def context(environment: Mapping[str, str], more: str = "") -> ssl.SSLContext:
    """What TLS connections are checked with: name, chain and time, always. `more` are authorities besides, in PEM."""
    made = alone("")
    named_file = environment.get("SSL_CERT_FILE")
    for file in (named_file,) if named_file else FILES:
        if _adds(made, file):
            break
    # A folder of the system repeats its file; one that somebody names may be the company's.
    named_folders = environment.get("SSL_CERT_DIR")
    for folder in named_folders.split(":") if named_folders else () if named_file else FOLDERS:
        if named_folders or not made.cert_store_stats()["x509_ca"]:
            _add_folder(made, folder)
    if more:
        add(made, more)
    return made


def alone(authorities: str) -> ssl.SSLContext:
    """The same with these authorities, in PEM, and no others."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        add(made, authorities)
    return made


def add(made: ssl.SSLContext, authorities: str | bytes) -> None:
    """Add authorities, in PEM or DER, to those that are trusted. Raises ssl.SSLError for what is none."""
    try:
        made.load_verify_locations(cadata=authorities)
    except ssl.SSLError:
        # It may be that of an earlier certificate: reading one that is odd leaves an error for the next call.
        made.load_verify_locations(cadata=authorities)


def _add_folder(made: ssl.SSLContext, folder: str) -> None:
    try:
        names = sorted(os.listdir(folder))[:_MOST_FILES]  # noqa: PTH208 - the names alone
    except (OSError, ValueError):  # not there, or no path
        return
    for name in names:
        _adds(made, f"{folder}/{name}")


def _adds(made: ssl.SSLContext, file: str) -> bool:
    """Add what is in a file; OpenSSL does not read it itself, since it would wait for a pipe, or for a device's end."""
    try:
        data = read_regular(file, _LARGEST)
        # What is in other letters is a comment.
        add(made, data.decode("ascii", "ignore"))
    except (OSError, ValueError):  # not there, or no certificate; ssl.SSLError is an OSError
        return False
    return True
