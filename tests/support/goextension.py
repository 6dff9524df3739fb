"""The conversion of a configuration by VS Code and its Go extension, as far as generated ones need it.

Each step names its source: `resolver` is VS Code's variableResolver.ts; the others are files of golang/vscode-go
(goDebugConfiguration.ts, goDebugFactory.ts, utils/argsUtil.ts, utils/envUtils.ts).
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

Json = Any

# Modes that build, for which Delve is started in the folder of the program.
_BUILDING = ("debug", "test")
_WORD = re.compile(r"""(?:\\['"]|'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|[^ '"])+""")
_QUOTED = re.compile(r"""\\(['"])|'((?:\\'|[^'])*)'|["]((?:\\"|[^"])*)["]""")


class Editor(NamedTuple):
    """A window on a workspace; `answers` are what the user picks for variables such as `command:pickProcess`."""

    workspace: Path
    environment: Mapping[str, str]
    answers: Mapping[str, str]


class Start(NamedTuple):
    """The start of Delve and its request; `folder` is its working folder."""

    folder: Path
    environment: dict[str, str]
    request: str
    arguments: dict[str, Json]

    @property
    def is_remote(self) -> bool:
        """True if the session attaches to a running server, so that no Delve is started (goDebugFactory.ts)."""
        return self.request == "attach" and self.arguments.get("mode") == "remote"


def start(configuration: Mapping[str, Json], editor: Editor) -> Start:
    """Return the start of Delve for a configuration, and its request."""
    resolved = substituted(dict(configuration), editor)
    assert resolved["type"] == "go"
    assert "envFile" not in resolved, "generated configurations name no envFile"
    # Node converts every value to text (child_process).
    variables = resolved.get("env", {})
    own = {name: value if isinstance(value, str) else json.dumps(value) for name, value in variables.items()}
    environment = {**editor.environment, **own}
    if resolved["request"] == "attach":
        return Start(editor.workspace, environment, "attach", _attach(resolved))
    folder, program = _program(resolved, editor.workspace)
    return Start(folder, environment, "launch", resolved | {"program": program, "args": _args(resolved)})


def substituted(value: Json, editor: Editor) -> Json:
    """Replace variables in keys and values (resolver); one without an answer fails the start."""
    if isinstance(value, dict):
        return {substituted(name, editor): substituted(member, editor) for name, member in value.items()}
    if isinstance(value, list):
        return [substituted(item, editor) for item in value]
    if isinstance(value, str):
        return re.sub(r"\$\{([^}]*)\}", lambda found: _variable(found[1], editor), value)
    return value


def _variable(name: str, editor: Editor) -> str:
    kind, _, argument = name.partition(":")
    if name == "workspaceFolder":
        return str(editor.workspace)
    if kind == "env" and argument:
        return editor.environment.get(argument, "")
    return editor.answers[name]


def _attach(resolved: dict[str, Json]) -> dict[str, Json]:
    """Return the configuration with a process number: the picker returns text (goDebugConfiguration.ts)."""
    if isinstance(resolved.get("processId"), str):
        return resolved | {"processId": int(resolved["processId"])}
    return resolved


def _program(resolved: Mapping[str, Json], workspace: Path) -> tuple[Path, str]:
    """Return the folder in which Delve runs, and the program that it builds: `.` there (goDebugFactory.ts)."""
    path = workspace / resolved["program"]
    if resolved["mode"] not in _BUILDING:
        return workspace, str(path)
    assert not path.is_symlink(), f"the extension refuses a link: {path}"
    if path.is_dir():
        return path, "."
    assert path.suffix == ".go", f"the extension wants a folder or a .go file: {path}"
    return path.parent, f"./{path.name}"


def _args(resolved: Mapping[str, Json]) -> list[str]:
    """Return `args` as words: only spaces separate them, and both kinds of quotes group them (argsUtil.ts)."""
    args = resolved.get("args", [])
    if isinstance(args, str):
        return [_QUOTED.sub(_unquoted, word) for word in _WORD.findall(args)]
    return list(args)


def _unquoted(quoted: re.Match[str]) -> str:
    text = next(group for group in quoted.groups() if group is not None)
    return re.sub(r"\\(['\"])", r"\1", text)
