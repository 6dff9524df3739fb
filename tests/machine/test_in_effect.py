"""Written against in force: what counts as a change, and what the kernel can bear witness to."""

import json

import pytest

import machines
from tree import CONFORMANCE
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.check import check
from wslgo.machine.host import Host, Running, Snapshot, Windows, Wsl
from wslgo.machine.in_effect import arrivals, changes
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.syntax.wsl import file as wslfile
from wslgo.syntax.wsl.ini import Dialect
from wslgo.text.message import Language
from wslgo.text.source import Source

GIB = 2**30
OWN = {"wslconfig": "/mnt/c/Users/user/.wslconfig", "wslconf": "/etc/wsl.conf"}
COMPUTER = Windows(build=26100, memory=34079866880, processors=16)
WSL = Wsl(generation=2, version="2.6.1.0", distribution="Ubuntu-24.04", others_running=("docker-desktop",))
# A machine of 12 GB, 8 processors and 2 GB of swap.
RUNNING = Running(memory=12538789888, processors=8, swap=2 * GIB, command_line="console=hvc0 quiet", networking="nat")
HOST = Host(wsl=WSL, windows=COMPUTER, running=RUNNING)


def changed(text: str, at_start: str | None, dialect: Dialect = "wslconfig", host: Host = HOST) -> list[str]:
    """The names of the keys that have changed since the start."""
    file = wslfile.parse(Source(text), dialect, KEYS[dialect])
    return [one.key.name for one in changes(file, Snapshot(OWN[dialect], text, at_start, knows_start=True), host)]


def unlike_kernel(text: str, host: Host = HOST) -> list[str]:
    """The names of the keys that the kernel shows to be otherwise, where the text at the start is not known."""
    file = wslfile.parse(Source(text), "wslconfig", KEYS["wslconfig"])
    return [one.key.name for one in changes(file, Snapshot(OWN["wslconfig"], text), host)]


def arrived(before: str | None, text: str | None, dialect: Dialect = "wslconfig", host: Host = HOST) -> list[str]:
    """The changes that the last start has brought, each as `key: before -> now`."""
    file = wslfile.parse(Source(text or ""), dialect, KEYS[dialect])
    known = Snapshot(OWN[dialect], text, text, knows_start=True, before=before, knows_before=True)
    return [
        f"{one.key.name}: {one.runs} -> {one.setting.value if one.setting else None}"
        for one in arrivals(file, known, host)
    ]


def found(text: str, snapshot: Snapshot, family: str = "wslconfig", language: Language = "en") -> list[str]:
    """The sentences of the rule about the machine's own file."""
    own = by_name(family)
    assert own is not None
    host = HOST._replace(wslconfig=snapshot) if family == "wslconfig" else HOST._replace(wslconf=snapshot)
    reported = check(read(snapshot.path, own, Source(text), snapshot.path), host=host)
    return [one.finding.message.render(language) for one in reported if one.rule.endswith("/not-in-force")]


# Since the start


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("memory=8GB", "memory=12GB", ["memory"]),
        ("memory=8GB", "", ["memory"]),
        ("", "memory=8GB\nswap=0", ["memory", "swap"]),
        ("networkingMode=mirrored", "networkingMode=none", ["networkingMode"]),
        ("dnsTunneling=true", "dnsTunneling=false", ["dnsTunneling"]),
        ("kernelCommandLine=quiet", "kernelCommandLine=quiet splash", ["kernelCommandLine"]),
        ("kernel=C:\\\\a", "kernel=C:\\\\b", ["kernel"]),
        ("memory=8gb", "memory=8GB", ["memory"]),
        ("memory=8GB\nmemory=4GB", "memory=4GB\nmemory=8GB", ["memory"]),
    ],
)
def test_a_value_that_wsl_would_read_otherwise_is_a_change(before: str, after: str, names: list[str]) -> None:
    assert changed(f"[wsl2]\n{after}\n", f"[wsl2]\n{before}\n") == names


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("memory=8GB", "memory=8GB"),
        ("memory=8GB", "# why\n\n  Memory = 8GB # because"),
        ("memory=8GB", "memory=8192MB"),
        ("memory=8GB", "memory=8589934593"),
        ("memory=64GB", "memory=96GB"),
        ("processors=16", "processors=32"),
        ("processors=16", ""),
        ("memory=8GB\nswap=0", "swap=0\nmemory=8GB"),
        ("", "dnsTunneling=true"),
        ("", "networkingMode=NAT"),
        ("networkingMode=virtioproxy", "networkingMode=Consomme"),
        ("debugConsole=FALSE", "debugConsole=0"),
        ("kernel=C:\\\\wsl\\\\bzImage", "kernel=c:/WSL/bzImage"),
        ("kernelCommandLine=quiet splash", "kernelCommandLine=quiet   splash"),
        ("defaultVhdSize=64GB", "defaultVhdSize=128GB"),
        ("", "memory=lots"),
        ("", "colour=red"),
        ("memory=8GB", "memory=8GB\nmemory=4GB"),
    ],
)
def test_what_wsl_reads_alike_stays_silent(before: str, after: str) -> None:
    assert changed(f"[wsl2]\n{after}\n", f"[wsl2]\n{before}\n") == []


