"""Plans for the files of WSL, DNS and caches, from facts alone; half of the tests expect no change."""

import pytest

import machines
from wslgo.machine.host import Editor, Go, Host, Mount, Running, Variable, Windows, Wsl
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, File, User, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import MoveFolder, Plan
from wslgo.provision.plan.judgement import remainder
from wslgo.provision.plan.planner import module_of, plan
from wslgo.provision.report.text import in_one_line

HOME = "/home/dev"
USER = User("dev", HOME)
CONF, CONFIG, SYSCTL, RESOLV = (
    "/etc/wsl.conf",
    "/mnt/c/Users/user/.wslconfig",
    "/etc/sysctl.d/60-wslgo.conf",
    "/etc/resolv.conf",
)
BASHRC, ENV = f"{HOME}/.bashrc", f"{HOME}/.config/go/env"
NAT = machines.host("ubuntu-24.04-nat")  # 32 GB, 16 processors, no limits
DRIVES = (Mount("/", "ext4"), Mount("/mnt/c", "9p", "C:\\", "C:\\"), Mount("/mnt/d", "9p", "D:\\", "D:\\"))
CUDA = Workspace("/home/dev/src", uses_cuda=True)
WINDOWS = Workspace("/home/dev/src", toolkits=("Fyne",))


def planned(name: str, texts: "dict[str, str]", host: Host = NAT, *, named: bool = False, **more: object) -> Plan:
    """Plan one step for a machine with these files; all others that it reads are missing."""
    looked_at = {path: None for path in module_of(name).reads(USER, host) if "*" not in path}
    files = {**looked_at, **{path: File(text.encode()) for path, text in texts.items()}}
    given: dict[str, object] = {"folders": dict.fromkeys(looked_at), "links": dict.fromkeys(looked_at), **more}
    facts = Facts(host, USER, files=files, **given)  # type: ignore[arg-type]
    made = plan(facts, Spec(only=(name,) if named else ()))
    own = Plan(tuple(step for step in made.steps if step.id == name), made.notes)
    for step in own.steps:
        facts = facts.after(step)
    again = [step.id for step in plan(facts, Spec(only=(name,) if named else ())).steps]
    assert name not in again, "what was done is not planned again"
    return own


def after(made: Plan, path: str) -> str:
    """Return the content of a file after the plan."""
    return next((write.after or b"").decode() for step in made.steps for write in step.writes if write.path == path)


# wsl.conf


def test_lines_that_wsl_rejects_get_the_fixes_of_the_editor() -> None:
    made = planned("wsl-conf", {CONF: "[boot]\nsystemd = yes\n[autmount]\noptions=metadata\n"})
    assert after(made, CONF) == "[boot]\nsystemd = true\n[automount]\noptions=metadata\n"
    [step] = made.steps
    assert step.needs_root
    assert step.after == ("terminate",)


@pytest.mark.parametrize(
    ("text", "workspace", "left"),
    [
        ("[gpu]\nenabled=false # why\n[boot]\nsystemd=true\n", CUDA, "[gpu]\n[boot]\nsystemd=true\n"),
        ("[general]\nguiApplications=0\n", WINDOWS, "[general]\n"),
    ],
)
def test_settings_that_disable_what_the_workspace_uses_are_removed(text: str, workspace: Workspace, left: str) -> None:
    assert after(planned("wsl-conf", {CONF: text}, workspace=workspace), CONF) == left


def test_a_workspace_on_a_windows_drive_needs_metadata() -> None:
    there = Workspace("/mnt/d/src")
    made = planned("wsl-conf", {CONF: '[automount]\noptions = "umask=22" # mine\n'}, workspace=there)
    assert after(made, CONF) == '[automount]\noptions = "metadata,umask=22" # mine\n'
    assert after(planned("wsl-conf", {}, workspace=there), CONF) == '[automount]\noptions="metadata"\n'


