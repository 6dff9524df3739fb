"""The findings for people: place, words, the line with the culprit underlined, what can be done."""

from collections import Counter
from collections.abc import Iterable, Iterator

from wslgo.cli import words
from wslgo.cli.output.excerpt import excerpt
from wslgo.cli.output.report import Checked, Places, Run
from wslgo.cli.terminal import Painter, rendered, shown
from wslgo.linter.finding import Fix, Related, Reported, Safety, Severity
from wslgo.linter.fix import choice
from wslgo.text.message import Language


def lines(run: Run, spoken: Language, paint: Painter) -> Iterator[str]:
    """The findings, a blank line, the summary."""
    yield from findings(run.checked, spoken, paint)
    yield ""
    yield summary(run.checked, spoken)


def findings(found: Iterable[Checked], spoken: Language, paint: Painter) -> Iterator[str]:
    """The findings, file by file."""
    for checked in found:
        places = Places(checked.scene)
        for reported in checked.reported:
            yield from _finding(reported, places, spoken, paint)


def summary(checked: list[Checked], spoken: Language) -> str:
    """`3 problems (1 error, 2 warnings), 2 fixable with wslgo fix`."""
    found = [reported for one in checked for reported in one.reported]
    count = Counter(reported.severity for reported in found)
    kinds = ", ".join(rendered(words.counted(one.name.lower(), count[one]), spoken) for one in Severity if count[one])
    problems = rendered(words.SUMMARY(problems=words.counted("problem", count.total()), kinds=kinds), spoken)
    return ", ".join((problems, *_fixable(found, spoken)))


def _fixable(found: list[Reported], spoken: Language) -> Iterator[str]:
    safe = sum(choice(reported, unsafe=False) is not None for reported in found)
    unsafe = sum(choice(reported, unsafe=True) is not None for reported in found) - safe
    if safe:
        yield rendered(words.FIXABLE(count=safe), spoken)
    if unsafe:
        yield rendered(words.FIXABLE_UNSAFE(count=unsafe), spoken)


def _finding(reported: Reported, places: Places, spoken: Language, paint: Painter) -> Iterator[str]:
    finding, severity = reported.finding, reported.severity.name.lower()
    place = _place(places, "", finding.span.start)
    rule = paint("hint", f"[{reported.rule}]")
    yield f"{paint('bold', place)}: {paint(severity, severity)}: {rendered(finding.message, spoken)} {rule}"
    yield from excerpt(places.lines(), finding.span, severity, paint)
    yield from (_note(related, places, spoken, paint) for related in finding.related)
    yield from (_fix(fix, places, spoken, paint) for fix in finding.fixes)


def _note(related: Related, places: Places, spoken: Language, paint: Painter) -> str:
    place = _place(places, related.path, related.span.start)
    return _below(rendered(words.NOTE, spoken), f"{place}: {rendered(related.message, spoken)}", paint)


def _fix(fix: Fix, places: Places, spoken: Language, paint: Painter) -> str:
    elsewhere = next((edit.path for edit in fix.edits if edit.path), "")
    if elsewhere:
        how = words.FIX_ELSEWHERE(path=elsewhere)
    else:
        how = words.FIX() if fix.safety is Safety.SAFE else words.FIX_UNSAFE()
    return _below(rendered(how, spoken), rendered(fix.title, spoken), paint)


def _below(label: str, text: str, paint: Painter) -> str:
    return f"      {paint('hint', '=')} {paint('fix', label)}: {text}"


def _place(places: Places, path: str, offset: int) -> str:
    line, character = places.lines(path).position(offset)
    return f"{shown(places.path(path))}:{line + 1}:{character + 1}"
