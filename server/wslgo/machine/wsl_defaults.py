"""Defaults of WSL settings that depend on the machine (microsoft/WSL, WslCoreConfig.h and .cpp, 2026-08)."""

from wslgo.knowledge.memory import GIB
from wslgo.knowledge.wsl_key import WINDOWS_11, Key
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.source import Source

BOOLEANS = frozenset(("true", "false"))
_X64, _ARM64 = "amd64", "arm64"

# Half of the memory on the label is a little more than half of what Windows sees.
_LABEL_SHARE = 0.02


def possible_defaults(key: Key, file: IniFile, host: Host) -> frozenset[str]:
    """Return the values that the default may be, as WSL converts them: several if the machine is not known enough."""
    if key.id in _MACHINE:
        return _MACHINE[key.id](host)
    if key.id == "wsl2.earlyBootLogging":
        log = file.find("wsl2", "debugConsoleLogFile")
        is_on = file.is_true("wsl2", "debugConsole") or (log is not None and log.value != "")
        return frozenset(("true" if is_on else "false",))
    if key.id == "wsl2.swap":
        memory = _memory_of_machine(file, host)
        return frozenset() if memory is None else frozenset((str(-(-memory // 4 // GIB) * GIB),))
    if key.id == "wsl2.networkingMode":
        return frozenset(("Nat",))
    value = ini_file.convert(key, key.default, file.dialect) if isinstance(key.default, str) else None
    return frozenset() if value is None else frozenset((value,))


def is_default_memory(value: int, host: Host) -> bool:
    """Return whether an amount of memory is the default, half of the computer's."""
    has = host.windows.memory
    return has is not None and abs(value - has / 2) <= has / 2 * _LABEL_SHARE


def architecture(host: Host) -> str | None:
    """Return the processor's architecture as go names it; None if it is unknown."""
    for name in ("GOHOSTARCH", "GOARCH"):
        variable = host.variable(name)
        if variable is not None and variable.origin == "default" and variable.value in (_X64, _ARM64):
            return variable.value
    return None


def _nested_virtualization(host: Host) -> frozenset[str]:
    build, processor = host.windows.build, architecture(host)
    if processor == _ARM64 or (build is not None and build < WINDOWS_11):
        return frozenset(("false",))
    return BOOLEANS if build is None or processor is None else frozenset(("true",))


def _virtio(host: Host) -> frozenset[str]:
    build, processor = host.windows.build, architecture(host)
    if processor == _X64 or (build is not None and build >= WINDOWS_11):
        return frozenset(("true",))
    return BOOLEANS if build is None or processor is None else frozenset(("false",))


def _performance_counters(host: Host) -> frozenset[str]:
    processor = architecture(host)
    return BOOLEANS if processor is None else frozenset(("true" if processor == _X64 else "false",))


def _telemetry(_host: Host) -> frozenset[str]:
    return BOOLEANS  # true in official builds


def _bounce_buffer(_host: Host) -> frozenset[str]:
    return frozenset(("0", str(64 * 2**20)))


def _gui_of_distribution(host: Host) -> frozenset[str]:
    """Return the value of `guiApplications` in `.wslconfig`, which the distribution follows."""
    known = host.wslconfig
    if known is None:
        return BOOLEANS
    text = known.at_start if known.knows_start else known.text
    file = ini_file.parse(Source(text or ""), "wslconfig", KEYS["wslconfig"])
    return frozenset(("false" if file.is_true("wsl2", "guiApplications") is False else "true",))


def _user(host: Host) -> frozenset[str]:
    """Return the user who looks at the file: the one that WSL starts without the setting, if nothing else is known."""
    return frozenset() if host.home is None else frozenset((host.home.rpartition("/")[2],))


_MACHINE = {
    "wsl2.nestedVirtualization": _nested_virtualization,
    "wsl2.virtio": _virtio,
    "wsl2.hardwarePerformanceCounters": _performance_counters,
    "wsl2.telemetry": _telemetry,
    "experimental.swiotlb": _bounce_buffer,
    "general.guiApplications": _gui_of_distribution,
    "user.default": _user,
}


def _memory_of_machine(file: IniFile, host: Host) -> int | None:
    """Return the memory of the virtual machine, in bytes."""
    has = host.windows.memory
    setting = file.find("wsl2", "memory")
    written = int(setting.converted or 0) if setting else 0
    if written:
        return written if has is None else min(written, has)
    return None if has is None else has // 2
