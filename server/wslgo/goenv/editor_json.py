"""The Go variables in the JSON of editors, and the env files that it names.

VS Code reads `launch.json`, `tasks.json`, `settings.json` and `*.code-workspace`, and `devcontainer.json` for a
container.
"""

import re
from collections.abc import Iterator

from wslgo.goenv.assignment import ELSEWHERE, LIKE_GO, Assignment, Layer, Scope, Style, is_go_variable
from wslgo.goenv.removal import json_lines, json_start
from wslgo.syntax.family import DEVCONTAINER, LAUNCH, SETTINGS, TASKS, WORKSPACE
from wslgo.syntax.file import File, workspace_folder_of
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # a file needs one of these parsers, most files need none
    from wslgo.syntax.json.jsonc import Jsonc, Node
    from wslgo.syntax.json.launch import Configuration

_REFERENCE = pattern(r"\$\{")
_OF_PROXIES = pattern(r"(?:https?|all|no)_proxy|(?:HTTPS?|ALL|NO)_PROXY")
_NAMES_FILE = pattern(r'nvFile"')
# Settings that hold variables, and settings that are a variable.
_ENVIRONMENTS = {
    "go.toolsEnvVars": Scope.EDITOR,
    "go.testEnvVars": Scope.TESTS,
    "terminal.integrated.env.linux": Scope.TERMINAL,
}
_FOLDERS = {"go.gopath": ("GOPATH", Scope.EDITOR_GOPATH), "go.goroot": ("GOROOT", Scope.EDITOR_GOROOT)}
# VS Code's user settings; Remote-WSL ignores folders in those on the Windows side.
OF_USER = pattern(r"/User/settings\.json\Z")
OF_WINDOWS = "/AppData/"
_IN_CONTAINER = (
    ("containerEnv",),
    ("remoteEnv",),
    ("build", "args"),
    ("customizations", "vscode", "settings", "go.toolsEnvVars"),
)


def of_editor(file: File) -> Iterator[Assignment]:
    layer = _layer(file)
    found = [found for holder, scope in variable_objects(file) for found in _members(holder, file, scope)]
    found += _folders(file)
    return (
        assignment._replace(layer=layer) for assignment in sorted(found, key=lambda assignment: assignment.name_span)
    )


def _layer(file: File) -> int:
    path = file.path.replace("\\", "/")
    if file.family.name == WORKSPACE:
        return Layer.WORKSPACE
    if file.family.name == SETTINGS and "/data/Machine/" in path:
        return Layer.MACHINE
    return Layer.USER if file.family.name == SETTINGS and OF_USER.search(path) else Layer.FOLDER


def _folders(file: File) -> Iterator[Assignment]:
    """Yield the assignments by `go.gopath` and `go.goroot`."""
    holder = None if OF_WINDOWS in file.path.replace("\\", "/") else _settings(file)
    for key, (name, scope) in _FOLDERS.items():
        member = holder.member(key) if holder else None
        if holder and member and member.value and member.value.string:
            yield _member(holder.members.index(member), member.value, holder, file, scope)._replace(name=name)


def _members(holder: "Node", file: File, scope: Scope) -> Iterator[Assignment]:
    """Yield the assignments of an object of variables; the last of repeated keys counts."""
    last = {member.key: place for place, member in enumerate(holder.members) if member.value is not None}
    for place in last.values():
        member = holder.members[place]
        node = member.value
        if node is not None and node.string is not None and _is_known(member.key):
            is_gopath = scope is Scope.EDITOR and member.key == "GOPATH"
            yield _member(place, node, holder, file, Scope.UNLESS_EXPORTED if is_gopath else scope)


def _is_known(name: str) -> bool:
    return is_go_variable(name) or bool(LIKE_GO.match(name) or _OF_PROXIES.fullmatch(name))


def _member(place: int, node: "Node", holder: "Node", file: File, scope: Scope) -> Assignment:
    member = holder.members[place]
    text = node.string or ""
    start, end = node.span
    inner = Span(start + 1, max(end - 1, start + 1))
    key = Span(member.key_span.start + 1, max(member.key_span.end - 1, member.key_span.start + 1))
    reference = _REFERENCE.search(text)
    # vscode-go expands `~` in its settings; VS Code does not expand it in its own.
    is_home = text.startswith("~") and scope not in (Scope.LAUNCH, Scope.TERMINAL, Scope.TASKS, *ELSEWHERE)
    head = "" if is_home else text[: reference.start()] if reference else text
    return Assignment(
        member.key,
        None if is_home or reference else text,
        key,
        inner,
        scope,
        file.path,
        head,
        node.span,
        Style.JSON,
        is_literal=file.source.text[inner.start : inner.end] == text,
        removal=_member_removal(place, holder, file.source.text),
    )