def test_on_request_systemd_and_metadata_are_switched_on() -> None:
    folders = {"/usr/lib/systemd": ("systemd", "systemd-sysctl")}
    made = planned("wsl-conf", {CONF: "[user]\ndefault=dev\n"}, named=True, folders=folders)
    assert after(made, CONF) == '[user]\ndefault=dev\n\n[automount]\noptions="metadata"\n\n[boot]\nsystemd=true\n'


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("[user]\ndefault=dev\n", {}),
        ("[gpu]\nenabled=false\n", {}),
        ("[gpu]\nenabled=true\n", {"workspace": CUDA}),
        ("[general]\nguiApplications=false\n", {"workspace": CUDA}),
        ("[automount]\noptions=metadata,uid=1000\n", {"workspace": Workspace("/mnt/d/src")}),
        ("[automount]\noptions=umask=22\n", {"workspace": Workspace("/home/dev/src")}),
        ("[boot]\nsystemd=false\n", {"folders": {"/usr/lib/systemd": ("systemd",)}}),
    ],
)
def test_a_working_wsl_conf_does_not_change(text: str, more: "dict[str, object]") -> None:
    assert planned("wsl-conf", {CONF: text}, **more) == Plan()


def test_a_decision_about_systemd_stays() -> None:
    folders = {"/usr/lib/systemd": ("systemd",)}
    conf = "[boot]\nsystemd=false\n[automount]\noptions=metadata\n"
    assert planned("wsl-conf", {CONF: conf}, named=True, folders=folders) == Plan()


def test_outside_of_wsl_its_file_does_not_change() -> None:
    bare = Host(wsl=Wsl(generation=0))
    assert planned("wsl-conf", {CONF: "[gpu]\nenabled=flase\n"}, bare, workspace=CUDA) == Plan()


# sysctl.d

COMMAND = 'command = "sysctl -w vm.swappiness=10 && sysctl -w vm.vfs_cache_pressure=50"\n'


def test_the_sysctls_of_a_boot_command_move_where_systemd_reads_them() -> None:
    made = planned("sysctl", {CONF: f"[boot]\nsystemd=true\n{COMMAND}"})
    assert after(made, SYSCTL) == "vm.swappiness = 10\nvm.vfs_cache_pressure = 50\n"
    assert after(made, CONF) == "[boot]\nsystemd=true\n"


@pytest.mark.parametrize(
    "command",
    [
        "sysctl -qw net.core.somaxconn=4096 vm.swappiness=10",
        "/usr/sbin/sysctl -w vm.swappiness=10;sysctl -w kernel/pid_max=99999",
    ],
)
def test_other_ways_to_write_sysctls_are_known(command: str) -> None:
    assert planned("sysctl", {CONF: f"[boot]\nsystemd=true\ncommand={command}\n"}).steps


@pytest.mark.parametrize(
    "conf",
    [
        f"[boot]\n{COMMAND}",
        f"[boot]\nsystemd=false\n{COMMAND}",
        "[boot]\nsystemd=true\ncommand=service docker start\n",
        "[boot]\nsystemd=true\ncommand=sysctl -w vm.swappiness=10 && service docker start\n",
        "[boot]\nsystemd=true\ncommand=sysctl -w vm.swappiness=$(cat /x)\n",
        "[boot]\nsystemd=true\ncommand=sysctl -w vm.swappiness=10 | tee /var/log/x\n",
        "[boot]\nsystemd=true\n",
    ],
)
def test_a_boot_command_that_does_more_or_without_systemd_stays(conf: str) -> None:
    host = NAT._replace(wsl=NAT.wsl._replace(has_systemd=False))
    assert planned("sysctl", {CONF: conf}, host) == Plan()


def test_on_request_the_recommended_settings_are_written() -> None:
    assert after(planned("sysctl", {CONF: "[boot]\nsystemd=true\n"}, named=True), SYSCTL).startswith("vm.swappiness")
    without = NAT._replace(wsl=NAT.wsl._replace(has_systemd=False))
    assert "command=sysctl -w vm.swappiness=10 && " in after(planned("sysctl", {}, without, named=True), CONF)


def test_if_systemd_is_unknown_nothing_is_written() -> None:
    assert planned("sysctl", {}, Host(), named=True) == Plan()


# .wslconfig


