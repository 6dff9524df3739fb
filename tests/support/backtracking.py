"""A check of regular expressions for which a backtracking matcher may need more than linear time.

An expression becomes an automaton whose states are its single characters and sets ("positions"). A matcher that fails
tries every path through it, so the paths that one text has are the work. Two shapes of automata have many (Weber and
Seidl, 1991): a state that comes back to itself in two ways over one word has exponentially many; a state that comes
back over a word that also leads to a second state, which comes back over it too, has a number that grows as a power.
Searching counts as a first state that reads everything, since the matcher starts again at each place.

Nothing is counted for a state from which a match is certain, whatever follows: from there no path is given up.
Look-around of one character is exact; longer look-around is mostly ignored, so a linear expression may be reported, but
a slow one is never missed. Bounded repetition counts as copies, up to a limit.
"""

import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import product
from typing import NamedTuple

from automaton import Automaton
from charactersets import (
    is_unbounded,
    pieces,
)

if sys.version_info >= (3, 11):
    from re import _parser as sre_parser
else:
    import sre_parse as sre_parser


class Blame(NamedTuple):
    """The reason why an expression may be slow: the kind, and a text that, repeated, has many paths."""

    kind: str  # "exponential", "polynomial"
    pumped: str


def blame(
    expression: str | bytes,
    flags: int = 0,
    *,
    searched: bool = True,
    whole: bool = False,
    once_a_line: bool = False,
) -> Blame | None:
    """Return why an expression may need more than linear time; None for one that cannot.

    `searched`: the matcher starts at every place; `once_a_line`: at one place of each line. `whole`: the match must
    reach the end, as with `fullmatch`.
    """
    if not any(is_unbounded(op, argument) for op, argument in pieces(sre_parser.parse(expression, flags))):
        return None
    automaton = Automaton(expression, flags, searched, whole, once_a_line)
    lost = _circles(automaton, without=automaton.certain())  # cycles without progress
    return _exponential(automaton, lost) or _polynomial(automaton, _circles(automaton), lost)


_Place = tuple[int, int]


def _circles(automaton: Automaton, without: AbstractSet[_Place] = frozenset()) -> dict[_Place, int]:
    """Return the places that lead back to themselves, each with the number of its strongly connected component."""
    edges = {
        place: {(target, atom) for atom, targets in found.items() for target in targets} - without
        for place, found in automaton.following.items()
        if place not in without
    }
    found: dict[_Place, int] = {}
    for number, component in enumerate(_components(edges)):
        if len(component) > 1 or component[0] in edges[component[0]]:
            found.update(dict.fromkeys(component, number))
    return found


def _exponential(automaton: Automaton, circles: dict[_Place, int]) -> Blame | None:
    """Return a state with two paths to itself over the same word."""
    for place, number in circles.items():
        seen: dict[tuple[int, int, int, bool], str] = {(place[0], place[0], place[1], False): ""}
        waiting = list(seen)
        for state in waiting:
            one, other, atom, parted = state
            word = seen[state]
            for sign, targets in automaton.following[one, atom].items():
                for left in targets:
                    if circles.get((left, sign)) != number:
                        continue
                    for right in set(automaton.following[other, atom].get(sign, ())):
                        if circles.get((right, sign)) != number:
                            continue
                        is_double = one == other and left == right and targets.count(left) > 1
                        after = (left, right, sign, parted or left != right or is_double)
                        if after not in seen:
                            seen[after] = word + automaton.atoms[sign]
                            waiting.append(after)
                        if after[3] and (left, sign) == place == (right, sign):
                            return Blame("exponential", seen[after])
    return None


def _polynomial(automaton: Automaton, circles: dict[_Place, int], lost: dict[_Place, int]) -> Blame | None:
    """Return states p and q such that the same word leads from p to p, from p to q and from q to q."""
    sources: dict[_Place, set[_Place]] = {}
    for place, found in automaton.following.items():
        for atom, targets in found.items():
            for target in targets:
                sources.setdefault((target, atom), set()).add(place)
    firsts = [place for place in circles if automaton.starts_at(place)]
    for second in lost:
        leading = _leading(second, sources)
        for first in firsts:
            if first != second and first[1] == second[1] and first in leading:
                pumped = _pumped(automaton, first, second, circles, lost, leading)
                if pumped is not None:
                    return Blame("polynomial", pumped)
    return None


def _pumped(
    automaton: Automaton,
    first: _Place,
    second: _Place,
    circles: dict[_Place, int],
    lost: dict[_Place, int],
    leading: set[_Place],
) -> str | None:
    """Return the word of `_polynomial` for two places."""
    start = (first[0], first[0], second[0], first[1])
    seen = {start: ""}
    waiting = [start]
    for state in waiting:
        one, between, last, atom = state
        for sign, targets in automaton.following[one, atom].items():
            ones = {t for t in targets if circles.get((t, sign)) == circles[first]}
            lasts = {t for t in automaton.following[last, atom].get(sign, ()) if lost.get((t, sign)) == lost[second]}
            betweens = {t for t in automaton.following[between, atom].get(sign, ()) if (t, sign) in leading}
            for after in product(ones, betweens, lasts, (sign,)):
                if after == (first[0], second[0], second[0], first[1]):
                    return seen[state] + automaton.atoms[sign]
                if after not in seen:
                    seen[after] = seen[state] + automaton.atoms[sign]
                    waiting.append(after)
    return None


def _leading(place: _Place, sources: dict[_Place, set[_Place]]) -> set[_Place]:
    """Return the places that lead to a place, and itself."""
    seen = {place}
    waiting = [place]
    while waiting:
        fresh = sources.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += fresh
    return seen


def _components(edges: dict[_Place, set[_Place]]) -> Iterator[list[_Place]]:
    """Yield the strongly connected components (Kosaraju), without recursion."""
    finished: list[_Place] = []
    open_: set[_Place] = set()
    waiting = [(place, False) for place in edges]
    while waiting:
        place, is_done = waiting.pop()
        if is_done:
            finished.append(place)
        elif place not in open_:
            open_.add(place)
            waiting += ((place, True), *((target, False) for target in edges[place]))
    sources: dict[_Place, list[_Place]] = {}
    for place, targets in edges.items():
        for target in targets:
            sources.setdefault(target, []).append(place)
    for root in reversed(finished):
        component: list[_Place] = []
        above = [root]
        while above:
            place = above.pop()
            if place in open_:
                open_.remove(place)
                component.append(place)
                above += sources.get(place, ())
        if component:
            yield component
