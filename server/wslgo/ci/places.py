"""The places of a repository that build Go, out of its files, in the order in which people read them."""

from collections.abc import Callable, Iterator, Mapping

from wslgo.ci import github_jobs, module_lines
from wslgo.ci.model import Place
from wslgo.syntax.family import GOMOD, GOWORK, WORKFLOW
from wslgo.syntax.file import File

Reader = Callable[[File, Mapping[str, File]], Iterator[Place]]

READERS: Mapping[str, Reader] = {
    GOMOD: lambda file, _files: module_lines.places(file),
    GOWORK: lambda file, _files: module_lines.places(file),
    WORKFLOW: github_jobs.places,
}
# GitHub reads workflows only there; elsewhere they are examples.
_WORKFLOWS = ".github/workflows"


def places(files: Mapping[str, File]) -> tuple[Place, ...]:
    """Return the places in the files of a repository, which are given by their paths from its root."""
    order = list(READERS)
    found = sorted(
        (name for name, file in files.items() if file.family.name in READERS and not file.is_too_large),
        key=lambda name: (order.index(files[name].family.name), name.count("/"), name),
    )
    return tuple(place for name in found if _is_read(name, files[name]) for place in _of_file(files[name], files))


def _of_file(file: File, files: Mapping[str, File]) -> Iterator[Place]:
    return READERS[file.family.name](file, files)


def _is_read(name: str, file: File) -> bool:
    return file.family.name != WORKFLOW or name.rpartition("/")[0] == _WORKFLOWS
