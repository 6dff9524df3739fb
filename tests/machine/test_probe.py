"""The real probe on recorded machines, whose programs replay their output."""

import json
import os
import random
from pathlib import Path

import pytest

import machines
from machines import Tree, tree_of, unpack
from natmachine import NAT, nat_machine, probed_host
from wslgo.doctor.status import status_of
from wslgo.linter.machine_check import every_machine_finding
from wslgo.machine.host import Host, Snapshot, Variable
from wslgo.machine.host_json import from_json, to_json
from wslgo.machine.probe import FACTS, probe
from wslgo.machine.probe.windows import text_of_wsl
from wslgo.machine.redaction import redacted_host

pytestmark = pytest.mark.slow

HANGING = "like: ubuntu-24.04-nat\n-- hangs: cmd.exe --\n-- hangs: wsl.exe --\n-- hangs: powershell.exe --\n"
WINDOWS = ("cmd.exe", "wsl.exe", "powershell.exe")


def programs(tree: Tree) -> list[str]:
    return [words.split()[0] for words in tree.ran]


@pytest.mark.parametrize("name", machines.NAMES)
def test_a_machine_is_probed_as_recorded(name: str, tmp_path: Path) -> None:
    recorded = (machines.HOSTS / f"{name}.json").read_text(encoding="utf-8")
    found = machines.recorded(probe(unpack(name, tmp_path)))
    assert found == recorded, (
        "the probe returns other facts; check them, then: PYTHONPATH=server python tests/support/machines.py"
    )


def test_there_are_machines_of_every_kind() -> None:
    assert len(machines.NAMES) >= 10


@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_can_be_asked_alone(fact: str, tmp_path: Path) -> None:
    alone, whole = probe(unpack("nvidia-gpu", tmp_path), frozenset({fact})), machines.host("nvidia-gpu")
    group, _, name = fact.partition(".")
    of_alone, of_whole = getattr(alone, group), getattr(whole, group)
    if fact == "wsl.interop_answers":
        assert alone.wsl.interop_answers is None  # nothing was tried for it
    else:
        assert (
            (getattr(of_alone, name), of_alone) == (getattr(of_whole, name), of_alone) if name else of_alone == of_whole
        )


def test_facts_of_files_start_no_program(tmp_path: Path) -> None:
    tree = unpack("nvidia-gpu", tmp_path)
    host = probe(tree, frozenset({"wsl.generation", "mounts", "running.memory", "wslconf", "network", "goenv_path"}))
    assert (tree.ran, host.wsl.generation, host.windows.build, host.go) == ([], 2, None, None)


def test_outside_wsl_no_windows_program_is_started(tmp_path: Path) -> None:
    tree = unpack("not-wsl", tmp_path)
    host = probe(tree)
    assert set(programs(tree)) == {"go"}
    assert host.wsl.generation == 0
    assert (host.windows, host.running, host.gpu, host.wslg) == (
        Host().windows,
        Host().running,
        Host().gpu,
        Host().wslg,
    )


def test_an_empty_world_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    host = probe(Tree(tmp_path / "root", {}))
    assert host == Host(go_variables=())


# Windows that does not answer


def test_a_hanging_windows_is_waited_for_once(tmp_path: Path) -> None:
    tree = nat_machine("-- hangs: cmd.exe --\n-- hangs: wsl.exe --\n-- hangs: powershell.exe --\n", tmp_path)
    host = probe(tree)
    assert [name for name in programs(tree) if name in WINDOWS] == ["wsl.exe"]
    assert (host.wsl.interop_answers, host.windows.build, host.wsl.version) == (False, None, "2.6.1.0")
    assert host.go


def test_a_silent_windows_is_not_asked_again_for_some_minutes(tmp_path: Path) -> None:
    tree = tree_of(HANGING, tmp_path)
    probe(tree)
    tree.ran.clear()
    probe(tree)
    assert not {*programs(tree)} & {*WINDOWS}
    probe(tree, is_fresh=True)
    assert "wsl.exe" in programs(tree)


