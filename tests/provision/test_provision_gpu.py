"""The GPU of Windows: its library is on the linker path, and no Linux driver hides it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from smallmachine import Machine
from wslgo.knowledge import nvidia
from wslgo.machine.host import Gpu, Host, Wsl
from wslgo.machine.host_json import to_json
from wslgo.provision.model.facts import Facts, File, User, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import RunFixed, Step, WriteFile
from wslgo.provision.plan.planner import module_of
from wslgo.provision.plan.steps import gpu
from wslgo.provision.survey.workspace import workspace_of
from wslgo.provision.target import tree

LDCONFIG = RunFixed(("ldconfig",))
UNSEEN = Gpu(has_device=True, has_library=True, loader_finds_library=False, driver="576.02", nvcc="")
CUDA = Workspace("/w", uses_cgo=True, uses_cuda=True)
MAIN = "/etc/ld.so.conf"
INCLUDE = "include /etc/ld.so.conf.d/*.conf\n"


def machine_with(
    texts: "dict[str, str] | None" = None, lends: Gpu = UNSEEN, is_tree: bool = False, **more: object
) -> Facts:
    """Return a distribution with a GPU; in a tree WSL has not mounted the libraries yet."""
    host = Host(wsl=Wsl(generation=2), gpu=lends)
    nothing = {path: None for path in gpu.reads(User("dev", "/home/dev"), host) if "*" not in path}
    files = {name: File(text.encode()) for name, text in {MAIN: INCLUDE, **(texts or {})}.items()}
    folders = {"/sbin": ("ldconfig",), gpu.FOLDER: None if is_tree else ("libcuda.so", "libcuda.so.1")}
    return Facts(host, files={**nothing, **files}, folders=folders, **more)  # type: ignore[arg-type]


def planned(facts: Facts) -> list[object]:
    return list(module_of("gpu").steps(facts, Spec()))


# The loader


@pytest.mark.parametrize("is_tree", [False, True])
def test_the_folder_is_added_and_ldconfig_runs(is_tree: bool) -> None:
    [step] = planned(machine_with(is_tree=is_tree))
    assert isinstance(step, Step)
    assert step.actions == (WriteFile(gpu.PATH, None, b"/usr/lib/wsl/lib\n", "root"), LDCONFIG)
    assert (step.needs_root, step.reversible) == (True, True)


def test_an_existing_file_gets_one_more_line() -> None:
    [step] = planned(machine_with({gpu.PATH: "# nothing"}))
    assert isinstance(step, Step)
    assert step.actions[0] == WriteFile(gpu.PATH, b"# nothing", b"# nothing\n/usr/lib/wsl/lib\n", "root")


def test_if_the_folder_is_listed_only_ldconfig_runs() -> None:
    named = {"/etc/ld.so.conf.d/mine.conf": "/opt/lib\n /usr/lib/wsl/lib \n"}
    [step] = planned(machine_with(named))
    assert isinstance(step, Step)
    assert step.actions == (LDCONFIG,)
    assert not planned(machine_with(named, is_tree=True)), "WSL has it look when it starts the tree"


def test_a_linker_that_reads_no_such_file_gets_an_include() -> None:
    [step] = planned(machine_with({MAIN: "/opt/lib"}))
    assert isinstance(step, Step)
    assert step.writes[0] == WriteFile(MAIN, b"/opt/lib", f"/opt/lib\n{INCLUDE}".encode(), "root")


@pytest.mark.parametrize(
    "lends",
    [
        Gpu(),
        Gpu(has_device=False, has_library=False, loader_finds_library=False),
        Gpu(has_device=True, has_library=False, loader_finds_library=False),
        UNSEEN._replace(loader_finds_library=True),
        UNSEEN._replace(loader_finds_library=None),
    ],
)
def test_silent_without_a_gpu_of_nvidia_and_where_it_is_found_or_unknown(lends: Gpu) -> None:
    assert not planned(machine_with(lends=lends))


@pytest.mark.parametrize(
    "texts",
    [
        {"/etc/ld.so.conf.d/ld.wsl.conf": "/usr/lib/wsl/lib2\n"},
        {"/etc/wsl.conf": "[automount]\nldconfig=false\n"},
        {"/etc/ld.so.cache": "x\0/usr/lib/wsl/lib/libcuda.so.1\0"},
    ],
)
def test_decisions_of_the_user_stay(texts: dict[str, str]) -> None:
    assert not planned(machine_with(texts))


def test_a_decision_against_it_gives_way_to_a_program_with_kernels() -> None:
    assert planned(machine_with({"/etc/wsl.conf": "[automount]\nldconfig=false\n"}, workspace=CUDA))


def test_silent_with_another_c_library() -> None:
    assert not planned(machine_with()._replace(folders={"/sbin": ("apk",)}))
    there = machine_with()
    assert not planned(there._replace(files={**there.files, MAIN: None}))


@pytest.mark.parametrize(
    ("preamble", "more", "takes_it"),
    [
        ("// #cgo LDFLAGS: -lcudart", "", True),
        ("// #include <cuda_runtime.h>", "", True),
        ("", "kernel.cu", True),
        ("// #cgo LDFLAGS: -L/usr/lib/wsl/lib -lcuda", "", False),
        ("// #cgo LDFLAGS: -lnvidia-ml", "", False),
        ("// #include <stdlib.h>", "", False),
    ],
)
def test_a_build_needs_the_toolkit_if_it_links_more_than_the_driver(
    machine: Machine, preamble: str, more: str, takes_it: bool
) -> None:
    work = machine.write("/home/dev/work/go.mod", b"module example.invalid/work\n").parent
    machine.write("/home/dev/work/main.go", f'package main\n\n{preamble}\nimport "C"\n\nfunc main() {{}}\n'.encode())
    if more:
        machine.write(f"/home/dev/work/{more}", b"")
    workspace = workspace_of(work, tree(machine.root, None))
    assert workspace is not None
    assert workspace.compiles_cuda == takes_it


# Drivers

DRIVERS = [
    "libnvidia-compute-535",
    "libnvidia-compute-550-server",
    "libnvidia-compute",
    "nvidia-driver-580",
    "nvidia-driver-580-open",
    "nvidia-driver-535-server-open",
    "nvidia-dkms-580",
    "nvidia-dkms-open",
    "nvidia-kernel-source-550-open",
    "nvidia-headless-570",
    "nvidia-headless-no-dkms-570-server",
    "nvidia-driver",
    "nvidia-kernel-dkms",
    "nvidia-open-kernel-dkms",
    "nvidia-tesla-470-driver",
    "nvidia-legacy-390xx-kernel-dkms",
    "libcuda1",
    "libnvidia-tesla-470-cuda1",
    "cuda-drivers",
    "cuda-drivers-575",
    "nvidia-open",
    "nvidia-open-580",
    "nvidia-kernel-open-dkms",
    "linux-modules-nvidia-550-generic",
]
OTHERS = [
    "nvidia-container-toolkit",
    "libnvidia-container1",
    "libnvidia-container-tools",
    "nvidia-cuda-toolkit",
    "nvidia-cuda-dev",
    "cuda-toolkit-12-9",
    "cuda-toolkit",
    "cuda-cudart-12-9",
    "cuda-compat-12-9",
    "cuda-nvcc-13-0",
    "cuda-keyring",
    "libcudart12",
    "libcuda-dev",
    "libnvidia-ml-dev",
    "libnvidia-egl-wayland1",
    "nvidia-settings",
    "nvidia-vaapi-driver",
    "libcudnn9-cuda-12",
    "linux-modules-extra",
]


@pytest.mark.parametrize("name", DRIVERS)
def test_a_linux_driver_is_known_by_its_name(name: str) -> None:
    assert nvidia.is_driver(name)


@pytest.mark.parametrize("name", OTHERS)
def test_toolkits_libraries_and_containers_are_not_drivers(name: str) -> None:
    assert not nvidia.is_driver(name)


# On a machine


def lent(machine: Machine) -> str:
    """Return a recorded machine whose linker path lacks the folder of WSL's libraries."""
    real = Path("/sbin/ldconfig.real")
    program = real if real.exists() else Path("/sbin/ldconfig")
    machine.write("/sbin/ldconfig", program.read_bytes(), mode=0o755, owner=0)
    machine.write(MAIN, INCLUDE.encode(), owner=0)
    library = machine.write(f"{gpu.FOLDER}/libcuda.so.1", b"", owner=0)
    words = ["gcc", "-shared", "-nostdlib", "-Wl,-soname,libcuda.so.1", "-x", "c", "/dev/null", "-o", str(library)]
    subprocess.run(words, check=True)
    record = machine.folder / "host.json"
    record.write_text(json.dumps(to_json(Host(wsl=Wsl(generation=2), gpu=UNSEEN))))
    return str(record)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root locks somebody in")
def test_the_linker_path_gets_the_library_and_undo_removes_it(machine: Machine) -> None:
    arguments = ("--only", "gpu", "--host", lent(machine))
    before = machine.snapshot()
    outcome = machine.wslgo("--yes", *arguments)
    assert outcome.code == 0, outcome.err
    cache = machine.root / "etc/ld.so.cache"
    assert b"/usr/lib/wsl/lib/libcuda.so.1\0" in cache.read_bytes()
    assert json.loads(machine.wslgo("--plan", "--format", "json", *arguments).out) == {"steps": [], "left": []}
    assert machine.wslgo("--undo", "--yes").code == 0
    assert b"libcuda" not in cache.read_bytes()
    assert {path: what for path, what in machine.snapshot().items() if path != "etc/ld.so.cache"} == {
        path: what for path, what in before.items() if not path.startswith("var/cache/ldconfig")
    }
