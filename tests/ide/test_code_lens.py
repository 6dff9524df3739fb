"""Lenses above launch configurations, and the page behind "Explain"."""

import json

import pytest

from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.ide.code_lens import DEBUG_COMMAND, EXPLAIN_COMMAND, code_lenses
from wslgo.ide.page.launch_entry import launch_entry_page
from wslgo.linter.check import check
from wslgo.linter.scene import Scene
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.message import Language
from wslgo.text.source import Source

CUDA_PROGRAM = {
    "go.mod": "module example.com/gpu\n",
    "cmd/train/main.go": 'package main\n\n// #include <cuda_runtime.h>\nimport "C"\n\nfunc main() {}\n',
}


def file(text: str, path: str = ".vscode/launch.json") -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), f"/w/{path}")


def launch(*entries: dict[str, object]) -> File:
    return file(json.dumps({"configurations": [{"type": "go", **entry} for entry in entries]}))


def page(entry: dict[str, object], texts: dict[str, str] | None = None, language: Language = "en") -> str:
    subject = launch({"name": "App", **entry})
    project = Project(MemoryListing(texts)) if texts else None
    found = check(subject, project=project)
    return launch_entry_page(Scene(subject, project=project), 0, found, language)


def lens_texts(subject: File) -> list[tuple[str, str, tuple[str | int, ...]]]:
    text = subject.source.text
    return [(text[slice(*lens.span)], lens.title.render(), lens.arguments) for lens in code_lenses(subject)]


# Lenses


def test_each_entry_for_go_can_be_started_and_explained() -> None:
    text = """{"configurations": [
      {"name": "A", "type": "go"}, {"name": "Page", "type": "chrome"}, {"name": "B", "type": "go"}]}"""
    assert lens_texts(file(text)) == [
        ('"A"', "Debug", ("A",)),
        ('"A"', "Explain", (0,)),
        ('"B"', "Debug", ("B",)),
        ('"B"', "Explain", (1,)),
    ]
    assert [lens.command for lens in code_lenses(file(text))] == [DEBUG_COMMAND, EXPLAIN_COMMAND] * 2


def test_a_compiled_program_can_be_inspected() -> None:
    subject = launch(
        {"name": "A", "request": "launch", "mode": "exec", "program": "app"},
        {"name": "B", "request": "launch", "mode": "exec"},
        {"name": "C", "request": "launch", "mode": "debug", "program": "."},
    )
    assert [found for found in lens_texts(subject) if found[1] == "Inspect"] == [('"A"', "Inspect", (0,))]


def test_an_entry_without_a_name_is_only_explained_at_its_brace() -> None:
    assert lens_texts(file('{"configurations": [{"type": "go"}]}')) == [("{", "Explain", (0,))]


@pytest.mark.parametrize("first", ["go", "chrome"])
def test_the_second_entry_of_a_name_cannot_be_started(first: str) -> None:
    text = f'{{"configurations": [{{"name": "A", "type": "{first}"}}, {{"name": "A", "type": "go"}}]}}'
    titles = [title for _, title, _ in lens_texts(file(text))]
    assert titles == (["Debug", "Explain", "Explain"] if first == "go" else ["Explain"])


@pytest.mark.parametrize("path", ["x.code-workspace", ".vscode/settings.json"])
def test_the_launch_object_elsewhere_has_lenses_too(path: str) -> None:
    assert len(code_lenses(file('{"launch": {"configurations": [{"name": "A", "type": "go"}]}}', path))) == 2


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"configurations": [{"name": "A", "type": "node"}]}', ".vscode/launch.json"),
        ('{"configurations": [{"name": "A", "type": "go"}]}', ".vscode/tasks.json"),
        ('{"configurations": [{"name": "A", "type": "go"}]}', "x.code-workspace"),
        ("", ".vscode/launch.json"),
        ("[wsl2]\n", ".wslconfig"),
    ],
)
def test_nothing_else_has_lenses(text: str, path: str) -> None:
    assert code_lenses(file(text, path)) == ()


# The page


def test_a_build_is_explained_with_its_command_folder_and_tags() -> None:
    words = page(
        {
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}/cmd/train",
            "buildFlags": ["-tags=cuda,fast", "-race"],
        },
        CUDA_PROGRAM,
    )
    assert "`go build -tags=cuda,fast -race -o __debug_bin… -gcflags 'all=-N -l' .`" in words
    assert "folder of the program: `${workspaceFolder}/cmd/train`" in words
    assert "- Package `main`, files that are built: 1" in words
    assert "- Build tags: `cuda`, `fast`" in words
    assert "- With the race detector" in words
    assert "- C code is compiled with `-O0 -g`, which Delve sets" in words


