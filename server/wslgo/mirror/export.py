"""The settings with which the go command uses a mirror alone, and the shell line that sets them."""

import shlex
from collections.abc import Mapping
from urllib.parse import quote

from wslgo.mirror import checksums

_SAFE = "/-._~"  # a comma or a bar in a path would end the entry of GOPROXY


def file_url(path: str) -> str:
    """Return the URL of a folder as an entry of GOPROXY."""
    return f"file://{quote(path, safe=_SAFE)}"


def settings(url: str, variables: Mapping[str, str], records: int) -> dict[str, str]:
    """Return the variables that a machine needs; `variables` are those of the machine that filled the mirror.

    GONOPROXY=none: else go would fetch what GOPRIVATE names from its own host. A checksum database that is named with
    an address would be asked there, so only its name and key stay. Where the mirror has no records, go could verify
    only what go.sum names.
    """
    database = variables.get("GOSUMDB", "")
    name = checksums.name_of(database)
    key = (database.split() or [""])[0]
    found = {"GOPROXY": url, "GONOPROXY": "none", "GOSUMDB": (key if "+" in key else name) if records else "off"}
    if records and variables.get("GONOSUMDB"):
        found["GONOSUMDB"] = variables["GONOSUMDB"]
    return found


def line(found: Mapping[str, str]) -> str:
    """Return the line for a shell."""
    return "export " + " ".join(f"{name}={shlex.quote(value)}" for name, value in found.items())
