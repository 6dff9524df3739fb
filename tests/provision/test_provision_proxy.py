"""The company's proxy: configured for apt if it is lasting, and not used for hosts that do not need it."""

import json
import subprocess
from pathlib import Path

import pytest

from smallmachine import BASHRC as SKELETON
from smallmachine import Machine
from wslgo.machine.host import Host, Network, Running, Snapshot, Variable, Windows, Wsl
from wslgo.provision.model.facts import Facts, File, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan.steps import proxy
from wslgo.provision.plan.steps.proxy import APT, APT_CONF, APT_FOLDER, BLOCK, PATH
from wslgo.text.message import Text

USER = User("dev", "/home/dev")
BASHRC, PROFILE = "/home/dev/.bashrc", "/home/dev/.profile"
READS_BASHRC = '. "$HOME/.bashrc"\n'
CORP = "http://proxy.corp.example.cn:8080"
SETS_BOTH = f"export HTTP_PROXY={CORP} HTTPS_PROXY={CORP}\n"
SETS_SMALL = f"export http_proxy={CORP} https_proxy={CORP}\n"
IN_PROFILE = {"/etc/profile.d/proxy.sh": SETS_BOTH}
CONF = f'Acquire::http::Proxy "{CORP}";\nAcquire::https::Proxy "{CORP}";\n'
EXCLUDED = 'export NO_PROXY="x.example"\nexport no_proxy=$NO_PROXY\n'
UNASKED, ASKED = Spec(), Spec(only=("proxy",))
WINDOWS_11 = Host(wsl=Wsl(generation=2, version="2.6.1.0"), windows=Windows(build=26100))


def found(texts: "dict[str, str]", host: Host | None = None, user: User = USER, *, has_apt: bool = True) -> Facts:
    """Return the facts of a machine with these files; all others that the step reads are missing."""
    looked_at = {path: None for path in proxy.reads(user, Host()) if "*" not in path}
    files = {PROFILE: READS_BASHRC, BASHRC: SKELETON.decode(), **({APT: ""} if has_apt else {}), **texts}
    known = {path: File(text.encode()) for path, text in files.items()}
    names = tuple(path.rpartition("/")[2] for path in files if path.startswith(f"{APT_FOLDER}/"))
    return Facts(host or Host(), user, files={**looked_at, **known}, folders={APT_FOLDER: names})


def in_environment(*values: str, host: Host | None = None) -> Host:
    named = (Variable(name, value, "environment") for name, _, value in (word.partition("=") for word in values))
    return (host or Host())._replace(network=Network(proxies=tuple(named)))


def after(there: Facts, file: str, spec: Spec = UNASKED) -> "str | None":
    """Return the new content of a file; None if it does not change."""
    steps = (item for item in proxy.steps(there, spec) if isinstance(item, Step))
    return next(((write.after or b"").decode() for step in steps for write in step.writes if write.path == file), None)


def notes(there: Facts, spec: Spec = UNASKED) -> "list[str]":
    return [item.render() for item in proxy.steps(there, spec) if isinstance(item, Text)]


# apt


@pytest.mark.parametrize(
    "files",
    [
        IN_PROFILE,
        {"/etc/environment": f'http_proxy="{CORP}"\nhttps_proxy={CORP}\n'},
        {BASHRC: f"http_proxy={CORP}\nhttps_proxy=$http_proxy\nexport http_proxy\nexport HTTPS_PROXY='{CORP}'\n"},
        {BASHRC: SETS_BOTH.replace("http://", "")},
    ],
)
def test_a_proxy_that_a_file_sets_is_configured_for_apt(files: dict[str, str]) -> None:
    assert after(found(files), PATH) == CONF


def test_the_step_needs_root_and_can_be_undone() -> None:
    step = next(iter(proxy.steps(found({**IN_PROFILE, BASHRC: EXCLUDED}), Spec())))
    assert isinstance(step, Step)
    assert (step.needs_root, step.reversible, step.writes[0].owner, step.writes[0].mode) == (True, True, "root", 0o644)


def test_only_schemes_that_are_set_are_written() -> None:
    assert after(found({BASHRC: f"export http_proxy={CORP}\n"}), PATH) == f'Acquire::http::Proxy "{CORP}";\n'


def test_a_changed_proxy_is_written_again() -> None:
    there = found({**IN_PROFILE, PATH: CONF.replace("8080", "3128")})
    assert after(there, PATH) == CONF
    assert after(found({**IN_PROFILE, PATH: CONF}), PATH) is None


