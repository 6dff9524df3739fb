"""The authorities that Windows trusts and this distribution does not, where a host cannot be reached without one.

Companies that look into TLS give their authority to Windows alone. Of what Windows trusts only that is taken with which
the host really verifies, tried with that one alone: no more is trusted than what is needed.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from wslgo.machine.probe import interop
from wslgo.machine.probe.context import Machine
from wslgo.provision.model.facts import Certificate, distrust
from wslgo.provision.net.http import Web, obstacle
from wslgo.provision.net.tls import alone
from wslgo.provision.survey import authority

# A certificate a line, its bytes as decimal numbers: the conversion to base64 is a method of .NET, which is not allowed
# in constrained mode, and companies that look into TLS also are those that constrain PowerShell.
COMMAND = "Get-ChildItem Cert:/LocalMachine/Root,Cert:/CurrentUser/Root | ForEach-Object { $_.RawData -join ' ' }"
_PATIENCE = 5.0  # seconds for a host


def of_windows(machine: Machine) -> tuple[bytes, ...]:
    """The certificates of the authorities that Windows trusts; none where it does not answer."""
    words = ("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", COMMAND)
    ran = machine.ask(interop.interop).run(interop.POWERSHELL, *words)
    lines = ran.out.decode("ascii", "replace").splitlines() if ran else ()
    # That of the user repeats that of the computer.
    return tuple(dict.fromkeys(filter(None, map(_bytes, lines))))


def distrusted(urls: Iterable[str], web: Web) -> tuple[str, ...]:
    """Those for whose host no authority here vouches; who cannot be reached is none of them."""
    patient = web.within(_PATIENCE)
    return tuple(url for url in urls if url.startswith("https:") and distrust(obstacle(patient, url)))


def needed(urls: Iterable[str], candidates: Iterable[bytes], web: Web) -> tuple[Certificate, ...]:
    """Of the candidates one for each host that cannot do without, as few as can be."""
    authorities = [one for one in map(authority.of, candidates) if one]
    chosen: list[Certificate] = []
    for url in urls:
        if any(_trusts([one], url, web) for one in chosen):
            continue
        found = _sufficient(authorities, url, web)
        if found is not None:
            chosen.append(found._replace(host=urlsplit(url).hostname or url))
    return tuple(chosen)


def _sufficient(authorities: Sequence[Certificate], url: str, web: Web) -> Certificate | None:
    """One with which alone a host verifies, sought by halves: several do what any one of them does."""
    if not authorities or not _trusts(authorities, url, web):
        return None
    while len(authorities) > 1:
        half = authorities[: len(authorities) // 2]
        authorities = half if _trusts(half, url, web) else authorities[len(half) :]
    return authorities[0] if _trusts(authorities, url, web) else None


def _trusts(authorities: Iterable[Certificate], url: str, web: Web) -> bool:
    """Whether a host verifies with these and no others."""
    text = "".join(one.pem for one in authorities)
    return not obstacle(Web(web.environment, _PATIENCE, _PATIENCE, lambda _: alone(text)), url)


def _bytes(line: str) -> bytes:
    """Nothing for a line that is no certificate's."""
    words = line.split()
    return bytes(map(int, words)) if words and all(_is_byte(word) for word in words) else b""


def _is_byte(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 3 and int(word) < 256
