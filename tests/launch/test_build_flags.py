"""A string of `buildFlags`: Delve's words (its SplitQuotedFields), and what is left without `-gcflags`."""

import pytest

from wslgo.launch.build_flags import compiler_flags, is_flag_list, words


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
        ("", []),
    ],
)
def test_a_string_is_split_as_delve_splits_it(flags: str, split: list[str]) -> None:
    found = words(flags)
    assert found is not None
    assert [word.text for word in found] == split


def test_a_quote_without_an_end_has_no_words() -> None:
    assert words("-v '-race") is None
    assert words("-v'") is None


@pytest.mark.parametrize(
    "flags",
    [
        "",
        "-race",
        "-tags integration -race",
        "-tags=a,b",
        "-ldflags='-s -w'",
        "-p 4 --trimpath",
        "-count=1 -run=^Test$",
    ],
)
def test_these_are_lists_of_flags(flags: str) -> None:
    assert is_flag_list(flags)


@pytest.mark.parametrize("flags", ["-l", "-N -race", "-ldflags -s -w", "-tags a b", "-tags", "x", "-race '"])
def test_these_are_not(flags: str) -> None:
    assert not is_flag_list(flags)


@pytest.mark.parametrize(
    ("flags", "rest", "strays"),
    [
        ("-gcflags all=-N -l", "", ("-l",)),
        ("-tags integration -gcflags=all=-N -l -race", "-tags integration  -race", ("-l",)),
        ("-gcflags=all=-N -l -m=2 -v", " -v", ("-l", "-m=2")),
        ("-gcflags='all=-N -l' -v", " -v", ()),
        ('-v -gcflags="all=-N -l"', "-v ", ()),
    ],
)
def test_the_flags_of_the_compiler_go_as_a_whole(flags: str, rest: str, strays: tuple[str, ...]) -> None:
    found = compiler_flags(flags)
    assert found is not None
    assert flags[: found.span.start] + flags[found.span.end :] == rest
    assert found.strays == strays


@pytest.mark.parametrize("flags", ["-ldflags='-X main.f= -gcflags=x'", "--gcflags=all=-l", "-my-gcflags=x", ""])
def test_these_have_none_that_the_extension_removes(flags: str) -> None:
    assert compiler_flags(flags) is None
