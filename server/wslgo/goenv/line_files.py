"""The Go variables in files of lines: go's env file, env files, and what a shell, make, Docker or a runner reads."""

import re
from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Layer, Scope, Style
from wslgo.goenv.removal import is_used, uses, with_comments
from wslgo.syntax.family import (
    COMPOSE,
    DOCKERFILE,
    ENVIRONMENT,
    ENVRC,
    GITLAB,
    MAKEFILE,
    MISE,
    SERVICES,
    WORKFLOW,
)
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # a file needs one of these parsers, most files need none
    from wslgo.syntax.go.env_file import GoEnv
    from wslgo.syntax.shell.dotenv import DotEnv
    from wslgo.syntax.shell.script import Shell

_REFERENCE = pattern(r"\$\{")
# Those who get the variables of a file; without an entry all programs of a user do.
_SCOPES = {
    SERVICES: Scope.SERVICES,
    ENVRC: Scope.FOLDER,
    MAKEFILE: Scope.MAKE,
    DOCKERFILE: Scope.CONTAINER,
    COMPOSE: Scope.CONTAINER,
    WORKFLOW: Scope.CI,
    GITLAB: Scope.CI,
    MISE: Scope.FOLDER,
}
# Families whose values no shell expands.
_LITERAL = (ENVIRONMENT, MAKEFILE, DOCKERFILE, COMPOSE, WORKFLOW, GITLAB, MISE)


def of_goenv(file: File) -> Iterator[Assignment]:
    from wslgo.syntax.go.env_file import LineStatus  # few files are of that family

    text = file.source.text
    for line in cast("GoEnv", file.tree).lines:
        if line.use is LineStatus.TAKEN:
            removal = Span(line.span.start, line.span.end + text.startswith("\n", line.span.end))
            removal = with_comments(text, removal)
            yield Assignment(
                line.key,
                line.value,
                line.key_span,
                line.value_span,
                Scope.GOENV,
                file.path,
                line.value,
                line.value_span,
                is_literal=True,
                removal=removal,
            )


def of_dotenv(file: File) -> Iterator[Assignment]:
    text = file.source.text
    places = uses(text)
    for line in cast("DotEnv", file.tree).assignments:
        raw = text[line.value_span.start : line.value_span.end]
        inner = Span(
            line.value_span.start + (raw[:1] in ("'", '"')),
            line.value_span.end - (len(raw) > 1 and raw[-1:] in ("'", '"')),
        )
        reference = _REFERENCE.search(line.value)
        removal = _line_around(line.name_span.start, text)
        yield Assignment(
            line.name,
            None if reference else line.value,
            line.name_span,
            inner,
            Scope.LAUNCH,
            file.path,
            line.value[: reference.start()] if reference else line.value,
            line.value_span,
            is_literal=text[inner.start : inner.end] == line.value,
            removal=None if is_used(line.name, places, removal) else with_comments(text, removal),
        )


def of_shell(file: File) -> Iterator[Assignment]:
    is_environment = file.family.name == ENVIRONMENT
    has_shell = file.family.name not in _LITERAL
    layer = Layer.SYSTEM if re.search(r"(?:^|/)etc/", file.path) else Layer.PERSONAL
    shell = cast("Shell", file.tree)
    text, comments = file.source.text, {comment.start for comment in shell.comments}
    places = {} if is_environment else uses(text, shell.comments)
    for found in shell.assignments:
        word, removal = found.word, found.command
        if removal is not None:
            removal = None if is_used(found.name, places, removal) else with_comments(text, removal, comments)
        style = Style.LINE if is_environment else Style(word.quoting.value)
        yield Assignment(
            found.name,
            None if found.pipe else word.value,
            found.name_span,
            word.inner,
            _SCOPES.get(file.family.name, Scope.ENVIRONMENT),
            file.path,
            "" if found.pipe else word.head,
            word.span,
            style,
            is_literal=word.is_literal,
            is_certain=found.is_certain and found.is_exported,
            is_exported=found.is_exported,
            is_expanded=has_shell,
            layer=layer,
            removal=removal,
            pipe=found.pipe,
        )


def _line_around(offset: int, text: str) -> Span:
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end + 1)
