"""Launch configurations generated for a folder of the client."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from wslgo.launch.generate.entry import Generated, Selection
from wslgo.lsp.command_types import LaunchFolder
from wslgo.lsp.jobs import IsCancelled, result_of
from wslgo.lsp.session.uris import path_of

if TYPE_CHECKING:
    from wslgo.golang.project import Project
    from wslgo.lsp.language_server import WslgoServer

_DEBUGGER = "go"


class GeneratedLaunch(NamedTuple):
    """A Go workspace with the entries generated for it; none if it has no Go."""

    project: "Project"
    generated: Generated


async def generate_for_folder(
    server: "WslgoServer", target: LaunchFolder, is_cancelled: IsCancelled = lambda: False
) -> GeneratedLaunch:
    """Generate entries for a folder, in a worker thread. Only for trusted workspaces: the go command runs there."""
    await server.watch.first_survey()
    session, environment = server.session, server.world.environment
    root, host = path_of(target.folder), session.neighbours.host
    policy = session.preferences.of(f"{root}/.vscode/launch.json").policy
    extensions = frozenset(name.lower() for name in target.extensions)

    def work(is_stopped: IsCancelled) -> GeneratedLaunch:
        # The parsers of Go and the knowledge about GPUs: most sessions never need them.
        from wslgo.golang.disk import project_of
        from wslgo.golang.go_command import correct_with_go
        from wslgo.launch.generate import generate

        project = project_of(f"{root}/.vscode/launch.json")
        if not project.has_go(project.home):
            return GeneratedLaunch(project, Generated())
        if host.go is not None:
            place = project.shown_path("") or root
            correct_with_go(project, place, host.go.path, environment, is_stopped, opened=session.workspace.roots)
        generated = Generated() if is_stopped() else generate(project, host, Selection(extensions=extensions))
        if policy is not None:
            from wslgo.linter.policy_entries import allowed_entries

            generated = allowed_entries(generated, policy).generated
        return GeneratedLaunch(project, generated)

    return await result_of(server.start, work, is_cancelled)


async def configurations(server: "WslgoServer", target: LaunchFolder) -> list[Any]:
    """Return the entries that run without a file beside them.

    Entries that start a task first are left out: VS Code knows such a task only from `tasks.json`, and extensions
    cannot offer tasks that wait for others.
    """
    if not server.session.workspace.is_trusted:
        return []
    found = (await generate_for_folder(server, target)).generated.configurations
    values = [entry.value for entry in found if entry.value.get("type") == _DEBUGGER and not entry.starts]
    return [json.loads(json.dumps(value, default=dict)) for value in values]
