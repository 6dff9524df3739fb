"""The editors that the tests play."""

from pathlib import Path

import pytest

from conversation import NEOVIM, VSCODE, Editor


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
