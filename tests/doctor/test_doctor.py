"""The health page of recorded machines, and of machines with one fault."""

from importlib import import_module
from string import Formatter

import pytest

import machines
from healthpage import Line, content, ids, line, status
from wslgo.doctor import areas_of
from wslgo.doctor.status import Sign
from wslgo.linter.machine_check import every_machine_finding, machine_findings
from wslgo.machine.host import Answer, Editor, Go, Gpu, Host, Network, Running, Snapshot, Variable, Windows, Wsl, Wslg
from wslgo.text.message import Message

HEALTHY = machines.host("china-company")


@pytest.mark.parametrize(
    "name",
    [
        "ubuntu-24.04-nat",
        "ubuntu-24.04-mirrored",
        "nvidia-gpu",
        "china-company",
        "moved-automount-root",
        "stale-interop",
    ],
)
def test_a_healthy_machine_is_calm(name: str) -> None:
    found = status(machines.host(name))
    assert {line.sign for line in found.lines} == {Sign.OK, Sign.FACT}
    assert found.is_healthy
    assert found.summary().render() == found.summary_with_names().render() == "Nothing needs attention"


@pytest.mark.parametrize(
    ("name", "attention", "notes", "unknown"),
    [
        ("windows-10", set(), {"wslg.server"}, {"wsl.version", "network.mode"}),
        ("wsl-1", {"wsl.version"}, set(), set()),
        ("no-interop", set(), set(), {"wsl.windows", "network.mode"}),
        ("china-user-name", set(), set(), {"network.mode"}),
        ("not-wsl", {"go.compiler", "editors.gopls", "editors.delve"}, set(), {"wsl.version"}),
        ("custom-kernel", {"wsl.wslconfig"}, set(), set()),
        ("two-gpus", {"gpu.library", "wslg.display"}, set(), set()),
        ("article", {"go.gosumdb", "go.gocache", "go.gomodcache"}, {"go.go111module"}, set()),
    ],
)
def test_each_machine_has_its_signs(name: str, attention: set[str], notes: set[str], unknown: set[str]) -> None:
    host = machines.host(name)
    assert (ids(host, Sign.ATTENTION), ids(host, Sign.NOTE), ids(host, Sign.UNKNOWN)) == (attention, notes, unknown)


@pytest.mark.parametrize("name", machines.NAMES)
def test_each_finding_that_needs_attention_has_a_next_step(name: str) -> None:
    found = status(machines.host(name))
    assert not [(reported.rule, reported.finding.about) for reported in found.urgent if reported.finding.next is None]


UNKNOWN_MACHINES = (
    Host(),
    Host(wsl=Wsl(generation=0)),
    Host(wsl=Wsl(generation=1)),
    Host(wsl=Wsl(generation=2)),
    Host(wsl=Wsl(generation=2), go=Go("/usr/bin/go")),
)


@pytest.mark.parametrize("host", UNKNOWN_MACHINES)
def test_unknown_facts_do_not_need_attention(host: Host) -> None:
    assert not [reported.rule for reported in every_machine_finding(host) if reported.rule != "machine/wsl-1"]
    assert ids(host, Sign.UNKNOWN)
    assert "could not be checked" in status(host).summary().render()


def test_outside_wsl_the_page_has_only_the_areas_of_any_linux() -> None:
    assert [area.id for area in areas_of(machines.host("not-wsl"))] == ["wsl", "go", "network", "editors"]


@pytest.mark.parametrize(
    ("build", "name"),
    [(26100, "Windows 11 24H2"), (22000, "Windows 11 21H2"), (19044, "Windows 10 21H2"), (17763, "Windows 10")],
)
def test_windows_is_named_by_its_build(build: int, name: str) -> None:
    host = HEALTHY._replace(windows=Windows(build=build))
    assert content(host, "wsl.windows") == Line(Sign.FACT, f"{name} ({build})")


# Machines with one fault


