"""The flags of an entry as they reach go: through the Go extension, then Delve."""

import json

import pytest

from wslgo.launch.build_flags import BuildFlags, fault_of, is_accepted, read, strays_after
from wslgo.launch.flag_repair import repair_of
from wslgo.syntax.go.command_line import Command
from wslgo.syntax.go.linker_flags import without_stripping
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import parse
from wslgo.text.source import Source


def flags_of(flags: object, mode: str = "debug") -> BuildFlags:
    entry = {"type": "go", "request": "launch", "mode": mode, "program": ".", "buildFlags": flags}
    [configuration] = launch.read(parse(Source(json.dumps({"configurations": [entry]}))).root).configurations
    found = read(configuration)
    assert found is not None
    return found


def error(flags: object, mode: str = "debug") -> str:
    fault = fault_of(flags_of(flags, mode))
    return fault.error if fault else ""


@pytest.mark.parametrize(
    "flags",
    [
        "",
        "-race",
        "-tags integration -race",
        "-tags=a,b",
        "-ldflags='-s -w'",
        "-p 4 --trimpath",
        "-gcflags=all=-N",
        "-C dir -v",
        "''",
        ["-ldflags=-s -w", "-tags", "a b"],
        # What VS Code puts in is not known, nor how many words it is.
        "${input:flags} x y",
        "-tags ${input:tags}",
        ["-ldflags=-X main.v=${input:version}", "-race"],
        ["${input:flags}", "x"],
    ],
)
def test_go_accepts_these(flags: object) -> None:
    assert error(flags) == ""


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("-l", "flag provided but not defined: -l"),
        ("-N -race", "flag provided but not defined: -N"),
        ("-ldflags -s -w", "flag provided but not defined: -w"),
        ("-tags a b", '"b" is not a flag, so it is read as a package'),
        ("-tags", "flag needs an argument: -tags"),
        ("x", '"x" is not a flag, so it is read as a package'),
        ("-race=yes", 'invalid boolean value "yes" for -race: parse error'),
        ("---v", "bad flag syntax: ---v"),
        ("-count=1", "flag provided but not defined: -count"),
        ('-ldflags "-X a=b"', 'invalid value "\\"-X" for flag -ldflags: missing =<value> in <pattern>=<value>'),
        ("-v -C dir", 'invalid value "dir" for flag -C: -C flag must be first flag on command line'),
        ("-ldflags=-X main.v=${input:v}", '"main.v=${input:v}" is not a flag, so it is read as a package'),
        (["-tags integration"], "flag provided but not defined: -tags integration"),
        (["-ldflags='-s'"], "invalid value \"'-s'\" for flag -ldflags: missing =<value> in <pattern>=<value>"),
    ],
)
def test_go_rejects_these_with_these_words(flags: object, words: str) -> None:
    assert error(flags) == words


def test_a_test_has_more_flags_than_a_program() -> None:
    assert error("-count 1 -run X -test.v -v=test2json", "test") == ""
    assert error("-verbose", "test") == "unknown flag -verbose cannot be used with -c"
    assert error(["-args", "x"], "test") == ""
    assert error("-count=1 -run=X", "auto") == ""
    assert error("-w", "auto") == "flag provided but not defined: -w"


@pytest.mark.parametrize(
    ("flags", "strays"),
    [
        ("-gcflags all=-N -l", ["-l"]),
        ("-tags integration -gcflags=all=-N -l -race", ["-l"]),
        ("-gcflags=all=-N -l -m=2 -v", ["-l", "-m=2"]),
        ("-gcflags='all=-N -l' -v", []),
        ('-v -gcflags="all=-N -l"', []),
    ],
)
def test_words_after_the_flags_of_the_compiler_belong_to_them(flags: str, strays: list[str]) -> None:
    found = flags_of(flags)
    [removed] = found.removed
    assert [found.words[stray.first] for stray in strays_after(found, removed.end)] == strays


@pytest.mark.parametrize("flags", ["-v '-race", "-v'"])
def test_a_quote_without_an_end_is_not_accepted_after_a_fix(flags: str) -> None:
    assert not is_accepted(flags, Command.BUILD)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("-ldflags=-s -w", ("-ldflags='-s -w'",)),
        ("-ldflags -X main.v=1 -race", ("-ldflags='-X main.v=1'",)),
        ("-tags a b", ("-tags=a,b",)),
        ('-tags "a b" -v', ("-tags=a,b",)),
        ("-tags=a, b", ("-tags=a,b",)),
        ('-v -ldflags="-X a=b"', ("-v -ldflags='-X a=b'",)),
        ("trimpath", ("-trimpath",)),
        ("-mod vendr", ("-mod=vendor",)),
        ("－race", ("-race",)),
        (["-tags a"], ("-tags", "a")),
        (["-ldflags -X main.v=1 2"], ("-ldflags=-X main.v=1 2",)),
        (["-race -v"], ("-race", "-v")),
        (["'-race'"], ("-race",)),
        (["-ldflags=-s", "-w"], ("-ldflags=-s -w",)),
        (["-v ", "-race"], ("-v",)),
        ([" -tags=a"], ("-tags=a",)),
    ],
)
def test_a_repair_says_what_was_meant(flags: object, words: tuple[str, ...]) -> None:
    repair = repair_of(flags_of(flags))
    assert repair is not None
    assert repair.words == words


@pytest.mark.parametrize(
    "flags",
    [
        "-race",
        '-ldflags "-X main.v=$(git describe)"',
        "-ldflags \"-X 'a=b c'\"",
        "-tags a b -unknown",
        "-tags ./cmd b/c",
        "-l",
        ["-l"],
        ["-unknown a"],
        [" ", ""],
    ],
)
def test_what_was_meant_may_be_unknown(flags: object) -> None:
    assert repair_of(flags_of(flags)) is None


@pytest.mark.parametrize(
    ("value", "rest"),
    [
        ("-s -w", ""),
        ("-X a=b -s", "-X a=b"),
        ("a/...=-s -X b", "a/...=-X b"),
        ("-X 'a=b c' --w", "-X 'a=b c'"),
        ("-w -s=0", ""),
    ],
)
def test_a_program_without_debug_information(value: str, rest: str) -> None:
    assert without_stripping(value) == rest


@pytest.mark.parametrize("value", ["", "-w=0 -s", "-s=false", "-X -s", "-extldflags '-s -static'", "-X main.s=-w"])
def test_a_program_that_keeps_its_debug_information(value: str) -> None:
    assert without_stripping(value) is None
