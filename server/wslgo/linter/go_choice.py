"""The versions of Go that a file chooses: one reader per family."""

from collections.abc import Callable, Iterator, Mapping

from wslgo.linter import image_go, pipeline_go, tool_go, workflow_go
from wslgo.linter.go_pin import Pin
from wslgo.syntax.family import DEVCONTAINER, DOCKERFILE, GITLAB, GOVERSION, MISE, TOOLVERSIONS, WORKFLOW
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern

READERS: Mapping[str, Callable[[File], Iterator[Pin]]] = {
    WORKFLOW: workflow_go.of_workflow,
    GITLAB: pipeline_go.of_gitlab,
    DOCKERFILE: image_go.of_dockerfile,
    DEVCONTAINER: tool_go.of_devcontainer,
    MISE: tool_go.of_mise,
    TOOLVERSIONS: tool_go.of_tool_versions,
    GOVERSION: tool_go.of_go_version,
}
# The families as a rule about all of them declares them: it needs no fact of the machine.
NEEDS: Mapping[str, tuple[str, ...]] = dict.fromkeys(READERS, ())
# Most files choose no Go, and need no parsing for it.
_MENTION = pattern(r"actions/setup-go@|golang|\bgo\b")


def pins(file: File) -> tuple[Pin, ...]:
    """Return the versions of Go that a file chooses, in the order of the text."""
    return file.ask(_pins)


def _pins(file: File) -> tuple[Pin, ...]:
    if file.family.name not in READERS or file.is_too_large:
        return ()
    if file.family.name != GOVERSION and not _MENTION.search(file.source.text):
        return ()
    return tuple(READERS[file.family.name](file))
