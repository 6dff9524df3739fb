"""Company CA certificates that Windows already trusts.

Companies that inspect TLS sign for every host with a CA of their own, which they install in Windows alone: go then
reports `x509: certificate signed by unknown authority`. This step trusts the files of `--certificate`, and those
certificates that Windows trusts and without which a host cannot be verified (see `windows_roots.py`). A repository
cannot add any.
"""

import re
from collections.abc import Iterable, Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Certificate, Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import ROOT, Action, InstallPackages, RunFixed, Step, WriteFile
from wslgo.provision.net import pem
from wslgo.provision.plan.package_needs import UPDATE
from wslgo.text.message import Message, Text, sentences

ID = "certificates"
RESOLVES = ("machine/untrusted-certificate",)
TITLE = Message(en="Trust {names} in this distribution", zh="在此发行版中信任 {names}")

NAMED = Message(
    en="requested with --certificate {files}; from then on this CA can vouch for every host",
    zh="由 --certificate {files} 指定；此后该 CA 可为任何主机担保",
)
NEEDED = Message(
    en="{hosts} cannot be verified without it: Windows trusts it, this distribution does not, so go reports "
    "x509: certificate signed by unknown authority",
    zh="没有它就无法验证 {hosts}：Windows 信任它而此发行版不信任，因此 go 报告 "
    "x509: certificate signed by unknown authority",
)
WHAT_UNDO_DOES = Message(
    en="wslgo provision --undo removes the certificate, but not the effects of having trusted it until then",
    zh="wslgo provision --undo 会移除该证书，但无法消除在此之前信任它所产生的影响",
)
ON_ARCH = Message(
    en="On Arch the folder is /etc/ca-certificates/trust-source/anchors",
    zh="在 Arch 上，该文件夹是 /etc/ca-certificates/trust-source/anchors",
)
OTHER_WAY = Message(
    en="update-ca-certificates is missing: to trust {names}, copy it to /etc/pki/ca-trust/source/anchors (Fedora) and "
    "run update-ca-trust as root",
    zh="此发行版没有 update-ca-certificates：若要信任 {names}，请将其复制到 "
    "/etc/pki/ca-trust/source/anchors（Fedora），并以 root 身份运行 update-ca-trust",
)
UNKNOWN_AUTHORITY = Message(
    en="{urls}: not trusted here ({words}); if your company's network signs for it, pass the company's certificate "
    "with --certificate FILE",
    zh="{urls}：此处不受信任（{words}）；如果由公司网络为其签名，请用 --certificate FILE 指定公司的证书",
)

NOT_PINNED = Message(
    en="{names}: Windows trusts it, but {path} does not pin it, so it is not trusted here; name its file with "
    "--certificate FILE to trust it",
    zh="{names}：Windows 信任它，但 {path} 未固定它，因此不在此信任；若要信任，请用 --certificate FILE 指定其文件",
)

FOLDER = "/usr/local/share/ca-certificates"
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
PROGRAM = "/usr/sbin/update-ca-certificates"
_PACKAGE = "ca-certificates"  # which has that program
_APT, _LISTS = "/usr/bin/apt-get", "/var/lib/apt/lists"
_LONGEST = 40  # characters of a name that a file name contains


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return (PROGRAM, _APT, _LISTS, BUNDLE, f"{FOLDER}/*")


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    """Yield the certificates to trust; hosts that stay unverified without any are a finding of the linter."""
    missing, refused = _missing(facts, spec)
    if refused:
        yield NOT_PINNED(names=_names(refused), path=spec.pins.path)
    if missing and facts.data(PROGRAM) is None and facts.data(_APT) is None:
        if facts.knows(PROGRAM):
            yield sentences(OTHER_WAY(names=_names(missing)), ON_ARCH())
    else:
        named = tuple(certificate for certificate in missing if not certificate.host)
        needed = tuple(certificate for certificate in missing if certificate.host)
        yield from (_step(facts, certificates) for certificates in (named, needed) if certificates)
        if missing:
            yield from _unknown(facts)


