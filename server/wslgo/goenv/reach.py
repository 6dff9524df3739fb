"""The modules that a file with variables affects, and the one that reports its problems.

A file in `.vscode` affects the modules in that workspace folder; any other file that sets variables affects all.
"""

from collections.abc import Iterator

from wslgo.goenv.readers import assignments
from wslgo.syntax.family import GOMOD, GOWORK, OF_MODULES, SETTINGS, WORKSPACE
from wslgo.syntax.file import File, workspace_folder_of
from wslgo.syntax.memo import of_last


@of_last
def setters(others: tuple[File, ...]) -> tuple[File, ...]:
    """Return the files that set variables for whole modules."""
    return tuple(file for file in others if file.family.name in OF_MODULES and assignments(file))


def is_root(file: File, others: tuple[File, ...]) -> bool:
    """Return whether no other module or go.work is in a folder above; a go.work also yields to a go.mod next to it."""
    folder = _folder(file)
    folders = _folders(others)
    if file.family.name == GOWORK and GOMOD in folders.get(folder, ()):
        return False
    return not any(above in folders for above in _above(folder))


def is_reported_at(module: File, setter: File, others: tuple[File, ...]) -> bool:
    """Return whether this module reports what a file sets: it is the first of the modules that the file affects."""
    reach = _reach(setter)
    if not _is_within(_folder(module), reach):
        return False
    first = min((other for other in _modules(others) if _is_within(_folder(other), reach)), key=_order, default=module)
    return _order(module) <= _order(first)


def is_first(module: File, others: tuple[File, ...]) -> bool:
    """Return whether this module reports for all modules."""
    first = min(_modules(others), key=_order, default=module)
    return _order(module) <= _order(first)


def module_count(module: File, others: tuple[File, ...]) -> int:
    """Return the number of go.mod files in the folder of this file and below."""
    folder = _folder(module)
    paths = {_path(file) for file in (*_modules(others), module) if file.family.name == GOMOD}
    return sum(_is_within(path.rpartition("/")[0], folder) for path in paths)


@of_last
def _modules(others: tuple[File, ...]) -> tuple[File, ...]:
    return tuple(file for file in others if file.family.name in (GOMOD, GOWORK))


@of_last
def _folders(others: tuple[File, ...]) -> dict[str, set[str]]:
    """Return the folders that hold a go.mod or a go.work."""
    found: dict[str, set[str]] = {}
    for file in _modules(others):
        found.setdefault(_folder(file), set()).add(file.family.name)
    return found


def _order(module: File) -> tuple[int, str, bool]:
    """Return the sort key of a module: topmost first, and a go.mod before the go.work next to it."""
    folder = _folder(module)
    return len(folder.split("/")) if folder else 0, folder, module.family.name == GOWORK


def _reach(setter: File) -> str:
    """Return the folder whose modules a file affects; "" for all modules."""
    path = _path(setter)
    is_of_folder = setter.family.name == WORKSPACE or (
        setter.family.name == SETTINGS and path.endswith("/.vscode/settings.json")
    )
    return workspace_folder_of(path) if is_of_folder else ""


def _above(folder: str) -> Iterator[str]:
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _is_within(folder: str, reach: str) -> bool:
    return not reach or folder == reach or folder.startswith(f"{reach}/")


def _folder(file: File) -> str:
    return _path(file).rpartition("/")[0]


def _path(file: File) -> str:
    return (file.place or file.path).replace("\\", "/")
