"""What has to be installed for a need, decided from what is there and what apt could fetch."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import InstallPackages, RunFixed, Step
from wslgo.provision.plan.file_fixes import together
from wslgo.text.message import Message, Text

TITLE = Message(en="Install {names}", zh="安装 {names}")
NOT_KNOWN = Message(
    en="apt knows no {name} in this distribution. {reason}", zh="此发行版的 apt 中没有 {name}。{reason}"
)

UPDATE = ("apt-get", "update")


class Need(NamedTuple):
    """Why one of some packages is needed; the first that can be had is taken."""

    names: tuple[str, ...]
    reason: Text


def lacking(facts: Facts, needs: Iterable[Need]) -> tuple[Need, ...]:
    """The needs that nothing satisfies which is installed; none where nobody knows what is."""
    if facts.packages is None:
        return ()
    there = facts.packages | facts.provided
    return tuple(dict.fromkeys(need for need in needs if there.isdisjoint(need.names)))


def names_of(needs: Iterable[Need]) -> tuple[str, ...]:
    """Every package that could satisfy one of them."""
    return tuple(dict.fromkeys(name for need in needs for name in need.names))


def steps(facts: Facts, identity: str, needs: tuple[Need, ...]) -> Iterator[Step | Text]:
    """One step that installs what can be had, and a note for what cannot."""
    chosen = [(need, _choice(facts, need)) for need in needs]
    yield from (NOT_KNOWN(name=need.names[0], reason=need.reason) for need, name in chosen if name is None)
    names = tuple(dict.fromkeys(name for _, name in chosen if name is not None))
    if not names:
        return
    reason = together(need.reason for need, name in chosen if name is not None)
    update = (RunFixed(UPDATE),) if facts.apt is None or facts.apt.is_old else ()
    actions = (*update, InstallPackages(names))
    yield Step(identity, TITLE(names=", ".join(names)), reason, actions, needs_root=True, reversible=False)


def _choice(facts: Facts, need: Need) -> str | None:
    """Without lists the first name is taken: what apt is told to fetch them, it can say itself whether it has that."""
    if facts.apt is None:
        return need.names[0]
    return next((name for name in need.names if name in facts.apt.candidates), None)