def _missing(facts: Facts, spec: Spec) -> tuple[tuple[Certificate, ...], tuple[Certificate, ...]]:
    """Return the CA certificates that the distribution does not trust, and those that a lock does not pin.

    A certificate in its folder only waits for update-ca-certificates, which is run if a host needs the certificate. One
    that the user names is trusted whatever a repository pins.
    """
    trusted, waiting = _in_bundle(facts), _in_folder(facts)
    wanted = {certificate.pem: certificate for certificate in facts.certificates}
    missing = [
        certificate
        for certificate in wanted.values()
        if certificate.pem not in trusted and (certificate.host or certificate.pem not in waiting)
    ]
    allowed = tuple(certificate for certificate in missing if certificate.file or _is_pinned(certificate, spec))
    return allowed, tuple(certificate for certificate in missing if certificate not in allowed)


def _is_pinned(certificate: Certificate, spec: Spec) -> bool:
    [data] = pem.certificates(certificate.pem.encode())
    return spec.pins.has(pem.fingerprint(data))


def _step(facts: Facts, missing: tuple[Certificate, ...]) -> Step:
    waiting = _in_folder(facts)
    files = (_write(facts, certificate) for certificate in missing if certificate.pem not in waiting)
    actions = (*_program(facts), *files, RunFixed((PROGRAM.rpartition("/")[2],)))
    return Step(
        ID,
        TITLE(names=_names(missing)),
        _reason(missing),
        actions,
        needs_root=True,
        reversible=False,
        warnings=(WHAT_UNDO_DOES(),),
    )


def _write(facts: Facts, certificate: Certificate) -> WriteFile:
    path = _path(certificate)
    return WriteFile(path, facts.data(path), certificate.pem.encode(), ROOT)


def _program(facts: Facts) -> Iterator[Action]:
    """Install update-ca-certificates where it is missing; without lists apt finds no package at all."""
    if facts.data(PROGRAM) is not None:
        return
    if not any("_Packages" in name for name in facts.folders.get(_LISTS) or ()):
        yield RunFixed(UPDATE)
    yield InstallPackages((_PACKAGE,))


def _reason(missing: Iterable[Certificate]) -> Text:
    hosts = _listing(certificate.host for certificate in missing)
    return NEEDED(hosts=hosts) if hosts else NAMED(files=_listing(certificate.file for certificate in missing))


def _names(certificates: Iterable[Certificate]) -> tuple[str, ...]:
    return _listing(certificate.name or _path(certificate).rpartition("/")[2] for certificate in certificates)


def _listing(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))


def _path(certificate: Certificate) -> str:
    """Return the file of a CA, with a hash in its name: a renewed certificate has the same subject."""
    [data] = pem.certificates(certificate.pem.encode())
    name = re.sub("[^a-z0-9]+", "-", certificate.name.lower())[:_LONGEST].strip("-")
    return f"{FOLDER}/wslgo-{name}{'-' if name else ''}{pem.name_of(data)}.crt"


# Trusted certificates


def _in_bundle(facts: Facts) -> frozenset[str]:
    return frozenset(map(pem.text, pem.certificates(facts.data(BUNDLE) or b"")))


def _in_folder(facts: Facts) -> frozenset[str]:
    """Return the certificates that update-ca-certificates uses: it reads files with this extension only."""
    paths = (path for path in facts.files if path.startswith(f"{FOLDER}/") and path.endswith(".crt"))
    return frozenset(
        pem.text(certificate) for path in paths for certificate in pem.certificates(facts.data(path) or b"")
    )


def _unknown(facts: Facts) -> Iterator[Text]:
    """Yield the hosts that still cannot be verified with everything that will be trusted."""
    asked = (*facts.sources, *facts.proxies, *facts.tool_proxies)
    distrusted = [source for source in asked if source.distrust]
    if distrusted:
        yield UNKNOWN_AUTHORITY(urls=_listing(source.url for source in distrusted), words=distrusted[0].distrust)