def test_missing_windows_programs_leave_facts_unknown(tmp_path: Path) -> None:
    host = probed_host("-- without: /mnt/c/Windows --\n", tmp_path)
    assert (host.wsl.has_interop, host.windows.build, host.wsl.others_running) == (True, None, None)
    assert host.running.networking == "nat"


def test_a_live_socket_is_used_instead_of_a_stale_one(tmp_path: Path) -> None:
    tree = unpack("stale-interop", tmp_path)
    assert probe(tree, frozenset({"windows.build"})).windows.build == 26100
    assert len(tree.ran) == 2  # the socket of the first process fails at once


def test_interop_is_broken_if_every_socket_fails(tmp_path: Path) -> None:
    stale = "-- without: /run/WSL/1_interop --\n-- stale: /run/WSL/412_interop --\n"
    tree = nat_machine(stale, tmp_path)
    host = probe(tree, frozenset({"windows", "wsl"}))
    assert (host.wsl.interop_answers, host.windows.build) == (False, None)
    assert sum(name in WINDOWS for name in programs(tree)) == 1


# The cache for the next run


def test_facts_about_windows_are_cached_for_this_boot(tmp_path: Path) -> None:
    tree = unpack(NAT, tmp_path)
    first = probe(tree)
    tree.ran.clear()
    again = probe(tree)
    assert again == first
    assert [*dict.fromkeys(programs(tree))] == [
        "wsl.exe",
        "cmd.exe",
        "go",
        "dlv",
        "gopls",
        "gcc",
    ]  # the running distributions and the network may change at any time
    cache = tmp_path / "root/home/user/.cache/wslgo/host.json"
    assert json.loads(cache.read_text())["windows"]["build"] == 26100


def test_the_next_boot_asks_windows_again(tmp_path: Path) -> None:
    tree = unpack(NAT, tmp_path)
    probe(tree)
    (tmp_path / "root/proc/sys/kernel/random/boot_id").write_text("ffffffff-4f0e-4a52-9d3b-1c6f0a7b8e21\n")
    tree.ran.clear()
    probe(tree)
    assert "cmd.exe" in programs(tree)


BROKEN = '{"version": 1, "boot": "5d0c2f5e-4f0e-4a52-9d3b-1c6f0a7b8e21", "windows": 3, "silent_since": "yes"}'


@pytest.mark.parametrize("content", ["", "[]", "{", '{"version": 1, "windows": {"build": 1}}', BROKEN, "[" * 9999])
def test_a_broken_cache_is_ignored(content: str, tmp_path: Path) -> None:
    tree = unpack(NAT, tmp_path)
    cache = tmp_path / "root/home/user/.cache/wslgo/host.json"
    cache.parent.mkdir(parents=True)
    cache.write_text(content)
    assert probe(tree) == machines.host(NAT)


def test_the_probe_works_without_a_writable_home(tmp_path: Path) -> None:
    assert probed_host("", tmp_path, XDG_CACHE_HOME="/proc/version/nowhere").windows.build == 26100


# Unexpected content


def _junk(seed: int) -> bytes:
    """Return bytes that upset parsers: long numbers, incomplete characters, separators."""
    chance = random.Random(seed)
    pieces = (
        b"9" * 5000,
        b"\xff\xfe",
        b"\0",
        b"\n",
        b" - ",
        b"\\777",
        b"=",
        b"{",
        b"[" * 2000,
        b":",
        b"C:\\",
        b"..",
        b" 9p ",
    )
    return b"".join(chance.choice(pieces) for _ in range(chance.randrange(40)))


