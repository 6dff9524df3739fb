"""Which modules lie together, and at which of them something about all of them is said: pure, over paths.

A file below `.vscode` speaks to the modules below its folder, any other file that sets variables to all of them.
"""

from collections.abc import Iterator

from wslgo.goenv.readers import assignments
from wslgo.syntax.family import DOTENV, GOMOD, GOWORK, LAUNCH, SETTERS, SETTINGS, WORKSPACE
from wslgo.syntax.file import File, workspace_folder_of
from wslgo.syntax.memo import of_last

# What a launch configuration sets is not the environment of a module.
_SETTERS = tuple(family for family in SETTERS if family not in (LAUNCH, DOTENV))


@of_last
def setters(others: tuple[File, ...]) -> tuple[File, ...]:
    """The files that set variables for whole modules."""
    return tuple(file for file in others if file.family.name in _SETTERS and assignments(file))


def is_root(file: File, others: tuple[File, ...]) -> bool:
    """Whether no other module or go.work lies in a folder above, nor a go.mod beside a go.work."""
    folder = _folder(file)
    folders = _folders(others)
    if file.family.name == GOWORK and GOMOD in folders.get(folder, ()):
        return False
    return not any(above in folders for above in _above(folder))


def tells(module: File, setter: File, others: tuple[File, ...]) -> bool:
    """Whether what a file sets is said at this module: it reaches it, and no module that comes before it."""
    reach = _reach(setter)
    if not _is_within(_folder(module), reach):
        return False
    first = min((one for one in _modules(others) if _is_within(_folder(one), reach)), key=_order, default=module)
    return _order(module) <= _order(first)


def is_first(module: File, others: tuple[File, ...]) -> bool:
    """Whether this module is the one that speaks for all."""
    first = min(_modules(others), key=_order, default=module)
    return _order(module) <= _order(first)


def modules_told(module: File, others: tuple[File, ...]) -> int:
    """How many go.mod files lie in the folder of this file or below."""
    folder = _folder(module)
    paths = {_path(one) for one in (*_modules(others), module) if one.family.name == GOMOD}
    return sum(_is_within(path.rpartition("/")[0], folder) for path in paths)


@of_last
def _modules(others: tuple[File, ...]) -> tuple[File, ...]:
    return tuple(file for file in others if file.family.name in (GOMOD, GOWORK))


@of_last
def _folders(others: tuple[File, ...]) -> dict[str, set[str]]:
    """The folders that hold a go.mod or a go.work."""
    found: dict[str, set[str]] = {}
    for file in _modules(others):
        found.setdefault(_folder(file), set()).add(file.family.name)
    return found


def _order(module: File) -> tuple[int, str, bool]:
    """The upmost comes first, and a go.mod before the go.work beside it."""
    folder = _folder(module)
    return len(folder.split("/")) if folder else 0, folder, module.family.name == GOWORK


def _reach(setter: File) -> str:
    """The folder whose modules see what a file sets; "" for all of them."""
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
