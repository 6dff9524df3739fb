"""What terminal and editor do alike before a plan is shown and applied: wishes gathered, a machine surveyed, a hand."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.linter import team_file
from wslgo.machine.host import Host
from wslgo.provision.apply.context import AsRoot, Event, RunContext, refusal
from wslgo.provision.apply.ledger import Ledger, ledger_of
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.spec import OWN_POLICY, Spec, joined, of_team
from wslgo.provision.model.step import Plan
from wslgo.provision.net.http import never
from wslgo.provision.plan.planner import STEPS, plan
from wslgo.provision.survey import trust
from wslgo.provision.survey.network import policy_of
from wslgo.provision.survey.own_paths import own_paths
from wslgo.provision.survey.survey import host_of, survey
from wslgo.provision.target import Target
from wslgo.system.journal import Journal, folder_of
from wslgo.system.programs import NETWORK, is_within, without_workspaces
from wslgo.system.repository import workspaces
from wslgo.system.walk import is_for_root
from wslgo.text.message import Message, Text

_SCRATCH = "wslgo/provision"

NO_STEP = Message(en="there is no step '{name}'; there are {names}", zh="没有步骤 '{name}'；可用步骤：{names}")


class Request(NamedTuple):
    """For which machine somebody wishes what, out of which folder; `recorded` tells of the kernel and of Windows where
    the machine cannot. What a repository wishes counts only for who `trusts_team`. `opened` are the folders of an
    editor, whose programs are not run either."""

    target: Target
    folder: Path
    environment: Mapping[str, str]
    spec: Spec = Spec()
    trusts_team: bool = False
    recorded: Host | None = None
    opened: tuple[str, ...] = ()

    @property
    def workspaces(self) -> tuple[str, ...]:
        """The folders whose programs are not run."""
        return workspaces(self.opened, self.environment.get("HOME", ""), here=str(self.folder))


class TeamSpec(NamedTuple):
    """What the repository around wishes, by which file, and what of that is refused."""

    path: Path | None = None
    spec: Spec = Spec()
    problems: tuple[Text, ...] = ()

    @property
    def words(self) -> str:
        """The wishes in a line; "" where there are none that can be taken."""
        return ", ".join(_words(self.spec))


class Prepared(NamedTuple):
    """A plan with what it was made of: what was found, what is wished, and what the repository around would like."""

    found: Facts
    spec: Spec
    plan: Plan
    team: TeamSpec


def prepared(request: Request) -> Prepared:
    """Look at the machine, ask the network, and plan. Nothing is written."""
    team = team_spec(request.folder, request.environment)
    spec = joined(request.spec, team.spec) if request.trusts_team else request.spec
    target, opened = request.target, request.opened
    facts = survey(target, spec, request.environment, request.folder, request.recorded, opened=opened)
    problems: list[Text] = []
    made = plan(facts, spec, lambda name, error: problems.append(refusal(error, name)))
    return Prepared(facts._replace(problems=(*facts.problems, *problems)), spec, made, team)


def machine_of(request: Request) -> Host:
    """What is true of the machine, for who only goes on with a run or takes it back."""
    return host_of(request.target, request.folder, request.recorded, opened=request.opened)


def team_spec(folder: Path, environment: Mapping[str, str]) -> TeamSpec:
    """What `wslgo.yaml` at or above a folder wishes; of one with a step that does not exist nothing is taken."""
    path = team_file.find(folder)
    if path is None:
        return TeamSpec()
    wished, own_policy = team_file.provision(path)
    team = of_team(wished, _policy(folder, environment), own_paths(folder))
    places = " / ".join(map(str, team_file.policy_files(environment)))
    ignored = (OWN_POLICY(path=str(path), places=places),) if own_policy is not None else ()
    unknown = tuple(unknown_steps(team.spec.only))
    return TeamSpec(path, Spec() if unknown else team.spec, (*ignored, *team.problems, *unknown))


def _policy(folder: Path, environment: Mapping[str, str]) -> object:
    """The `policy:` of the user, else that of the machine. A variable that leads into the workspace counts for
    nothing: it is the repository's word again."""
    foreign = workspaces(str(folder), environment.get("HOME", ""))
    for path in team_file.policy_files(environment):
        found = None if is_within(str(path), foreign, os.path.realpath) else team_file.policy(path)
        if found is not None:
            return found
    return None


def unknown_steps(names: tuple[str, ...]) -> Iterator[Text]:
    """A complaint about each name that is no step."""
    return (NO_STEP(name=one, names=", ".join(STEPS)) for one in names if one not in STEPS)


def run_context(
    request: Request,
    host: Host,
    spec: Spec,
    say: Callable[[Event], None],
    as_root: AsRoot | None,
    cancelled: Callable[[], bool] = never,
) -> RunContext:
    """What a run on this machine is done with."""
    environment = request.environment
    return RunContext(
        request.target,
        Ledger(ledger_of(environment)),
        Journal(folder_of(environment)),
        trust.environment_of(request.target, _without_workspaces(request)),
        scratch_of(environment),
        policy_of(host, spec),
        host,
        say,
        as_root,
        cancelled,
    )


def _without_workspaces(request: Request) -> Mapping[str, str]:
    """The environment, in which nothing but the way to the network leads into a repository."""
    given = request.environment
    return without_workspaces(given, request.workspaces, os.path.realpath, frozenset((*NETWORK, "HOME")))


def _words(spec: Spec) -> Iterator[str]:
    if spec.go:
        yield f"Go {spec.go}"
    yield from spec.only
    yield from (f"{name}={value}" for name, value in spec.variables)


def scratch_of(environment: Mapping[str, str]) -> Path:
    """Where a user has what can be fetched again; root as in `folder_of`."""
    cache = environment.get("XDG_CACHE_HOME", "")
    home = environment.get("HOME") or "~"
    folder = Path(cache if cache.startswith("/") else f"{home}/.cache").expanduser() / _SCRATCH
    return folder if is_for_root(str(folder)) else Path("/root/.cache", _SCRATCH)