def test_flags_in_a_string_follow_those_of_delve() -> None:
    words = page({"request": "launch", "mode": "test", "program": ".", "buildFlags": "-tags 'a b'"})
    assert "`go test -c -o __debug_bin… -gcflags 'all=-N -l' -tags 'a b' .`" in words


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ("-gcflags='all=-N' -ldflags='-X a=b' ${input:x}", "-gcflags 'all=-N -l' '-ldflags=-X a=b' ${input:x} ."),
        (["-ldflags=-X a=b", "-tags='c'"], "'-ldflags=-X a=b' '-tags='\"'\"'c'\"'\"'' -o __debug_bin…"),
    ],
)
def test_the_words_of_flags_are_those_that_reach_go(flags: object, words: str) -> None:
    assert words in page({"request": "launch", "mode": "debug", "program": ".", "buildFlags": flags})


def test_cuda_is_explained_from_the_source_of_the_program() -> None:
    entry: dict[str, object] = {"request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/train"}
    assert "- The program uses CUDA: `cuda_runtime.h` in `cmd/train/main.go`" in page(entry, CUDA_PROGRAM)
    assert "- Kernel launches do not wait" in page(entry, CUDA_PROGRAM)
    assert "**launch/no-launch-blocking**" in page(entry, CUDA_PROGRAM)
    blocking = {**entry, "env": {"CUDA_LAUNCH_BLOCKING": "1"}}
    assert "- Kernel launches wait" in page(blocking, CUDA_PROGRAM)
    assert "Delve debugs Go and host C code" in page(blocking, CUDA_PROGRAM)


def test_without_the_source_nothing_is_claimed_about_cuda() -> None:
    entry: dict[str, object] = {"request": "launch", "mode": "debug", "program": "${fileDirname}"}
    assert "CUDA" not in page(entry).replace("CUDA_", "")
    assert "`${fileDirname}`: only VS Code knows its value" in page(entry)
    assert "unknown whether the program uses CUDA" in page({**entry, "env": {"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}})


def test_the_environment_shows_which_program_gets_a_variable() -> None:
    words = page(
        {
            "request": "launch",
            "mode": "debug",
            "program": ".",
            "env": {"CGO_LDFLAGS": "-L/opt/lib", "TOKEN": "hunter2", "GOFLAGS": None},
            "envFile": "${workspaceFolder}/.env",
        }
    )
    assert "- `CGO_LDFLAGS` = `-L/opt/lib` reaches the build, which reads it" in words
    assert "- `TOKEN` reaches the build and the program" in words
    assert "hunter2" not in words
    assert "- `GOFLAGS` is removed" in words
    assert "- From `${workspaceFolder}/.env`, overridden by those above" in words
    assert "unknown here" in words


def test_an_attach_builds_nothing_and_its_env_has_no_effect() -> None:
    words = page({"request": "attach", "mode": "remote", "port": 2345, "env": {"CUDA_LAUNCH_BLOCKING": "1"}})
    assert "connects to a running Delve at `127.0.0.1:2345`; nothing is built" in words
    assert "## Build" not in words
    assert "- `env`: the process runs already" in words
    assert "**launch/env-in-attach**" in words


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"request": "launch", "mode": "exec", "program": "app"}, "starts an existing binary; nothing is built"),
        ({"request": "launch", "mode": "core", "program": "app"}, "opens a core dump"),
        ({"request": "launch", "mode": "bogus"}, "Delve rejects `launch` with the mode `bogus`"),
        ({"request": "attach", "mode": "local"}, "attaches to a process on this machine"),
        ({"request": "launch", "mode": "debug", "debugAdapter": "legacy"}, "which wslgo knows only in part"),
        ({"mode": "debug"}, "this entry does not start"),
        ({"request": "launch", "mode": "debug", "program": ".", "port": 1}, "to a Delve that is already listening"),
    ],
)
def test_the_first_sentence_describes_what_happens(entry: dict[str, object], words: str) -> None:
    assert words in page(entry)


def test_a_correct_entry_has_no_findings() -> None:
    words = page({"request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/train"})
    assert "## Without effect\n\n- Nothing known" in words
    assert words.endswith("## Findings of wslgo\n\n- Nothing\n")


def test_findings_of_another_entry_are_not_shown() -> None:
    subject = launch({"name": "A", "request": "launch", "program": "."}, {"name": "B", "request": "launch"})
    assert "launch/missing-attribute" not in launch_entry_page(Scene(subject), 0, check(subject))
    assert "launch/missing-attribute" in launch_entry_page(Scene(subject), 1, check(subject))


def test_the_page_is_translated_and_escapes_the_name() -> None:
    words = page({"name": "*x* `y`", "request": "attach", "mode": "local"}, language="zh")
    assert words.startswith("# \\*x\\* \\`y\\`\n\nDelve 附加到本机正在运行的进程")
    assert "## 环境变量" not in words
    assert "## 不起作用的内容" in words


def test_an_entry_that_no_longer_exists_is_reported() -> None:
    assert launch_entry_page(Scene(launch()), 3) == "This entry no longer exists\n"
