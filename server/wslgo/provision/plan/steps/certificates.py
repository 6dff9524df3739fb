"""Authorities of a company, trusted by the distribution as Windows trusts them.

Companies that look into TLS sign for every host with an authority of their own, and give it to Windows alone: go then
says `x509: certificate signed by unknown authority`. Trusted is what somebody names with `--certificate`, and of what
Windows trusts that without which a host that was asked cannot be reached (see `roots.py`). Never what a repository
wishes.
"""

import re
from collections.abc import Iterable, Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Certificate, Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import ROOT, Action, InstallPackages, RunFixed, Step, WriteFile
from wslgo.provision.net import pem
from wslgo.provision.plan.package_needs import UPDATE
from wslgo.text.message import Message, Text

ID = "certificates"
TITLE = Message(en="Trust {names} in this distribution", zh="在此发行版中信任 {names}")

NAMED = Message(
    en="{files} is named with --certificate; its authority vouches for every host from then on",
    zh="--certificate 指定了 {files}；此后该 CA 可为任何主机担保",
)
NEEDED = Message(
    en="{hosts} cannot be verified without it: Windows trusts it and this distribution does not, so go says "
    "x509: certificate signed by unknown authority",
    zh="没有它就无法验证 {hosts}：Windows 信任它而此发行版不信任，因此 go 报告 "
    "x509: certificate signed by unknown authority",
)
WHAT_UNDO_DOES = Message(
    en="wslgo provision --undo removes the certificate; what hosts were trusted with until then cannot be taken back",
    zh="wslgo provision --undo 会移除该证书；在此之前因信任主机而产生的影响无法收回",
)
OTHER_WAY = Message(
    en="this distribution has no update-ca-certificates: to trust {names}, copy the certificate to "
    "/etc/pki/ca-trust/source/anchors (Fedora) or /etc/ca-certificates/trust-source/anchors (Arch) "
    "and run update-ca-trust as root",
    zh="此发行版没有 update-ca-certificates：若要信任 {names}，请将证书复制到 "
    "/etc/pki/ca-trust/source/anchors（Fedora）或 /etc/ca-certificates/trust-source/anchors（Arch），"
    "并以 root 身份运行 update-ca-trust",
)
UNKNOWN_AUTHORITY = Message(
    en="{urls}: not trusted here ({words}); if your company's network signs for it, name the company's certificate "
    "with --certificate FILE",
    zh="{urls}：此处不受信任（{words}）；如果由公司网络为其签名，请用 --certificate FILE 指定公司的证书",
)

FOLDER = "/usr/local/share/ca-certificates"
BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
PROGRAM = "/usr/sbin/update-ca-certificates"
_PACKAGE = "ca-certificates"  # which has that program
_APT, _LISTS = "/usr/bin/apt-get", "/var/lib/apt/lists"
_LONGEST = 40  # characters of a name that become part of that of a file


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return (PROGRAM, _APT, _LISTS, BUNDLE, f"{FOLDER}/*")


def steps(facts: Facts, _spec: Spec) -> Iterator[Step | Text]:
    missing = _missing(facts)
    if missing and facts.data(PROGRAM) is None and facts.data(_APT) is None:
        if facts.knows(PROGRAM):
            yield OTHER_WAY(names=_names(missing))
    else:
        named, needed = (tuple(one for one in missing if bool(one.host) is is_needed) for is_needed in (False, True))
        yield from (_step(facts, some) for some in (named, needed) if some)
    yield from _unknown(facts)


def _missing(facts: Facts) -> tuple[Certificate, ...]:
    """The authorities that the distribution does not trust. What lies in its folder waits for the program at most, and
    is waited for where a host needs it."""
    trusted, there = _in_bundle(facts), _in_folder(facts)
    wanted = {one.pem: one for one in facts.certificates}
    return tuple(one for one in wanted.values() if one.pem not in trusted and (one.host or one.pem not in there))


def _step(facts: Facts, missing: tuple[Certificate, ...]) -> Step:
    there = _in_folder(facts)
    files = (
        WriteFile(_path(one), facts.data(_path(one)), one.pem.encode(), ROOT) for one in missing if one.pem not in there
    )
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


def _program(facts: Facts) -> Iterator[Action]:
    """What brings update-ca-certificates where it is not there; without lists apt finds no package at all."""
    if facts.data(PROGRAM) is not None:
        return
    if not any("_Packages" in name for name in facts.folders.get(_LISTS) or ()):
        yield RunFixed(UPDATE)
    yield InstallPackages((_PACKAGE,))


def _reason(missing: Iterable[Certificate]) -> Text:
    hosts = _joined(one.host for one in missing)
    return NEEDED(hosts=hosts) if hosts else NAMED(files=_joined(one.file for one in missing))


def _names(certificates: Iterable[Certificate]) -> str:
    return _joined(one.name or _path(one).rpartition("/")[2] for one in certificates)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(filter(None, words)))


def _path(certificate: Certificate) -> str:
    """A file by the name of its authority; renewed certificates have that of the old one, so its hash is in it, too."""
    [data] = pem.certificates(certificate.pem.encode())
    name = re.sub("[^a-z0-9]+", "-", certificate.name.lower())[:_LONGEST].strip("-")
    return f"{FOLDER}/wslgo-{name}{'-' if name else ''}{pem.name_of(data)}.crt"


# What the distribution trusts


def _in_bundle(facts: Facts) -> frozenset[str]:
    return frozenset(map(pem.text, pem.certificates(facts.data(BUNDLE) or b"")))


def _in_folder(facts: Facts) -> frozenset[str]:
    """What update-ca-certificates takes from there: it looks at no other names."""
    paths = (path for path in facts.files if path.startswith(f"{FOLDER}/") and path.endswith(".crt"))
    return frozenset(pem.text(one) for path in paths for one in pem.certificates(facts.data(path) or b""))


def _unknown(facts: Facts) -> Iterator[Text]:
    """The hosts that stay distrusted, with all that will be trusted."""
    distrusted = [one for one in (*facts.sources, *facts.proxies) if one.distrust]
    if distrusted:
        yield UNKNOWN_AUTHORITY(urls=_joined(one.url for one in distrusted), words=distrusted[0].distrust)
