"""Redaction: a recorded machine has no names of its users or their company."""

import pytest

import machines
from wslgo.machine.host import Go, Host, Mount, Network, Running, Snapshot, Variable, Windows, Wsl
from wslgo.machine.host_json import to_json
from wslgo.machine.redaction import redacted_host

COMPANY = Host(
    wsl=Wsl(generation=2, version="2.6.1.0", distribution="payments", others_running=("Debian", "alice-lab")),
    windows=Windows(
        profile="/mnt/c/Users/Alice.Wang",
        go_variables=(
            Variable("GOPROXY", "https://goproxy.corp.test", "/mnt/c/Users/Alice.Wang/AppData/Roaming/go/env"),
        ),
    ),
    running=Running(boot_id="5d0c2f5e-4f0e-4a52-9d3b-1c6f0a7b8e21", command_line="initrd=x token=abcdef"),
    mounts=(Mount("/", "ext4", "/dev/sdc"), Mount("/srv", "9p", "\\\\nas7\\share", "\\\\nas7\\share")),
    wslconfig=Snapshot(
        "/mnt/c/Users/Alice.Wang/.wslconfig", "[wsl2]\nkernel=C:\\\\Users\\\\Alice.Wang\\\\bz # by Alice.Wang\n"
    ),
    wslconf=Snapshot(
        "/etc/wsl.conf", "[user]\ndefault=alice\n[network]\nhostname=ALICE-PC\n[boot]\ncommand=x --password='a b'\n"
    ),
    home="/home/alice",
    go=Go("/home/alice/sdk/go/bin/go"),
    go_variables=(
        Variable(
            "GOPROXY", "https://me:pw@goproxy.corp.test/go,https://goproxy.cn,direct", "/home/alice/.config/go/env"
        ),
        Variable("GOPRIVATE", "*.corp.test,git.corp.test/team-x/*", "environment"),
    ),
    network=Network(
        (Variable("NO_PROXY", "localhost,.corp.test,10.0.0.0/8", "environment"),), ("10.7.0.53", "10.255.255.254")
    ),
)


def test_names_of_users_and_companies_are_removed() -> None:
    text = str(to_json(redacted_host(COMPANY).host)).lower()
    left = [
        word
        for word in ("alice", "wang", "corp", "team-x", "nas7", "payments", "pw@", "10.7.", "abcdef", "a b")
        if word in text
    ]
    assert left == []


def test_facts_that_findings_depend_on_are_kept() -> None:
    host = redacted_host(COMPANY).host
    assert host.wsl.version == "2.6.1.0"
    assert host.home == "/home/user"
    assert host.go == Go("/home/user/sdk/go/bin/go")
    assert host.windows.profile == "/mnt/c/Users/user"
    assert host.wslconfig
    assert host.wslconfig.text == "[wsl2]\nkernel=C:\\\\Users\\\\user\\\\folder1 # comment\n"
    assert host.network.name_servers
    assert host.network.name_servers[1] == "10.255.255.254"
    assert host.network.name_servers[0].startswith("192.0.2.")
    assert host.is_on_windows("/srv/x")
    assert host.wsl.others_running == ("Debian", "distribution-2")


def test_the_texts_of_earlier_starts_are_redacted_too() -> None:
    text = "[user]\ndefault=alice\n[network]\nhostname=ALICE-PC\n[boot]\ncommand=x --token=abcdef # {when}\n"
    known = Snapshot("/etc/wsl.conf", text, text.format(when="start"), True, text.format(when="before"), True)
    found = redacted_host(Host(wslconf=known)).host.wslconf
    assert found
    assert (found.knows_start, found.knows_before) == (True, True)
    for part in (found.text, found.at_start, found.before):
        assert part
        assert not [word for word in ("alice", "ALICE", "abcdef") if word in part]


def test_a_private_host_still_matches_its_pattern() -> None:
    host = redacted_host(COMPANY).host
    proxy, private = host.variable("GOPROXY"), host.variable("GOPRIVATE")
    assert proxy
    assert private
    domain = private.value.split(",")[0].removeprefix("*")
    assert proxy.value.split("/")[2].endswith(domain)
    assert proxy.value.endswith(",https://goproxy.cn,direct")
    assert private.value.split(",")[1].endswith("/path/*") or private.value.endswith("/path*")


@pytest.mark.parametrize("name", ["go", "git", "dev", "home"])
def test_a_user_called_like_a_folder_renames_only_the_home(name: str) -> None:
    host = Host(home=f"/home/{name}", go=Go("/usr/local/go/bin/go"), mounts=(Mount("/", "ext4", "/dev/sdc"),))
    assert redacted_host(host).host == host._replace(home="/home/user")


@pytest.mark.parametrize("name", sorted({*machines.NAMES} - {"china-user-name", "china-company", "article"}))
def test_a_machine_without_private_names_keeps_most_facts(name: str) -> None:
    host = machines.host(name)
    before, after = to_json(host), to_json(redacted_host(host).host)
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {"running", "network", "mounts", "wsl", "gpu"}  # a UUID is of one card


def test_a_chinese_name_is_removed_everywhere() -> None:
    text = str(to_json(redacted_host(machines.host("china-user-name")).host))
    assert "张伟" not in text
    assert "/mnt/c/Users/user/.wslconfig" in text


def test_a_second_redaction_changes_nothing() -> None:
    once = redacted_host(COMPANY).host
    assert redacted_host(once).host == once
