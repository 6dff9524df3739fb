"""The findings as JUnit XML, which every CI server shows as tests.

A finding is a test case of its file, and fails if it makes the run fail; milder ones pass, with their words as output.
A run without findings has one test case that passes: several servers take a report without any for a broken one.
"""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from wslgo.cli.output.report import Checked, Places, Run, relative
from wslgo.cli.terminal import rendered, shown
from wslgo.linter.finding import Reported
from wslgo.text.message import Language

NAME = "wslgo"


def pieces(run: Run, spoken: Language) -> Iterator[str]:
    """Yield the report in ASCII."""
    found = list(run.findings())
    cases, failures = max(len(found), 1), sum(reported.severity <= run.threshold for reported in found)
    counts = f'tests="{cases + len(run.troubles)}" failures="{failures}" errors="{len(run.troubles)}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="{NAME}" {counts}>\n'
    yield f'<testsuite name="{NAME}" {counts}>\n'
    if not found:
        yield f'<testcase classname="{NAME}" name="check"/>\n'
    for checked in run.checked:
        yield from _of_file(checked, run, spoken)
    for reported in run.machine:
        yield _case(reported, f'classname="{NAME}.machine" name={_value(reported.rule)}', "", run, spoken)
    for trouble in run.troubles:
        words = _value(rendered(trouble.sentence(), spoken))
        yield f'<testcase classname="{NAME}" name={_value(shown(trouble.path))}><error message={words}/></testcase>\n'
    yield "</testsuite>\n</testsuites>\n"


def _of_file(checked: Checked, run: Run, spoken: Language) -> Iterator[str]:
    places = Places(checked.scene)
    path = shown(relative(checked.file.path))
    for reported in checked.reported:
        line, column = places.ends(reported.finding.span, unit="utf-32")[0]
        place = f"{path}:{line + 1}:{column + 1}"
        name = _value(f"{reported.rule} {place}")
        attributes = f'classname={_value(path)} name={name} file={_value(path)} line="{line + 1}"'
        yield _case(reported, attributes, f"{place}: ", run, spoken)


def _case(reported: Reported, attributes: str, place: str, run: Run, spoken: Language) -> str:
    words = rendered(reported.finding.message, spoken)
    if reported.severity <= run.threshold:
        kind = reported.severity.name.lower()
        inside = f'<failure type="{kind}" message={_value(words)}>{_content(f"{place}{words}")}</failure>'
    else:
        inside = f"<system-out>{_content(f'{place}{words}')}</system-out>"
    return f"<testcase {attributes}>{inside}</testcase>\n"


def _value(text: str) -> str:
    """Return a text as the value of an attribute, in ASCII and without what a runner obeys in a log."""
    return _ascii(quoteattr(text))


def _content(text: str) -> str:
    return _ascii(quoteattr(text)[1:-1])


def _ascii(text: str) -> str:
    return text.replace("##", "#&#35;").encode("ascii", "xmlcharrefreplace").decode()
