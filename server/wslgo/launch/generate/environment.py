"""The environment that entries set. Delve takes one for both the build and the program, so flags of cgo are in it."""

from collections.abc import Iterator

from wslgo.golang.paths import resolved_path
from wslgo.golang.uses import gui
from wslgo.golang.uses.cuda import CudaUse
from wslgo.knowledge import cuda, nvidia
from wslgo.launch.generate.programs import PackageEvidence, Program
from wslgo.machine.host import Card, Host, Variable, Wslg
from wslgo.text.pattern import pattern

WAYLAND = "WAYLAND_DISPLAY"
DEFAULT = "default"  # where a variable comes from that nobody has set

# Delve sets these for C code only while CGO_CFLAGS is unset (cmd/dlv/main.go, 1.27.1), and of several -O the last wins.
DEBUGGABLE = "-O0 -g"

_OPTIMIZED = pattern(r"(?<!\S)-(?:O\S*|g)(?!\S)[ \t]*")


def of_program(program: Program) -> dict[str, str]:
    """What a program needs to be built and debugged; one that uses CUDA waits for each kernel that it launches."""
    waiting = {cuda.LAUNCH_BLOCKING: "1"} if program.cuda else {}
    return {**waiting, **at_full_speed(program)}


def at_full_speed(program: Program) -> dict[str, str]:
    """The same without waiting for kernels."""
    return {**of_run(program), **of_build(program)}


def of_run(program: Program) -> dict[str, str]:
    """What a program needs that was built before."""
    of_gpu = of_cuda(program.workspace.host) if program.cuda else {}
    return {**of_gpu, **_wslg_variables(program)}


def of_build(program: Program) -> dict[str, str]:
    """What its build needs."""
    found = {
        "GOWORK": "off" if _is_missing_in_go_work(program) else "",
        "CGO_ENABLED": "1" if program.needs_cgo_switched_on else "",
        "CGO_CFLAGS": _c_flags(program),
        "CGO_LDFLAGS": _linker_flags(program),
    }
    return {name: value for name, value in found.items() if value}


def of_cuda(host: Host) -> dict[str, str]:
    """Which GPU runs kernels, numbered as nvidia-smi does, and where the driver lies if the loader does not know."""
    found = {"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
    card = chosen_card(host)
    if card is not None:
        found["CUDA_VISIBLE_DEVICES"] = str(card.number)
    if host.gpu.loader_finds_library is False and host.gpu.has_library:
        # Never with ":" at its end, which the loader reads as the current folder.
        found["LD_LIBRARY_PATH"] = nvidia.FOLDER
    return found


def chosen_card(host: Host) -> Card | None:
    """Of several GPUs the one with the most memory; None where there is no choice."""
    cards = host.gpu.cards or ()
    return max(cards, key=lambda card: (card.memory or 0, -card.number)) if len(cards) > 1 else None


def _wslg_variables(program: Program) -> dict[str, str]:
    """What WSLg tells a session, as far as this one was not told."""
    wslg = program.workspace.host.wslg
    current = _session(wslg)
    if wslg.folder is None or all(current.values()):
        return {}
    if program.toolkit is None:
        return {}
    needed = gui.variables(program.toolkit, program.package.target, wslg.folder)
    if wslg.runtime_folder and WAYLAND in needed:
        # That of systemd, which need not have WSLg's socket in it; a path is as good as a name.
        needed[WAYLAND] = f"{needed['XDG_RUNTIME_DIR']}/{needed[WAYLAND]}"
    return {name: value for name, value in needed.items() if not current.get(name)}


def _session(wslg: Wslg) -> dict[str, str | None]:
    return {
        "DISPLAY": wslg.display,
        WAYLAND: wslg.wayland_display,
        "XDG_RUNTIME_DIR": wslg.runtime_folder,
        "PULSE_SERVER": wslg.sound_server,
    }


# What the build needs


def _is_missing_in_go_work(program: Program) -> bool:
    """Whether a `go.work` above its module does not list it: then go refuses to build it in that workspace."""
    project = program.workspace.project
    module, work = project.module_of(program.package.folder), project.work_of(program.package.folder)
    if module is None or work is None:
        return False
    return module.folder not in {resolved_path(work.folder, use.path) for use in work.file.use}


def _c_flags(program: Program) -> str:
    """CGO_CFLAGS, where Delve would leave C code optimized or take somebody's own flags away."""
    own = _user_variable(program, "CGO_CFLAGS")
    if not (own or program.cuda) or not program.uses_cgo:
        return ""
    kept = _OPTIMIZED.sub("", own.value).strip() if own else ""
    toolkit = program.workspace.host.gpu.toolkit
    include = f"-I{toolkit.path}/include" if toolkit and _needs_include(program) else ""
    flags = [DEBUGGABLE, kept, "" if include in kept else include]
    is_exported = own is not None and own.origin == "environment"
    return " ".join(filter(None, flags)) if is_exported or any(flags[1:]) else ""


def _linker_flags(program: Program) -> str:
    """CGO_LDFLAGS, where the linker would not find libraries of CUDA."""
    own = _user_variable(program, "CGO_LDFLAGS")
    kept = own.value if own else ""
    folders = [f"-L{folder}" for folder in dict.fromkeys(_library_folders(program)) if f"-L{folder}" not in kept]
    return " ".join(filter(None, (kept, *folders))) if folders else ""


def _user_variable(program: Program, name: str) -> Variable | None:
    """A variable of go that somebody has set."""
    found = program.workspace.host.variable(name)
    return found if found and found.origin != DEFAULT else None


def _needs_include(program: Program) -> bool:
    """Whether it includes headers of CUDA, and nothing in the workspace says where they lie."""
    return any(
        place.what.rpartition("/")[2] in cuda.HEADERS
        for shown in _evidence_without_flag(program, ("CFLAGS", "CPPFLAGS"), "-I/")
        for place in shown.places
    )


def _library_folders(program: Program) -> Iterator[str]:
    """Where the libraries lie that it links, and for which nothing in the workspace names a folder."""
    gpu = program.workspace.host.gpu
    for shown in _evidence_without_flag(program, ("LDFLAGS",), "-L/"):
        for place in shown.places:
            if place.what == "-lcuda" and gpu.has_library:
                yield nvidia.FOLDER  # the driver itself is no part of the toolkit
            elif place.what.startswith("-l") and place.use is CudaUse.KERNELS and gpu.toolkit:
                yield f"{gpu.toolkit.path}/lib64"


def _evidence_without_flag(program: Program, verbs: tuple[str, ...], flag: str) -> Iterator[PackageEvidence]:
    """The packages with CUDA, no `#cgo` line that names a folder outside by this flag, and none for pkg-config."""
    for shown in program.evidence:
        lines = [line for file in shown.built for line in file.head.flags]
        if not any(line.verb == "pkg-config" for line in lines) and not any(
            word.startswith(flag) for line in lines if line.verb in verbs for word, _ in line.words
        ):
            yield shown
