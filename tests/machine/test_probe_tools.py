"""The probes of Go, its tools, the GPU, the network and editors."""

import json
from pathlib import Path

import pytest

import machines
from machines import tree_of
from natmachine import NAT, nat_machine, probed_host
from wslgo.machine.host import Card, Tool
from wslgo.machine.probe import probe

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("changes", "environment", "value", "origin"),
    [
        ("", {}, "https://proxy.golang.org,direct", "/usr/local/go/go.env"),
        ("-- /home/user/.config/go/env --\nGOPROXY=off\n", {}, "off", "/home/user/.config/go/env"),
        ("-- /home/user/.config/go/env --\nGOPROXY=off\n", {"GOPROXY": "direct"}, "direct", "environment"),
        ("-- /x/env --\nGOPROXY=off\n", {"GOENV": "/x/env"}, "off", "/x/env"),
        ("-- /x/go/env --\nGOPROXY=off\n", {"XDG_CONFIG_HOME": "/x"}, "off", "/x/go/env"),
        (
            "-- /home/user/.config/go/env --\nGOPROXY=off\n",
            {"GOENV": "off"},
            "https://proxy.golang.org,direct",
            "/usr/local/go/go.env",
        ),
    ],
)
def test_the_origin_of_a_variable_is_the_source_with_precedence(
    changes: str, environment: dict[str, str], value: str, origin: str, tmp_path: Path
) -> None:
    tree = nat_machine(f"-- complains: go --\ngo: broken\n{changes}", tmp_path, **environment)
    text = (machines.HOSTS / f"{NAT}.machine").read_text().partition("-- says: go env -json --\n")[2]
    reported = json.loads(text)
    reported["GOPROXY"] = value
    replies = tmp_path / "root.replies"
    (replies / "complains go").unlink()
    (replies / "says go env -json").write_text(json.dumps(reported))
    found = probe(tree, frozenset({"go_variables"})).variable("GOPROXY")
    assert found
    assert (found.value, found.origin) == (value, origin)


def test_variables_that_wslgo_sets_for_the_go_command_are_not_reported(tmp_path: Path) -> None:
    tree = nat_machine("", tmp_path, GOTOOLCHAIN="go1.24.1+auto", GOFLAGS="-mod=mod")
    host = probe(tree, frozenset({"go_variables"}))
    found = [host.variable(name) for name in ("GOTOOLCHAIN", "GOFLAGS")]
    assert [(variable.value, variable.origin) for variable in found if variable] == [
        ("go1.24.1+auto", "environment"),
        ("-mod=mod", "environment"),
    ]


def test_the_error_of_a_broken_go_command_is_quoted_and_set_variables_are_known(tmp_path: Path) -> None:
    broken = "-- complains: go env -json --\ngo: cannot find GOROOT directory: /opt/go\n"
    host = probed_host(
        f"{broken}-- /usr/local/go/src/ --\n-- /usr/local/go/VERSION --\ngo1.25.3\ntime x\n", tmp_path, GOROOT="/opt/go"
    )
    assert host.go
    assert (host.go.version, host.go.problem) == ("1.25.3", "go: cannot find GOROOT directory: /opt/go")
    assert [variable.name for variable in host.go_variables or ()] == ["GOROOT"]


def test_without_go_set_variables_are_known(tmp_path: Path) -> None:
    host = probed_host("-- without: /usr/local/go --\n-- /home/user/.config/go/env --\nGOPROXY=off\n", tmp_path)
    assert host.go is None
    assert [(variable.name, variable.origin) for variable in host.go_variables or ()] == [
        ("GOPROXY", "/home/user/.config/go/env")
    ]


def test_no_program_of_the_workspace_is_run(tmp_path: Path) -> None:
    planted = "-- /project/bin/go (program) --\n-- /opt/tools -> /project/bin --\n"
    tree = nat_machine(planted, tmp_path, PATH="/project/bin:bin:.::/opt/tools:/usr/local/go/bin", GOBIN="/project/bin")
    found = probe(tree, frozenset({"go", "gopls"}), workspaces=("/project",)).go
    assert found
    assert found.path == "/usr/local/go/bin/go"


@pytest.mark.parametrize(
    ("said", "version"), [("gcc", "13.3.0"), ("-- without: /usr/bin/gcc --\n", None), ("-- complains: gcc --\n", None)]
)
def test_the_c_compiler_and_its_version_are_found(said: str, version: str | None, tmp_path: Path) -> None:
    compiler = probe(nat_machine(said if said.startswith("--") else "", tmp_path), frozenset({"compiler"})).compiler
    assert (compiler.version if compiler else None) == version


