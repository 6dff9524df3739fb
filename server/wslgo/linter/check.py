"""The check of one file, for editor and terminal: parse, select rules, run, suppress, sort."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from wslgo.linter.finding import Finding, Overflow, Reported, Severity, readable
from wslgo.linter.named import EVERYTHING
from wslgo.linter.rules import BAD_LINE, FILE, Rule, RuleSubject, rules_of, selected_rules
from wslgo.linter.rules.words import WORDS
from wslgo.linter.scene import AssignmentCheck, Scene, holds_entries, sets_variables
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import CGO, DOCS, GOENV, OTHER, SETTERS, SHIPPED
from wslgo.syntax.file import File, comments
from wslgo.text.span import Lines, Span
from wslgo.text.typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from wslgo.goenv.assignment import Assignment
    from wslgo.golang.project import Project
    from wslgo.linter.suppression import Suppressions
    from wslgo.syntax.wsl.ini_file import IniFile

Thing = TypeVar("Thing")


# The most findings of one file that are shown: more than users read. An editor draws each of them and asks for its
# fixes, and a file of 1 MB can have 500,000.
MOST = 500

_BATCH = 4 * MOST  # the most findings in memory at once
_SHORT = 16_384  # characters; in a longer text the words of all rules take longer to find than the rules take to run


class CancelledError(Exception):
    """A check that was stopped because its result is no longer needed."""


def _never() -> bool:
    return False


def check(
    file: File,
    settings: Settings | None = None,
    others: tuple[File, ...] = (),
    host: Host = UNKNOWN,
    project: "Project | None" = None,
    is_cancelled: Callable[[], bool] = _never,
    *,
    is_in_editor: bool = False,
) -> list[Reported]:
    """Return the findings of a file in the order of their places; of more than `MOST` the most severe.

    `is_in_editor`: without those that an editor reports itself.
    Raises CancelledError if `is_cancelled` returns true between two rules or two findings.
    """
    settings = settings or Settings()
    every = every_finding(file, settings, others, host, project, is_cancelled, is_in_editor=is_in_editor)
    found = shown_findings(every, file, settings)
    if sum(reported.severity is Severity.HINT for reported in found) < 2:
        return found
    from wslgo.linter.repetition import without_repetition  # few files have two hints

    return without_repetition(found)


def shown_findings(found: Iterable[Reported], file: File, settings: Settings) -> list[Reported]:
    """Return the findings to show, out of all findings of a file, in the order of their places."""
    found = iter(found)
    kept: list[Reported] = []
    hidden, worst = 0, Severity.HINT
    while batch := list(islice(found, _BATCH)):
        kept += batch
        if len(kept) > MOST:
            kept.sort(key=_by_severity)
            hidden, worst = hidden + len(kept) - MOST, min(worst, kept[MOST].severity)
            del kept[MOST:]
    if hidden:
        kept += of_limit("file/too-many-findings", Overflow(hidden, worst, MOST), file, settings)
    if not kept:
        return []
    from wslgo.linter.removals import with_removals  # most files have no finding

    shown = (reported._replace(finding=readable(reported.finding)) for reported in with_removals(kept))
    return sorted(shown, key=order)


@lru_cache(maxsize=256)
def rules_to_run(
    family: str,
    settings: Settings,
    is_own: bool,
    is_setting: bool,
    is_launching: bool = False,
    without: frozenset[str] = frozenset(),
) -> tuple[Rule, ...]:
    """Return the rules that the settings leave, cached: selecting on every keystroke would cost more than the rules."""
    return selected_rules(
        family, settings, is_own=is_own, is_setting=is_setting, is_launching=is_launching, without=without
    )


def silent_modules(file: File) -> frozenset[str]:
    """Return the modules of the rules that find nothing in a file because its text lacks their words."""
    text = file.source.text
    if len(text) > _SHORT or (file.family.syntax == "jsonc" and "\\u" in text):  # which may spell any letter
        return frozenset()
    marks = {BAD_LINE} if file.family.name in OTHER and cast("IniFile", file.tree).bad_lines else set()
    text = text.casefold()
    return frozenset(
        module for module, words in WORDS.items() if not any(word in marks or word in text for word in words)
    )


def every_finding(
    file: File,
    settings: Settings,
    others: tuple[File, ...] = (),
    host: Host = UNKNOWN,
    project: "Project | None" = None,
    is_cancelled: Callable[[], bool] = _never,
    *,
    is_in_editor: bool = False,
) -> Iterator[Reported]:
    """Yield all findings of a file, rule by rule; a file that is too large has only that finding."""
    if file.is_too_large and file.family.name == CGO:
        return  # code, of which a few lines are ours
    if file.is_too_large:
        yield from of_limit("file/too-large", file.source, file, settings)
        return
    check_assignment = assignment_check(settings, others, host)
    scene = Scene(file, others, host, check_assignment, project, is_in_editor, settings.private, settings.policy)
    family = file.family.name
    is_setting = family in SETTERS and sets_variables(file)
    without = silent_modules(file)
    rules = rules_to_run(family, settings, scene.snapshot is not None, is_setting, holds_entries(file), without)
    found = ((rule, finding) for rule in _until(is_cancelled, rules) for finding in findings(rule, scene))
    reported = with_severity(_until(is_cancelled, found), file, settings)
    if family == DOCS:
        from wslgo.linter.snippets import document  # only `--docs` reads documents

        yield from _until(is_cancelled, document.findings(reported, file, settings, every_finding))
        return
    reported = without_ignored(reported, file, settings)
    if family == SHIPPED:
        from wslgo.linter.shipped_file import with_commands  # hardly any file is one of Go itself

        reported = with_commands(reported, file)
    yield from reported


def _until(is_cancelled: Callable[[], bool], things: Iterable[Thing]) -> Iterator[Thing]:
    for thing in things:
        if is_cancelled():
            raise CancelledError
        yield thing


def of_limit(rule_id: str, subject: object, file: File, settings: Settings) -> Iterator[Reported]:
    """Yield the findings of a rule about the limits of wslgo, even if only other rules are selected."""
    rules = (rule for rule in rules_of(FILE) if rule.id == rule_id)
    found = ((rule, finding) for rule in rules for finding in rule.check(subject, Scene(file)))
    return with_severity(found, file, settings._replace(select=(EVERYTHING,)))


def findings(rule: Rule, scene: Scene) -> Iterable[Finding]:
    """Return the findings of a rule about its subject; only that is parsed for it."""
    if rule.subject is RuleSubject.SOURCE:
        return rule.check(scene.file.source, scene)
    if rule.subject is RuleSubject.ASSIGNMENT:
        return (finding for assignment in _assignments(scene) for finding in _about(assignment, rule, scene))
    if getattr(scene.file.tree, "is_garbled", False) and not rule.reads_garbled:
        return ()
    return rule.check(scene.file.tree, scene)


def _about(assignment: "Assignment", rule: Rule, scene: Scene) -> Iterator[Finding]:
    """Yield the findings of a rule about an assignment, each with the fact of the machine that it is about."""
    for finding in rule.check(assignment, scene):
        severity = finding.severity or rule.severity
        if not assignment.has_known_reader and severity is not Severity.ERROR:
            continue
        yield finding._replace(about=f"go.{assignment.name.lower()}")


def _assignments(scene: Scene) -> "tuple[Assignment, ...]":
    from wslgo.goenv import readers  # no WSL file needs it

    file, others = scene.file, scene.others
    return readers.effective_assignments(file, others) or readers.assignments_without_reader(file, others)


def with_severity(found: Iterable[tuple[Rule, Finding]], file: File, settings: Settings) -> Iterator[Reported]:
    chosen = cache(settings.severity_of)
    for rule, finding in found:
        severity = chosen(rule.id, finding.severity or rule.severity)
        hardening = settings.policy.hardens(rule.id) if settings.policy is not None else ()
        if hardening:
            severity = Severity.ERROR
            finding = finding._replace(related=(*finding.related, *(found.place for found in hardening)))
        if severity is not None:
            yield Reported(rule.id, severity, file.path, finding)


def assignment_check(settings: Settings, others: tuple[File, ...], host: Host) -> AssignmentCheck:
    """Return the check of an assignment in another file, which honours that file's suppressions."""

    def check_assignment(assignment: "Assignment", file: File) -> list[Reported]:
        scene = Scene(file, others, host, policy=settings.policy)
        rules = (rule for rule in rules_to_run(GOENV, settings, False, True) if rule.subject is RuleSubject.ASSIGNMENT)
        found = ((rule, finding) for rule in rules for finding in _about(assignment, rule, scene))
        return sorted(without_ignored(with_severity(found, file, settings), file, settings), key=order)

    return check_assignment


def without_ignored(found: Iterable[Reported], file: File, settings: Settings) -> Iterator[Reported]:
    """Yield the findings that no comment in the file ignores, and those that the policy keeps."""
    if "wslgo:" not in file.source.text:
        yield from found
        return
    lines = Lines(file.source.text)
    ignored: Suppressions | None = None
    for reported in found:
        if ignored is None:
            from wslgo.linter.suppression import suppressions  # few files ignore any rule

            ignored = suppressions(comments(file), lines)
        is_kept = settings.policy is not None and settings.policy.keeps(reported.rule)
        if is_kept or not ignored.cover(reported.rule, lines.line_of(reported.finding.span.start)):
            yield reported


def order(reported: Reported) -> tuple[Span, int, str]:
    return reported.finding.span, reported.severity, reported.rule


def _by_severity(reported: Reported) -> tuple[int, Span, str]:
    return reported.severity, reported.finding.span, reported.rule
