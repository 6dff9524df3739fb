"""No program that a workspace chose: the door, its table, and whole runs of wslgo beside programs of a workspace."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import process
from recordingprogram import recording
from wire import Wire
from wslgo.golang.disk import project_of
from wslgo.golang.go_command import correct_with_go
from wslgo.system import programs
from wslgo.system.process import is_kept_from_others, run
from wslgo.system.programs import PROGRAMS, SYSTEM_PATH, search_path

pytestmark = pytest.mark.slow

GO = shutil.which("go") or "/usr/local/go/bin/go"
SECRET = "hunter2-of-ci"
# Every program that wslgo starts or that those could start, and some more.
NAMES = (
    *(
        "go",
        "gofmt",
        "gopls",
        "dlv",
        "staticcheck",
        "gcc",
        "g++",
        "cc",
        "c++",
        "clang",
        "clang++",
        "gfortran",
        "ar",
        "ld",
    ),
    *("pkg-config", "git", "hg", "svn", "sh", "bash", "env", "python3", "python", "sudo", "code", "cmd.exe", "wsl.exe"),
    *(
        "powershell.exe",
        "wslinfo",
        "wslpath",
        "nvidia-smi",
        "nvcc",
        "apt-get",
        "apt-cache",
        "dpkg",
        "chroot",
        "unshare",
    ),
    *("setpriv", "ldconfig", "sysctl", "update-ca-certificates", "gopackagesdriver", "uname", "which", "ls", "cat"),
)


class Hostile:
    """A workspace with programs of its own first in PATH, and variables that lead into it."""

    def __init__(self, folder: Path) -> None:
        self.marks = folder / "marks"
        self.marks.mkdir()
        self.folder = folder / "workspace"
        self.inner = self.folder / "cmd" / "app"
        self.home = folder / "home"
        for path in (self.inner, self.home, self.folder / "bin", self.folder / ".git", self.folder / "root/bin"):
            path.mkdir(parents=True)
        for place in (self.folder / "bin", self.folder / "root/bin", self.folder):
            for name in NAMES:
                self._plant(place / name)
        tools = self.folder / "root/pkg/tool/linux_amd64"
        tools.mkdir(parents=True)
        (self.folder / "root/src").mkdir()
        for name in ("compile", "asm", "link", "cgo", "buildid"):
            self._plant(tools / name)
        (self.folder / "go.mod").write_text("module example.com/app\n\ngo 1.21\n")
        (self.inner / "main.go").write_text('package main\n\nimport "C"\n\nfunc main() {}\n')
        (self.folder / ".vscode").mkdir()
        (self.folder / ".vscode/launch.json").write_text(
            '{"version": "0.2.0", "configurations": [{"name": "a", "type": "go", "request": "launch",'
            ' "program": "${workspaceFolder}/cmd/app"}]}'
        )
        (self.folder / "goenv").write_text(f"CC={self.folder}/bin/gcc\nGOFLAGS=-toolexec={self.folder}/bin/env\n")

    def _plant(self, path: Path) -> None:
        path.write_text(f'#!/bin/sh\necho "$0 $*" >>"{self.marks}/{path.name}"\nexit 0\n')
        path.chmod(0o755)

    @property
    def search(self) -> str:
        system = ":".join(entry for entry in os.environ["PATH"].split(":") if entry.startswith("/"))
        return f"{self.folder}/bin:bin:.::{self.folder}:{Path(GO).parent}:{system}"

    @property
    def environment(self) -> dict[str, str]:
        inside = f"{self.folder}/bin"
        return {
            "PATH": self.search,
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_STATE_HOME": str(self.home / ".state"),
            "CI_DEPLOY_TOKEN": SECRET,
            "GOBIN": inside,
            "GOPATH": str(self.folder),
            "CC": f"{inside}/gcc",
            "CXX": f"{inside}/g++",
            "PKG_CONFIG": f"{inside}/pkg-config",
            "GOFLAGS": f"-toolexec={inside}/env",
            "GOPACKAGESDRIVER": f"{inside}/gopackagesdriver",
            "GOCACHEPROG": f"{inside}/sh",
            "GOAUTH": f"{inside}/sh",
            "GIT_EXEC_PATH": inside,
            "PYTHONDONTWRITEBYTECODE": "1",
            "CI": "",
        }

    def ran(self) -> dict[str, str]:
        """Return the programs of the workspace that ran, with their words."""
        return {path.name: path.read_text() for path in sorted(self.marks.iterdir())}


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    return Hostile(tmp_path)


COMMANDS = (
    ("doctor",),
    ("doctor", "--record", "-"),
    ("check", "."),
    ("check", "--machine", "."),
    ("fix", "--machine", "--diff", "."),
    ("launch",),
    ("launch", "--diff"),
    ("launch", "--write", "--yes"),
    ("provision", "--plan", "--only", "tools"),
    ("provision", "--plan", "--only", "launch,packages,wsl-conf,path,caches,gpu,wslg"),
    ("rules",),
    ("undo", "--list"),
    ("env",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("place", ["folder", "inner"])
def test_no_command_runs_a_program_of_the_workspace(hostile: Hostile, command: tuple[str, ...], place: str) -> None:
    done = process(*command, cwd=getattr(hostile, place), **hostile.environment)
    assert b"internal error" not in done.stderr
    assert hostile.ran() == {}


@pytest.mark.parametrize("variable", ["GOROOT", "GOENV"])
def test_a_go_with_variables_into_the_workspace_runs_nothing_of_it(hostile: Hostile, variable: str) -> None:
    value = {"GOROOT": f"{hostile.folder}/root", "GOENV": f"{hostile.folder}/goenv"}[variable]
    for command in (("doctor",), ("launch",)):
        process(*command, cwd=hostile.folder, **{**hostile.environment, variable: value})
    assert hostile.ran() == {}


@pytest.mark.parametrize("command", [("check", "--machine"), ("fix", "--machine", "--diff"), ("launch",)], ids=" ".join)
def test_a_folder_on_the_command_line_is_a_workspace_too(hostile: Hostile, command: tuple[str, ...]) -> None:
    for named in (hostile.folder, hostile.inner):
        process(*command, str(named), cwd=hostile.home, **hostile.environment)
    assert hostile.ran() == {}


def test_a_home_in_the_workspace_does_not_make_its_programs_those_of_a_user(hostile: Hostile) -> None:
    inside = {"HOME": f"{hostile.folder}/home"}
    for command in (("doctor",), ("launch",), ("check", "--machine", ".")):
        process(*command, cwd=hostile.folder, **hostile.environment | inside)
    assert hostile.ran() == {}


def test_the_go_of_a_version_manager_takes_no_program_of_the_workspace(hostile: Hostile) -> None:
    """asdf and mise run `bin/go` of the folder after `path:` in the nearest .tool-versions."""
    shims = hostile.home / ".asdf/shims"
    shims.mkdir(parents=True)
    (shims / "go").write_text(f"""#!/bin/sh
