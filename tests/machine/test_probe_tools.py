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
        ("-- /etc/ld.so.cache --\nglibc-ld.so.cache1.1libc.so.6\\0/lib/libc.so.6\\0\n", False),
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


def test_two_cards_and_a_toolkit_without_a_version_are_found(tmp_path: Path) -> None:
    cards = "-- says: nvidia-smi --\n0, NVIDIA A, 8188, 1.0\n1, NVIDIA B, C, [N/A], 1.0\n"
    toolkit = "-- /usr/local/cuda/version.json --\n[]\n"
    gpu = probe(tree_of(f"like: nvidia-gpu\n{cards}{toolkit}", tmp_path), frozenset({"gpu"})).gpu
    assert gpu.cards == (Card(0, "NVIDIA A", 8188 << 20), Card(1, "NVIDIA B, C", None))
    assert (gpu.driver, gpu.toolkit) == ("1.0", Tool("/usr/local/cuda", None))


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
