"""Flags in a string as each reader splits them: recorded outcomes; the real readers are asked in `tests/launch/dap`."""

import json

import pytest

from wslgo.syntax.go.flag_words import (
    compiler_flags,
    delve_words,
    extension_words,
    go_words,
    without_compiler_flags,
)
from wslgo.syntax.json.jsonc import parse
from wslgo.syntax.json.parts import part_edits, part_span
from wslgo.text.source import Source
from wslgo.text.span import Span, apply


@pytest.mark.parametrize(
    ("flags", "split"),
    [
        ("-v -race", ["-v", "-race"]),
        ("  -v\t-race\n", ["-v", "-race"]),
        ("-ldflags='-s -w' -v", ["-ldflags=-s -w", "-v"]),
        ("'-ldflags=-s -w'", ["-ldflags=-s -w"]),
        ("-a'b c'd'e f'", ["-ab cde f"]),
        (r"'-X a=\'b\''", ["-X a='b'"]),
        (r"-X\ a", ["-X\\", "a"]),
        ('-ldflags="-s -w"', ['-ldflags="-s', '-w"']),
        ("'' -v", ["", "-v"]),
        ("-v\u3000-race\u0085-x", ["-v", "-race", "-x"]),
        ("-v\ufeff-race\x1c-x", ["-v\ufeff-race\x1c-x"]),
        # A quote without an end reaches to the end, and alone it does not make a word.
        ("-v '-race -x", ["-v", "-race -x"]),
        ("-v'", ["-v"]),
        ("-v '", ["-v"]),
        (r"-v '\ ".strip(), ["-v"]),
        ("", []),
    ],
)
def test_delve_splits_at_spaces_outside_single_quotes(flags: str, split: list[str]) -> None:
    assert [word.text for word in delve_words(flags)] == split


@pytest.mark.parametrize(
    ("args", "split"),
    [
        ("-c 'a b' \"c d\"", ["-c", "a b", "c d"]),
        ("a'b c'd \"\"", ["ab cd", ""]),
        (r"\'a\" b", ["'a\"", "b"]),
        (r"'it\'s' \n \\", ["it's", r"\n", r"\\"]),
        ("a\tb\nc", ["a\tb\nc"]),
        ("  ", []),
    ],
)
def test_the_extension_splits_args_at_spaces_outside_quotes(args: str, split: list[str]) -> None:
    words = extension_words(args)
    assert words is not None
    assert [word.text for word in words] == split


@pytest.mark.parametrize("args", ["'a", 'a "b', "\"a'"])
def test_the_extension_rejects_args_with_a_quote_that_has_no_end(args: str) -> None:
    assert extension_words(args) is None


@pytest.mark.parametrize(
    ("value", "split"),
    [
        ("-a 'b c' \"d e\"", ["-a", "b c", "d e"]),
        ("-a='b c'", ["-a='b", "c'"]),
        ("'a'b", ["a", "b"]),
        (r"'a\' b", ["a\\", "b"]),
        ("-a\u00a0-b", ["-a\u00a0-b"]),
    ],
)
def test_go_knows_quotes_only_at_the_beginning_of_a_word(value: str, split: list[str]) -> None:
    assert [word.text for word in go_words(value)] == split


@pytest.mark.parametrize(
    ("flags", "left"),
    [
        ("-gcflags all=-N -l", " -l"),
        ("-tags integration -gcflags=all=-N -l -race", "-tags integration -l -race"),
        ("-v -gcflags='all=-N -l' -race", "-v -race"),
        ('-gcflags="all=-N -l"', ""),
        ("-gcflags=a -gcflags b -v", " -v"),
        ("-v\ufeff-gcflags=a", "-v"),
        # Quotes around it mean nothing to the extension.
        ("-ldflags='-X main.f= -gcflags=x'", "-ldflags='-X main.f='"),
        ("-gcflags=a'b", "'b"),
    ],
)
def test_the_extension_removes_compiler_flags(flags: str, left: str) -> None:
    assert without_compiler_flags(flags) == left


@pytest.mark.parametrize(
    "flags",
    [
        "--gcflags=all=-l",
        "-gcflags  a",
        "-gcflags\ta",
        "-gcflags=",
        "'-gcflags=a'",
        "-my-gcflags=x",
        "-v\u0085-gcflags=a",
    ],
)
def test_these_the_extension_does_not_see(flags: str) -> None:
    assert compiler_flags(flags) is None


@pytest.mark.parametrize("written", ['"a -b c"', r'"\u0061 -b \"c"', r'"\ud83d\ude00 -b c"', '"😀 -b c"', r'"\\ -b\n"'])
def test_a_part_of_a_string_has_its_place_in_the_text(written: str) -> None:
    tree = parse(Source(written))
    node = tree.root
    assert node is not None
    assert node.string is not None
    place = node.string.index("-b")
    part = Span(place, place + 2)
    assert written[slice(*part_span(tree, node, part))] == "-b"
    [edit] = part_edits(tree, node, part, '"\n')
    assert json.loads(apply(written, (edit,))) == node.string.replace("-b", '"\n')


def test_the_place_in_a_string_with_problems_is_all_of_it() -> None:
    tree = parse(Source(r'"\q -b"'))
    assert tree.root is not None
    assert part_span(tree, tree.root, Span(1, 3)) == tree.root.span
    assert part_edits(tree, tree.root, Span(1, 3), "x") == ()