@pytest.mark.parametrize(
    "text",
    [
        'Acquire::http::Proxy "http://other:3128";\n',
        'acquire { http { proxy "DIRECT"; }; };\n',
        'Acquire::http::Proxy-Auto-Detect "/usr/bin/detect";\n',
    ],
)
@pytest.mark.parametrize("path", [APT_CONF, f"{APT_FOLDER}/20mine"])
def test_an_apt_with_a_configured_proxy_does_not_change(path: str, text: str) -> None:
    assert after(found({**IN_PROFILE, path: text}), PATH) is None


@pytest.mark.parametrize(
    "text",
    [
        f'// Acquire::http::Proxy "{CORP}";\n',
        f"  # Proxy: see {CORP}\n",
        '/* Acquire::http::Proxy\n "x"; */\nAPT::Sandbox::User "root";\n',
    ],
)
def test_a_comment_about_proxies_does_not_configure_apt(text: str) -> None:
    assert after(found({**IN_PROFILE, f"{APT_FOLDER}/20mine": text}), PATH) == CONF


def test_a_password_is_not_written_into_a_file_for_all_users() -> None:
    there = found({"/etc/environment": f"HTTP_PROXY={CORP.replace('//', '//me:hunter2@')}\n"})
    assert after(there, PATH) is None
    [note] = notes(there)
    assert "http://xxxxx@proxy.corp.example.cn:8080" in note
    assert "hunter2" not in note


@pytest.mark.parametrize("files", [{}, {BASHRC: f"proxy_on() {{ export http_proxy={CORP}; }}\n"}])
def test_without_a_proxy_nothing_is_planned(files: dict[str, str]) -> None:
    assert not list(proxy.steps(found(files), ASKED))


@pytest.mark.parametrize(
    "value", ["", "$PROXY", 'http://x";Dpkg::Pre-Invoke"', "http://x/y", "ftp://x", "http://a b", "http://x\\n"]
)
def test_what_apt_could_not_read_is_not_written(value: str) -> None:
    assert after(found({}, in_environment(f"HTTP_PROXY={value}")), PATH, ASKED) is None


def test_without_apt_nothing_is_planned() -> None:
    assert after(found(IN_PROFILE, has_apt=False), PATH) is None


@pytest.mark.parametrize("value", ["http://127.0.0.1:7890", "http://localhost:7890", "http://[::1]:7890/"])
def test_a_proxy_on_this_computer_is_not_written_unasked(value: str) -> None:
    there = found({BASHRC: f"export http_proxy='{value}'\n" + EXCLUDED})
    assert not list(proxy.steps(there, Spec()))
    assert after(there, PATH, ASKED) == f'Acquire::http::Proxy "{value}";\n'


@pytest.mark.parametrize("value", ["http://127.0.0.1:7890", "http://localhost:7890", "http://[::1]:7890/"])
def test_a_proxy_that_is_the_distribution_itself_is_not_written_for_apt(value: str) -> None:
    nat = WINDOWS_11._replace(running=Running(networking="nat"))
    there = found({BASHRC: f"export http_proxy='{value}'\n" + EXCLUDED}, nat)
    assert not list(proxy.steps(there, ASKED))[1:]
    [note] = notes(there, ASKED)
    assert note.startswith(f"{value} is not written for apt: in NAT mode it is this distribution, not Windows")
    assert not list(proxy.steps(there, Spec()))


@pytest.mark.parametrize("networking", ["mirrored", None])
def test_in_mirrored_networking_it_is_windows(networking: str | None) -> None:
    host = WINDOWS_11._replace(running=Running(networking=networking))
    there = found({BASHRC: "export http_proxy=http://127.0.0.1:7890\n" + EXCLUDED}, host)
    assert after(there, PATH, ASKED) == 'Acquire::http::Proxy "http://127.0.0.1:7890";\n'
    assert after(found(IN_PROFILE, WINDOWS_11._replace(running=Running(networking="nat"))), PATH, ASKED) == CONF


# What Windows sets


def test_a_proxy_of_windows_is_written_only_on_request() -> None:
    there = found({}, in_environment(f"HTTP_PROXY={CORP}", f"https_proxy={CORP}", host=WINDOWS_11))
    assert after(there, PATH) is None
    [note] = notes(there)
    assert "wslgo provision --only proxy" in note
    assert after(there, PATH, ASKED) == CONF
    assert not notes(there, ASKED)


@pytest.mark.parametrize(
    "host",
    [
        WINDOWS_11._replace(windows=Windows(build=19045)),
        WINDOWS_11._replace(wsl=Wsl(generation=2, version="1.2.5.0")),
        WINDOWS_11._replace(wsl=Wsl(generation=1)),
        WINDOWS_11._replace(wsl=Wsl(generation=0)),
        WINDOWS_11._replace(wslconfig=Snapshot("/mnt/c/x/.wslconfig", "[wsl2]\nautoProxy=false\n")),
    ],
)
def test_if_windows_sets_none_the_proxy_of_the_environment_is_lasting(host: Host) -> None:
    there = found({}, in_environment(f"HTTP_PROXY={CORP}", f"HTTPS_PROXY={CORP}", host=host))
    assert after(there, PATH) == CONF


