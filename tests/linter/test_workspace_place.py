"""Where a workspace is: one finding per workspace, in files and about the machine, and silence elsewhere."""

import json
from pathlib import Path

import pytest

import machines
from commandline import write, wslgo
from wslgo.golang.workspace import Workspace
from wslgo.linter.check import check
from wslgo.linter.machine_check import machine_findings
from wslgo.linter.scene import MachineScene
from wslgo.linter.settings import Settings
from wslgo.machine.drives import distribution_of
from wslgo.machine.host import Host, Mount
from wslgo.provision.survey.checkouts import compares_modes
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

NAT = machines.HOSTS / "ubuntu-24.04-nat.json"
RULE = "workspace-on-windows-drive"


def files(*places: str) -> tuple[File, ...]:
    found = []
    for place in places:
        family = family_of(place)
        assert family is not None
        text = "go 1.24\n" if place.endswith("go.work") else "module example.com/m\n"
        found.append(read(place, family, Source(text), place))
    return tuple(found)


def places_with_finding(host: Host, *places: str) -> list[str]:
    every = files(*places)
    return [
        file.place
        for file in every
        for reported in check(file, Settings(), tuple(other for other in every if other is not file), host)
        if reported.rule.endswith(RULE)
    ]


@pytest.mark.parametrize(
    "places",
    [
        ("/mnt/c/app/go.mod", "/mnt/c/app/a/go.mod", "/mnt/c/app/b/go.mod"),
        ("/mnt/c/app/go.work", "/mnt/c/app/a/go.mod", "/mnt/c/app/b/go.mod"),
        ("/mnt/c/app/go.mod", "/mnt/c/app/go.work"),
        ("/mnt/c/app/a/go.mod", "/mnt/c/app/b/go.mod"),
    ],
)
def test_a_workspace_has_one_finding(places: tuple[str, ...]) -> None:
    assert places_with_finding(machines.host("ubuntu-24.04-nat"), *places) == [places[0]]


@pytest.mark.parametrize("name", ["ubuntu-24.04-nat", "china-company", "nvidia-gpu"])
def test_a_workspace_of_linux_has_none(name: str) -> None:
    assert places_with_finding(machines.host(name), "/home/user/app/go.mod", "/srv/mnt/c/go.mod") == []


def test_a_drive_is_known_by_its_mount_and_not_by_its_name() -> None:
    host = machines.host("ubuntu-24.04-nat")
    disk = host._replace(mounts=(Mount("/", "ext4"), Mount("/mnt/c", "ext4", "/dev/sde1")))
    drive = host._replace(mounts=(Mount("/", "ext4"), Mount("/work", "virtiofs", "tag", "D:\\")))
    assert places_with_finding(disk, "/mnt/c/app/go.mod") == []
    assert places_with_finding(drive, "/work/app/go.mod") == ["/work/app/go.mod"]
    assert places_with_finding(Host(), "/mnt/c/app/go.mod") == [], "the mounts are unknown"
    assert places_with_finding(machines.host("wsl-1"), "/mnt/c/app/go.mod") == []


def test_the_finding_about_the_machine_yields_to_the_one_in_the_file() -> None:
    host = machines.host("ubuntu-24.04-nat")
    scene = MachineScene(workspace=Workspace(folder="/mnt/c/app"))
    every = files("/mnt/c/app/go.mod")
    in_file = list(check(every[0], Settings(), (), host))
    assert f"machine/{RULE}" in {reported.rule for reported in machine_findings(host, scene=scene)}
    assert f"machine/{RULE}" not in {
        reported.rule for reported in machine_findings(host, scene=scene, in_files=in_file)
    }


@pytest.mark.parametrize(
    ("windows", "name"),
    [
        (r"\\wsl$\Debian", "Debian"),
        (r"\\wsl.localhost\Ubuntu-24.04\home", "Ubuntu-24.04"),
        (r"\\WSL$\a b", "a b"),
        (r"\\server\share", ""),
        ("C:\\", ""),
    ],
)
def test_a_distribution_is_known_by_its_windows_path(windows: str, name: str) -> None:
    assert distribution_of(windows) == name


def test_the_command_line_asks_for_the_mounts_of_a_module_on_another_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path
    monkeypatch.chdir(folder)
    recorded = json.loads(NAT.read_text(encoding="utf-8"))
    recorded["mounts"].append({"target": str(folder), "kind": "9p", "source": "D:\\", "windows": "D:\\"})
    write(folder / "host.json", json.dumps(recorded))
    write(folder / "go.mod", "module example.com/m\n\ngo 1.24\n")
    done = wslgo("check", "--host", "host.json", "--format", "json", "go.mod")
    assert [finding["rule"] for finding in json.loads(done.out)["findings"]] == [f"gomod/{RULE}"]
    assert done.code == 0
    ignored = "module example.com/m // wslgo:ignore gomod/workspace-on-windows-drive\n\ngo 1.24\n"
    write(folder / "go.mod", ignored)
    assert json.loads(wslgo("check", "--host", "host.json", "--format", "json", "go.mod").out)["findings"] == []


@pytest.mark.parametrize(
    ("config", "compares"),
    [
        ("[core]\n\tfilemode = true\n", True),
        ("[core]\n\tfileMode = false\n", False),
        ("[core]\n\tbare = false\n", None),
        ("[core]\n\tfilemode\n", True),
        ("", None),
    ],
)
def test_the_repository_says_whether_git_compares_modes(tmp_path: Path, config: str, compares: bool | None) -> None:
    write(tmp_path / ".git" / "config", config)
    write(tmp_path / ".git" / "HEAD", "ref: refs/heads/main\n")
    (tmp_path / "below").mkdir()
    assert compares_modes(tmp_path / "below") is compares
