"""Parse once, select, run, suppress, sort: what editor and terminal both call."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from wslgo.family import GOENV, SETTERS
from wslgo.finding import Finding, Reported
from wslgo.host import UNKNOWN, Host
from wslgo.rules import Rule, Subject, selected
from wslgo.scene import File, Judge, Scene, comments
from wslgo.settings import Settings
from wslgo.text import Lines, Span

if TYPE_CHECKING:
    from wslgo.goproject import Project
    from wslgo.variables import Assignment


def check(
    file: File,
    settings: Settings | None = None,
    others: tuple[File, ...] = (),
    host: Host = UNKNOWN,
    project: "Project | None" = None,
) -> list[Reported]:
    """The findings of a file in the order of their places."""
    settings = settings or Settings()
    scene = Scene(file, others, host, _judge(settings, others, host), project)
    return sorted(_unsuppressed(_found(scene, settings), file), key=_order)


@lru_cache(maxsize=64)
def _selected(family: str, settings: Settings, is_own: bool, is_setting: bool) -> tuple[Rule, ...]:
    """The rules that the settings leave; asked anew on every keystroke it would cost more than the rules."""
    return selected(family, settings, is_own=is_own, is_setting=is_setting)


def _found(scene: Scene, settings: Settings) -> list[Reported]:
    family = scene.file.family.name
    is_setting = family in SETTERS and bool(scene.file.assignments)
    rules = _selected(family, settings, scene.own is not None, is_setting)
    found = ((rule, finding) for rule in rules for finding in _findings(rule, scene))
    return list(_reported(found, scene.file, settings))


def _findings(rule: Rule, scene: Scene) -> Iterable[Finding]:
    """What a rule finds, asked about the subject that it speaks about; nothing else is parsed for it."""
    if rule.subject is Subject.SOURCE:
        return rule.check(scene.file.source, scene)
    if rule.subject is Subject.ASSIGNMENT:
        return (finding for assignment in _published(scene) for finding in rule.check(assignment, scene))
    if getattr(scene.file.tree, "is_garbled", False) and not rule.reads_garbled:
        return ()
    return rule.check(scene.file.tree, scene)


def _published(scene: Scene) -> "tuple[Assignment, ...]":
    from wslgo import assignments  # no WSL file needs it

    return assignments.published(scene)


def _reported(found: Iterable[tuple[Rule, Finding]], file: File, settings: Settings) -> Iterator[Reported]:
    for rule, finding in found:
        severity = settings.severity_of(rule.id, finding.severity or rule.severity)
        if severity is not None:
            yield Reported(rule.id, severity, file.path, finding)


def _judge(settings: Settings, others: tuple[File, ...], host: Host) -> Judge:
    """What is found about an assignment of another file, silenced there as ever."""

    def judge(assignment: "Assignment", file: File) -> list[Reported]:
        scene = Scene(file, others, host)
        rules = (rule for rule in _selected(GOENV, settings, False, True) if rule.subject is Subject.ASSIGNMENT)
        found = ((rule, finding) for rule in rules for finding in rule.check(assignment, scene))
        return sorted(_unsuppressed(list(_reported(found, file, settings)), file), key=_order)

    return judge


def _unsuppressed(found: list[Reported], file: File) -> list[Reported]:
    if not found or "wslgo:" not in file.source.text:
        return found
    from wslgo.suppression import suppressions  # few files silence anything

    lines = Lines(file.source.text)
    silent = suppressions(comments(file), lines)
    return [
        reported for reported in found if not silent.cover(reported.rule, lines.line_of(reported.finding.span.start))
    ]


def _order(reported: Reported) -> tuple[Span, int, str]:
    return reported.finding.span, reported.severity, reported.rule
