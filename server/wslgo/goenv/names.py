"""The Go variable that a misspelt name must mean."""

from functools import lru_cache

from wslgo.knowledge.go_variable_names import FIXED, KNOWN, OF_PROGRAMS, RETIRED
from wslgo.text.pattern import pattern

_SHORTEST = 5  # of shorter names too many are one letter apart
# Names that hardly any user sets, so that one near them is a variable of its own: GOOSE, GOFIPS.
_RARE = pattern(r"GO(?:OS|VCS|WASM|386|AMD64|ARM|ARM64|MIPS|MIPS64|PPC64|RISCV64|FIPS140)|[A-Z]{2,3}|CGO_F.*|GCCGO")


@lru_cache(maxsize=1024)
def intended_name(name: str) -> str | None:
    """Return the name that differs in one letter; None if none or several do.

    A number at the end makes a variable of its own (`GOPATH2`), and so does a missing `CGO_` (`GO_LDFLAGS`).
    """
    if name in KNOWN or name in FIXED or name in OF_PROGRAMS or len(name) < _SHORTEST or name != name.upper():
        return None
    if name in RETIRED:
        return RETIRED[name] or None
    near = [known for known in KNOWN if abs(len(known) - len(name)) < 2 and _is_one_apart(name, known)]
    near = [known for known in near if known.startswith("CGO_") == name.startswith("CGO")]
    near = [known for known in near if not _RARE.fullmatch(known)]
    is_numbered = any(name.rstrip("0123456789") == known for known in near)
    return near[0] if len(near) == 1 and not is_numbered else None


def _is_one_apart(left: str, right: str) -> bool:
    """Return whether one letter was added, dropped or replaced, or two neighbours changed places.

    A file can have ten thousand names, and `nearest.distance` takes a hundred times as long.
    """
    start = _common(left, right)
    left, right = left[start:], right[start:]
    end = _common(left[::-1], right[::-1])
    left, right = left[: len(left) - end], right[: len(right) - end]
    return max(len(left), len(right)) == 1 or (len(left) == len(right) == 2 and left == right[::-1])


def _common(left: str, right: str) -> int:
    """Return the number of letters at the start that are the same."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((place for place, (first, second) in pairs if first != second), min(len(left), len(right)))
