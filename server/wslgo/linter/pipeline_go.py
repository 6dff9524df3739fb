"""The Go that a job of a GitLab pipeline builds a module with: that of its image."""

from collections.abc import Iterator
from functools import partial

from wslgo.linter.go_image import template_pins
from wslgo.linter.go_pin import Pin
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax.file import File
from wslgo.syntax.gitlab_pipeline import pipeline
from wslgo.text.span import Span


def of_gitlab(file: File) -> Iterator[Pin]:
    """Yield the tags of golang images of jobs that run go, or the variables that hold them."""
    found = pipeline(file)
    places: set[Span] = set()
    for name in found.running():
        leaves = found.leaves(name)
        image = None if leaves is None else found.image(leaves)
        if leaves is None or image is None or not _runs_go("\n".join(found.texts(leaves, "script", "before_script"))):
            continue
        allowed = leaves.get(("allow_failure",))
        is_forgiven = any(keys[0] == "allow_failure" for keys in leaves) and (
            allowed is None or allowed.value != "false"
        )
        for pin in template_pins(image, found.text, partial(found.values, leaves), is_forgiven=is_forgiven):
            if pin.span not in places:
                places.add(pin.span)
                yield pin


def _runs_go(script: str) -> bool:
    return RUNS_GO.search(script) is not None
