"""The Windows side, asked through its own programs: each answer is read by its shape, since its words are localised.

`cmd.exe` answers in the code page of its console (936 in China), `wsl.exe` in UTF-16LE, or in UTF-8 where it heeds
WSL_UTF8; PowerShell is asked for digits only.
"""

import re

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine import start_snapshot
from wslgo.machine.host import Snapshot, linux_path
from wslgo.machine.probe import cache, interop, kernel, mounts
from wslgo.machine.probe.context import Machine
from wslgo.syntax.wsl import file as wslfile
from wslgo.syntax.wsl import windows_path
from wslgo.system import programs
from wslgo.text.source import Source, decode

# `set NAME` prints NAME=value as it is; echoing %NAME% would run what an ampersand in a user name leaves behind.
ABOUT = "chcp&ver&set NUMBER_OF_PROCESSORS&set USERPROFILE"
MEMORY = "(Get-CimInstance -ClassName Win32_ComputerSystem).TotalPhysicalMemory"  # also allowed in constrained mode
WSLINFO = "/usr/bin/wslinfo"
MODES = ("nat", "bridged", "mirrored", "consomme", "virtioproxy", "none", "wsl1")

_WINDOWS = re.compile(rb"\b10\.0\.([0-9]{5})(?:\.[0-9]+)?")
_CODE_PAGE = re.compile(rb"\b([0-9]{3,5})\b")
_VERSION = re.compile(r"[:：]\s*([0-9]+(?:\.[0-9]+){2,3}(?![0-9])[^\s:：]*)\s*$")
_ROW = re.compile(r"[* ] (\S+(?: \S+)*)\s\s+(\S+)\s+([12])\s*\Z")
RUNNING = "Running"  # wsl.exe localises its headings, not the states


def build(machine: Machine) -> int | None:
    """26100 for Windows 11 24H2."""
    return _number(machine.ask(_about).get("build"))


def processors(machine: Machine) -> int | None:
    """Logical processors of the computer."""
    return _number(machine.ask(_about).get("processors"))


def memory(machine: Machine) -> int | None:
    """Bytes of the computer's memory."""
    return _number(_kept(machine, "memory", _memory).get("memory"))


def profile(machine: Machine) -> str | None:
    """%USERPROFILE% as Linux reaches it."""
    if not machine.ask(kernel.generation):
        return None
    return _inherited_profile(machine) or _told_profile(machine) or _only_profile(machine)


def version(machine: Machine) -> str | None:
    """The version of WSL; the one that came with Windows 10 does not tell it."""
    found = cache.kept(machine, "wsl", _version).get("version") if machine.ask(kernel.generation) else None
    return found if isinstance(found, str) else None


def networking(machine: Machine) -> str | None:
    """`nat`, `mirrored`, ...: the mode that is in force."""
    found = cache.kept(machine, "networking", _networking).get("mode") if machine.ask(kernel.generation) else None
    return found if isinstance(found, str) else None


def distribution(machine: Machine) -> str | None:
    """Its name as `wsl --list` shows it. Services and `sudo` lack the variable; then the only one that runs is this."""
    if not machine.ask(kernel.generation):
        return None
    named = machine.environment.get("WSL_DISTRO_NAME")
    if named:
        return named
    running = machine.ask(_running)
    return running[0] if running and len(running) == 1 else None


def others_running(machine: Machine) -> tuple[str, ...] | None:
    """The other distributions that `wsl --shutdown` would stop."""
    running = machine.ask(_running)
    return None if running is None else tuple(name for name in running if name != machine.ask(distribution))


def wslconfig(machine: Machine) -> Snapshot | None:
    """`.wslconfig` of the user who has started WSL."""
    folder = machine.ask(profile)
    return None if folder is None else _snapshot(machine, f"{folder}/.wslconfig", machine.ask(kernel.machine_start))


def wslconf(machine: Machine) -> Snapshot | None:
    """`/etc/wsl.conf`."""
    if not machine.ask(kernel.generation):
        return None
    return _snapshot(machine, "/etc/wsl.conf", machine.ask(kernel.distribution_start))


def absent_paths(machine: Machine) -> tuple[str, ...] | None:
    """Paths that `.wslconfig` names, and their folders, which are not on a drive that is mounted; as WSL reads them.

    None without the file; what lies on a share or on a drive that is not mounted is not judged.
    """
    known = machine.ask(wslconfig)
    if known is None or known.text is None:
        return None
    file = wslfile.parse(Source(known.text), "wslconfig", KEYS["wslconfig"])
    named = [setting.value for setting in windows_path.paths(file) if windows_path.is_absolute(setting.value)]
    folders = map(windows_path.folder_of, named)
    return tuple(path for path in dict.fromkeys([*named, *folders]) if _is_absent(machine, path))


def text_of_wsl(output: bytes) -> str:
    """UTF-16LE is full of zero bytes, if only in its line ends; UTF-8 has none."""
    text = output.decode("utf-16-le" if b"\0" in output else "utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r", "")


