"""Whether what is written in a `.wslconfig` or `wsl.conf` is what runs: both are read at a start only.

`changes` says what waits for the next start, `arrivals` what the last one has brought.

Two witnesses: the text as it was at that start, read as WSL reads it, and what the kernel shows. A changed comment,
blank, order or case changes nothing, nor does a value that WSL turns into the old one.
"""

from typing import NamedTuple

from wslgo.knowledge.memory import GIB, LEAST_MEMORY
from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import WINDOWS_11_22H2, Key, Kind
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine.host import Host, Running, Snapshot, Windows
from wslgo.syntax.wsl import file as wslfile
from wslgo.syntax.wsl.file import IniFile, Setting, Verdict
from wslgo.text.source import Source

# Looked at when a distribution is made, not when the machine starts.
WITHOUT_START = frozenset(("defaultVhdSize", "sparseVhd", "distributionInstallPath", "setVersionDebug"))

# src/windows/common/WslCoreConfig.cpp, Initialize, and WslCoreVm.cpp (2026-08).
GRAIN = 2 * 2**20  # memory is given in whole even MiB

# The kernel keeps a part of its memory out of MemTotal: its own text, page tables, bounce buffers.
HIDDEN_SHARE, HIDDEN_BYTES = 0.15, 256 * 2**20
SWAP_SHARE = 0.98

# `wslinfo --networking-mode`; releases before Consomme say virtioproxy.
MODES = {"nat": "Nat", "mirrored": "Mirrored", "bridged": "Bridged", "none": "None"}
MODES |= dict.fromkeys(("consomme", "virtioproxy"), "Consomme")
MIRRORED_WSL = (2, 0, 0)


class Change(NamedTuple):
    """A key whose value is not the one in force: `setting` says it now, and is None where it was taken out.

    `runs` is what is in force, as it was written or as the kernel shows it; None where that is the default.
    """

    key: Key
    setting: Setting | None
    runs: str | None


def changes(file: IniFile, known: Snapshot, host: Host) -> tuple[Change, ...]:
    """What is not in force, in the order of the file and then of the table; empty where nobody can know."""
    if file.is_fatal or file.is_garbled:
        return ()
    if known.knows_start:
        return tuple(one for one in _since(known.at_start, file, host.windows) if not _is_met(one, host))
    return tuple(_against_kernel(file, host)) if file.dialect == "wslconfig" else ()


def arrivals(file: IniFile, known: Snapshot, host: Host) -> tuple[Change, ...]:
    """What the last start has brought into force, where `runs` is what was in force before.

    Empty where nobody can know, once the file was edited again, and without what has visibly failed.
    """
    is_known = known.knows_start and known.knows_before and known.text == known.at_start
    if not is_known or file.is_fatal or file.is_garbled or file.is_true("wsl2", "safeMode"):
        return ()
    return tuple(one for one in _since(known.before, file, host.windows) if not _has_failed(one, file, host))


def _since(text: str | None, file: IniFile, windows: Windows) -> list[Change]:
    """What WSL reads otherwise in a file than in its earlier text."""
    before = wslfile.parse(Source(text or ""), file.dialect, KEYS[file.dialect])
    if before.is_fatal:
        return []
    found = []
    for key in _in_order(file):
        now, then = _setting(file, key), _setting(before, key)
        if key.name not in WITHOUT_START and _taken(now, key, windows) != _taken(then, key, windows):
            found.append(Change(key, now, None if then is None else then.value))
    return found


def _in_order(file: IniFile) -> list[Key]:
    """The keys as they stand in the file, then those that do not."""
    written = [setting.known for setting in file.settings if setting.known is not None]
    return list({key.id: key for key in (*written, *KEYS[file.dialect])}.values())


def _setting(file: IniFile, key: Key) -> Setting | None:
    """The setting whose value WSL takes."""
    return file.find(key.section, key.name)


