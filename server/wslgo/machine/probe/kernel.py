"""What the kernel and the distribution's own files tell: whether this is WSL, which, and what is in force."""

import re

from wslgo.machine.probe import mounts
from wslgo.machine.probe.context import Machine
from wslgo.machine.start_snapshot import Start

BINFMT = "/proc/sys/fs/binfmt_misc/"
REGISTRATIONS = ("WSLInterop", "WSLInterop-late")  # the second one where systemd has wiped the first
SOCKETS = "/run/WSL"
TICKS = 100  # a second, in what the kernel tells of processes: USER_HZ of x86 and arm64

_PRETTY = re.compile(r"^PRETTY_NAME=[\"']?([^\"'\n]+)", re.MULTILINE)
_PROCESSOR = re.compile(r"^processor\s*:", re.MULTILINE)


def kernel(machine: Machine) -> str | None:
    """The release, as `uname -r` prints it."""
    return machine.line("/proc/sys/kernel/osrelease")


def generation(machine: Machine) -> int | None:
    """1 or 2, 0 where there is no WSL; None when even the kernel does not say who it is.

    WSL's own test is "Microsoft" in the release, with a capital, for WSL 1 (init/util.cpp); the kernel of WSL 2 says
    "microsoft", and one that somebody has built says what they wanted: then the signs around it decide.
    """
    release = machine.ask(kernel)
    if release is None:
        return None
    if "Microsoft" in release:
        return 1
    return 2 if "microsoft" in release or machine.ask(_has_signs) else 0


def boot_id(machine: Machine) -> str | None:
    """Changes with every start of the virtual machine."""
    return machine.line("/proc/sys/kernel/random/boot_id")


def release(machine: Machine) -> str | None:
    """What the distribution calls itself: `Ubuntu 24.04.3 LTS`."""
    text = machine.text("/etc/os-release") or machine.text("/usr/lib/os-release")
    found = _PRETTY.search(text or "")
    return found[1] if found else None


def has_systemd(machine: Machine) -> bool | None:
    """Whether systemd runs the distribution (sd_booted(3))."""
    return machine.world.exists("/run/systemd/system") if machine.ask(generation) else None


def has_interop(machine: Machine) -> bool | None:
    """Whether the kernel hands programs of Windows to WSL."""
    if not machine.ask(generation):
        return None
    if machine.line(f"{BINFMT}status") == "disabled":
        return False
    registered = (machine.line(BINFMT + name) or "" for name in REGISTRATIONS)
    return any(text.startswith("enabled") for text in registered)


def memory(machine: Machine) -> int | None:
    """Bytes that the virtual machine has."""
    found = re.search(r"^MemTotal:\s+([0-9]{1,15}) kB", machine.text("/proc/meminfo") or "", re.MULTILINE)
    return int(found[1]) * 1024 if found and _is_virtual_machine(machine) else None


def processors(machine: Machine) -> int | None:
    """Processors of the virtual machine."""
    if not _is_virtual_machine(machine):
        return None
    online = machine.line("/sys/devices/system/cpu/online")
    return _counted(online or "") or len(_PROCESSOR.findall(machine.text("/proc/cpuinfo") or "")) or None


def swap(machine: Machine) -> int | None:
    """Bytes of swap, 0 where there is none."""
    table = machine.text("/proc/swaps")
    if not table or not _is_virtual_machine(machine):
        return None
    sizes = (line.split()[2:3] for line in table.splitlines()[1:])
    return sum(int(size) * 1024 for row in sizes for size in row if re.fullmatch("[0-9]{1,15}", size))


def command_line(machine: Machine) -> str | None:
    """What the kernel was started with."""
    return machine.line("/proc/cmdline") if _is_virtual_machine(machine) else None


def running_boot_id(machine: Machine) -> str | None:
    """The boot id, where there is a WSL that it belongs to."""
    return machine.ask(boot_id) if machine.ask(generation) else None


def machine_start(machine: Machine) -> Start | None:
    """When the virtual machine started."""
    boot, at = machine.ask(running_boot_id), machine.ask(_boot_time)
    return Start(f"{boot} machine", at) if boot and at is not None and _is_virtual_machine(machine) else None


def distribution_start(machine: Machine) -> Start | None:
    """When the distribution started, which has a first process of its own; `wsl --terminate` leaves the boot id."""
    boot, at = machine.ask(running_boot_id), machine.ask(_boot_time)
    # Behind the name of the process, which may hold blanks and brackets, the start stands at the 20th place (proc(5)).
    fields = (machine.text("/proc/1/stat") or "").rpartition(")")[2].split()
    ticks = fields[19] if len(fields) > 19 else ""
    if not boot or at is None or not re.fullmatch("[0-9]{1,15}", ticks):
        return None
    return Start(f"{boot} distribution {ticks}", at + int(ticks) / TICKS)


def _boot_time(machine: Machine) -> float | None:
    found = re.search(r"^btime ([0-9]{1,15})$", machine.text("/proc/stat") or "", re.MULTILINE)
    return float(found[1]) if found else None


def _is_virtual_machine(machine: Machine) -> bool:
    """WSL 1 runs on the kernel of Windows, and another Linux is none of our business: nothing was set there."""
    return machine.ask(generation) == 2


def _has_signs(machine: Machine) -> bool:
    """What WSL leaves in a distribution, whatever its kernel is called; one sign alone may be somebody's experiment."""
    signs = (
        "WSL_DISTRO_NAME" in machine.environment,
        machine.world.exists(SOCKETS),
        any(machine.world.exists(BINFMT + name) for name in REGISTRATIONS),
        machine.world.exists("/dev/dxg"),
        bool(machine.ask(mounts.drives)),
    )
    return sum(signs) > 1


def _counted(ranges: str) -> int:
    """12 for `0-11`, 3 for `0,2-3`; 0 for what is neither."""
    if not re.fullmatch(r"\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*", ranges):
        return 0
    ends = [[int(end) for end in part.split("-")] for part in ranges.split(",")]
    return sum(last - first + 1 for first, *rest in ends for last in [*rest, first][:1])