def test_broken_interop_has_a_next_step() -> None:
    host = HEALTHY._replace(wsl=HEALTHY.wsl._replace(interop_answers=False), windows=Windows())
    found = content(host, "wsl.interop")
    assert (found.sign, found.rule) == (Sign.ATTENTION, "machine/interop-broken")
    assert found.next.startswith("open a new terminal")
    assert content(host, "wsl.windows") == Line(Sign.UNKNOWN, "unknown: Windows did not answer")


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
        assert (found.value, found.rule) == (
            f"{path}, unchanged since WSL started",
            "wslconfig/invalid-size" if "gb" in str(text) else "",
        )
    else:
        assert found[:3] == (Sign.NOTE, f"{path}, not in effect yet: {keys}", "wslconfig/not-in-force")
        assert found.message.endswith(". To apply it, run wsl --shutdown, which stops Ubuntu-24.04")


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
        ("[wsl2]\nmemory=48GB # new", "[wsl2]\nmemory=48GB", "{path}, unchanged since WSL started"),
        (None, "# nothing", "no file: WSL uses its defaults"),
    ],
)
def test_changes_of_the_last_start_are_shown(text: str | None, before: str | None, value: str) -> None:
    path = "/mnt/c/Users/user/.wslconfig"
    running = HEALTHY.running._replace(command_line=text)
    known = Snapshot(path, text, text, knows_start=True, before=before, knows_before=True)
    host = HEALTHY._replace(wslconfig=known, running=running)
    found = line(host, "wsl.wslconfig")
    assert found.fact.value.render() == value.format(path=path)
    assert "wslconfig/not-in-force" not in {reported.rule for reported in found.findings}


def test_a_pending_edit_hides_the_changes_of_the_last_start() -> None:
    path = "/mnt/c/Users/user/.wslconfig"
    known = Snapshot(path, "[wsl2]\nmemory=16GB", "[wsl2]\nmemory=48GB", True, "[wsl2]\nmemory=8GB", True)
    found = content(HEALTHY._replace(wslconfig=known), "wsl.wslconfig")
    assert (found.sign, found.value) == (Sign.NOTE, f"{path}, not in effect yet: wsl2.memory")


def test_the_running_kernel_shows_that_a_value_is_not_in_effect() -> None:
    known = HEALTHY.wslconfig
    assert known
    edited = known._replace(text=(known.text or "").replace("memory=48GB", "memory=16GB"))
    found = content(HEALTHY._replace(wslconfig=edited), "wsl.wslconfig")
    assert found.value.endswith(", not in effect yet: wsl2.memory")
    assert "memory=16GB is not in effect yet: WSL started with " in found.message


def test_wsl_conf_needs_a_restart_of_its_distribution_only() -> None:
    snapshot = Snapshot("/etc/wsl.conf", "[boot]\nsystemd=false", "[boot]\nsystemd=true", knows_start=True)
    found = content(HEALTHY._replace(wslconf=snapshot), "wsl.wslconf")
    assert found.sign is Sign.NOTE
    assert "To apply it, run wsl --terminate Ubuntu-24.04, which stops everything that runs in it" in found.message


GOENV = "/home/user/.config/go/env"
ANSWER = Variable("GOCACHE", "/home/user/.cache/go-build", "default")  # of `go env`
EXPORTED = "use a Linux folder where {} is exported; if you just removed it there, open a new terminal"


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
    host = HEALTHY._replace(go_variables=(*variables,))
    found = content(host, f"go.{variables[0].name.lower()}")
    assert (found.sign, found.next) == (Sign.ATTENTION, step)
    assert found.message.startswith(f"{variables[0].name} is on a Windows drive")
    assert found.value.startswith(f"{variables[0].value} (")
    assert len([reported for reported in status(host).findings if reported.rule == found.rule]) == 1


