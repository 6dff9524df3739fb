"""The outline of a WSL file."""

from wslgo.ide.document_symbol import Symbol, document_symbols
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source


def symbols(text: str, path: str = ".wslconfig") -> tuple[Symbol, ...]:
    family = family_of(path)
    assert family is not None
    return document_symbols(read(path, family, Source(text)))


def shown(found: tuple[Symbol, ...]) -> list[object]:
    return [[one.name, *shown(one.children)] if one.is_section else f"{one.name}={one.detail}" for one in found]


def test_keys_stand_below_their_sections() -> None:
    assert shown(symbols("[wsl2]\nmemory=8GB\nswap=0\n[experimental]\nsparseVhd=true")) == [
        ["wsl2", "memory=8GB", "swap=0"],
        ["experimental", "sparseVhd=true"],
    ]


def test_keys_above_all_sections_stand_alone() -> None:
    assert shown(symbols("memory=8GB\n[wsl2]\n")) == ["memory=8GB", ["wsl2"]]


def test_bad_lines_and_comments_are_no_symbols() -> None:
    assert shown(symbols("# a\n[wsl2]\n; b\nmemory=8GB")) == [["wsl2", "memory=8GB"]]


def test_what_wsl_does_not_read_is_no_symbol() -> None:
    assert shown(symbols("[boot]\n; b\nsystemd=true", "wsl.conf")) == [["boot"]]


def test_names_lie_within_their_symbols_and_children_within_sections() -> None:
    for symbol in symbols("a=\n[wsl2]\nmemory=\nkernel=C:\\\\x\\\n  y\n[wsl2]\n"):
        for one in (symbol, *symbol.children):
            assert symbol.span.start <= one.span.start <= one.name_span.start
            assert one.name_span.end <= one.span.end <= symbol.span.end


def test_other_families_have_none() -> None:
    assert symbols("module x\n", "go.mod") == ()
