"""The Go of an image called golang: its tag, also where a variable has the version."""

from collections.abc import Callable, Iterator, Sequence

from wslgo.linter.go_pin import Pin, Reader, loses_zero
from wslgo.syntax.workflow import Value
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

VERSION = pattern(r"1\.(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3}))?")
_IMAGE = pattern(r"(?:docker\.io/(?:library/)?)?golang:(1\.[0-9.]+)(?=[-@]|\Z)")
_TEMPLATE = pattern(
    r"(?:docker\.io/(?:library/)?)?golang:(?:\$\{\{[ \t]*([\w.-]+)[ \t]*\}\}|\$(\w+)|\$\{(\w+)\})(?=[-@]|\Z)"
)


def template_pins(
    image: Leaf, text: str, values: Callable[[str], Sequence[Value]], *, is_forgiven: bool = False
) -> Iterator[Pin]:
    """Yield the version in the tag of an image of a job, or the values of the variable that stands for it."""
    yield from tag_pins(image, text, is_forgiven=is_forgiven)
    template = _TEMPLATE.match(image.value)
    for value in values(template[1] or template[2] or template[3]) if template else ():
        leaf = value.leaf
        at = leaf.span.start + (text[leaf.span.start : leaf.span.start + 1] in "\"'")
        is_number = loses_zero(leaf.value, text, leaf.span.start)  # of which another rule tells
        if VERSION.fullmatch(leaf.value) and text.startswith(leaf.value, at) and not is_number:
            span = Span(at, at + len(leaf.value))
            yield Pin(
                leaf.value,
                span,
                span,
                Reader.JOB_IMAGE,
                keeps_go=True,
                is_deliberate=value.is_added or is_forgiven,
                is_one_of_several=value.is_one_of_several,
            )


def tag_of(image: str) -> str:
    """Return the version in the tag of an image, "" for any other."""
    found = _IMAGE.match(image)
    return found[1] if found is not None and VERSION.fullmatch(found[1]) else ""


def tag_pins(image: Leaf, text: str, *, is_forgiven: bool = False) -> Iterator[Pin]:
    """Yield the version in the tag of an image of a job."""
    found = _IMAGE.match(image.value)
    at = text.find(image.value, *image.span)
    if found is not None and VERSION.fullmatch(found[1]) and at >= 0:
        span = Span(at + found.start(1), at + found.end(1))
        yield Pin(found[1], span, span, Reader.JOB_IMAGE, keeps_go=True, is_deliberate=is_forgiven)
