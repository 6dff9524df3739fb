"""`explain`, `rules`, `docs`, the help, and what has no command."""

import json
from typing import get_args, get_type_hints

import pytest

from commandline import wslgo
from wslgo import __version__
from wslgo.cli.dispatcher import command_of
from wslgo.cli.usage import COMMANDS
from wslgo.linter.rules import all_rules

HELP = """\
usage: wslgo COMMAND ...

Find and fix what makes Go slow or broken on WSL2: .wslconfig, wsl.conf, go.mod and more.

commands:
  check      report problems in files and folders
  fix        apply the fixes
  undo       revert changes wslgo made outside the current folder
  parse      print how WSL, Go or VS Code reads a file, as JSON
  explain    answer what people believe (topics), and explain rules
  rules      list the rules
  doctor     show the health of this machine: WSL, Go, GPU, WSLg, network, editors
  env        show the Go variables: values, every place that sets one, which place wins
  inspect    show what a debugger finds in a compiled program
  attach     list the running Go programs that Delve can attach to
  bench      measure what Windows drives and other places cost go build
  launch     generate launch configurations and tasks for Delve, and merge them into .vscode
  ci         compare Go, its settings and tools in CI, containers and on this machine
  provision  set up Go on this machine: shown first, resumable, undoable
  mirror     fill a folder with the modules of this workspace, for machines without a network
  move       copy a workspace to the disk of Linux: shown first, resumable, undoable
  lsp        start the language server

options:
  --help     show this help, or that of a command: wslgo COMMAND --help
  --version  show the version
"""


def test_the_help() -> None:
    assert wslgo("--help") == (0, HELP, "")


def test_the_version() -> None:
    assert wslgo("--version") == (0, f"wslgo {__version__}\n", "")


def test_no_command_shows_the_help_and_exits_with_2() -> None:
    assert wslgo() == (2, "", HELP)


def test_an_unknown_command_exits_with_2() -> None:
    code, out, err = wslgo("chekc")
    assert (code, out) == (2, "")
    assert "did you mean check?" in err


@pytest.mark.parametrize("command", ["check", "fix", "parse", "explain", "rules", "doctor", "env", "lsp", "docs"])
def test_every_command_has_a_help(command: str) -> None:
    code, out, err = wslgo(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: wslgo {command}")
    assert all(len(line) <= 100 for line in out.splitlines())


PARSE_HELP = """\
usage: wslgo parse [OPTION ...] FILE ...

Print how WSL, Go or VS Code reads each file: one line of JSON per file, in the given order.

  FILE       a file; - reads standard input
  --as KIND  read as wslconfig, wslconf, gomod, gowork, jsonc, dotenv, goproxy, goenv
  --help     show this help
"""


def test_the_help_of_a_command() -> None:
    assert wslgo("parse", "--help").out == PARSE_HELP


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("parse",), "FILE is missing; see wslgo parse --help"),
        (("rules", "x"), "wslgo rules does not take 'x'"),
        (("lsp", "--tcp"), "unknown option '--tcp'"),
    ],
)
def test_bad_usage_is_said(arguments: tuple[str, ...], words: str) -> None:
    code, out, err = wslgo(*arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_rule_is_explained_by_id_and_by_its_short_name() -> None:
    for name in ("wslconfig/invalid-boolean", "invalid-boolean", "INVALID-BOOLEAN"):
        code, out, _ = wslgo("explain", name)
        assert code == 0
        assert out.startswith("wslconfig/invalid-boolean")
        assert "Example\n\n    .wslconfig:\n    [wsl2]\n    guiApplications=off\n\nbecomes\n" in out
        assert "```" not in out


def test_every_rule_can_be_explained() -> None:
    code, out, _ = wslgo("explain", *(rule.id for rule in all_rules()))
    assert code == 0
    assert not [line for line in out.splitlines() if line.startswith("## ")]


def test_an_unknown_rule_gets_a_suggestion() -> None:
    code, out, err = wslgo("explain", "invalid-boolan")
    assert (code, out) == (2, "")
    assert err == "wslgo: unknown topic or rule 'invalid-boolan'; did you mean invalid-boolean?\n"


def test_rules_are_listed_one_a_line() -> None:
    lines = wslgo("rules").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in all_rules()]


def test_rules_are_listed_as_json() -> None:
    printed = json.loads(wslgo("rules", "--format", "json").out)
    assert len(printed["rules"]) == len(all_rules())
    assert set(printed["rules"][0]) == {"id", "severity", "fixable", "dimension", "summary"}
    chinese = json.loads(wslgo("rules", "--format", "json", "--lang", "zh").out)
    assert chinese["rules"][0]["summary"] != printed["rules"][0]["summary"]


def test_generated_documentation_is_checked() -> None:
    assert wslgo("docs", "--check").code in (0, 1)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_type_of_the_options_names_what_the_command_line_takes(name: str) -> None:
    command = command_of(name)
    [options] = get_args(get_type_hints(command.run)["call"])
    typed = {field for part in options.__mro__ for field in vars(part).get("__annotations__", ())}
    words = {command.USAGE.words.attribute} if command.USAGE.words else set()
    # `as` cannot be an attribute in Python's own syntax.
    assert typed | {"as"} == {option.attribute for option in command.USAGE.options} | words | {"as"}
