"""The definition of a Go variable: the assignment that sets the value in effect."""

from typing import NamedTuple

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.precedence import assignment_in_effect
from wslgo.goenv.readers import assignments
from wslgo.linter.scene import Scene
from wslgo.syntax.family import LAUNCH, OF_MODULES, SETTERS
from wslgo.text.span import Span


class Definition(NamedTuple):
    """The place that sets a variable; `span` is None if only the file is known."""

    path: str
    span: Span | None
    value: str | None


def definition(scene: Scene, offset: int) -> Definition | None:
    """Return the definition of the Go variable whose name or value is at an offset."""
    if scene.file.family.name not in SETTERS:
        return None
    here = (
        assignment
        for assignment in assignments(scene.file)
        if assignment.name_span.touches(offset) or assignment.value_span.touches(offset)
    )
    assignment = next(here, None)
    return None if assignment is None else definition_of_variable(scene, assignment.name)


def definition_of_variable(scene: Scene, name: str) -> Definition | None:
    """Return the place that sets the value in effect, if the files of the scene or the machine tell."""
    found = assignment_in_effect(name, assignments_of_scene(scene), scene.host)
    if isinstance(found, Assignment):
        return Definition(found.path, found.value_span, found.value)
    return Definition(found.origin, None, found.value) if found is not None and "/" in found.origin else None


def assignments_of_scene(scene: Scene) -> list[Assignment]:
    """Return the assignments of all files of a scene but those that set variables only for some programs."""
    files = (scene.file, *(other for other in scene.others if other is not scene.file))
    names = (*OF_MODULES, LAUNCH)
    return [assignment for file in files if file.family.name in names for assignment in assignments(file)]