def test_tools_are_found_in_the_folder_of_go_install(tmp_path: Path) -> None:
    changes = "-- /srv/bin/dlv (program) --\n-- without: /home/user/go/bin/dlv --\n"
    assert probe(nat_machine(changes, tmp_path, GOBIN="/srv/bin"), frozenset({"delve"})).delve == Tool(
        "/srv/bin/dlv", "1.25.2"
    )


# GPU, network, editors


@pytest.mark.parametrize(
    ("changes", "finds"),
    [
        ("", True),
        ("-- /etc/ld.so.cache --\nlibc.so.6\\0/lib/libc.so.6\\0\n", False),
        ("-- without: /etc/ld.so.cache --\n", True),
        ("-- without: /etc/ld.so.cache --\n-- without: /etc/ld.so.conf.d/ld.wsl.conf --\n", False),
        ("-- without: /usr/lib/wsl/lib/libcuda.so.1 --\n", None),
    ],
)
def test_the_library_is_on_the_linker_path_by_cache_or_configuration(
    changes: str, finds: bool | None, tmp_path: Path
) -> None:
    tree = tree_of(f"like: nvidia-gpu\n{changes}", tmp_path)
    assert probe(tree, frozenset({"gpu.loader_finds_library"})).gpu.loader_finds_library is finds


NVCC = "-- /usr/local/cuda-{}/bin/nvcc (program) --\n"
PODMAN = ("/usr/bin/podman", "/usr/bin/nvidia-ctk")
OF_DESKTOP = "/mnt/wsl/docker-desktop/cli-tools/usr/bin/docker"
WINDOWS = "Microsoft Windows [Version 10.0.26100.1]"
NSIGHT = "/home/user/.vscode-server/extensions/nvidia.nsight-vscode-edition-2024.1.0"
OF_WINDOWS = r"libcuda.so.1\0/usr/lib/wsl/lib/libcuda.so.1\0"
DRIVER_OF_LINUX = "/usr/lib/x86_64-linux-gnu/libcuda.so.1"


@pytest.mark.parametrize(
    ("changes", "fact", "found"),
    [
        ("-- /usr/lib/wsl/drivers/nv_dispi.inf_amd64_1/libcuda.so.1.1 --\n", "lent_driver", "nv_dispi.inf_amd64_1"),
        ("-- /usr/lib/wsl/drivers/iigd_dch.inf_amd64_1/libigdgmm_w.so --\n", "lent_driver", ""),
        (f"-- {DRIVER_OF_LINUX} --\n", "linux_library", DRIVER_OF_LINUX),
        (f"-- {DRIVER_OF_LINUX} -> /usr/lib/wsl/lib/libcuda.so.1 --\n", "linux_library", ""),
        (
            f"-- /etc/ld.so.cache --\nlibcuda.so.1\\0{DRIVER_OF_LINUX}\\0\n{OF_WINDOWS}\n",
            "cached_library",
            DRIVER_OF_LINUX,
        ),
        ("-- without: /etc/ld.so.cache --\n", "cached_library", None),
        ("-- /usr/bin/nvidia-smi (elf amd64) --\n", "linux_smi", "/usr/bin/nvidia-smi"),
        ("-- /usr/bin/nvidia-smi -> /usr/lib/wsl/lib/nvidia-smi --\n", "linux_smi", ""),
        ("-- /usr/bin/nvidia-smi (program) --\n", "linux_smi", ""),
    ],
)
def test_a_driver_of_linux_is_told_from_that_of_windows(
    changes: str, fact: str, found: str | None, tmp_path: Path
) -> None:
    gpu = probe(tree_of(f"like: nvidia-gpu\n{changes}", tmp_path), frozenset({f"gpu.{fact}"})).gpu
    assert getattr(gpu, fact) == (f"/usr/lib/wsl/drivers/{found}" if found and fact == "lent_driver" else found)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ("", ""),
        ("-- without: /usr/local/cuda --\n", ""),
        (
            f"-- without: /usr/local/cuda --\n{NVCC.format('9.2')}{NVCC.format('12.10')}{NVCC.format('12.9')}",
            "/usr/local/cuda-12.10",
        ),
        (NVCC.format("12.9"), ""),
        ("-- without: /usr/local/cuda --\n-- /usr/local/cuda-12.9/README --\n", ""),
    ],
)
def test_a_toolkit_without_its_usual_link(changes: str, found: str, tmp_path: Path) -> None:
    tree = tree_of(f"like: nvidia-gpu\n{changes}", tmp_path)
    assert probe(tree, frozenset({"gpu.unlinked_toolkit"})).gpu.unlinked_toolkit == found


