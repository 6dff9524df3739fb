"""What `go list -e -find -json` says of a module, and how that corrects a project whose texts alone were read.

Field names as in cmd/go/internal/load (go 1.27). Pure: `golister` runs the command. No field names `.cu` files, and no
package is listed of which a build takes nothing, so that the texts stay what is asked about both.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wslgo.golang.project import GoFile, Package, Project, Target, joined

# With them the answer for a thousand packages is half a megabyte.
FIELDS = "Dir,ImportPath,Name,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,IgnoredGoFiles,Error"


class Listed(NamedTuple):
    """A package: its folder as a path of the project, and the names of the files that a build and its tests take."""

    folder: str
    path: str
    name: str
    files: frozenset[str]
    tests: frozenset[str]
    left_out: frozenset[str]
    is_broken: bool = False


def read(text: str, root: str) -> Iterator[Listed]:
    """The packages of an answer whose folders lie in `root`, an absolute path; what is cut off is left out."""
    decoder = json.JSONDecoder()
    place = text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        listed = _listed(value, root.rstrip("/"))
        if listed is not None:
            yield listed
        place = text.find("{", end)


def told(text: str) -> dict[str, str]:
    """The variables in an answer of `go env -json`; none where it is no such answer."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: value for name, value in values.items() if isinstance(value, str)} if isinstance(values, dict) else {}


def target(variables: Mapping[str, str]) -> Target | None:
    """What a build is made for that says nothing else, by GOOS, GOARCH, CGO_ENABLED and GOFLAGS."""
    if not variables.get("GOOS") or not variables.get("GOARCH"):
        return None
    tags = _tags(variables.get("GOFLAGS", ""))
    return Target(tags, variables.get("CGO_ENABLED") == "1", variables["GOOS"], variables["GOARCH"])


def correct(project: Project, module: str, listed: Iterable[Listed]) -> None:
    """From now on a build of the project's own target takes from the packages of a module what go has listed."""
    by_folder = {one.folder: one for one in listed}
    for package in tuple(project.packages(start=module)):
        there = project.module_of(package.folder)
        if there is not None and there.folder == module:
            project.settle(_corrected(package, by_folder.get(package.folder)))


def _corrected(package: Package, listed: Listed | None) -> Package:
    """The package with its files where go puts them; it stays as it was where go could not read it."""
    if listed is not None and listed.is_broken and not listed.files | listed.tests:
        return package
    files = sorted((*package.files, *package.tests, *package.left_out))
    built = listed.files if listed else frozenset()
    tests = listed.tests if listed else frozenset()
    return package._replace(
        files=tuple(_named(files, package.folder, built)),
        tests=tuple(_named(files, package.folder, tests)),
        left_out=tuple(file for file in files if file.path.rpartition("/")[2] not in built | tests),
    )


def _named(files: Iterable[GoFile], folder: str, names: frozenset[str]) -> Iterator[GoFile]:
    paths = {joined(folder, name) for name in names}
    return (file for file in files if file.path in paths)


def _listed(value: Any, root: str) -> Listed | None:
    if not isinstance(value, Mapping):
        return None
    folder = value.get("Dir")
    if not isinstance(folder, str) or not f"{folder}/".startswith(f"{root}/"):
        return None
    return Listed(
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


def _tags(goflags: str) -> frozenset[str]:
    """The build tags in GOFLAGS; the last `-tags` counts, and in GOFLAGS its value follows `=`."""
    values = [word.partition("=")[2] for word in goflags.split() if word.startswith(("-tags=", "--tags="))]
    return frozenset(values[-1].strip("\"'").replace(",", " ").split()) if values else frozenset()
