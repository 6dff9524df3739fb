"""Configuration files of WSL under a name or in a place where WSL reads none."""

from collections.abc import Iterator

from wslgo.machine.probe import kernel, programs, windows
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax.family import WSLCONF, WSLCONFIG, family_of

_SYSTEM = "/etc"
_READ = (".wslconfig", f"{_SYSTEM}/wsl.conf")


def stray_files(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return them; a link, as programs for dotfiles make it, and a home folder that is a repository do not count."""
    home = machine.ask(programs.home)
    if not machine.ask(kernel.generation) or home is None:
        return None
    profile = machine.ask(windows.profile)
    is_repository = machine.world.exists(f"{home}/.git")
    folders = (_SYSTEM, *(() if is_repository else (home, f"{home}/etc")), *((profile,) if profile else ()))
    return tuple(
        path
        for folder in folders
        for path in _of_wsl(machine, folder)
        if path != _READ[1] and not (folder == profile and path.lower() == f"{folder}/{_READ[0]}".lower())
    )


def _of_wsl(machine: ProbeContext, folder: str) -> Iterator[str]:
    """Yield the files in a folder that look like those of WSL, without empty ones."""
    for path in (f"{folder}/{name}" for name in machine.world.names(folder)):
        family = family_of(path)
        if family is not None and family.name in (WSLCONFIG, WSLCONF) and machine.world.link(path) is None:
            found = machine.world.stat(path)
            if found is not None and found.st_size:
                yield path