def _taken(setting: Setting | None, key: Key, windows: Windows) -> str:
    """What WSL makes of a setting; the empty text is the default."""
    value = "" if setting is None else setting.converted or ""
    if key.name == "memory" and value:
        return str(_memory(int(value), windows.memory) or "")
    if key.name == "processors" and value:
        return str(_processors(int(value), windows.processors) or "")
    if key.kind is Kind.PATH:
        return value.replace("/", "\\").lower()
    if key.kind is Kind.STRING:
        return _text(value, key)
    default = "Nat" if key.name == "networkingMode" else str(key.default)
    return "" if value.lower() == default.lower() else value


def _text(value: str, key: Key) -> str:
    value = " ".join(value.split()) if key.name == "kernelCommandLine" else value
    value = f"{value.rstrip('/')}/" if value and key.id == "automount.root" else value
    return "" if value in (key.default, "/mnt/") else value


def _memory(value: int, has: int | None) -> int:
    """Bytes that the machine gets; 0 for the default."""
    if not value:
        return 0
    most = value if has is None else min(value, has)
    return max(most, LEAST_MEMORY) // GRAIN * GRAIN


def _processors(value: int, has: int | None) -> int:
    """Processors that the machine gets; 0 for the default, which is all."""
    if value <= 0 or (has is not None and value >= has):
        return 0
    return value


def _is_met(change: Change, host: Host) -> bool:
    """Whether what is written now runs all the same: mirrored had failed, and somebody wrote NAT."""
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
    """Whether the machine shows something else, for whatever reason, or cannot do what is written."""
    key, setting = change.key, change.setting
    if key.name == "networkingMode":
        return host.running.networking in MODES and not _is_met(change, host)
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
    """More than the computer has, or newer than its Windows or WSL."""
    has = {"memory": host.windows.memory, "processors": host.windows.processors}.get(key.name)
    build, version = host.windows.build, wsl_version(host.wsl.version or "")
    return (
        (has is not None and int(setting.converted or 0) > has)
        or (build is not None and build < key.first_build)
        or (version is not None and version < key.since_wsl)
    )


def _against_kernel(file: IniFile, host: Host) -> list[Change]:
    """What the kernel shows to be otherwise, only where nothing else than an old start can be the reason."""
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
    """MemTotal is less than what the machine has, and never more; `mem=` of the kernel takes more of it away."""
    shown, has = host.running.memory, host.windows.memory
    wanted = _memory(int(value), has)
    if not wanted or shown is None or "mem=" in _kernel_words(file, host.running):
        return None
    if shown > wanted + HIDDEN_BYTES:
        return _size(shown)
    # Where the memory of the computer is unknown, WSL may have lowered the value to it.
    is_less = has is not None and shown < wanted * (1 - HIDDEN_SHARE) - HIDDEN_BYTES
    return _size(shown) if is_less else None


def _shown_processors(value: str, file: IniFile, host: Host) -> str | None:
    """`nr_cpus=` and `maxcpus=` of the kernel take some away; Microsoft's own `nr_cpus=` names the processors given."""
    shown, has = host.running.processors, host.windows.processors
    wanted = min(int(value), has or int(value))
    if wanted <= 0 or shown is None or "cpus=" in _words(file):
        return None
    return str(shown) if shown > wanted or (has is not None and shown < wanted) else None


def _shown_swap(value: str, _file: IniFile, host: Host) -> str | None:
    """More swap may be somebody's own file, and none a disk that could not be made."""
    shown = host.running.swap
    return _size(shown) if shown and shown < int(value) * SWAP_SHARE else None


def _shown_command_line(value: str, _file: IniFile, host: Host) -> str | None:
    """WSL appends it as it is."""
    line = host.running.command_line
    return None if line is None or " ".join(value.split()) in " ".join(line.split()) else line


def _shown_networking(value: str, file: IniFile, host: Host) -> str | None:
    """A mode that cannot be had becomes another one, so only what cannot have come about that way is told."""
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
