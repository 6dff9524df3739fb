"""The second part of `./dev demo`: the article's files and their machine, as the command line shows them."""

import json
from pathlib import Path

import pytest

import test_article
from commandline import wslgo
from frontdoor import dev


@pytest.fixture
def article(folder: Path) -> tuple[str, ...]:
    """Return the words that follow `wslgo check` in the demo, in the folder that they speak about."""
    dev.unpack_article(folder)
    return ("--host", "here.json", *dev.article_paths())


def test_the_terminal_says_what_the_core_says(article: tuple[str, ...]) -> None:
    code, out, err = wslgo("check", "--format", "json", *article)
    found = [
        f"{finding['path']}:{finding['range']['start']['line'] + 1}:{finding['range']['start']['character'] + 1} "
        f"{finding['severity']} {finding['rule']}"
        for finding in json.loads(out)["findings"]
    ]
    assert (code, err) == (1, "")
    # A run reports the value of the shell file there, and not again at the module. It knows the module around cuda.go.
    of_shell = (line for line in test_article.FINDINGS.splitlines() if "broken-environment" not in line)
    assert sorted(found) == sorted((*of_shell, "repo/cuda.go:4:15 warning cgo/library-not-linked"))


def test_the_text_shows_the_value_of_the_shell_file_once(article: tuple[str, ...]) -> None:
    out = wslgo("check", *article).out
    assert (out.count("home/.bashrc:6:17: error: "), "broken-environment" in out) == (1, False)


def test_the_health_page_names_the_caches(article: tuple[str, ...]) -> None:
    code, out, _ = wslgo("doctor", "--host", "article.json")
    assert code == 0
    assert "\n3 items need attention; 1 note\n-> Measure what the Windows drive costs" in out


def test_the_program_gets_a_configuration_that_knows_the_gpu(article: tuple[str, ...], folder: Path) -> None:
    code, out, err = wslgo("launch", "--write", *dev.LAUNCH)
    assert (code, out, err) == (0, "repo/.vscode/tasks.json\nrepo/.vscode/launch.json\n", "")
    written = (folder / "repo" / ".vscode" / "launch.json").read_text(encoding="utf-8")
    assert '"name": "Launch GPU-aware Go"' in written  # the user's own stays
    assert '"name": "Debug gpuapp on CUDA"' in written
    assert wslgo("launch", "--write", *dev.LAUNCH) == (0, "", "")


def test_the_machine_is_provisioned_and_undone(article: tuple[str, ...], folder: Path) -> None:
    assert article
    environment = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    before = {path: path.read_bytes() for path in (folder / "machine").rglob("*") if path.is_file()}
    done = wslgo("provision", "--yes", *dev.PROVISION, environment=environment)
    assert done.code == 0
    assert "move /mnt/d/go-workspace to /home/user/go" in done.out
    assert (folder / "machine/home/user/go/bin/dlv").is_file()
    assert b"/mnt/" not in (folder / "machine/home/user/.bashrc").read_bytes()
    assert wslgo("provision", "--undo", "--yes", *dev.PROVISION, environment=environment).code == 0
    assert {path: path.read_bytes() for path in (folder / "machine").rglob("*") if path.is_file()} == before
