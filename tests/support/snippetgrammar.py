"""The text that VS Code inserts for a snippet: tab stops, placeholders, choices, variables, escapes.

After VS Code's own parser (editor/contrib/snippet/browser/snippetParser.ts): malformed parts stay unchanged, and an
unknown variable becomes its name. Transformations raise an error.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_INTEGER = re.compile(r"\d+")
_NAME = re.compile(r"[_a-zA-Z]\w*", re.ASCII)


class Stop(NamedTuple):
    """A tab stop with its initial text and its choices."""

    number: int
    content: tuple["Part", ...] = ()
    choices: tuple[str, ...] = ()


class Variable(NamedTuple):
    """A variable, with its text if it has no value."""

    name: str
    default: tuple["Part", ...] | None


Part = str | Stop | Variable


def parse(body: str) -> tuple[Part, ...]:
    """Parse the body of a snippet into parts."""
    return _Reader(body).parts(closer="")


def stops(parts: tuple[Part, ...]) -> Iterator[Stop]:
    """Yield all tab stops, nested ones too."""
    for part in parts:
        if isinstance(part, Stop):
            yield part
            yield from stops(part.content)
        elif isinstance(part, Variable):
            yield from stops(part.default or ())


def expand(body: str, chosen: Mapping[int, str] | None = None, variables: Mapping[str, str] | None = None) -> str:
    """Return the inserted text: `chosen` are the user's choices at some stops, `variables` the values in VS Code."""
    parts = parse(body)
    first: dict[int, Stop] = {}
    for stop in stops(parts):
        if stop.number not in first or not (first[stop.number].content or first[stop.number].choices):
            first[stop.number] = stop
    return _Writer(first, chosen or {}, variables or {}).text(parts)


class _Writer(NamedTuple):
    first: Mapping[int, Stop]
    chosen: Mapping[int, str]
    variables: Mapping[str, str]

    def text(self, parts: tuple[Part, ...]) -> str:
        return "".join(map(self._part, parts))

    def _part(self, part: Part) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, Variable):
            known = self.variables.get(part.name)
            return known or (part.name if part.default is None else self.text(part.default))
        if part.number in self.chosen:
            return self.chosen[part.number]
        stop = self.first[part.number]
        return stop.choices[0] if stop.choices else self.text(stop.content)


class _Reader:
    def __init__(self, body: str) -> None:
        self.body = body
        self.at = 0

    def parts(self, closer: str) -> tuple[Part, ...]:
        """Parse up to the closer, and skip it; a missing closer raises an error that the caller handles."""
        found: list[Part] = []
        while self.at < len(self.body):
            if closer and self._take(closer):
                return tuple(found)
            found.append(self._escaped() or self._dollar() or self._character())
        if closer:
            raise ValueError(closer)
        return tuple(found)

    def _take(self, word: str) -> bool:
        is_there = self.body.startswith(word, self.at)
        self.at += len(word) * is_there
        return is_there

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.body, self.at)
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def _character(self) -> str:
        self.at += 1
        return self.body[self.at - 1]

    def _escaped(self) -> str:
        if self.body[self.at] == "\\" and self.body[self.at + 1 : self.at + 2] in ("$", "}", "\\"):
            self.at += 1
            return self._character()
        return ""

    def _dollar(self) -> Part | None:
        start = self.at
        if not self._take("$"):
            return None
        try:
            return self._braced() if self._take("{") else self._plain()
        except ValueError:
            self.at = start
            return None

    def _plain(self) -> Part:
        number = self._match(_INTEGER)
        if number:
            return Stop(int(number))
        name = self._match(_NAME)
        if not name:
            raise ValueError("$")
        return Variable(name, None)

    def _braced(self) -> Part:
        number = self._match(_INTEGER)
        name = "" if number else self._match(_NAME)
        if number and self._take("|"):
            return Stop(int(number), choices=self._choices())
        if not number and not name:
            raise ValueError("${")
        assert not self.body.startswith("/", self.at), "transformations are not read"
        content = None
        if self._take(":"):
            content = self.parts("}")
        elif not self._take("}"):
            raise ValueError("}")
        return Stop(int(number), content or ()) if number else Variable(name, content)

    def _choices(self) -> tuple[str, ...]:
        found = [""]
        while not self._take("|}"):
            if self.at >= len(self.body) or self.body[self.at] == "|":
                raise ValueError("|}")
            if self._take(","):
                found.append("")
                continue
            if self.body[self.at] == "\\" and self.body[self.at + 1 : self.at + 2] in (",", "|", "\\"):
                self.at += 1
            found[-1] += self._character()
        if not all(found):
            raise ValueError("an empty choice")
        return tuple(found)