def test_another_section_or_line_end_is_no_change() -> None:
    assert changed("[experimental]\r\nnetworkingMode=none\r\n", "[wsl2]\nnetworkingMode=none\n") == []


def test_a_file_that_was_not_there_had_every_default() -> None:
    assert changed("[wsl2]\nmemory=8GB\n", None) == ["memory"]
    assert changed("# nothing\n[wsl2]\n", None) == []


def test_what_stands_below_a_bad_line_of_wsl_conf_was_never_read() -> None:
    assert changed("[boot]\nsystemd=true\n", "[boot]\noops\nsystemd=true\n", "wslconf") == ["systemd"]
    assert changed("oops\n[boot]\nsystemd=true\n", "", "wslconf") == []


def test_a_slash_at_the_end_of_the_automount_root_is_no_change() -> None:
    assert changed("[automount]\nroot=/mnt\n", "", "wslconf") == []
    assert changed("[automount]\nroot=/win/\n", "[automount]\nroot = /win\n", "wslconf") == []
    assert changed("[automount]\nroot=/\n", "", "wslconf") == ["root"]


def test_a_mode_that_runs_anyway_is_in_force() -> None:
    assert changed("[wsl2]\nnetworkingMode=nat\n", "[wsl2]\nnetworkingMode=mirrored\n") == []


def test_a_file_that_stops_wsl_is_the_business_of_another_rule() -> None:
    assert changed("[wsl2]\nmemory=8GB\nmacAddress=x\n", "") == []
    assert changed("[wsl2]\nmemory=8GB\n", "[wsl2]\nmacAddress=x\n") == []


# What the kernel shows


@pytest.mark.parametrize(
    "text",
    [
        "memory=24GB",
        "memory=8GB",
        "processors=4",
        "processors=12",
        "processors=16",
        "processors=64",
        "swap=8GB",
        "kernelCommandLine=vsyscall=emulate",
        "networkingMode=mirrored",
        "networkingMode=none",
    ],
)
def test_the_kernel_bears_witness(text: str) -> None:
    assert unlike_kernel(f"[wsl2]\n{text}\n") == [text.partition("=")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "memory=12GB\nprocessors=8\nswap=2GB\nkernelCommandLine=quiet\nnetworkingMode=nat",
        "memory=12300MB",
        "memory=0\nprocessors=0",
        "swap=0",
        "swap=1GB",
        "networkingMode=virtioproxy",
        "networkingMode=bridged",
        "networkingMode=mirrored\nkernel=C:\\\\wsl\\\\bzImage",
        "kernelCommandLine=console=hvc0  quiet",
        "dnsTunneling=false\nguiApplications=false",
        "safeMode=true\nmemory=24GB",
    ],
)
def test_where_something_else_can_be_the_reason_it_stays_silent(text: str) -> None:
    assert unlike_kernel(f"[wsl2]\n{text}\n") == []


def test_a_value_that_wsl_may_have_lowered_stays_silent() -> None:
    unknown = HOST._replace(windows=Windows())
    assert unlike_kernel("[wsl2]\nmemory=64GB\nprocessors=64\nnetworkingMode=mirrored\n", unknown) == []
    assert unlike_kernel("[wsl2]\nmemory=4GB\nprocessors=4\n", unknown) == ["memory", "processors"]


def test_an_old_windows_falls_back_from_mirrored_in_silence() -> None:
    assert unlike_kernel("[wsl2]\nnetworkingMode=mirrored\n", HOST._replace(windows=Windows(build=19045))) == []


def test_memory_above_that_of_the_computer_is_lowered_and_in_force() -> None:
    all_of_it = RUNNING._replace(memory=33 * 10**9, processors=16)
    assert unlike_kernel("[wsl2]\nmemory=64GB\nprocessors=64\n", HOST._replace(running=all_of_it)) == []


