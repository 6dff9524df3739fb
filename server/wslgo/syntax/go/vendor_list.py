"""`vendor/modules.txt` as the go command reads it (cmd/go/internal/modload/vendor.go, Go 1.26)."""

from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"[^\n]+")
_NUMBER = r"(?:0|[1-9][0-9]*)"
_VERSION = pattern(rf"v{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}(?:[-+][0-9A-Za-z.+-]+)?)?)?")


class Vendored(NamedTuple):
    """A module, or, with an empty version, the replacement of every version of it.

    `is_explicit`: go.mod requires it; `has_packages`: some of its packages are in the folder; `replacement` is the path
    and the version behind `=>`, None without one.
    """

    path: str
    version: str
    span: Span
    is_explicit: bool = False
    has_packages: bool = False
    replacement: tuple[str, str] | None = None


class VendorList(NamedTuple):
    """The modules by path and version, in order; `is_of_work`: those of a go.work, written by `go work vendor`."""

    modules: dict[tuple[str, str], Vendored]
    is_of_work: bool = False


def parse(source: Source) -> VendorList:
    """Return the modules of a list; go ignores lines that it does not understand."""
    modules: dict[tuple[str, str], Vendored] = {}
    is_of_work = False
    current: tuple[str, str] | None = None
    for match in _LINE.finditer(source.text):
        line = match[0]
        words = line.split()
        if line.startswith("# "):
            if len(words) >= 3:
                current = _read_module(modules, words[1:], Span(match.start(), match.start() + len(line.rstrip())))
        elif line.startswith("## "):
            annotations = [word.strip() for word in line[3:].split(";")]
            is_of_work = is_of_work or (current is None and "workspace" in annotations)
            if current is not None and "explicit" in annotations:
                modules[current] = modules[current]._replace(is_explicit=True)
        elif current is not None and len(words) == 1:
            modules[current] = modules[current]._replace(has_packages=True)
    return VendorList(modules, is_of_work)


def _read_module(modules: dict[tuple[str, str], Vendored], words: list[str], span: Span) -> tuple[str, str] | None:
    """Add the module of a line, `path version`, `path => path` or `path version => path version`; return its key."""
    path, *rest = words
    version = rest.pop(0) if _VERSION.fullmatch(rest[0]) else ""
    if not version and rest[0] != "=>":
        return None
    key = path, version
    known = modules.setdefault(key, Vendored(path, version, span))
    if rest[:1] == ["=>"] and (len(rest) == 2 or (len(rest) == 3 and _VERSION.fullmatch(rest[2]))):
        modules[key] = known._replace(replacement=(rest[1], "".join(rest[2:])))
    return key
