"""`launch.json` with its types, and the findings of the CUDA rule."""

import json
from pathlib import Path

import pytest

from launchtexts import TEXTS
from listing import MemoryListing
from wslgo.cli import main
from wslgo.golang.disk import project_of
from wslgo.golang.project import Project
from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.linter.fix import fix_file
from wslgo.linter.settings import Settings
from wslgo.syntax.family import by_name
from wslgo.syntax.file import File, read
from wslgo.syntax.json import jsonc
from wslgo.syntax.json import launch as launchfile
from wslgo.syntax.json.launch import Configuration, LaunchFile
from wslgo.text.source import Source

RULE = "launch/no-launch-blocking"
ONLY = Settings(select=(RULE,))


def launch(text: str) -> LaunchFile:
    return launchfile.read(jsonc.parse(Source(text)).root)


def configuration(**attributes: object) -> Configuration:
    return launch(json.dumps({"configurations": [attributes]})).configurations[0]


# Reading


def test_attributes_are_read_with_their_places() -> None:
    text = '{"configurations": [{"name": "A", "type": "go", "env": {"X": "1", /* c */ "Y": 2}, "args": ["-v", 1]},]}'
    [one] = launch(text).configurations
    assert (one.name, one.type, one.request, one.mode) == ("A", "go", "", "auto")
    assert [(variable.name, variable.value.value) for variable in one.variables()] == [("X", "1"), ("Y", 2)]
    assert [text[slice(*variable.name_span)] for variable in one.variables()] == ['"X"', '"Y"']
    assert one.args() == ("-v",)


def test_the_block_for_linux_replaces_attributes_as_a_whole() -> None:
    one = configuration(
        program="a", env={"X": "1"}, linux={"program": "b", "env": {"Y": "2"}}, windows={"env": {"Z": "3"}}
    )
    assert one.text("program") == "b"
    assert one.variable("X") is None
    assert [(variable.name, variable.system) for variable in one.variables()] == [
        ("X", ""),
        ("Y", "linux"),
        ("Z", "windows"),
    ]


@pytest.mark.parametrize(
    ("attributes", "tags"),
    [
        ({"buildFlags": "-tags=cuda,gpu"}, {"cuda", "gpu"}),
        ({"buildFlags": "-v -tags 'cuda gpu' -race"}, {"cuda", "gpu"}),
        ({"buildFlags": ["--tags", "cuda"]}, {"cuda"}),
        ({"buildFlags": "-tags=a -tags=b"}, {"b"}),
        ({"env": {"GOFLAGS": "-mod=mod -tags=cuda"}}, {"cuda"}),
        ({"env": {"GOFLAGS": "-tags=a"}, "buildFlags": "-tags=b"}, {"b"}),
        ({"buildFlags": "-tags"}, set()),
        ({"buildFlags": 7}, set()),
        ({}, set()),
    ],
)
def test_build_tags_come_from_flags(attributes: dict[str, object], tags: set[str]) -> None:
    assert configuration(**attributes).build_tags() == tags


def test_compounds_name_configurations() -> None:
    [one] = launch(
        '{"compounds": [{"name": "All", "configurations": ["A", {"name": "B", "folder": "f"}, 3]}]}'
    ).compounds
    assert [(reference.name, reference.folder) for reference in one.configurations] == [("A", ""), ("B", "f")]


@pytest.mark.parametrize("text", ["", "[]", "3", '{"configurations": 1}', '{"configurations": [1, null, {}]}', '{"a'])
def test_other_shapes_are_left_out(text: str) -> None:
    for configuration in launch(text).configurations:
        assert (
            configuration.name,
            configuration.args(),
            configuration.env_files(),
            list(configuration.variables()),
        ) == ("", (), (), [])


# The rule