def test_an_address_that_a_file_computes_is_not_lasting() -> None:
    """The address of Windows, as many a `.bashrc` for WSL computes it."""
    text = "export http_proxy=http://$(ip route show default | cut -d' ' -f3):7890\n" + EXCLUDED
    there = found({BASHRC: text}, in_environment("http_proxy=http://172.20.0.1:7890"))
    assert after(there, PATH) is None
    assert "it may change" in notes(there)[0]
    assert after(there, PATH, ASKED) == 'Acquire::http::Proxy "http://172.20.0.1:7890";\n'


def test_a_proxy_of_a_session_gives_way_to_that_of_a_file() -> None:
    assert after(found(IN_PROFILE, in_environment("HTTP_PROXY=http://other:3128")), PATH) == CONF


def test_a_written_proxy_is_not_reported_again() -> None:
    there = found({PATH: CONF}, in_environment("HTTP_PROXY=http://home:3128", host=WINDOWS_11))
    assert not list(proxy.steps(there, Spec()))


# NO_PROXY


def variables(text: str, **environment: str) -> dict[str, str]:
    """Return the values that programs get from a shell after it has read a file."""
    script = f'{text}\nexec /usr/bin/env -i NO_PROXY="$NO_PROXY" no_proxy="$no_proxy" /usr/bin/env\n'
    done = subprocess.run(["/bin/sh", "-euc", script], env=environment, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def block_of(text: "str | None") -> str:
    match = BLOCK.match_in(text or "")
    assert match is not None
    return match[0]


def test_a_proxy_gets_both_spellings_of_no_proxy() -> None:
    text = after(found(IN_PROFILE), BASHRC)
    expected = "localhost,127.0.0.1,::1"
    assert variables(block_of(text)) == {"NO_PROXY": expected, "no_proxy": expected}
    assert after(found({**IN_PROFILE, BASHRC: text or ""}), BASHRC) is None


def test_private_hosts_are_excluded_and_shared_ones_are_not() -> None:
    private = "git.corp.example.cn, *.corp.example.cn,github.com,github.com/corp,git.corp.example.cn/team,$(id),a"
    host = Host(go_variables=(Variable("GOPRIVATE", private, "/x"),))
    block = block_of(after(found(IN_PROFILE, host), BASHRC))
    assert variables(block)["NO_PROXY"] == "localhost,127.0.0.1,::1,git.corp.example.cn"


def test_the_module_proxy_of_the_company_is_excluded_and_public_ones_are_not() -> None:
    goproxy = "https://modules.corp.example.cn:8443,https://goproxy.cn|https://10.1.2.3,direct"
    host = Host(go_variables=(Variable("GOPROXY", goproxy, "/x"),))
    block = block_of(after(found(IN_PROFILE, host), BASHRC))
    assert variables(block)["NO_PROXY"] == "localhost,127.0.0.1,::1,modules.corp.example.cn,10.1.2.3"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"NO_PROXY": ".corp"}, (".corp", ".corp")),
        ({"no_proxy": ".corp"}, (".corp", ".corp")),
        ({"NO_PROXY": ".a", "no_proxy": ".b"}, (".a", ".b")),
    ],
)
def test_values_of_a_session_stay(environment: dict[str, str], expected: tuple[str, str]) -> None:
    got = variables(block_of(after(found(IN_PROFILE), BASHRC)), **environment)
    assert (got["NO_PROXY"], got["no_proxy"]) == expected


@pytest.mark.parametrize(
    ("files", "host"),
    [
        ({**IN_PROFILE, BASHRC: EXCLUDED}, Host()),
        ({**IN_PROFILE, "/etc/environment": "NO_PROXY=x\nno_proxy=x\n"}, Host()),
        ({**IN_PROFILE, BASHRC: "if true; then export NO_PROXY=x no_proxy=x; fi\n"}, Host()),
        ({**IN_PROFILE, BASHRC: "[ -e /x ] && export no_proxy=x\n"}, Host()),
        (IN_PROFILE, in_environment("NO_PROXY=.corp", "no_proxy=.corp")),
        (IN_PROFILE, in_environment("NO_PROXY=.corp")),
        ({}, in_environment(f"HTTP_PROXY={CORP}", host=WINDOWS_11)),
        ({BASHRC: f"HTTP_PROXY={CORP}\n"}, Host()),
        ({}, Host()),
    ],
)
def test_set_and_unknown_values_do_not_change(files: dict[str, str], host: Host) -> None:
    assert after(found(files, host), BASHRC) is None


