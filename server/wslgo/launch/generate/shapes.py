"""The shapes of entries, with attributes in their usual order and none that Delve ignores."""

from collections.abc import Iterable, Mapping

from wslgo.launch.generate.entry import Kind, LaunchEntry
from wslgo.launch.generate.programs import WORKSPACE, Program
from wslgo.machine.host import Host
from wslgo.syntax.json.edit import Value
from wslgo.text.message import Text

TERMINAL = "integratedTerminal"
PORT = 2345  # the usual port of a headless Delve


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
    """Return an entry that builds a program and starts it in Delve."""
    value: dict[str, Value] = {
        "name": name,
        "type": "go",
        "request": "launch",
        "mode": "debug",
        "program": program.editor_path,
        "cwd": WORKSPACE,
        "env": env,
        "buildFlags": " ".join((*flags, *tag_flags(program))),
        "console": TERMINAL if program.reads_input else "",
        "preLaunchTask": task,
    }
    return LaunchEntry(f"{profile} {program.folder}", _without_empty(value), about)


def test_entry(profile: str, program: Program, name: str, *, env: Mapping[str, str], task: str) -> LaunchEntry:
    """Return an entry that builds the tests of a package and runs them in Delve, in its folder like `go test`."""
    value: dict[str, Value] = {
        "name": name,
        "type": "go",
        "request": "launch",
        "mode": "test",
        "program": program.editor_path,
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
    """Return an entry that joins a headless Delve; without `debugAdapter` the Go extension may use the old adapter."""
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
    """Return a task that runs other tasks and then a program without a shell, or only the other tasks."""
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
    """Return the flag for the tags that a program needs."""
    return (f"-tags={','.join(program.tags)}",) if program.tags else ()


def command(host: Host, path: str, name: str) -> str:
    """Return the command of a program for a task: its name if it is on PATH, else its path without the user's name."""
    if not path or path.rpartition("/")[0] in (host.search_path or ()):
        return name
    home = f"{host.home}/" if host.home else ""
    return f"${{userHome}}/{path[len(home) :]}" if home and path.startswith(home) else path


def toolkit_command(host: Host, name: str) -> str:
    """Return the command of a CUDA toolkit program for a task; the toolkit is usually not on PATH."""
    toolkit = host.gpu.toolkit
    return command(host, f"{toolkit.path}/bin/{name}" if toolkit else "", name)


def _without_empty(value: Mapping[str, Value]) -> dict[str, Value]:
    """Return the members that are not empty."""
    return {name: member for name, member in value.items() if member not in ("", (), {}, [])}
