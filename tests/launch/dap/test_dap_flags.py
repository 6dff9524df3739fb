"""Flags in a string as their real readers split them: Delve, the Go extension, the go command and bash."""

import json
import os
import random
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dapwire import PATIENCE, RequestFailed, Wire
from frontdoor import dev
from realgo import RealGo
from wslgo.launch.build_flags import of_list
from wslgo.launch.extension_settings import debugging_fault
from wslgo.linter.check import check
from wslgo.machine.host import Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.syntax.go.command_line import Command, arguments
from wslgo.syntax.go.flag_words import delve_words, extension_words, without_compiler_flags
from wslgo.syntax.go.goflags import first_error, is_fatal, parse
from wslgo.syntax.json.jsonc import parse as parse_json
from wslgo.text.source import Source
from wslgo.text.span import apply

HERE = Path(__file__).parent
# Takes the place of go: it writes its arguments to a file, each ended by a NUL, and fails.
RECORDER = '#!/bin/sh\nprintf "%s\\0" "$@" >"$RECORD"\nexit 1\n'
# Quotes, escapes, every kind of space, and what only looks like one.
PIECES = ["'", "'", '"', '"', "\\", " ", " ", "\t", "\n", "\u00a0", "\u0085", "\u3000", "\u2028", "\ufeff", "\x1c"]
PIECES += ["a", "-x", "=", "''", '""', "é", "\U0001f600", "-gcflags", "-gcflags=", " -gcflags=all=-N", "-ldflags="]

Built = Callable[..., tuple[str, ...]]


def generated(number: int, seed: int = 7) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(PIECES, k=chance.randrange(1, 12))) for _ in range(number)]


@pytest.fixture
def built(dlv: Path, tmp_path: Path) -> Iterator[Built]:
    """Return a function that has Delve build with some flags: the words between its own and the program."""
    go, record = tmp_path / "go", tmp_path / "record"
    go.write_text(RECORDER, encoding="utf-8")
    go.chmod(go.stat().st_mode | stat.S_IXUSR)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        server = subprocess.Popen(
            [dlv, "dap", f"--client-addr=127.0.0.1:{listener.getsockname()[1]}"],
            cwd=tmp_path,
            env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "RECORD": str(record)},
            stdin=subprocess.PIPE,
        )
        connection = listener.accept()[0]
    wire = Wire(connection)
    wire.request("initialize", adapterID="go", clientID="vscode")

    def build(flags: str | list[str], mode: str = "debug") -> tuple[str, ...]:
        with pytest.raises(RequestFailed, match="Build error"):
            wire.request("launch", request="launch", mode=mode, program=".", buildFlags=flags)
        *words, _ = record.read_bytes().decode("utf-8").split("\0")
        return tuple(words)

    yield build
    wire.close()
    server.kill()
    server.wait()
    assert server.stdin is not None
    server.stdin.close()


def test_delve_splits_a_string_as_we_do(built: Built) -> None:
    for flags in [*generated(400), "-ldflags='-s -w' -v", r"-ldflags='-X a=\'b\''", "'' '", "-tags a 'b"]:
        # The output and the flags of Delve come first, the program last.
        words = built(flags)[5:-1]
        assert words == tuple(word.text for word in delve_words(flags)), repr(flags)


def test_delve_passes_a_list_as_it_is_before_its_own_flags(built: Built) -> None:
    flags = ["-ldflags=-s -w", "-tags='a'", "", "-gcflags=-N"]
    words = built(flags)
    assert words[: len(flags) + 1] == ("build", *flags)
    assert words[-3:] == ("-gcflags", "all=-N -l", ".")


def test_delve_builds_a_test_with_the_same_words(built: Built) -> None:
    words = built("-count=1 -run 'A B'", mode="test")
    assert words[:3] == ("test", "-c", "-o")
    assert words[-4:-1] == ("-count=1", "-run", "A B")


def test_the_go_extension_splits_arguments_and_removes_compiler_flags_as_we_do() -> None:
    inputs = [*generated(2000), "-gcflags all=-N -l", '-v -gcflags="all=-N -l" -x', "-ldflags='-X a= -gcflags=b'"]
    done = subprocess.run(
        [dev.node() / "bin" / "node", HERE / "goextension.js"],
        input=json.dumps(inputs),
        capture_output=True,
        text=True,
        check=True,
    )
    for flags, (words, left) in zip(inputs, json.loads(done.stdout), strict=True):
        own = extension_words(flags)
        assert words == (None if own is None else [word.text for word in own]), repr(flags)
        assert left == without_compiler_flags(flags), repr(flags)


# The flags of the build: words on the command line of the real go. With `-n` it compiles nothing.

