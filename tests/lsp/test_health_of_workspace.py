"""The editor's pages name what the command line does about the machine on which a workspace is built."""

import json
import re
from pathlib import Path

import pytest

from commandline import wslgo
from conversation import VSCODE, Editor, Json
from machines import Tree, tree_of
from wslgo.lsp.features.provision_target import provision_target
from wslgo.machine.host_json import to_json

pytestmark = pytest.mark.slow

MACHINE = """like: nvidia-gpu
-- /etc/wsl.conf --
[gpu]
enabled=false
[general]
guiApplications=false
"""
FYNE = "module example.com/gui\n\ngo 1.25\n\nrequire fyne.io/fyne/v2 v2.6.0\n"
GUI = 'package main\n\nimport "fyne.io/fyne/v2/app"\n\nfunc main() { app.New().NewWindow("").ShowAndRun() }\n'
CUDA = 'package main\n\n/*\n#cgo LDFLAGS: -lcudart\n#include <cuda_runtime.h>\n*/\nimport "C"\n\nfunc main() {}\n'
_RULE = re.compile(r"\b[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)+\b")


@pytest.fixture
def world(tmp_path: Path) -> Tree:
    (tmp_path / "machine").mkdir()
    return tree_of(MACHINE, tmp_path / "machine")


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Return the folders of a program with windows, and of one that uses CUDA."""
    made = []
    for name, module, code in (("gui", FYNE, GUI), ("cuda", "module example.com/cuda\n\ngo 1.25\n", CUDA)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "go.mod").write_text(module)
        (folder / "main.go").write_text(code)
        made.append(folder)
    return made


def page(editor: Editor) -> str:
    editor.settle()
    shown: str = editor.result("workspace/executeCommand", {"command": "wslgo.server.health", "arguments": [{}]})
    return shown


def rules_of_doctor(folder: Path, host: Json, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    record = folder.parent / "host.json"
    record.write_text(json.dumps(host))
    monkeypatch.chdir(folder)
    found = json.loads(wslgo("doctor", "--host", str(record), "--format", "json").out)["findings"]
    return {finding["rule"] for finding in found}


def test_the_page_and_the_command_line_name_the_same_rules(
    world: Tree, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, rule in zip(folders, ("machine/missing-packages", "machine/gpu-switched-off"), strict=True):
        editor = Editor(VSCODE, folder, world, trusted=True)
        shown = {*_RULE.findall(page(editor))}
        expected = rules_of_doctor(folder, to_json(editor.server.session.neighbours.host), monkeypatch)
        assert rule in expected
        assert {name for name in shown if name in expected or name.startswith("machine/")} == expected


def test_every_open_folder_counts(world: Tree, folders: list[Path]) -> None:
    editor = Editor(VSCODE, folders[0], world, trusted=True)
    editor.server.session.move(tuple(map(str, folders)))
    editor.server.watch.survey()
    shown = page(editor)
    assert "machine/missing-packages" in shown
    assert "machine/gpu-switched-off" in shown
    assert shown.count("(machine/gui-switched-off)") == 1


def test_a_module_that_cannot_be_read_hides_nothing_of_the_machine(
    world: Tree, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("wslgo.provision.survey.workspace.workspace_of", fail)
    shown = page(Editor(VSCODE, folders[0], world, trusted=True))
    assert "WSL 2.6.1.0" in shown
    assert "machine/missing-packages" not in shown


def test_a_folder_without_trust_is_not_read(world: Tree, folders: list[Path]) -> None:
    assert "machine/" not in page(Editor(VSCODE, folders[0], world, trusted=False))


def test_a_plan_without_a_folder_is_for_the_only_open_one(world: Tree, folders: list[Path]) -> None:
    server = Editor(VSCODE, folders[0], world, trusted=True).server
    assert provision_target(server, "").request.folder == folders[0]
    server.session.move(tuple(map(str, folders)))
    assert provision_target(server, "").request.folder == Path("/home/user")
