"""Delve, the programs it debugs, and their tools; `dev` fetches what is missing."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import generation
from debugsession import Debug, Session
from frontdoor import dev
from generation import Entries
from goextension import Editor, start
from gpumachine import Drivers
from running import Build, Run, Running
from taskrunner import Tasks, TasksOf
from wslgo.machine.host import Host

Json = Any

HERE = Path(__file__).parent
# Variables of a developer's shell that would change a build or a program here.
_FOREIGN = re.compile(r"CUDA_|CGO_|LD_LIBRARY_PATH|GOFLAGS|GOWORK|GODEBUG|GOEXPERIMENT|GORACE")
# The compiler flags of the fake driver, by its folder.
_DRIVERS = {"sound": (), "fault": ("-DFAULT",), "crash": ("-DCRASH",)}


# Tools


@pytest.fixture(scope="session")
def dlv() -> Path:
    dev.debian_packages()
    return Path(dev.delve())


@pytest.fixture(scope="session")
def toolkit() -> Path:
    """Return the folder of the CUDA toolkit: `bin/nvcc` and so on."""
    dev.debian_packages()
    return Path(dev.cuda())


@pytest.fixture(scope="session")
def machine(dlv: Path, toolkit: Path) -> Host:
    return generation.machine(dlv, toolkit)


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Return the environment of the extension host, with a permanent build cache: Delve's flags rebuild all of Go."""
    kept = {name: value for name, value in os.environ.items() if not _FOREIGN.match(name)}
    return kept | {"GOCACHE": str(dev.CACHE / "go-build"), "GOPROXY": "off", "GOFLAGS": "-buildvcs=false"}


@pytest.fixture(scope="session")
def drivers(tmp_path_factory: pytest.TempPathFactory) -> Drivers:
    """Folders with a `libcuda.so.1` each: one whose kernels end well, one with a device fault, one that crashes."""
    dev.debian_packages()
    folder = tmp_path_factory.mktemp("drivers")
    return {name: _driver(folder / name, flags) for name, flags in _DRIVERS.items()}


def _driver(folder: Path, flags: tuple[str, ...]) -> Path:
    folder.mkdir()
    library = folder / "libcuda.so.1"
    source = ("-I", HERE / "programs" / "gpu", HERE / "driver" / "cuda.c")
    words = ["gcc", "-g", "-O0", "-shared", "-fPIC", *flags, *source, "-Wl,-soname,libcuda.so.1", "-o", library]
    subprocess.run(words, check=True)
    (folder / "libcuda.so").symlink_to(library.name)
    return folder


# Workspaces: copies in which Delve can leave its binaries


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(HERE / "programs", tmp_path_factory.mktemp("dap") / "programs"))


@pytest.fixture(scope="session")
def plain(programs: Path) -> Path:
    """Programs and tests in Go alone."""
    return programs / "plain"


@pytest.fixture(scope="session")
def work(programs: Path) -> Path:
    """Two modules under a go.work."""
    return programs / "work"


@pytest.fixture(scope="session")
def service(programs: Path) -> Path:
    """Return the program that listens, with files for a container and a pod in a mesh."""
    return programs / "service"


@pytest.fixture(scope="session")
def gpu(programs: Path) -> Path:
    """CUDA programs: `train` calls the driver, `kernel` links what nvcc compiles."""
    return programs / "gpu"


@pytest.fixture(scope="session")
def entries(machine: Host) -> Entries:
    """Return the launch configurations that `wslgo launch` writes for a workspace, by their keys."""
    return cache(lambda workspace: generation.configurations(generation.generated(workspace, machine)))


# Actions of a user


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Iterator[Run]:
    """Return a function that starts a program in the background: `run(words)`."""
    with ExitStack() as running:

        def begin(words: list[str | Path], cwd: Path = tmp_path, variables: Mapping[str, str] = environment) -> Running:
            return running.enter_context(Running(words, cwd, variables))

        yield begin


@pytest.fixture
def tasks(machine: Host, environment: dict[str, str], run: Run) -> TasksOf:
    """Return the tasks that `wslgo launch` writes for a workspace, ready to run."""

    def of_workspace(workspace: Path) -> Tasks:
        made = generation.generated(workspace, machine)
        return Tasks(generation.tasks(made), Editor(workspace, environment, {}), run)

    return of_workspace


@pytest.fixture
def debug(dlv: Path, environment: dict[str, str], tasks: TasksOf) -> Iterator[Debug]:
    """Return a function that runs the task of a configuration and starts it: `debug(configuration, workspace)`."""
    with ExitStack() as sessions:

        def begin(
            configuration: Mapping[str, Json], workspace: Path, answers: Mapping[str, str] | None = None
        ) -> Session:
            if task := configuration.get("preLaunchTask"):
                tasks(workspace).run(task)
            started = start(configuration, Editor(workspace, environment, answers or {}))
            return sessions.enter_context(Session(dlv, started))

        yield begin


@pytest.fixture
def build(environment: dict[str, str]) -> Build:
    """Return a function that builds a program for debugging: `build(package folder, target, flags…, VARIABLE=…)`."""

    def go_build(package: Path, target: Path, *flags: str, **variables: str) -> Path:
        words = ["go", "build", "-gcflags=all=-N -l", *flags, "-o", target, "."]
        subprocess.run(words, cwd=package, env=environment | variables, check=True)
        return target

    return go_build