SAMPLES = [
    "-tags integration",
    "-tags=a,b -race",
    "-tags integration e2e",
    "-ldflags=-s -w",
    "-ldflags='-s -w'",
    '-ldflags "-X main.version=1"',
    '-tags "integration e2e"',
    "-mod=bogus",
    "-mod mod",
    "-p 0",
    "-p=x",
    "-race=maybe",
    "-buildvcs=maybe",
    "---v",
    "-=v",
    "--v",
    "-covermode=x",
    "-buildmode=x",
    "-asmflags=x",
    "-gccgoflags=a=b",
    "-trimpath=1",
    "-v -C .",
    "-C . -v",
    "-count=1",
    "-run X",
    "-run",
    "-verbose",
    "-test.v -test.run=X",
    "-v=test2json",
    "-vet=off",
    "-count=x",
    "-count 0x",
    "-parallel=0",
    "-timeout 30",
    "-timeout=1h30m -short=true",
    "-short=maybe",
    "-i",
    "''",
    "-",
    "--",
    "x",
]


@pytest.mark.slow
@pytest.mark.parametrize("command", [Command.BUILD, Command.TEST])
def test_go_accepts_and_rejects_the_words_as_we_do(command: Command, tmp_path: Path) -> None:
    go = RealGo(tmp_path)
    (tmp_path / "main_test.go").write_text("package main\n", encoding="utf-8")
    before = ["build"] if command is Command.BUILD else ["test", "-c"]
    for flags in SAMPLES:
        words = [word.text for word in delve_words(flags)]
        first = ["-n", "-o", "x"] if words[0] != "-C" else []  # it must come first
        own = next((argument.error for argument in arguments(words, command) if argument.error), "")
        reported = go.error(*before, *first, *words, ".", GOCACHE=str(dev.CACHE / "go-build"))
        if own.startswith('"'):  # which package it then misses has many words
            assert reported, flags
        elif not own.startswith("flag needs"):  # such a flag takes the program for its value
            assert reported == own, flags


@pytest.mark.slow
def test_go_splits_goflags_as_we_do(tmp_path: Path) -> None:
    go = RealGo(tmp_path)
    for value in [*generated(80, seed=11), "'-tags=a b' -x", '-tags="a b"', "-x 'a"]:
        wrong = first_error(parse(value))
        expected = wrong.error if wrong is not None and is_fatal(wrong) else ""
        assert go.error("version", GOFLAGS=value) == expected, repr(value)


# Fixes: what they leave, built by Delve, is accepted by the real go.

PARTS = ["-tags", "-tags=a", "a,", "b", '"c', 'd"', "-ldflags=-s", "-w", "-X", "main.a=b", "-race", "-mod=vendr"]
PARTS += ["-ldflags '-X", "main.c=d'", "trimpath", "-v", '"-X', "e=f'", "-gcflags=all=-N", "-l", "-tags e", "-p=2"]


def fixed(flags: str | list[str]) -> str | list[str] | None:
    """Return the flags of an entry after its fix; None if there is none."""
    entry = {"type": "go", "request": "launch", "mode": "debug", "program": ".", "buildFlags": flags}
    text = json.dumps({"configurations": [entry]}, ensure_ascii=False)
    family = family_of(".vscode/launch.json")
    assert family is not None
    found = [
        reported.finding.fixes[0].edits
        for reported in check(read(".vscode/launch.json", family, Source(text)), host=Host())
        if reported.rule in FLAG_RULES and reported.finding.fixes
    ]
    return json.loads(apply(text, found[0]))["configurations"][0].get("buildFlags", "") if found else None


FLAG_RULES = ("launch/unusable-build-flags", "launch/compiler-flags", "launch/stripped-program", "launch/trimmed-paths")


@pytest.mark.slow
def test_go_accepts_what_a_fix_leaves(built: Built, tmp_path: Path) -> None:
    module = tmp_path / "module"
    module.mkdir()
    go = RealGo(module)
    chance = random.Random(5)
    tried = 0
    while tried < 40:
        parts = chance.sample(PARTS, chance.randrange(1, 6))
        flags = " ".join(parts) if chance.random() < 0.6 else parts
        after = fixed(flags)
        if after is None or fixed(after) is not None:  # one fix of several
            continue
        words = built(without_compiler_flags(after) if isinstance(after, str) else after)
        assert go.error(words[0], "-n", *words[1:], GOCACHE=str(dev.CACHE / "go-build")) == "", (flags, after)
        tried += 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "flags",
    [
        ["-v", "-count=1"],
        ["-tags", "a b"],
        ["-tags=a,b"],
        ["-ldflags=-X main.a=b -s"],
        ["-ldflags='-X main.a=b -s'"],
        ["-run", "A B"],
        ["-update"],
        ["-v", "-args", "-update", "-x y"],
    ],
)
def test_flags_of_tests_reach_the_debugger_joined_and_split_again(
    built: Built, tmp_path: Path, flags: list[str]
) -> None:
    module = tmp_path / "module"
    module.mkdir()
    go = RealGo(module)
    (module / "main_test.go").write_text("package main\n", encoding="utf-8")
    node = parse_json(Source(json.dumps(flags))).root
    assert node is not None
    own = of_list(node, Command.TEST)
    assert own is not None
    before = flags[: flags.index("-args")] if "-args" in flags else flags
    words = built(" ".join(before), mode="test")
    rejected = go.error(words[0], "-n", *words[1:], GOCACHE=str(dev.CACHE / "go-build")) != ""
    assert rejected == (debugging_fault(own) is not None)