def test_wslconfig_keeps_its_line_ends_and_comments() -> None:
    text = "# mine\r\n[wsl2]\r\nmemory = 8gb # enough\r\nprocessors=64\r\n"
    made = planned("wslconfig", {CONFIG: text})
    assert after(made, CONFIG) == "# mine\r\n[wsl2]\r\nmemory = 8GB # enough\r\nprocessors=16\r\n"
    [step] = made.steps
    assert step.after == ("shutdown",)
    assert not step.needs_root


def test_more_memory_than_the_computer_has_becomes_half_of_it() -> None:
    assert after(planned("wslconfig", {CONFIG: "[wsl2]\nmemory=99GB\n"}), CONFIG) == "[wsl2]\nmemory=16GB\n"


def test_on_request_limits_are_sized_to_the_computer() -> None:
    made = planned("wslconfig", {CONFIG: "[wsl2]\nmemory=4GB\nprocessors=2\nswap=0\n"}, named=True)
    assert after(made, CONFIG) == "[wsl2]\nmemory=24GB\nprocessors=16\n"
    assert not made.notes


@pytest.mark.parametrize("text", ["[wsl2]\nmemory=2GB\n", "[wsl2]\nmemory=4GB\nswap=0\n", "[wsl2]\nprocessors=1\n"])
def test_without_a_request_limits_stay(text: str) -> None:
    assert planned("wslconfig", {CONFIG: text}) == Plan()


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize(
    "text", ["", "[wsl2]\n", "[wsl2]\nmemory=16GB\nprocessors=16\nswap=8GB\n", "[wsl2]\nmemory=28GB\n", None]
)
def test_good_defaults_and_limits_are_not_reported(text: "str | None", named: bool) -> None:
    assert planned("wslconfig", {} if text is None else {CONFIG: text}, named=named) == Plan()


def test_limits_are_not_sized_to_an_unknown_computer() -> None:
    host = NAT._replace(windows=Windows())
    assert planned("wslconfig", {CONFIG: "[wsl2]\nmemory=1GB\nprocessors=1\n"}, host, named=True) == Plan()


# Names

OFF = "[network]\ngenerateResolvConf=false # mine\n[boot]\nsystemd=true\n"


@pytest.mark.parametrize(
    ("files", "links"),
    [
        ({CONF: OFF}, {RESOLV: "../run/resolvconf/resolv.conf"}),
        ({CONF: OFF}, {RESOLV: None}),
        ({CONF: OFF, RESOLV: "# nothing\nsearch corp.invalid\n"}, {RESOLV: None}),
    ],
)
def test_without_dns_wsl_writes_the_file_again(files: "dict[str, str]", links: "dict[str, str | None]") -> None:
    made = planned("dns", files, links=links)
    assert after(made, CONF) == "[network]\n[boot]\nsystemd=true\n"
    assert "DNS does not work" in made.steps[0].reason.render()


@pytest.mark.parametrize(
    ("files", "host"),
    [
        ({CONF: OFF, RESOLV: "nameserver 10.0.0.1\n"}, NAT),
        ({CONF: "[boot]\nsystemd=true\n"}, NAT),
        ({CONF: OFF}, NAT._replace(running=Running(networking="none"))),
        ({CONF: OFF}, Host()),
    ],
)
def test_working_and_unwanted_dns_do_not_change(files: "dict[str, str]", host: Host) -> None:
    assert planned("dns", files, host) == Plan()


# Caches


def led(*values: "tuple[str, str, str]") -> Host:
    """Return a machine with these values of variables, from these places."""
    return Host(
        wsl=Wsl(generation=2), mounts=DRIVES, goenv_path=ENV, go_variables=tuple(Variable(*value) for value in values)
    )


def moved(made: Plan) -> list[str]:
    return [
        in_one_line(action).render() for step in made.steps for action in step.actions if isinstance(action, MoveFolder)
    ]


def test_a_cache_is_moved_and_its_setting_removed() -> None:
    host = led(("GOCACHE", "/mnt/c/cache", ENV))
    made = planned("caches", {ENV: "GOFLAGS=-v\nGOCACHE=/mnt/c/cache\n"}, host, folders={"/mnt/c/cache": ("00",)})
    assert moved(made) == [f"move /mnt/c/cache to {HOME}/.cache/go-build"]
    assert after(made, ENV) == "GOFLAGS=-v\n"


