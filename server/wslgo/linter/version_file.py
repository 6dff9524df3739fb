"""The file from which `setup-go` takes the version of Go: its input `go-version-file`.

Source: actions/setup-go 6.5 (src/main.ts and src/installer.ts): the path is relative to the root of the workspace, a
file that is not there ends the step, and `go-version` wins. Version 6 prefers the toolchain line of a go.mod, and reads
the line for `golang` of a `.tool-versions`; of any other file the whole text is the version.
"""

import re
from collections.abc import Iterator

from wslgo.golang.paths import joined_path, parent, resolved_path
from wslgo.golang.project import Project
from wslgo.linter.scene import Scene
from wslgo.linter.workflow_go import Setup, setups
from wslgo.syntax import workflow
from wslgo.syntax.workflow import Job, Step
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_WORKSPACE = pattern(r"\A(?:\$\{\{[ \t]*github\.workspace[ \t]*\}\}|\$GITHUB_WORKSPACE)/")
_PATH = pattern(r"(?:\./)?[\w.@-][\w./@-]{0,200}")
_TOOLCHAIN = pattern(r"^toolchain go(1\.\d+(?:\.\d+|rc\d+)?)", re.MULTILINE)
_GO_LINE = pattern(r"^go (\d+(?:\.\d+)*)", re.MULTILINE)
_GOLANG = pattern(r"^golang[ \t]+([^\s#]+)[ \t]*(?:#|$)", re.MULTILINE)
_OTHER_SOURCES = ("repository", "ref", "path", "sparse-checkout", "submodules")
_READS_TOOLS = 6


class VersionFile(NamedTuple):
    """An input `go-version-file` of a step: where it is written, and the path from the root of the repository."""

    job: Job
    setup: Setup
    leaf: Leaf
    path: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


def version_files(scene: Scene) -> Iterator[VersionFile]:
    """Yield the files that are read in the repository of the workflow itself."""
    text = scene.file.source.text
    for job in workflow.jobs(scene.file):
        for setup in setups(job, text):
            leaf = setup.step.input("go-version-file")
            if leaf is None or setup.step.input("go-version") is not None:
                continue
            path = path_in_repository(leaf.value)
            if path and has_only_repository(before(job, setup)):
                yield VersionFile(job, setup, leaf, path)


def before(job: Job, setup: Setup) -> tuple[Step, ...]:
    """Return the steps before the one of `setup-go`."""
    return job.steps[: setup.place]


def has_only_repository(steps: tuple[Step, ...]) -> bool:
    """Return whether some steps put the repository of the workflow into the workspace, as it is, and nothing else."""
    checkouts = [step for step in steps if step.uses.startswith("actions/checkout@")]
    is_plain = len(checkouts) == 1 and not any(map(checkouts[0].input, _OTHER_SOURCES))
    return is_plain and not any(step.run or "artifact" in step.uses for step in steps)


def path_in_repository(written: str) -> str | None:
    """Return a path from the root of the repository; None if it leaves it or is known only to a run."""
    path = _WORKSPACE.sub("", written.strip())
    return resolved_path("", path) if _PATH.fullmatch(path) else None


def repository(scene: Scene) -> Project | None:
    """Return the files of a repository, if they are known."""
    project = scene.project
    is_workflow = ".github/workflows/" in scene.file.path.replace("\\", "/")
    return project if project is not None and is_workflow and project.entries(project.home).files else None


def has_file(project: Project, path: str) -> bool:
    """Return whether a file of the repository is there."""
    folder = joined_path(project.home, parent(path)) if parent(path) else project.home
    return path.rpartition("/")[2] in project.entries(folder).files


def version_in(project: Project, found: VersionFile) -> str:
    """Return the version that `setup-go` takes from a file, "" if it finds none."""
    text = project.text(joined_path(project.home, found.path))
    if found.name in ("go.mod", "go.work"):
        toolchain = _TOOLCHAIN.search(text) if found.setup.keeps_go else None
        line = toolchain or _GO_LINE.search(text)
        return line[1] if line else ""
    if found.name == ".tool-versions":
        line = _GOLANG.search(text) if found.setup.version[0] >= _READS_TOOLS else None
        return line[1] if line else ""
    return text.strip()
