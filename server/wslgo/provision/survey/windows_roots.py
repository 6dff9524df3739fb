"""The CA certificates that Windows trusts and this distribution needs to verify a host.

Companies that inspect TLS install their CA certificate in Windows alone. Of those that Windows trusts, only one that
verifies the host all by itself is used: nothing is trusted beyond what is needed.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from wslgo.machine.probe import interop
from wslgo.machine.probe.context import ProbeContext
from wslgo.provision.model.facts import Certificate, distrust
from wslgo.provision.net.http import Web, obstacle
from wslgo.provision.net.tls import alone
from wslgo.provision.survey import authority

# A certificate a line, its bytes as decimal numbers: the conversion to base64 is a method of .NET, which is not allowed
# in constrained mode, and companies that inspect TLS also are those that constrain PowerShell.
COMMAND = "Get-ChildItem Cert:/LocalMachine/Root,Cert:/CurrentUser/Root | ForEach-Object { $_.RawData -join ' ' }"
_PATIENCE = 5.0  # seconds for a host


def of_windows(machine: ProbeContext) -> tuple[bytes, ...]:
    """Return the CA certificates that Windows trusts; none if it does not answer."""
    words = ("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", COMMAND)
    ran = machine.ask(interop.interop).run(interop.POWERSHELL, *words)
    lines = ran.out.decode("ascii", "replace").splitlines() if ran else ()
    # The store of the user repeats that of the computer.
    return tuple(dict.fromkeys(filter(None, map(_bytes, lines))))


def distrusted_urls(urls: Iterable[str], web: Web) -> tuple[str, ...]:
    """Return the URLs whose host answers with a certificate that is not trusted here."""
    patient = web.within(_PATIENCE)
    return tuple(url for url in urls if url.startswith("https:") and distrust(obstacle(patient, url)))


def needed_certificates(urls: Iterable[str], candidates: Iterable[bytes], web: Web) -> tuple[Certificate, ...]:
    """Return a candidate for each host that cannot be verified without it, as few as possible."""
    authorities = [certificate for certificate in map(authority.of, candidates) if certificate]
    chosen: list[Certificate] = []
    for url in urls:
        if any(_verifies([certificate], url, web) for certificate in chosen):
            continue
        sufficient = _sufficient(authorities, url, web)
        if sufficient is not None:
            chosen.append(sufficient._replace(host=urlsplit(url).hostname or url))
    return tuple(chosen)


def _sufficient(authorities: Sequence[Certificate], url: str, web: Web) -> Certificate | None:
    """Return a certificate that verifies a host alone; a binary search, since a set verifies what one of it does."""
    if not authorities or not _verifies(authorities, url, web):
        return None
    while len(authorities) > 1:
        half = authorities[: len(authorities) // 2]
        authorities = half if _verifies(half, url, web) else authorities[len(half) :]
    return authorities[0] if _verifies(authorities, url, web) else None


def _verifies(authorities: Iterable[Certificate], url: str, web: Web) -> bool:
    """Return whether a host can be verified with these certificates alone."""
    text = "".join(certificate.pem for certificate in authorities)
    return not obstacle(Web(web.environment, _PATIENCE, _PATIENCE, lambda _: alone(text)), url)


def _bytes(line: str) -> bytes:
    """Return the certificate in a line; empty for any other line."""
    words = line.split()
    return bytes(map(int, words)) if words and all(_is_byte(word) for word in words) else b""


def _is_byte(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 3 and int(word) < 256
