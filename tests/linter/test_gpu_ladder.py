"""The ladder of the GPU: of several faults only the first broken rung is named, with its own next step."""

from typing import Any, NamedTuple

import pytest

import machines
from healthpage import content
from ruledocs import merge
from wslgo.golang.workspace import CudaLink, Workspace
from wslgo.linter.finding import Severity
from wslgo.linter.machine_check import machine_findings
from wslgo.linter.scene import MachineScene
from wslgo.machine.host_json import from_json, to_json

CUDA = Workspace(uses_cgo=True, uses_cuda=True)
WITHOUT = {"has_device": False, "has_library": False, "cards": None, "smi": None, "linux_smi": None}
WITHOUT_LIBRARY = {**WITHOUT, "has_device": True}
OFF = {"path": "/etc/wsl.conf", "text": "[gpu]\nenabled=false\n", "at_start": "[gpu]\nenabled=false\n"}


class Rung(NamedTuple):
    """A change of the machine with a GPU, the rule that is named for a workspace with CUDA, and words of its step."""

    change: dict[str, Any]
    rule: str
    step: str


RUNGS = {
    "WSL 1": Rung({"wsl": {"generation": 1}, "gpu": WITHOUT}, "machine/wsl-1", "wsl --set-version"),
    "Windows 10 of 2020": Rung({"windows": {"build": 19042}, "gpu": WITHOUT}, "machine/no-gpu-device", "21H2"),
    "a kernel of one's own": Rung(
        {"wsl": {"kernel": "6.12.10-xanmod1"}, "gpu": WITHOUT}, "machine/no-gpu-device", "CONFIG_DXGKRNL"
    ),
    "a container": Rung({"wsl": {"container": "docker"}, "gpu": WITHOUT}, "machine/no-gpu-device", "--gpus all"),
    "no device": Rung({"gpu": WITHOUT}, "machine/no-gpu-device", "wsl --update"),
    "switched off": Rung({"wslconf": OFF, "gpu": WITHOUT_LIBRARY}, "machine/gpu-switched-off", "remove line 2"),
    "no driver": Rung({"gpu": WITHOUT_LIBRARY}, "machine/no-gpu-driver", "in Windows, not in Linux"),
    "half a driver": Rung(
        {"gpu": {**WITHOUT_LIBRARY, "lent_driver": "/usr/lib/wsl/drivers/nv_1"}}, "machine/no-gpu-driver", "--shutdown"
    ),
    "a container without the library": Rung(
        {"wsl": {"container": "podman"}, "gpu": WITHOUT_LIBRARY}, "machine/no-gpu-driver", "-v /usr/lib/wsl"
    ),
    "the loader": Rung(
        {"gpu": {"loader_finds_library": False, "cards": [], "problem": "no libnvidia-ml"}},
        "machine/gpu-library-not-found",
        "ldconfig",
    ),
    "a Linux driver": Rung(
        {
            "packages": ["nvidia-driver-535"],
            "gpu": {"cards": [], "smi": "/usr/bin/nvidia-smi", "linux_smi": "/usr/bin/x"},
        },
        "machine/linux-nvidia-driver",
        "apt-get remove nvidia-driver-535",
    ),
    "no card": Rung({"gpu": {"cards": []}}, "machine/gpu-not-listed", "wsl --update; wsl --shutdown"),
    "no card for CUDA": Rung({"gpu": {"visible_devices": ""}}, "machine/gpu-left-out", "unset CUDA_VISIBLE_DEVICES"),
    "an old driver": Rung({"gpu": {"driver": "546.80"}}, "machine/toolkit-newer-than-driver", "nvcc -arch=native"),
    "a very old driver": Rung({"gpu": {"driver": "512.15"}}, "machine/toolkit-newer-than-driver", "in Windows"),
    "an old card": Rung(
        {"gpu": {"toolkit": {"version": "13.0.2"}, "capabilities": ["6.1"]}},
        "machine/gpu-too-old-for-toolkit",
        "cuda-toolkit-12-9",
    ),
    "no debugger": Rung({"windows": {"gpu_debugging": False}}, "machine/gpu-debugging-switched-off", "reg add"),
    "a toolkit without a link": Rung(
        {"gpu": {"toolkit": None, "nvcc": "", "unlinked_toolkit": "/usr/local/cuda-12.9"}},
        "machine/no-cuda-toolkit",
        "ln -sfn /usr/local/cuda-12.9 /usr/local/cuda",
    ),
    "no toolkit": Rung({"gpu": {"toolkit": None, "nvcc": ""}}, "machine/no-cuda-toolkit", "cuda-toolkit-13-0"),
}


