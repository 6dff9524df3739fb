"""The automaton of a regular expression, as `re` parses it: which ways lead from one atom to the next."""

import sys
from typing import Any, NamedTuple

from charactersets import (
    DOTALL,
    IGNORECASE,
    MANY,
    MULTILINE,
    bits,
    in_category,
    is_word,
    pieces,
    union,
)

if sys.version_info >= (3, 11):
    from re import _constants as sre
    from re import _parser as sre_parser
else:
    import sre_constants as sre
    import sre_parse as sre_parser

_COPIES = 18  # copies of a repetition with a bound
# Beside all of ASCII: letters, digits and spaces of other scripts, other line ends, and signs.
_OTHERS = "\x85\xa0éÄ\u0663\u2028\u2029\u3000\ufeff\u4e2d\u201c\uff02\U0001f600"


class _Step(NamedTuple):
    """A step without reading: the atoms that must precede it, and those that must follow."""

    to: int
    before: int
    after: int


class Automaton:
    def __init__(self, expression: str | bytes, flags: int, searched: bool, whole: bool, once_a_line: bool) -> None:
        parsed = sre_parser.parse(expression, flags)
        self._flags = parsed.state.flags
        self._is_bytes = isinstance(expression, bytes)
        self._groups: dict[int, Any] = {}
        self._find_groups(parsed)
        self._divide(parsed)
        self.everything = (1 << len(self.atoms)) - 1
        self.edge = 1 << len(self.atoms)  # the start or end of the text
        self._free = self.everything | self.edge
        self._steps: list[list[_Step]] = []
        self._reads: dict[int, tuple[int, int]] = {}  # node: what it reads, where that leads
        self._inside_look: set[int] = set()
        start, end = self._node(), self._node()
        self._end = end
        last = self._sequence(parsed, start, self._flags)
        self._step(last, end, after=self.edge if whole else None)
        self._restart: int | None = None
        if searched or once_a_line:
            hub = self._node()
            self._step(hub, start)
            self._restart = len(self._steps)  # the node that `_read` makes
            self._step(self._read(hub, self.everything), hub)
            start = hub
        self._is_once_a_line = once_a_line
        self._build(start)

    # Characters: those that no set of the expression distinguishes are the same atom.

    def _divide(self, parsed: Any) -> None:
        sets: list[Any] = []
        signs: set[str] = set(map(chr, range(256 if self._is_bytes else 128)))
        if not self._is_bytes:
            signs.update(_OTHERS)
        self._collect(parsed, sets, signs)
        kinds: dict[tuple[bool, ...], list[str]] = {}
        for sign in sorted(signs):
            membership = tuple(self._has(items, flags, sign) for items, flags in sets)
            kinds.setdefault((*membership, is_word(sign, self._flags, self._is_bytes), sign == "\n"), []).append(sign)
        self.atoms = [next((s for s in group if s.isprintable()), group[0]) for group in kinds.values()]

    def _collect(self, parsed: Any, sets: list[Any], signs: set[str]) -> None:
        for op, argument in pieces(parsed):
            if op in (sre.LITERAL, sre.NOT_LITERAL):
                sets.append(([(op, argument)], self._flags))
                signs.update((chr(argument), chr(argument).lower()[0], chr(argument).upper()[0]))
            elif op is sre.IN:
                sets.append((argument, self._flags))
                for kind, value in argument:
                    if kind is sre.LITERAL:
                        signs.add(chr(value))
                    elif kind is sre.RANGE:
                        signs.update((chr(value[0]), chr(value[1]), chr(min(value[1] + 1, 0x10FFFF))))

    def _has(self, items: Any, flags: int, sign: str) -> bool:
        folded = {sign, *(other for other in (sign.lower(), sign.upper()) if flags & IGNORECASE and len(other) == 1)}
        negated = found = False
        for kind, value in items:
            if kind is sre.NEGATE:
                negated = True
            elif kind is sre.LITERAL:
                found |= any(ord(other) == value for other in folded)
            elif kind is sre.NOT_LITERAL:
                found |= not any(ord(other) == value for other in folded)
            elif kind is sre.RANGE:
                found |= any(value[0] <= ord(other) <= value[1] for other in folded)
            elif kind is sre.CATEGORY:
                found |= in_category(value, sign, flags, self._is_bytes)
        return found != negated

    def _mask(self, items: Any, flags: int) -> int:
        return sum(1 << number for number, sign in enumerate(self.atoms) if self._has(items, flags, sign))

    # Nodes and steps (Thompson)

    def _find_groups(self, parsed: Any) -> None:
        for op, argument in pieces(parsed):
            if op is sre.SUBPATTERN and argument[0] is not None:
                self._groups[argument[0]] = argument[3]

    def _node(self) -> int:
        self._steps.append([])
        return len(self._steps) - 1

    def _step(self, start: int, to: int, before: int | None = None, after: int | None = None) -> None:
        self._steps[start].append(
            _Step(to, self._free if before is None else before, self._free if after is None else after)
        )

    def _sequence(self, parsed: Any, at: int, flags: int) -> int:
        for op, argument in parsed:
            at = self._piece(op, argument, at, flags)
        return at

    def _piece(self, op: Any, argument: Any, at: int, flags: int) -> int:
        sign = self._sign(op, argument, flags)
        if sign is not None:
            return self._read(at, sign)
        if op is sre.SUBPATTERN:
            _, added, removed, inner = argument
            return self._sequence(inner, at, (flags | added) & ~removed)
        if op is sre.GROUPREF:
            return self._sequence(self._groups[argument], at, flags)
        if op is sre.BRANCH:
            end = self._node()
            for branch in argument[1]:
                start = self._node()
                self._step(at, start)
                self._step(self._sequence(branch, start, flags), end)
            return end
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self._repeat(argument, at, flags)
        if op is sre.AT:
            return self._anchor(argument, at, flags)
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            return self._look(op, argument, at, flags)
        raise ValueError(f"no such operator: {op}")

    def _sign(self, op: Any, argument: Any, flags: int) -> int | None:
        """Return the atoms that a piece of one character matches; None for any other piece."""
        if op in (sre.LITERAL, sre.NOT_LITERAL):
            return self._mask([(op, argument)], flags)
        if op is sre.IN:
            return self._mask(argument, flags)
        if op is sre.ANY:
            return self.everything if flags & DOTALL else self._mask([(sre.NOT_LITERAL, 10)], 0)
        return None

    def _read(self, at: int, mask: int) -> int:
        node, to = self._node(), self._node()
        self._step(at, node)
        self._reads[node] = (mask, to)
        return to

    def _repeat(self, argument: Any, at: int, flags: int) -> int:
        least, most, inner = argument
        least = min(int(least), _COPIES)
        for _ in range(least):
            at = self._sequence(inner, at, flags)
        if most is sre.MAXREPEAT or most > MANY:
            body, again, end = self._node(), self._node(), self._node()
            self._step(self._sequence(inner, body, flags), again)
            for hub in (at, again):  # two hubs: a loop may be left and entered once more without reading
                self._step(hub, body)
                self._step(hub, end)
            return end
        end = self._node()
        for _ in range(min(int(most), _COPIES) - least):
            self._step(at, end)
            at = self._sequence(inner, at, flags)
        self._step(at, end)
        return end

    def _anchor(self, kind: Any, at: int, flags: int) -> int:
        to = self._node()
        lines = self._mask([(sre.LITERAL, 10)], 0)
        words = sum(1 << n for n, sign in enumerate(self.atoms) if is_word(sign, self._flags, self._is_bytes))
        others = self._free & ~words
        if kind in (sre.AT_BOUNDARY, sre.AT_NON_BOUNDARY):
            crossed = kind is sre.AT_BOUNDARY
            self._step(at, to, words, others if crossed else words)
            self._step(at, to, others, words if crossed else others)
        elif kind in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            many = kind is sre.AT_BEGINNING and flags & MULTILINE
            self._step(at, to, before=self.edge | (lines if many else 0))
        else:
            self._step(at, to, after=self.edge | (lines if kind is sre.AT_END else 0))
        return to

    def _look(self, op: Any, argument: Any, at: int, flags: int) -> int:
        direction, inner = argument
        to = self._node()
        exact = self._one_sign(inner, flags)
        if exact is None:
            beside = self._nearest(inner, direction, flags) if op is sre.ASSERT else None
            self._step(at, to, **({} if beside is None else {"after" if direction > 0 else "before": beside}))
            if direction > 0:  # a long look-around is work as well, and never ends the match
                first = self._node()
                self._step(at, first)
                before = len(self._steps)
                self._sequence(inner, first, flags)
                self._inside_look.update(range(before, len(self._steps)))
            return to
        if op is sre.ASSERT_NOT:
            exact = self._free & ~exact
        if direction > 0:
            self._step(at, to, after=exact)
        else:
            self._step(at, to, before=exact)
        return to

    def _one_sign(self, inner: Any, flags: int) -> int | None:
        """Return the atoms, or the edge of the text, that a one-character look-around matches; None for any other."""
        if len(inner) != 1:
            return None
        op, argument = inner[0]
        sign = self._sign(op, argument, flags)
        if sign is not None:
            return sign
        if op is sre.AT and argument in (sre.AT_END_STRING, sre.AT_BEGINNING_STRING):
            return self.edge
        if op is sre.SUBPATTERN:
            return self._one_sign(argument[3], flags)
        if op is sre.BRANCH:
            parts = [self._one_sign(branch, flags) for branch in argument[1]]
            return None if any(part is None for part in parts) else union(part for part in parts if part is not None)
        return None

    def _nearest(self, inner: Any, direction: int, flags: int) -> int | None:
        """Return the atoms that can be nearest in a look-around of several characters; the rest of it is ignored."""
        op, argument = inner[0 if direction > 0 else -1]
        if op is sre.SUBPATTERN:
            return self._nearest(argument[3], direction, flags)
        if op is sre.BRANCH:
            parts = [self._nearest(branch, direction, flags) if len(branch) else None for branch in argument[1]]
            return None if any(part is None for part in parts) else union(part for part in parts if part is not None)
        return self._one_sign([(op, argument)], flags)

    # Positions: the atom read last, and its node; `following` has a position twice if two paths lead to it.

    def _build(self, start: int) -> None:
        self.following: dict[tuple[int, int], dict[int, list[int]]] = {}
        self.may_end: set[tuple[int, int]] = set()
        self._ends_at_edge: set[tuple[int, int]] = set()
        ways = {node: self._ways(to) for node, (_, to) in self._reads.items()}
        waiting = [
            (node, atom)
            for node, before, after in self._ways(start)
            if before & self.edge and node != self._end
            for atom in bits(self._reads[node][0] & after, len(self.atoms))
        ]
        while waiting:
            place = waiting.pop()
            if place not in self.following:
                found = self.following[place] = self._follow(place, ways[place[0]])
                waiting += [(target, atom) for atom, targets in found.items() for target in targets]

    def _follow(self, place: tuple[int, int], ways: list[tuple[int, int, int]]) -> dict[int, list[int]]:
        """Return the nodes that read each atom next, and record whether the match can end here."""
        found: dict[int, list[int]] = {}
        for target, before, after in ways:
            if not before >> place[1] & 1:
                continue
            if target == self._end:
                if place[0] not in self._inside_look:
                    self.may_end |= {place} if after == self._free else set()
                    self._ends_at_edge |= {place} if after & self.edge else set()
                continue
            for atom in bits(self._reads[target][0] & after, len(self.atoms)):
                known = found.setdefault(atom, [])
                if known.count(target) < 2:
                    known.append(target)
        return found

    def certain(self) -> set[tuple[int, int]]:
        """Return the places from which a match is certain, whatever follows."""
        certain = self.may_end | {place for place in self._ends_at_edge if place[0] not in self._inside_look}
        size = -1
        while len(certain) != size:
            size = len(certain)
            certain = {place for place in certain if place in self.may_end or self._always_continues(place, certain)}
        return certain

    def _always_continues(self, place: tuple[int, int], certain: set[tuple[int, int]]) -> bool:
        following = self.following[place]
        return all(
            any((target, atom) in certain for target in following.get(atom, ())) for atom in range(len(self.atoms))
        )

    def starts_at(self, place: tuple[int, int]) -> bool:
        """Return whether a match can start after a place; places inside a match count as possible too."""
        return place[0] != self._restart or not self._is_once_a_line or self.atoms[place[1]] == "\n"

    def _ways(self, start: int) -> list[tuple[int, int, int]]:
        found: dict[tuple[int, int, int], int] = {}
        stack: list[tuple[int, int, int, frozenset[int]]] = [(start, self._free, self._free, frozenset())]
        steps = 0
        while stack:
            steps += 1
            if steps > 200_000:
                raise RecursionError("too many empty ways")
            node, before, after, passed = stack.pop()
            if not before or not after:
                continue
            if node in self._reads or node == self._end:
                way = (node, before, after)
                found[way] = found.get(way, 0) + 1
                continue
            stack += [
                (step.to, before & step.before, after & step.after, passed | {node})
                for step in self._steps[node]
                if step.to not in passed
            ]
        return [way for way, count in found.items() for _ in range(min(count, 2))]
