"""Projects on the disk: links, the search for the root, and how much is read."""

from pathlib import Path

import pytest

from goworkspace import GPU, MAIN, MODULE, package_of, program, uses_cuda, write
from wslgo.golang.disk import Disk, project_of
from wslgo.golang.listing import Entries
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda, gui, ports, stdin

# The disk


def test_a_workspace_on_the_disk_reads_like_one_in_memory(tmp_path: Path) -> None:
    texts = {"go.mod": MODULE, "main.go": program("a.test/x/gpu"), "gpu/a.go": GPU, "gpu/add.cu": "x"}
    project = Project(Disk(str(write(tmp_path, texts))))
    assert uses_cuda(project)
    assert package_of(project, "gpu").cuda_files == ("gpu/add.cu",)


def test_unreadable_folders_and_files_are_empty(tmp_path: Path) -> None:
    disk = Disk(str(tmp_path))
    assert disk.entries("missing") == Entries()
    assert disk.entries("bad\x00name") == Entries()
    assert disk.text("missing", 10) == ""
    (tmp_path / "loop").symlink_to(tmp_path)
    assert disk.entries("").folders == ()


def test_a_folder_inside_a_module_sees_the_whole_module(tmp_path: Path) -> None:
    texts = {"go.mod": MODULE, "cmd/app/main.go": program("a.test/x/gpu"), "gpu/a.go": GPU, ".git/HEAD": ""}
    project = project_of(str(write(tmp_path, texts) / "cmd/app/.vscode/launch.json"))
    assert project.home == "cmd/app"
    assert project.resolved_path("${workspaceFolder}") == "cmd/app"
    assert uses_cuda(project, "cmd/app")
    assert project.shown_path("gpu/a.go") == str(tmp_path / "gpu/a.go")


def test_paths_are_shown_relative_like_the_path_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"sub/go.mod": MODULE, "sub/in/a.go": MAIN, ".git/HEAD": ""})
    monkeypatch.chdir(tmp_path)
    assert project_of("sub/.vscode/launch.json").shown_path("a.go") == "sub/a.go"
    assert project_of("sub/in/.vscode/launch.json").shown_path("a.go") == "sub/a.go"
    monkeypatch.chdir(tmp_path / "sub")
    assert project_of(".vscode/launch.json").shown_path("a.go") == "a.go"
    monkeypatch.chdir(tmp_path / "sub/in")
    assert project_of(".vscode/launch.json").shown_path("a.go") == "../a.go"
    assert project_of(".vscode/launch.json").text_of_shown_path("../in/a.go") == MAIN


def test_links_out_of_the_repository_count_as_missing(tmp_path: Path) -> None:
    root = write(tmp_path / "root", {"go.mod": MODULE, "main.go": MAIN})
    write(tmp_path / "out", {"go.mod": MODULE, "secret.go": MAIN, "go.work": "go 1.24\n"})
    (root / "folder").symlink_to("../out")
    (root / "secret.go").symlink_to("../out/secret.go")
    (root / "environ.go").symlink_to("/proc/self/environ")
    left_out: list[str] = []
    disk = Disk(str(root), leave_out=left_out.append)
    assert disk.entries("") == Entries((), ("go.mod", "main.go"))
    assert disk.entries("folder") == Entries()
    assert [disk.text(path, 10) for path in ("secret.go", "folder/secret.go", "../out/secret.go")] == ["", "", ""]
    assert {str(root / name) for name in ("environ.go", "folder/secret.go", "secret.go")} <= set(left_out)


def test_links_inside_the_repository_are_followed(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "", "shared/a.go": MAIN, "svc/go.mod": MODULE})
    (tmp_path / "svc/a.go").symlink_to("../shared/a.go")
    project = project_of(str(tmp_path / "svc/.vscode/launch.json"))
    assert project.has_go("")
    assert project.text("a.go") == MAIN


def test_the_open_folder_can_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"real/go.mod": MODULE, "real/a.go": MAIN, "repository/.git/HEAD": ""})
    (tmp_path / "repository/here").symlink_to("../real")
    assert project_of(str(tmp_path / "repository/here/.vscode/launch.json")).has_go("")


@pytest.mark.parametrize("name", ["go.mod", "go.work"])
def test_the_search_upwards_skips_links_out_of_the_repository(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"out/file": MODULE, "root/go.mod": MODULE, "root/a/b/main.go": MAIN, "root/.git/HEAD": ""})
    (tmp_path / "root/a" / name).symlink_to("../../out/file")
    assert project_of(str(tmp_path / "root/a/b/.vscode/launch.json")).home == "a/b"


def test_the_search_upwards_stays_in_the_given_folders(tmp_path: Path) -> None:
    write(tmp_path, {"go.mod": MODULE, "a/b/main.go": MAIN, ".git/HEAD": ""})
    path = str(tmp_path / "a/b/.vscode/launch.json")
    assert project_of(path).home == "a/b"
    assert project_of(path, (str(tmp_path),)).home == "a/b"
    assert project_of(path, (str(tmp_path / "a"),)).home == ""
    assert project_of(path, ()).has_go("") is False


class Counted(Disk):
    """A disk that records how much of each file was read."""

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self.asked: dict[str, list[int]] = {}

    def text(self, path: str, size: int) -> str:
        self.asked.setdefault(path, []).append(size)
        return super().text(path, size)


@pytest.mark.slow
def test_the_heads_of_a_thousand_packages_are_read_once(tmp_path: Path) -> None:
    body = "func f() {\n" + "\tprintln(1)\n" * 2000 + "}\n"
    texts = {
        f"p{count // 50}/q{count}/{name}.go": f'package main\n\nimport "a.test/x/p0/q{count // 2}"\n\n{body}'
        for count in range(1000)
        for name in "abc"
    }
    disk = Counted(str(write(tmp_path, {"go.mod": MODULE, **texts})))
    project = Project(disk)
    packages = list(project.packages())
    assert len(packages) == 1000
    for package in packages:
        assert cuda.evidence_in_program(project, package, package.files) is None
        assert gui.toolkit_of(project, package, package.files) is None
        assert ports.services_of(project, package, package.files) == ()
        assert stdin.input_of(project, package, package.files) is None
    heads = {path: sizes for path, sizes in disk.asked.items() if path.endswith(".go")}
    assert len(heads) == 3000
    assert all(len(sizes) == 1 and sizes[0] <= 4096 for sizes in heads.values())
