"""The shapes of entries: attributes in their usual order, and nothing that Delve ignores or that breaks it."""

from collections.abc import Iterable, Mapping

from wslgo.launch.generate.entry import Kind, LaunchEntry
from wslgo.launch.generate.programs import WORKSPACE, Program
from wslgo.machine.host import Host
from wslgo.syntax.json.edit import Value
from wslgo.text.message import Text

TERMINAL = "integratedTerminal"
PORT = 2345  # where a headless Delve listens by custom


def launch_entry(
    profile: str,
    program: Program,
    name: str,
    *,
    env: Mapping[str, str],
    flags: Iterable[str] = (),
    task: str = "",
    about: Text | None = None,
) -> LaunchEntry:
    """Build a program and start it under Delve."""
    value: dict[str, Value] = {
        "name": name,
        "type": "go",
        "request": "launch",
        "mode": "debug",
        "program": program.place,
        "cwd": WORKSPACE,
        "env": env,
        "buildFlags": " ".join((*flags, *tag_flags(program))),
        "console": TERMINAL if program.reads_input else "",
        "preLaunchTask": task,
    }
    return LaunchEntry(f"{profile} {program.folder}", _without_empty(value), about)


def test_entry(profile: str, program: Program, name: str, *, env: Mapping[str, str], task: str) -> LaunchEntry:
    """Build the tests of a package and run them under Delve, in the folder of the package as `go test` does."""
    value: dict[str, Value] = {
        "name": name,
        "type": "go",
        "request": "launch",
        "mode": "test",
        "program": program.place,
        "env": env,
        "buildFlags": " ".join(tag_flags(program)),
        "preLaunchTask": task,
    }
    return LaunchEntry(f"{profile} {program.folder}", _without_empty(value))


def attach_entry(
    key: str,
    name: str,
    port: int,
    *,
    paths: Iterable[Mapping[str, str]] = (),
    task: str = "",
    about: Text | None = None,
) -> LaunchEntry:
    """Join a headless Delve. Without `debugAdapter` the Go extension may take the old adapter for that."""
    value: dict[str, Value] = {
        "name": name,
        "type": "go",
        "request": "attach",
        "mode": "remote",
        "debugAdapter": "dlv-dap",
        "host": "127.0.0.1",
        "port": port,
        "substitutePath": tuple(paths),
        "preLaunchTask": task,
    }
    return LaunchEntry(key, _without_empty(value), about)


def task_entry(
    key: str,
    label: str,
    words: tuple[str, ...] = (),
    *,
    folder: str = "",
    env: Mapping[str, str] | None = None,
    after: tuple[str, ...] = (),
    matcher: Value = (),
    extra: Mapping[str, Value] | None = None,
    about: Text | None = None,
) -> LaunchEntry:
    """A task that runs a program without a shell, after other tasks, or only runs those."""
    options: dict[str, Value] = {"cwd": folder, "env": env or {}}
    value: dict[str, Value] = {
        "label": label,
        "type": "process" if words else "",
        "command": words[0] if words else "",
        "args": words[1:],
        "options": _without_empty(options),
        "dependsOn": after,
        "dependsOrder": "sequence" if after else "",
    }
    shown: dict[str, Value] = {"problemMatcher": matcher}
    return LaunchEntry(key, {**_without_empty(value), **(extra or {}), **shown}, about, Kind.TASK)


def tag_flags(program: Program) -> tuple[str, ...]:
    """The flag for the tags that a program needs."""
    return (f"-tags={','.join(program.tags)}",) if program.tags else ()


def command(host: Host, path: str, name: str) -> str:
    """How a task calls a program: by its name where PATH leads to it, and without the name of the user in its path."""
    if not path or path.rpartition("/")[0] in (host.search_path or ()):
        return name
    home = f"{host.home}/" if host.home else ""
    return f"${{userHome}}/{path[len(home) :]}" if home and path.startswith(home) else path


def toolkit_command(host: Host, name: str) -> str:
    """How a task calls a program of the CUDA toolkit, which no PATH leads to."""
    toolkit = host.gpu.toolkit
    return command(host, f"{toolkit.path}/bin/{name}" if toolkit else "", name)


def _without_empty(value: Mapping[str, Value]) -> dict[str, Value]:
    """The members that say something."""
    return {name: member for name, member in value.items() if member not in ("", (), {}, [])}
