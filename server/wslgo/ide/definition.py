"""The definitions of a Go variable: the places that set it, the one that wins first."""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.levels import met, setting_of
from wslgo.goenv.provenance import Files, Provenance, Standing, provenance
from wslgo.goenv.readers import assignments
from wslgo.linter.scene import Scene
from wslgo.syntax.family import SETTERS, SHIPPED
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Definition(NamedTuple):
    """A place that sets a variable; `span` is None if only the file is known."""

    path: str
    span: Span | None


def definitions(scene: Scene, offset: int) -> tuple[Definition, ...]:
    """Return the definitions of the Go variable whose name or value is at an offset.

    There are none where the place that wins has no file: the others do not define the value.
    """
    if scene.file.family.name not in SETTERS:
        return ()
    here = (
        assignment
        for assignment in assignments(scene.file)
        if assignment.name_span.touches(offset) or assignment.value_span.touches(offset)
    )
    assignment = next(here, None)
    if assignment is None:
        return ()
    if assignment.is_elsewhere and assignment.has_known_reader:
        return tuple(_in_file(scene, assignment))
    found = provenance_in(scene, assignment.name)
    own = [place for place in found.also if place.standing is Standing.ELSEWHERE and place.path == scene.file.path]
    if found.set_by is not None and not found.set_by.path and not own:
        return ()
    return tuple(dict.fromkeys(Definition(place.path, place.span) for place in found.places if place.path))


def _in_file(scene: Scene, assignment: Assignment) -> Iterator[Definition]:
    """Yield the settings of a file for a container or a runner that meet one: nothing on this machine does."""
    path = scene.file.path
    yield Definition(path, assignment.value_span)
    setting = setting_of(scene.file, assignment)
    if setting is not None:
        spans = (other.assignment.value_span for other, _ in met(scene.file, setting))
        yield from dict.fromkeys(Definition(path, span) for span in spans)


def provenance_in(scene: Scene, name: str) -> Provenance:
    """Return where the value of a variable comes from, by the files of a scene and the machine."""
    others = tuple(other for other in scene.others if other is not scene.file)
    if scene.file.family.name == SHIPPED:
        return provenance(name, Files(others, scene.file), scene.host)
    return provenance(name, Files((scene.file, *others)), scene.host)
