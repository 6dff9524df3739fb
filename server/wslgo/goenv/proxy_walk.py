"""The walk of the go command along GOPROXY by live answers, and a better order of the entries."""

from collections.abc import Sequence

from wslgo.goenv.proxy_chain import is_public
from wslgo.machine.host import Answer, Host
from wslgo.machine.outcomes import ANSWERS, NOT_FOUND
from wslgo.syntax.go import goproxy
from wslgo.syntax.go.goproxy import ProxyEntry
from wslgo.text.message import redact
from wslgo.text.typing import NamedTuple

MODULES = "modules"
_SEPARATORS = {"any-error": "|", "not-found": ",", "never": ","}


class Leg(NamedTuple):
    """An entry of GOPROXY and its answer."""

    entry: ProxyEntry
    answer: Answer

    @property
    def answers(self) -> bool:
        """True if go gets modules there."""
        return self.answer.outcome == ANSWERS

    @property
    def fails(self) -> bool:
        """True if go gets an error there, and not only that the module is missing."""
        return self.answer.outcome not in (ANSWERS, NOT_FOUND)


class Walk(NamedTuple):
    """The entries that were asked, in order. Go stops `at` the last one that it asks, and there it is `served` or not.

    `at` is the end of the list if go finds the module nowhere.
    """

    legs: tuple[Leg, ...]
    at: int
    served: bool

    @property
    def last(self) -> Leg | None:
        """The entry at which go stops."""
        return self.legs[self.at] if self.at < len(self.legs) else None

    @property
    def later(self) -> Leg | None:
        """The first entry after it that answers."""
        return next((leg for leg in self.legs[self.at + 1 :] if leg.answers), None)


def walk_of(host: Host) -> Walk | None:
    """Return the walk along the GOPROXY of a machine whose servers were asked; None without their answers."""
    variable = host.variable("GOPROXY")
    entries = goproxy.parse(variable.value if variable else "").steps
    asked = [answer for answer in host.network.answers or () if answer.serves == MODULES and answer.outcome]
    legs: list[Leg] = []
    for entry in entries:
        answer = next((answer for answer in asked if answer.url == redact(entry.url)), None)
        if answer is None:
            break  # it could not be asked, so it is not known what go does from here on
        # An entry that is named twice is asked once, and each has its own separator.
        asked = [other for other in asked if other is not answer] if _names(entries, entry) > 1 else asked
        legs.append(Leg(entry, answer))
    if not legs:
        return None
    at = next((number for number, leg in enumerate(legs) if not leg.answer.falls_back), len(legs))
    return Walk(tuple(legs), at, at < len(legs) and legs[at].answers)


def better_order(walk: Walk) -> str | None:
    """Return a GOPROXY with the same entries that go walks better; None if there is none, or passwords hide it.

    Entries that are not known to be public stay before those that are. Public ones that fail are left out: go would
    stop there for each module that the others do not have.
    """
    ends = [leg for leg in walk.legs if leg.entry.is_keyword]
    proxies = [leg for leg in walk.legs if not leg.entry.is_keyword]
    own = [leg for leg in proxies if not is_public(leg.entry)]
    public = [leg for leg in proxies if is_public(leg.entry) and not leg.fails]
    ordered = [*sorted(own, key=lambda leg: leg.fails), *public, *ends]
    # A private proxy that fails keeps its place before the public ones, and go stops there all the same.
    if not any(leg.answers for leg in ordered) or _stops(ordered):
        return None
    urls = [leg.entry.text for leg in ordered]
    if [leg.entry.text for leg in walk.legs] == urls or any(redact(url) != url for url in urls):
        return None
    joined = "".join(f"{leg.entry.text}{_SEPARATORS[leg.entry.next_on]}" for leg in ordered)
    return joined[:-1]


def _stops(ordered: Sequence[Leg]) -> bool:
    """Return whether go stops at an entry that fails, before one that answers."""
    before = ordered[: next(number for number, leg in enumerate(ordered) if leg.answers)]
    return any(leg.fails and not leg.answer.falls_back for leg in before)


def _names(entries: Sequence[ProxyEntry], entry: ProxyEntry) -> int:
    return sum(other.url == entry.url for other in entries)