exec "$(sed s/golang.path:// .tool-versions 2>/dev/null || echo '{Path(GO).parent}')/go" "$@"
""")
    (shims / "go").chmod(0o755)
    (hostile.folder / ".tool-versions").write_text(f"golang path:{hostile.folder}/bin\n")
    made = process("launch", cwd=hostile.folder, **hostile.environment | {"PATH": f"{shims}:{hostile.search}"})
    assert b"cmd/app" in made.stdout
    assert hostile.ran() == {}


def test_helpers_of_the_current_folder_do_not_reach_the_go_of_another_folder(hostile: Hostile, tmp_path: Path) -> None:
    project = project_of(str(hostile.folder / ".vscode/launch.json"))
    other = recording(tmp_path / "other/bin").parents[1]
    environment = {"HOME": str(hostile.home), "PATH": f"{other}/bin:{SYSTEM_PATH}"}
    answers = json.dumps({"GOOS": "linux", "GOARCH": "amd64", "GOROOT": str(tmp_path / "root")})
    go = recording(tmp_path / "root/bin", says=answers)
    assert correct_with_go(project, str(hostile.folder), str(go), environment, opened=(str(other),)) == ("",)
    seen = (go.parent / "environment").read_text().splitlines()
    assert {line for line in seen if line.startswith("PATH=")} == {f"PATH={SYSTEM_PATH}"}


def test_a_folder_without_a_repository_is_one_too(hostile: Hostile) -> None:
    shutil.rmtree(hostile.folder / ".git")
    shutil.rmtree(hostile.folder / ".vscode")
    (hostile.folder / "go.mod").unlink()
    for command in (("doctor",), ("env",), ("check", "--machine", ".")):
        process(*command, cwd=hostile.folder, **hostile.environment)
    assert hostile.ran() == {}


@pytest.mark.parametrize("is_trusted", [False, True])
@pytest.mark.parametrize("place", ["folder", "inner"])
def test_no_server_runs_one(hostile: Hostile, place: str, is_trusted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server opens it and answers about its health, its configurations and everything else a user can ask."""
    for name, value in hostile.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(hostile.folder)
    root = getattr(hostile, place).as_uri()
    options = {"trusted": is_trusted, "can": ["ask", "debug", "explain", "pages"], "health": True}
    with Wire() as wire:
        wire.ask(
            "initialize", {"processId": None, "rootUri": root, "capabilities": {}, "initializationOptions": options}
        )
        wire.tell("initialized", {})
        uri = (hostile.folder / ".vscode/launch.json").as_uri()
        text = (hostile.folder / ".vscode/launch.json").read_text()
        document = {"uri": uri, "languageId": "jsonc", "version": 1, "text": text}
        wire.tell("textDocument/didOpen", {"textDocument": document})
        for number, (name, argument) in enumerate(
            (
                ("wslgo.server.debugConfigurations", {"folder": hostile.folder.as_uri(), "extensions": []}),
                ("wslgo.server.debugConfigurations", {"folder": hostile.inner.as_uri(), "extensions": []}),
            ),
            2,
        ):
            wire.ask("workspace/executeCommand", {"command": name, "arguments": [argument]}, number)
        wire.ask("shutdown", None, 9)
    assert hostile.ran() == {}


