"""The health page of recorded machines, and of machines with one fault."""

from string import Formatter

import pytest

import machines
import wslgo.doctor
from wslgo.doctor import count, lines, sections_of
from wslgo.doctor.line import Sign, StatusLine
from wslgo.machine.host import Editor, Go, Gpu, Host, Network, Running, Snapshot, Tool, Variable, Windows, Wsl, Wslg
from wslgo.text.message import Message

HEALTHY = machines.host("china-company")


def line(host: Host, name: str) -> StatusLine:
    """Return the first line of the page with this id."""
    return next(found for found in lines(sections_of(host)) if found.id == name)


def content(host: Host, name: str) -> tuple[Sign, str, str]:
    """Return the sign, value and next step of a line in English."""
    found = line(host, name)
    return found.sign, found.value.render(), found.next.render() if found.next else ""


@pytest.mark.parametrize(
    "name",
    [
        "ubuntu-24.04-nat",
        "ubuntu-24.04-mirrored",
        "nvidia-gpu",
        "china-company",
        "moved-automount-root",
        "custom-kernel",
    ],
)
def test_a_healthy_machine_is_calm(name: str) -> None:
    assert {found.sign for found in lines(sections_of(machines.host(name)))} == {Sign.OK}


@pytest.mark.parametrize(
    ("name", "attention", "unknown"),
    [
        ("windows-10", set(), {"wsl.version", "network.mode", "wslg.server"}),
        ("wsl-1", {"wsl.version"}, set()),
        ("no-interop", set(), {"wsl.interop", "wsl.windows", "network.mode"}),
        ("china-user-name", set(), {"network.mode"}),
        ("stale-interop", set(), set()),
        ("not-wsl", {"go.compiler", "editors.gopls", "editors.delve"}, {"wsl.version"}),
    ],
)
def test_each_machine_has_its_signs(name: str, attention: set[str], unknown: set[str]) -> None:
    sections = sections_of(machines.host(name))
    assert {found.id for found in lines(sections) if found.sign is Sign.ATTENTION} == attention
    assert {found.id for found in lines(sections) if found.sign is Sign.UNKNOWN} == unknown
    assert count(sections, Sign.ATTENTION) == len(attention)


@pytest.mark.parametrize("name", machines.NAMES)
def test_each_line_that_needs_attention_has_a_next_step(name: str) -> None:
    page = lines(sections_of(machines.host(name)))
    assert not [found.id for found in page if found.sign is Sign.ATTENTION and not found.next]


def test_unknown_facts_do_not_need_attention() -> None:
    assert not [found.id for found in lines(sections_of(Host())) if found.sign is Sign.ATTENTION]
    assert not [found.id for found in lines(sections_of(Host(wsl=Wsl(generation=2)))) if found.sign is Sign.ATTENTION]


def test_outside_wsl_the_page_has_only_the_sections_of_any_linux() -> None:
    assert [section.id for section in sections_of(machines.host("not-wsl"))] == ["wsl", "go", "network", "editors"]


@pytest.mark.parametrize(
    ("build", "name"),
    [(26100, "Windows 11 24H2"), (22000, "Windows 11 21H2"), (19044, "Windows 10 21H2"), (17763, "Windows 10")],
)
def test_windows_is_named_by_its_build(build: int, name: str) -> None:
    host = HEALTHY._replace(windows=Windows(build=build))
    assert content(host, "wsl.windows") == (Sign.OK, f"{name} ({build})", "")


# Machines with one fault


def test_broken_interop_has_a_next_step() -> None:
    host = HEALTHY._replace(wsl=HEALTHY.wsl._replace(interop_answers=False), windows=Windows())
    assert line(host, "wsl.interop").sign is Sign.ATTENTION
    assert content(host, "wsl.windows") == (Sign.UNKNOWN, "unknown: Windows did not answer", "")


@pytest.mark.parametrize(
    ("text", "start", "keys"),
    [
        ("[wsl2]\r\nmemory=8GB\r\n", "[wsl2]\r\nmemory=4GB\r\n", "wsl2.memory"),
        ("[wsl2]\nmemory=8GB\nswap=0", None, "wsl2.memory, wsl2.swap"),
        (None, "[wsl2]\nmemory=8GB", "wsl2.memory"),
        ("[wsl2]\nmemory=8GB # new", "[wsl2]\nmemory=8GB", None),
        ("[wsl2]\nmemory=8192MB", "[wsl2]\nmemory=8GB", None),
        ("[wsl2]\nmemory=8gb", "[wsl2]\n", None),
    ],
)
def test_a_file_that_was_changed_since_the_start_is_not_in_effect(
    text: str | None, start: str | None, keys: str | None
) -> None:
    path = "/mnt/c/Users/user/.wslconfig"
    host = HEALTHY._replace(wslconfig=Snapshot(path, text, start, knows_start=True))
    found = content(host, "wsl.wslconfig")
    if keys is None:
        assert found == (Sign.OK, f"{path}, in effect", "")
    else:
        assert found == (
            Sign.ATTENTION,
            f"{path}, not in effect yet: {keys}",
            "in Windows, type: wsl --shutdown (stops all distributions: Ubuntu-24.04)",
        )


