"""The signs in the settings of a machine that it is in mainland China, where some hosts of Go are not reachable.

A package mirror there is a sign that is enough. The time zone and the language are one together, since people in other
places have either of them.
"""

from collections.abc import Iterator

from wslgo.knowledge.module_proxies import LANGUAGE_OF_CHINA, TIME_ZONES_OF_CHINA, is_package_mirror_of_china
from wslgo.machine.probe.context import ProbeContext
from wslgo.text.pattern import pattern

_APT = "/etc/apt/sources.list"
_LISTS = (_APT, "/etc/pacman.d/mirrorlist", "/etc/apk/repositories")
_FOLDERS = (f"{_APT}.d", "/etc/yum.repos.d")
_HOST = pattern(r"^[^#\n]*?https?://([A-Za-z0-9.-]+)", 8)  # re.MULTILINE
_LOCALE = pattern(r"^LANG=[\"']?(\w+)", 8)
_ZONES = "/zoneinfo/"


def is_in_china(machine: ProbeContext) -> bool | None:
    """Return True if settings of the machine show it; otherwise nothing is known."""
    has_both = _zone(machine) in TIME_ZONES_OF_CHINA and _language(machine) == LANGUAGE_OF_CHINA
    return True if has_both or any(map(is_package_mirror_of_china, _mirrors(machine))) else None


def _mirrors(machine: ProbeContext) -> Iterator[str]:
    """Yield the hosts that packages of the distribution are from."""
    beside = (f"{folder}/{name}" for folder in _FOLDERS for name in machine.world.names(folder))
    for path in (*_LISTS, *beside):
        yield from (found[1].lower() for found in _HOST.finditer(machine.text(path) or ""))


def _zone(machine: ProbeContext) -> str:
    named = machine.environment.get("TZ", "").removeprefix(":") or (machine.text("/etc/timezone") or "").strip()
    return named or (machine.world.link("/etc/localtime") or "").partition(_ZONES)[2]


def _language(machine: ProbeContext) -> str:
    named = (machine.environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    found = _LOCALE.search(machine.text("/etc/default/locale") or "")
    return next(filter(None, named), found[1] if found else "").partition(".")[0]
