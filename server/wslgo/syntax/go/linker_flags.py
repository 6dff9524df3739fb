"""The value of `-ldflags`: flags of `go tool link` (go1.26.8), which go splits as it splits GOFLAGS."""

from wslgo.knowledge.go_flags import TRUE
from wslgo.syntax.go.flag_words import go_words

# Flags whose value is the word after them, unless it follows a `=`.
_NAMES = """
    B D E H I L R T X benchmark benchmarkprofile buildid buildmode capturehostobjs cpuprofile debugtextsize debugtramp
    extar extld extldflags fipso funcalign importcfg installsuffix k libgcc linkmode memprofile memprofilerate o
    pluginpath r randlayout strictdups tmpdir
"""
_VALUES = frozenset(_NAMES.split())
_STRIPPING = ("s", "w")


def without_stripping(value: str) -> str | None:
    """Return a value without `-s` and `-w`; None if a program keeps its debug information with it.

    `-s` implies `-w`, unless `-w=0` switches that off.
    """
    start = 0 if value.startswith("-") else value.find("=") + 1  # packages can precede the flags
    is_on: dict[str, bool] = {}
    kept: list[str] = []
    is_value = False
    for word in go_words(value[start:]):
        name, equals, text = word.text.lstrip("-").partition("=")
        if not is_value and word.text.startswith("-") and name in _STRIPPING:
            is_on[name] = not equals or text in TRUE
            continue
        is_value = not is_value and word.text.startswith("-") and name in _VALUES and not equals
        kept.append(value[start + word.span.start : start + word.span.end])
    if not is_on.get("w", is_on.get("s", False)):
        return None
    return value[:start] + " ".join(kept) if kept else ""
