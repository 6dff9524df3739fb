"""The pins of a machine: the Go and the tools in use and the certificates of wslgo, with their published hashes.

The hashes are those of the sources and of the checksum database, which are asked again. For what they do not answer,
the hash that wslgo verified at the installation counts; what has none is left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.knowledge.go_tools import TOOLS
from wslgo.provision.errors import ProvisionError
from wslgo.provision.inventory.item import AS_RECORDED, CERTIFICATE, TOOLCHAIN, Item
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts
from wslgo.provision.net.digest import H1, SHA256
from wslgo.provision.net.http import Web
from wslgo.provision.toolchain import release, source
from wslgo.provision.toolchain.policy import Policy, candidates
from wslgo.provision.toolchain.sumdb.client import SumDb
from wslgo.syntax.lock_file import Archives, Lock, PinnedGo, PinnedTool, is_exact, is_published
from wslgo.text.message import Message, Text

LOCKED_PLATFORMS = ("amd64", "arm64")

DISAGREE = Message(
    en="the sources disagree about {name}: {hashes}; nothing is pinned",
    zh="各来源对 {name} 的说法不一致：{hashes}；不固定任何内容",
)
NO_ARCHIVE = Message(
    en="no hash of Go {version} for {platform} is pinned: no source that GOPROXY allows published one",
    zh="未固定 Go {version} 在 {platform} 上的校验和：GOPROXY 允许的来源均未公布",
)
NOT_A_RELEASE = Message(
    en="Go {version} is not pinned: it is not a release", zh="未固定 Go {version}：它不是正式发布的版本"
)
NO_TOOL = Message(
    en="{name} is not pinned: it was not built from a release of {module}",
    zh="未固定 {name}：它不是由 {module} 的正式版本构建的",
)
UNVERIFIED = Message(
    en="the hash of {name} is the one that go has recorded in the program; the checksum database did not confirm it: "
    "{reason}",
    zh="{name} 的校验和取自 go 在程序中的记录；未能由校验和数据库确认：{reason}",
)


class Gathered(NamedTuple):
    """The pins of a machine, and remarks about what has none."""

    lock: Lock
    remarks: tuple[Text, ...] = ()


class Network(NamedTuple):
    """The sources of toolchains and the checksum database, as the policy of the machine allows them."""

    policy: Policy
    web: Web
    heads: Path
    cancelled: Callable[[], bool]


def gather(facts: Facts, items: list[Item], version: str, network: Network) -> Gathered:
    """Return the pins of a machine with this Go. Raises ProvisionError if the sources contradict each other."""
    remarks: list[Text] = []
    go = _go(facts, items, version, network, remarks) if version else None
    tools = tuple(_tools(facts, network, remarks))
    return Gathered(Lock(go, tools, _certificates(items)), tuple(remarks))


def _go(facts: Facts, items: list[Item], version: str, network: Network, remarks: list[Text]) -> PinnedGo | None:
    if not is_exact(version):
        remarks.append(NOT_A_RELEASE(version=version))
        return None
    own = _installed(facts, items, version)
    found: dict[str, Archives] = {}
    for architecture in LOCKED_PLATFORMS:
        platform = f"linux-{architecture}"
        archives = _published(version, architecture, network)
        if own is not None and architecture == facts.architecture:
            archives = _with_own(archives, own, f"Go {version} {platform}")
        if archives == Archives():
            remarks.append(NO_ARCHIVE(version=version, platform=platform))
        else:
            found[platform] = archives
    return PinnedGo(version, found)


def _installed(facts: Facts, items: list[Item], version: str) -> Item | None:
    """Return the toolchain that wslgo has installed and that is as it was verified then."""
    folder = layout.toolchain(facts.user, f"go{version}")
    fitting = (item for item in items if (item.kind, item.state, item.path) == (TOOLCHAIN, AS_RECORDED, folder))
    return next(fitting, None)


def _with_own(archives: Archives, own: Item, name: str) -> Archives:
    """Return the hashes with those that were verified at the installation, which the published ones must equal."""
    archive = own.hash("archive")
    if archive.startswith(SHA256):
        _demand_equal(name, {archives.tarball, archive})
        archives = archives._replace(tarball=archive)
    elif archive.startswith(H1):
        _demand_equal(name, {archives.module, archive})
        archives = archives._replace(module=archive)
    return archives


def _published(version: str, architecture: str, network: Network) -> Archives:
    """Return the published hashes of a toolchain: of its archive by the sites, of its module by the database."""
    answers = source.probe(candidates(network.policy), version, architecture, network.web)
    releases = [answer.release for answer in answers if answer.release is not None]
    tarballs = {found.digest for found in releases if found.version == f"go{version}" and found.digest}
    _demand_equal(f"Go {version} linux-{architecture}", tarballs)
    module = ""
    if release.is_module(f"go{version}"):
        module = _hash_of_database(network, release.module_version(f"go{version}", architecture))[0]
    return Archives(next(iter(tarballs), ""), module)


def _demand_equal(name: str, hashes: set[str]) -> None:
    known = sorted(filter(None, hashes))
    if len(known) > 1:
        raise ProvisionError(DISAGREE(name=name, hashes=tuple(known)))


def _hash_of_database(network: Network, version: str, module: str = "") -> tuple[str, Text | None]:
    """Return the hash of a module in the checksum database; "" and the reason if it does not tell."""
    database = SumDb(network.policy, network.web, network.heads, network.cancelled)
    try:
        return (database.h1(version, module) if module else database.h1(version)), None
    except ProvisionError as error:
        return "", error.text


def _tools(facts: Facts, network: Network, remarks: list[Text]) -> Iterator[PinnedTool]:
    for tool in TOOLS:
        built = facts.tools.get(tool.program)
        if built is None or built.package != tool.package:
            continue
        if built.module != tool.module or not built.sum or not is_published(built.version):
            remarks.append(NO_TOOL(name=tool.name, module=tool.module))
            continue
        published, why = _hash_of_database(network, built.version, tool.module)
        _demand_equal(f"{tool.module} {built.version}", {published, built.sum})
        if why is not None:
            remarks.append(UNVERIFIED(name=tool.name, reason=why))
        yield PinnedTool(tool.package, tool.module, built.version, built.sum)


def _certificates(items: list[Item]) -> Mapping[str, str]:
    """Return the certificates that wslgo has installed and that are as recorded."""
    own = (item for item in items if item.kind == CERTIFICATE and item.state == AS_RECORDED)
    return {item.hash("fingerprint"): _printable(item.name) for item in own}


def _printable(name: str) -> str:
    """Return the name of a certificate as a lock may have it."""
    return re.sub(r"\s+", " ", "".join(letter if letter.isprintable() else " " for letter in name)).strip()[:64]
