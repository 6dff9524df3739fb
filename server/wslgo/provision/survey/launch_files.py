"""The `.vscode` of the workspace around a folder, as `wslgo launch --write` would leave it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.golang.disk import project_of
from wslgo.golang.go_command import correct_with_go
from wslgo.launch.generate import generate
from wslgo.launch.merge import merge
from wslgo.launch.merge.merge import LAUNCH, TASKS, Files, MergeRequest
from wslgo.machine.host import Host
from wslgo.provision.model.facts import File
from wslgo.provision.target import Target
from wslgo.text.message import Message, Text
from wslgo.text.source import decode

REFUSED = Message(en="{path}: {reason}", zh="{path}：{reason}")


class Generated(NamedTuple):
    """Both files by their paths on the machine: as they are, None for no file, and as they should be."""

    before: Mapping[str, File | None] = {}
    after: Mapping[str, bytes] = {}
    problems: tuple[Text, ...] = ()


def generated(folder: Path, inner: str, target: Target, host: Host, environment: Mapping[str, str]) -> Generated:
    """What is generated for a folder, which the machine knows as `inner`. Entries that somebody edited stay.

    Raises OSError for files that cannot be read.
    """
    project = project_of(str(folder / ".vscode" / LAUNCH))
    if not project.has_go(project.home):
        return Generated()
    if host.go is not None and not target.is_tree:  # nothing of a tree is run
        correct_with_go(project, project.shown_path("") or str(folder), host.go.path, environment)
    paths = {name: f"{inner}/.vscode/{name}" for name in (LAUNCH, TASKS)}
    before = {path: _file(target, path) for path in paths.values()}
    sources = Files(*(decode(file.data if file else b"") for file in before.values()))
    request = MergeRequest(is_obsolete=lambda key: merge.is_obsolete(project, key))
    merged = merge.merge_entries(sources, generate(project, host), request)
    problems = tuple(REFUSED(path=paths[name], reason=why) for name, why in merged.refused)
    after = {paths[LAUNCH]: merged.files.launch.encode(), paths[TASKS]: merged.files.tasks.encode()}
    return Generated(before, after, problems)


def _file(target: Target, path: str) -> File | None:
    data = target.opened(path).content()
    return None if data is None else File(data)
