"""The findings as a DiagnosticResult of reviewdog (rdjson), which comments on pull requests of every code host.

Columns count bytes of UTF-8 from one. A finding has a file there, so those about the machine are not in it.
"""

import json
from collections.abc import Iterator
from typing import Any

from wslgo.cli.output.report import Places, Run, relative, told
from wslgo.linter.documentation import page_addresses
from wslgo.linter.finding import Fix, Related, Reported, Severity
from wslgo.linter.rules import all_rules
from wslgo.text.markdown import plain
from wslgo.text.message import Language, Text
from wslgo.text.span import Span, apply

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING"}
OTHERWISE = "INFO"


def pieces(run: Run, spoken: Language, rules_page: str | None) -> Iterator[str]:
    """Yield one object, a line for each finding, in ASCII; `rules_page` is the address of docs/rules.md."""
    addresses = page_addresses(all_rules(), rules_page) if rules_page else {}
    yield '{"source": {"name": "wslgo"}, "diagnostics": ['
    separator = ""
    for checked in run.checked:
        places = Places(checked.scene)
        for reported in checked.reported:
            yield separator + json.dumps(_diagnostic(reported, places, spoken, addresses))
            separator = ",\n"
    yield "]}\n"


def _diagnostic(reported: Reported, places: Places, spoken: Language, addresses: dict[str, str]) -> dict[str, Any]:
    finding = reported.finding
    suggestions = [suggestion for fix in told(finding.fixes) if (suggestion := _suggestion(fix, places)) is not None]
    related = [_related(place, places, spoken) for place in finding.related]
    return {
        "message": _words(finding.message, spoken),
        "location": _location(finding.span, "", places),
        "severity": SEVERITIES.get(reported.severity, OTHERWISE),
        "code": {"value": reported.rule, **({"url": addresses[reported.rule]} if addresses else {})},
        **({"suggestions": suggestions[:1]} if suggestions else {}),
        **({"related_locations": related} if related else {}),
    }


def _words(text: Text, spoken: Language) -> str:
    """Return a sentence as Markdown that shows it unchanged: reviewdog puts it into a comment."""
    return plain(text, spoken)


def _related(related: Related, places: Places, spoken: Language) -> dict[str, Any]:
    return {
        "message": _words(related.message, spoken),
        "location": _location(related.span, related.path, places),
    }


def _suggestion(fix: Fix, places: Places) -> dict[str, Any] | None:
    """Return the replacement of one range that a fix is, or None if it changes another file or the encoding."""
    if not fix.edits or fix.encoding or fix.bytewise or any(edit.path for edit in fix.edits):
        return None
    start = min(edit.span.start for edit in fix.edits)
    end = max(edit.span.end for edit in fix.edits)
    shifted = [edit._replace(span=Span(edit.span.start - start, edit.span.end - start)) for edit in fix.edits]
    return {"range": _range(Span(start, end), "", places), "text": apply(places.lines().text[start:end], shifted)}


def _location(span: Span, path: str, places: Places) -> dict[str, Any]:
    return {"path": relative(places.path(path)), "range": _range(span, path, places)}


def _range(span: Span, path: str, places: Places) -> dict[str, Any]:
    (line, column), (end_line, end_column) = places.ends(span, path, "utf-8")
    return {
        "start": {"line": line + 1, "column": column + 1},
        "end": {"line": end_line + 1, "column": end_column + 1},
    }
