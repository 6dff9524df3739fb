"""The sections and keys of a WSL file, for an editor's outline."""

from collections.abc import Iterable

from wslgo.syntax.file import File
from wslgo.syntax.wsl.ini import IniAssignment, Section
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Symbol(NamedTuple):
    """A section with its keys as children, or a key with its value; `span` contains `name_span`."""

    name: str
    detail: str
    span: Span
    name_span: Span
    children: tuple["Symbol", ...] = ()
    is_section: bool = False


def document_symbols(file: File) -> tuple[Symbol, ...]:
    """Return the symbols of a file in order; keys above the first section are at the top level."""
    if not isinstance(file.tree, IniFile):
        return ()
    symbols: list[Symbol] = []
    section: Section | None = None
    keys: list[Symbol] = []
    for node in file.tree.nodes:
        if isinstance(node, Section):
            symbols += _with_section(section, keys)
            section, keys = node, []
        elif isinstance(node, IniAssignment):
            keys.append(_key(node, file.tree.text))
    return (*symbols, *_with_section(section, keys))


def _with_section(section: Section | None, keys: Iterable[Symbol]) -> list[Symbol]:
    """Return a section with its keys, or only the keys without one."""
    children = tuple(keys)
    if section is None:
        return list(children)
    end = children[-1].span.end if children else section.header_span.end
    span = Span(section.header_span.start, end)
    return [Symbol(section.name, "", span, section.header_span, children, is_section=True)]


def _key(node: IniAssignment, text: str) -> Symbol:
    span = Span(node.key_span.start, max(node.value_span.end, node.key_span.end))
    return Symbol(node.key, text[slice(*node.value_span)], span, node.key_span)
