"""A link that was found by searching and leads out of the folder through a link is neither read nor written."""

import os
import socket
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from commandline import write
from links import HOST, MAIN, MODULE, link, run
from wslgo.cli.files import Input, inputs, scenes
from wslgo.linter.scene import Scene

BAD = "[wsl2]\nguiApplications=off\n"
FIXED = "[wsl2]\nguiApplications=false\n"
SECRET = "aws_secret_access_key = hunter2\n"
CRLF = b"[boot]\r\nsystemd=true\r\nbroken hunter2\r\n"

NOTICE = "wslgo: {} is a link to outside the folder: name it to check it\n"


def directly(folder: Path, path: Path) -> str:
    link(folder / "a/wsl.conf", path)
    return "a/wsl.conf"


def through_another(folder: Path, path: Path) -> str:
    link(folder / "b/step", path)
    link(folder / "a/.wslconfig", "../b/step")
    return "a/.wslconfig"


def upwards(folder: Path, path: Path) -> str:
    link(folder / "a/go.mod", os.path.relpath(path, folder / "a"))
    return "a/go.mod"


def through_a_folder(folder: Path, path: Path) -> str:
    link(folder / "b/out", path.parent)
    link(folder / "a/.env", f"../b/out/{path.name}")
    return "a/.env"


def into_git(folder: Path, path: Path) -> str:
    path.rename(folder / ".git/config")
    path.symlink_to(folder / ".git/config")
    link(folder / "a/.wslconfig", "../.git/config")
    return "a/.wslconfig"


def through_the_kernel(folder: Path, path: Path) -> str:
    link(folder / "a/resolv.conf", f"/proc/self/root{path}")
    return "a/resolv.conf"


LEAVING = [directly, through_another, upwards, through_a_folder, into_git, through_the_kernel]


# Checking


@pytest.mark.parametrize("leave", LEAVING)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"])
def test_a_file_that_was_found_outside_is_told_and_not_read(
    folder: Path, home: Path, leave: Callable[[Path, Path], str], form: str
) -> None:
    name = leave(folder, write(home / "credentials", SECRET))
    code, out, err = run("check", "--format", form)
    assert (code, err.count(NOTICE.format(name))) == (0, 1)
    assert "hunter2" not in out + err


def test_the_environment_of_this_process_is_not_read(folder: Path) -> None:
    link(folder / ".wslconfig", "/proc/self/environ")
    code, out, err = run("check")
    assert (code, out) == (0, "")
    assert NOTICE.format(".wslconfig") in err


@pytest.mark.parametrize("form", ["text", "json"])
def test_many_files_outside_are_counted(folder: Path, home: Path, form: str) -> None:
    write(home / "x", BAD)
    for number in range(9):
        link(folder / f"{number}/wsl.conf", home / "x")
    err = run("check", "--format", form).err
    assert err.count("is a link to outside the folder") == 5
    assert "wslgo: 4 more files are links to outside the folder\n" in err


def test_links_that_stay_inside_are_followed(folder: Path) -> None:
    write(folder / "shared/windows", BAD)
    link(folder / "a/.wslconfig", "../shared/windows")
    link(folder / "b/.wslconfig", folder / "a/.wslconfig")
    link(folder / "again", "shared")
    link(folder / "c/.wslconfig", "../again/windows")
    code, out, err = run("check")
    assert (code, err) == (1, "")
    assert [f"{name}/.wslconfig:2:17" in out for name in "abc"] == [True] * 3


def test_each_of_the_folders_that_were_named_counts(folder: Path) -> None:
    write(folder / "b/.wslconfig", BAD)
    link(folder / "a/wsl.conf", "../b/.wslconfig")
    assert NOTICE.format("a/wsl.conf") in run("check", "a").err
    assert "leads out" not in run("check", "a", "b").err


def test_a_folder_that_is_named_may_be_a_link_itself(folder: Path, home: Path) -> None:
    write(home / ".wslconfig", BAD)
    link(folder / "here", home)
    code, out, err = run("check", "here")
    assert (code, err) == (1, "")
    assert out.startswith("here/.wslconfig:2:17")


