"""The findings as text: place, message, the line with the culprit underlined, fixes."""

from collections import Counter
from collections.abc import Iterable, Iterator

from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.output.excerpt import excerpt
from wslgo.cli.output.report import Checked, Places, Run
from wslgo.cli.terminal import shown
from wslgo.linter.finding import SEVERITY_WORDS, Fix, Related, Reported, Safety, Severity, choice
from wslgo.text.message import Message


def lines(run: Run, call: Call[object]) -> Iterator[str]:
    """Yield the findings, a blank line, the summary."""
    yield from findings(run.checked, call)
    yield from (line for reported in run.machine for line in _machine_finding(reported, call))
    yield ""
    yield summary(list(run.findings()), call)


def findings(found: Iterable[Checked], call: Call[object]) -> Iterator[str]:
    """Yield the findings, file by file."""
    for checked in found:
        places = Places(checked.scene)
        for reported in checked.reported:
            yield from _finding(reported, places, call)


def summary(found: list[Reported], call: Call[object], sentence: Message = words.SUMMARY) -> str:
    """`3 problems (1 error, 2 warnings), 2 fixable with wslgo fix`."""
    count = Counter(reported.severity for reported in found)
    comma = call.rendered(words.COMMA)
    kinds = comma.join(
        call.rendered(words.counted(severity.name.lower(), count[severity])) for severity in Severity if count[severity]
    )
    problems = call.rendered(sentence(problems=words.counted("problem", count.total()), kinds=kinds))
    return comma.join((problems, *_fixable(found, call)))


def _fixable(found: list[Reported], call: Call[object]) -> Iterator[str]:
    safe = sum(choice(reported, unsafe=False) is not None for reported in found)
    unsafe = sum(choice(reported, unsafe=True) is not None for reported in found) - safe
    if safe:
        yield call.rendered(words.FIXABLE(count=safe))
    if unsafe:
        yield call.rendered((words.FIXABLE_UNSAFE if safe else words.FIXABLE_ONLY_UNSAFE)(count=unsafe))


def _machine_finding(reported: Reported, call: Call[object]) -> Iterator[str]:
    place = call.paint("bold", shown(reported.path) if reported.path else call.rendered(words.MACHINE))
    yield f"{place}: {_sentence(reported, call)}"
    if reported.finding.next is not None:
        yield _below(call.rendered(words.NEXT), call.rendered(reported.finding.next), call)


def _sentence(reported: Reported, call: Call[object]) -> str:
    """Return severity, message and rule."""
    rule = call.paint("hint", f"[{reported.rule}]")
    label = call.paint(reported.severity.name.lower(), call.rendered(SEVERITY_WORDS[reported.severity]))
    return f"{label}{call.rendered(words.COLON)}{call.rendered(reported.finding.message)} {rule}"


def _finding(reported: Reported, places: Places, call: Call[object]) -> Iterator[str]:
    finding, severity = reported.finding, reported.severity.name.lower()
    place = _place(places, "", finding.span.start)
    yield f"{call.paint('bold', place)}: {_sentence(reported, call)}"
    yield from excerpt(places.lines(), finding.span, severity, call.paint)
    yield from (_note(related, places, call) for related in finding.related)
    yield from (_fix(fix, places, call) for fix in finding.fixes)
    if finding.next is not None and not finding.fixes:
        yield _below(call.rendered(words.NEXT), call.rendered(finding.next), call)


def _note(related: Related, places: Places, call: Call[object]) -> str:
    place = _place(places, related.path, related.span.start)
    return _below(call.rendered(words.NOTE), f"{place}: {call.rendered(related.message)}", call)


def _fix(fix: Fix, places: Places, call: Call[object]) -> str:
    elsewhere = next((edit.path for edit in fix.edits if edit.path), "")
    if elsewhere:
        how = words.FIX_ELSEWHERE(path=elsewhere)
    else:
        how = words.FIX() if fix.safety is Safety.SAFE else words.FIX_UNSAFE()
    return _below(call.rendered(how), call.rendered(fix.title), call)


def _below(label: str, text: str, call: Call[object]) -> str:
    return f"      {call.paint('hint', '=')} {call.paint('fix', label)}{call.rendered(words.COLON)}{text}"


def _place(places: Places, path: str, offset: int) -> str:
    line, character = places.lines(path).position(offset)
    return f"{shown(places.path(path))}:{line + 1}:{character + 1}"
