"""Findings in a file of the Go installation, which wslgo does not edit: the cure is a value of the user."""

from collections.abc import Iterable, Iterator

from wslgo.goenv.readers import assignments
from wslgo.linter.finding import Finding, Reported
from wslgo.syntax.file import File
from wslgo.text.message import Text
from wslgo.text.next_step import command
from wslgo.text.pattern import pattern

_PLAIN = pattern(r"[A-Za-z0-9_@%+:,./=-]*")


def with_commands(found: Iterable[Reported], file: File) -> Iterator[Reported]:
    """Yield findings without fixes, and with the `go env -w` that has the same effect as the first one, if one has."""
    for reported in found:
        finding = reported.finding
        yield reported._replace(finding=finding._replace(fixes=(), next=_command(finding, file)))


def _command(finding: Finding, file: File) -> Text | None:
    """Return the command that sets what a fix would write."""
    edits = finding.fixes[0].edits if finding.fixes else ()
    for assignment in assignments(file):
        span = assignment.value_span
        if len(edits) == 1 and not edits[0].path and span.covers(edits[0].span):
            text = file.source.text
            value = text[span.start : edits[0].span.start] + edits[0].new + text[edits[0].span.end : span.end]
            quoted = value if _PLAIN.fullmatch(value) else f"'{value}'"
            return command(f"go env -w {assignment.name}={quoted}") if value and "'" not in value else None
    return None