def test_a_file_that_is_named_is_read_wherever_it_is(folder: Path, home: Path) -> None:
    link(folder / ".wslconfig", write(home / "windows", BAD))
    assert run("check", ".wslconfig").code == 1


@pytest.mark.parametrize("target", ["/proc/self/environ", "/proc/self/cmdline", "/sys/kernel/notes"])
def test_a_name_does_not_lead_into_the_kernel_through_a_link(folder: Path, target: str) -> None:
    link(folder / "wsl.conf", target)
    code, out, err = run("check", "wsl.conf")
    assert (code, out) == (2, "")
    assert err.startswith("wslgo: wsl.conf cannot be read: ")
    assert '"error"' in run("parse", "--as", "dotenv", "wsl.conf").out


def test_a_file_of_the_kernel_can_be_named_as_such() -> None:
    assert run("parse", "--as", "dotenv", "/proc/self/environ").code == 0


# Between the look and the opening


def of_the_file(folder: Path, home: Path) -> None:
    (folder / "a/wsl.conf").unlink()
    link(folder / "a/wsl.conf", home / "wsl.conf")


def of_the_folder(folder: Path, home: Path) -> None:
    (folder / "a").rename(folder / "gone")
    link(folder / "a", home)


def of_the_link(folder: Path, home: Path) -> None:
    (folder / "b/wsl.conf").unlink()
    link(folder / "b/wsl.conf", home / "wsl.conf")


@pytest.mark.parametrize("exchange", [of_the_file, of_the_folder, of_the_link])
def test_a_link_that_comes_after_the_look_is_not_followed(
    folder: Path, home: Path, exchange: Callable[[Path, Path], None]
) -> None:
    write(home / "wsl.conf", SECRET)
    write(folder / "a/wsl.conf", "[boot]\nsystemd=true\n")
    link(folder / "b/wsl.conf", "../a/wsl.conf")
    found = [item for item in inputs([str(folder)], {}) if isinstance(item, Input)]
    assert len(found) == 2
    exchange(folder, home)
    assert "hunter2" not in "".join(
        scene.file.source.text for scene in scenes(found, BytesIO()) if isinstance(scene, Scene)
    )


# Not a regular file


