"""Where a Go program reads standard input, from its text."""

import re
from collections.abc import Iterable

from wslgo.golang.package import GoFile, Package
from wslgo.golang.project import Project
from wslgo.knowledge import terminal
from wslgo.syntax.go import file_body
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class StdinRead(NamedTuple):
    """A place that reads standard input, or imports a package that does."""

    path: str
    span: Span
    what: str


_NAMES = tuple(".".join(reader) for reader in terminal.READERS)
_READS = pattern(rf"\b({'|'.join(map(re.escape, _NAMES))})\b(?!\.(?:{'|'.join(terminal.LOOKS)})\b)")
_PACKAGES = frozenset(package for package, _ in terminal.READERS)


def input_of(project: Project, package: Package, files: Iterable[GoFile]) -> StdinRead | None:
    """Return the first place in a program built from these files that reads standard input, its own package first."""
    for _, built in project.packages_of_program(package, files):
        for file in built:
            found = _input_import(file) or _input_call(project, file)
            if found is not None:
                return found
    return None


def _input_import(file: GoFile) -> StdinRead | None:
    for path, span, _ in file.head.imports:
        if any(path == package or path.startswith(f"{package}/") for package in terminal.IMPORTS):
            return StdinRead(file.path, span, path)
    return None


def _input_call(project: Project, file: GoFile) -> StdinRead | None:
    if not any(declared.path in _PACKAGES for declared in file.head.imports):
        return None
    match = project.read(file.path, _first_reader)
    return None if match is None else StdinRead(file.path, Span(*match.span(1)), match[1])


def _first_reader(text: str) -> re.Match[str] | None:
    return _READS.search(file_body.code(text).blanked) if any(name in text for name in _NAMES) else None
