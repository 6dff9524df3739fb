"""The findings as SARIF 2.1.0, which code hosts and dashboards read."""

import json
import os
from collections.abc import Iterator
from urllib.parse import quote

from wslgo import __version__
from wslgo.cli.output.fingerprint import printed
from wslgo.cli.output.report import Places, Run, by_path, relative, told
from wslgo.linter.dimensions import dimension_of
from wslgo.linter.documentation import documentation, page_addresses, summary
from wslgo.linter.finding import Finding, Fix, Related, Severity
from wslgo.linter.rules import Rule, all_rules
from wslgo.text.message import Language, Message, Text, without_links
from wslgo.text.span import Edit, Span
from wslgo.text.typing import Any

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "wslgo/v1"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note", Severity.HINT: "note"}
# Severities as GitHub's code scanning orders alerts.
PROBLEMS = dict.fromkeys(Severity, "recommendation") | {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
}

ABOUT_ROOT = Message(en="The folder in which wslgo was started", zh="启动 wslgo 的文件夹")

Json = dict[str, Any]


def pieces(run: Run, spoken: Language, rules_page: str | None) -> Iterator[str]:
    """Yield one run of one tool, a line for each result, in ASCII; of the rules those that it has results of.

    `rules_page` is the address of docs/rules.md.
    """
    used = {reported.rule for reported in run.findings()}
    rules = tuple(rule for rule in all_rules() if rule.id in used)
    addresses = page_addresses(all_rules(), rules_page) if rules_page else {}
    # The results come last in the run, so what closes it closes the log.
    end = "]}]}"
    pages = [_rule(rule, spoken, addresses) for rule in rules]
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run, pages, spoken)]}).removesuffix(end)
    separator = ""
    for result in _results(run, {rule.id: at for at, rule in enumerate(rules)}, spoken):
        yield separator + json.dumps(result)
        separator = ",\n"
    yield f"{end}\n"


def _run(run: Run, rules: list[Json], spoken: Language) -> Json:
    return {
        "tool": {"driver": {"name": "wslgo", "version": __version__, "rules": rules}},
        "invocations": [{"executionSuccessful": not run.troubles, **_notifications(run, spoken)}],
        "originalUriBaseIds": {ROOT: {"description": {"text": _words(ABOUT_ROOT(), spoken)}}},
        "columnKind": "utf16CodeUnits",
        "language": "zh-CN" if spoken == "zh" else "en-US",
        "results": [],
    }


def _rule(rule: Rule, spoken: Language, addresses: dict[str, str]) -> Json:
    finds, page = summary(rule, spoken), documentation(rule, spoken)
    return {
        "id": rule.id,
        **({"helpUri": addresses[rule.id]} if addresses else {}),
        "shortDescription": {"text": finds},
        "fullDescription": {"text": finds},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.id.partition("/")[0], dimension_of(rule)],
            "problem.severity": PROBLEMS[rule.severity],
        },
    }


def _notifications(run: Run, spoken: Language) -> Json:
    """Return the files that could not be read."""
    troubles = [
        {
            "level": "error",
            "message": {"text": _words(trouble.reason, spoken)},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(trouble.path)}}],
        }
        for trouble in run.troubles
    ]
    return {"toolExecutionNotifications": troubles} if troubles else {}


def _results(run: Run, index: dict[str, int], spoken: Language) -> Iterator[Json]:
    for reported, places, fingerprint in printed(run):
        yield {
            "ruleId": reported.rule,
            "ruleIndex": index[reported.rule],
            "level": LEVELS[reported.severity],
            "message": {"text": _words(reported.finding.message, spoken)},
            "partialFingerprints": {FINGERPRINT: fingerprint},
            **({} if places is None else _of_file(reported.finding, places, spoken)),
        }


def _of_file(finding: Finding, places: Places, spoken: Language) -> Json:
    """Return what a finding about the machine lacks: its place in a file, and what comes of that."""
    result: Json = {}
    result["locations"] = [{"physicalLocation": _location(finding.span, "", places)}]
    if finding.related:
        result["relatedLocations"] = [_related(related, places, spoken) for related in finding.related]
    if fixes := told(finding.fixes):
        result["fixes"] = [_fix(fix, places, spoken) for fix in fixes]
    return result


def _related(related: Related, places: Places, spoken: Language) -> Json:
    return {
        "physicalLocation": _location(related.span, related.path, places),
        "message": {"text": _words(related.message, spoken)},
    }


def _fix(fix: Fix, places: Places, spoken: Language) -> Json:
    changes = [
        {"artifactLocation": _artifact(path), "replacements": [_replacement(edit, places) for edit in edits]}
        for path, edits in by_path(fix.edits, places).items()
    ]
    properties = {"safety": fix.safety.value} | ({"encoding": fix.encoding} if fix.encoding else {})
    # A fix that changes nothing but the encoding replaces nothing by nothing: the format wants a replacement.
    unchanged = [{"artifactLocation": _artifact(places.path("")), "replacements": [_replacement(NO_EDIT, places)]}]
    return {
        "description": {"text": _words(fix.title, spoken)},
        "artifactChanges": changes or unchanged,
        "properties": properties,
    }


def _words(text: Text, spoken: Language) -> str:
    """Return a plain text without links: SARIF takes `[words](target)` for one there too (3.11.6)."""
    return without_links(text.render(spoken))


NO_EDIT = Edit(Span(0, 0), "")


def _replacement(edit: Edit, places: Places) -> Json:
    return {"deletedRegion": _region(edit.span, edit.path, places), "insertedContent": {"text": edit.new}}


def _location(span: Span, path: str, places: Places) -> Json:
    return {"artifactLocation": _artifact(places.path(path)), "region": _region(span, path, places)}


def _artifact(path: str) -> Json:
    """Return the place of a file seen from the current folder: a relative reference, its bytes percent-encoded."""
    return {"uri": quote(os.fsencode(relative(path))), "uriBaseId": ROOT}


def _region(span: Span, path: str, places: Places) -> Json:
    (line, column), (end_line, end_column) = places.ends(span, path)
    return {"startLine": line + 1, "startColumn": column + 1, "endLine": end_line + 1, "endColumn": end_column + 1}
