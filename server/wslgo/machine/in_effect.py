"""The settings of `.wslconfig` and `wsl.conf` that are in effect: WSL reads both files only when it starts.

`pending_changes` returns the keys that wait for the next start, `applied_changes` those that the last start applied.

There are two sources: the text at that start, read as WSL reads it, and the kernel. A changed comment, space, order or
case is not a change, nor is a value that WSL converts to the old one.
"""

from wslgo.knowledge.memory import GIB, LEAST_MEMORY
from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import WINDOWS_11_22H2, Key, Kind
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host, Running, Snapshot
from wslgo.machine.support import Reason, lack_of, lack_of_key
from wslgo.machine.wsl_defaults import is_default_memory, possible_defaults
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

# WSL reads these when it creates a distribution, not when the machine starts.
WITHOUT_START = frozenset(("defaultVhdSize", "sparseVhd", "distributionInstallPath", "setVersionDebug"))

# src/windows/common/WslCoreConfig.cpp, Initialize, and WslCoreVm.cpp (2026-08).
GRAIN = 2 * 2**20  # WSL rounds memory down to a multiple of 2 MiB

# MemTotal lacks the memory that the kernel itself uses: its code, page tables, bounce buffers.
HIDDEN_SHARE, HIDDEN_BYTES = 0.15, 256 * 2**20
SWAP_SHARE = 0.98

# The output of `wslinfo --networking-mode`; releases before Consomme print virtioproxy.
MODES = {"nat": "Nat", "mirrored": "Mirrored", "bridged": "Bridged", "none": "None"}
MODES |= dict.fromkeys(("consomme", "virtioproxy"), "Consomme")
MIRRORED_WSL = (2, 0, 0)


class Change(NamedTuple):
    """A key whose written value is not in effect; `setting` is None if the file no longer has the key.

    `runs` is the value in effect, as it was written or as the kernel shows it; None for the default.
    """

    key: Key
    setting: Setting | None
    runs: str | None


def pending_changes(file: IniFile, known: Snapshot, host: Host) -> tuple[Change, ...]:
    """Return the changes that are not in effect, in the order of the file and then of the table; empty if unknown."""
    if file.is_fatal or file.is_garbled:
        return ()
    if known.knows_start:
        found = _changes_since(known.at_start, file, host)
        return tuple(change for change in found if not _is_running(change, host) and _can_apply(change, host))
    return tuple(_against_kernel(file, host)) if file.dialect == "wslconfig" else ()


def applied_changes(file: IniFile, known: Snapshot, host: Host) -> tuple[Change, ...]:
    """Return the changes that the last start applied, with the previous value as `runs`.

    The result lacks changes that visibly failed, and is empty if it is unknown or if the file was edited again.
    """
    is_known = known.knows_start and known.knows_before and known.text == known.at_start
    if not is_known or file.is_fatal or file.is_garbled or file.is_true("wsl2", "safeMode"):
        return ()
    found = _changes_since(known.before, file, host)
    return tuple(change for change in found if not _has_failed(change, file, host))


def _changes_since(text: str | None, file: IniFile, host: Host) -> list[Change]:
    """Return the keys that WSL reads differently in a file than in its earlier text."""
    before = ini_file.parse(Source(text or ""), file.dialect, KEYS[file.dialect])
    if before.is_fatal:
        return []
    found = []
    for key in _keys_in_order(file):
        now, then = _setting(file, key), _setting(before, key)
        if key.name in WITHOUT_START:
            continue
        if not _values(now, key, file, host) & _values(then, key, before, host):
            found.append(Change(key, now, None if then is None else then.value))
    return found


def _values(setting: Setting | None, key: Key, file: IniFile, host: Host) -> frozenset[str]:
    """Return the value that WSL uses for a setting; for the default all that it may be."""
    value = _effective_value(setting, key, host)
    return frozenset((value,)) if value else frozenset(("", *possible_defaults(key, file, host)))


def _keys_in_order(file: IniFile) -> list[Key]:
    """Return the keys in the order of the file, then the keys that are not in it."""
    written = [setting.known for setting in file.settings if setting.known is not None]
    return list({key.id: key for key in (*written, *KEYS[file.dialect])}.values())


def _setting(file: IniFile, key: Key) -> Setting | None:
    """Return the setting whose value WSL uses."""
    return file.find(key.section, key.name)


def _effective_value(setting: Setting | None, key: Key, host: Host) -> str:
    """Return the value that WSL uses for a setting; empty for the default, if that is known."""
    value = "" if setting is None else setting.converted or ""
    if key.name == "memory" and value:
        memory = _memory(int(value), host.windows.memory)
        return "" if is_default_memory(memory, host) else str(memory or "")
    if key.name == "processors" and value:
        return str(_processors(int(value), host.windows.processors) or "")
    if key.kind is Kind.PATH:
        return value.replace("/", "\\").lower()
    return _normalized_text(value, key) if key.kind is Kind.STRING else value


def _normalized_text(value: str, key: Key) -> str:
    value = " ".join(value.split()) if key.name == "kernelCommandLine" else value
    value = f"{value.rstrip('/')}/" if value and key.id == "automount.root" else value
    return "" if value in (key.default, "/mnt/") else value


def _memory(value: int, has: int | None) -> int:
    """Return the bytes of memory that the virtual machine gets; 0 for the default."""
    if not value:
        return 0
    most = value if has is None else min(value, has)
    return max(most, LEAST_MEMORY) // GRAIN * GRAIN


def _processors(value: int, has: int | None) -> int:
    """Return the number of processors that the virtual machine gets; 0 for the default, which is all."""
    if value <= 0 or (has is not None and value >= has):
        return 0
    return value


