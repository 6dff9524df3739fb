"""The health page of a machine, as its tests read it."""

from typing import NamedTuple

from wslgo.doctor.status import Sign, Status, StatusLine, status_of
from wslgo.linter.machine_check import every_machine_finding
from wslgo.machine.host import Host


class Line(NamedTuple):
    """A line of the page in English, with the first finding about its fact."""

    sign: Sign
    value: str
    rule: str = ""
    message: str = ""
    next: str = ""


def status(host: Host) -> Status:
    """Return the health of a machine with all findings about it."""
    return status_of(host, every_machine_finding(host))


def line(host: Host, name: str) -> StatusLine:
    """Return the first line of the page with this id."""
    return next(found for found in status(host).lines if found.fact.id == name)


def content(host: Host, name: str) -> Line:
    """Return a line in English."""
    fact, sign, findings = line(host, name)
    if not findings:
        return Line(sign, fact.value.render())
    rule, _, _, finding = findings[0]
    step = "" if finding.next is None else finding.next.render()
    return Line(sign, fact.value.render(), rule, finding.message.render(), step)


def ids(host: Host, sign: Sign) -> set[str]:
    """Return the ids of the lines that have a sign."""
    return {found.fact.id for found in status(host).lines if found.sign is sign}
