"""The findings as a code quality report of GitLab, which shows them in merge requests.

The format is the subset of the Code Climate format that GitLab documents; a finding has a file there, so those about
the machine are not in it.
"""

import json
from collections.abc import Iterator

from wslgo.cli.output.fingerprint import printed
from wslgo.cli.output.report import Run, relative
from wslgo.linter.finding import Severity
from wslgo.text.message import Language, without_links

SEVERITIES = {
    Severity.ERROR: "critical",
    Severity.WARNING: "major",
    Severity.INFORMATION: "minor",
    Severity.HINT: "info",
}


def pieces(run: Run, spoken: Language) -> Iterator[str]:
    """Yield one array, a line for each finding, in ASCII."""
    separator = "["
    for reported, places, fingerprint in printed(run):
        if places is not None:
            (line, _), (end, _) = places.ends(reported.finding.span)
            issue = {
                "description": without_links(reported.finding.message.render(spoken)),
                "check_name": reported.rule,
                "fingerprint": fingerprint,
                "severity": SEVERITIES[reported.severity],
                "location": {"path": relative(reported.path), "lines": {"begin": line + 1, "end": end + 1}},
            }
            yield separator + json.dumps(issue)
            separator = ",\n"
    yield "[]\n" if separator == "[" else "]\n"