@pytest.mark.parametrize(
    ("text", "before", "value"),
    [
        ("[wsl2]\nmemory=48GB", "[wsl2]\nmemory=8GB", "{path}, in effect since this start: memory 8GB -> 48GB"),
        (None, "[wsl2]\nswap=1GB", "{path}, in effect since this start: swap 1GB -> default"),
        (
            "[wsl2]\nkernelCommandLine=quiet and far too long to be shown\nvmIdleTimeout=9",
            None,
            "{path}, in effect since this start: kernelCommandLine, vmIdleTimeout default -> 9",
        ),
        (
            "[wsl2]\ndnsProxy=false\nipv6=true\nfirewall=false\nautoProxy=false",
            "",
            "{path}, in effect since this start: dnsProxy, ipv6, firewall, autoProxy",
        ),
        ("[wsl2]\nmemory=48GB # new", "[wsl2]\nmemory=48GB", "{path}, in effect"),
        (None, "# nothing", "no file: WSL uses its defaults"),
    ],
)
def test_changes_of_the_last_start_are_shown(text: str | None, before: str | None, value: str) -> None:
    path = "/mnt/c/Users/user/.wslconfig"
    running = HEALTHY.running._replace(command_line=text)
    known = Snapshot(path, text, text, knows_start=True, before=before, knows_before=True)
    host = HEALTHY._replace(wslconfig=known, running=running)
    assert content(host, "wsl.wslconfig") == (Sign.OK, value.format(path=path), "")


def test_a_pending_edit_hides_the_changes_of_the_last_start() -> None:
    path = "/mnt/c/Users/user/.wslconfig"
    known = Snapshot(path, "[wsl2]\nmemory=16GB", "[wsl2]\nmemory=48GB", True, "[wsl2]\nmemory=8GB", True)
    sign, value, _ = content(HEALTHY._replace(wslconfig=known), "wsl.wslconfig")
    assert (sign, value) == (Sign.ATTENTION, f"{path}, not in effect yet: wsl2.memory")


def test_the_running_kernel_shows_that_a_value_is_not_in_effect() -> None:
    known = HEALTHY.wslconfig
    assert known
    edited = known._replace(text=(known.text or "").replace("memory=48GB", "memory=16GB"))
    assert content(HEALTHY._replace(wslconfig=edited), "wsl.wslconfig")[1].endswith(", not in effect yet: wsl2.memory")


def test_wsl_conf_needs_a_restart_of_its_distribution_only() -> None:
    snapshot = Snapshot("/etc/wsl.conf", "[boot]\nsystemd=false", "[boot]\nsystemd=true", knows_start=True)
    assert (
        content(HEALTHY._replace(wslconf=snapshot), "wsl.wslconf")[2]
        == "in Windows, type: wsl --terminate Ubuntu-24.04"
    )


GOENV = "/home/user/.config/go/env"
EXPORTED = "use a Linux folder where {} is exported (the environment overrides go env -w)"


@pytest.mark.parametrize(
    ("variables", "step"),
    [
        ([Variable("GOCACHE", "/mnt/c/x", "environment")], EXPORTED.format("GOCACHE")),
        ([Variable("GOCACHE", "/mnt/c/x", GOENV)], "type: go env -w GOCACHE=/home/user/.cache/go-build"),
        ([Variable("GOCACHE", "/mnt/c/x", "default")], "type: go env -w GOCACHE=/home/user/.cache/go-build"),
        (
            [Variable("GOMODCACHE", "/mnt/c/x", "/usr/local/go/go.env")],
            "type: go env -w GOMODCACHE=/home/user/go/pkg/mod",
        ),
        (
            [Variable("GOMODCACHE", "/mnt/c/x/pkg/mod", "default"), Variable("GOPATH", "/mnt/c/x", "environment")],
            EXPORTED.format("GOPATH"),
        ),
        (
            [Variable("GOMODCACHE", "/mnt/c/x/pkg/mod", "default"), Variable("GOPATH", "/mnt/c/x", GOENV)],
            "type: go env -w GOPATH=/home/user/go",
        ),
        (
            [Variable("GOMODCACHE", "/mnt/c/x", "environment"), Variable("GOPATH", "/home/user/go", "environment")],
            EXPORTED.format("GOMODCACHE"),
        ),
    ],
)
def test_a_cache_on_a_windows_drive_leads_to_the_place_that_sets_it(variables: list[Variable], step: str) -> None:
    sign, value, then = content(HEALTHY._replace(go_variables=(*variables,)), f"go.{variables[0].name.lower()}")
    assert (sign, then) == (Sign.ATTENTION, step)
    assert f"{variables[0].value} is on a Windows drive" in value


