"""The output of `go list -e -find -json`, and how it corrects a parsed project.

Field names as in cmd/go/internal/load (go 1.27). Pure: `go_command` runs the command. No field lists `.cu` files, and
packages without files to build are not listed at all, so for both the parsed source remains the only answer.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from wslgo.golang.package import BuildTarget, GoFile, Package
from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.syntax.go import goflags
from wslgo.text.typing import Any, NamedTuple

# With them the answer for a thousand packages is half a megabyte.
FIELDS = "Dir,ImportPath,Name,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,IgnoredGoFiles,Error"


class ListedPackage(NamedTuple):
    """A package: its folder in the project, and the names of its files by their role."""

    folder: str
    path: str
    name: str
    files: frozenset[str]
    tests: frozenset[str]
    left_out: frozenset[str]
    is_broken: bool = False


def read(text: str, root: str) -> Iterator[ListedPackage]:
    """Yield the packages of an output whose folders are in `root`, an absolute path; stop where it is cut off."""
    decoder = json.JSONDecoder()
    place = text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        listed = _listed_package(value, root.rstrip("/"))
        if listed is not None:
            yield listed
        place = text.find("{", end)


def go_env_variables(text: str) -> dict[str, str]:
    """Parse the output of `go env -json`; any other text has no variables."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: value for name, value in values.items() if isinstance(value, str)} if isinstance(values, dict) else {}


def target(variables: Mapping[str, str]) -> BuildTarget | None:
    """Return the default build target, from GOOS, GOARCH, CGO_ENABLED and GOFLAGS."""
    if not variables.get("GOOS") or not variables.get("GOARCH"):
        return None
    tags = goflags.tags(variables.get("GOFLAGS", ""))
    return BuildTarget(tags, variables.get("CGO_ENABLED") == "1", variables["GOOS"], variables["GOARCH"])


def correct(project: Project, module: str, listed: Iterable[ListedPackage]) -> None:
    """Replace the packages of a module, for the project's own target, with what go listed."""
    by_folder = {package.folder: package for package in listed}
    for package in tuple(project.packages(start=module)):
        there = project.module_of(package.folder)
        if there is not None and there.folder == module:
            project.replace_package(_corrected_package(package, by_folder.get(package.folder)))


def _corrected_package(package: Package, listed: ListedPackage | None) -> Package:
    """Return the package with its files sorted as go sorts them; unchanged if go could not read it."""
    if listed is not None and listed.is_broken and not listed.files | listed.tests:
        return package
    files = sorted((*package.files, *package.tests, *package.left_out))
    built = listed.files if listed else frozenset()
    tests = listed.tests if listed else frozenset()
    return package._replace(
        files=tuple(_files_with_names(files, package.folder, built)),
        tests=tuple(_files_with_names(files, package.folder, tests)),
        left_out=tuple(file for file in files if file.path.rpartition("/")[2] not in built | tests),
    )


def _files_with_names(files: Iterable[GoFile], folder: str, names: frozenset[str]) -> Iterator[GoFile]:
    paths = {joined_path(folder, name) for name in names}
    return (file for file in files if file.path in paths)


def _listed_package(value: Any, root: str) -> ListedPackage | None:
    if not isinstance(value, Mapping):
        return None
    folder = value.get("Dir")
    if not isinstance(folder, str) or not f"{folder}/".startswith(f"{root}/"):
        return None
    return ListedPackage(
        folder[len(root) + 1 :],
        str(value.get("ImportPath", "")),
        str(value.get("Name", "")),
        _names(value, "GoFiles", "CgoFiles"),
        _names(value, "TestGoFiles", "XTestGoFiles"),
        _names(value, "IgnoredGoFiles"),
        "Error" in value,
    )


def _names(value: Mapping[str, Any], *fields: str) -> frozenset[str]:
    return frozenset(name for field in fields for name in value.get(field) or () if isinstance(name, str))