@pytest.mark.parametrize(("spelled", "spec"), [("NO_PROXY", UNASKED), ("no_proxy", ASKED)])
def test_the_other_spelling_follows_the_first(spelled: str, spec: Spec) -> None:
    before = SKELETON.decode() + SETS_SMALL + f"export {spelled}=.corp\n"
    there = found({BASHRC: before})
    text = after(there, BASHRC, spec) or ""
    assert text.startswith(before)
    assert set(variables(text.removeprefix(SKELETON.decode())).values()) == {".corp"}
    reason = [item.reason.render() for item in proxy.steps(there, spec) if isinstance(item, Step)][-1]
    assert f"{spelled} excludes" in reason


def test_no_program_reads_only_capitals() -> None:
    for proxies, excluded in ((SETS_SMALL, "no_proxy"), (SETS_BOTH, "NO_PROXY")):
        assert after(found({BASHRC: f"{SKELETON.decode()}{proxies}export {excluded}=.corp\n"}), BASHRC) is None


def test_the_other_spelling_of_a_system_file_is_written_into_a_file_of_the_user() -> None:
    text = after(found({"/etc/environment": f"https_proxy={CORP}\nNO_PROXY=.corp\n"}), BASHRC)
    assert set(variables(block_of(text), NO_PROXY=".corp").values()) == {".corp"}


@pytest.mark.parametrize(
    ("shell", "file"),
    [("/usr/bin/zsh", "/home/dev/.zshenv"), ("/usr/bin/fish", "/home/dev/.config/fish/conf.d/wslgo.fish")],
)
def test_each_shell_has_its_file(shell: str, file: str) -> None:
    user = User("dev", "/home/dev", shell)
    files = {"/etc/environment": f"HTTP_PROXY={CORP}\n"}
    text = after(found(files, user=user), file)
    assert "localhost,127.0.0.1,::1" in block_of(text)
    assert after(found({**files, file: text or ""}, user=user), file) is None


def test_files_of_an_unknown_shell_do_not_change() -> None:
    there = found({"/etc/environment": f"HTTP_PROXY={CORP}\n"}, user=User("dev", "/home/dev", "/usr/bin/nu"))
    assert not list(proxy.steps(there, ASKED))


def test_on_request_it_covers_proxies_of_the_environment_too() -> None:
    there = found({}, in_environment(f"HTTPS_PROXY={CORP}", host=WINDOWS_11))
    assert after(there, BASHRC, ASKED) is not None


# A tree


def furnish(machine: Machine) -> None:
    machine.write(APT, b"", mode=0o755, owner=0)
    machine.write(f"{APT_FOLDER}/01autoremove", b'APT { NeverAutoRemove { "^firmware.*"; }; };\n', owner=0)


def test_it_is_written_once_and_undone(machine: Machine) -> None:
    furnish(machine)
    machine.write("/etc/environment", f"http_proxy={CORP}\nhttps_proxy={CORP}\n".encode(), owner=0)
    before = machine.snapshot()
    assert machine.wslgo("--yes", "--only", "proxy").code == 0
    assert (machine.root / PATH.lstrip("/")).read_text() == CONF
    assert BLOCK.begin in (machine.home / ".bashrc").read_text()
    left = json.loads(machine.wslgo("--plan", "--format", "json").out)["steps"]
    assert "proxy" not in [step["id"] for step in left]
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_for_a_tree_the_requested_step_means_the_proxies_of_this_machine(machine: Machine) -> None:
    furnish(machine)
    machine.environment |= {"HTTP_PROXY": CORP, "HTTPS_PROXY": CORP}
    assert PATH not in machine.wslgo("--plan", "--format", "json").out
    assert PATH in machine.wslgo("--plan", "--format", "json", "--only", "proxy").out


def test_path_and_proxy_share_a_file(machine: Machine, tmp_path: Path) -> None:
    machine.write("/usr/local/go/VERSION", b"go1.25.3\n", owner=0)
    machine.write("/usr/local/go/bin/go", b"#!/bin/sh\n", mode=0o755, owner=0)
    machine.write("/etc/environment", f"http_proxy={CORP}\n".encode(), owner=0)
    before = machine.snapshot()
    assert machine.wslgo("--yes", "--only", "proxy,path").code == 0
    text = (machine.home / ".bashrc").read_text()
    assert (
        text.index("# >>> wslgo: NO_PROXY >>>") < text.index("# >>> wslgo: Go in PATH >>>") < text.index("case $- in")
    )
    assert machine.wslgo("--yes", "--only", "proxy,path").out.startswith("Nothing to do")
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before
