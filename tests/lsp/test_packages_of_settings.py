"""The packages of a workspace are known to the rules about CGO_ENABLED in its settings, in the editor and in check."""

from pathlib import Path

import pytest

from commandline import wslgo
from wslgo.linter.check import check
from wslgo.lsp.session.survey import survey
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

RULE = "goenv/cgo-switched-off"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name, text in {
        "go.mod": "module example.com/sim\n",
        "main.go": 'package main\n\nimport "example.com/sim/gpu"\n\nfunc main() { gpu.Run() }\n',
        "gpu/gpu.go": 'package gpu\n\nimport "C"\n\nfunc Run() {}\n',
        ".vscode/settings.json": '{"go.toolsEnvVars": {"CGO_ENABLED": "0"}}\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_survey_of_an_editor_has_the_packages(workspace: Path) -> None:
    path = str(workspace / ".vscode" / "settings.json")
    family = family_of(path)
    assert family is not None
    file = read(path, family, Source(Path(path).read_text(encoding="utf-8")), path)
    projects = survey((str(workspace),), None, is_trusted=False).projects
    assert RULE in [reported.rule for reported in check(file, project=projects[path])]


def test_the_command_line_has_them_too(workspace: Path) -> None:
    assert RULE in wslgo("check", str(workspace)).out


def test_settings_that_do_not_switch_cgo_off_read_no_package(workspace: Path) -> None:
    (workspace / ".vscode" / "settings.json").write_text("{}\n", encoding="utf-8")
    assert not [path for path in survey((str(workspace),), None, is_trusted=False).projects if path.endswith(".json")]
