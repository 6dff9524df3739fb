"""Rules: one module is one rule, and its docstring is its documentation and its test.

The id of a rule is its path. Rules in `wsl/` are about `.wslconfig` and `wsl.conf`, which one parser reads; their id
starts with the family of the file (`wslconfig/unknown-key`, `wslconf/unknown-key`), like that of the rules in
`own_file/`, which compare such a file with the machine that reads it. Rules in `drvfs/`, `drives/`, `encoding/`,
`builds/`, `libraries/`, `network/` and `json/` serve several families, too. Rules in `goenv/` are about the value of a
Go variable in every file that can set one, and have the same id everywhere, like those in `launch/` about the entries
of `launch.json`, workspaces and settings; those in `envfile/` are about the lines of the go env file.
Rules in `machine/` are about facts of the machine, whatever file caused them; those in `binary/` are about a compiled
program, as `wslgo inspect` reads it. Rules in `policy/` are about what the policy of a team or a machine requires, in
every file, and `policy_machine/` holds those about the machine; they run only where there is a policy. Rules in `file/`
are about limits of wslgo: `check` runs them when it reaches a limit.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module

from wslgo.linter.finding import Finding, Safety, Severity
from wslgo.linter.settings import Settings
from wslgo.syntax.family import (
    AIR,
    CGO,
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    DOCS,
    DOTENV,
    ENVIRONMENT,
    ENVRC,
    FISH,
    FSTAB,
    GITLAB,
    GOENV,
    GOMOD,
    GOVERSION,
    GOWORK,
    LAUNCH,
    MAKEFILE,
    MISE,
    RESOLVCONF,
    SCRIPT,
    SETTERS,
    SETTINGS,
    SHELL,
    TASKS,
    TEAM,
    TOOLVERSIONS,
    VENDOR,
    WORKFLOW,
    WORKSPACE,
    WSLCONF,
    WSLCONFIG,
)
from wslgo.text.typing import Any, Literal, NamedTuple

# With a subject and a `Scene`, with a `Host` and a `MachineScene`, or with a `Binary` and a `Host`.
Check = Callable[[Any, Any], Iterator[Finding]]

# Facts by their path in the `Host` (`windows.memory`, `mounts`); by family if a rule serves two.
Needs = tuple[str, ...] | Mapping[str, tuple[str, ...]]

# The parts of the score; `linter/dimensions.py` says more.
Dimension = Literal["speed", "correctness", "network", "debugging", "gpu", "security", "reproducibility"]

# The prefix of the rules about limits of wslgo.
FILE = "file"
# The prefix of the rules about the machine.
MACHINE = "machine"
# The prefix of the rules about a compiled program.
BINARY = "binary"
# The prefix of the rules about what a policy requires of a file.
POLICY = "policy"

# The folders with the rules of a family.
FOLDERS = {
    WSLCONFIG: ("wsl", "wslconfig", "encoding"),
    WSLCONF: ("wsl", "wslconf", "drvfs", "drives", "encoding", "network"),
    GOMOD: ("gomod",),
    GOWORK: ("gomod",),
    VENDOR: ("vendor",),
    **dict.fromkeys(SETTERS, ()),
    ENVRC: ("network",),
    MAKEFILE: ("network", "watching", "builds"),
    SCRIPT: ("network", "watching"),
    ENVIRONMENT: ("libraries",),
    DEVCONTAINER: ("libraries", "builds", "network"),
    SETTINGS: ("libraries", "settings", "json"),
    WORKSPACE: ("libraries", "settings", "json"),
    SHELL: ("shell", "drives", "libraries", "network"),
    FISH: ("fish", "network"),
    DOTENV: ("encoding", "libraries", "network"),
    LAUNCH: ("launch", "libraries", "json", "network"),
    TASKS: ("json", "network"),
    GOENV: ("envfile",),
    **dict.fromkeys((WORKFLOW, GITLAB, TOOLVERSIONS, GOVERSION), ("builds",)),
    **dict.fromkeys((DOCKERFILE, COMPOSE, MISE), ("builds", "network")),
    RESOLVCONF: ("resolvconf",),
    FSTAB: ("drvfs",),
    AIR: ("air",),
    CGO: ("cgo",),
    DOCS: ("docs",),
    FILE: ("file",),
    MACHINE: ("machine",),
    BINARY: ("binary",),
    TEAM: ("team",),
    POLICY: ("policy",),
}
# Folders whose rules check each Go variable; imported only if a file sets one, and most files do not.
ASKED = dict.fromkeys(SETTERS, ("goenv",))
# Folders whose rules check launch configurations; imported only if a file has some outside of `launch.json`.
LAUNCHING = dict.fromkeys((WORKSPACE, SETTINGS), (LAUNCH,))
# Folders whose rules compare a file with the machine that reads it; imported only for such a file.
OWN = {WSLCONFIG: ("own_file",), WSLCONF: ("own_file",)}
# Folders whose rules compare with a policy; imported only where there is one.
BOUND = {MACHINE: ("policy_machine",), **dict.fromkeys((FILE, BINARY, POLICY), ())}
_BOUND = (POLICY,)  # of every other family
# Folders whose rules keep their id in every family.
SHARED = (GOENV, FILE, POLICY)
_KEPT = (*SHARED, LAUNCH)  # `launch/` is also the id of rules in folders of several families


# Stands for a line that WSL rejects among the words that a rule needs.
BAD_LINE = "bad line"


class RuleSubject(Enum):
    """The thing that a rule checks: a parsed file, its text, a Go variable, the machine, a program, or a limit."""

    TREE = "tree"
    SOURCE = "source"
    ASSIGNMENT = "assignment"
    MACHINE = "machine"
    BINARY = "binary"
    OVERFLOW = "overflow"


class Rule(NamedTuple):
    """A rule: `fixable` is the safety of the fix that it may offer, `needs` the facts of the host that it uses.

    `about` are the facts on the health page that a rule about the machine judges. `by_entry`, `once`: see `rule`.
    `dimension` is None for that of its folder; `dimension_of` knows both.
    """

    id: str
    severity: Severity
    fixable: Safety | None
    reads_garbled: bool
    subject: RuleSubject
    check: Check
    about: tuple[str, ...]
    by_entry: bool | None
    once: bool
    needs: frozenset[str]
    documentation: str
    dimension: Dimension | None = None

    @property
    def summary(self) -> str:
        """The first line of the documentation, which is the finding in one sentence."""
        return self.documentation.partition("\n")[0].rstrip(".")


class MarkedCheck(NamedTuple):
    """A check function with the arguments of its `@rule`."""

    severity: Severity
    fixable: Safety | None
    reads_garbled: bool
    subject: RuleSubject
    check: Check
    about: tuple[str, ...]
    by_entry: bool | None
    once: bool
    needs: Needs
    only_with: tuple[str, ...] = ()
    dimension: Dimension | None = None


def rule(
    severity: Severity,
    *,
    fixable: Safety | None = None,
    reads_garbled: bool = False,
    subject: RuleSubject = RuleSubject.TREE,
    needs: Needs = (),
    by_entry: bool | None = None,
    once: bool = False,
    only_with: tuple[str, ...] = (),
    dimension: Dimension | None = None,
) -> Callable[[Check], MarkedCheck]:
    """Mark the check function of a rule module.

    `reads_garbled`: the rule is about encodings and also runs on bytes that WSL or go cannot read as text.
    `needs`: the facts of the machine that the rule uses; facts that no rule needs are not gathered.
    `by_entry`: about a `launch.json` with several entries the rule says what it says about one file for each entry, all
    else in the file being equal. After a keystroke such a rule judges only the entry that changed. `once`: it says the
    same of the first such entry only. `by_entry=False`: the rule looks across entries, at nothing but the attributes
    that `across_entries` names. Any other rule judges the whole file.
    `only_with`: words in small letters; a text that contains none of them, in any case, has no such finding. `BAD_LINE`
    is in a file with a line that WSL rejects. The rule is then not even imported, thanks to `words`, which `wslgo docs`
    writes.
    `dimension`: the part of the score that its findings lower, where it is not that of the folder of the rule.
    """
    return lambda check: MarkedCheck(
        severity, fixable, reads_garbled, subject, check, (), by_entry, once, needs, only_with, dimension
    )


def assignment_rule(
    severity: Severity,
    *,
    fixable: Safety | None = None,
    needs: Needs = (),
    by_entry: bool | None = True,
    dimension: Dimension | None = None,
) -> Callable[[Check], MarkedCheck]:
    """Mark the check function of a rule that checks each Go variable that a file sets."""
    return rule(
        severity,
        fixable=fixable,
        subject=RuleSubject.ASSIGNMENT,
        needs=needs,
        by_entry=by_entry,
        dimension=dimension,
    )


def machine_rule(
    severity: Severity, *about: str, needs: tuple[str, ...], dimension: Dimension | None = None
) -> Callable[[Check], MarkedCheck]:
    """Mark the check function of a rule about the machine: `check(host, scene)` with a `MachineScene`.

    `about` are the facts on the health page that it judges; a finding is about the first unless it says otherwise.
    `dimension`: as for `rule`, where it is not that of the area of the first fact.
    """
    return lambda check: MarkedCheck(
        severity, None, False, RuleSubject.MACHINE, check, about, None, False, needs, dimension=dimension
    )


def binary_rule(
    severity: Severity, *, needs: tuple[str, ...] = (), dimension: Dimension | None = None
) -> Callable[[Check], MarkedCheck]:
    """Mark the check function of a rule about a compiled program: `check(binary, host)` with a `Binary`."""
    return rule(severity, subject=RuleSubject.BINARY, needs=needs, dimension=dimension)


@cache
def rules_of(
    family: str,
    *,
    is_own: bool = True,
    is_setting: bool = True,
    is_launching: bool = True,
    is_bound: bool = True,
    without: frozenset[str] = frozenset(),
) -> tuple[Rule, ...]:
    """Return the rules of a family, sorted by id; only their modules are imported.

    `is_own`: also those about the machine; `is_setting`: also those about Go variables; `is_launching`: also those
    about launch configurations in a file of settings; `is_bound`: also those about a policy.
    `without`: not the rules in these modules.
    """
    more = (OWN.get(family, ()) if is_own else ()) + (ASKED.get(family, ()) if is_setting else ())
    more += LAUNCHING.get(family, ()) if is_launching else ()
    more += BOUND.get(family, _BOUND) if is_bound else ()
    folders = FOLDERS.get(family, ()) + more
    wanted = ((folder, name) for folder in folders for name in _modules(folder) if f"{folder}/{name}" not in without)
    found = (_rule(family, folder, name) for folder, name in wanted)
    return tuple(sorted((rule for rule in found if rule), key=lambda rule: rule.id))


def selected_rules(
    family: str,
    settings: Settings,
    *,
    is_own: bool = True,
    is_setting: bool = True,
    is_launching: bool = True,
    without: frozenset[str] = frozenset(),
) -> tuple[Rule, ...]:
    """Return the rules of a family that the settings leave."""
    rules = rules_of(
        family,
        is_own=is_own,
        is_setting=is_setting,
        is_launching=is_launching,
        is_bound=settings.policy is not None,
        without=without,
    )
    return tuple(rule for rule in rules if settings.severity_of(rule.id, rule.severity) is not None)


@lru_cache(maxsize=64)
def needs(family: str, settings: Settings, *, is_launching: bool = True) -> frozenset[str]:
    """Return the facts of the machine that the rules of a family use, without rules that the settings turn off."""
    rules = selected_rules(family, settings, is_launching=is_launching)
    return frozenset(fact for rule in rules for fact in rule.needs)


def all_rules() -> tuple[Rule, ...]:
    """Return every rule of every family, each id once."""
    found = {rule.id: rule for family in FOLDERS for rule in rules_of(family)}
    return tuple(found.values())


def find(rule_id: str) -> Rule | None:
    """Return the rule with this id."""
    return next((found for found in rules_of(rule_id.partition("/")[0]) if found.id == rule_id), None)


@cache
def short_names(folder: str) -> frozenset[str]:
    """Return the part after the slash of the ids of the rules in a folder; none of them is imported."""
    return frozenset(name.replace("_", "-") for name in _modules(folder))


def _modules(folder: str) -> Iterator[str]:
    """Return the names of the modules of a folder, also inside a zip file."""
    place = import_module(f"{__name__}.{folder}").__path__[0]
    try:
        names = os.listdir(place)  # noqa: PTH208 - pathlib takes 3 ms
    except NotADirectoryError:
        import pkgutil  # imports `inspect`: 4 ms that only the zip file has to pay

        return (module.name for module in pkgutil.iter_modules([place]))
    return (name[:-3] for name in names if name.endswith(".py") and name != "__init__.py")


def _rule(family: str, folder: str, name: str) -> Rule | None:
    """Return a rule for one family; None if it does not serve the family."""
    module = import_module(f"{__name__}.{folder}.{name}")
    marked: MarkedCheck = module.check
    documentation = (module.__doc__ or "").strip()
    prefix = folder if folder in _KEPT else family
    if isinstance(marked.needs, Mapping) and family not in marked.needs:
        return None
    facts = marked.needs[family] if isinstance(marked.needs, Mapping) else marked.needs
    return Rule(f"{prefix}/{name.replace('_', '-')}", *marked[:-3], frozenset(facts), documentation, marked.dimension)
