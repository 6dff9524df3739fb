"""The `#cgo` lines of a `.go` file that a build on this machine reads."""

from collections.abc import Iterator

from wslgo.golang import c_search
from wslgo.golang.c_search import Search
from wslgo.golang.package import BuildTarget
from wslgo.golang.paths import resolved_path
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOENV, LAUNCH, SETTINGS, SHELL, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.go import build_constraint, cgo_file
from wslgo.syntax.go.cgo_file import CgoFile, Line
from wslgo.text.pattern import pattern
from wslgo.text.typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:  # few files have conditions that depend on tags
    from wslgo.syntax.json.jsonc import Jsonc

_TAGS = pattern(r"-tags[= ][\"']?([\w.,]+)")


def lines(file: CgoFile, scene: Scene) -> tuple[Line, ...]:
    """Return the `#cgo` lines that go reads on this machine; none if it does not build the file."""
    if not is_built(file, scene):
        return ()
    return tuple(cgo_file.lines_in_effect(file, target(scene).has))


def is_built(file: CgoFile, scene: Scene) -> bool:
    """Return whether a build on this machine takes the file."""
    name = build_constraint.file_name_constraint(scene.file.path.replace("\\", "/").rpartition("/")[2])
    has = target(scene).has
    return file.uses_cgo and build_constraint.holds(name, has) and build_constraint.holds(file.constraint, has)


def target(scene: Scene) -> BuildTarget:
    """Return the target of a build on this machine, with the tags that the user has set somewhere."""
    tags = {tag for file in scene.others for tag in _tags(file)}
    flags = scene.host.variable("GOFLAGS")
    tags |= set(_words(flags.value)) if flags else set()
    return BuildTarget(frozenset(tags), architecture=scene.host.processor or "amd64")


def _tags(file: File) -> frozenset[str]:
    """Return the build tags that a file sets for the editor, for one program, or for all builds."""
    if file.family.name not in (LAUNCH, SETTINGS, WORKSPACE, GOENV, SHELL) or "ags" not in file.source.text:
        return frozenset()
    found = set(_words(file.source.text))
    if file.family.name in (SETTINGS, WORKSPACE):
        tree = cast("Jsonc", file.tree)
        root = tree.root if file.family.name == SETTINGS else tree.at("settings")
        node = root.get("go.buildTags") if root else None
        found |= set((node.string or "").replace(",", " ").split()) if node else set()
    return frozenset(found)


def _words(text: str) -> Iterator[str]:
    return (tag for match in _TAGS.finditer(text) for tag in match[1].split(",") if tag)


class Flags(NamedTuple):
    """The flags of a whole package on this machine, from its `#cgo` lines and from variables."""

    words: tuple[tuple[str, str], ...]
    has_pkg_config: bool

    def folders(self, flag: str) -> tuple[str, ...]:
        """Return the folders that `-L` or `-I` names."""
        verbs = ("LDFLAGS",) if flag == "-L" else ("CFLAGS", "CPPFLAGS")
        return c_search.named_folders((word for verb, word in self.words if verb in verbs), flag)


def flags_of_package(file: CgoFile, scene: Scene) -> Flags | None:
    """Return the flags that are used for a file: go collects those of all files of a package; None if unknown."""
    if scene.project is None:
        return None
    here = target(scene)
    found = [(line.verb, word.text) for line in lines(file, scene) for word in line.words]
    name = scene.file.path.replace("\\", "/").rpartition("/")[2]
    package = scene.project.package(scene.project.home, here)
    for other in package.files if package else ():
        if other.path.rpartition("/")[2] == name:
            continue
        for line in other.head.flags:
            if not line.conditions or any(build_constraint.holds(each, here.has) for each in line.conditions):
                found += [(line.verb, word) for word, _ in line.words]
    has_pkg_config = any(verb == "pkg-config" for verb, _ in found)
    return Flags((*found, *_words_of_variables(scene)), has_pkg_config)


def _words_of_variables(scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield the flags in CGO_LDFLAGS and its like, as they are in effect and in every file around."""
    from wslgo.goenv.readers import assignments  # few files have `#cgo` lines

    values = [(variable.name, variable.value) for variable in scene.host.go_variables or ()]
    for other in scene.others:
        values += [(found.name, found.value or "") for found in assignments(other)]
    for name, value in values:
        if name in ("CGO_LDFLAGS", "CGO_CFLAGS", "CGO_CPPFLAGS"):
            yield from ((name.removeprefix("CGO_"), word) for word in value.split())


def search(file: CgoFile, scene: Scene, flag: str) -> Search | None:
    """Return the search for what the linker (`-L`) or the compiler (`-I`) is asked for; None if it is unknown."""
    if scene.host.go_values().get("CGO_ENABLED") == "0":
        return None  # a build leaves the file out
    flags = flags_of_package(file, scene)
    project = scene.project
    if flags is None or project is None or flags.has_pkg_config:
        return None

    def has_file(path: str) -> bool | None:
        inside = resolved_path(project.home, path.replace(cgo_file.SOURCE_FOLDER, "."))
        return None if inside is None else project.has(inside)

    return c_search.search(scene.host, flags.folders(flag), has_file)