def test_a_kernel_that_shows_nothing_says_nothing() -> None:
    assert unlike_kernel("[wsl2]\nmemory=64GB\nprocessors=2\nnetworkingMode=none\nswap=9GB\n", Host()) == []


# What the last start has brought


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("memory=8GB", "memory=12GB", ["memory: 8GB -> 12GB"]),
        ("memory=8GB", "", ["memory: 8GB -> None"]),
        ("", "swap=2GB\nprocessors=8", ["swap: None -> 2GB", "processors: None -> 8"]),
        ("networkingMode=mirrored", "networkingMode=nat", ["networkingMode: mirrored -> nat"]),
        ("networkingMode=mirrored", "", ["networkingMode: mirrored -> None"]),
        ("dnsTunneling=true", "dnsTunneling=false", ["dnsTunneling: true -> false"]),
        ("kernelCommandLine=splash", "kernelCommandLine=quiet", ["kernelCommandLine: splash -> quiet"]),
        ("memory=lots", "memory=12GB", ["memory: None -> 12GB"]),
        ("swap=8GB", "swap=0", ["swap: 8GB -> 0"]),
    ],
)
def test_what_the_start_has_read_otherwise_is_in_force(before: str, after: str, told: list[str]) -> None:
    assert arrived(f"[wsl2]\n{before}\n", f"[wsl2]\n{after}\n") == told


def test_a_file_that_was_made_or_removed_has_arrived_too() -> None:
    assert arrived(None, "[wsl2]\nmemory=12GB\n") == ["memory: None -> 12GB"]
    assert arrived("[wsl2]\nmemory=8GB\n", None) == ["memory: 8GB -> None"]
    assert arrived("", "[boot]\nsystemd=true\n", "wslconf") == ["systemd: None -> true"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("memory=8GB", "# why\n\n  Memory = 8192MB # because"),
        ("memory=8GB\nswap=0", "swap=0\nmemory=8GB"),
        ("", "memory=lots\ncolour=red"),
        ("defaultVhdSize=64GB", "defaultVhdSize=128GB"),
        ("", "safeMode=true\nmemory=12GB"),
        ("memory=8GB", "memory=12GB\nmacAddress=x"),
        ("memory=8GB\nmacAddress=x", "memory=12GB"),
    ],
)
def test_where_nothing_has_arrived_it_stays_silent(before: str, after: str) -> None:
    assert arrived(f"[wsl2]\n{before}\n", f"[wsl2]\n{after}\n") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "networkingMode=mirrored"),
        ("networkingMode=none", "networkingMode=bridged"),
        ("swap=2GB", "swap=8GB"),
        ("memory=8GB", "memory=64GB"),
        ("memory=12GB", "memory=8GB"),
        ("processors=4", "processors=12"),
        ("processors=4", "processors=64"),
        ("", "kernelCommandLine=vsyscall=emulate"),
    ],
)
def test_what_the_machine_shows_to_have_failed_is_not_in_force(before: str, after: str) -> None:
    assert arrived(f"[wsl2]\n{before}\n", f"[wsl2]\n{after}\n") == []


def test_swap_that_could_not_be_made_is_not_in_force() -> None:
    without = HOST._replace(running=RUNNING._replace(swap=0))
    assert arrived("", "[wsl2]\nswap=8GB\n", host=without) == []
    assert arrived("", "[wsl2]\nswap=0\n", host=without) == ["swap: None -> 0"]


def test_systemd_that_does_not_run_is_not_in_force() -> None:
    without = HOST._replace(wsl=WSL._replace(has_systemd=False))
    assert arrived("", "[boot]\nsystemd=true\n", "wslconf", without) == []
    assert arrived("[boot]\nsystemd=true\n", "", "wslconf", without) == ["systemd: true -> None"]


def test_what_this_windows_or_wsl_cannot_do_is_not_in_force() -> None:
    text = "[wsl2]\ndnsTunneling=false\n"
    assert arrived("", text) == ["dnsTunneling: None -> false"]
    assert arrived("", text, host=HOST._replace(windows=Windows(build=19045))) == []
    assert arrived("", text, host=HOST._replace(wsl=WSL._replace(version="1.2.5.0"))) == []


