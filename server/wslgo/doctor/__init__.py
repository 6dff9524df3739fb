"""The health page: what a machine is like at a glance, calm where all is well, with a next step where it is not.

Pure: it reads a `Host` and says nothing that the host does not know.
"""

from collections.abc import Iterable, Iterator

from wslgo.doctor import editors, go, gpu, network, wsl, wslg
from wslgo.doctor.line import Line, Section, Sign
from wslgo.machine.host import Host

_IN_WSL = (gpu, wslg)


def sections_of(host: Host) -> tuple[Section, ...]:
    """The sections of the page; off WSL those that only WSL fills are left out."""
    parts = (wsl, go, gpu, wslg, network, editors)
    return tuple(part.section(host) for part in parts if host.wsl.generation or part not in _IN_WSL)


def lines(sections: Iterable[Section]) -> Iterator[Line]:
    """All lines of a page."""
    return (line for section in sections for line in section.lines)


def count(sections: Iterable[Section], sign: Sign) -> int:
    """How many lines have a sign."""
    return sum(line.sign is sign for line in lines(sections))