@pytest.mark.parametrize("seed", range(20))
def test_no_file_content_and_no_program_output_raises(seed: int, tmp_path: Path) -> None:
    tree = unpack("nvidia-gpu", tmp_path)
    for number, path in enumerate(sorted(tmp_path.rglob("*"))):
        is_kept = os.access(path, os.X_OK) or (
            seed % 2 and path.name in ("osrelease", "WSLInterop", "mountinfo", "boot_id")
        )
        if path.is_file() and not is_kept:
            path.write_bytes(_junk(seed * 1000 + number))
    odd = {
        "HOME": "/home/user",
        "PATH": ":::/\udcff:" + "x" * 5000,
        "GOENV": "a\nb",
        "WSL_INTEROP": "/",
        "DISPLAY": "\x1b[31m",
    }
    host = probe(Tree(Path(tree.root), {**tree.environment, **odd}))
    assert from_json(json.loads(json.dumps(to_json(host)))) == host
    assert from_json(json.loads(json.dumps(to_json(redacted_host(host).host))))
    status = status_of(host, every_machine_finding(host))
    assert [line.fact.value.render() for line in status.lines]
    assert [reported.finding.message.render() for reported in status.findings] or not [*status.findings]


# Each fact


@pytest.mark.parametrize(
    ("release", "generation"),
    [
        ("4.4.0-19041-Microsoft", 1),
        ("5.15.90.1-microsoft-standard-WSL2", 2),
        ("6.6.0-custom", 2),
    ],
)
def test_the_generation_follows_from_the_kernel_and_other_signs(release: str, generation: int, tmp_path: Path) -> None:
    tree = nat_machine(f"-- /proc/sys/kernel/osrelease --\n{release}\n", tmp_path)
    assert probe(tree, frozenset({"wsl.generation"})).wsl.generation == generation


def test_a_single_sign_of_wsl_is_not_enough(tmp_path: Path) -> None:
    text = "-- /proc/sys/kernel/osrelease --\n6.8.0-generic\n-- /dev/dxg --\n"
    assert probe(tree_of(text, tmp_path)).wsl.generation == 0


@pytest.mark.parametrize(
    ("line", "windows"),
    [
        (r"90 75 0:45 / /mnt/c rw - 9p C:\134 rw,aname=drvfs;path=C:\134;uid=0;symlinkroot=/mnt/,trans=fd", "C:\\"),
        (r"90 75 0:45 / /mnt/c rw - 9p drvfs rw,aname=drvfs;path=C:\;uid=1000;symlinkroot=/mnt/,trans=virtio", "C:\\"),
        (r"90 75 0:45 / /mnt/c rw - drvfs C: rw,uid=1000", "C:\\"),
        (r"90 75 0:45 /src /mnt/c rw - drvfs C: rw,uid=1000", "C:\\src"),
        (r"90 75 0:45 / /mnt/c rw - virtiofs tag7 rw", "E:\\"),
        (r"90 75 0:45 / /mnt/c rw - virtiofs shared rw", None),
        (r"90 75 0:45 / /mnt/c rw - virtiofs ../../etc rw", None),
        (r"90 75 0:45 / /mnt/c ro - 9p none ro,aname=drivers;fmask=222,trans=fd", None),
        (r"90 75 0:45 / /mnt/c rw - 9p hostshare rw,trans=virtio,version=9p2000.L", None),
        (r"90 75 0:45 / /mnt/c rw - ext4 /dev/sdc rw", None),
    ],
)
def test_a_drive_is_recognised_by_what_is_mounted(line: str, windows: str | None, tmp_path: Path) -> None:
    tree = tree_of(f"-- /proc/self/mountinfo --\n{line}\n-- /run/wsl/virtiofs/tag7 -> E:\\ --\n", tmp_path)
    mounts = probe(tree, frozenset({"mounts"})).mounts
    assert mounts
    assert mounts[0].windows == windows