@pytest.mark.parametrize(
    ("changes", "engine", "toolkit"),
    [
        ("", "", ""),
        ("-- /usr/bin/docker (elf amd64) --\n", "/usr/bin/docker", ""),
        ("-- /usr/bin/podman (elf amd64) --\n-- /usr/bin/nvidia-ctk (elf amd64) --\n", *PODMAN),
        (f"-- {OF_DESKTOP} (elf amd64) --\n-- /usr/bin/docker -> {OF_DESKTOP} --\n", "", ""),
    ],
)
def test_who_runs_containers(changes: str, engine: str, toolkit: str, tmp_path: Path) -> None:
    facts = frozenset({"gpu.container_engine", "gpu.container_toolkit"})
    gpu = probe(nat_machine(changes, tmp_path), facts).gpu
    assert (gpu.container_engine, gpu.container_toolkit) == (engine, toolkit)


@pytest.mark.parametrize(
    ("changes", "environment", "found"),
    [
        ("", {}, ""),
        ("", {"container": "wsl"}, ""),
        ("-- /.dockerenv --\n", {}, "docker"),
        ("-- /run/.containerenv --\n", {}, "podman"),
        ("", {"container": "lxc"}, "container"),
    ],
)
def test_a_container_is_told_from_a_distribution(
    changes: str, environment: dict[str, str], found: str, tmp_path: Path
) -> None:
    assert probe(nat_machine(changes, tmp_path, **environment), frozenset({"wsl.container"})).wsl.container == found


@pytest.mark.parametrize(
    ("changes", "allows"),
    [
        ("", True),
        (f"-- says: cmd.exe /d /c reg query --\nERROR: not found\n{WINDOWS}\n", False),
        (
            f"-- says: cmd.exe /d /c reg query --\n\n    EnableInterface    REG_DWORD    0x0\n{WINDOWS}\n",
            False,
        ),
        ("-- says: cmd.exe /d /c reg query --\ngarbage\n", None),
        ("-- without: /usr/local/cuda/bin/cuda-gdb --\n", None),
        (
            f"-- without: /usr/local/cuda/bin/cuda-gdb --\n-- {NSIGHT}/package.json --\n",
            True,
        ),
        ("-- without: /usr/lib/wsl/lib/libcuda.so.1 --\n", None),
    ],
)
def test_windows_is_asked_whether_a_debugger_reaches_the_gpu(changes: str, allows: bool | None, tmp_path: Path) -> None:
    tree = tree_of(f"like: nvidia-gpu\n{changes}", tmp_path)
    assert probe(tree, frozenset({"windows.gpu_debugging"})).windows.gpu_debugging is allows


def test_two_cards_and_a_toolkit_without_a_version_are_found(tmp_path: Path) -> None:
    cards = "-- says: nvidia-smi --\n0, NVIDIA A, 8188, 1.0\n1, NVIDIA B, C, [N/A], 1.0\n"
    toolkit = "-- /usr/local/cuda/version.json --\n[]\n"
    gpu = probe(tree_of(f"like: nvidia-gpu\n{cards}{toolkit}", tmp_path), frozenset({"gpu"})).gpu
    assert gpu.cards == (Card(0, "NVIDIA A", 8188 << 20), Card(1, "NVIDIA B, C", None))
    assert (gpu.driver, gpu.toolkit) == ("1.0", Tool("/usr/local/cuda", None))


@pytest.mark.parametrize(
    ("said", "capabilities"),
    [
        ("8.9\n12.0\n8.9\n", ("8.9", "12.0")),
        ("[N/A]\n", None),
        ("0, NVIDIA A, 8188, 581.42\n", None),
        ("581.421\n", None),
    ],
)
def test_the_compute_capabilities_of_the_gpus(said: str, capabilities: tuple[str, ...] | None, tmp_path: Path) -> None:
    tree = tree_of(f"like: nvidia-gpu\n-- says: nvidia-smi --\n{said}", tmp_path)
    assert probe(tree, frozenset({"gpu.capabilities"})).gpu.capabilities == capabilities


@pytest.mark.parametrize("value", ["http://me:secret@proxy:3128", "me:secret@proxy:3128"])
def test_passwords_of_proxies_are_masked(value: str, tmp_path: Path) -> None:
    host = probe(nat_machine("", tmp_path, https_proxy=value), frozenset({"network"}))
    assert [proxy.value for proxy in host.network.proxies] == ["http://xxxxx@proxy:3128"]


def test_a_dangling_resolv_conf_is_reported_with_its_target(tmp_path: Path) -> None:
    network = probe(nat_machine("-- without: /mnt/wsl --\n", tmp_path), frozenset({"network"})).network
    assert (network.name_servers, network.resolv_conf) == (None, "/mnt/wsl/resolv.conf")


def test_the_newest_go_extension_counts(tmp_path: Path) -> None:
    other = "/home/user/.vscode-server/extensions/golang.go-0.9.0/package.json"
    editors = probe(nat_machine(f"-- {other} --\n", tmp_path), frozenset({"editors"})).editors
    assert editors
    assert editors[0].go_extension == "0.50.0"
