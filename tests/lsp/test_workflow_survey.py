"""The survey reads the repository around workflows with setup-go, so that their rules need no disk afterwards."""

from pathlib import Path

import pytest

from wslgo.lsp.session.survey import survey

TEXT = """jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: {path}
"""


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_workflow_has_the_files_of_its_repository(tmp_path: Path, *, is_trusted: bool) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "test.yml").write_text(TEXT.format(path="go.mod"))
    (folder / "other.yml").write_text("jobs: {}\n")
    (folder / "notes.txt").write_text("actions/setup-go@v6\n")
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.25.7\n")
    projects = survey((str(tmp_path),), None, is_trusted=is_trusted).projects
    assert list(projects) == [str(folder / "test.yml")]
    assert "go.mod" in projects[str(folder / "test.yml")].entries("").files


def test_a_link_out_of_the_workspace_is_not_read(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    (outside / "workflows").mkdir(parents=True)
    (outside / "workflows/test.yml").write_text(TEXT.format(path="go.mod"))
    root.mkdir()
    (root / ".github").symlink_to(outside)
    assert survey((str(root),), None, is_trusted=False).projects == {}
