"""Where the linker and the compiler find the libraries and headers that `#cgo` lines ask for.

A folder that is neither of the system, of CUDA nor of the workspace is unknown: then nothing is said to be missing.
"""

from collections.abc import Callable, Iterable, Iterator

from wslgo.knowledge.c_libraries import HEADER_FOLDERS, LINKER_FOLDERS
from wslgo.knowledge.nvidia import FOLDER
from wslgo.machine.host import CFolder, Host
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

HasFile = Callable[[str], bool | None]

_OF_CUDA = pattern(r"(?:/usr/local/cuda[\w.-]*|/opt/cuda)/(?:lib64|lib|targets/[\w-]+/lib|include)(?:/stubs)?\Z")
_SYSTEM = frozenset(f"/{folder}" for folder in (*LINKER_FOLDERS, *HEADER_FOLDERS, "lib", "lib64"))


def named_folders(words: Iterable[str], flag: str) -> tuple[str, ...]:
    """Return the folders that `-L` or `-I` names, in one word or in the next one."""
    found, is_next = [], False
    for word in words:
        if is_next:
            found.append(word)
            is_next = False
        elif word == flag:
            is_next = True
        elif word.startswith(flag):
            found.append(word[len(flag) :])
    return tuple(found)


class Search(NamedTuple):
    """A search for libraries and headers on a machine; `folders` are those that flags name.

    `has_file` tells whether a folder of the workspace has a file; None if it is not one.
    """

    known: tuple[CFolder, ...]
    folders: tuple[str, ...]
    has_file: HasFile

    def holder(self, name: str) -> str | None:
        """Return the folder that would have to be named to find `-lNAME` or `<NAME>`.

        None if it is found, if the machine does not have it, or if that is unknown.
        """
        if self.finds(name) is not False:
            return None
        holders = [folder.path for folder in self.known if name in folder.names]
        return next((path for path in holders if not path.endswith("/stubs")), holders[0] if holders else None)

    def finds(self, name: str) -> bool | None:
        """Return whether a library or header is found; None if a folder is named of which nothing is known."""
        if any(folder.is_searched and name in folder.names for folder in self.known):
            return True
        answers = [self._has(folder, name) for folder in self.folders]
        return True if True in answers else None if None in answers else False

    def _has(self, folder: str, name: str) -> bool | None:
        path = _normal(folder)
        if any(known.path == path and name in known.names for known in self.known):
            return True
        if path == FOLDER or path in _SYSTEM or _OF_CUDA.match(path):
            return False
        answers = [self.has_file(f"{folder}/{file}") for file in _files(name)]
        return True if True in answers else None if None in answers else False


def lacks_driver(folder: str) -> bool:
    """Return whether a folder of the system or of a toolkit is known not to have the driver's library."""
    path = _normal(folder)
    return path in _SYSTEM or (_OF_CUDA.match(path) is not None and not path.endswith("/stubs"))


def search(host: Host, folders: Iterable[str], has_file: HasFile) -> Search | None:
    """Return a search on a machine; None if its folders are unknown."""
    if host.c_folders is None or host.go_variables is None:
        return None
    return Search(host.c_folders, tuple(folders), has_file)


def _normal(folder: str) -> str:
    return "/" + "/".join(part for part in folder.split("/") if part not in ("", ".")) if folder[:1] == "/" else folder


def _files(name: str) -> Iterator[str]:
    if name.startswith("-l"):
        yield from (f"lib{name[2:]}.so", f"lib{name[2:]}.a")
    else:
        yield name.strip("<>")