def fifo(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # a name of a socket has 107 bytes
        server.bind(path.name)
        os.chdir(here)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


NAMES = [".wslconfig", "wsl.conf", "go.mod", "go.work", ".vscode/launch.json", ".vscode/tasks.json", ".env"]


@pytest.mark.parametrize("make", [fifo, listening, endless])
@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_a_file_is_skipped_and_reported_where_it_is_named(
    folder: Path, make: Callable[[Path], None], name: str
) -> None:
    path = folder / "a" / name
    path.parent.mkdir(parents=True)
    make(path)
    assert run("check").code == run("fix").code == 0
    code, out, err = run("check", str(path))
    assert (code, out) == (2, "")
    assert err.startswith(f"wslgo: {path} cannot be read: ")


@pytest.mark.parametrize("make", [fifo, listening, endless])
@pytest.mark.parametrize("name", ["go.mod", "go.work", "main.go", "compose.yaml", "Dockerfile", ".env", "wslgo.yaml"])
def test_what_is_not_a_file_does_not_stop_launch(folder: Path, make: Callable[[Path], None], name: str) -> None:
    write(folder / "go.mod", MODULE)
    write(folder / "cmd/api/main.go", MAIN)
    write(folder / ".vscode/launch.json", '{"configurations": [{"type": "go", "envFile": "${workspaceFolder}/.env"}]}')
    (folder / name).unlink(missing_ok=True)
    make(folder / name)
    assert run("launch", "--format", "json", "--host", HOST).code == 0
    assert run("check").code == 0


@pytest.mark.parametrize("name", ["launch.json", "tasks.json"])
@pytest.mark.parametrize("arguments", [("--write",), ("--write", "--yes"), ("--diff",)])
def test_launch_does_not_wait_for_a_pipe(folder: Path, name: str, arguments: tuple[str, ...]) -> None:
    write(folder / "go.mod", MODULE)
    write(folder / "main.go", MAIN)
    (folder / ".vscode").mkdir()
    os.mkfifo(folder / ".vscode" / name)
    code, out, err = run("launch", *arguments, "--host", HOST)
    assert (code, out, err) == (2, "", f"wslgo: .vscode/{name} cannot be read: Not a regular file\n")


def test_a_pipe_for_settings_is_told() -> None:
    os.mkfifo("team.yaml")
    code, _, err = run("check", "--config", "team.yaml")
    assert (code, err) == (2, "wslgo: team.yaml cannot be read: Not a regular file\n")


# Fixing


@pytest.mark.parametrize("more", [(), ("--unsafe",), ("--yes",), ("--machine", "--yes")])
def test_a_file_that_was_found_outside_is_never_written(folder: Path, home: Path, more: tuple[str, ...]) -> None:
    link(folder / "a/wsl.conf", write(home / "some.ini", CRLF))
    link(folder / "b/.wslconfig", write(home / "app.cfg", BAD))
    err = run("fix", *more, ".").err
    assert err.count("to outside the folder") == 2
    assert (home / "some.ini").read_bytes() == CRLF
    assert (home / "app.cfg").read_text() == BAD


def test_a_link_that_is_named_is_not_enough_to_leave_the_folder(folder: Path, home: Path) -> None:
    path = link(folder / ".wslconfig", write(home / "windows", BAD)).resolve()
    code, _, err = run("fix", ".wslconfig")
    assert (code, path.read_text()) == (2, BAD)
    assert err.startswith("wslgo: .wslconfig is a link to outside the current folder: add --machine")


def test_neither_is_a_folder(folder: Path, home: Path) -> None:
    path = write(home / ".wslconfig", BAD)
    link(folder / "here", home)
    for name in ("here", "here/.wslconfig", "here/../here/.wslconfig"):
        assert run("fix", name).code == 2
    assert path.read_text() == BAD


@pytest.mark.parametrize("more", [(), ("--machine",)])
def test_neither_is_a_link_into_git(folder: Path, more: tuple[str, ...]) -> None:
    path = write(folder / ".git/config", BAD)
    link(folder / ".wslconfig", path)
    assert run("fix", *more, ".wslconfig").code == 2
    assert run("fix", *more, ".").err.count("to outside the folder") == 1
    assert path.read_text() == BAD


def test_with_machine_it_is_shown_and_asked_about(folder: Path, home: Path) -> None:
    path = link(folder / ".wslconfig", write(home / "windows", BAD)).resolve()
    code, out, err = run("fix", "--machine", ".wslconfig")
    assert (code, path.read_text()) == (2, BAD)
    assert "+guiApplications=false" in out
    assert "--yes" in err


def test_a_dotfile_is_written_through_its_link(folder: Path, home: Path) -> None:
    path = write(home / "windows", BAD)
    link(folder / ".wslconfig", path)
    run("fix", "--machine", "--yes", ".wslconfig")
    assert ((folder / ".wslconfig").is_symlink(), path.read_text()) == (True, FIXED)
    assert run("undo", "--yes").code == 0
    assert path.read_text() == BAD


def test_a_dotfile_inside_is_written_through_its_link(folder: Path) -> None:
    path = write(folder / "dotfiles/windows", BAD)
    link(folder / "home/.wslconfig", path)
    assert run("fix").code == 0
    assert ((folder / "home/.wslconfig").is_symlink(), path.read_text()) == (True, FIXED)


# In CI


@pytest.mark.parametrize("command", ["check", "fix", "parse"])
@pytest.mark.parametrize("leave", LEAVING)
def test_in_ci_a_name_that_leads_out_of_the_repository_is_not_used(
    folder: Path, home: Path, leave: Callable[[Path, Path], str], command: str
) -> None:
    path = write(home / "credentials", SECRET)
    name = leave(folder, path)
    code, out, err = run(command, name, CI="true")
    assert code == 2
    assert f"{name} is a link to outside the repository and is not read in CI" in out + err
    assert "hunter2" not in out + err
    assert path.read_text() == SECRET


@pytest.mark.parametrize("name", ["here", "here/wsl.conf", "./here/../here", "a/wsl.conf"])
@pytest.mark.parametrize("command", [("check",), ("fix", "--diff"), ("fix", "--machine", "--yes")])
def test_in_ci_folders_do_not_lead_out_either(folder: Path, home: Path, name: str, command: tuple[str, ...]) -> None:
    write(home / "wsl.conf", CRLF)
    link(folder / "here", home)
    link(folder / "a/wsl.conf", home / "wsl.conf")
    code, out, err = run(*command, name, CI="true")
    assert code == 2
    assert "hunter2" not in out + err
    assert (home / "wsl.conf").read_bytes() == CRLF


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--config"),
        ("fix", "--config"),
        ("check", "--host"),
        ("fix", "--host"),
        ("doctor", "--host"),
        ("env", "--host"),
        ("launch", "--host"),
        ("provision", "--plan", "--root", ".", "--host"),
    ],
)
@pytest.mark.parametrize("text", ["hunter2: hunter2\n", '{"version": 1, "home": ["hunter2"]}'])
def test_in_ci_options_do_not_lead_out_either(folder: Path, home: Path, words: tuple[str, ...], text: str) -> None:
    link(folder / "named", write(home / "secret", text))
    code, out, err = run(*words, "named", CI="true")
    assert code == 2
    assert "named is a link to outside the repository and is not read in CI" in err
    assert "hunter2" not in out + err


