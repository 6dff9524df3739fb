"""Certificates for tests: authorities, certificates that they sign, and an expired one."""

import subprocess
from pathlib import Path

# Expired on 1 January 2021.
EXPIRED = """-----BEGIN CERTIFICATE-----
MIIBRzCB7aADAgECAgEBMAoGCCqGSM49BAMCMBMxETAPBgNVBAMMCE9sZCBSb290
MB4XDTIwMDEwMTAwMDAwMFoXDTIxMDEwMTAwMDAwMFowEzERMA8GA1UEAwwIT2xk
IFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT5veTq6B0INUHnu8TlMZf6
rPpJxHpxGRkzh4V20rLLDwgXOx9uuWTt+JzQOV7qWzeOdJjiYz/oL9MQVYzbu740
ozIwMDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBSZn5NRMsVeLj9r6J3bPQd+
qM1uLTAKBggqhkjOPQQDAgNJADBGAiEAvSzdzx2dri/nD2yV6o8HZpBQWK9l7WPJ
3MEcRrWwgZ4CIQDyl51u4r8E1ch9mVZgPQt7B6XqCFvPGVp3/6+OJsqs2w==
-----END CERTIFICATE-----
"""


def authority(folder: Path, name: str) -> Path:
    """Make the certificate of a new authority, in PEM, with its key beside it."""
    made, key = folder / f"{name}.pem", folder / f"{name}.key"
    new = ("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-x509")
    words = (*new, "-utf8", "-subj", f"/CN={name}", "-keyout", key, "-out", made, "-days", "2")
    subprocess.run(words, check=True, capture_output=True)
    return made


def der(path: Path) -> bytes:
    """Return a certificate as Windows stores it."""
    words = ("openssl", "x509", "-in", path, "-outform", "der")
    return subprocess.run(words, check=True, capture_output=True).stdout
