"""Facts about Windows, from its own programs, whose output is parsed by its shape because its words are localised.

`cmd.exe` prints in the code page of its console (936 in China), `wsl.exe` in UTF-16LE, or in UTF-8 if it knows
WSL_UTF8; PowerShell prints only digits here.
"""

import re

from wslgo.knowledge.cuda import DEBUGGER_INTERFACE, NSIGHT
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.machine import go_env, start_snapshot
from wslgo.machine.host import ENVIRONMENT, Snapshot, Variable, linux_path
from wslgo.machine.probe import cache, editors, gpu, interop, kernel, mounts
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax.wsl import ini_file, windows_path
from wslgo.system import programs
from wslgo.text.source import Source, decode

# `set NAME` prints NAME=value unchanged, for every name that begins so; `echo %NAME%` would run the part after an
# ampersand in a user name.
BASIC_FACTS = "chcp&ver&set NUMBER_OF_PROCESSORS&set GOP&set USERPROFILE"
MEMORY = "(Get-CimInstance -ClassName Win32_ComputerSystem).TotalPhysicalMemory"  # also allowed in constrained mode
GO_VARIABLES = ("GOPRIVATE", "GOPROXY")
WSLINFO = "/usr/bin/wslinfo"
MODES = ("nat", "bridged", "mirrored", "consomme", "virtioproxy", "none", "wsl1")

_WINDOWS = re.compile(rb"\b10\.0\.([0-9]{5})(?:\.[0-9]+)?")
_IS_ON = re.compile(rb"\bREG_DWORD\s+0x1\b")
_CODE_PAGE = re.compile(rb"\b([0-9]{3,5})\b")
_VERSION = re.compile(r"[:：]\s*([0-9]+(?:\.[0-9]+){2,3}(?![0-9])[^\s:：]*)\s*$")
_ROW = re.compile(r"[* ] (\S+(?: \S+)*)\s\s+(\S+)\s+([12])\s*\Z")
RUNNING = "Running"  # wsl.exe localises its headings, not the states


def build(machine: ProbeContext) -> int | None:
    """Return the build of Windows, 26100 for Windows 11 24H2."""
    return _number(machine.ask(_basic_facts).get("build"))


def processors(machine: ProbeContext) -> int | None:
    """Return the number of the computer's logical processors."""
    return _number(machine.ask(_basic_facts).get("processors"))


def memory(machine: ProbeContext) -> int | None:
    """Return the computer's memory in bytes."""
    return _number(_cached_facts(machine, "memory", _memory).get("memory"))


def gpu_debugging(machine: ProbeContext) -> bool | None:
    """Return whether debuggers of CUDA reach the GPU; None if none is here, or Windows does not answer.

    It is not in the cache: a user who changes the value looks again at once.
    """
    extensions = (name for editor in machine.ask(editors.editors) or () for name in editor.extensions)
    has_debugger = machine.ask(gpu.has_library) and (machine.ask(gpu.debugger) or NSIGHT in extensions)
    if not has_debugger or not machine.ask(kernel.has_interop):
        return None
    key, _, name = DEBUGGER_INTERFACE.rpartition("\\")
    words = ("reg", "query", key, "/v", name, "&", "ver")
    ran = machine.ask(interop.interop).run(interop.CMD, "/d", "/c", *words)
    if ran is None or not _WINDOWS.search(ran.out):
        return None
    return _IS_ON.search(ran.out) is not None


def profile(machine: ProbeContext) -> str | None:
    """Return the Linux path of %USERPROFILE%."""
    if not machine.ask(kernel.generation):
        return None
    return _inherited_profile(machine) or _reported_profile(machine) or _only_profile(machine)


def go_variables(machine: ProbeContext) -> tuple[Variable, ...] | None:
    """Return the Go variables of downloads in the environment of Windows, and in the go env file there."""
    folder = machine.ask(profile)
    if folder is None:
        return None
    path = f"{folder}/AppData/Roaming/go/env"  # os.UserConfigDir of Go
    data = machine.world.read(path)
    of_file = {} if data is None else go_env.lines_of(decode(data))
    of_environment = {name: machine.ask(_basic_facts).get(name) for name in GO_VARIABLES}
    found = (
        Variable(
            name, str(of_environment[name] or of_file.get(name, "")), ENVIRONMENT if of_environment[name] else path
        )
        for name in GO_VARIABLES
    )
    return tuple(variable for variable in found if variable.value)


