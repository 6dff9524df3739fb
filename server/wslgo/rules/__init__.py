"""Rules: one module is one rule, its docstring is its documentation and its test.

The id of a rule is its path. Rules in `wsl/` speak about `.wslconfig` and `wsl.conf` alike, which one parser reads;
their id takes the family of the file in hand (`wslconfig/unknown-key`, `wslconf/unknown-key`).
"""

import os
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from wslgo.family import GOMOD, GOWORK, WSLCONF, WSLCONFIG
from wslgo.finding import Finding, Safety, Severity
from wslgo.scene import Scene

Check = Callable[[Any, Scene], Iterator[Finding]]

# Which folders hold the rules of a family.
FOLDERS = {WSLCONFIG: ("wsl", "wslconfig"), WSLCONF: ("wsl", "wslconf"), GOMOD: ("gomod",), GOWORK: ("gomod",)}


class Rule(NamedTuple):
    """A rule as the engine knows it; `fixable` is the safety of the fix it may offer."""

    id: str
    severity: Severity
    fixable: Safety | None
    reads_garbled: bool
    check: Check
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
    check: Check


def rule(
    severity: Severity, *, fixable: Safety | None = None, reads_garbled: bool = False
) -> Callable[[Check], Marked]:
    """Mark the check function of a rule module.

    `reads_garbled`: the rule is about encodings and also runs where the bytes are no text that the consumer can read.
    """
    return lambda check: Marked(severity, fixable, reads_garbled, check)


@cache
def rules_of(family: str) -> tuple[Rule, ...]:
    """The rules of a family, sorted by id; only their modules are imported."""
    found = (_rule(family, folder, name) for folder in FOLDERS.get(family, ()) for name in _modules(folder))
    return tuple(sorted(found))


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every family."""
    return tuple(found for family in FOLDERS for found in rules_of(family))


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


def _rule(family: str, folder: str, name: str) -> Rule:
    module = import_module(f"{__name__}.{folder}.{name}")
    marked: Marked = module.check
    documentation = (module.__doc__ or "").strip()
    return Rule(f"{family}/{name.replace('_', '-')}", *marked, documentation)
