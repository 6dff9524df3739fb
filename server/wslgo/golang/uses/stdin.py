"""Whether a Go program reads what somebody types, told from its text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from wslgo.golang.project import GoFile, Package, Project
from wslgo.knowledge import terminal
from wslgo.syntax.go import file_body
from wslgo.text.pattern import pattern
from wslgo.text.span import Span


class Typed(NamedTuple):
    """A place that reads the standard input or imports what does; `what` is the name or the path."""

    path: str
    span: Span
    what: str


_NAMES = tuple(".".join(reader) for reader in terminal.READERS)
_READS = pattern(rf"\b({'|'.join(map(re.escape, _NAMES))})\b(?!\.(?:{'|'.join(terminal.LOOKS)})\b)")
_PACKAGES = frozenset(package for package, _ in terminal.READERS)


def input_of(project: Project, package: Package, files: Iterable[GoFile]) -> Typed | None:
    """The first place in a program made of these files that reads what is typed, its own package first."""
    for _, built in project.reached(package, files):
        for file in built:
            found = _imported(file) or _read(project, file)
            if found is not None:
                return found
    return None


def _imported(file: GoFile) -> Typed | None:
    for path, span, _ in file.head.imports:
        if any(path == one or path.startswith(f"{one}/") for one in terminal.IMPORTS):
            return Typed(file.path, span, path)
    return None


def _read(project: Project, file: GoFile) -> Typed | None:
    if not any(one.path in _PACKAGES for one in file.head.imports):
        return None
    match = project.read(file.path, _reading)
    return None if match is None else Typed(file.path, Span(*match.span(1)), match[1])


def _reading(text: str) -> re.Match[str] | None:
    return _READS.search(file_body.code(text).blanked) if any(name in text for name in _NAMES) else None