def version(machine: ProbeContext) -> str | None:
    """Return the version of WSL, which WSL built into Windows 10 does not report."""
    found = cache.cached_facts(machine, "wsl", _version).get("version") if machine.ask(kernel.generation) else None
    return found if isinstance(found, str) else None


def networking(machine: ProbeContext) -> str | None:
    """Return the networking mode in effect: `nat`, `mirrored`, ..."""
    if not machine.ask(kernel.generation):
        return None
    found = cache.cached_facts(machine, "networking", _networking).get("mode")
    return found if isinstance(found, str) else None


def distribution(machine: ProbeContext) -> str | None:
    """Return the distribution's name in `wsl --list`.

    Services and `sudo` lack the variable; then it is the only running distribution.
    """
    if not machine.ask(kernel.generation):
        return None
    named = machine.environment.get("WSL_DISTRO_NAME")
    if named:
        return named
    running = machine.ask(_running)
    return running[0] if running and len(running) == 1 else None


def others_running(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the other distributions that `wsl --shutdown` would stop."""
    running = machine.ask(_running)
    return None if running is None else tuple(name for name in running if name != machine.ask(distribution))


def wslconfig(machine: ProbeContext) -> Snapshot | None:
    """Return `.wslconfig` of the Windows user."""
    folder = machine.ask(profile)
    return None if folder is None else _snapshot(machine, f"{folder}/.wslconfig", machine.ask(kernel.machine_start))


def wslconf(machine: ProbeContext) -> Snapshot | None:
    """Return `/etc/wsl.conf`."""
    if not machine.ask(kernel.generation):
        return None
    return _snapshot(machine, "/etc/wsl.conf", machine.ask(kernel.distribution_start))


def absent_paths(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the paths in `.wslconfig`, as WSL reads them, and their folders that do not exist on a mounted drive.

    Return None without the file. Paths on a share or on a drive that is not mounted are left out.
    """
    known = machine.ask(wslconfig)
    if known is None or known.text is None:
        return None
    file = ini_file.parse(Source(known.text), "wslconfig", KEYS["wslconfig"])
    named = [setting.value for setting in windows_path.paths(file) if windows_path.is_absolute(setting.value)]
    folders = map(windows_path.folder_of, named)
    return tuple(path for path in dict.fromkeys([*named, *folders]) if _is_absent(machine, path))


def text_of_wsl(output: bytes) -> str:
    """Return output of wsl.exe as text: UTF-16LE has zero bytes, at least in its line ends, UTF-8 has none."""
    text = output.decode("utf-16-le" if b"\0" in output else "utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r", "")


def _running(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the running distributions, without the cache: users start and stop them at any time."""
    if not machine.ask(kernel.has_interop):
        return None
    ran = machine.ask(interop.interop).run(interop.WSL, "-l", "-v")
    if ran is None or ran.code:
        return None
    rows = [*filter(None, map(_ROW.match, text_of_wsl(ran.out).splitlines()))]
    # The list has at least this distribution: if no row was found, the output was not understood.
    return tuple(sorted(row[1] for row in rows if row[2] == RUNNING)) if rows else None


def _cached_facts(machine: ProbeContext, name: str, query: cache.Query) -> cache.Facts:
    """Return facts about Windows from the cache or a query; none without interop."""
    return cache.cached_facts(machine, name, query) if machine.ask(kernel.has_interop) else {}


def _basic_facts(machine: ProbeContext) -> cache.Facts:
    return _cached_facts(machine, "windows", _query_basic_facts)


def _query_basic_facts(machine: ProbeContext) -> cache.Facts:
    """Return build, processors and profile from a single program that starts in a tenth of a second."""
    ran = machine.ask(interop.interop).run(interop.CMD, "/d", "/c", BASIC_FACTS)
    if ran is None:
        return {}
    lines = [line.strip() for line in ran.out.splitlines()]
    code_page = next((int(found[1]) for found in map(_CODE_PAGE.search, lines[:1]) if found), 0)
    variables = dict(line.split(b"=", 1) for line in lines if b"=" in line)
    build = _WINDOWS.search(ran.out)
    facts = {
        "build": int(build[1]) if build else None,
        "processors": _number(variables.get(b"NUMBER_OF_PROCESSORS", b"").decode("ascii", "replace")),
        "profile": _text_of_cmd(variables.get(b"USERPROFILE", b""), code_page) or None,
    }
    # The facts are stored, and a value with a user name may hold a password.
    for name in GO_VARIABLES:
        value = variables.get(name.encode(), b"")
        facts[name] = None if b"@" in value else value.decode("ascii", "ignore") or None
    return {name: value for name, value in facts.items() if value is not None}


def _memory(machine: ProbeContext) -> cache.Facts:
    words = ("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", MEMORY)
    ran = machine.ask(interop.interop).run(interop.POWERSHELL, *words)
    memory = _number(ran.out.decode("ascii", "replace").strip()) if ran else None
    return {"memory": memory} if memory else {}


def _version(machine: ProbeContext) -> cache.Facts:
    """Return the version from `wslinfo`, or before WSL 2.2 from the first line of wsl.exe, in any language."""
    own = programs.WSLINFO.environment(machine.environment, machine.workspaces, machine.world.real)
    there = machine.world.exists(WSLINFO)
    ran = machine.world.run((WSLINFO, "--version"), interop.LIMIT, "/", own) if there else None
    found = re.match(r"[0-9]+(\.[0-9]+){2,3}\S*", ran.out.decode("utf-8", "replace").strip()) if ran else None
    if found:
        return {"version": found[0]}
    ran = machine.ask(interop.interop).run(interop.WSL, "--version")
    versions = list(filter(None, map(_VERSION.search, text_of_wsl(ran.out).splitlines()))) if ran else []
    # WSL built into Windows prints its help instead, which has no version.
    return {"version": versions[0][1]} if len(versions) > 1 else {}


def _networking(machine: ProbeContext) -> cache.Facts:
    if not machine.world.exists(WSLINFO):
        return {}
    ran = machine.ask(interop.interop).run_linux(WSLINFO, "--networking-mode")
    mode = ran.out.decode("ascii", "replace").strip().lower() if ran else ""
    return {"mode": mode} if mode in MODES else {}


def _inherited_profile(machine: ProbeContext) -> str | None:
    """Return the profile from `WSLENV=USERPROFILE/p`, or from a Windows path without the `/p`."""
    value = machine.environment.get("USERPROFILE", "")
    found = value if value.startswith("/") else _linux_path(machine, value)
    return found if found and machine.world.exists(found) else None


def _reported_profile(machine: ProbeContext) -> str | None:
    reported = machine.ask(_basic_facts).get("profile")
    return _linux_path(machine, reported) if isinstance(reported, str) else None


def _only_profile(machine: ProbeContext) -> str | None:
    """Return the profile that has a `.wslconfig`, if exactly one has."""
    users = [f"{drive.target.rstrip('/')}/Users" for drive in machine.ask(mounts.drives) if drive.windows == "C:\\"]
    folders = [f"{folder}/{name}" for folder in users[:1] for name in machine.world.names(folder)]
    found = [folder for folder in folders if machine.world.exists(f"{folder}/.wslconfig")]
    return found[0] if len(found) == 1 else None


def _linux_path(machine: ProbeContext, windows: str) -> str | None:
    known = machine.ask(mounts.mounts)
    return linux_path(known or (), windows)


def _is_absent(machine: ProbeContext, windows: str) -> bool:
    place = _linux_path(machine, windows)
    return place is not None and not machine.world.exists(place)


def _snapshot(machine: ProbeContext, path: str, start: start_snapshot.Start | None) -> Snapshot:
    data = machine.world.read(path)
    text = None if data is None else decode(data).text
    return start_snapshot.snapshot_of(machine.world, cache.path(machine, "start"), path, text, start)


def _text_of_cmd(text: bytes, code_page: int) -> str:
    """Return output of cmd.exe as text; empty if the code page is unknown or wrong: better no path than a wrong one."""
    try:
        return text.decode({0: "ascii", 65001: "utf-8", 936: "gb18030"}.get(code_page, f"cp{code_page}"))
    except (UnicodeDecodeError, LookupError):
        return ""


def _number(value: object) -> int | None:
    if isinstance(value, str):
        return int(value) if re.fullmatch("[0-9]{1,18}", value) else None
    return value if type(value) is int else None
