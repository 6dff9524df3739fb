"""The outline of a WSL file."""

from wslgo.ide.document_symbol import Symbol, document_symbols
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source


def symbols(text: str, path: str = ".wslconfig") -> tuple[Symbol, ...]:
    family = family_of(path)
    assert family is not None
    return document_symbols(read(path, family, Source(text)))


def symbol_tree(found: tuple[Symbol, ...]) -> list[object]:
    return [
        [symbol.name, *symbol_tree(symbol.children)] if symbol.is_section else f"{symbol.name}={symbol.detail}"
        for symbol in found
    ]


def test_keys_are_children_of_their_sections() -> None:
    assert symbol_tree(symbols("[wsl2]\nmemory=8GB\nswap=0\n[experimental]\nsparseVhd=true")) == [
        ["wsl2", "memory=8GB", "swap=0"],
        ["experimental", "sparseVhd=true"],
    ]


def test_keys_above_all_sections_are_at_the_top_level() -> None:
    assert symbol_tree(symbols("memory=8GB\n[wsl2]\n")) == ["memory=8GB", ["wsl2"]]


def test_bad_lines_and_comments_are_not_symbols() -> None:
    assert symbol_tree(symbols("# a\n[wsl2]\n; b\nmemory=8GB")) == [["wsl2", "memory=8GB"]]


def test_lines_that_wsl_does_not_read_are_not_symbols() -> None:
    assert symbol_tree(symbols("[boot]\n; b\nsystemd=true", "wsl.conf")) == [["boot"]]


def test_symbols_contain_their_names_and_sections_their_children() -> None:
    for symbol in symbols("a=\n[wsl2]\nmemory=\nkernel=C:\\\\x\\\n  y\n[wsl2]\n"):
        for part in (symbol, *symbol.children):
            assert symbol.span.start <= part.span.start <= part.name_span.start
            assert part.name_span.end <= part.span.end <= symbol.span.end


def test_other_families_have_none() -> None:
    assert symbols("module x\n", "go.mod") == ()
