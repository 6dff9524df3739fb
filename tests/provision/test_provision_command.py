"""`wslgo provision`: exactly the shown changes are made, and none without consent."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import wslgo
from smallmachine import GOENV, USER, Machine
from tree import HOSTS, SERVER

BEGIN = "# >>> wslgo: Go in PATH >>>"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine with Go and its tools, for which no server has to be asked."""
    machine = Machine(tmp_path)
    machine.install_go()
    machine.install_tools()
    return machine


# The contract


def test_a_plan_as_json_is_what_the_contract_says(machine: Machine) -> None:
    before = machine.snapshot()
    outcome = machine.wslgo("--plan", "--format", "json")
    assert outcome.code == 0
    said = json.loads(outcome.out)
    assert list(said) == ["steps", "left"]
    assert said["left"] == []
    assert [step["id"] for step in said["steps"]] == ["go-variables", "path"]
    for step in said["steps"]:
        assert list(step) == ["id", "title", "reason", "needs_root", "reversible", "mends", "actions", "files"]
        assert (step["needs_root"], step["reversible"]) == (False, True)
        assert all(list(file) == ["path", "diff"] for file in step["files"])
    assert said["steps"][0]["mends"] == ["goenv/unreachable-proxy"]
    assert said["steps"][0]["actions"] == [{"kind": "write", "does": "change /home/dev/.config/go/env"}]
    assert said["steps"][0]["files"] == [
        {
            "path": "/home/dev/.config/go/env",
            "diff": "--- a/home/dev/.config/go/env\n+++ b/home/dev/.config/go/env\n@@ -1,2 +1,2 @@\n"
            "-GOPROXY=off,http://127.0.0.1:9\n+GOPROXY=http://127.0.0.1:9,off\n GOFLAGS=-mod=mod\n",
        }
    ]
    assert machine.snapshot() == before


def test_a_recorded_machine_without_a_tree_is_rejected() -> None:
    """Without a tree the plan would be for this computer, and not for the one that was recorded."""
    code, out, err = wslgo("provision", "--plan", "--host", str(HOSTS / "article.json"))
    assert (code, out) == (2, "")
    assert "add --root" in err


def test_the_diff_of_a_plan_is_what_git_applies(machine: Machine) -> None:
    said = json.loads(machine.wslgo("--plan", "--format", "json").out)
    diff = "".join(file["diff"] for step in said["steps"] for file in step["files"])
    subprocess.run(["git", "apply"], input=diff.encode(), cwd=machine.root, check=True)
    assert machine.wslgo("--plan", "--format", "json").out == '{\n "steps": [],\n "left": []\n}\n'


@pytest.mark.slow
def test_a_machine_that_is_up_to_date_has_an_empty_plan(machine: Machine) -> None:
    assert machine.wslgo("--yes").code == 0
    assert json.loads(machine.wslgo("--plan", "--format", "json").out) == {"steps": [], "left": []}
    before = machine.snapshot()
    outcome = machine.wslgo("--yes")
    assert (outcome.code, outcome.out) == (0, "Nothing to do: this machine is up to date\n")
    assert machine.snapshot() == before


def test_text_and_json_of_a_plan_say_the_same(machine: Machine) -> None:
    text = machine.wslgo("--plan").out
    for step in json.loads(machine.wslgo("--plan", "--format", "json").out)["steps"]:
        assert step["title"] in text
        assert step["reason"] in text
        assert all(file["diff"] in text for file in step["files"])


def test_a_plan_can_be_chinese(machine: Machine) -> None:
    assert "在 go env 文件中设置 GOPROXY" in machine.wslgo("--plan", "--lang", "zh-cn").out
    assert "Set GOPROXY" in machine.wslgo("--plan", "--format", "json").out


def test_colours_only_on_request(machine: Machine) -> None:
    assert "\x1b[" not in machine.wslgo("--plan").out
    assert "\x1b[32m+GOPROXY" in machine.wslgo("--plan", "--color", "always").out