GPU = 'package main\n\n// #cgo LDFLAGS: -lcudart\n// #include <cuda_runtime.h>\nimport "C"\n\nfunc run() {}\n'
ARTICLE = {
    "go.mod": "module example.com/gpuapp\n\ngo 1.22\n",
    "main.go": "package main\n\nfunc main() { run() }\n",
    "cuda.go": "package main\n\n/*\n#cgo LDFLAGS: -lcuda -lcudart\n#include <cuda_runtime.h>\n*/\n"
    'import "C"\n\nfunc run() { C.cudaDeviceSynchronize() }\n',
}
ENTRY = {"name": "Debug", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"}


def file_of(text: str) -> File:
    family = by_name("launch")
    assert family is not None
    return read(".vscode/launch.json", family, Source(text), "/home/me/app/.vscode/launch.json")


def found(texts: dict[str, str], **attributes: object) -> list[Reported]:
    text = json.dumps({"configurations": [{**ENTRY, **attributes}]}, indent=2)
    return check(file_of(text), ONLY, project=Project(MemoryListing(texts)))


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"mode": "auto"},
        {"mode": "test"},
        {"program": "${workspaceRoot}"},
        {"program": "."},
        {"program": "./"},
        {"program": "/home/me/app"},
        {"program": "${workspaceFolder}/main.go", "mode": "auto"},
        {"mode": "exec", "program": "${workspaceFolder}/bin/gpuapp"},
        {"env": {"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}},
        {"env": None},
        {"envFile": "${workspaceFolder}/.env"},
        {"name": "Perfect"},
        {"linux": {"env": {"A": "b"}}},
    ],
)
def test_the_program_of_the_article_gets_a_hint(attributes: dict[str, object]) -> None:
    [one] = found({**ARTICLE, ".env": "A=b\n"}, **attributes)
    [related] = one.finding.related
    assert related.path == "cuda.go"
    assert ARTICLE["cuda.go"][slice(*related.span)] == "-lcuda"


@pytest.mark.parametrize(
    "attributes",
    [
        {"type": "cppdbg"},
        {"request": "attach", "mode": "local"},
        {"mode": "remote"},
        {"mode": "core"},
        {"noDebug": True},
        {"name": "Benchmark"},
        {"name": "GPU perf run"},
        {"name": "Debug (release)"},
        {"name": "性能测试"},
        {"args": ["-test.bench", "."]},
        {"args": "-cpuprofile x"},
        {"args": ["--tool=nsys"]},
        {"env": {"CUDA_LAUNCH_BLOCKING": "0"}},
        {"env": {"CUDA_LAUNCH_BLOCKING": 1}},
        {"env": {"CUDA_LAUNCH_BLOCKING": None}},
        {"linux": {"env": {"CUDA_LAUNCH_BLOCKING": "1"}}},
        {"envFile": "${workspaceFolder}/cuda.env"},
        {"envFile": ["${workspaceFolder}/missing.env"]},
        {"envFile": "${env:HOME}/.env"},
        {"env": {"CGO_ENABLED": "0"}},
        {"program": "${fileDirname}"},
        {"program": "${workspaceFolder:other}"},
        {"program": "${workspaceFolder}/elsewhere"},
        {"program": "../other"},
        {"program": "/usr/bin"},
        {"program": ""},
        {"program": 7},
    ],
)
def test_everything_else_is_left_alone(attributes: dict[str, object]) -> None:
    assert not found({**ARTICLE, "cuda.env": "export CUDA_LAUNCH_BLOCKING=1\n"}, **attributes)


def test_without_a_workspace_nothing_is_reported() -> None:
    assert not check(file_of(json.dumps({"configurations": [ENTRY]})), ONLY)


def test_a_file_of_a_folder_of_scripts_is_a_program_of_its_own() -> None:
    scripts = {"gpu.go": GPU.replace("run", "main"), "cpu.go": "package main\n\nfunc main() {}\n"}
    assert found(scripts, program="${workspaceFolder}/gpu.go")
    assert not found(scripts, program="${workspaceFolder}/cpu.go")


def test_build_tags_decide_what_is_in_the_program() -> None:
    tagged = {"main.go": "package main\n\nfunc main() {}\n", "gpu.go": "//go:build cuda\n\n" + GPU}
    assert not found(tagged)
    assert found(tagged, buildFlags="-tags=cuda")


def test_tests_count_in_mode_test_only() -> None:
    texts = {"a.go": "package main\n", "a_test.go": 'package main\n\nimport "gorgonia.org/cu"\n'}
    assert found(texts, mode="test")
    assert not found(texts, mode="debug")


def test_a_broken_file_gets_no_fix() -> None:
    text = '{"configurations": [{"type": "go", "request": "launch", "program": "${workspaceFolder}", }'
    [one] = check(file_of(text), ONLY, project=Project(MemoryListing(ARTICLE)))
    assert not one.finding.fixes