def _running(machine: Machine) -> tuple[str, ...] | None:
    """The distributions that run, asked anew each time: people start and stop them."""
    if not machine.ask(kernel.has_interop):
        return None
    ran = machine.ask(interop.interop).run(interop.WSL, "-l", "-v")
    if ran is None or ran.code:
        return None
    rows = [*filter(None, map(_ROW.match, text_of_wsl(ran.out).splitlines()))]
    # At least this distribution is there: a list without any was not understood.
    return tuple(sorted(row[1] for row in rows if row[2] == RUNNING)) if rows else None


def _kept(machine: Machine, name: str, question: cache.Question) -> cache.Facts:
    """What the cache holds, or what Windows says now; nothing where there is no way to Windows."""
    return cache.kept(machine, name, question) if machine.ask(kernel.has_interop) else {}


def _about(machine: Machine) -> cache.Facts:
    return _kept(machine, "windows", _say_about)


def _say_about(machine: Machine) -> cache.Facts:
    """Build, processors and profile with one program that starts in a tenth of a second."""
    ran = machine.ask(interop.interop).run(interop.CMD, "/d", "/c", ABOUT)
    if ran is None:
        return {}
    lines = [line.strip() for line in ran.out.splitlines()]
    code_page = next((int(found[1]) for found in map(_CODE_PAGE.search, lines[:1]) if found), 0)
    set_to = dict(line.split(b"=", 1) for line in lines if b"=" in line)
    build = _WINDOWS.search(ran.out)
    facts = {
        "build": int(build[1]) if build else None,
        "processors": _number(set_to.get(b"NUMBER_OF_PROCESSORS", b"").decode("ascii", "replace")),
        "profile": _decoded(set_to.get(b"USERPROFILE", b""), code_page) or None,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _memory(machine: Machine) -> cache.Facts:
    words = ("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", MEMORY)
    ran = machine.ask(interop.interop).run(interop.POWERSHELL, *words)
    memory = _number(ran.out.decode("ascii", "replace").strip()) if ran else None
    return {"memory": memory} if memory else {}


def _version(machine: Machine) -> cache.Facts:
    """`wslinfo` knows it without Windows; before 2.2 only wsl.exe does, whose first line it is in every language."""
    own = programs.WSLINFO.environment(machine.environment, machine.workspaces, machine.world.real)
    there = machine.world.exists(WSLINFO)
    ran = machine.world.run((WSLINFO, "--version"), interop.LIMIT, "/", own) if there else None
    found = re.match(r"[0-9]+(\.[0-9]+){2,3}\S*", ran.out.decode("utf-8", "replace").strip()) if ran else None
    if found:
        return {"version": found[0]}
    ran = machine.ask(interop.interop).run(interop.WSL, "--version")
    versions = list(filter(None, map(_VERSION.search, text_of_wsl(ran.out).splitlines()))) if ran else []
    # The WSL of Windows itself answers with its help, which names no version.
    return {"version": versions[0][1]} if len(versions) > 1 else {}


def _networking(machine: Machine) -> cache.Facts:
    if not machine.world.exists(WSLINFO):
        return {}
    ran = machine.ask(interop.interop).run_linux(WSLINFO, "--networking-mode")
    mode = ran.out.decode("ascii", "replace").strip().lower() if ran else ""
    return {"mode": mode} if mode in MODES else {}


def _inherited_profile(machine: Machine) -> str | None:
    """From `WSLENV=USERPROFILE/p`, or without the `/p` as Windows writes it."""
    value = machine.environment.get("USERPROFILE", "")
    found = value if value.startswith("/") else _linux_path(machine, value)
    return found if found and machine.world.exists(found) else None


def _told_profile(machine: Machine) -> str | None:
    told = machine.ask(_about).get("profile")
    return _linux_path(machine, told) if isinstance(told, str) else None


def _only_profile(machine: Machine) -> str | None:
    """Where exactly one user of the computer has a `.wslconfig`, it is that one."""
    users = [f"{drive.target.rstrip('/')}/Users" for drive in machine.ask(mounts.drives) if drive.windows == "C:\\"]
    folders = [f"{folder}/{name}" for folder in users[:1] for name in machine.world.names(folder)]
    found = [folder for folder in folders if machine.world.exists(f"{folder}/.wslconfig")]
    return found[0] if len(found) == 1 else None


def _linux_path(machine: Machine, windows: str) -> str | None:
    known = machine.ask(mounts.mounts)
    return linux_path(known or (), windows)


def _is_absent(machine: Machine, windows: str) -> bool:
    place = _linux_path(machine, windows)
    return place is not None and not machine.world.exists(place)


def _snapshot(machine: Machine, path: str, start: start_snapshot.Start | None) -> Snapshot:
    data = machine.world.read(path)
    text = None if data is None else decode(data).text
    return start_snapshot.taken(machine.world, cache.path(machine, "start"), path, text, start)


def _decoded(text: bytes, code_page: int) -> str:
    """Empty where the code page is unknown and matters, or does not fit: a wrong path is worse than none."""
    try:
        return text.decode({0: "ascii", 65001: "utf-8", 936: "gb18030"}.get(code_page, f"cp{code_page}"))
    except (UnicodeDecodeError, LookupError):
        return ""


def _number(value: object) -> int | None:
    if isinstance(value, str):
        return int(value) if re.fullmatch("[0-9]{1,18}", value) else None
    return value if type(value) is int else None