@pytest.mark.parametrize("uri", [True, False])
def test_no_server_that_was_started_in_a_folder_runs_one(
    hostile: Hostile, uri: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor opens no folder, or another one, and starts the server in the user's current folder."""
    for name, value in hostile.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(hostile.folder)
    root = hostile.home.as_uri() if uri else None
    options = {"trusted": True, "can": ["ask", "debug"], "health": True}
    with Wire() as wire:
        asked = {"processId": None, "rootUri": root, "capabilities": {}, "initializationOptions": options}
        wire.ask("initialize", asked)
        wire.tell("initialized", {})
        argument = {"folder": hostile.home.as_uri(), "extensions": []}
        wire.ask(
            "workspace/executeCommand",
            {"command": "wslgo.server.debugConfigurations", "arguments": [argument]},
            2,
        )
        wire.ask("shutdown", None, 9)
    assert hostile.ran() == {}


def test_programs_outside_of_the_workspace_are_still_found(hostile: Hostile) -> None:
    done = process("doctor", cwd=hostile.folder, **hostile.environment)
    version = subprocess.run([GO, "env", "GOVERSION"], capture_output=True, text=True, check=True, cwd="/").stdout
    assert version.split()[0].removeprefix("go") in done.stdout.decode()


# What programs get


@pytest.mark.parametrize("command", [("doctor",), ("env",), ("launch",), ("check", "--machine", ".")], ids=" ".join)
def test_no_secret_and_no_folder_of_the_workspace_reaches_a_program(
    hostile: Hostile, tmp_path: Path, command: tuple[str, ...]
) -> None:
    system = tmp_path / "system"
    for name in ("go", "dlv", "gopls", "gcc"):
        recording(system, name)
    loads = {"LD_LIBRARY_PATH": f"{hostile.folder}/lib", "PYTHONSTARTUP": f"{hostile.folder}/x.py"}
    variables = {**hostile.environment, **loads, "PATH": f"{hostile.folder}/bin:.:{system}:{SYSTEM_PATH}"}
    process(*command, cwd=hostile.folder, **variables)
    seen = (system / "environment").read_text().splitlines()
    assert not [line for line in seen if SECRET in line]
    assert not [line for line in seen if line.startswith(("LD_", "PYTHON", "GOAUTH=/", "GOCACHEPROG=", "GIT_EXEC"))]
    assert {line for line in seen if line.startswith("PATH=")} == {f"PATH={system}:{SYSTEM_PATH}"}
    assert hostile.ran() == {}


@pytest.mark.parametrize("row", PROGRAMS, ids=lambda row: row.name)
def test_no_row_of_the_table_passes_a_secret_on(row: programs.Program) -> None:
    given = dict.fromkeys(("CI_DEPLOY_TOKEN", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "LD_PRELOAD", "PYTHONPATH"), "x")
    made = row.environment({**given, "PATH": "/w/bin:/usr/bin", "HOME": "/h"}, ("/w",))
    assert not given.keys() & made.keys()
    assert "/w/bin" not in made.get("PATH", "")


def test_no_variable_leads_a_build_or_a_version_manager_into_a_workspace() -> None:
    led = {
        "GOCACHE": "/w/cache",
        "GOMODCACHE": "/w/mod",
        "GOENV": "/w/env",
        "ASDF_DATA_DIR": "/w/asdf",
        "TMPDIR": "/w/t",
    }
    given = {**led, "GOPROXY": "https://goproxy.example.com/w", "GOPATH": "/h/go", "HOME": "/h", "PATH": "/w/bin:/bin"}
    made = programs.GO_INSTALL.environment(given, ("/w",))
    assert not led.keys() & made.keys()
    assert (made["GOPROXY"], made["GOPATH"], made["PATH"]) == (given["GOPROXY"], "/h/go", "/bin")
    reported = programs.GO_ENV.environment(given, ("/w",))
    assert {name: reported[name] for name in ("GOCACHE", "GOENV")} == {"GOCACHE": "/w/cache", "GOENV": "/w/env"}
    assert not {"ASDF_DATA_DIR", "TMPDIR"} & reported.keys()


def test_go_is_asked_for_what_needs_no_compiler(hostile: Hostile) -> None:
    words = (GO, "env", "-json", *programs.ASKED)
    ran = run(words, 30, "/", {"HOME": str(hostile.home), "PATH": f"{hostile.folder}/bin"})
    assert ran is not None
    answers = json.loads(ran.out)
    assert answers["GOPROXY"]
    assert answers["GOVERSION"].startswith("go1.")
    assert hostile.ran() == {}


def test_go_list_starts_nothing_that_a_file_or_a_flag_names(hostile: Hostile) -> None:
    project = project_of(str(hostile.folder / ".vscode/launch.json"))
    inside = {"GOENV": f"{hostile.folder}/goenv", "PATH": hostile.search}
    done = correct_with_go(project, str(hostile.folder), GO, {**hostile.environment, **inside})
    assert done == ("",)
    assert hostile.ran() == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/usr/bin:/bin", "/usr/bin:/bin"),
        ("/w/bin:bin:.::/usr/bin:/usr/bin", "/usr/bin"),
        ("/w", SYSTEM_PATH),
        ("/wider/bin:/other/../w/bin:/w", "/wider/bin"),
        ("", SYSTEM_PATH),
    ],
)
def test_the_path_that_programs_get(value: str, expected: str) -> None:
    assert search_path(value, ("/w",), os.path.normpath) == expected


