"""Set up a provisioning run for the CLI and the language server: settings, survey, run context."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.linter import team_file
from wslgo.linter.team_policy import Policies
from wslgo.linter.team_requirements import FoundPolicy
from wslgo.machine.host import Host
from wslgo.provision.apply.context import AsRoot, Event, RunContext
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.errors import problem_of
from wslgo.provision.lock.file import find
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.pins import Pins
from wslgo.provision.model.spec import OWN_POLICY, Spec, of_team, with_defaults
from wslgo.provision.model.step import Plan
from wslgo.provision.net.http import never
from wslgo.provision.plan import planner
from wslgo.provision.plan.judgement import Remainder, remainder
from wslgo.provision.plan.planner import STEPS
from wslgo.provision.plan.policy_rejection import allowed_sources
from wslgo.provision.survey import trust
from wslgo.provision.survey.network import policy_of
from wslgo.provision.survey.own_paths import own_paths
from wslgo.provision.survey.survey import host_of, survey
from wslgo.provision.target import Target
from wslgo.provision.toolchain.release import is_release_of
from wslgo.system.journal import Journal, folder_of
from wslgo.system.programs import NETWORK, is_within, without_workspaces
from wslgo.system.repository import workspaces
from wslgo.system.walk import is_for_root
from wslgo.text.message import Message, Text

_SCRATCH = "wslgo/provision"

STALE = Message(
    en="{path} pins Go {pinned}, but wslgo.yaml asks for {asked}; write the pins again with wslgo provision --lock",
    zh="{path} 固定的是 Go {pinned}，而 wslgo.yaml 要求 {asked}；请用 wslgo provision --lock 重新写入",
)
NO_STEP = Message(en="unknown step '{name}'; available: {names}", zh="未知步骤 '{name}'；可用步骤：{names}")


class Request(NamedTuple):
    """The machine to provision, the requested settings, and the folder of the workspace.

    `recorded` tells about the kernel and Windows where the machine cannot. Settings from a repository apply only with
    `trusts_team`. `opened` are the folders of an editor, whose programs do not run either.
    """

    target: Target
    folder: Path
    environment: Mapping[str, str]
    spec: Spec = Spec()
    trusts_team: bool = False
    recorded: Host | None = None
    opened: tuple[str, ...] = ()

    @property
    def workspaces(self) -> tuple[str, ...]:
        """Return the folders whose programs do not run."""
        return workspaces(self.opened, self.environment.get("HOME", ""), here=str(self.folder))


class TeamSpec(NamedTuple):
    """The settings that the repository requests, its file, and the problems of those that are rejected."""

    path: Path | None = None
    spec: Spec = Spec()
    problems: tuple[Text, ...] = ()

    @property
    def words(self) -> str:
        """Return the settings in one line; "" if none may be used."""
        return ", ".join(_in_words(self.spec))


class Prepared(NamedTuple):
    """A plan, with the facts and settings it was made from, what it leaves, and what the repository requests.

    With `lock_problems` the lock or the policy cannot be obeyed, so nothing is planned.
    """

    facts: Facts
    spec: Spec
    plan: Plan
    team: TeamSpec
    left: Remainder = Remainder()
    lock_problems: tuple[Text, ...] = ()


def prepare(request: Request) -> Prepared:
    """Survey the machine and the network, and plan. Nothing is written."""
    team = team_spec(request.folder, request.environment)
    spec = with_defaults(request.spec, team.spec) if request.trusts_team else request.spec
    bound = policies_of(request.folder, request.environment)
    if bound.problems:
        return Prepared(Facts(problems=bound.problems), spec, Plan(), team, lock_problems=bound.problems)
    allowed = allowed_sources(spec.sources, bound.binding)
    spec = spec._replace(sources=allowed.sources, policy=bound.binding)
    spec, problems_of_lock = with_pins(spec, request, team)
    if problems_of_lock:
        return Prepared(Facts(problems=problems_of_lock), spec, Plan(), team, lock_problems=problems_of_lock)
    target, opened = request.target, request.opened
    facts = survey(target, spec, request.environment, request.folder, request.recorded, opened=opened)
    facts = facts._replace(policy=bound.binding)
    problems: list[Text] = list(allowed.problems)
    plan = planner.plan(facts, spec, lambda name, error: problems.append(problem_of(error, name)))
    left = remainder(facts, plan, spec, planner.resolvable_rules(spec))
    return Prepared(facts._replace(problems=(*facts.problems, *problems)), spec, plan, team, left)


def with_pins(spec: Spec, request: Request, team: TeamSpec) -> tuple[Spec, tuple[Text, ...]]:
    """Return the settings with the pins of the repository's lock, or why it cannot be obeyed.

    A version that the user names wins over that of the lock; one of `wslgo.yaml` has to be the same.
    """
    found = find(request.folder)
    if found is None:
        return spec, ()
    if found.lock is None:
        return spec, found.problems
    lock, go = found.lock, spec.go
    if lock.go is not None and request.spec.go:
        is_same = is_release_of(lock.go.version, request.spec.go)
        go, lock = (lock.go.version, lock) if is_same else (go, lock._replace(go=None))
    elif lock.go is not None:
        if request.trusts_team and team.spec.go and not is_release_of(lock.go.version, team.spec.go):
            return spec, (STALE(path=str(found.path), pinned=lock.go.version, asked=team.spec.go),)
        go = ""
    return spec._replace(go=go, pins=Pins(lock, str(found.path), request.trusts_team)), ()


def machine_of(request: Request) -> Host:
    """Return the facts of the machine, to resume or undo a run."""
    return host_of(request.target, request.folder, request.recorded, opened=request.opened)


def team_spec(folder: Path, environment: Mapping[str, str]) -> TeamSpec:
    """Return the settings of `wslgo.yaml` in or above a folder; none if it requests an unknown step."""
    path = team_file.find(folder)
    if path is None:
        return TeamSpec()
    provision, own_policy = team_file.provision(path)
    bound = policies_of(folder, environment).binding
    team = of_team(provision, _permission(folder, environment), own_paths(folder), bound)
    places = " / ".join(map(str, team_file.policy_files(environment)))
    is_about_proxies = isinstance(own_policy, Mapping) and "proxies" in own_policy
    ignored = (OWN_POLICY(path=str(path), places=places),) if is_about_proxies else ()
    unknown = tuple(unknown_steps(team.spec.only))
    return TeamSpec(path, Spec() if unknown else team.spec, (*ignored, *team.problems, *unknown))


def policies_of(folder: Path, environment: Mapping[str, str]) -> FoundPolicy:
    """Return the policy that holds for a folder: that of the machine, of the user and of the repository."""
    return Policies(environment).around(str(folder.absolute()))


def _permission(folder: Path, environment: Mapping[str, str]) -> Mapping[str, object]:
    """Return what the user and the machine allow a repository to ask for: proxies that each of their policies names.

    A path inside of the workspace is skipped: there the repository would set its own limits.
    """
    foreign = workspaces(str(folder), environment.get("HOME", ""))
    lists = [
        policy["proxies"]
        for path in team_file.policy_files(environment)
        if not is_within(str(path), foreign, os.path.realpath)
        and isinstance(policy := team_file.policy(path), Mapping)
        and isinstance(policy.get("proxies"), list)
    ]
    if not lists:
        return {}
    first, *others = lists
    return {"proxies": [proxy for proxy in first if all(proxy in other for other in others)]}


def unknown_steps(names: tuple[str, ...]) -> Iterator[Text]:
    """Yield a message for each unknown step."""
    return (NO_STEP(name=name, names=tuple(STEPS)) for name in names if name not in STEPS)


def run_context(
    request: Request,
    host: Host,
    spec: Spec,
    say: Callable[[Event], None],
    as_root: AsRoot | None,
    cancelled: Callable[[], bool] = never,
) -> RunContext:
    """Return the context of a run on this machine."""
    environment = request.environment
    return RunContext(
        request.target,
        Ledger(ledger_of(environment)),
        Journal(folder_of(environment)),
        trust.environment_of(request.target, _without_workspaces(request)),
        scratch_of(environment),
        policy_of(host, _bound(spec, request)),
        host,
        say,
        as_root,
        cancelled,
    )


def _bound(spec: Spec, request: Request) -> Spec:
    """Return settings with the policy that holds here, also those of a run that is resumed."""
    if spec.policy is not None:
        return spec
    policy = policies_of(request.folder, request.environment).binding
    return spec._replace(policy=policy, sources=allowed_sources(spec.sources, policy).sources)


def _without_workspaces(request: Request) -> Mapping[str, str]:
    """Return the environment without paths into a repository, apart from those that the network needs."""
    return without_workspaces(request.environment, request.workspaces, os.path.realpath, frozenset((*NETWORK, "HOME")))


def _in_words(spec: Spec) -> Iterator[str]:
    if spec.go:
        yield f"Go {spec.go}"
    yield from spec.only
    yield from (f"{name}={value}" for name, value in spec.variables)


def scratch_of(environment: Mapping[str, str]) -> Path:
    """Return the folder for what can be downloaded again; for root as in `folder_of`."""
    cache = environment.get("XDG_CACHE_HOME", "")
    home = environment.get("HOME") or "~"
    folder = Path(cache if cache.startswith("/") else f"{home}/.cache").expanduser() / _SCRATCH
    return folder if is_for_root(str(folder)) else Path("/root/.cache", _SCRATCH)
