"""Written values against values in effect: changes since the start, and contradictions of the kernel."""

import json

import pytest

import machines
from tree import CONFORMANCE
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.check import check
from wslgo.machine.host import Host, Running, Snapshot, Windows, Wsl
from wslgo.machine.in_effect import applied_changes, pending_changes
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.syntax.wsl import ini_file
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


def pending_keys(text: str, at_start: str | None, dialect: Dialect = "wslconfig", host: Host = HOST) -> list[str]:
    """Return the names of the keys that have changed since the start."""
    file = ini_file.parse(Source(text), dialect, KEYS[dialect])
    known = Snapshot(OWN[dialect], text, at_start, knows_start=True)
    return [change.key.name for change in pending_changes(file, known, host)]


def keys_unlike_kernel(text: str, host: Host = HOST) -> list[str]:
    """Return the names of the keys that the kernel contradicts, while the text at the start is not known."""
    file = ini_file.parse(Source(text), "wslconfig", KEYS["wslconfig"])
    return [change.key.name for change in pending_changes(file, Snapshot(OWN["wslconfig"], text), host)]


def applied(before: str | None, text: str | None, dialect: Dialect = "wslconfig", host: Host = HOST) -> list[str]:
    """Return the changes that the last start applied, each as `key: before -> now`."""
    file = ini_file.parse(Source(text or ""), dialect, KEYS[dialect])
    known = Snapshot(OWN[dialect], text, text, knows_start=True, before=before, knows_before=True)
    return [
        f"{change.key.name}: {change.runs} -> {change.setting.value if change.setting else None}"
        for change in applied_changes(file, known, host)
    ]


def sentences(text: str, snapshot: Snapshot, family: str = "wslconfig", language: Language = "en") -> list[str]:
    """Return the sentences of the rule about the machine's own file."""
    own = by_name(family)
    assert own is not None
    host = HOST._replace(wslconfig=snapshot) if family == "wslconfig" else HOST._replace(wslconf=snapshot)
    reported = check(read(snapshot.path, own, Source(text), snapshot.path), host=host)
    return [finding.finding.message.render(language) for finding in reported if finding.rule.endswith("/not-in-force")]


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
def test_a_value_that_wsl_reads_differently_is_a_change(before: str, after: str, names: list[str]) -> None:
    assert pending_keys(f"[wsl2]\n{after}\n", f"[wsl2]\n{before}\n") == names


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
def test_a_value_that_wsl_reads_the_same_way_stays_silent(before: str, after: str) -> None:
    assert pending_keys(f"[wsl2]\n{after}\n", f"[wsl2]\n{before}\n") == []


def test_another_section_or_line_end_is_not_a_change() -> None:
    assert pending_keys("[experimental]\r\nnetworkingMode=none\r\n", "[wsl2]\nnetworkingMode=none\n") == []


def test_without_a_file_wsl_started_with_the_defaults() -> None:
    assert pending_keys("[wsl2]\nmemory=8GB\n", None) == ["memory"]
    assert pending_keys("# nothing\n[wsl2]\n", None) == []


def test_wsl_has_not_read_the_lines_after_a_bad_line_of_wsl_conf() -> None:
    assert pending_keys("[boot]\nsystemd=true\n", "[boot]\noops\nsystemd=true\n", "wslconf") == ["systemd"]
    assert pending_keys("oops\n[boot]\nsystemd=true\n", "", "wslconf") == []


def test_a_trailing_slash_of_the_automount_root_is_not_a_change() -> None:
    assert pending_keys("[automount]\nroot=/mnt\n", "", "wslconf") == []
    assert pending_keys("[automount]\nroot=/win/\n", "[automount]\nroot = /win\n", "wslconf") == []
    assert pending_keys("[automount]\nroot=/\n", "", "wslconf") == ["root"]


def test_a_mode_that_runs_anyway_is_in_effect() -> None:
    assert pending_keys("[wsl2]\nnetworkingMode=nat\n", "[wsl2]\nnetworkingMode=mirrored\n") == []


