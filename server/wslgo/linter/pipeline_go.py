"""The Go that a job of a GitLab pipeline builds a module with: that of its image."""

from collections.abc import Iterator, Sequence
from functools import partial

from wslgo.linter.go_image import tag_of, template_pins
from wslgo.linter.go_pin import Pin
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax.file import File
from wslgo.syntax.gitlab_pipeline import Leaves, Pipeline, pipeline, with_included
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class IncludedImage(NamedTuple):
    """A version of an image that an included file has: the job, and the place of the `include`."""

    job: str
    version: str
    place: Span


def of_gitlab(file: File) -> Iterator[Pin]:
    """Yield the tags of golang images of jobs that run go, or the variables that hold them."""
    found = pipeline(file)
    places: set[Span] = set()
    for job in _jobs_with_go(found):
        values = partial(found.values, job.leaves)
        for pin in template_pins(job.image, found.text, values, is_forgiven=_is_forgiven(job.leaves)):
            if pin.span not in places:
                places.add(pin.span)
                yield pin


def of_included(file: File, included: Sequence[tuple[Leaf, str]]) -> Iterator[IncludedImage]:
    """Yield the tags of golang images that jobs which run go have from an included text."""
    places = {leaf.span for leaf, _ in included}
    for job in _jobs_with_go(with_included(file, included)):
        version = tag_of(job.image.value)
        if version and job.image.span in places and not _is_forgiven(job.leaves):
            yield IncludedImage(job.name, version, job.image.span)


class _Job(NamedTuple):
    name: str
    leaves: Leaves
    image: Leaf


def _jobs_with_go(found: Pipeline) -> Iterator[_Job]:
    """Yield the jobs that run go and whose image is known."""
    for name in found.running():
        leaves = found.leaves(name)
        image = None if leaves is None else found.image(leaves)
        if leaves is None or image is None:
            continue
        if RUNS_GO.search("\n".join(found.texts(leaves, "script", "before_script"))):
            yield _Job(name, leaves, image)


def _is_forgiven(leaves: Leaves) -> bool:
    allowed = [leaf for keys, leaf in leaves.items() if keys[0] == "allow_failure"]
    return any(leaf.value != "false" for leaf in allowed)