def test_a_value_whose_file_was_checked_is_not_reported_twice() -> None:
    defaults = (Variable("GOPROXY", "direct", "default"), Variable("GOSUMDB", "off", "default"))
    folders = (Variable("GOMODCACHE", "/mnt/c/x/pkg/mod", "default"), Variable("GOPATH", "/mnt/c/x", GOENV))
    host = HEALTHY._replace(go_variables=(*defaults, *folders))
    [cache] = machine_findings(host)
    assert (cache.finding.about, cache.path) == ("go.gomodcache", GOENV)
    in_file = cache._replace(finding=cache.finding._replace(about="go.gopath"))
    assert machine_findings(host, in_files=[in_file]) == []
    assert machine_findings(host, in_files=[in_file._replace(rule="goenv/other")]) == [cache]


@pytest.mark.parametrize("origin", ["default", "/usr/local/go/go.env"])
def test_go_env_is_not_the_next_step_when_its_file_is_disabled(origin: str) -> None:
    cache = (Variable("GOCACHE", "/mnt/c/x", origin),)
    found = content(HEALTHY._replace(go_variables=cache, goenv_path=None), "go.gocache")
    assert found.next
    assert "go env" not in found.next


@pytest.mark.parametrize(
    ("variable", "words", "step"),
    [
        (
            Variable("GOPROXY", "https://goproxy.cn,bogus", "environment"),
            "go rejects the whole GOPROXY because of 'bogus': invalid proxy URL missing scheme: bogus",
            "remove or correct GOPROXY where it is exported (the environment overrides go env -w)",
        ),
        (
            Variable("GOPROXY", ",", GOENV),
            "go cannot download modules: GOPROXY list is not the empty string, but contains no entries",
            "type: go env -u GOPROXY",
        ),
        (
            Variable("GOSUMDB", "sum.golang.org+https://sum.golang.org", "environment"),
            "GOSUMDB=sum.golang.org+https://sum.golang.org is not valid (malformed verifier id): go rejects every new",
            "remove or correct GOSUMDB where it is exported (the environment overrides go env -w)",
        ),
        (
            Variable("GOSUMDB", "Off", "/usr/local/go/go.env"),
            "GOSUMDB=Off is not valid (malformed verifier id): go rejects every new module",
            "correct GOSUMDB in /usr/local/go/go.env",
        ),
    ],
)
def test_a_value_that_go_rejects_leads_to_the_place_that_sets_it(variable: Variable, words: str, step: str) -> None:
    host = HEALTHY._replace(go_variables=(variable,))
    found = content(host, f"go.{variable.name.lower()}")
    assert (found.sign, found.next) == (Sign.ATTENTION, step)
    assert found.value.startswith(f"{variable.value} (")
    assert found.message.startswith(words)


@pytest.mark.parametrize("name", ["GOPROXY", "GOSUMDB"])
def test_an_empty_line_of_the_go_env_file_hides_the_default(name: str) -> None:
    host = HEALTHY._replace(go_variables=(ANSWER,))
    found = content(host, f"go.{name.lower()}")
    assert (found.sign, found.value, found.next) == (Sign.ATTENTION, "empty", f"type: go env -u {name}")
    assert found.message.startswith(f"{name} is empty: go cannot ")
    without = content(host._replace(goenv_path=None), f"go.{name.lower()}")
    assert without.next.startswith(f"type: export {name}=")


def test_without_an_answer_of_go_env_a_variable_that_is_not_set_is_unknown() -> None:
    host = HEALTHY._replace(go_variables=(Variable("GOPROXY", "direct", "environment"),))
    assert content(host, "go.goproxy").sign is Sign.OK
    assert content(host, "go.gosumdb") == Line(Sign.UNKNOWN, "unknown")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (Variable("GOPROXY", "off", GOENV), f"off ({GOENV})"),
        (Variable("GOSUMDB", "off", GOENV), f"off ({GOENV})"),
        (Variable("GOSUMDB", "sum.golang.google.cn", GOENV), f"sum.golang.google.cn ({GOENV})"),
    ],
)
def test_a_deliberate_choice_is_shown_as_ok(variable: Variable, value: str) -> None:
    host = HEALTHY._replace(go_variables=(variable,))
    assert content(host, f"go.{variable.name.lower()}") == Line(Sign.OK, value)


