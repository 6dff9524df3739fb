"""Findings that a plan leaves to the user: about GPU, WSLg and packages that no step can resolve."""

import pytest

import machines
from wslgo.knowledge.packages import is_known
from wslgo.machine.host import Gpu, Host, Tool
from wslgo.provision.model.facts import Apt, Facts, User, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.plan import planner
from wslgo.provision.plan.judgement import remainder
from wslgo.provision.report.text import NOTHING, left_lines, outcome

NVIDIA = machines.host("nvidia-gpu")
OTHERS = (
    "cuda-toolkit",
    "cuda-toolkit-12-9",
    "libnvidia-container1",
    "nvidia-container-toolkit",
    "nvidia-cuda-toolkit",
)
CUDA = Workspace("/w", uses_cgo=True, uses_cuda=True, compiles_cuda=True)
FYNE = Workspace("/w", uses_cgo=True, toolkits=("Fyne",), packages=("gcc", "libxkbcommon-dev", "xorg-dev"))
OFF = "[wsl2]\nguiApplications=false\n"


def left(host: Host, only: str, workspace: "Workspace | None" = None) -> list[str]:
    """Return the lines about what a run of one step leaves; it never says that all is well beside them."""
    spec = Spec(only=(only,))
    facts = Facts(host, User("user", "/home/user"), workspace=workspace)
    plan = planner.plan(facts, spec)
    rest = remainder(facts, plan, spec, planner.resolvable_rules(spec))
    assert (outcome(plan, rest) != NOTHING()) == bool(rest.findings)
    return [line.render() for line in left_lines(rest)]


def with_gpu(**more: object) -> Host:
    return NVIDIA._replace(gpu=NVIDIA.gpu._replace(**more))  # type: ignore[arg-type]


def test_a_linux_driver_is_named_with_the_command_that_removes_it() -> None:
    host = NVIDIA._replace(packages=("build-essential", "cuda-drivers", "libnvidia-compute-535"))
    [line] = left(host, "gpu")
    assert "cuda-drivers, libnvidia-compute-535" in line
    assert line.endswith("type: sudo apt-get remove cuda-drivers libnvidia-compute-535")


@pytest.mark.parametrize("packages", [None, OTHERS])
def test_toolkits_and_containers_stay(packages: "tuple[str, ...] | None") -> None:
    assert not left(NVIDIA._replace(packages=packages), "gpu")


@pytest.mark.parametrize("name", OTHERS)
def test_only_packages_that_a_rule_asks_about_are_recorded(name: str) -> None:
    assert not is_known(name)
    assert is_known("libnvidia-compute-535")


@pytest.mark.parametrize(
    ("driver", "package"),
    [("581.29", "cuda-toolkit-13-0"), ("576.02", "cuda-toolkit-12-9"), ("528.33", "cuda-toolkit-12-0")],
)
def test_the_toolkit_is_the_one_that_the_driver_runs(driver: str, package: str) -> None:
    [line] = left(with_gpu(driver=driver, toolkit=None, nvcc=""), "gpu", CUDA)
    assert line.endswith(f"sudo apt-get install {package}")
    assert "wsl-ubuntu" in line


@pytest.mark.parametrize(
    ("more", "workspace"),
    [
        ({}, None),
        ({}, CUDA._replace(compiles_cuda=False)),
        ({"nvcc": None}, CUDA),
        ({"nvcc": "/usr/bin/nvcc"}, CUDA),
        ({"toolkit": Tool("/usr/local/cuda", "12.9.1")}, CUDA),
        ({"driver": None}, CUDA),
        ({"driver": "470.76"}, CUDA),
    ],
)
def test_silent_if_no_toolkit_is_needed_or_it_is_installed_or_unknown(
    more: dict[str, object], workspace: "Workspace | None"
) -> None:
    assert not left(with_gpu(**{"toolkit": None, "nvcc": "", **more}), "gpu", workspace)


def test_a_gpu_that_is_switched_off_is_a_warning_only_for_a_workspace_with_cuda() -> None:
    conf = "[gpu]\nenabled=false\n"
    assert NVIDIA.wslconf is not None
    host = NVIDIA._replace(
        gpu=Gpu(has_device=True, has_library=False),
        wslconf=NVIDIA.wslconf._replace(text=conf, at_start=conf),
    )
    assert not left(host, "gpu")
    [line] = left(host, "gpu", CUDA)
    assert "[gpu] enabled=false" in line
    assert "line 2 of /etc/wsl.conf" in line


def test_a_wslg_that_is_switched_off_is_named_for_a_workspace_with_windows() -> None:
    assert NVIDIA.wslconfig is not None
    host = NVIDIA._replace(
        wslg=NVIDIA.wslg._replace(folder=None, has_socket=False, display=None),
        wslconfig=NVIDIA.wslconfig._replace(text=OFF, at_start=OFF),
    )
    [line] = left(host, "wslg", FYNE)
    assert "guiApplications=false" in line
    assert "Fyne" in line
    assert not left(host, "wslg", Workspace("/w"))
    assert not left(host, "wslg")


def test_the_socket_of_x11_is_restored_by_a_command() -> None:
    host = NVIDIA._replace(wslg=NVIDIA.wslg._replace(folder="/wsl/wslg", has_socket=False))
    [line] = left(host, "wslg")
    assert "sudo mount --bind -o ro /wsl/wslg/.X11-unix /tmp/.X11-unix" in line


def test_the_step_that_installs_packages_resolves_that_they_are_missing() -> None:
    installed = ("build-essential", "xorg-dev")
    folders = {"/usr/bin": ("apt-get", "gcc", "git")}
    facts = Facts(
        NVIDIA._replace(packages=installed),
        User("user", "/home/user"),
        folders=folders,
        packages=frozenset((*installed, "libc6-dev")),
        apt=Apt(frozenset(("libxkbcommon-dev",))),
        workspace=FYNE,
    )
    spec = Spec(only=("packages",))
    plan = planner.plan(facts, spec)
    assert [step.resolves for step in plan.steps] == [("machine/missing-packages",)]
    assert not remainder(facts, plan, spec, planner.resolvable_rules(spec)).findings
    gone = facts._replace(apt=Apt())
    stuck = planner.plan(gone, spec)
    rest = remainder(gone, stuck, spec, planner.resolvable_rules(spec))
    assert [reported.rule for reported in rest.findings] == ["machine/missing-packages"]
