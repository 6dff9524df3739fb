"""The folders that go writes, and whether this user can write them."""

from collections.abc import Iterator

from wslgo.machine.host import LockedFolder
from wslgo.machine.probe import go
from wslgo.machine.probe.context import ProbeContext

# What go writes in the module cache. The folders of modules are read-only on purpose.
_OF_MODULES = ("/cache/lock", "/cache/download", "/cache", "")


def locked_folders(machine: ProbeContext) -> tuple[LockedFolder, ...] | None:
    """Return the folders of Go that this user cannot write; None if that is not known."""
    variables = machine.ask(go.variables)
    if not variables or machine.world.can_write("/") is None:
        return None
    values = {variable.name: variable.value for variable in variables}
    found = (_locked(machine, name, places) for name, places in _places(values))
    return tuple(folder for folder in found if folder is not None)


def _places(values: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what go writes for each variable, the innermost first."""
    modules, workspace = values.get("GOMODCACHE", ""), values.get("GOPATH", "").partition(":")[0]
    if modules.startswith("/"):
        yield "GOMODCACHE", tuple(f"{modules.rstrip('/')}{place}" for place in _OF_MODULES)
    for name in ("GOCACHE", "GOTMPDIR"):
        if values.get(name, "").startswith("/"):
            yield name, (values[name].rstrip("/"),)
    if workspace.startswith("/") and not values.get("GOBIN"):
        yield "GOPATH", (f"{workspace.rstrip('/')}/bin",)


def _locked(machine: ProbeContext, name: str, places: tuple[str, ...]) -> LockedFolder | None:
    """Return the first place that exists and cannot be written, or the folder in which go would have to make it."""
    existing = [place for place in places if machine.world.exists(place)]
    for place in existing or [*_parents(machine, places[-1])]:
        if machine.world.can_write(place) is False:
            found = machine.world.stat(place)
            return LockedFolder(name, place, None if found is None else found.st_uid)
    return None


def _parents(machine: ProbeContext, place: str) -> Iterator[str]:
    """Yield the nearest folder that exists."""
    while place:
        place = place.rpartition("/")[0]
        if machine.world.exists(place or "/"):
            yield place or "/"
            return
