"""`wslgo ci --write`: what it writes, what it keeps, and that it shows before it replaces."""

from pathlib import Path

import pytest

from commandline import Outcome, identity, write, wslgo

SCRIPT, WORKFLOW, PIPELINE = ".ci/go-ci.sh", ".github/workflows/go-ci.yml", ".gitlab-ci.yml"
MOD = "module example.com/shop\n\ngo 1.26.3\n"


@pytest.fixture
def workspace(folder: Path) -> Path:
    write(folder / "go.mod", MOD)
    write(folder / "store/store.go", "package store\n")
    return folder


def ci(*arguments: str, stdin: bytes = b"", is_interactive: bool = False) -> Outcome:
    return wslgo("ci", *arguments, stdin=stdin, is_interactive=is_interactive)


def edited(path: Path, old: str, new: str) -> str:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path.read_text()


def test_the_script_and_the_workflow_are_written_and_named(workspace: Path) -> None:
    assert ci("--write") == Outcome(0, f"{SCRIPT}\n{WORKFLOW}\n", "")
    assert "run: sh .ci/go-ci.sh\n" in (workspace / WORKFLOW).read_text()
    assert not (workspace / PIPELINE).exists()


def test_a_second_run_changes_nothing(workspace: Path) -> None:
    ci("--write", "--gitlab", "--github")
    before = [identity(workspace / path) for path in (SCRIPT, WORKFLOW, PIPELINE)]
    assert ci("--write", "--gitlab", "--github") == Outcome(0, "", "The checks for CI are up to date\n")
    assert [identity(workspace / path) for path in (SCRIPT, WORKFLOW, PIPELINE)] == before


def test_a_diff_writes_nothing(workspace: Path) -> None:
    code, out, _ = ci("--diff")
    assert code == 0
    assert f"+++ b/{SCRIPT}\n" in out
    assert f"+++ b/{WORKFLOW}\n" in out
    assert not (workspace / ".ci").exists()


def test_a_repository_at_gitlab_gets_its_job(workspace: Path) -> None:
    write(workspace / ".git/config", '[remote "origin"]\n\turl = git@gitlab.example.com:team/shop.git\n')
    assert ci("--write").out == f"{SCRIPT}\n{PIPELINE}\n"
    assert not (workspace / ".github").exists()


def test_the_default_branch_of_the_remote_starts_the_workflow(workspace: Path) -> None:
    write(workspace / ".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/trunk\n")
    ci("--write")
    assert "branches: [trunk]\n" in (workspace / WORKFLOW).read_text()


@pytest.mark.parametrize("name", ["a]\n  evil: x", "${{ x }}", "-a", "a'b"])
def test_a_strange_branch_does_not_reach_the_workflow(name: str, workspace: Path) -> None:
    write(workspace / ".git/refs/remotes/origin/HEAD", f"ref: refs/remotes/origin/{name}\n")
    ci("--write")
    assert "branches: [main, master]\n" in (workspace / WORKFLOW).read_text()


def test_a_folder_of_the_repository_means_all_of_it(workspace: Path) -> None:
    assert ci("--write", "store").out == f"{SCRIPT}\n{WORKFLOW}\n"


def test_the_team_declares_variables_and_the_person_none(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOPROXY", "https://personal.example.com")
    monkeypatch.setenv("GOFLAGS", "-mod=mod")
    private = "check:\n  private: [git.example.com]\n"
    write(workspace / "wslgo.yaml", f"{private}provision:\n  variables: {{ GOPROXY: 'https://goproxy.cn,direct' }}\n")
    ci("--write")
    text = (workspace / SCRIPT).read_text()
    assert "export GOPROXY=https://goproxy.cn,direct\nexport GOPRIVATE=git.example.com\n" in text
    assert "personal" not in text
    assert "-mod=mod" not in text


def test_a_secret_of_the_team_is_left_out_and_named(workspace: Path) -> None:
    value = "https://me:hunter2@proxy.example.com"
    write(workspace / "wslgo.yaml", f"provision:\n  variables: {{ GOPROXY: '{value}' }}\n")
    code, _, err = ci("--write")
    assert code == 0
    assert "GOPROXY of wslgo.yaml is left out because it holds a secret" in err
    assert "hunter2" not in (workspace / SCRIPT).read_text() + err


def test_an_edited_block_is_kept_and_named(workspace: Path) -> None:
    ci("--write")
    text = edited(workspace / WORKFLOW, "run: sh .ci/go-ci.sh\n", "run: sh .ci/go-ci.sh vet\n")
    code, _, err = ci("--write")
    assert code == 0
    assert f"{WORKFLOW}: steps was edited and is kept; replace it with --yes\n" in err
    assert (workspace / WORKFLOW).read_text() == text


def test_an_edited_block_is_replaced_after_a_yes(workspace: Path) -> None:
    ci("--write")
    new = (workspace / WORKFLOW).read_text()
    text = edited(workspace / WORKFLOW, "run: sh .ci/go-ci.sh\n", "run: sh .ci/go-ci.sh vet\n")
    code, out, _ = ci("--write", stdin=b"n\n", is_interactive=True)
    assert code == 0
    assert "-        run: sh .ci/go-ci.sh vet\n" in out
    assert (workspace / WORKFLOW).read_text() == text
    assert ci("--write", stdin=b"y\n", is_interactive=True).code == 0
    assert (workspace / WORKFLOW).read_text() == new
    edited(workspace / WORKFLOW, "run: sh .ci/go-ci.sh\n", "run: sh .ci/go-ci.sh vet\n")
    assert ci("--write", "--yes").out == f"{WORKFLOW}\n"


def test_nothing_is_written_if_one_file_is_a_users(workspace: Path) -> None:
    write(workspace / WORKFLOW, "name: mine\n")
    code, out, err = ci("--write")
    assert (code, out) == (2, "")
    assert f"{WORKFLOW} was not written by wslgo ci" in err
    assert not (workspace / SCRIPT).exists()


def test_a_link_to_outside_the_repository_is_not_written(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (workspace / ".ci").symlink_to(outside)
    code, out, err = ci("--write")
    assert (code, out) == (2, "")
    assert "is a link to outside the repository" in err
    assert not list(outside.iterdir())


def test_without_a_module_there_is_nothing_to_write(folder: Path) -> None:
    code, _, err = ci("--write")
    assert code == 2
    assert "has no go.mod" in err
    assert not (folder / ".ci").exists()


def test_the_generated_files_have_no_findings(workspace: Path) -> None:
    write(workspace / "go.sum", "")
    ci("--write", "--github", "--gitlab")
    assert wslgo("check", ".").code == 0
    assert '"findings": []' in wslgo("check", "--format", "json", ".").out


@pytest.mark.parametrize("option", ["--dirty", "--cold", "--trust", "--step=vet", "--compare=x"])
def test_options_of_a_run_need_it(option: str, workspace: Path) -> None:
    code, out, err = ci("--write", option)
    assert (code, out) == (2, "")
    assert "needs run: wslgo ci run --" in err
    assert not (workspace / ".ci").exists()


def test_write_and_run_exclude_each_other(workspace: Path) -> None:
    assert "exclude each other" in ci("run", "--write").err
    assert not (workspace / ".ci").exists()


def test_in_chinese(workspace: Path) -> None:
    ci("--write")
    assert ci("--write", "--lang=zh").err == "CI 检查已是最新\n"
