"""The findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from collections.abc import Iterator

from wslgo.cli.output.report import Places, Run
from wslgo.cli.terminal import rendered, shown
from wslgo.linter.finding import Reported, Severity
from wslgo.text.message import Language

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
OTHERWISE = "notice"


def lines(run: Run, spoken: Language) -> Iterator[str]:
    """Yield one command for each finding."""
    for checked in run.checked:
        places = Places(checked.scene)
        for reported in checked.reported:
            yield _command(reported, places, spoken)
    for reported in run.machine:
        level = LEVELS.get(reported.severity, OTHERWISE)
        yield f"::{level} title={_property(reported.rule)}::{_message(rendered(reported.finding.message, spoken))}"


def _command(reported: Reported, places: Places, spoken: Language) -> str:
    (line, column), (end_line, end_column) = places.ends(reported.finding.span, unit="utf-32")
    properties = {
        "file": shown(places.path("")),
        "line": line + 1,
        "endLine": end_line + 1,
        "col": column + 1,
        # GitHub ignores the columns of an annotation of several lines; its columns include the last one.
        "endColumn": max(end_column, column + 1) if end_line == line else end_column + 1,
        "title": reported.rule,
    }
    words = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    level = LEVELS.get(reported.severity, OTHERWISE)
    return f"::{level} {words}::{_message(rendered(reported.finding.message, spoken))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
