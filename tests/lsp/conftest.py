"""The editors that the tests play."""

import sys
from pathlib import Path

import pytest
from conversation import NEOVIM, VSCODE, Editor

PROVISION = Path(__file__).resolve().parents[1] / "provision"
sys.path[:0] = [str(PROVISION), str(PROVISION / "toolchain")]  # the small machine, and the Go that it gets


@pytest.fixture
def vscode(tmp_path: Path) -> Editor:
    return Editor(VSCODE, tmp_path)


@pytest.fixture
def neovim(tmp_path: Path) -> Editor:
    return Editor(NEOVIM, tmp_path)


@pytest.fixture(params=["vscode", "neovim"])
def editor(request: pytest.FixtureRequest) -> Editor:
    found: Editor = request.getfixturevalue(request.param)
    return found