@pytest.mark.parametrize(
    "known",
    [
        Snapshot("", "[wsl2]\nmemory=12GB", "[wsl2]\nmemory=12GB", knows_start=True),
        Snapshot("", "[wsl2]\nmemory=12GB", before="[wsl2]\nmemory=8GB", knows_before=True),
        Snapshot("", "[wsl2]\nmemory=12GB", "[wsl2]\nmemory=10GB", True, "[wsl2]\nmemory=8GB", True),
    ],
    ids=["nothing known before", "nothing known of the start", "edited again"],
)
def test_what_is_unknown_or_overtaken_is_not_told(known: Snapshot) -> None:
    assert arrivals(wslfile.parse(Source(known.text or ""), "wslconfig", KEYS["wslconfig"]), known, HOST) == ()


# The finding


def test_one_finding_names_the_command_and_what_it_stops() -> None:
    text = "[wsl2]\nmemory=8GB\nswap=0\n"
    snapshot = Snapshot(OWN["wslconfig"], text, "[wsl2]\nmemory=12GB\n", knows_start=True)
    assert found(text, snapshot) == [
        (
            "memory=8GB is not in effect yet: WSL started with 12GB. To apply it, run wsl --shutdown,"
            " which stops Ubuntu-24.04, docker-desktop"
        )
    ]
    assert found(text, snapshot, language="zh") == [
        "memory=8GB 尚未生效：WSL 启动时为 12GB。运行 wsl --shutdown 后生效，该命令会停止 Ubuntu-24.04, docker-desktop"
    ]


def test_a_distribution_is_stopped_alone() -> None:
    text = "[boot]\nsystemd=true\n"
    snapshot = Snapshot(OWN["wslconf"], text, None, knows_start=True)
    assert found(text, snapshot, "wslconf") == [
        (
            "systemd=true is not in effect yet: WSL started with the default. To apply it, run"
            " wsl --terminate Ubuntu-24.04, which stops everything that runs in it"
        )
    ]


def test_the_other_changes_are_related() -> None:
    text = "[wsl2]\nswap=0\n"
    own = by_name("wslconfig")
    assert own is not None
    snapshot = Snapshot(OWN["wslconfig"], text, "[wsl2]\nmemory=8GB\nautoProxy=false\n", knows_start=True)
    reported = check(read(snapshot.path, own, Source(text), snapshot.path), host=HOST._replace(wslconfig=snapshot))
    [finding] = [one.finding for one in reported if one.rule == "wslconfig/not-in-force"]
    assert text[finding.span.start : finding.span.end] == "swap"
    assert [one.message.render("en") for one in finding.related] == [
        "memory was removed but is still in effect: WSL started with 8GB",
        "autoProxy was removed but is still in effect: WSL started with false",
    ]
    assert [text[one.span.start : one.span.end] for one in finding.related] == ["wsl2", "wsl2"]


@pytest.mark.parametrize("text", ["", "[wsl2]\n", "[general]\n"])
def test_of_a_file_from_which_all_was_taken_the_first_place_is_marked(text: str) -> None:
    assert len(found(text, Snapshot(OWN["wslconfig"], text, "[wsl2]\nmemory=8GB\n", knows_start=True))) == 1


def test_a_file_of_a_dotfiles_repository_stays_silent() -> None:
    own = by_name("wslconfig")
    assert own is not None
    snapshot = Snapshot(OWN["wslconfig"], "", "", knows_start=True)
    place = "/home/user/dotfiles/.wslconfig"
    reported = check(read(place, own, Source("[wsl2]\nmemory=8GB\n"), place), host=HOST._replace(wslconfig=snapshot))
    assert [one.rule for one in reported] == []


# Whatever the texts are


CASES = [json.loads(line) for line in (CONFORMANCE / "wsl.jsonl").read_text("utf-8").splitlines()]


def test_a_text_is_never_unlike_itself_and_no_text_is_too_odd() -> None:
    older = {"wslconfig": "", "wslconf": ""}
    for case in CASES:
        kind: Dialect = case["kind"]
        assert changed(case["text"], case["text"], kind) == []
        changed(case["text"], older[kind], kind)
        assert arrived(case["text"], case["text"], kind) == []
        arrived(older[kind], case["text"], kind)
        unlike_kernel(case["text"])
        older[kind] = case["text"]


@pytest.mark.parametrize("name", machines.NAMES)
def test_a_recorded_machine_runs_what_is_written(name: str) -> None:
    host = machines.host(name)
    for dialect, known in (("wslconfig", host.wslconfig), ("wslconf", host.wslconf)):
        if known and known.text is not None:
            file = wslfile.parse(Source(known.text), dialect, KEYS[dialect])
            assert changes(file, known, host) == ()
