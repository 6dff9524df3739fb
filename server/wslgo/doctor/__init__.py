"""The health page: the state of a machine at a glance, with a next step where something is wrong.

Pure: it reads a `Host`, and shows a fact that the host lacks as unknown.
"""

from collections.abc import Iterable, Iterator

from wslgo.doctor import editors, go, gpu, network, wsl, wslg
from wslgo.doctor.line import Section, Sign, StatusLine
from wslgo.machine.host import Host

_IN_WSL = (gpu, wslg)


def sections_of(host: Host) -> tuple[Section, ...]:
    """Return the sections of the page; outside WSL, without those that only WSL has."""
    parts = (wsl, go, gpu, wslg, network, editors)
    return tuple(part.section(host) for part in parts if host.wsl.generation or part not in _IN_WSL)


def lines(sections: Iterable[Section]) -> Iterator[StatusLine]:
    """Return all lines of a page."""
    return (line for section in sections for line in section.lines)


def count(sections: Iterable[Section], sign: Sign) -> int:
    """Return the number of lines that have a sign."""
    return sum(line.sign is sign for line in lines(sections))
