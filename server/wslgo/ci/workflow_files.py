"""The files of `wslgo ci --write`, each merged with what is there: pure, from texts to texts."""

from collections.abc import Callable, Mapping, Sequence

from wslgo.ci import script, workflow, workflow_gitlab
from wslgo.ci.script_checks import Checks
from wslgo.ci.script_marks import blocks, merged
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

GITHUB, GITLAB = "github", "gitlab"

FOREIGN = Message(
    en="was not written by wslgo ci: it has no marks, so it stays as it is. Move it, then write again",
    zh="不是由 wslgo ci 写入的：其中没有标记，因此保持不变。请移走后重新写入",
)
INCOMPLETE = Message(
    en="lacks the marks of {names}: nothing can be renewed there. Undo that edit, or delete the file",
    zh="缺少 {names} 的标记，无法更新。请撤销该编辑，或删除此文件",
)


class FileChange(NamedTuple):
    """A file before and after; `edited` are its blocks that a user changed. With a `problem` it stays as it is."""

    path: str
    before: Source
    after: Source
    edited: tuple[str, ...] = ()
    problem: Text | None = None


class _Kind(NamedTuple):
    """A generated file: its whole text if there is none, and its blocks."""

    new: Callable[[Checks], str]
    bodies: Callable[[Checks], Mapping[str, str]]


def paths(services: Sequence[str]) -> tuple[str, ...]:
    """Return the files for these services, the script first: a workflow finds it even if the rest cannot be written."""
    chosen = {GITHUB: workflow.WORKFLOW, GITLAB: workflow_gitlab.PIPELINE}
    return (script.PATH, *(chosen[service] for service in services))


def services_of(names: Sequence[str], remotes: Sequence[str]) -> tuple[str, ...]:
    """Return the services of a repository by the names in its root folder and the hosts of its remotes."""
    has_gitlab = workflow_gitlab.PIPELINE in names or any("gitlab" in host for host in remotes)
    has_github = ".github" in names or any(host == "github.com" for host in remotes)
    return (*((GITHUB,) if has_github or not has_gitlab else ()), *((GITLAB,) if has_gitlab else ()))


def change(
    path: str,
    before: Source | None,
    checks: Checks,
    branches: tuple[str, ...] = workflow.DEFAULT_BRANCHES,
    *,
    replaces_edited: bool = False,
) -> FileChange:
    """Return the change of one of the `paths`; `before` is None if it is not there."""
    old = before if before is not None else Source("")
    kind = _kind(path, old.text, branches)
    if before is None and path != workflow_gitlab.PIPELINE:
        return FileChange(path, old, Source(kind.new(checks)))
    wanted = kind.bodies(checks)
    if not any(name in blocks(old.text) for name in wanted):
        return _first(path, old, checks)
    new = merged(old.text, wanted, replaces_edited=replaces_edited)
    if new.missing:
        return FileChange(path, old, old, problem=INCOMPLETE(names=new.missing))
    return FileChange(path, old, old._replace(text=new.text), new.edited)


def _kind(path: str, text: str, branches: tuple[str, ...]) -> _Kind:
    if path == script.PATH:
        return _Kind(script.script, script.bodies)
    if path == workflow.WORKFLOW:
        return _Kind(lambda checks: workflow.workflow(checks, branches), workflow.bodies)
    stages = workflow_gitlab.stages_of(text)
    return _Kind(workflow_gitlab.pipeline, lambda checks: workflow_gitlab.bodies(checks, stages))


def _first(path: str, old: Source, checks: Checks) -> FileChange:
    """Return the change of a file without our marks: only a pipeline of GitLab takes a block."""
    if path != workflow_gitlab.PIPELINE:
        return FileChange(path, old, old, problem=FOREIGN())
    new = workflow_gitlab.with_block(old.text, checks)
    if isinstance(new, Text):
        return FileChange(path, old, old, problem=new)
    return FileChange(path, old, old._replace(text=new))