@pytest.mark.parametrize(
    ("value", "answers", "sign"),
    [
        ("https://x.test,off", None, Sign.FACT),
        ("https://x.test,off", (Answer("https://x.test", outcome="answers", status=200),), Sign.OK),
        ("file:///srv/modules,direct", None, Sign.OK),
        ("direct", None, Sign.OK),
    ],
)
def test_a_module_proxy_is_ok_only_if_it_was_asked(value: str, answers: tuple[Answer, ...] | None, sign: Sign) -> None:
    host = HEALTHY._replace(
        go_variables=(Variable("GOPROXY", value, "environment"),), network=HEALTHY.network._replace(answers=answers)
    )
    assert content(host, "go.goproxy").sign is sign


def test_a_home_on_a_windows_drive() -> None:
    cache = (Variable("GOCACHE", "/mnt/c/home/.cache/go-build", "default"),)
    found = content(HEALTHY._replace(go_variables=cache, home="/mnt/c/home"), "go.gocache")
    assert found.next == "HOME is on that drive: move it to a Linux file system"


@pytest.mark.parametrize(
    ("change", "name", "value", "rule"),
    [
        ({"go": None}, "go.go", "not in PATH", "no-go"),
        (
            {"go": Go("/usr/local/go/bin/go", problem="go: broken")},
            "go.go",
            "/usr/local/go/bin/go fails",
            "go-fails",
        ),
        (
            {"go": Go("/mnt/c/go/bin/go", "1.25.3", "/mnt/c/go")},
            "go.go",
            "1.25.3 in /mnt/c/go",
            "go-on-windows-drive",
        ),
        ({"compiler": None}, "go.compiler", "none", "no-c-compiler"),
        ({"go_variables": (ANSWER,)}, "go.goproxy", "empty", "empty-variable"),
        ({"gopls": None}, "editors.gopls", "not installed", "no-gopls"),
        ({"delve": None}, "editors.delve", "not installed", "no-delve"),
        (
            {"gpu": Gpu(has_device=True, has_library=True, loader_finds_library=True, cards=())},
            "gpu.card",
            "none listed by nvidia-smi",
            "gpu-not-listed",
        ),
        (
            {"gpu": HEALTHY.gpu._replace(loader_finds_library=False)},
            "gpu.library",
            "not on the linker path",
            "gpu-library-not-found",
        ),
        (
            {"wslg": Wslg("/mnt/wslg", has_socket=False)},
            "wslg.server",
            "mounted at /mnt/wslg, without a socket of X11",
            "x11-socket-missing",
        ),
        ({"wslg": Wslg("/mnt/wslg", has_socket=True)}, "wslg.display", "not set", "foreign-display"),
        ({"network": Network(name_servers=())}, "network.names", "none in /etc/resolv.conf", "no-name-server"),
        (
            {"network": Network(resolv_conf="/mnt/wsl/resolv.conf")},
            "network.names",
            "none in /mnt/wsl/resolv.conf",
            "no-name-server",
        ),
        ({"mounts": ()}, "wsl.drives", "not mounted", "no-windows-drives"),
    ],
)
def test_a_fault_needs_attention(change: dict[str, object], name: str, value: str, rule: str) -> None:
    found = content(HEALTHY._replace(**change), name)  # type: ignore[arg-type]
    assert found[:3] == (Sign.ATTENTION, value, f"machine/{rule}")
    assert found.next


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"gpu": Gpu(has_device=False)}, "gpu.card"),
        ({"gpu": Gpu(has_device=True, has_library=False)}, "gpu.card"),
        ({"gpu": HEALTHY.gpu._replace(toolkit=None)}, "gpu.toolkit"),
        ({"editors": ()}, "editors.editor"),
        ({"running": Running(memory=1 << 33, networking="none"), "wslconfig": None}, "network.mode"),
        ({"goenv_path": None}, "go.goenv"),
    ],
)
def test_an_unusual_machine_is_ok(change: dict[str, object], name: str) -> None:
    host = HEALTHY._replace(**change)  # type: ignore[arg-type]
    assert line(host, name).sign in (Sign.OK, Sign.FACT)
    assert not every_machine_finding(host)


