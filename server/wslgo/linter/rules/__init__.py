"""Rules: one module is one rule, its docstring is its documentation and its test.

The id of a rule is its path. Rules in `wsl/` speak about `.wslconfig` and `wsl.conf` alike, which one parser reads;
their id takes the family of the file in hand (`wslconfig/unknown-key`, `wslconf/unknown-key`), and so do those in
`machine/`, which compare such a file with the machine that reads it. Rules in `goenv/` speak
about the value of a Go variable and serve every file that can set one; their id is the same everywhere. Rules in
`file/` are about what wslgo itself does not do with a file of any family: `check` asks them where it meets a limit.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from wslgo.linter.finding import Finding, Safety, Severity
from wslgo.linter.scene import Scene
from wslgo.linter.settings import Settings
from wslgo.syntax.family import GOENV, GOMOD, GOWORK, LAUNCH, RESOLVCONF, SETTERS, WSLCONF, WSLCONFIG

Check = Callable[[Any, Scene], Iterator[Finding]]

# Facts by their place in the `Host` (`windows.memory`, `mounts`); of rules that serve two families, by family.
Needs = tuple[str, ...] | Mapping[str, tuple[str, ...]]

# The limits of wslgo, which are those of no family.
FILE = "file"

# Which folders hold the rules of a family.
FOLDERS = {
    WSLCONFIG: ("wsl", "wslconfig"),
    WSLCONF: ("wsl", "wslconf"),
    GOMOD: ("gomod",),
    GOWORK: ("gomod",),
    **dict.fromkeys(SETTERS, ()),
    LAUNCH: ("launch",),
    RESOLVCONF: ("resolvconf",),
    FILE: ("file",),
}
# Folders whose rules are asked about each Go variable; imported where a file sets one, and most set none.
ASKED = dict.fromkeys(SETTERS, ("goenv",))
# Folders whose rules compare a file with the machine that reads it; imported where it is such a file.
OWN = {WSLCONFIG: ("machine",), WSLCONF: ("machine",)}
# Folders whose rules keep their id in every family.
SHARED = (GOENV, FILE)


class Subject(Enum):
    """What a rule is asked about: the parsed file, its text, each Go variable in it, or the findings beyond a limit."""

    TREE = "tree"
    SOURCE = "source"
    ASSIGNMENT = "assignment"
    OVERFLOW = "overflow"


class Rule(NamedTuple):
    """A rule as the engine knows it: `fixable` is the safety of the fix it may offer, `needs` its facts of a host."""

    id: str
    severity: Severity
    fixable: Safety | None
    reads_garbled: bool
    subject: Subject
    check: Check
    needs: frozenset[str]
    documentation: str

    @property
    def summary(self) -> str:
        """The first line of the documentation: the finding in one sentence."""
        return self.documentation.partition("\n")[0].rstrip(".")


class Marked(NamedTuple):
    """A check function with what `@rule` says about it."""

    severity: Severity
    fixable: Safety | None
    reads_garbled: bool
    subject: Subject
    check: Check
    needs: Needs


def rule(
    severity: Severity,
    *,
    fixable: Safety | None = None,
    reads_garbled: bool = False,
    subject: Subject = Subject.TREE,
    needs: Needs = (),
) -> Callable[[Check], Marked]:
    """Mark the check function of a rule module.

    `reads_garbled`: the rule is about encodings and also runs where the bytes are no text that the consumer can read.
    `needs`: the facts of the machine that it looks at; what nobody needs is not gathered.
    """
    return lambda check: Marked(severity, fixable, reads_garbled, subject, check, needs)


def assignment_rule(
    severity: Severity, *, fixable: Safety | None = None, needs: Needs = ()
) -> Callable[[Check], Marked]:
    """Mark the check function of a rule that is asked about each Go variable that a file sets."""
    return rule(severity, fixable=fixable, subject=Subject.ASSIGNMENT, needs=needs)


@cache
def rules_of(family: str, *, is_own: bool = True, is_setting: bool = True) -> tuple[Rule, ...]:
    """The rules of a family, sorted by id; only their modules are imported.

    `is_own`: also those about the machine; `is_setting`: also those about Go variables.
    """
    more = (OWN.get(family, ()) if is_own else ()) + (ASKED.get(family, ()) if is_setting else ())
    folders = FOLDERS.get(family, ()) + more
    found = (_rule(family, folder, name) for folder in folders for name in _modules(folder))
    return tuple(sorted((one for one in found if one), key=lambda one: one.id))


def selected(family: str, settings: Settings, *, is_own: bool = True, is_setting: bool = True) -> tuple[Rule, ...]:
    """The rules of a family that the settings leave."""
    rules = rules_of(family, is_own=is_own, is_setting=is_setting)
    return tuple(one for one in rules if settings.severity_of(one.id, one.severity) is not None)


@lru_cache(maxsize=64)
def needs(family: str, settings: Settings) -> frozenset[str]:
    """The facts of the machine that the rules of a family look at, as far as the settings leave them."""
    return frozenset(fact for one in selected(family, settings) for fact in one.needs)


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every family, each id once."""
    found = {one.id: one for family in FOLDERS for one in rules_of(family)}
    return tuple(found.values())


def find(rule_id: str) -> Rule | None:
    """The rule called `rule_id`."""
    return next((found for found in rules_of(rule_id.partition("/")[0]) if found.id == rule_id), None)


def _modules(folder: str) -> Iterator[str]:
    """The modules of a folder, also inside a zip file."""
    place = import_module(f"{__name__}.{folder}").__path__[0]
    try:
        names = os.listdir(place)  # noqa: PTH208 - pathlib takes 3 ms
    except NotADirectoryError:
        import pkgutil  # imports `inspect`: 4 ms that only the zip file has to pay

        return (module.name for module in pkgutil.iter_modules([place]))
    return (name[:-3] for name in names if name.endswith(".py") and name != "__init__.py")


def _rule(family: str, folder: str, name: str) -> Rule | None:
    """A rule for one family; None where it says that it does not serve it."""
    module = import_module(f"{__name__}.{folder}.{name}")
    marked: Marked = module.check
    documentation = (module.__doc__ or "").strip()
    prefix = folder if folder in SHARED else family
    facts = marked.needs.get(family, ()) if isinstance(marked.needs, Mapping) else marked.needs
    if not facts and isinstance(marked.needs, Mapping):
        return None
    return Rule(f"{prefix}/{name.replace('_', '-')}", *marked[:-1], frozenset(facts), documentation)
