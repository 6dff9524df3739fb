"""Launch configurations do not follow a link that leads out of the folder."""

from pathlib import Path

import pytest

from commandline import write, wslgo
from links import HOST, MAIN, MODULE, link, run

OUT = "is a link to outside the repository: nothing was read or written"


@pytest.fixture
def shop(folder: Path) -> Path:
    write(folder / "go.mod", MODULE)
    write(folder / "cmd/api/main.go", MAIN)
    return folder


@pytest.mark.parametrize("name", ["launch.json", "tasks.json"])
def test_launch_does_not_write_through_a_link_out(shop: Path, home: Path, name: str) -> None:
    path = write(home / "some.json", "{}")
    link(shop / ".vscode" / name, path)
    code, out, err = run("launch", "--write", "--host", HOST)
    assert (code, out, path.read_text()) == (2, "", "{}")
    assert f".vscode/{name} {OUT}" in err


def test_launch_does_not_make_a_file_behind_a_folder_that_leads_out(shop: Path, home: Path) -> None:
    link(shop / ".vscode", home)
    assert run("launch", "--write", "--host", HOST).code == 2
    assert not list(home.iterdir())


def test_in_ci_launch_is_not_led_out_by_its_folder(folder: Path, home: Path) -> None:
    write(home / "go.mod", MODULE)
    write(home / "hunter2/main.go", MAIN)
    link(folder / "here", home)
    code, out, err = run("launch", "here", "--host", HOST, CI="true")
    assert (code, "hunter2" in out + err) == (2, False)
    assert "hunter2" in run("launch", "here", "--host", HOST).out


@pytest.mark.parametrize("more", [("--write", "--yes"), ("--diff", "--yes")])
def test_in_ci_launch_never_leaves_the_repository(shop: Path, home: Path, more: tuple[str, ...]) -> None:
    path = write(home / "some.json", '{"hunter2": 1}')
    link(shop / ".vscode/launch.json", path)
    code, out, err = run("launch", *more, "--host", HOST, CI="true")
    assert (code, path.read_text()) == (2, '{"hunter2": 1}')
    assert "hunter2" not in out + err


@pytest.mark.parametrize("answer", [b"y\n", b"n\n"])
def test_a_person_is_shown_what_launch_writes_outside(shop: Path, home: Path, answer: bytes) -> None:
    path = write(home / "launch.json", "{}")
    link(shop / ".vscode/launch.json", path)
    environment = {"XDG_STATE_HOME": str(shop / "state")}
    words = ("launch", "--write", "--profile", "debug", "--host", HOST)
    _, out, _ = wslgo(*words, stdin=answer, environment=environment, is_interactive=True)
    assert "Debug cmd/api" in out
    assert ("Debug cmd/api" in path.read_text()) == (answer == b"y\n")


def test_launch_writes_through_a_link_that_stays_in_the_repository(shop: Path) -> None:
    path = write(shop / "shared/launch.json", "{}")
    link(shop / "svc/.vscode/launch.json", "../../shared/launch.json")
    write(shop / "svc/main.go", MAIN)
    assert run("launch", "svc", "--write", "--profile", "debug", "--host", HOST).code == 0
    assert "Debug" in path.read_text()


def test_launch_reads_no_source_behind_a_link_out(shop: Path, home: Path) -> None:
    write(home / "hunter2/main.go", MAIN)
    link(shop / "cmd/stolen/main.go", home / "hunter2/main.go")
    link(shop / "cmd/folder", home / "hunter2")
    write(shop / "go.work", "go 1.24\n\nuse (\n\t.\n\t./cmd/folder\n)\n")
    code, out, err = run("launch", "--host", HOST)
    assert (code, "Debug cmd/api" in out) == (0, True)
    assert "stolen" not in out
    assert "cmd/folder" not in out
    assert err.count("cmd/stolen/main.go is a link to outside the folder and is not read\n") == 1


def test_a_link_that_leads_to_itself_hides_nothing_beside_it(shop: Path) -> None:
    link(shop / "cmd/api/loop", "loop")
    link(shop / "again", "again")
    assert "Debug cmd/api" in run("launch", "--host", HOST).out


def test_launch_reads_source_behind_a_link_of_the_repository(shop: Path) -> None:
    write(shop / "shared/program.go", MAIN)
    link(shop / "cmd/linked/main.go", "../../shared/program.go")
    assert "Debug cmd/linked" in run("launch", "--host", HOST).out
