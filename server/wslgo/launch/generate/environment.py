"""The environment that entries set, for the build and the program alike, as Delve uses it."""

from collections.abc import Iterator

from wslgo.golang.c_search import lacks_driver, named_folders
from wslgo.golang.paths import resolved_path
from wslgo.golang.uses import gui
from wslgo.golang.uses.cuda import CudaUse
from wslgo.knowledge import cuda, nvidia
from wslgo.launch.generate.programs import PackageEvidence, Program
from wslgo.machine.host import Card, Host, Variable, Wslg
from wslgo.text.pattern import pattern

WAYLAND = "WAYLAND_DISPLAY"
DEFAULT = "default"  # the origin of a variable that the user has not set

# Delve sets these for C code only if CGO_CFLAGS is unset (cmd/dlv/main.go, 1.27.1); the last of several -O wins.
DEBUGGABLE = "-O0 -g"

_OPTIMIZED = pattern(r"(?<!\S)-(?:O\S*|g)(?!\S)[ \t]*")


def of_program(program: Program) -> dict[str, str]:
    """Return the environment to build and debug a program; with CUDA, each kernel launch waits for its kernel."""
    waiting = {cuda.LAUNCH_BLOCKING: "1"} if program.cuda else {}
    return {**waiting, **at_full_speed(program)}


def at_full_speed(program: Program) -> dict[str, str]:
    """Return the environment to build and debug a program without waiting for kernels."""
    return {**of_run(program), **of_build(program)}


def of_run(program: Program) -> dict[str, str]:
    """Return the environment to run a program that is already built."""
    of_gpu = of_cuda(program.workspace.host) if program.cuda else {}
    return {**of_gpu, **_wslg_variables(program)}


def of_build(program: Program) -> dict[str, str]:
    """Return the environment of a build."""
    found = {
        "GOWORK": "off" if _is_missing_in_go_work(program) else "",
        "CGO_ENABLED": "1" if program.needs_cgo_switched_on else "",
        "CGO_CFLAGS": _c_flags(program),
        "CGO_LDFLAGS": _linker_flags(program),
    }
    return {name: value for name, value in found.items() if value}


def of_cuda(host: Host) -> dict[str, str]:
    """Return the variables that choose the GPU, numbered as in nvidia-smi, and lead the loader to the driver."""
    found = {"CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
    card = chosen_card(host)
    if card is not None:
        found["CUDA_VISIBLE_DEVICES"] = str(card.number)
    if host.gpu.loader_finds_library is False and host.gpu.has_library:
        # Without a final ":", which the loader reads as the current folder.
        found["LD_LIBRARY_PATH"] = nvidia.FOLDER
    return found


def chosen_card(host: Host) -> Card | None:
    """Return the GPU with the most memory; None if there are not several."""
    cards = host.gpu.cards or ()
    return max(cards, key=lambda card: (card.memory or 0, -card.number)) if len(cards) > 1 else None


def _wslg_variables(program: Program) -> dict[str, str]:
    """Return the variables that WSLg sets in a session, as far as this session lacks them."""
    wslg = program.workspace.host.wslg
    current = _session(wslg)
    if wslg.folder is None or all(current.values()):
        return {}
    if program.toolkit is None:
        return {}
    needed = gui.variables(program.toolkit, program.package.target, wslg.folder)
    if wslg.runtime_folder and WAYLAND in needed:
        # The runtime folder is systemd's, which may lack WSLg's socket; a path works as well as a name.
        needed[WAYLAND] = f"{needed['XDG_RUNTIME_DIR']}/{needed[WAYLAND]}"
    return {name: value for name, value in needed.items() if not current.get(name)}


def _session(wslg: Wslg) -> dict[str, str | None]:
    return {
        "DISPLAY": wslg.display,
        WAYLAND: wslg.wayland_display,
        "XDG_RUNTIME_DIR": wslg.runtime_folder,
        "PULSE_SERVER": wslg.sound_server,
    }


# Build


def _is_missing_in_go_work(program: Program) -> bool:
    """Return whether the `go.work` above its module does not list it: go then rejects the build in that workspace."""
    project = program.workspace.project
    module, work = project.module_of(program.package.folder), project.work_of(program.package.folder)
    if module is None or work is None:
        return False
    return module.folder not in {resolved_path(work.folder, use.path) for use in work.file.use}


def _c_flags(program: Program) -> str:
    """Return CGO_CFLAGS if Delve would otherwise keep C code optimized or drop the user's flags."""
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
    """Return CGO_LDFLAGS if the linker would otherwise not find CUDA libraries."""
    own = _user_variable(program, "CGO_LDFLAGS")
    kept = own.value if own else ""
    folders = [f"-L{folder}" for folder in dict.fromkeys(_library_folders(program)) if f"-L{folder}" not in kept]
    return " ".join(filter(None, (kept, *folders))) if folders else ""


def _user_variable(program: Program, name: str) -> Variable | None:
    """Return a Go variable that the user has set."""
    found = program.workspace.host.variable(name)
    return found if found and found.origin != DEFAULT else None


def _needs_include(program: Program) -> bool:
    """Return whether it includes CUDA headers, and nothing in the workspace names their folder."""
    return any(
        place.what.rpartition("/")[2] in cuda.HEADERS
        for shown in _evidence_without_flag(program, ("CFLAGS", "CPPFLAGS"), "-I/")
        for place in shown.places
    )


def _library_folders(program: Program) -> Iterator[str]:
    """Yield the folders of CUDA libraries that it links if nothing in the workspace names them."""
    gpu = program.workspace.host.gpu
    for shown in program.evidence:
        lines = [line for file in shown.built for line in file.head.flags]
        if any(line.verb == "pkg-config" for line in lines):
            continue
        words = [word for line in lines if line.verb == "LDFLAGS" for word, _ in line.words]
        folders = [folder for folder in named_folders(words, "-L") if folder.startswith("/")]
        for name in _linked(shown):
            if name == "-lcuda":
                # The driver is not part of the toolkit.
                yield from (nvidia.FOLDER,) if gpu.has_library and all(map(lacks_driver, folders)) else ()
            elif gpu.toolkit and not folders:
                yield f"{gpu.toolkit.path}/lib64"


def _linked(shown: PackageEvidence) -> Iterator[str]:
    """Yield the libraries that a package links, by itself or through a package of another module."""
    for place in shown.places:
        if place.use is CudaUse.KERNELS and place.what.startswith("-l"):
            yield place.what
        else:
            # gorgonia.org/cu names the folders of the toolkit itself.
            yield from (name for name in cuda.LINKED_BY.get(place.what, ()) if name == "-lcuda")


def _evidence_without_flag(program: Program, verbs: tuple[str, ...], flag: str) -> Iterator[PackageEvidence]:
    """Yield packages with CUDA that have neither a `#cgo` line with this flag nor one for pkg-config."""
    for shown in program.evidence:
        lines = [line for file in shown.built for line in file.head.flags]
        if not any(line.verb == "pkg-config" for line in lines) and not any(
            word.startswith(flag) for line in lines if line.verb in verbs for word, _ in line.words
        ):
            yield shown
