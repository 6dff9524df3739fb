"""`wslgo move`: a workspace arrives whole, with the git state it had; nothing is overwritten, run or lost."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from movedworkspace import Drive, contents, git, lose_modes, status
from smallmachine import killed
from wslgo.provision.apply import copy_workspace


@pytest.fixture
def drive(tmp_path: Path) -> Drive:
    return Drive(tmp_path)


def moved(drive: Drive, folder: Path, *words: str) -> Path:
    done = drive.move(folder, "--yes", *words)
    assert done.code == 0, done.err
    return drive.copy


# What git says of it


def nothing_more(_folder: Path, _drive: Drive) -> None:
    pass


def dirty(folder: Path, _drive: Drive) -> None:
    (folder / "go.mod").write_text("module example.com/changed\n", encoding="utf-8")
    (folder / "staged.txt").write_text("staged\n", encoding="utf-8")
    git(folder, "add", "staged.txt")
    (folder / "staged.txt").write_text("staged and changed\n", encoding="utf-8")
    (folder / "untracked 中文 é.txt").write_text("new\n", encoding="utf-8")
    (folder / "below" / "a.go").unlink()
    (folder / ".env").write_text("SECRET=1\n", encoding="utf-8")
    (folder / ".gitignore").write_text(".env\n/data/\n", encoding="utf-8")
    (folder / "data").mkdir()
    (folder / "data" / "rows").write_bytes(bytes(range(256)))


def stashed(folder: Path, _drive: Drive) -> None:
    (folder / "go.mod").write_text("module example.com/changed\n", encoding="utf-8")
    git(folder, "stash")


def merging(folder: Path, _drive: Drive) -> None:
    git(folder, "checkout", "-qb", "other")
    (folder / "go.mod").write_text("module example.com/other\n", encoding="utf-8")
    git(folder, "commit", "-qam", "other")
    git(folder, "checkout", "-q", "main")
    (folder / "go.mod").write_text("module example.com/main\n", encoding="utf-8")
    git(folder, "commit", "-qam", "main")
    with pytest.raises(Exception, match="exit status"):
        git(folder, "merge", "other")


def detached(folder: Path, _drive: Drive) -> None:
    git(folder, "checkout", "-q", "--detach")
    git(folder, "tag", "v1")
    git(folder, "pack-refs", "--all")
    git(folder, "gc", "-q")


def sparse(folder: Path, _drive: Drive) -> None:
    git(folder, "sparse-checkout", "set", "--cone", "--sparse-index")


def split(folder: Path, _drive: Drive) -> None:
    git(folder, "update-index", "--split-index")


def version_4(folder: Path, _drive: Drive) -> None:
    git(folder, "update-index", "--index-version", "4")


def lfs(folder: Path, _drive: Drive) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 3\n"
    (folder / "big.bin").write_text(pointer, encoding="utf-8")
    (folder / ".gitattributes").write_text("*.bin filter=lfs diff=lfs merge=lfs -text\n", encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "lfs")
    (folder / ".git" / "lfs" / "objects").mkdir(parents=True)
    (folder / ".git" / "lfs" / "objects" / "00").write_bytes(b"abc")


def submodule(folder: Path, drive: Drive) -> None:
    library = drive.repository("library")
    git(folder, "submodule", "add", "-q", str(library), "lib")
    git(folder, "commit", "-qm", "submodule")
    (folder / "lib" / "go.mod").write_text("module example.com/changed\n", encoding="utf-8")


def nested(folder: Path, drive: Drive) -> None:
    shutil.move(drive.repository("inner"), folder / "inner")
    (folder / ".gitignore").write_text("inner\n", encoding="utf-8")


STATES: tuple[Callable[[Path, Drive], None], ...] = (
    *(nothing_more, dirty, stashed, merging, detached, sparse, split, version_4, lfs, submodule, nested),
)


@pytest.mark.parametrize("keeps_modes", [True, False])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_git_says_the_same_before_and_after(
    drive: Drive, state: Callable[[Path, Drive], None], keeps_modes: bool
) -> None:
    folder = drive.repository()
    state(folder, drive)
    before = status(folder)
    if not keeps_modes:
        lose_modes(folder)
        for config in (*folder.rglob("config"),):
            if (config.parent / "HEAD").exists():
                git(config.parent, "config", "--file", str(config), "core.filemode", "false")
    old = contents(folder)
    copy = moved(drive, folder)
    assert status(copy) == before
    assert contents(folder) == old, "the old folder stays as it is"
    for inner in ("lib", "inner"):
        if (folder / inner).is_dir():
            assert git(copy / inner, "status", "--porcelain") == git(folder / inner, "status", "--porcelain")
            assert git(copy / inner, "rev-parse", "--git-dir").startswith((".git", str(copy)))
    git(copy, "fsck", "--strict")


def test_modes_and_links_of_a_clone_by_windows_are_those_of_the_index(drive: Drive) -> None:
    folder = drive.repository(filemode="false", symlinks="false", ignorecase="true")
    (folder / "link").unlink()
    (folder / "link").write_text("go.mod", encoding="utf-8")
    (folder / "tool").write_text("#!/bin/sh\n", encoding="utf-8")
    lose_modes(folder)
    copy = moved(drive, folder)
    assert (copy / "link").readlink() == Path("go.mod")
    modes = {name: stat.S_IMODE((copy / name).stat().st_mode) for name in ("go.mod", "run.sh", "tool", "crlf.txt")}
    assert modes == {"go.mod": 0o644, "run.sh": 0o755, "tool": 0o755, "crlf.txt": 0o644}
    assert git(copy, "status", "--porcelain") == "?? tool\n"
    assert [git(copy, "config", f"core.{key}").strip() for key in ("filemode", "symlinks", "ignorecase")] == [
        *("true", "true", "false")
    ]
    assert (copy / "crlf.txt").read_bytes() == b"one\r\ntwo\r\n"


def test_names_get_the_case_that_git_has(drive: Drive) -> None:
    folder = drive.repository(ignorecase="true")
    (folder / "below").rename(folder / "Below")
    (folder / "Below" / "a.go").rename(folder / "Below" / "A.go")
    copy = moved(drive, folder)
    assert (copy / "below" / "a.go").is_file()
    assert git(copy, "status", "--porcelain") == ""


def test_a_work_tree_inside_is_repaired_and_one_outside_is_told(drive: Drive) -> None:
    folder = drive.repository()
    git(folder, "worktree", "add", "-q", "-b", "in", "trees/in")
    git(folder, "worktree", "add", "-q", "-b", "out", str(drive.drive / "out"))
    told = (folder / "trees" / "in" / ".git").read_text(encoding="utf-8")
    (folder / "trees" / "in" / ".git").write_text(told.replace(str(drive.drive), "D:"), encoding="utf-8")
    done = drive.move(folder, "--yes")
    assert done.code == 0, done.err
    assert str(drive.drive / "out") in done.err
    copy = drive.copy
    assert git(copy / "trees" / "in", "status", "--porcelain") == ""
    listed = git(copy, "worktree", "list", "--porcelain")
    assert str(copy / "trees" / "in") in listed
    assert str(drive.drive) not in listed
    git(copy, "checkout", "-q", "out")
    assert git(drive.drive / "out", "status", "--porcelain") == ""


def test_a_work_tree_of_another_repository_is_not_moved_alone(drive: Drive) -> None:
    folder = drive.repository()
    git(folder, "worktree", "add", "-q", "-b", "out", str(drive.drive / "out"))
    done = drive.move(drive.drive / "out", "--yes")
    assert (done.code, "work tree of the repository" in done.err) == (1, True)
    assert not (drive.home / "src").exists()


def test_objects_elsewhere_are_found_from_the_copy(drive: Drive) -> None:
    folder, other = drive.repository(), drive.repository("other")
    (folder / ".git" / "objects" / "info" / "alternates").write_text("../../../other/.git/objects\n", encoding="utf-8")
    (other / "new").write_text("new\n", encoding="utf-8")
    git(other, "add", "new")
    git(other, "commit", "-qm", "only there")
    commit = git(other, "rev-parse", "HEAD").strip()
    copy = moved(drive, folder)
    assert git(copy, "cat-file", "-t", commit) == "commit\n"


# Nothing is run


def test_nothing_of_the_workspace_is_run(drive: Drive) -> None:
    folder = drive.repository()
    trap = folder / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {drive.folder}/ran\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.external"):
        git(folder, "config", key, str(trap))
    (folder / ".gitattributes").write_text("* filter=x\n", encoding="utf-8")
    (folder / ".git" / "hooks").mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction"):
        shutil.copy(trap, folder / ".git" / "hooks" / hook)
    copy = moved(drive, folder)
    assert drive.move(copy, "--undo", "--yes").code == 0
    assert not (drive.folder / "ran").exists()


# What is left out


def test_what_tools_make_again_is_left_out_unless_git_tracks_it(drive: Drive) -> None:
    folder = drive.repository()
    for name in ("node_modules/a/b.js", "web/.venv/bin/python", "kept/node_modules/c.js", "bin/app"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("x", encoding="utf-8")
    git(folder, "add", "kept")
    shown = drive.move(folder, "--plan")
    assert "node_modules (0.0 MB)" in shown.out
    assert "web/.venv" in shown.out
    assert not drive.copy.exists()
    copy = moved(drive, folder, "--leave-out", "bin")
    assert [(copy / name).exists() for name in ("node_modules", "web/.venv", "kept/node_modules/c.js", "bin")] == [
        *(False, False, True, False)
    ]
    assert drive.move(folder, "--undo", "--yes").code == 0
    assert (moved(drive, folder, "--all") / "node_modules" / "a" / "b.js").is_file()


def test_a_folder_without_git_is_copied_whole(drive: Drive) -> None:
    folder = drive.drive / "app"
    (folder / "node_modules").mkdir(parents=True)
    (folder / "node_modules" / "a.js").write_text("x", encoding="utf-8")
    (folder / "go.mod").write_text("module example.com/m\n", encoding="utf-8")
    os.mkfifo(folder / "pipe")
    done = drive.move(folder, "--yes")
    assert (done.code, "pipe: neither a file" in done.err) == (0, True)
    assert (drive.copy / "node_modules" / "a.js").read_text(encoding="utf-8") == "x"
    assert not (drive.copy / "pipe").exists()


def test_the_whole_repository_moves_from_any_folder_in_it(drive: Drive) -> None:
    folder = drive.repository()
    assert (moved(drive, folder / "below") / "go.mod").is_file()


# What stops it


def test_nothing_is_overwritten(drive: Drive) -> None:
    folder = drive.repository()
    drive.copy.mkdir(parents=True)
    (drive.copy / "mine").write_text("mine", encoding="utf-8")
    done = drive.move(folder, "--yes")
    assert (done.code, "overwrites nothing" in done.err) == (1, True)
    assert [path.name for path in drive.copy.iterdir()] == ["mine"]
    assert drive.move(folder, "--yes", "--to", str(drive.home / "other")).code == 0


@pytest.mark.parametrize("where", ["{app}/inside", "{drive}", "{drive}/beside"])
def test_a_place_on_the_drive_is_not_taken(drive: Drive, where: str) -> None:
    folder = drive.repository()
    place = where.format(app=folder, drive=drive.drive)
    assert drive.move(folder, "--yes", "--to", place).code == 1
    assert not (drive.drive / "beside").exists()


def test_a_workspace_of_linux_stays_unless_a_place_is_named(drive: Drive) -> None:
    folder = drive.home / "work"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n", encoding="utf-8")
    done = drive.move(folder, "--yes")
    assert (done.code, "on a disk of Linux already" in done.err) == (1, True)
    assert drive.move(folder, "--yes", "--to", str(drive.home / "other")).code == 0


def test_the_home_folder_is_not_a_workspace(drive: Drive) -> None:
    (drive.home / "go.mod").write_text("module example.com/m\n", encoding="utf-8")
    done = drive.move(drive.home, "--yes", "--to", str(drive.folder / "elsewhere"))
    assert (done.code, "home folder" in done.err) == (1, True)


def test_git_at_work_is_waited_for(drive: Drive) -> None:
    folder = drive.repository()
    (folder / ".git" / "index.lock").touch()
    done = drive.move(folder, "--yes")
    assert (done.code, "index.lock" in done.err) == (1, True)


def test_without_a_yes_nothing_is_copied(drive: Drive) -> None:
    folder = drive.repository()
    done = drive.move(folder)
    assert (done.code, "--yes" in done.err) == (2, True)
    assert not (drive.home / "src").exists()


def test_a_plan_is_json(drive: Drive) -> None:
    [step] = json.loads(drive.move(drive.repository(), "--plan", "--format", "json").out)["steps"]
    assert [action["kind"] for action in step["actions"]] == ["copy"]
    assert "machine/workspace-on-windows-drive" in step["mends"]


# Killed, changed, undone


@pytest.mark.slow
@pytest.mark.parametrize("number", [*range(1, 330, 11), 9999])
def test_a_copy_that_was_killed_is_finished_and_undone(drive: Drive, number: int) -> None:
    folder = drive.repository()
    dirty(folder, drive)
    before, old = status(folder), contents(folder)
    killed(lambda: drive.move(folder, "--yes"), number)
    finished = drive.copy.exists()
    if not finished:
        assert drive.move(folder, "--yes").code == 0
    assert status(drive.copy) == before
    assert [path.name for path in drive.copy.parent.iterdir()] == ["app"]
    killed(lambda: drive.move(folder, "--undo", "--yes"), number)
    drive.move(folder, "--undo", "--yes")
    assert not (drive.home / "src").exists()
    assert contents(folder) == old


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5, 330, 25))
def test_a_copy_that_was_killed_is_undone_at_once(drive: Drive, number: int) -> None:
    folder = drive.repository()
    killed(lambda: drive.move(folder, "--yes"), number)
    drive.move(folder, "--undo", "--yes")
    assert not (drive.home / "src").exists()


def test_a_file_that_was_spoiled_in_between_is_copied_again(drive: Drive) -> None:
    folder = drive.repository()
    growing = drive.home / "src" / ".app.wslgo-copy"
    # How many steps it takes until then depends on the objects of git.
    for number in range(100, 400, 5):
        killed(lambda: drive.move(folder, "--yes"), number)
        if (growing / "crlf.txt").exists():
            break
        drive.move(folder, "--undo", "--yes")
    state = (growing / "crlf.txt").stat()
    (growing / "crlf.txt").write_bytes(b"XXXXXXXXXX")
    os.utime(growing / "crlf.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    (growing / "extra").touch()
    assert drive.move(folder, "--yes").code == 0
    assert (drive.copy / "crlf.txt").read_bytes() == b"one\r\ntwo\r\n"
    assert not (drive.copy / "extra").exists()


def test_work_in_the_copy_is_never_undone(drive: Drive) -> None:
    folder = drive.repository()
    copy = moved(drive, folder)
    git(copy, "status")
    (copy / "new.go").write_text("package app\n", encoding="utf-8")
    done = drive.move(folder, "--undo", "--yes")
    assert (done.code, "new.go is not as in the old folder" in done.err) == (1, True)
    assert (copy / "new.go").is_file()
    (copy / "new.go").unlink()
    assert drive.move(folder, "--undo", "--yes").code == 0
    assert not (drive.home / "src").exists()


def test_the_only_copy_is_never_undone(drive: Drive) -> None:
    folder = drive.repository()
    copy = moved(drive, folder)
    shutil.rmtree(folder)
    done = drive.move(drive.drive, "--undo", "--yes")
    assert (done.code, "only copy" in done.err) == (1, True)
    assert (copy / "go.mod").is_file()


def test_a_commit_in_the_copy_is_never_undone(drive: Drive) -> None:
    folder = drive.repository()
    copy = moved(drive, folder)
    git(copy, "commit", "-q", "--allow-empty", "-m", "work")
    assert drive.move(folder, "--undo", "--yes").code == 1
    assert copy.is_dir()


def test_a_source_that_never_rests_is_told(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = drive.repository()
    real = copy_workspace._digest
    count = iter(range(10**6))

    def digest(place: copy_workspace.Place) -> bytes:
        (folder / "go.mod").write_text(f"module example.com/m{next(count)}\n", encoding="utf-8")
        return real(place)

    monkeypatch.setattr(copy_workspace, "_digest", digest)
    done = drive.move(folder, "--yes")
    assert (done.code, "keeps changing" in done.err) == (1, True)
    assert not drive.copy.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_root_does_not_copy_into_the_home_of_another_user(drive: Drive, tmp_path: Path) -> None:
    folder = drive.repository()
    os.chown(drive.home, 1000, 1000)
    for words in (("--yes",), ("--plan",), ("--yes", "--to", str(drive.home / "elsewhere"))):
        done = drive.move(folder, *words)
        assert (done.code, "would be owned by root" in done.err) == (2, True)
    assert list(drive.home.iterdir()) == []
    # Notes in a folder of the test: those of root are in root's own home, whatever HOME says.
    notes = {"XDG_STATE_HOME": str(tmp_path / "state")}
    assert drive.move(folder, "--yes", "--to", str(tmp_path / "shared"), more=notes).code == 0
    assert any((tmp_path / "state").rglob("*"))
