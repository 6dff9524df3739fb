"""Facts from the kernel and the distribution's own files: the kind of WSL, and the values in effect."""

import re
import time

from wslgo.machine.probe import mounts
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.start_snapshot import Start

BINFMT = "/proc/sys/fs/binfmt_misc/"
REGISTRATIONS = ("WSLInterop", "WSLInterop-late")  # the second one where systemd has wiped the first
SOCKETS = "/run/WSL"
SESSIONS = "/run/user/"
PTRACE_SCOPE = "/proc/sys/kernel/yama/ptrace_scope"
INIT = "/sbin/init"
# The clock that Windows gives to the virtual machine, in UTC (WslCoreVm.cpp, UseUtc): kernels of WSL show it here.
HARDWARE_CLOCK = "/sys/class/rtc/rtc0/since_epoch"
MINUTE = 60  # seconds
TICKS = 100  # per second in /proc/PID/stat: USER_HZ of x86 and arm64

_PRETTY = re.compile(r"^PRETTY_NAME=[\"']?([^\"'\n]+)", re.MULTILINE)
_PROCESSOR = re.compile(r"^processor\s*:", re.MULTILINE)


def kernel(machine: ProbeContext) -> str | None:
    """Return the kernel release, as `uname -r` prints it."""
    return machine.line("/proc/sys/kernel/osrelease")


def generation(machine: ProbeContext) -> int | None:
    """Return 1 or 2, 0 outside WSL, and None if the kernel release cannot be read.

    WSL's own test for WSL 1 is "Microsoft" with a capital in the release (init/util.cpp); the kernel of WSL 2 has
    "microsoft" in it, and the release of a custom kernel can be anything, so other signs decide then.
    """
    release = machine.ask(kernel)
    if release is None:
        return None
    if "Microsoft" in release:
        return 1
    return 2 if "microsoft" in release or machine.ask(_has_signs) else 0


def container(machine: ProbeContext) -> str | None:
    """Return what runs this container, "" outside of one; systemd has `container=wsl` in every distribution."""
    if not machine.ask(generation):
        return None
    named = machine.environment.get("container", "")
    if machine.world.exists("/.dockerenv"):
        return "docker"
    if machine.world.exists("/run/.containerenv"):
        return "podman"
    return "container" if named not in ("", "wsl") else ""


def boot_id(machine: ProbeContext) -> str | None:
    """Return the kernel's boot id, a new one for each start of the virtual machine."""
    return machine.line("/proc/sys/kernel/random/boot_id")


def release(machine: ProbeContext) -> str | None:
    """Return the name of the distribution's release: `Ubuntu 24.04.3 LTS`."""
    text = machine.text("/etc/os-release") or machine.text("/usr/lib/os-release")
    found = _PRETTY.search(text or "")
    return found[1] if found else None


def has_systemd(machine: ProbeContext) -> bool | None:
    """Return whether systemd runs the distribution (sd_booted(3))."""
    return machine.world.exists("/run/systemd/system") if machine.ask(generation) else None


def has_user_session(machine: ProbeContext) -> bool | None:
    """Return whether systemd runs a session of the user; None if the environment names the folder of another user.

    WSL names the folder even where it could not start the session (init.cpp, MessageSystemdUserSessionFailed).
    """
    folder, home = machine.environment.get("XDG_RUNTIME_DIR", "").rstrip("/"), machine.environment.get("HOME", "")
    if not machine.ask(has_systemd) or not folder.startswith(SESSIONS):
        return None
    found, own = machine.world.stat(folder), machine.world.stat(home)
    if found is None:
        return False
    if own is None or found.st_uid != own.st_uid:
        return None
    return any(machine.world.exists(f"{folder}/{name}") for name in ("bus", "systemd"))


def init(machine: ProbeContext) -> str | None:
    """Return the program that WSL starts as process 1 if systemd is asked for; "" if there is none."""
    if not machine.ask(generation):
        return None
    return machine.world.real(INIT) if machine.world.exists(INIT) else ""


def has_interop(machine: ProbeContext) -> bool | None:
    """Return whether the kernel passes Windows programs to WSL."""
    if not machine.ask(generation):
        return None
    if machine.line(f"{BINFMT}status") == "disabled":
        return False
    registered = (machine.line(BINFMT + name) or "" for name in REGISTRATIONS)
    return any(text.startswith("enabled") for text in registered)