# Whose programs root starts


@pytest.fixture
def place(tmp_path: Path) -> Path:
    recording(tmp_path / "place/bin", "tool")
    return tmp_path / "place"


ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@ROOT
@pytest.mark.parametrize("change", ["program", "folder", "above", "owner", "link"])
def test_root_starts_nothing_that_others_can_change(place: Path, change: str) -> None:
    program = place / "bin/tool"
    assert run((str(program),), 5) is not None
    if change == "program":
        program.chmod(0o777)
    elif change == "folder":
        (place / "bin").chmod(0o777)
    elif change == "above":
        place.chmod(0o777)
    elif change == "owner":
        os.chown(program, 1000, 1000)
    else:
        theirs = place / "theirs"
        theirs.mkdir()
        (theirs / "tool").symlink_to(program)
        os.chown(theirs, 1000, 1000)
        program = theirs / "tool"
    assert not is_kept_from_others(str(program))
    assert run((str(program),), 5) is None


@ROOT
def test_root_passes_on_no_folder_that_others_can_write(place: Path) -> None:
    theirs = place / "theirs"
    theirs.mkdir()
    theirs.chmod(0o777)
    run((str(place / "bin/tool"),), 5, "/", {"PATH": f"{theirs}:/tmp:/usr/bin:/bin"})
    assert "PATH=/usr/bin:/bin\n" in (place / "bin/environment").read_text()


def test_files_of_root_and_of_this_user_are_kept_from_others(place: Path) -> None:
    assert is_kept_from_others("/bin/sh")
    assert is_kept_from_others(str(place / "bin/tool"))
    (place / "link").symlink_to("bin/tool")
    assert is_kept_from_others(str(place / "link"))
    (place / "loop").symlink_to("loop")
    assert not is_kept_from_others(str(place / "loop"))
    assert not is_kept_from_others(str(place / "missing"))
