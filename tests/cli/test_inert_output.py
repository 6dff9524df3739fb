"""Text that comes from a file or a path is text in every format: no terminal, runner or viewer obeys it."""

import io
import json
import os
import re
from pathlib import Path

import pytest

from commandline import Outcome, process, write, wslgo
from payloads import LINKED, OBEYED, OF_RUNNERS, PAYLOADS, faults
from wslgo.cli.terminal import Terminal, painter
from wslgo.text.message import visible

RUNNER = {"GITHUB_ACTIONS": "true"}
FORMATS = ("json", "sarif", "github", "gitlab", "junit", "rdjson")
# What a runner obeys: `##[...]` anywhere in a line, `::` at the beginning of one.
COMMAND = re.compile(r"##\[|^\s*::", re.MULTILINE)
FOLDER = "##[error]x"


def files(folder: Path, payload: str) -> None:
    """Return findings whose words, excerpts and paths have a payload in them."""
    line = visible(payload)
    for name in (folder, *([folder / line] if "/" not in line and line != "." else [])):
        write(name / ".wslconfig", f"[wsl2]\nguiApplications={line}\n{line}=1\n[{line}]\nmemory={line}gb\n")
        entry = {"type": "go", "name": payload, "request": payload, "mode": payload, "env": {payload: 1}}
        write(name / ".vscode/launch.json", json.dumps({"configurations": [entry]}))
        write(name / "wslgo.yaml", f"? {json.dumps(line)}\n: 1\n")


def commands(out: Outcome, written: str) -> list[str]:
    """Return the commands that a runner would obey."""
    lines = f"{out.out}\n{out.err}".split("\n")
    ours = re.compile(r"::(?:error|warning|notice) file=[^:]*::")
    return [line for line in lines if COMMAND.search(line) and not (written == "github" and ours.match(line))]


@pytest.mark.parametrize(
    ("written", "payload"),
    [("text", payload) for payload in PAYLOADS]
    + [(output, payload) for output in FORMATS for payload in PAYLOADS[::5]],
)
def test_nothing_of_a_file_is_obeyed(folder: Path, payload: str, written: str) -> None:
    files(folder, payload)
    done = wslgo("check", ".", "--format", written, environment=RUNNER)
    assert done.code in (1, 2), done.err
    assert not OBEYED.search(done.out)
    assert not OBEYED.search(done.err)
    assert not commands(done, written)


@pytest.mark.parametrize(
    "arguments", [("fix", "--diff"), ("fix", "--unsafe"), ("launch",), ("explain", "##[x]"), ("undo", "::x")]
)
@pytest.mark.parametrize("payload", OF_RUNNERS)
def test_no_command_prints_one_of_a_runner(folder: Path, payload: str, arguments: tuple[str, ...]) -> None:
    files(folder, payload)
    write(folder / "go.mod", "module example.com/app\n\ngo 1.25\n")
    write(folder / visible(payload) / "main.go", "package main\n\nfunc main() {}\n")
    assert not commands(wslgo(*arguments, environment=RUNNER | {"HOME": str(folder)}), "text")


def test_a_path_is_spelled_out_for_a_runner_and_stays_as_it_is_elsewhere(folder: Path) -> None:
    write(folder / FOLDER / ".wslconfig", "[wsl2]\nguiApplications=off\n")
    assert "##<U+005B>error]x/.wslconfig" in wslgo("check", ".", environment=RUNNER).out
    assert "##[error]x/.wslconfig" in wslgo("check", ".").out
    assert "##<U+005B>error]x" in wslgo("check", ".", "--format", "github").out


@pytest.mark.parametrize(
    ("runner", "command"), [("TF_BUILD", "##vso[task.setvariable variable=a]b"), ("TEAMCITY_VERSION", "##TeamCity[a]")]
)
def test_other_runners_are_told_nothing_either(folder: Path, runner: str, command: str) -> None:
    write(folder / ".wslconfig", f"[wsl2]\nguiApplications={command}\n")
    assert command.partition("]")[0] not in wslgo("check", ".", environment={runner: "1"}).out
    assert command.partition("]")[0] in wslgo("check", ".").out