def memory(machine: ProbeContext) -> int | None:
    """Return the virtual machine's memory in bytes."""
    found = re.search(r"^MemTotal:\s+([0-9]{1,15}) kB", machine.text("/proc/meminfo") or "", re.MULTILINE)
    return int(found[1]) * 1024 if found and _is_virtual_machine(machine) else None


def processors(machine: ProbeContext) -> int | None:
    """Return the number of the virtual machine's processors."""
    if not _is_virtual_machine(machine):
        return None
    online = machine.line("/sys/devices/system/cpu/online")
    return _processor_count(online or "") or len(_PROCESSOR.findall(machine.text("/proc/cpuinfo") or "")) or None


def swap(machine: ProbeContext) -> int | None:
    """Return the bytes of swap, 0 without swap."""
    table = machine.text("/proc/swaps")
    if not table or not _is_virtual_machine(machine):
        return None
    sizes = (line.split()[2:3] for line in table.splitlines()[1:])
    return sum(int(size) * 1024 for row in sizes for size in row if re.fullmatch("[0-9]{1,15}", size))


def clock_lag(machine: ProbeContext) -> int | None:
    """Return the seconds by which the clock is behind that of Windows, in whole minutes."""
    hardware = machine.line(HARDWARE_CLOCK) if _is_virtual_machine(machine) else None
    if not hardware or not re.fullmatch("[0-9]{9,12}", hardware):
        return None
    return max(0, int(int(hardware) - time.time()) // MINUTE * MINUTE)


def page_cache(machine: ProbeContext) -> int | None:
    """Return the bytes of memory that hold the content of files."""
    return machine.world.page_cache() if _is_virtual_machine(machine) else None


def ptrace_scope(machine: ProbeContext) -> int | None:
    """Return which processes a debugger may join: 0 those of its user, 1 its children, 2 none but for root, 3 none."""
    scope = machine.line(PTRACE_SCOPE)
    return int(scope) if scope in ("0", "1", "2", "3") else None


def command_line(machine: ProbeContext) -> str | None:
    """Return the command line that the kernel was started with."""
    return machine.line("/proc/cmdline") if _is_virtual_machine(machine) else None


def running_boot_id(machine: ProbeContext) -> str | None:
    """Return the boot id; None outside WSL."""
    return machine.ask(boot_id) if machine.ask(generation) else None


def machine_start(machine: ProbeContext) -> Start | None:
    """Return the start of the virtual machine."""
    boot, at = machine.ask(running_boot_id), machine.ask(_boot_time)
    return Start(f"{boot} machine", at) if boot and at is not None and _is_virtual_machine(machine) else None


def distribution_start(machine: ProbeContext) -> Start | None:
    """Return the start of the distribution, that of its process 1: `wsl --terminate` does not change the boot id."""
    boot, at = machine.ask(running_boot_id), machine.ask(_boot_time)
    # The start is field 20 after the name of the process, which may contain spaces and brackets (proc(5)).
    fields = (machine.text("/proc/1/stat") or "").rpartition(")")[2].split()
    ticks = fields[19] if len(fields) > 19 else ""
    if not boot or at is None or not re.fullmatch("[0-9]{1,15}", ticks):
        return None
    return Start(f"{boot} distribution {ticks}", at + int(ticks) / TICKS)


def _boot_time(machine: ProbeContext) -> float | None:
    found = re.search(r"^btime ([0-9]{1,15})$", machine.text("/proc/stat") or "", re.MULTILINE)
    return float(found[1]) if found else None


def _is_virtual_machine(machine: ProbeContext) -> bool:
    """Return whether this is WSL 2: .wslconfig does not apply to WSL 1, which has no kernel, or to another Linux."""
    return machine.ask(generation) == 2


def _has_signs(machine: ProbeContext) -> bool:
    """Return whether a distribution has at least two traces of WSL; a single one may have another reason."""
    signs = (
        "WSL_DISTRO_NAME" in machine.environment,
        machine.world.exists(SOCKETS),
        any(machine.world.exists(BINFMT + name) for name in REGISTRATIONS),
        machine.world.exists("/dev/dxg"),
        bool(machine.ask(mounts.drives)),
    )
    return sum(signs) > 1


def _processor_count(ranges: str) -> int:
    """Return 12 for `0-11`, 3 for `0,2-3`; 0 for a text that is not a list of ranges."""
    if not re.fullmatch(r"\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*", ranges):
        return 0
    ends = [[int(end) for end in part.split("-")] for part in ranges.split(",")]
    return sum(last - first + 1 for first, *rest in ends for last in [*rest, first][:1])