@pytest.mark.slow
def test_passwords_are_masked(machine: Machine) -> None:
    machine.write("/home/dev/.config/go/env", b"GOPROXY=off,https://me:s3cret@goproxy.invalid\n")
    for more in ((), ("--format", "json")):
        outcome = machine.wslgo("--plan", *more)
        assert "s3cret" not in outcome.out + outcome.err
    assert machine.wslgo("--yes").code == 0
    assert b"me:s3cret@" in (machine.home / ".config/go/env").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--only", "pth"), "unknown step 'pth'"),
        (("--format", "json"), "--plan"),
        (("--user", "nobody-here"), "has no user nobody-here"),
        (("--host", "/no/such/file"), "/no/such/file"),
        (("--plan", "extra"), "does not take"),
    ],
)
def test_bad_usage_is_2(machine: Machine, arguments: tuple[str, ...], words: str) -> None:
    outcome = machine.wslgo(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


def test_an_unknown_step_is_reported_with_the_known_ones(machine: Machine) -> None:
    assert all(name in machine.wslgo("--only", "x").err for name in ("toolchain", "go-variables", "path"))


def test_only_does_only_that(machine: Machine) -> None:
    assert machine.wslgo("--yes", "--only", "path").code == 0
    assert (machine.home / ".config/go/env").read_bytes() == GOENV
    assert BEGIN in (machine.home / ".bashrc").read_text()


def test_a_malformed_version_is_reported(machine: Machine) -> None:
    outcome = machine.wslgo("--plan", "--go", "latest", "--only", "toolchain")
    assert outcome.code == 1
    assert "latest is not a Go version" in outcome.err


# Consent


def test_nothing_happens_without_a_yes(machine: Machine) -> None:
    before = machine.snapshot()
    assert machine.wslgo().code == 2
    assert machine.wslgo(is_interactive=True, stdin=b"n\n").code == 0
    assert machine.snapshot() == before


def test_a_yes_at_the_terminal_does_it(machine: Machine) -> None:
    assert machine.wslgo(is_interactive=True, stdin=b"y\n").code == 0
    assert machine.wslgo("--plan").out.startswith("Nothing to do")


# Undo


def test_undo_restores_bytes_modes_and_owners_and_removes_new_folders(machine: Machine) -> None:
    before = machine.snapshot()
    assert machine.wslgo("--yes", "--go", "1.99.3", "--source", machine.source()).code == 0
    assert machine.snapshot() != before
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before
    assert machine.wslgo("--undo", "--yes").out == "There is nothing to undo\n"


def test_undo_reverses_one_run_after_the_other(machine: Machine) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes", "--only", "path")
    between = machine.snapshot()
    machine.wslgo("--yes")
    machine.wslgo("--undo", "--yes")
    assert machine.snapshot() == between
    machine.wslgo("--undo", "--yes")
    assert machine.snapshot() == before


def test_lines_that_the_user_wrote_since_stay(machine: Machine) -> None:
    bashrc = machine.home / ".bashrc"
    before = bashrc.read_bytes()
    machine.wslgo("--yes")
    bashrc.write_bytes(bashrc.read_bytes() + b"alias g=go\n")
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 0
    assert bashrc.read_bytes() == before + b"alias g=go\n"


def test_an_edit_in_lines_of_wslgo_is_kept_and_shown_and_the_rest_is_undone(machine: Machine) -> None:
    bashrc, env = machine.home / ".bashrc", machine.home / ".config/go/env"
    machine.wslgo("--yes")
    mine = bashrc.read_bytes().replace(b"export PATH", b"export PATH GOPATH")
    bashrc.write_bytes(mine)
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 1
    assert "+export PATH GOPATH" in outcome.err
    assert (bashrc.read_bytes(), env.read_bytes()) == (mine, GOENV)
    bashrc.write_bytes(mine.replace(b"export PATH GOPATH", b"export PATH"))
    assert machine.wslgo("--undo", "--yes").code == 0
    assert BEGIN not in bashrc.read_text()


@pytest.mark.parametrize("change", ["added", "edited", "removed"])
def test_a_changed_toolchain_stays_until_the_user_confirms(machine: Machine, change: str) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes", "--go", "1.99.3", "--source", machine.source())
    toolchain = machine.home / "sdk/go1.99.3"
    mine = toolchain / "bin/mine" if change == "added" else toolchain / "src/go.mod"
    mine.unlink() if change == "removed" else mine.write_bytes(b"mine\n")
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 1
    assert "/home/dev/sdk/go1.99.3 stays: files in it were added" in outcome.err
    assert (toolchain / "bin/go").exists()
    assert not (machine.home / "sdk/go").is_symlink(), "it is not in use any more"
    shutil.rmtree(toolchain.parent)
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_wslgo_undo_knows_the_files(machine: Machine) -> None:
    before = machine.snapshot()
    machine.wslgo("--yes")
    listed = wslgo("undo", "--list", environment=machine.environment)
    assert listed.out.count("wslgo provision 2") == 2
    assert wslgo("undo", "--last", "2", "--yes", environment=machine.environment).code == 0
    assert machine.snapshot() == before
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


# Trouble


def test_a_file_edited_between_plan_and_apply_is_not_changed(machine: Machine) -> None:
    machine.kill_at(30, "--yes")
    env = machine.home / ".config/go/env"
    bashrc = machine.home / ".bashrc"
    mine = (env.read_bytes() + b"# mine\n", bashrc.read_bytes() + b"# mine\n")
    env.write_bytes(mine[0])
    bashrc.write_bytes(mine[1])
    outcome = machine.wslgo("--yes")
    assert outcome.code == 1
    assert "+# mine" in outcome.err
    assert bashrc.read_bytes() == mine[1]
    assert machine.wslgo("--yes").code == 0, "planned anew, for what is there now"
    assert bashrc.read_bytes().endswith(b"# mine\n")
    assert BEGIN in bashrc.read_text()


def test_a_missing_source_fails_and_the_rest_is_done(machine: Machine) -> None:
    source = machine.source()
    arguments = ("--yes", "--go", "1.99.3", "--source", source)
    machine.kill_at(12, *arguments)
    machine.folder.joinpath("source").rename(machine.folder / "gone")
    for _ in range(2):
        outcome = machine.wslgo(*arguments)
        assert outcome.code == 1
        assert "Resuming run" in outcome.err
    outcome = machine.wslgo(*arguments)
    assert outcome.code == 1
    assert "was not finished" not in outcome.err, "what fails again is planned anew"
    assert BEGIN in (machine.home / ".bashrc").read_text()
    machine.folder.joinpath("gone").rename(machine.folder / "source")
    assert machine.wslgo(*arguments).code == 0
    assert (machine.home / "sdk/go/VERSION").read_text().startswith("go1.99.3\n")


def test_without_a_network_only_steps_that_need_it_fail(machine: Machine) -> None:
    outcome = machine.wslgo("--yes", "--go", "1.99.3", "--source", "http://127.0.0.1:9")
    assert outcome.code == 1
    assert "127.0.0.1" in outcome.err
    assert BEGIN in (machine.home / ".bashrc").read_text()
    assert not (machine.home / "sdk").exists()


@pytest.mark.usefixtures("ordinary_user")
def test_a_folder_that_cannot_be_written_fails_that_step_alone(machine: Machine) -> None:
    before = machine.snapshot()
    machine.home.chmod(0o555)
    outcome = machine.wslgo("--yes")
    assert outcome.code == 1
    assert "Permission denied" in outcome.err
    assert (machine.home / ".config/go/env").read_bytes() != GOENV
    machine.home.chmod(0o750)
    assert machine.wslgo("--yes").code == 0, "goes on"
    machine.wslgo("--undo", "--yes")
    assert machine.snapshot() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
def test_a_read_only_disk_and_a_full_one_lose_nothing(machine: Machine, request: pytest.FixtureRequest) -> None:
    home = machine.home
    kept = machine.folder / "kept"
    subprocess.run(["cp", "-a", home, kept], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", home], check=True)
    request.addfinalizer(lambda: subprocess.run(["umount", home], check=True))
    subprocess.run(["cp", "-a", f"{kept}/.", home], check=True)
    before = machine.snapshot()
    subprocess.run(["mount", "-o", "remount,ro", home], check=True)
    outcome = machine.wslgo("--yes")
    assert outcome.code == 1
    subprocess.run(["mount", "-o", "remount,rw", home], check=True)
    assert machine.snapshot() == before
    filler = home / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}"], check=False, capture_output=True)
    outcome = machine.wslgo("--yes")
    assert outcome.code == 1
    assert "No space left" in outcome.err
    filler.unlink()
    assert machine.snapshot() == before
    assert machine.wslgo("--yes").code == 0
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_dotfiles_are_written_through_their_links(machine: Machine) -> None:
    dotfiles = machine.write("/home/dev/dotfiles/bashrc", (machine.home / ".bashrc").read_bytes())
    (machine.home / ".bashrc").unlink()
    (machine.home / ".bashrc").symlink_to("/home/dev/dotfiles/bashrc")
    before = machine.snapshot()
    assert machine.wslgo("--yes").code == 0
    assert (machine.home / ".bashrc").is_symlink()
    assert BEGIN in dotfiles.read_text()
    machine.wslgo("--undo", "--yes")
    assert machine.snapshot() == before


def test_a_link_never_leads_out_of_the_tree(machine: Machine) -> None:
    outside = machine.folder / "home" / "dev" / "victim"
    outside.parent.mkdir(parents=True)
    outside.write_bytes(b"untouched\n")
    (machine.home / ".bashrc").unlink()
    (machine.home / ".bashrc").symlink_to(f"../../../../../../../..{outside}")
    inside = machine.root / str(outside).lstrip("/")
    inside.parent.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(inside.parent, USER, USER)
    assert machine.wslgo("--yes").code == 0
    assert outside.read_bytes() == b"untouched\n"
    assert BEGIN in inside.read_text(), "it means that path in the tree, where chroot would make it too"


@pytest.mark.parametrize("link", [".bashrc", ".config"])
def test_nothing_is_created_in_place_of_a_missing_drive(machine: Machine, link: str) -> None:
    """A missing drive leaves its empty folder; a file written there disappears when the drive is mounted."""
    (machine.root / "mnt/c").mkdir(parents=True)
    (machine.home / link).rename(machine.folder / "away")
    (machine.home / link).symlink_to(f"/mnt/c/Users/dev/{link}")
    before = machine.snapshot()
    outcome = machine.wslgo("--yes", "--only", "path", "--only", "go-variables")
    assert outcome.code == (1 if link == ".bashrc" else 0)
    assert ("a broken link" in outcome.err) == (link == ".bashrc")
    assert not any((machine.root / "mnt/c").iterdir())
    machine.wslgo("--undo", "--yes")
    assert machine.snapshot() == before


@pytest.mark.usefixtures("ordinary_user")
def test_an_unreadable_file_is_reported(machine: Machine) -> None:
    (machine.home / ".bashrc").chmod(0)
    outcome = machine.wslgo("--plan")
    assert outcome.code == 1
    assert "/home/dev/.bashrc cannot be read: Permission denied" in outcome.err


@pytest.mark.slow
def test_two_runs_at_once_wait_for_each_other(machine: Machine) -> None:
    words = [sys.executable, "-m", "wslgo", "provision", "--root", str(machine.root), "--yes"]
    environment = {**machine.environment, "PYTHONPATH": str(SERVER)}
    runs = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, cwd=machine.folder) for _ in range(4)]
    said = [run.communicate(timeout=60)[0] for run in runs]
    assert [run.returncode for run in runs] == [0] * 4
    assert sum(b"Nothing to do" in text for text in said) == 3
    assert (machine.home / ".bashrc").read_text().count(BEGIN) == 1


def test_an_interrupted_run_is_resumed(machine: Machine) -> None:
    # A test run in the background ignores interrupts, and so would what it starts.
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from wslgo.cli import main\n"
        "from wslgo.provision.apply import apply\n"
        "real = apply._run_step\n"
        "def stop(step, at):\n"
        "    if at.step == 1: os.kill(os.getpid(), signal.SIGINT)\n"
        "    return real(step, at)\n"
        "apply._run_step = stop\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    words = [sys.executable, "-c", code, "provision", "--root", str(machine.root), "--yes"]
    environment = {**machine.environment, "PYTHONPATH": str(SERVER)}
    done = subprocess.run(words, env=environment, capture_output=True, check=False, cwd=machine.folder, timeout=60)
    assert done.returncode == 130
    assert b"Resume with" in done.stderr
    outcome = machine.wslgo("--yes")
    assert outcome.code == 0
    assert ": 1 of 2 steps left" in outcome.err