def test_a_file_that_stops_wsl_is_left_to_another_rule() -> None:
    assert pending_keys("[wsl2]\nmemory=8GB\nmacAddress=x\n", "") == []
    assert pending_keys("[wsl2]\nmemory=8GB\n", "[wsl2]\nmacAddress=x\n") == []


# Values that the kernel contradicts


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
def test_the_kernel_contradicts_a_value(text: str) -> None:
    assert keys_unlike_kernel(f"[wsl2]\n{text}\n") == [text.partition("=")[0]]


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
def test_a_difference_with_another_possible_reason_stays_silent(text: str) -> None:
    assert keys_unlike_kernel(f"[wsl2]\n{text}\n") == []


def test_a_value_that_wsl_may_have_lowered_stays_silent() -> None:
    unknown = HOST._replace(windows=Windows())
    assert keys_unlike_kernel("[wsl2]\nmemory=64GB\nprocessors=64\nnetworkingMode=mirrored\n", unknown) == []
    assert keys_unlike_kernel("[wsl2]\nmemory=4GB\nprocessors=4\n", unknown) == ["memory", "processors"]


def test_the_fallback_of_an_old_windows_from_mirrored_stays_silent() -> None:
    assert keys_unlike_kernel("[wsl2]\nnetworkingMode=mirrored\n", HOST._replace(windows=Windows(build=19045))) == []


def test_memory_above_that_of_the_computer_is_lowered_and_in_effect() -> None:
    all_of_it = RUNNING._replace(memory=33 * 10**9, processors=16)
    assert keys_unlike_kernel("[wsl2]\nmemory=64GB\nprocessors=64\n", HOST._replace(running=all_of_it)) == []


def test_unknown_kernel_values_stay_silent() -> None:
    assert keys_unlike_kernel("[wsl2]\nmemory=64GB\nprocessors=2\nnetworkingMode=none\nswap=9GB\n", Host()) == []


# Changes that the last start applied


