"""The `.vscode` of the workspace around a folder, as `wslgo launch --write` would leave it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.golang.disk import project_of
from wslgo.golang.go_command import correct_with_go
from wslgo.launch.generate import generate
from wslgo.launch.merge import merge
from wslgo.launch.merge.merge import LAUNCH, TASKS, Files, MergeRequest
from wslgo.provision.model.facts import Facts, File
from wslgo.provision.survey.files import UNSEEN
from wslgo.provision.target import Target
from wslgo.system.errors import reason
from wslgo.text.message import Message, Text
from wslgo.text.source import decode

NOT_MERGED = Message(en="{path}: {reason}", zh="{path}：{reason}")


class LaunchFacts(NamedTuple):
    """Both files by their paths on the machine: as they are (with `files`), and as `generated`."""

    files: Mapping[str, File | None]
    generated: Mapping[str, bytes] = {}
    problems: tuple[Text, ...] = ()


def launch_facts(facts: Facts, folder: Path, target: Target, environment: Mapping[str, str]) -> LaunchFacts | None:
    """Generate launch configurations and tasks; edited entries stay. None outside of a workspace on the machine."""
    if facts.workspace is None or not facts.workspace.folder:
        return None
    try:
        return _workspace_files(facts, folder, facts.workspace.folder, target, environment)
    except OSError as error:
        unseen = UNSEEN(path=str(error.filename or folder), words=reason(error))
        return LaunchFacts(facts.files, problems=(unseen,))


def _workspace_files(
    facts: Facts, folder: Path, inner: str, target: Target, environment: Mapping[str, str]
) -> LaunchFacts | None:
    """Generate both files for a folder, which the machine knows as `inner`."""
    project = project_of(str(folder / ".vscode" / LAUNCH))
    if not project.has_go(project.home):
        return None
    host = facts.host
    if host.go is not None and not target.is_tree:  # no program of a tree runs
        correct_with_go(project, project.shown_path("") or str(folder), host.go.path, environment)
    paths = {name: f"{inner}/.vscode/{name}" for name in (LAUNCH, TASKS)}
    before = {path: _file(target, path) for path in paths.values()}
    sources = Files(*(decode(file.data if file else b"") for file in before.values()))
    request = MergeRequest(is_obsolete=lambda key: merge.is_obsolete(project, key))
    merged = merge.merge_entries(sources, generate(project, host), request)
    problems = tuple(NOT_MERGED(path=paths[name], reason=why) for name, why in merged.unwritable)
    after = {paths[LAUNCH]: merged.files.launch.encode(), paths[TASKS]: merged.files.tasks.encode()}
    return LaunchFacts({**facts.files, **before}, after, problems)


def _file(target: Target, path: str) -> File | None:
    data = target.open(path).content()
    return None if data is None else File(data)