def test_a_later_mount_hides_an_earlier_one_and_spaces_are_read(tmp_path: Path) -> None:
    lines = r"1 0 8:1 / /a\040b rw - tmpfs none rw" + "\n" + r"2 0 8:1 / /a\040b rw - drvfs C: rw" + "\nbroken line\n"
    mounts = probe(tree_of(f"-- /proc/self/mountinfo --\n{lines}", tmp_path), frozenset({"mounts"})).mounts
    assert [(mount.target, mount.kind) for mount in mounts or ()] == [("/a b", "drvfs")]


def test_the_older_mount_table_is_read_too(tmp_path: Path) -> None:
    tree = tree_of("-- /proc/self/mounts --\nC: /mnt/c drvfs rw,noatime 0 0\nrootfs / wslfs rw 0 0\n", tmp_path)
    host = probe(tree, frozenset({"mounts", "wsl.automount_root"}))
    assert (host.linux_path("C:\\x"), host.wsl.automount_root) == ("/mnt/c/x", "/mnt")


@pytest.mark.parametrize(("other", "name"), [("Stopped", "Ubuntu-24.04"), ("Running", None)])
def test_without_its_variable_this_is_the_only_running_distribution(
    other: str, name: str | None, tmp_path: Path
) -> None:
    listed = (
        f"-- says: wsl.exe -l -v --\n  NAME  STATE  VERSION\n* Ubuntu-24.04    Running    2\n  Debian    {other}    2\n"
    )
    host = probe(nat_machine(listed, tmp_path, WSL_DISTRO_NAME=""), frozenset({"wsl.distribution"}))
    assert host.wsl.distribution == name


def test_a_list_that_was_not_understood_is_unknown(tmp_path: Path) -> None:
    host = probe(nat_machine("-- says: wsl.exe -l -v --\nsomething else\n", tmp_path), frozenset({"wsl"}))
    assert host.wsl.others_running is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16"])
def test_output_of_wsl_is_read_in_each_of_its_encodings(encoding: str) -> None:
    assert text_of_wsl("WSL 版本： 2.6.1.0\r\n".encode(encoding)) == "WSL 版本： 2.6.1.0\n"


@pytest.mark.parametrize(
    ("page", "name", "code_page"),
    [("活动代码页", "张伟", 936), ("Aktive Codepage", "Jürgen", 850), ("Active code page", "Łukasz", 65001)],
)
def test_the_profile_is_read_in_the_code_page_of_the_console(
    page: str, name: str, code_page: int, tmp_path: Path
) -> None:
    said = f"-- says: cmd.exe --\n{page}: {code_page}\n\nUSERPROFILE=C:\\Users\\{name}\n-- /mnt/c/Users/{name}/x --\n"
    host = probe(nat_machine(said, tmp_path), frozenset({"windows.profile"}))
    assert host.windows.profile == f"/mnt/c/Users/{name}"


