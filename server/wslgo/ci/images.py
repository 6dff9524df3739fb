"""The Go in a container image: golang's, copies of it in other registries, and images for dev containers."""

from collections.abc import Iterable

from wslgo.ci.matrix import Item
from wslgo.ci.model import Value
from wslgo.linter.image_stages import may_install_compiler
from wslgo.text.pattern import pattern

LATEST = "latest"
_TAG = pattern(r"(\d{1,4}(?:\.\d{1,4}){0,2}(?:rc\d{1,3})?)(?=-|\Z)")
# The version of the image may be in front.
_TAG_OF_CONTAINERS = pattern(r"(?:(?:dev|\d{1,4}(?:\.\d{1,4}){0,2})-)?(1\.\d{1,4})(?=-|\Z)")
_WITHOUT_COMPILER = pattern(r"(?:docker\.io/(?:library/)?)?golang:(?!1\.1?\d(?!\d))[\w.-]{0,60}alpine")
_OF_CONTAINERS = ("mcr.microsoft.com/devcontainers/go", "mcr.microsoft.com/vscode/devcontainers/go")


def has_go(image: str) -> bool:
    """Return whether an image is known to have Go; its GOTOOLCHAIN is then `local`."""
    name = _split(image)[0]
    return name.rpartition("/")[2] == "golang" or name in _OF_CONTAINERS


def lacks_compiler(image: str, scripts: Iterable[str]) -> bool:
    """Return whether go switches cgo off by itself (since 1.20): golang's images for Alpine have no C compiler."""
    return _WITHOUT_COMPILER.match(image) is not None and not any(map(may_install_compiler, scripts))


def go_of(item: Item, path: str, written: str) -> Value:
    """Return the Go of an image; that of one which is not known to have Go is unknown."""
    if item.text is None or not has_go(item.text):
        return Value(None, path, item.span, item.variant, written)
    name, tag = _split(item.text)
    found = (_TAG_OF_CONTAINERS if name in _OF_CONTAINERS else _TAG).match(tag)
    if found is None and tag and tag != LATEST and tag[0].isdigit():
        return Value(None, path, item.span, item.variant, written)
    return Value(found[1] if found else LATEST, path, item.span, item.variant)


def _split(image: str) -> tuple[str, str]:
    """Return the name and the tag of an image; a registry may have a port."""
    plain = image.partition("@")[0].lower()
    folder, slash, last = plain.rpartition("/")
    name, _, tag = last.partition(":")
    return f"{folder}{slash}{name}", tag
