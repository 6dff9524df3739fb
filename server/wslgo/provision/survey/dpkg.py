"""What dpkg knows to be installed, from its database (`/var/lib/dpkg/status`, deb822(5), dpkg(1))."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

# The states in which a package works: triggers of others may still be waiting for it.
_WORKING = frozenset(("installed", "triggers-awaited", "triggers-pending"))


class Dpkg(NamedTuple):
    """The packages that are installed for this processor, and the names that they stand in for."""

    installed: frozenset[str] = frozenset()
    provided: frozenset[str] = frozenset()


def parse(text: str) -> Dpkg:
    """The database; what is no entry of it is passed over."""
    working = [entry for entry in map(_entry, text.split("\n\n")) if _works(entry)]
    native = next((one.get("Architecture") for one in working if one["Package"] == "dpkg"), None)
    own = [one for one in working if native is None or one.get("Architecture") in (native, "all")]
    provided = (name for one in own for name in _names(one.get("Provides", "")))
    return Dpkg(frozenset(one["Package"] for one in own), frozenset(provided))


def _entry(stanza: str) -> Mapping[str, str]:
    """Its fields; lines that go on with a description begin with a blank."""
    lines = (line.partition(":") for line in stanza.split("\n") if not line.startswith((" ", "\t")))
    return {name: value.strip() for name, _, value in lines}


def _works(entry: Mapping[str, str]) -> bool:
    return "Package" in entry and entry.get("Status", "").rpartition(" ")[2] in _WORKING


def _names(provides: str) -> Iterator[str]:
    """`c-compiler, gcc:amd64 (= 4:12.2.0-3)` without versions and processors."""
    for one in provides.split(","):
        name = one.partition("(")[0].partition(":")[0].strip()
        if name:
            yield name