@pytest.mark.parametrize("origin", ["default", "/usr/local/go/go.env"])
def test_go_env_is_not_the_next_step_when_its_file_is_disabled(origin: str) -> None:
    cache = (Variable("GOCACHE", "/mnt/c/x", origin),)
    assert "go env" not in content(HEALTHY._replace(go_variables=cache, goenv_path=None), "go.gocache")[2]


@pytest.mark.parametrize(
    ("variable", "words", "step"),
    [
        (
            Variable("GOPROXY", "https://goproxy.cn,bogus", "environment"),
            "go downloads nothing (invalid proxy URL missing scheme: bogus)",
            "remove or correct GOPROXY where it is exported (the environment overrides go env -w)",
        ),
        (
            Variable("GOPROXY", ",", GOENV),
            "go downloads nothing (GOPROXY list is not the empty string, but contains no entries)",
            "type: go env -u GOPROXY",
        ),
        (
            Variable("GOSUMDB", "sum.golang.org+https://sum.golang.org", "environment"),
            "go rejects modules that are not in go.sum (invalid GOSUMDB: malformed verifier id)",
            "remove or correct GOSUMDB where it is exported (the environment overrides go env -w)",
        ),
        (
            Variable("GOSUMDB", "Off", "/usr/local/go/go.env"),
            "go rejects modules that are not in go.sum (invalid GOSUMDB: malformed verifier id)",
            "correct GOSUMDB in /usr/local/go/go.env",
        ),
    ],
)
def test_a_value_that_go_rejects_leads_to_the_place_that_sets_it(variable: Variable, words: str, step: str) -> None:
    host = HEALTHY._replace(go_variables=(variable,))
    sign, value, then = content(host, f"go.{variable.name.lower()}")
    assert (sign, then) == (Sign.ATTENTION, step)
    assert value.startswith(f"{variable.value} (")
    assert value.endswith(f") is malformed: {words}")


@pytest.mark.parametrize("name", ["GOPROXY", "GOSUMDB"])
def test_an_empty_line_of_the_go_env_file_hides_the_default(name: str) -> None:
    host = HEALTHY._replace(go_variables=())
    sign, value, step = content(host, f"go.{name.lower()}")
    assert (sign, step) == (Sign.ATTENTION, f"type: go env -u {name}")
    assert value.startswith("empty: go cannot ")
    without = content(host._replace(goenv_path=None), f"go.{name.lower()}")[2]
    assert without.startswith(f"type: export {name}=")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (Variable("GOPROXY", "off", GOENV), f"off ({GOENV}): go uses only downloaded and private modules"),
        (
            Variable("GOPROXY", "https://u:p@x.test,off", "environment"),
            "https://xxxxx@x.test,off (from the environment)",
        ),
        (Variable("GOSUMDB", "off", GOENV), f"off ({GOENV}): go does not verify new modules"),
        (Variable("GOSUMDB", "sum.golang.google.cn", GOENV), f"sum.golang.google.cn ({GOENV})"),
    ],
)
def test_a_deliberate_choice_is_shown_as_ok(variable: Variable, value: str) -> None:
    host = HEALTHY._replace(go_variables=(variable,))
    assert content(host, f"go.{variable.name.lower()}") == (Sign.OK, value, "")


