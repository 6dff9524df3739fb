"""The live answers of a machine's servers, as facts of its `Host`; the rules judge them."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from wslgo.knowledge.module_proxies import is_private_domain
from wslgo.linter import team_file
from wslgo.machine.host import Answer, Host
from wslgo.machine.outcomes import ANSWERS, TIMES_OUT
from wslgo.network.asking import Progress, answers_to
from wslgo.network.name_servers import SECONDS, lookups
from wslgo.network.packet_size import SECONDS as LONGEST_HANDSHAKE
from wslgo.network.packet_size import losing_large_packets
from wslgo.network.questions import (
    CHECKSUMS,
    MODULES,
    GoValues,
    Question,
    Wanted,
    other_database,
    other_proxies,
    questions,
    values_of,
)
from wslgo.network.repository import replacement
from wslgo.provision.net.http import never
from wslgo.provision.plan.steps.go_variables import MIRRORS
from wslgo.provision.survey.workspace import is_inside, module_files
from wslgo.syntax.go import goproxy, gosumdb, mod_file
from wslgo.syntax.go.module_patterns import matches
from wslgo.system.programs import is_within
from wslgo.system.reader import read_regular
from wslgo.system.repository import workspaces
from wslgo.text.source import Source, decode

_MOST_HOSTS = 8  # of private modules
_MOST_MODULES = 200  # of a go.work


def with_live_answers(
    host: Host,
    environment: Mapping[str, str],
    folders: Sequence[Path],
    wanted: Wanted,
    seconds: float,
    listener: Callable[[Progress], None] = lambda _: None,
    is_cancelled: Callable[[], bool] = never,
) -> Host:
    """Return the machine with the answers of its servers; those that GOPROXY names come first, in its order.

    In `folders` `go.mod` is looked for, whose private modules name hosts to ask.
    """
    values = values_of(host.go_values())
    first = questions(values, wanted, private_modules(host, values, folders), replacement(environment))
    answers = answers_to(first, environment, seconds, listener, is_cancelled)
    others = (
        () if is_cancelled() else tuple(other_questions(values, wanted, answers, allowed_proxies(environment, folders)))
    )
    if others:
        answers += answers_to(others, environment, seconds, listener, is_cancelled)
    # A proxy looks the names up itself.
    hosts = [urlsplit(answer.url).hostname or "" for answer in answers if "https://" in answer.url and not answer.via]
    asked = lookups(host.network.name_servers or (), hosts, seconds=min(seconds, SECONDS), is_cancelled=is_cancelled)
    lost = losing_large_packets(_silent(answers), min(seconds, LONGEST_HANDSHAKE), is_cancelled)
    network = host.network._replace(answers=answers, lookups=asked or None, large_packets_lost_by=lost)
    return host._replace(network=network)


def _silent(answers: tuple[Answer, ...]) -> Iterator[tuple[str, int | None]]:
    """Yield the servers that were asked without a proxy and did not answer in time."""
    for answer in answers:
        place = urlsplit(answer.url) if answer.url.startswith("https://") else None
        if place is not None and place.hostname and answer.outcome == TIMES_OUT and not answer.via:
            yield place.hostname, place.port


def private_modules(host: Host, values: GoValues, folders: Sequence[Path]) -> tuple[str, ...]:
    """Return a private module of each host, of those that `go.mod` requires."""
    found: dict[str, str] = {}
    known = ",".join(modules.pattern for modules in host.private_modules or ())
    for module in chain.from_iterable(map(_required, folders)):
        name = module.partition("/")[0]
        if matches(values.private, module) or matches(known, module) or is_private_domain(name):
            found.setdefault(name, module)
    return tuple(found.values())[:_MOST_HOSTS]


def _required(folder: Path) -> Iterator[str]:
    """Yield the modules that the nearest `go.mod`, or those of the nearest `go.work`, require."""
    for path in module_files(folder):
        source = _source(path)
        if path.name == "go.work":
            used = [use.path for use in mod_file.parse_work(source).use[:_MOST_MODULES]]
            sources = [
                _source(path.parent / name / "go.mod") for name in used if is_inside(path.parent / name / "go.mod")
            ]
        else:
            sources = [source]
        for found in sources:
            yield from (requirement.target.path for requirement in mod_file.parse(found).require)


def _source(path: Path) -> Source:
    try:
        return decode(read_regular(str(path)))
    except OSError:
        return Source("")


def allowed_proxies(environment: Mapping[str, str], folders: Sequence[Path]) -> tuple[str, ...] | None:
    """Return the proxies that the policy of this user or machine names; None without a policy about proxies.

    A file inside of the workspace is skipped: there the repository would set its own limits.
    """
    foreign = workspaces(tuple(map(str, folders)), environment.get("HOME", ""))
    for path in team_file.policy_files(environment):
        policy = None if is_within(str(path), foreign, os.path.realpath) else team_file.policy(path)
        proxies = policy.get("proxies") if isinstance(policy, Mapping) else None
        if isinstance(proxies, list):
            return tuple(proxy.rstrip("/") for proxy in proxies if isinstance(proxy, str))
    return None


def other_questions(
    values: GoValues, wanted: Wanted, answers: tuple[Answer, ...], allowed: tuple[str, ...] | None
) -> Iterator[Question]:
    """Yield what could be offered in place of a default that does not answer."""
    by_use = {use: [answer for answer in answers if answer.serves == use] for use in (MODULES, CHECKSUMS)}
    is_default = values.goproxy in ("", goproxy.DEFAULT)
    if is_default and by_use[MODULES] and by_use[MODULES][0].outcome != ANSWERS:
        yield from other_proxies(tuple(url for url in MIRRORS if allowed is None or url in allowed), wanted)
    database = next(iter(by_use[CHECKSUMS]), None)
    if database is not None and database.url == f"https://{gosumdb.KNOWN[0]}" and database.outcome != ANSWERS:
        yield other_database()
