"""Fingerprints: the same finding in two runs, although lines have moved between them."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from wslgo.cli.output.report import Places, Run, relative
from wslgo.linter.finding import Reported
from wslgo.text.secrets import without_secrets

_LONGEST = 4000  # code points of a line that are looked at: a file can be one line
_DIGITS = 32  # of SHA-256, in hexadecimal: as many as MD5 has, which GitLab documents


class Printed(NamedTuple):
    """A finding as an output format needs it; `places` is None for one that has no place in a file."""

    reported: Reported
    places: Places | None
    fingerprint: str


def printed(run: Run) -> Iterator[Printed]:
    """Yield the findings of a run with their fingerprints: those in files, then those about the machine.

    A fingerprint is made of the rule, the path, the text of the line, and a number where these are equal. The words of
    a finding are not in it, since they change with wslgo; neither is a secret of the line, which a digest would give
    away to those who can guess.
    """
    seen: Counter[str] = Counter()
    for checked in run.checked:
        places = Places(checked.scene)
        for reported in checked.reported:
            yield Printed(reported, places, _fingerprint(reported, _line(reported, places), seen))
    for reported in run.machine:
        yield Printed(reported, None, _fingerprint(reported, reported.finding.about, seen))


def _line(reported: Reported, places: Places) -> str:
    lines = places.lines()
    start, end = lines.span(lines.line_of(reported.finding.span.start))
    return without_secrets(lines.text[start : min(end, start + _LONGEST)]).strip()


def _fingerprint(reported: Reported, text: str, seen: Counter[str]) -> str:
    path = relative(reported.path) if reported.path else ""
    words = "\0".join((reported.rule, path, text))
    seen[words] += 1
    data = f"{words}\0{seen[words]}".encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()[:_DIGITS]