@pytest.mark.parametrize("control", ["\x1b[2J", "\r", "\x07", "\x9b2J", "\u202e", "\x1b]0;a\x07"])
def test_the_terminal_itself_prints_no_control(control: str) -> None:
    """Whatever a command hands to it."""
    out, err = io.BytesIO(), io.BytesIO()
    terminal = Terminal(out, err, io.BytesIO(), {})
    terminal.say(f"a{control}b\nc")
    terminal.complain(f"a{control}b")
    assert control not in out.getvalue().decode()
    assert control not in err.getvalue().decode()
    assert out.getvalue().decode().endswith("b\nc\n")


def test_our_styles_and_wide_characters_stay() -> None:
    out = io.BytesIO()
    Terminal(out, out, io.BytesIO(), {}).say(f"{painter(True)('bold', '已修复')}: café\n  😀")
    assert out.getvalue().decode() == "\x1b[1m已修复\x1b[0m: café\n  😀\n"


def test_json_says_the_same_with_a_runner_and_without(folder: Path) -> None:
    write(folder / FOLDER / ".wslconfig", "[wsl2]\nguiApplications=##[off]\n")
    with_runner = wslgo("check", ".", "--format", "json", environment=RUNNER).out
    assert "##[" not in with_runner
    assert json.loads(with_runner)["findings"][0]["path"].endswith("##[error]x/.wslconfig")
    assert json.loads(with_runner) == json.loads(wslgo("check", ".", "--format", "json").out)


def test_variation_selectors_do_not_hide_a_command(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\n#\ufe0f#\ufe0f[error]x=1\nguiApplications=##\ufe00[x]\n")
    out = wslgo("check", ".", environment=RUNNER).out
    assert "##[" not in re.sub("[\ufe00-\ufe0f]", "", out)


@pytest.mark.parametrize("text", ["[wsl2]\nguiApplications=off\n#[x] ## x\n", "[wsl2]\n# a::b\nguiApplications=off\n"])
def test_a_diff_without_commands_is_one_that_git_applies(folder: Path, text: str) -> None:
    write(folder / ".wslconfig", text)
    done = wslgo("fix", "--diff", environment=RUNNER)
    assert done.out.startswith("--- a/.wslconfig\n")
    assert done.out == wslgo("fix", "--diff").out


def test_a_diff_with_a_command_is_a_remark_for_a_runner_alone(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nguiApplications=off\n::stop-commands::x\n##[boot]\n")
    done = wslgo("fix", "--diff", environment=RUNNER)
    assert all(line.startswith("# ") for line in done.out.splitlines())
    assert "spells out a command for this runner" in done.err
    assert wslgo("fix", "--diff").out.startswith("--- a/.wslconfig\n")


@pytest.mark.parametrize("payload", PAYLOADS[::2])
def test_sarif_has_no_links_of_a_file(folder: Path, payload: str) -> None:
    """A viewer takes `[words](target)` in a plain text for a link (SARIF 2.1.0, 3.11.6)."""
    files(folder, payload)
    log = json.loads(wslgo("check", ".", "--format", "sarif").out)
    [run] = log["runs"]
    texts = list(strings([run["results"], run["invocations"]]))
    assert texts
    assert not [text for text in texts if LINKED.search(text) or re.search(r"[^\\]\]\(\d+\)", text)]


def strings(value: object) -> list[str]:
    """Return the texts of messages, at any depth; what is inserted into a file stays what it is."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for name, member in value.items() if name != "insertedContent" for text in strings(member)]
    return [text for item in value for text in strings(item)] if isinstance(value, list) else []


def test_the_file_of_an_annotation_cannot_move_the_cursor(folder: Path) -> None:
    name = "a\x1b]8;;https://evil.invalid\x07\x9b31m\u202e"
    write(folder / name / ".wslconfig", "[wsl2]\nguiApplications=off\n")
    [line] = wslgo("check", ".", "--format", "github").out.splitlines()
    assert line.startswith(("::error file=", "::warning file="))
    assert not OBEYED.search(line)


def test_an_error_of_our_own_cannot_move_the_cursor(folder: Path) -> None:
    done = process("check", os.fsencode("no\x1b[31m::such"), GITHUB_ACTIONS="true", LANG="C")
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr


def test_help_of_rules_in_sarif_is_our_markdown(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nguiApplications=off\n")
    [run] = json.loads(wslgo("check", ".", "--format", "sarif").out)["runs"]
    active = {rule["id"]: faults(rule["help"]["markdown"]) for rule in run["tool"]["driver"]["rules"]}
    assert not any("image" in fault or "html" in fault for found in active.values() for fault in found)
