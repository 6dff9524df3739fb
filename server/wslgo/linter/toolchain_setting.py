"""The GOTOOLCHAIN that a file sets for the programs that it starts."""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.levels import Level, settings
from wslgo.goenv.readers import assignments
from wslgo.syntax.family import MISE
from wslgo.syntax.file import File

NAME = "GOTOOLCHAIN"

# What holds for more than one command; `go install tool@version` may want another Go than the module.
_WIDE = (
    *(Level.WORKFLOW, Level.JOB, Level.PIPELINE, Level.PIPELINE_JOB, Level.IMAGE, Level.CONTAINER, Level.MAKE),
    *(Level.SERVICE, Level.EDITOR),
)


def wide_settings(file: File) -> Iterator[Assignment]:
    """Yield the assignments that hold for all commands of a job, a stage, a container, or make."""
    if file.family.name == MISE:
        yield from (assignment for assignment in assignments(file) if assignment.name == NAME)
        return
    for setting in settings(file):
        if setting.assignment.name == NAME and setting.level in _WIDE:
            yield setting.assignment


def keeps_local(file: File) -> bool:
    """Return whether all that a text says of GOTOOLCHAIN is that it is `local`."""
    found = [assignment for assignment in assignments(file) if assignment.name == NAME]
    return file.source.text.count(NAME) == len(found) and all(assignment.value == "local" for assignment in found)


def is_local_everywhere(file: File) -> bool:
    """Return whether GOTOOLCHAIN is `local` in all jobs of a file."""
    levels = (Level.WORKFLOW, Level.PIPELINE)
    found = (setting.assignment for setting in settings(file) if setting.level in levels)
    return any(assignment.name == NAME for assignment in found) and keeps_local(file)
