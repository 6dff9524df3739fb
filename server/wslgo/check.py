"""Parse once, select, run, suppress, sort: what editor and terminal both call."""

from functools import lru_cache

from wslgo.finding import Reported
from wslgo.rules import Rule, rules_of
from wslgo.scene import File, Scene, comments
from wslgo.settings import Settings
from wslgo.text import Lines, Span


def check(file: File, settings: Settings | None = None, others: tuple[File, ...] = ()) -> list[Reported]:
    """The findings of a file in the order of their places."""
    settings = settings or Settings()
    return sorted(_unsuppressed(_found(Scene(file, others), settings), file), key=_order)


@lru_cache(maxsize=64)
def _selected(family: str, settings: Settings) -> tuple[Rule, ...]:
    """The rules that the settings leave; asked anew on every keystroke it would cost more than the rules."""
    return tuple(rule for rule in rules_of(family) if settings.severity_of(rule.id, rule.severity) is not None)


def _found(scene: Scene, settings: Settings) -> list[Reported]:
    tree, path = scene.file.tree, scene.file.path
    is_garbled = getattr(tree, "is_garbled", False)
    found: list[Reported] = []
    for rule in _selected(scene.file.family.name, settings):
        if is_garbled and not rule.reads_garbled:
            continue
        for finding in rule.check(tree, scene):
            severity = settings.severity_of(rule.id, finding.severity or rule.severity)
            if severity is not None:
                found.append(Reported(rule.id, severity, path, finding))
    return found


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