def test_all_variables_of_a_shell_file_are_fixed_in_one_write() -> None:
    text = 'export GOCACHE="/mnt/c/go-cache"\nexport GOPATH=$HOME/go\nexport GOPATH=/mnt/d/go-workspace\nexport A=1\n'
    host = led(("GOCACHE", "/mnt/c/go-cache", "environment"), ("GOPATH", "/mnt/d/go-workspace", "environment"))
    folders = {"/mnt/d/go-workspace": ("bin", "pkg"), "/mnt/d/go-workspace/bin": ("dlv",), "/mnt/c/go-cache": ("00",)}
    made = planned("caches", {BASHRC: text}, host, folders=folders)
    assert moved(made) == [
        f"move /mnt/d/go-workspace to {HOME}/go",
        f"move /mnt/c/go-cache to {HOME}/.cache/go-build",
    ]
    assert after(made, BASHRC) == "export GOPATH=$HOME/go\nexport A=1\n"


def test_a_module_cache_inside_gopath_moves_along() -> None:
    host = led(("GOPATH", "/mnt/d/go", ENV), ("GOMODCACHE", "/mnt/d/go/pkg/mod", ENV))
    folders = {"/mnt/d/go": ("pkg",), "/mnt/d/go/pkg/mod": ("cache",)}
    made = planned("caches", {ENV: "GOPATH=/mnt/d/go\nGOMODCACHE=/mnt/d/go/pkg/mod\n"}, host, folders=folders)
    assert moved(made) == [f"move /mnt/d/go to {HOME}/go"]
    assert after(made, ENV) == ""
    assert not made.steps[0].warnings


def test_nothing_is_moved_to_a_folder_that_is_not_empty() -> None:
    folders = {"/mnt/c/cache": ("00",), f"{HOME}/.cache/go-build": ("00", "01")}
    made = planned("caches", {ENV: "GOCACHE=/mnt/c/cache\n"}, led(("GOCACHE", "/mnt/c/cache", ENV)), folders=folders)
    assert moved(made) == []
    assert after(made, ENV) == ""
    assert [warning.render() for warning in made.steps[0].warnings] == [
        f"{HOME}/.cache/go-build is not empty, so the content of /mnt/c/cache is not moved"
    ]


def test_programs_of_a_moved_gopath_are_expected_at_the_new_place() -> None:
    host = led(("GOPATH", "/mnt/d/go", ENV))
    assert layout.programs(Facts(host, USER)) == f"{HOME}/go/bin"
    folders = {"/mnt/d/go": ("bin",), "/mnt/d/go/bin": ("dlv",)}
    [step] = planned("caches", {ENV: "GOPATH=/mnt/d/go\n"}, host, folders=folders).steps
    found = Facts(host, USER, folders=folders).after(step)
    assert (found.folders[f"{HOME}/go/bin"], found.folders["/mnt/d/go/bin"]) == (("dlv",), None)


@pytest.mark.parametrize(
    "host",
    [
        led(("GOCACHE", f"{HOME}/.cache/go-build", ENV), ("GOPATH", f"{HOME}/go", "environment")),
        led(("GOMODCACHE", "/mnt/d/go/pkg/mod", "default")),
        led(("GOCACHE", "/mnt/c/cache", ENV))._replace(wsl=Wsl(generation=1)),
        led(("GOCACHE", "/mnt/c/cache", ENV))._replace(mounts=None),
        led(("GOBIN", "/mnt/c/tools", ENV)),
    ],
)
def test_caches_on_linux_and_unknown_caches_stay(host: Host) -> None:
    assert planned("caches", {ENV: "GOCACHE=/mnt/c/cache\n"}, host) == Plan()


@pytest.mark.parametrize("text", ["if x; then export GOCACHE=/mnt/c/cache; fi\n", ""])
def test_a_variable_that_no_file_of_the_user_sets_for_certain_is_left_and_told_once(text: str) -> None:
    host = led(("GOCACHE", "/mnt/c/cache", "environment"))
    assert planned("caches", {BASHRC: text}, host) == Plan()
    facts = Facts(host, USER, files={BASHRC: File(text.encode())})
    left = remainder(facts, plan(facts, Spec()), Spec(), ())
    assert [reported.rule for reported in left.findings] == ["goenv/folder-on-windows-drive"]


