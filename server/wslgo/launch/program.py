"""The Go program that an entry of `launch.json` debugs."""

from wslgo.golang.package import DEFAULT_TARGET, BuildTarget, GoFile, Package
from wslgo.golang.paths import parent
from wslgo.golang.project import Project
from wslgo.syntax.family import SETTINGS, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.json.launch import Configuration
from wslgo.text.typing import NamedTuple


class Program(NamedTuple):
    """A package, and the files of it that the build includes."""

    package: Package
    files: tuple[GoFile, ...]


def program_of(configuration: Configuration, project: Project, workspace: str) -> Program | None:
    """Return the program of an entry; None if only VS Code knows it, or if it is outside the workspace.

    `workspace` is the absolute path of the folder that holds `.vscode`, "" if there is none.
    """
    written = configuration.text("program")
    path = project.resolved_path(written, workspace) if written else None
    if path is None:
        return None
    if configuration.mode == "exec":
        made = project.program_of_binary(path)
        return Program(made, made.files) if made else None
    package = project.package(parent(path) if path.endswith(".go") else path, target_of(configuration, project.target))
    if package is None:
        return None
    files = _files_with(path, package, project) if path.endswith(".go") else package.files
    is_test = configuration.mode == "test" or path.endswith("_test.go")
    return Program(package, (*files, *(package.tests if is_test else ())))


def target_of(configuration: Configuration, usual: BuildTarget = DEFAULT_TARGET) -> BuildTarget:
    """Return the build target of an entry: `usual`, changed by its `buildFlags` and `env`, which reach the build."""
    cgo = configuration.variable("CGO_ENABLED")
    has_cgo = usual.has_cgo if cgo is None else cgo.string != "0"
    return usual._replace(tags=configuration.build_tags() or usual.tags, has_cgo=has_cgo)


def may_have_other_tags(configuration: Configuration, files: tuple[File, ...]) -> bool:
    """Return whether the build may have tags from elsewhere: an env file, or GOFLAGS in `go.toolsEnvVars`."""
    return bool(configuration.env_files()) or any(
        file.family.name in (SETTINGS, WORKSPACE)
        and "go.toolsEnvVars" in file.source.text
        and "GOFLAGS" in file.source.text
        for file in files
    )


def _files_with(path: str, package: Package, project: Project) -> tuple[GoFile, ...]:
    """Return a file with those that can belong to its program: each file of a folder of scripts is its own program.

    Delve builds only the named file, which fails if it needs others; the user then means the whole package.
    """
    from wslgo.syntax.go import file_head  # most entries name a folder

    return tuple(
        file for file in package.files if file.path == path or not file_head.declares_main(project.text(file.path))
    )