def test_a_profile_in_an_unknown_code_page_is_unknown(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    said = "-- says: cmd.exe --\nno number here\n\nUSERPROFILE=C:\\Users\\ü\nNUMBER_OF_PROCESSORS=4\n"
    host = probed_host(said, tmp_path / "root")
    assert (host.windows.profile, host.windows.processors) == (None, 4)


def test_the_go_variables_of_windows_are_those_of_its_environment_and_its_go_env_file(tmp_path: Path) -> None:
    said = (
        "-- says: cmd.exe --\nActive code page: 437\nGOPATH=C:\\go\nGOPROXY=https://goproxy.io\n"
        "USERPROFILE=C:\\Users\\user\n-- /mnt/c/Users/user/AppData/Roaming/go/env --\n"
        "GOPROXY=https://goproxy.cn\nGOPRIVATE=git.corp.example\nGOFLAGS=-mod=mod\n"
    )
    known = probe(nat_machine(said, tmp_path), frozenset({"windows.go_variables"})).windows.go_variables
    assert known == (
        Variable("GOPRIVATE", "git.corp.example", "/mnt/c/Users/user/AppData/Roaming/go/env"),
        Variable("GOPROXY", "https://goproxy.io", "environment"),
    )


def test_a_password_in_a_variable_of_windows_is_not_stored(tmp_path: Path) -> None:
    said = "-- says: cmd.exe --\nGOPROXY=https://me:pw@goproxy.corp.example\nUSERPROFILE=C:\\Users\\user\n"
    tree = nat_machine(said, tmp_path)
    assert probe(tree, frozenset({"windows.go_variables"})).windows.go_variables == ()
    stored = [path.read_bytes() for path in tmp_path.rglob(".cache/wslgo/**/*") if path.is_file()]
    assert stored
    assert b"pw@" not in b"".join(stored)


def test_an_ampersand_in_a_user_name_is_part_of_it(tmp_path: Path) -> None:
    said = "-- says: cmd.exe --\nActive code page: 437\nUSERPROFILE=C:\\Users\\R&D\n"
    assert probed_host(said, tmp_path).windows.profile == "/mnt/c/Users/R&D"


def test_the_profile_from_wslenv_needs_no_program(tmp_path: Path) -> None:
    tree = nat_machine("", tmp_path, USERPROFILE="C:\\Users\\user")
    assert probe(tree, frozenset({"windows.profile"})).windows.profile == "/mnt/c/Users/user"
    assert tree.ran == []


def test_two_wslconfig_files_leave_the_profile_unknown(tmp_path: Path) -> None:
    other = "like: no-interop\n-- /mnt/c/Users/other/.wslconfig --\n[wsl2]\n"
    assert probe(tree_of(other, tmp_path)).windows.profile is None


@pytest.mark.parametrize("version", ["2.6.1.0", "2.7.0-preview"])
def test_the_version_is_the_first_line_in_every_language(version: str, tmp_path: Path) -> None:
    lines = f"-- says: wsl.exe --version --\nVersione WSL: {version}\nVersione kernel: 6.6.87.2-1\n"
    host = probed_host(f"-- without: /usr/bin/wslinfo --\n{lines}", tmp_path)
    assert host.wsl.version == version


def test_the_snapshot_has_the_unchanged_text(tmp_path: Path) -> None:
    text = "-- /mnt/c/Users/user/.wslconfig (crlf) --\n[wsl2]\nmemory=4GB # 够了\n"
    host = probed_host(text, tmp_path)
    assert host.wslconfig == Snapshot("/mnt/c/Users/user/.wslconfig", "[wsl2]\r\nmemory=4GB # 够了\r\n")


def test_a_pipe_instead_of_a_file_does_not_hang(tmp_path: Path) -> None:
    tree = unpack(NAT, tmp_path)
    os.mkfifo(tmp_path / "root/mnt/c/Users/user/.wslconfig")
    host = probe(tree, frozenset({"wslconfig"}))
    assert host.wslconfig
    assert host.wslconfig.text in (None, "")


@pytest.mark.parametrize(
    ("swaps", "size"),
    [("Filename Type Size Used Priority\n", 0), ("F T S\n/dev/sdb partition 1024 0 -2\n/a file 1 0 -3\n", 1049600)],
)
def test_swap_is_the_sum_of_all_swap_areas(swaps: str, size: int, tmp_path: Path) -> None:
    assert probe(nat_machine(f"-- /proc/swaps --\n{swaps}", tmp_path), frozenset({"running.swap"})).running.swap == size


@pytest.mark.parametrize(("online", "count"), [("0-11", 12), ("0", 1), ("0,2-3", 3), ("junk", 2)])
def test_processors_are_counted(online: str, count: int, tmp_path: Path) -> None:
    two = "-- /proc/cpuinfo --\nprocessor\t: 0\nmodel\t: x\n\nprocessor\t: 1\n"
    tree = nat_machine(f"-- /sys/devices/system/cpu/online --\n{online}\n{two}", tmp_path)
    assert probe(tree, frozenset({"running.processors"})).running.processors == count
