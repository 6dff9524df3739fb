"""Defaults that depend on the machine, and settings that it does not support."""

import pytest

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host, Snapshot, Variable, Windows, Wsl
from wslgo.machine.in_effect import pending_changes
from wslgo.machine.support import Reason, lack_of
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.ini import Dialect
from wslgo.text.source import Source

PLACE = "/mnt/c/Users/user/.wslconfig"
STORE, INBOX = Wsl(generation=2, version="2.6.1.0"), Wsl(generation=2)
WINDOWS_10, WINDOWS_11 = Windows(build=19045, memory=16 * 2**30), Windows(build=26100, memory=16 * 2**30)
X64 = (Variable("GOARCH", "amd64", "default"),)
ARM64 = (Variable("GOARCH", "arm64", "default"),)


def pending(line: str, host: Host, section: str = "wsl2") -> bool:
    """Return whether a setting that was written after the start waits for the next one."""
    text = f"[{section}]\n{line}\n"
    file = ini_file.parse(Source(text), "wslconfig", KEYS["wslconfig"])
    return bool(pending_changes(file, Snapshot(PLACE, text, None, knows_start=True), host))


@pytest.mark.parametrize(
    ("windows", "variables", "line"),
    [
        (WINDOWS_11, X64, "nestedVirtualization=true"),
        (WINDOWS_11, None, "nestedVirtualization=true"),
        (WINDOWS_11, None, "nestedVirtualization=false"),
        (WINDOWS_11, ARM64, "nestedVirtualization=false"),
        (WINDOWS_10, X64, "nestedVirtualization=false"),
        (WINDOWS_11, X64, "hardwarePerformanceCounters=true"),
        (WINDOWS_11, ARM64, "hardwarePerformanceCounters=false"),
        (WINDOWS_11, ARM64, "virtio=true"),
        (WINDOWS_10, ARM64, "virtio=false"),
        (WINDOWS_10, X64, "virtio=true"),
        (WINDOWS_11, X64, "networkingMode=NAT"),
        (WINDOWS_11, X64, "memory=8GB"),
        (WINDOWS_11, X64, "swap=2GB"),
        (WINDOWS_11, X64, "vmIdleTimeout=60000"),
        (WINDOWS_11, X64, "debugConsole=false\nearlyBootLogging=false"),
    ],
)
def test_the_default_of_this_machine_does_not_wait(
    windows: Windows, variables: tuple[Variable, ...] | None, line: str
) -> None:
    assert not pending(line, Host(wsl=STORE, windows=windows, go_variables=variables))


@pytest.mark.parametrize(
    ("windows", "variables", "line"),
    [
        (WINDOWS_11, X64, "nestedVirtualization=false"),
        (WINDOWS_11, ARM64, "hardwarePerformanceCounters=true"),
        (WINDOWS_11, X64, "hardwarePerformanceCounters=false"),
        (WINDOWS_11, X64, "memory=9GB"),
        (WINDOWS_11, X64, "swap=3GB"),
        (WINDOWS_10, X64, "vmIdleTimeout=-1"),
    ],
)
def test_another_value_waits(windows: Windows, variables: tuple[Variable, ...], line: str) -> None:
    assert pending(line, Host(wsl=STORE, windows=windows, go_variables=variables))


def test_a_setting_that_windows_does_not_support_waits_for_nothing() -> None:
    host = Host(wsl=STORE, windows=WINDOWS_10, go_variables=X64)
    assert not pending("nestedVirtualization=true", host)
    assert not pending("networkingMode=mirrored", host)


def reason(dialect: Dialect, section: str, line: str, host: Host) -> Reason | None:
    file = ini_file.parse(Source(f"[{section}]\n{line}\n"), dialect, KEYS[dialect])
    lack = lack_of(file.settings[0], host)
    return lack.reason if lack else None


@pytest.mark.parametrize(
    ("dialect", "section", "line"),
    [
        ("wslconf", "boot", "command=service docker start"),
        ("wslconf", "user", "default=gopher"),
        ("wslconfig", "wsl2", "vmIdleTimeout=-1"),
        ("wslconfig", "wsl2", "debugConsole=true"),
        ("wslconfig", "wsl2", "safeMode=true"),
        ("wslconfig", "wsl2", "guiApplications=true"),
    ],
)
def test_a_note_of_the_documentation_is_not_a_check_of_wsl(dialect: Dialect, section: str, line: str) -> None:
    old = Windows(build=18363)
    assert reason(dialect, section, line, Host(wsl=STORE, windows=old)) is None
    assert reason(dialect, section, line, Host(wsl=INBOX, windows=old)) is Reason.INBOX
    assert reason(dialect, section, line, Host(wsl=INBOX, windows=WINDOWS_11)) is None


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("wsl2", "nestedVirtualization=true"),
        ("wsl2", "networkingMode=mirrored"),
        ("wsl2", "dnsTunneling=true"),
        ("wsl2", "firewall=true"),
        ("wsl2", "autoProxy=true"),
        ("experimental", "bestEffortDnsParsing=true"),
    ],
)
def test_wsl_itself_checks_these(section: str, line: str) -> None:
    assert reason("wslconfig", section, line, Host(wsl=STORE, windows=WINDOWS_10)) is Reason.WINDOWS
    assert reason("wslconfig", section, line.replace("true", "false"), Host(wsl=STORE, windows=WINDOWS_11)) is None
