"""The certificates that a server is judged by: the company's, where the environment names them, else the system's.

As Go reads them (crypto/x509, root_linux.go), since one answer for both is what a company sets SSL_CERT_FILE for. What
the interpreter's own OpenSSL takes for the system's folder may not exist here.
"""

import contextlib
import ssl
from collections.abc import Mapping
from pathlib import Path

from wslgo.knowledge.authorities import FILES, FOLDERS


def context(environment: Mapping[str, str], more: str = "") -> ssl.SSLContext:
    """What TLS connections are checked with: name, chain and time, always. `more` are authorities besides, in PEM."""
    made = alone("")
    named_file = environment.get("SSL_CERT_FILE")
    for file in (named_file,) if named_file else FILES:
        if _adds(made, Path(file)):
            break
    # A folder of the system repeats its file; one that somebody names may be the company's.
    named_folders = environment.get("SSL_CERT_DIR")
    for folder in named_folders.split(":") if named_folders else () if named_file else FOLDERS:
        if named_folders or not made.cert_store_stats()["x509_ca"]:
            _add_folder(made, Path(folder))
    if more:
        made.load_verify_locations(cadata=more)
    return made


def alone(authorities: str) -> ssl.SSLContext:
    """The same with these authorities, in PEM, and no others."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities:
        made.load_verify_locations(cadata=authorities)
    return made


def _add_folder(made: ssl.SSLContext, folder: Path) -> None:
    with contextlib.suppress(OSError):
        for file in sorted(folder.iterdir()):
            _adds(made, file)


def _adds(made: ssl.SSLContext, file: Path) -> bool:
    try:
        made.load_verify_locations(file)
    except OSError:  # not there, or no certificate; ssl.SSLError is one
        return False
    return True
