"""The network as it will be once the company's authorities are trusted: asked that way, so that one plan has it all."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from wslgo.machine.probe.context import Machine
from wslgo.provision.model.facts import Certificate, Facts
from wslgo.provision.net.http import Web
from wslgo.provision.net.tls import context
from wslgo.provision.plan.steps.certificates import FOLDER
from wslgo.provision.survey import authority, windows_roots
from wslgo.provision.target import Target
from wslgo.system.world import World
from wslgo.text.message import Text


class Asker(NamedTuple):
    """How the network is asked: `ask` adds what it says to what was found; `hosts` are URLs that are tried besides, and
    `windows` is whom to ask for authorities that are lacking, None for a machine that is not this one."""

    ask: Callable[[Facts, Web], Facts]
    environment: Mapping[str, str]
    hosts: tuple[str, ...] = ()
    windows: World | None = None


def environment_of(target: Target, environment: Mapping[str, str]) -> Mapping[str, str]:
    """The variables with which we and the go command reach the network for a machine: a tree has authorities of its own
    beside those of the machine that we run on."""
    folders = (environment.get("SSL_CERT_DIR"), str(target.real(FOLDER)))
    return {**environment, "SSL_CERT_DIR": ":".join(filter(None, folders))} if target.is_tree else environment


def without_tree(target: Target, environment: Mapping[str, str]) -> Mapping[str, str]:
    """The variables as they were before `environment_of`: what root will run is not vouched for by the tree."""
    folders = environment.get("SSL_CERT_DIR", "").split(":")
    kept = ":".join(one for one in folders if one and one != str(target.real(FOLDER)))
    return {**{name: value for name, value in environment.items() if name != "SSL_CERT_DIR"}, "SSL_CERT_DIR": kept}


def answered(facts: Facts, files: tuple[str, ...], asker: Asker) -> Facts:
    """What the network says, with the authorities to trust: those in `files`, and those that its hosts cannot do
    without."""
    facts = _with_named(facts, files)
    first = asker.ask(facts, _web(facts, asker))
    lacking = _lacking(first, asker)
    if not lacking:
        return first
    facts = facts._replace(certificates=(*facts.certificates, *lacking))
    return asker.ask(facts, _web(facts, asker))


def _with_named(facts: Facts, files: tuple[str, ...]) -> Facts:
    judged = [one for path in files for one in authority.in_file(path)]
    named = tuple(one for one in judged if isinstance(one, Certificate))
    refused = tuple(one for one in judged if isinstance(one, Text))
    return facts._replace(certificates=named, problems=(*facts.problems, *refused))


def _web(facts: Facts, asker: Asker) -> Web:
    more = "".join(one.pem for one in facts.certificates)
    return Web(asker.environment, trust=lambda environment: context(environment, more))


def _lacking(facts: Facts, asker: Asker) -> tuple[Certificate, ...]:
    """Of what Windows trusts that without which hosts are not; nothing where all are, or a file of the environment's
    decides about trust: the distribution's is not looked at then."""
    if asker.windows is None or asker.environment.get("SSL_CERT_FILE"):
        return ()
    web = _web(facts, asker)
    urls = [one.url for one in (*facts.sources, *facts.proxies) if one.distrust]
    urls = list(dict.fromkeys((*urls, *windows_roots.distrusted(asker.hosts, web))))
    return windows_roots.needed(urls, windows_roots.of_windows(Machine(asker.windows)), web) if urls else ()
