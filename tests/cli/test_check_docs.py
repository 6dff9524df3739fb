"""Markdown with `--docs`, of `wslgo check` and `wslgo fix`: named, found in folders, or read from standard input."""

import json
from pathlib import Path

import pytest

from commandline import write, wslgo
from tree import ROOT

PAGE = "# Setup\n\n- Put this into `.wslconfig`:\n\n  ```ini\r\n  [wsl2]\r\n  memory=8gb\r\n  ```\r\n"


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "README.md", PAGE)


def test_without_the_option_a_document_is_not_read() -> None:
    named = wslgo("check", "README.md")
    assert (named.code, named.out) == (2, "")
    assert "--docs" in named.err
    assert wslgo("check", "--skip-unknown", "README.md").code == 0
    assert wslgo("check", ".").out == ""


@pytest.mark.parametrize("path", ["README.md", "."])
def test_a_document_has_findings_at_its_own_lines(path: str) -> None:
    done = wslgo("check", "--docs", path)
    assert done.code == 1
    assert done.out.startswith("README.md:7:10: warning: '8gb'")


def test_the_formats_name_the_document() -> None:
    [finding] = json.loads(wslgo("check", "--docs", "--format", "json", ".").out)["findings"]
    assert finding["path"] == "README.md"
    assert finding["range"] == {"start": {"line": 6, "character": 9}, "end": {"line": 6, "character": 12}}
    [edit] = finding["fixes"][0]["edits"]
    assert (edit["path"], edit["range"], edit["newText"]) == ("README.md", finding["range"], "8GB")
    [result] = json.loads(wslgo("check", "--docs", "--format", "sarif", ".").out)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 7


def test_a_document_from_standard_input() -> None:
    done = wslgo("check", "--docs", "--stdin-filename", "docs/x.md", stdin=PAGE.encode())
    assert done.code == 1
    assert "docs/x.md:7:10" in done.out
    assert wslgo("check", "--stdin-filename", "docs/x.md", stdin=PAGE.encode()).code == 2


def test_a_fix_changes_only_what_is_wrong(tmp_path: Path) -> None:
    assert wslgo("fix", "--docs", ".").code == 0
    assert (tmp_path / "README.md").read_bytes() == PAGE.replace("8gb", "8GB").encode()


def test_other_files_are_checked_as_ever_beside_documents(tmp_path: Path) -> None:
    write(tmp_path / ".wslconfig", "[wsl2]\nswap=4gb\n")
    done = wslgo("check", "--docs", ".")
    assert ".wslconfig:2:6" in done.out
    assert "README.md:7:10" in done.out


def test_settings_of_the_team_apply(tmp_path: Path) -> None:
    write(tmp_path / "wslgo.yaml", "check:\n  ignore: [wslconfig/invalid-size]\n")
    assert wslgo("check", "--docs", ".").code == 0


@pytest.mark.parametrize("page", ["README.md", "docs", "extension/README.md", "server", "CHANGELOG.md", "SECURITY.md"])
def test_our_own_documents_have_no_findings(page: str) -> None:
    done = wslgo("check", "--docs", "--isolated", "--fail-on", "hint", "--select", "all", str(ROOT / page))
    assert [line for line in done.out.splitlines() if ".md:" in line] == []