@pytest.mark.parametrize(
    ("value", "mode", "sign"),
    [
        ("http://127.0.0.1:7890", "nat", Sign.NOTE),
        ("http://xxxxx@localhost:7890/", "nat", Sign.NOTE),
        ("http://127.0.0.1:7890", "mirrored", Sign.OK),
        ("http://localhost.corp.test:1", "nat", Sign.OK),
    ],
)
def test_a_local_proxy_is_this_distribution_unless_mirrored(value: str, mode: str, sign: Sign) -> None:
    proxies = (
        Variable("https_proxy", value, "environment"),
        Variable("no_proxy", "localhost,.corp.example.cn", "environment"),
    )
    network = Network(proxies, ("10.255.255.254",))
    assert line(HEALTHY._replace(network=network, running=Running(networking=mode)), "network.proxy").sign is sign


def test_an_editor_without_the_go_extension() -> None:
    host = HEALTHY._replace(editors=(Editor("Cursor", "/home/user/.cursor-server"),))
    assert content(host, "editors.editor") == Line(
        Sign.NOTE,
        "Cursor without the Go extension",
        "machine/no-go-extension",
        "Cursor has no Go extension in WSL",
        "install the extension golang.go in Cursor's WSL window",
    )


def test_only_the_first_of_several_editors_has_the_findings() -> None:
    editors = (Editor("VS Code", "/home/user/.vscode-server", "0.50.0"), Editor("Cursor", "/home/user/.cursor-server"))
    page = [found for found in status(HEALTHY._replace(editors=editors)).lines if found.fact.id == "editors.editor"]
    assert [(found.sign, len(found.findings)) for found in page] == [(Sign.NOTE, 1), (Sign.FACT, 0)]


@pytest.mark.parametrize("display", ["172.20.0.1:0.0", "localhost:10.0"])
def test_a_display_of_another_x_server_needs_attention(display: str) -> None:
    host = HEALTHY._replace(wslg=HEALTHY.wslg._replace(display=display))
    found = content(host, "wslg.display")
    assert (found.sign, found.value) == (Sign.ATTENTION, display)
    assert found.message == f"DISPLAY={display} is another X server: WSLg is not used"
    assert found.next.endswith("type: export DISPLAY=:0")


PROBLEM = "go: cannot find GOROOT directory: 'go' binary is trimmed and GOROOT is set to /old/go"


@pytest.mark.parametrize(
    ("variables", "step"),
    [
        ((Variable("GOROOT", "/old/go", "environment"),), "type: unset GOROOT, and remove it where it is exported"),
        ((Variable("GOROOT", "/old/go", GOENV),), f"correct GOROOT in {GOENV}"),
        ((), "fix the reported cause, or install Go again: wslgo provision --only toolchain"),
    ],
)
def test_a_stale_goroot_leads_to_the_place_that_sets_it(variables: tuple[Variable, ...], step: str) -> None:
    host = HEALTHY._replace(go=Go("/usr/local/go/bin/go", problem=PROBLEM), go_variables=variables)
    found = content(host, "go.go")
    assert (found.sign, found.value) == (Sign.ATTENTION, "/usr/local/go/bin/go fails")
    assert (found.message, found.next) == (f"Every go command fails: {PROBLEM}", step)


def _messages() -> list[Message]:
    names = ("wsl", "go", "gpu", "wslg", "network", "editors", "fact", "status")
    parts = [import_module(f"wslgo.doctor.{name}") for name in names]
    return [value for part in parts for value in vars(part).values() if isinstance(value, Message)]


@pytest.mark.parametrize("message", _messages())
def test_both_languages_have_the_same_places(message: Message) -> None:
    places = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in message]
    assert places[0] == places[1]
