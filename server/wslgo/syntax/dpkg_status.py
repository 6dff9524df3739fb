"""The installed packages in the database of dpkg (`/var/lib/dpkg/status`, deb822(5), dpkg(1))."""

from collections.abc import Iterator, Mapping

from wslgo.text.typing import NamedTuple

# Where dpkg keeps it.
PATH = "/var/lib/dpkg/status"

# The states in which a package works: triggers of others may still be waiting for it.
_WORKING = frozenset(("installed", "triggers-awaited", "triggers-pending"))


class Dpkg(NamedTuple):
    """The packages installed for this processor, with their versions, and the virtual packages they provide."""

    installed: frozenset[str] = frozenset()
    provided: frozenset[str] = frozenset()
    versions: Mapping[str, str] = {}


def parse(text: str) -> Dpkg:
    """Parse the database; anything else in it is skipped."""
    working = [entry for entry in map(_entry, text.split("\n\n")) if _works(entry)]
    native = next((entry.get("Architecture") for entry in working if entry["Package"] == "dpkg"), None)
    own = [entry for entry in working if native is None or entry.get("Architecture") in (native, "all")]
    provided = (name for entry in own for name in _names(entry.get("Provides", "")))
    versions = {entry["Package"]: entry.get("Version", "") for entry in own}
    return Dpkg(frozenset(versions), frozenset(provided), versions)


def _entry(stanza: str) -> Mapping[str, str]:
    """Return the fields of an entry; lines that continue a description start with a space."""
    lines = (line.partition(":") for line in stanza.split("\n") if not line.startswith((" ", "\t")))
    return {name: value.strip() for name, _, value in lines}


def _works(entry: Mapping[str, str]) -> bool:
    return "Package" in entry and entry.get("Status", "").rpartition(" ")[2] in _WORKING


def _names(provides: str) -> Iterator[str]:
    """Yield the names in `c-compiler, gcc:amd64 (= 4:12.2.0-3)`, without versions and processors."""
    for item in provides.split(","):
        name = item.partition("(")[0].partition(":")[0].strip()
        if name:
            yield name
