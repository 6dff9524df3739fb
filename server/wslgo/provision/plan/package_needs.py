"""The packages to install for a need, chosen from those that are installed and those that apt has."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import InstallPackages, RunFixed, Step
from wslgo.provision.plan.file_fixes import joint_reason
from wslgo.text.message import Message, Text

TITLE = Message(en="Install {names}", zh="安装 {names}")
NOT_KNOWN = Message(
    en="apt does not have {name} in this distribution. {reason}", zh="此发行版的 apt 中没有 {name}。{reason}"
)

UPDATE = ("apt-get", "update")


class Need(NamedTuple):
    """Packages, of which the first available one is installed, and the reason."""

    names: tuple[str, ...]
    reason: Text


def unmet_needs(facts: Facts, needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return the needs that no installed package satisfies; none if the installed packages are unknown."""
    if facts.packages is None:
        return ()
    installed = facts.packages | facts.provided
    return tuple(dict.fromkeys(need for need in needs if installed.isdisjoint(need.names)))


def names_of(needs: Iterable[Need]) -> tuple[str, ...]:
    """Return every package that could satisfy one of the needs."""
    return tuple(dict.fromkeys(name for need in needs for name in need.names))


def steps(facts: Facts, identity: str, needs: tuple[Need, ...]) -> Iterator[Step | Text]:
    """Yield one step that installs the available packages, and a note for each that is not available."""
    chosen = [(need, _choice(facts, need)) for need in needs]
    yield from (NOT_KNOWN(name=need.names[0], reason=need.reason) for need, name in chosen if name is None)
    names = tuple(dict.fromkeys(name for _, name in chosen if name is not None))
    if not names:
        return
    reason = joint_reason(need.reason for need, name in chosen if name is not None)
    update = (RunFixed(UPDATE),) if facts.apt is None or facts.apt.is_old else ()
    actions = (*update, InstallPackages(names))
    yield Step(identity, TITLE(names=tuple(names)), reason, actions, needs_root=True, reversible=False)


def _choice(facts: Facts, need: Need) -> str | None:
    """Return the available package of a need; without lists the first one, since apt fetches its lists first."""
    if facts.apt is None:
        return need.names[0]
    return next((name for name in need.names if name in facts.apt.candidates), None)
