"""The places of a repository that build Go, out of its files, in the order in which people read them."""

from collections.abc import Callable, Iterator, Mapping

from wslgo.ci import (
    containers,
    docker_stages,
    github_jobs,
    gitlab_jobs,
    launch_entries,
    make_targets,
    module_lines,
    tool_files,
)
from wslgo.ci.model import VARIABLES, Kind, Place, Value
from wslgo.syntax.family import (
    DEVCONTAINER,
    DOCKERFILE,
    GITLAB,
    GOMOD,
    GOVERSION,
    GOWORK,
    LAUNCH,
    MAKEFILE,
    MISE,
    TOOLVERSIONS,
    WORKFLOW,
)
from wslgo.syntax.file import File

Reader = Callable[[File, Mapping[str, File]], Iterator[Place]]

READERS: Mapping[str, Reader] = {
    GOMOD: lambda file, _files: module_lines.places(file),
    GOWORK: lambda file, _files: module_lines.places(file),
    GOVERSION: lambda file, _files: tool_files.places(file),
    TOOLVERSIONS: lambda file, _files: tool_files.places(file),
    MISE: lambda file, _files: tool_files.places(file),
    LAUNCH: lambda file, _files: launch_entries.places(file),
    MAKEFILE: lambda file, _files: make_targets.places(file),
    WORKFLOW: github_jobs.places,
    GITLAB: gitlab_jobs.places,
    DOCKERFILE: lambda file, _files: docker_stages.places(file),
    DEVCONTAINER: lambda file, _files: containers.places(file),
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
    listed = [place for name in found if _is_read(name, files[name]) for place in _of_file(files[name], files)]
    makefile = next((files[name].path for name in ("GNUmakefile", "makefile", "Makefile") if name in files), "")
    targets = {place.name: place for place in listed if place.kind is Kind.MAKE and place.path == makefile}
    return tuple(_with_targets(place, targets) for place in listed)


def _with_targets(place: Place, targets: Mapping[str, Place]) -> Place:
    """Return a place with what its targets of make do: tests, tools, and variables that the place does not set."""
    called = [targets[name] for name in place.targets if name in targets]
    if not called:
        return place
    values: dict[str, tuple[Value, ...]] = dict(place.values)
    for target in (*((targets[""],) if "" in targets else ()), *called):
        for name, found in target.values.items():
            if name not in VARIABLES:
                known = [each for each in values.get(name, ()) if each.text not in {value.text for value in found}]
                values[name] = (*known, *found)
            elif all(each.is_default for each in values.get(name, ())):
                values[name] = found
    return place._replace(values=values)


def _of_file(file: File, files: Mapping[str, File]) -> Iterator[Place]:
    return READERS[file.family.name](file, files)


def _is_read(name: str, file: File) -> bool:
    if "testdata" in name.split("/"):  # input of tests, which go skips, too
        return False
    if file.family.name == GITLAB:
        return name == ".gitlab-ci.yml"
    return file.family.name != WORKFLOW or name.rpartition("/")[0] == _WORKFLOWS