def test_a_list_in_gopath_is_left_to_the_user() -> None:
    host = led(("GOPATH", "/mnt/d/go:/home/dev/more", "environment"))
    assert planned("caches", {BASHRC: "export GOPATH=/mnt/d/go:/home/dev/more\n"}, host) == Plan()


# Exports


def test_exports_that_go_rejects_are_fixed_in_their_file() -> None:
    text = 'export GOSUMDB="sum.golang.org+https://sum.golang.org" # mine\nexport GOPROXY=direct,https://goproxy.cn\n'
    made = planned("go-variables", {BASHRC: text})
    assert after(made, BASHRC) == (
        'export GOSUMDB="sum.golang.org https://sum.golang.org" # mine\nexport GOPROXY=https://goproxy.cn,direct\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "export GO111MODULE=on\n",
        "export GOPROXY=https://goproxy.cn,direct\n",
        "export GOPROXY=https://a.invalid,direct,off\n",
        "# GOPROXY=direct,https://x\n",
    ],
)
def test_working_exports_do_not_change(text: str) -> None:
    assert planned("go-variables", {BASHRC: text}) == Plan()


# Settings of the editor in the distribution

SETTINGS = f"{HOME}/.vscode-server/data/Machine/settings.json"


def edited(**more: object) -> Host:
    """Return a machine with VS Code's server."""
    host = Host(wsl=Wsl(generation=2), mounts=DRIVES, home=HOME, goenv_path=ENV)
    return host._replace(editors=(Editor("VS Code", f"{HOME}/.vscode-server"),), **more)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{\n  // mine\n  "go.gopath": "/mnt/d/go",\n  "a": 1\n}\n', '{\n  "a": 1\n}\n'),
        (
            '{"go.toolsEnvVars": {"GOPROXY": "direct,https://a.invalid"}}',
            '{"go.toolsEnvVars": {"GOPROXY": "https://a.invalid,direct"}}',
        ),
        ('{"go.goroot": "C:\\\\Go", "a": 1}', '{"a": 1}'),
    ],
)
def test_settings_that_point_go_to_windows_or_nowhere_are_fixed(text: str, left: str) -> None:
    assert after(planned("editor", {SETTINGS: text}, edited()), SETTINGS) == left


def test_a_goroot_of_the_extension_is_removed_if_terminals_use_another_go() -> None:
    text = '{"go.goroot": "/usr/local/go", "a": 1}'
    made = planned("editor", {SETTINGS: text}, edited(go=Go(f"{HOME}/sdk/go/bin/go", "1.27.3")))
    assert after(made, SETTINGS) == '{"a": 1}'
    assert made.steps[0].resolves == ("machine/another-go-in-editor",)
    for go in (None, Go("/usr/local/go/bin/go", "1.25.3"), Go("/usr/bin/go", "1.25.3")):
        assert not planned("editor", {SETTINGS: text}, edited(go=go)).steps


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"go.toolsEnvVars": {"GOPROXY": "https://goproxy.cn,direct"}, "go.gopath": "/home/dev/go"}',
        "{ broken",
    ],
)
def test_working_settings_do_not_change(text: str) -> None:
    assert planned("editor", {SETTINGS: text}, edited()) == Plan()


# Healthy machines


@pytest.mark.parametrize("name", [name for name in machines.NAMES if name not in ("article", "not-wsl")])
def test_a_healthy_machine_with_its_own_files_gets_an_empty_plan(name: str) -> None:
    host = machines.host(name)
    assert host.wslconfig is not None
    own = {CONF: host.wslconf.text if host.wslconf else None, host.wslconfig.path: host.wslconfig.text}
    texts = {path: text for path, text in own.items() if text is not None}
    for step in ("wsl-conf", "sysctl", "wslconfig", "dns", "caches", "go-variables"):
        more = {"links": {RESOLV: "/mnt/wsl/resolv.conf"}, "files": {}}
        assert planned(step, {**texts, RESOLV: "nameserver 10.255.255.254\n"}, host, links=more["links"]) == Plan()