def test_the_hint_can_be_ignored_at_its_line() -> None:
    text = '{"configurations": [\n// wslgo: ignore[no-launch-blocking]\n' + json.dumps(ENTRY) + "]}"
    assert not check(file_of(text), ONLY, project=Project(MemoryListing(ARTICLE)))


@pytest.mark.parametrize("text", [text for text, _ in TEXTS.values()], ids=list(TEXTS))
def test_launch_files_of_all_shapes_have_no_findings_without_cuda(text: str) -> None:
    listing = MemoryListing({"go.mod": "module a.test\n", "main.go": "package main\n"})
    assert not check(file_of(text), ONLY, project=Project(listing))


@pytest.mark.parametrize(("text", "count"), TEXTS.values(), ids=list(TEXTS))
def test_launch_files_of_all_shapes_are_fixed_with_cuda(text: str, count: int) -> None:
    file, project = file_of(text), Project(MemoryListing({"go.mod": "module a.test\n", "main.go": GPU}))
    assert len(check(file, ONLY, project=project)) == count
    before = jsonc.parse(file.source)
    after = fix_file(file, ONLY, unsafe=True, project=project).after
    if before.problems:
        assert after.source == file.source, "a file with syntax errors is not edited"
        return
    tree = jsonc.parse(after.source)
    assert not tree.problems
    assert [comment.text for comment in tree.comments] == [comment.text for comment in before.comments]
    entries = launch(after.source.text).configurations
    blocking = [entry.variable("CUDA_LAUNCH_BLOCKING") for entry in entries]
    assert [value.string for value in blocking if value is not None] == ["1"] * count
    assert not check(after, ONLY, project=project)


# The command line, on a workspace on the disk


LAUNCH = """{
\t"configurations": [
\t\t{
\t\t\t"name": "App",
\t\t\t"type": "go",
\t\t\t"request": "launch",
\t\t\t"mode": "debug",
\t\t\t"program": "cmd/app", // the one
\t\t}
\t]
}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {
        "go.mod": "module example.com/gpuapp\n",
        "cmd/app/main.go": 'package main\n\nimport "example.com/gpuapp/kernels"\n\nfunc main() { kernels.Run() }\n',
        "kernels/kernels.go": 'package kernels\n\n// #cgo LDFLAGS: -L${SRCDIR} -ladd\n// #include "add.h"\n'
        'import "C"\n\nfunc Run() { C.add() }\n',
        "kernels/add.h": "#pragma once\n#include <cuda_runtime.h>\nvoid add(void);\n",
        "kernels/add.cu": '#include "add.h"\n__global__ void kernel() {}\nvoid add(void) { kernel<<<1, 1>>>(); }\n',
        ".vscode/launch.json": LAUNCH.replace("\n", "\r\n"),
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_line_names_the_place_in_the_header(
    workspace: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["check", "--format", "json", "--select", RULE, ".vscode/launch.json"]) == 0
    [finding] = json.loads(capfdbinary.readouterr().out)["findings"]
    assert (finding["rule"], finding["severity"], finding["path"]) == (RULE, "hint", ".vscode/launch.json")
    [related] = finding["related"]
    assert related["path"] == "kernels/add.h"
    assert related["range"] == {"start": {"line": 1, "character": 9}, "end": {"line": 1, "character": 25}}


def test_the_command_line_fixes_it_only_when_asked_for_more(workspace: Path) -> None:
    file = workspace / ".vscode/launch.json"
    before = file.read_bytes()
    main(["fix", "--select", RULE, ".vscode/launch.json"])
    assert file.read_bytes() == before
    main(["fix", "--unsafe", "--select", RULE, ".vscode/launch.json"])
    added = b'\t\t\t"env": {\r\n\t\t\t\t"CUDA_LAUNCH_BLOCKING": "1"\r\n\t\t\t},\r\n'
    assert file.read_bytes() == before.replace(b"// the one\r\n", b"// the one\r\n" + added)


def test_a_workspace_is_read_only_when_a_launch_file_asks(workspace: Path) -> None:
    project = project_of(".vscode/launch.json")
    assert project.package("cmd/app") is not None
    assert sorted(project._files) == ["cmd/app/main.go"]