@pytest.mark.parametrize(
    ("before", "after", "changes"),
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
def test_a_change_that_the_start_read_is_in_effect(before: str, after: str, changes: list[str]) -> None:
    assert applied(f"[wsl2]\n{before}\n", f"[wsl2]\n{after}\n") == changes


def test_a_created_or_removed_file_is_applied_too() -> None:
    assert applied(None, "[wsl2]\nmemory=12GB\n") == ["memory: None -> 12GB"]
    assert applied("[wsl2]\nmemory=8GB\n", None) == ["memory: 8GB -> None"]
    assert applied("", "[boot]\nsystemd=true\n", "wslconf") == ["systemd: None -> true"]


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
def test_a_start_without_changes_stays_silent(before: str, after: str) -> None:
    assert applied(f"[wsl2]\n{before}\n", f"[wsl2]\n{after}\n") == []


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
def test_a_change_that_visibly_failed_is_not_in_effect(before: str, after: str) -> None:
    assert applied(f"[wsl2]\n{before}\n", f"[wsl2]\n{after}\n") == []


def test_swap_that_wsl_could_not_create_is_not_in_effect() -> None:
    without = HOST._replace(running=RUNNING._replace(swap=0))
    assert applied("", "[wsl2]\nswap=8GB\n", host=without) == []
    assert applied("", "[wsl2]\nswap=0\n", host=without) == ["swap: None -> 0"]


def test_systemd_that_does_not_run_is_not_in_effect() -> None:
    without = HOST._replace(wsl=WSL._replace(has_systemd=False))
    assert applied("", "[boot]\nsystemd=true\n", "wslconf", without) == []
    assert applied("[boot]\nsystemd=true\n", "", "wslconf", without) == ["systemd: true -> None"]


def test_a_change_that_this_windows_or_wsl_does_not_support_is_not_in_effect() -> None:
    text = "[wsl2]\ndnsTunneling=false\n"
    assert applied("", text) == ["dnsTunneling: None -> false"]
    assert applied("", text, host=HOST._replace(windows=Windows(build=19045))) == []
    assert applied("", text, host=HOST._replace(wsl=WSL._replace(version="1.2.5.0"))) == []


@pytest.mark.parametrize(
    "known",
    [
        Snapshot("", "[wsl2]\nmemory=12GB", "[wsl2]\nmemory=12GB", knows_start=True),
        Snapshot("", "[wsl2]\nmemory=12GB", before="[wsl2]\nmemory=8GB", knows_before=True),
        Snapshot("", "[wsl2]\nmemory=12GB", "[wsl2]\nmemory=10GB", True, "[wsl2]\nmemory=8GB", True),
    ],
    ids=["text before unknown", "text at the start unknown", "edited again"],
)
def test_unknown_and_outdated_changes_stay_silent(known: Snapshot) -> None:
    assert applied_changes(ini_file.parse(Source(known.text or ""), "wslconfig", KEYS["wslconfig"]), known, HOST) == ()


# The finding


def test_the_finding_names_the_command_and_what_it_stops() -> None:
    text = "[wsl2]\nmemory=8GB\nswap=0\n"
    snapshot = Snapshot(OWN["wslconfig"], text, "[wsl2]\nmemory=12GB\n", knows_start=True)
    assert sentences(text, snapshot) == [
        (
            "memory=8GB is not in effect yet: WSL started with 12GB. To apply it, run wsl --shutdown,"
            " which stops Ubuntu-24.04, docker-desktop"
        )
    ]
    assert sentences(text, snapshot, language="zh") == [
        "memory=8GB 尚未生效：WSL 启动时为 12GB。运行 wsl --shutdown 后生效，该命令会停止 Ubuntu-24.04、docker-desktop"
    ]


def test_a_distribution_is_stopped_alone() -> None:
    text = "[boot]\nsystemd=true\n"
    snapshot = Snapshot(OWN["wslconf"], text, None, knows_start=True)
    assert sentences(text, snapshot, "wslconf") == [
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
    [finding] = [found.finding for found in reported if found.rule == "wslconfig/not-in-force"]
    assert text[finding.span.start : finding.span.end] == "swap"
    assert [related.message.render("en") for related in finding.related] == [
        "memory was removed but is still in effect: WSL started with 8GB",
        "autoProxy was removed but is still in effect: WSL started with false",
    ]
    assert [text[related.span.start : related.span.end] for related in finding.related] == ["wsl2", "wsl2"]


@pytest.mark.parametrize("text", ["", "[wsl2]\n", "[general]\n"])
def test_an_emptied_file_has_its_finding_at_the_start(text: str) -> None:
    assert len(sentences(text, Snapshot(OWN["wslconfig"], text, "[wsl2]\nmemory=8GB\n", knows_start=True))) == 1


def test_a_file_of_a_dotfiles_repository_stays_silent() -> None:
    own = by_name("wslconfig")
    assert own is not None
    snapshot = Snapshot(OWN["wslconfig"], "", "", knows_start=True)
    place = "/home/user/dotfiles/.wslconfig"
    reported = check(read(place, own, Source("[wsl2]\nmemory=8GB\n"), place), host=HOST._replace(wslconfig=snapshot))
    assert [finding.rule for finding in reported] == []


# Any texts


CASES = [json.loads(line) for line in (CONFORMANCE / "wsl.jsonl").read_text("utf-8").splitlines()]


def test_an_unchanged_text_has_no_changes_and_no_text_raises() -> None:
    older = {"wslconfig": "", "wslconf": ""}
    for case in CASES:
        kind: Dialect = case["kind"]
        assert pending_keys(case["text"], case["text"], kind) == []
        pending_keys(case["text"], older[kind], kind)
        assert applied(case["text"], case["text"], kind) == []
        applied(older[kind], case["text"], kind)
        keys_unlike_kernel(case["text"])
        older[kind] = case["text"]


@pytest.mark.parametrize("name", machines.NAMES)
def test_a_recorded_machine_has_no_pending_changes(name: str) -> None:
    host = machines.host(name)
    for dialect, known in (("wslconfig", host.wslconfig), ("wslconf", host.wslconf)):
        if known and known.text is not None:
            file = ini_file.parse(Source(known.text), dialect, KEYS[dialect])
            assert pending_changes(file, known, host) == ()
