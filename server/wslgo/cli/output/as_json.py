"""The findings as one JSON object, on which scripts rely: members are added, never renamed or removed.

`{"version": 1, "findings": [{"rule", "severity", "path", "message", "range", "related": [{"path", "range", "message"}],
"fixes": [{"title", "safety", "edits": [{"path", "range", "newText"}]}], "fingerprint"}], "counts": {"files", "error",
"warning", "information", "hint"}}`; a fix that also changes the encoding names the new one as `encoding`. A finding
about the machine has no range, and `about` and `next` instead. `topic` is the name for `wslgo explain` of the answer to
what people believe about it, if there is one. With a baseline, `counts` has the number of findings
that it left out as `baseline`. Lines count from zero, characters are those of UTF-16, as in LSP.
"""

import json
from collections import Counter
from collections.abc import Iterator

from wslgo.cli.output.fingerprint import printed
from wslgo.cli.output.report import Places, Run, told
from wslgo.linter.finding import Fix, Related, Reported, Severity
from wslgo.text.message import Language
from wslgo.text.span import Span
from wslgo.text.typing import Any
from wslgo.topics import topic_of


def pieces(run: Run, spoken: Language) -> Iterator[str]:
    """Yield the object, a line for each finding; ASCII, so that no terminal and no encoding changes it."""
    yield '{"version": 1, "findings": ['
    separator = ""
    for finding in findings(run, spoken):
        yield separator + json.dumps(finding)
        separator = ",\n"
    yield f'], "counts": {json.dumps(_counts(run))}}}\n'


def _counts(run: Run) -> dict[str, int]:
    count = Counter(reported.severity for reported in run.findings())
    found = {severity.name.lower(): count[severity] for severity in Severity}
    return {"files": run.total, **found, **({} if run.known is None else {"baseline": run.known})}


def findings(run: Run, spoken: Language) -> Iterator[dict[str, Any]]:
    """Yield the findings as objects."""
    for reported, places, fingerprint in printed(run):
        members = machine_finding(reported, spoken) if places is None else _finding(reported, places, spoken)
        yield {**members, "fingerprint": fingerprint}


def machine_finding(reported: Reported, spoken: Language) -> dict[str, Any]:
    """Return a finding about the machine, which has neither related places nor fixes."""
    from wslgo.linter.finding_json import machine_finding as members  # few runs have one

    return {**members(reported, spoken), "related": [], "fixes": []}


def _finding(reported: Reported, places: Places, spoken: Language) -> dict[str, Any]:
    finding = reported.finding
    topic = finding.topic or topic_of(reported.rule)
    return {
        "rule": reported.rule,
        "severity": reported.severity.name.lower(),
        "path": reported.path,
        "message": finding.message.render(spoken),
        **({"topic": topic} if topic else {}),
        "range": _range(finding.span, "", places),
        "related": [_related(related, places, spoken) for related in finding.related],
        "fixes": [_fix(fix, places, spoken) for fix in told(finding.fixes)],
    }


def _related(related: Related, places: Places, spoken: Language) -> dict[str, Any]:
    return {
        "path": places.path(related.path),
        "range": _range(related.span, related.path, places),
        "message": related.message.render(spoken),
    }


def _fix(fix: Fix, places: Places, spoken: Language) -> dict[str, Any]:
    edits = [
        {"path": places.path(path), "range": _range(span, path, places), "newText": new}
        for span, new, path in fix.edits
    ]
    printed: dict[str, Any] = {"title": fix.title.render(spoken), "safety": fix.safety.value, "edits": edits}
    return printed | ({"encoding": fix.encoding} if fix.encoding else {})


def _range(span: Span, path: str, places: Places) -> dict[str, Any]:
    start, end = places.ends(span, path)
    return {"start": _position(start), "end": _position(end)}


def _position(place: tuple[int, int]) -> dict[str, int]:
    line, character = place
    return {"line": line, "character": character}