def _can_apply(change: Change, host: Host) -> bool:
    """Return whether a restart would apply the value: it does not if Windows or WSL is too old."""
    lack = lack_of(change.setting, host) if change.setting else None
    return lack is None or lack.reason is Reason.INBOX


def _is_running(change: Change, host: Host) -> bool:
    """Return whether the written value is in effect already: mirrored failed, say, and the user wrote NAT."""
    running, setting = host.running, change.setting
    if change.key.name == "networkingMode":
        mode = MODES.get(running.networking or "")
        return mode is not None and mode == ("Nat" if setting is None else setting.converted)
    if change.key.name == "processors" and running.processors is not None:
        written = 0 if setting is None else int(setting.converted or 0)
        wanted = _processors(written, host.windows.processors) or host.windows.processors
        return wanted == running.processors
    return False


def _has_failed(change: Change, file: IniFile, host: Host) -> bool:
    """Return whether the machine shows another value, for any reason, or does not support the written one."""
    key, setting = change.key, change.setting
    if key.name == "networkingMode":
        return host.running.networking in MODES and not _is_running(change, host)
    if setting is None:
        return False
    if _is_beyond(setting, key, host):
        return True
    if key.id == "boot.systemd":
        return host.wsl.has_systemd not in (None, setting.converted == "true")
    if key.name == "swap" and host.running.swap == 0:
        return setting.converted != "0"
    judge = _KERNEL.get(key.id)
    return judge is not None and judge(setting.converted or "", file, host) is not None


def _is_beyond(setting: Setting, key: Key, host: Host) -> bool:
    """Return whether a setting needs more than the computer has, or a newer Windows or WSL."""
    has = {"memory": host.windows.memory, "processors": host.windows.processors}.get(key.name)
    return (has is not None and int(setting.converted or 0) > has) or lack_of_key(key, host) is not None


def _against_kernel(file: IniFile, host: Host) -> list[Change]:
    """Return the settings that the kernel contradicts, if only a start before the edit can be the reason."""
    if file.is_true("wsl2", "safeMode"):
        return []
    found = []
    for setting in file.settings:
        judge = _KERNEL.get(setting.known.id if setting.known else "")
        if judge and setting.known and setting.verdict is Verdict.ACCEPTED:
            runs = judge(setting.converted or "", file, host)
            if runs is not None:
                found.append(Change(setting.known, setting, runs))
    return found


def _shown_memory(value: str, file: IniFile, host: Host) -> str | None:
    """Return the memory in effect if it contradicts the value.

    MemTotal is always less than the memory of the virtual machine; the kernel's `mem=` lowers it further.
    """
    shown, has = host.running.memory, host.windows.memory
    wanted = _memory(int(value), has)
    if not wanted or shown is None or "mem=" in _kernel_words(file, host.running):
        return None
    if shown > wanted + HIDDEN_BYTES:
        return _size(shown)
    # If the memory of the computer is unknown, WSL may have lowered the value to it.
    is_less = has is not None and shown < wanted * (1 - HIDDEN_SHARE) - HIDDEN_BYTES
    return _size(shown) if is_less else None


def _shown_processors(value: str, file: IniFile, host: Host) -> str | None:
    """Return the processors in effect if they contradict the value.

    The kernel's `nr_cpus=` and `maxcpus=` lower the number; WSL itself passes `nr_cpus=` with the written value.
    """
    shown, has = host.running.processors, host.windows.processors
    wanted = min(int(value), has or int(value))
    if wanted <= 0 or shown is None or "cpus=" in _words(file):
        return None
    return str(shown) if shown > wanted or (has is not None and shown < wanted) else None


def _shown_swap(value: str, _file: IniFile, host: Host) -> str | None:
    """Return the swap in effect if it contradicts the value.

    More swap may come from a swap file of the user; without any, WSL could not create its disk.
    """
    shown = host.running.swap
    return _size(shown) if shown and shown < int(value) * SWAP_SHARE else None


def _shown_command_line(value: str, _file: IniFile, host: Host) -> str | None:
    """Return the kernel's command line if it lacks the value, which WSL appends unchanged."""
    line = host.running.command_line
    return None if line is None or " ".join(value.split()) in " ".join(line.split()) else line


def _shown_networking(value: str, file: IniFile, host: Host) -> str | None:
    """Return the mode in effect if it contradicts the value.

    WSL replaces a mode that the machine does not support, so a mode that can be such a replacement does not count.
    """
    mode = MODES.get(host.running.networking or "")
    if mode is None or mode == value:
        return None
    if mode == "Mirrored" or value == "None":
        return mode
    build, version = host.windows.build, wsl_version(host.wsl.version or "")
    is_new = (build or 0) >= WINDOWS_11_22H2 and (version or ()) >= MIRRORED_WSL
    return mode if value == "Mirrored" and is_new and not file.find("wsl2", "kernel") else None


_KERNEL = {
    "wsl2.memory": _shown_memory,
    "wsl2.processors": _shown_processors,
    "wsl2.swap": _shown_swap,
    "wsl2.kernelCommandLine": _shown_command_line,
    "wsl2.networkingMode": _shown_networking,
}


def _words(file: IniFile) -> str:
    setting = file.find("wsl2", "kernelCommandLine")
    return "" if setting is None else setting.value


def _kernel_words(file: IniFile, running: Running) -> str:
    return f"{_words(file)} {running.command_line or ''}"


def _size(amount: int) -> str:
    return f"{amount / GIB:.1f} GB"
