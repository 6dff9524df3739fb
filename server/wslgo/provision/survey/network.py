"""Answers of module proxies and download sources: which are reachable, and where the requested Go is."""

from typing import NamedTuple

from wslgo.knowledge.version import go_version
from wslgo.machine.host import Host
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.allowed_goproxy import allowed_goproxy
from wslgo.provision.model.facts import Facts, Release, Source
from wslgo.provision.model.pins import BY_SOURCE, NOT_AS_PINNED
from wslgo.provision.model.spec import Spec
from wslgo.provision.net.digest import kind_of
from wslgo.provision.net.http import Web
from wslgo.provision.plan.steps import go_variables
from wslgo.provision.plan.steps import toolchain as toolchain_step
from wslgo.provision.toolchain import source
from wslgo.provision.toolchain.policy import MODULE, PUBLIC, Candidate, Policy, candidates
from wslgo.syntax.go import gosumdb
from wslgo.text.message import Message, Text

OUTDATED = Message(
    en="{path} pins Go {pinned}, but go.mod asks for {asked}; write the pins again with wslgo provision --lock",
    zh="{path} 固定的是 Go {pinned}，而 go.mod 要求 {asked}；请用 wslgo provision --lock 重新写入",
)

_PATIENCE = 5.0  # seconds: a slower proxy is of no use


class ProxyFacts(NamedTuple):
    """The answers of module proxies."""

    proxies: tuple[Source, ...]


class ReleaseFacts(NamedTuple):
    """The requested Go: the sources that were asked, and the release that was chosen."""

    sources: tuple[Source, ...] = ()
    release: Release | None = None
    problems: tuple[Text, ...] = ()


def policy_of(host: Host, spec: Spec) -> Policy:
    """Return the download policy of a machine's GOPROXY and GOSUMDB.

    If go would reject GOSUMDB, the public database is used, as it will be once that value is fixed; and where the
    policy of `wslgo.yaml` requires verification. Proxies that it does not allow are left out.
    """
    values = host.go_values()
    database = values.get("GOSUMDB", "")
    is_off = gosumdb.error_of(database) or (
        database == "off" and spec.policy is not None and spec.policy.of("checksums")
    )
    proxies = allowed_goproxy(values.get("GOPROXY", ""), spec.policy)
    return Policy(proxies, "" if is_off else database, spec.sources)


def proxy_facts(facts: Facts, web: Web) -> ProxyFacts | None:
    """Ask the module proxies that the step `go-variables` has to know about."""
    while urls := go_variables.asks(facts):
        asked = tuple(Candidate(url, MODULE, PUBLIC) for url in urls)
        answers = source.probe(asked, "", facts.architecture, web, _PATIENCE)
        facts = facts._replace(proxies=(*facts.proxies, *(answer.source for answer in answers)))
    return ProxyFacts(facts.proxies)


def source_facts(facts: Facts, spec: Spec, web: Web) -> ProxyFacts | None:
    """Ask the module proxies of GOPROXY whether they can be verified here."""
    asked = tuple(candidate for candidate in candidates(policy_of(facts.host, spec)) if candidate.kind == MODULE)
    if not asked:
        return None
    answers = source.probe(asked, "", facts.architecture, web, _PATIENCE)
    return ProxyFacts(tuple(answer.source for answer in answers))


def release_facts(facts: Facts, spec: Spec, web: Web) -> ReleaseFacts | None:
    """Find the requested Go in the sources that the policy allows; None if the machine needs no other Go."""
    if toolchain_step.need(facts, spec) is None:
        return None
    pins = spec.pins
    asked, pinned = go_version(facts.asked), go_version(pins.go)
    if not spec.go and asked is not None and pinned is not None and pinned < asked:
        return ReleaseFacts(problems=(OUTDATED(path=pins.path, pinned=pins.go, asked=facts.asked),))
    version = spec.go.removeprefix("go") or pins.go or facts.asked
    try:
        search = source.search(version, facts.architecture, policy_of(facts.host, spec), web)
    except ProvisionError as error:
        return ReleaseFacts(problems=(error.text,))
    if search.release is None:
        return ReleaseFacts(search.sources, problems=(source.not_found(search, version, facts.architecture).text,))
    found = search.release
    archives = pins.archives(found.version, facts.architecture)
    found = found._replace(
        pinned=archives.module if found.source.kind == MODULE else archives.tarball or archives.module
    )
    is_comparable = found.pinned and found.digest and kind_of(found.pinned) == kind_of(found.digest)
    if is_comparable and found.pinned != found.digest:
        words = NOT_AS_PINNED(
            name=found.url, pinned=found.pinned, source=BY_SOURCE(source=found.source.url), found=found.digest
        )
        return ReleaseFacts(search.sources, problems=(words,))
    return ReleaseFacts(search.sources, found)