def _member_removal(at: int, holder: "Node", text: str) -> Span | None:
    """Return the span of a member with its comment and one comma; None if that would remove another comment."""
    members = holder.members
    end = members[at].span.end
    start = json_start(text, members[at].span.start)
    if start is None:
        return None
    if at + 1 < len(members):
        following = members[at + 1].span.start
        return Span(start, following) if text[end:following].strip() == "," else json_lines(text, start, end)
    if at:
        before = members[at - 1].span.end
        return Span(before, end) if text[before:start].strip() == "," else None
    inner = Span(holder.span.start + 1, holder.span.end - 1)
    around = text[inner.start : start] + text[end : inner.end]
    return inner if around.strip() in ("", ",") else None


def variable_objects(file: File) -> "Iterator[tuple[Node, Scope]]":
    """Yield the objects that hold variables in the JSON of editors, each with its scope."""
    tree = cast("Jsonc", file.tree)
    if file.family.name == DEVCONTAINER:
        found = (tree.at(*keys) for keys in _IN_CONTAINER)
        yield from ((node, Scope.CONTAINER) for node in found if node is not None)
        return
    yield from ((node, Scope.TASKS) for node in _of_tasks(file))
    holder = _settings(file)
    for name, scope in _ENVIRONMENTS.items():
        node = holder.get(name) if holder else None
        if node is not None:
            yield node, scope
    gopls = holder.get("gopls") if holder else None
    of_gopls = gopls.get("build.env") if gopls is not None else None
    if of_gopls is not None:
        yield of_gopls, Scope.GOPLS
    from wslgo.syntax.json.launch import configurations  # few files have entries

    yield from (
        (configuration.env, Scope.LAUNCH) for configuration in configurations(file) if configuration.env is not None
    )


def _of_tasks(file: File) -> "Iterator[Node]":
    """Yield the objects with variables of tasks: of all of them, of one, and of one on Linux."""
    tree = cast("Jsonc", file.tree)
    holder = {TASKS: tree.root, WORKSPACE: tree.at("tasks")}.get(file.family.name)
    tasks = holder.get("tasks") if holder else None
    for task in (holder, *(tasks.elements if tasks else ())):
        for place in (("options", "env"), ("linux", "options", "env")):
            node = task.at(*place) if task else None
            if node is not None:
                yield node


def _settings(file: File) -> "Node | None":
    """Return the object of settings in a file of the editor."""
    tree = cast("Jsonc", file.tree)
    return {SETTINGS: tree.root, WORKSPACE: tree.at("settings")}.get(file.family.name)


def names_files(file: File) -> bool:
    """Return whether a file may name env files."""
    return file.family.name in (LAUNCH, WORKSPACE, SETTINGS) and bool(_NAMES_FILE.search(file.source.text))


def sessions_with(file: File, holder: File) -> "Iterator[Configuration]":
    """Yield the launch configurations of `holder` that name an env file."""
    if not names_files(holder):
        return
    from wslgo.syntax.json.launch import configurations  # few files have entries

    for configuration in configurations(holder):
        named = {path for node in configuration.env_files() if node.string for path in _paths(node.string, holder)}
        if named & {file.path, file.place}:
            yield configuration


def env_files(file: File) -> Iterator[str]:
    """Yield the paths of the env files that a file names for debugging or tests, relative to its own folder."""
    holder = _settings(file)
    of_tests = holder.get("go.testEnvFile") if holder else None
    from wslgo.syntax.json.launch import configurations  # few files have entries

    of_launches = (node for configuration in configurations(file) for node in configuration.env_files())
    for node in (of_tests, *of_launches):
        if node is not None and node.string:
            yield from _paths(node.string, file)


def _paths(named: str, holder: File) -> Iterator[str]:
    """Yield the path of an env file, seen from each path of the file that names it."""
    for folder in {workspace_folder_of(holder.path), workspace_folder_of(holder.place)}:
        yield _resolved_path(named, folder)


def _resolved_path(path: str, folder: str) -> str:
    path = re.sub(r"\$\{workspace(?:Folder|Root)\}", lambda _: folder or ".", path)
    parts: list[str] = []
    for step in path.split("/"):
        if step == ".." and parts and parts[-1] not in ("", ".."):
            parts.pop()
        elif step not in (".", "") or not parts:
            parts.append(step)
    return "/".join(parts[1:] if parts[:1] == ["."] else parts)