def test_a_home_on_a_windows_drive() -> None:
    cache = (Variable("GOCACHE", "/mnt/c/home/.cache/go-build", "default"),)
    found = content(HEALTHY._replace(go_variables=cache, home="/mnt/c/home"), "go.gocache")
    assert found[2] == "HOME is on that drive: move it to a Linux file system"


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"go": None}, "go.go", "not in PATH"),
        ({"go": Go("/usr/local/go/bin/go", problem="go: broken")}, "go.go", "go env fails: go: broken"),
        ({"go": Go("/mnt/c/go/bin/go", "1.25.3", "/mnt/c/go")}, "go.go", "/mnt/c/go is on a Windows drive: "),
        ({"compiler": None}, "go.compiler", "none: cgo and go test -race do not work"),
        ({"go_variables": ()}, "go.goproxy", "empty: go cannot download modules"),
        ({"gopls": None}, "editors.gopls", "not installed"),
        (
            {"gpu": Gpu(has_device=True, has_library=True, loader_finds_library=True)},
            "gpu.card",
            "nvidia-smi does not list a GPU, ",
        ),
        (
            {"gpu": HEALTHY.gpu._replace(loader_finds_library=False)},
            "gpu.library",
            "/usr/lib/wsl/lib is not on the linker path",
        ),
        ({"wslg": Wslg("/mnt/wslg", has_socket=False)}, "wslg.server", "mounted at /mnt/wslg, but /tmp/.X11-unix/X0 "),
        ({"wslg": Wslg("/mnt/wslg", has_socket=True)}, "wslg.display", "not set in this shell"),
        ({"network": Network(name_servers=())}, "network.names", "none in /etc/resolv.conf"),
        ({"network": Network(resolv_conf="/mnt/wsl/resolv.conf")}, "network.names", "/etc/resolv.conf links to "),
    ],
)
def test_a_fault_needs_attention(change: dict[str, object], name: str, value: str) -> None:
    host = HEALTHY._replace(**change)  # type: ignore[arg-type]
    sign, found, then = content(host, name)
    assert sign is Sign.ATTENTION
    assert found.startswith(value)
    assert then


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"gpu": Gpu(has_device=False)}, "gpu.card"),
        ({"gpu": Gpu(has_device=True, has_library=False)}, "gpu.card"),
        ({"gpu": HEALTHY.gpu._replace(toolkit=None)}, "gpu.toolkit"),
        ({"editors": ()}, "editors.editor"),
        ({"delve": Tool("/usr/bin/dlv")}, "editors.delve"),
        ({"running": Running(memory=1 << 33, networking="none")}, "network.mode"),
        ({"goenv_path": None}, "go.goenv"),
    ],
)
def test_an_unusual_machine_is_ok(change: dict[str, object], name: str) -> None:
    assert line(HEALTHY._replace(**change), name).sign is Sign.OK  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "mode", "sign"),
    [
        ("http://127.0.0.1:7890", "nat", Sign.UNKNOWN),
        ("http://xxxxx@localhost:7890/", "nat", Sign.UNKNOWN),
        ("http://127.0.0.1:7890", "mirrored", Sign.OK),
        ("http://localhost.corp.test:1", "nat", Sign.OK),
    ],
)
def test_a_local_proxy_is_this_distribution_unless_mirrored(value: str, mode: str, sign: Sign) -> None:
    network = Network((Variable("https_proxy", value, "environment"),), ("10.255.255.254",))
    assert line(HEALTHY._replace(network=network, running=Running(networking=mode)), "network.proxy").sign is sign


def test_an_editor_without_the_go_extension() -> None:
    host = HEALTHY._replace(editors=(Editor("Cursor", "/home/user/.cursor-server"),))
    assert content(host, "editors.editor")[2] == "install the extension golang.go in Cursor's WSL window"


@pytest.mark.parametrize("display", ["172.20.0.1:0.0", "localhost:10.0"])
def test_a_display_of_another_x_server_needs_attention(display: str) -> None:
    host = HEALTHY._replace(wslg=HEALTHY.wslg._replace(display=display))
    sign, value, step = content(host, "wslg.display")
    assert (sign, value) == (Sign.ATTENTION, f"{display} points to another X server: WSLg is not used")
    assert step.endswith("type: export DISPLAY=:0")


PROBLEM = "go: cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is set to /old/go"


@pytest.mark.parametrize(
    ("variables", "step"),
    [
        ((Variable("GOROOT", "/old/go", "environment"),), "type: unset GOROOT"),
        ((Variable("GOROOT", "/old/go", GOENV),), f"correct GOROOT in {GOENV}"),
        ((), "fix the reported cause, or install Go again: wslgo provision --only toolchain"),
    ],
)
def test_a_stale_goroot_leads_to_the_place_that_sets_it(variables: tuple[Variable, ...], step: str) -> None:
    host = HEALTHY._replace(go=Go("/usr/local/go/bin/go", problem=PROBLEM), go_variables=variables)
    assert content(host, "go.go") == (Sign.ATTENTION, f"go env fails: {PROBLEM}", step)


def _messages() -> list[Message]:
    parts = [getattr(wslgo.doctor, name) for name in ("wsl", "go", "gpu", "wslg", "network", "editors", "line")]
    return [value for part in parts for value in vars(part).values() if isinstance(value, Message)]


@pytest.mark.parametrize("message", _messages())
def test_both_languages_have_the_same_places(message: Message) -> None:
    places = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in message]
    assert places[0] == places[1]