@pytest.mark.parametrize("name", RUNGS)
def test_the_first_broken_rung_is_named_alone(name: str) -> None:
    rung = RUNGS[name]
    host = from_json(merge(to_json(machines.host("nvidia-gpu")), rung.change))
    found = machine_findings(host, scene=MachineScene(workspace=CUDA._replace(compiles_cuda=True)))
    assert [reported.rule for reported in found] == [rung.rule]
    step = found[0].finding.next
    assert step is not None
    assert rung.step in step.render()
    is_choice = name in ("an old driver", "no debugger")
    assert found[0].severity is Severity.INFORMATION if is_choice else found[0].severity <= Severity.WARNING


@pytest.mark.parametrize(
    ("variable", "step"),
    [
        (None, 'go env -w CGO_LDFLAGS="-O2 -g -L/usr/lib/wsl/lib"'),
        (("-O2 -g", "default"), 'go env -w CGO_LDFLAGS="-O2 -g -L/usr/lib/wsl/lib"'),
        (("-O3", "/home/user/.config/go/env"), 'go env -w CGO_LDFLAGS="-O3 -L/usr/lib/wsl/lib"'),
        (("-O3", "environment"), 'export CGO_LDFLAGS="-O3 -L/usr/lib/wsl/lib"'),
        (("-Wl,-rpath='$ORIGIN'", "environment"), "add to the value of CGO_LDFLAGS: -L/usr/lib/wsl/lib"),
    ],
)
def test_a_binding_whose_library_is_not_found_names_the_folder(variable: tuple[str, str] | None, step: str) -> None:
    recorded = to_json(machines.host("nvidia-gpu"))
    variables = [] if variable is None else [{"name": "CGO_LDFLAGS", "value": variable[0], "origin": variable[1]}]
    variables += [known for known in recorded["go_variables"] if known["name"] != "CGO_LDFLAGS"]  # type: ignore[attr-defined]
    folders = [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": False}]
    host = from_json(merge(recorded, {"go_variables": variables, "c_folders": folders}))
    workspace = CUDA._replace(cuda_links=(CudaLink("-lcuda", "gorgonia.org/cu", ("/usr/local/cuda/lib64",)),))
    found = machine_findings(host, scene=MachineScene(workspace=workspace))
    assert [reported.rule for reported in found] == ["machine/cuda-library-not-linked"]
    assert found[0].finding.next is not None
    assert step in found[0].finding.next.render()


@pytest.mark.parametrize(
    ("engine", "workspace", "rule", "step"),
    [
        ("/usr/bin/docker", {"gpu_containers": ("compose.yaml",)}, "no-container-toolkit", "--runtime=docker"),
        ("/usr/bin/podman", {"gpu_containers": ("compose.yaml",)}, "no-container-toolkit", "nvidia-ctk cdi generate"),
        ("/usr/bin/docker", {"plain_containers": ("a.json",)}, "container-without-gpu", '"gpu": "optional"'),
    ],
)
def test_containers_have_rungs_of_their_own(engine: str, workspace: dict[str, Any], rule: str, step: str) -> None:
    change = {"gpu": {"container_engine": engine, "container_toolkit": ""}}
    host = from_json(merge(to_json(machines.host("nvidia-gpu")), change))
    found = machine_findings(host, scene=MachineScene(workspace=CUDA._replace(**workspace)))
    assert [reported.rule for reported in found] == [f"machine/{rule}"]
    assert found[0].finding.next is not None
    assert step in found[0].finding.next.render()


@pytest.mark.parametrize("name", ["no device", "no driver", "a container", "a container without the library"])
def test_a_machine_without_a_gpu_is_healthy_without_cuda(name: str) -> None:
    host = from_json(merge(to_json(machines.host("nvidia-gpu")), RUNGS[name].change))
    for workspace in (None, Workspace(), Workspace(uses_cgo=True)):
        assert not machine_findings(host, scene=MachineScene(workspace=workspace))


def test_a_container_with_a_gpu_is_healthy() -> None:
    library = "/usr/lib/x86_64-linux-gnu/libcuda.so.1"
    change = {"wsl": {"container": "docker"}, "gpu": {**WITHOUT_LIBRARY, "linux_library": library}}
    host = from_json(merge(to_json(machines.host("nvidia-gpu")), change))
    assert not machine_findings(host, scene=MachineScene(workspace=CUDA))
    assert content(host, "gpu.card").value == f"lent to this container: {library}"


def test_the_page_shows_the_library_that_comes_first() -> None:
    stub = "/usr/local/cuda/lib64/stubs/libcuda.so.1"
    host = from_json(merge(to_json(machines.host("nvidia-gpu")), {"gpu": {"cached_library": stub}}))
    assert content(host, "gpu.library").value == stub