def test_in_ci_a_name_counts_that_stays_inside(folder: Path) -> None:
    write(folder / "shared/windows", BAD)
    link(folder / "a", "shared")
    link(folder / ".wslconfig", "a/windows")
    assert run("check", ".wslconfig", CI="true").code == 1
    assert run("check", str(folder / ".wslconfig"), CI="true").code == 1


def test_in_ci_a_file_outside_counts_that_is_named_as_such(home: Path) -> None:
    path = write(home / ".wslconfig", BAD)
    assert run("check", str(path), CI="true").code == 1


# wslgo.yaml


@pytest.mark.parametrize("target", ["file", "/proc/self/environ"])
def test_settings_are_not_read_through_a_link_out(folder: Path, home: Path, target: str) -> None:
    path = write(home / ".npmrc", "//registry/:_authToken=hunter2\n")
    link(folder / "wslgo.yaml", path if target == "file" else target)
    write(folder / "a/.wslconfig", BAD)
    code, out, err = run("check", NAME="hunter2")
    assert (code, "hunter2" in out + err) == (1, False)
    assert err.count("wslgo.yaml is a link to outside the repository and is not read") == 1


def test_settings_are_not_read_behind_a_folder_that_leads_out(folder: Path, home: Path) -> None:
    write(home / "wslgo.yaml", "hunter2: x\n")
    write(home / ".wslconfig", BAD)
    link(folder / "here", home)
    code, out, err = run("check", "here/.wslconfig")
    assert (code, "hunter2" in out + err) == (1, False)


def test_settings_behind_a_link_of_the_repository_count(folder: Path) -> None:
    write(folder / "shared/team.yaml", "check: {ignore: [invalid-boolean]}\n")
    link(folder / "a/wslgo.yaml", "../shared/team.yaml")
    write(folder / "a/.wslconfig", BAD)
    assert run("check").code == run("check", "a/.wslconfig").code == 0


def test_settings_that_are_named_count_wherever_they_are(folder: Path, home: Path) -> None:
    link(folder / "team.yaml", write(home / "team.yaml", "check: {ignore: [invalid-boolean]}\n"))
    write(folder / ".wslconfig", BAD)
    assert run("check", "--config", "team.yaml").code == 0
