"""The `#cgo` lines of a `.go` file that a build on this machine reads."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from wslgo.golang.package import BuildTarget
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOENV, LAUNCH, SETTINGS, SHELL, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.go import build_constraint, cgo_file
from wslgo.syntax.go.cgo_file import CgoFile, Line
from wslgo.text.pattern import pattern

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
