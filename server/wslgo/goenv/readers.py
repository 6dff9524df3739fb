"""The Go variables that a file sets, whatever its syntax.

`assignments` looks at one file; whether an env file counts depends on the launch configurations next to it
(`effective_assignments`).
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from wslgo.goenv.assignment import ELSEWHERE, FOLDERS, Assignment, Scope, Style
from wslgo.goenv.removal import is_used, json_lines, json_start, uses, with_comments
from wslgo.machine.host import Host
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    DOTENV,
    ENVIRONMENT,
    ENVRC,
    FISH,
    GITLAB,
    GOENV,
    LAUNCH,
    MAKEFILE,
    MISE,
    SERVICES,
    SETTINGS,
    SHELL,
    TASKS,
    WORKFLOW,
    WORKSPACE,
)
from wslgo.syntax.file import File, workspace_folder_of
from wslgo.syntax.memo import of_last
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

if TYPE_CHECKING:  # a file needs one of these parsers, most files need none
    from wslgo.syntax.go.env_file import GoEnv
    from wslgo.syntax.json.jsonc import Jsonc, Node
    from wslgo.syntax.json.launch import Configuration
    from wslgo.syntax.shell.dotenv import DotEnv
    from wslgo.syntax.shell.script import Shell

# In one scope the later shell file wins, and the more specific settings: user, machine, workspace, folder.
_SYSTEM, _USER, _MACHINE, _PERSONAL, _WORKSPACE, _FOLDER = range(6)
# Only a file that mentions such a name can set one; most shell files need no parsing.
_MENTION = pattern(r"GO_?[A-Z0-9]|CGO_|\b(?:AR|CC|CXX|FC|PKG_CONFIG)\b|go\.go(?:path|root)\b")
_LIKE_GO = pattern(r"C?GO_?[A-Z0-9]")
_REFERENCE = pattern(r"\$\{")
_SPECIAL = pattern(r"['\"$#\\~`%;&|<>()]")
_NAMES_FILE = pattern(r'nvFile"')

# Settings that hold variables, and settings that are a variable.
_ENVIRONMENTS = {
    "go.toolsEnvVars": Scope.EDITOR,
    "go.testEnvVars": Scope.TESTS,
    "terminal.integrated.env.linux": Scope.TERMINAL,
}
_FOLDERS = {"go.gopath": ("GOPATH", Scope.EDITOR_GOPATH), "go.goroot": ("GOROOT", Scope.EDITOR_GOROOT)}
# VS Code's user settings; Remote-WSL ignores folders in those on the Windows side.
_OF_USER = pattern(r"/User/settings\.json\Z")
_OF_WINDOWS = "/AppData/"
# The settings of the machine, which Remote-WSL and Remote-SSH keep with VS Code's server.
_OF_MACHINE = pattern(r"/\.vscode-server[^/]*/data/(?:Machine|User)/settings\.json\Z")
# Those who get the variables of a file; without an entry all programs of a user do.
_SCOPES = {
    SERVICES: Scope.SERVICES,
    ENVRC: Scope.FOLDER,
    MAKEFILE: Scope.MAKE,
    DOCKERFILE: Scope.CONTAINER,
    COMPOSE: Scope.CONTAINER,
    WORKFLOW: Scope.CI,
    GITLAB: Scope.CI,
    MISE: Scope.FOLDER,
}
# Families whose values no shell expands.
_LITERAL = (ENVIRONMENT, MAKEFILE, DOCKERFILE, COMPOSE, WORKFLOW, GITLAB, MISE)
_IN_CONTAINER = (
    ("containerEnv",),
    ("remoteEnv",),
    ("build", "args"),
    ("customizations", "vscode", "settings", "go.toolsEnvVars"),
)
_OF_HOME = (".config/", ".local/", ".vscode-server")


def is_go_variable(name: str) -> bool:
    """Return whether the go command reads an environment variable of this name."""
    from wslgo.knowledge import go_variable_names

    return name in go_variable_names.KNOWN or name in go_variable_names.FIXED


def assignments(file: File) -> tuple[Assignment, ...]:
    """Return the assignments of Go variables in a file, in the order of the text."""
    return file.ask(_assignments)


def _assignments(file: File) -> tuple[Assignment, ...]:
    name = file.family.name
    if file.is_too_large or name not in _READERS or not _MENTION.search(file.source.text):
        return ()
    return tuple(found for found in file.ask(_all_assignments) if is_go_variable(found.name))


def other_assignments(file: File) -> tuple[Assignment, ...]:
    """Return the assignments of variables with a name like those of Go, which the go command does not read."""
    if file.is_too_large or file.family.name not in _READERS or not _MENTION.search(file.source.text):
        return ()
    found = file.ask(_all_assignments)
    return tuple(each for each in found if _LIKE_GO.match(each.name) and not is_go_variable(each.name))


def _all_assignments(file: File) -> tuple[Assignment, ...]:
    return tuple(_READERS[file.family.name](file))


def effective_assignments(file: File, others: tuple[File, ...]) -> tuple[Assignment, ...]:
    """Return the assignments of a file that act.

    An env file counts when a launch configuration names it, and a shell variable when it is exported, perhaps by
    another file: to go it does not exist otherwise.
    """
    if file.family.name == DOTENV and not is_named(file, others):
        return ()
    found = assignments(file)
    if all(assignment.is_exported for assignment in found):
        return found
    exported = exported_names(others)
    return tuple(assignment for assignment in found if assignment.is_exported or assignment.name in exported)


def assignments_without_reader(file: File, others: tuple[File, ...]) -> tuple[Assignment, ...]:
    """Return the assignments of an env file that nothing names, as far as they mean the same to every program.

    A folder can be one outside of a container.
    """
    if file.family.name != DOTENV or is_named(file, others):
        return ()
    plain = (found for found in assignments(file) if found.name not in FOLDERS and _is_plain(found))
    return tuple(found._replace(scope=Scope.UNNAMED, removal=None) for found in plain)


def _is_plain(assignment: Assignment) -> bool:
    value = assignment.value
    is_bare = assignment.is_literal and assignment.word_span == assignment.value_span
    return value is not None and is_bare and not _SPECIAL.search(value) and value.strip() == value


@of_last
def exported_names(files: tuple[File, ...]) -> frozenset[str]:
    """Return the Go variables that shell files export."""
    shells = (file for file in files if file.family.name in (SHELL, FISH))
    return frozenset(found.name for file in shells for found in assignments(file) if found.is_exported)


def is_named(file: File, others: tuple[File, ...]) -> bool:
    """Return whether a launch configuration or `go.testEnvFile` names an env file."""
    return any(
        path in (file.path, file.place)
        for other in others
        if other.family.name in (LAUNCH, WORKSPACE, SETTINGS) and _NAMES_FILE.search(other.source.text)
        for path in env_files(other)
    )


def is_read_on(file: File, host: Host) -> bool:
    """Return whether this machine reads a file: a user's file in a dotfiles repository can be for another machine.

    Files of the workspace are always read. Without a place or a home the answer is unknown, and counts as yes.
    """
    if not _is_personal(file) or not file.place or host.home is None or _OF_WINDOWS in file.place:
        return True
    return is_own(file, host)


def is_own(file: File, host: Host) -> bool:
    """Return whether a file is known to be this machine's own, and not one that is on its way to others.

    The machine's own files are those of its user and of `/etc`, in the places where programs read them.
    """
    if not file.place or not (_is_personal(file) or _OF_MACHINE.search(file.place)):
        return False
    if host.home is None:
        return False
    folder = file.place.rpartition("/")[0]
    homes = tuple(f"{host.home}/{name}" for name in _OF_HOME)
    return folder == host.home or file.place == host.goenv_path or f"{folder}/".startswith(("/etc/", *homes))


def _is_personal(file: File) -> bool:
    """Return whether a file sets variables for a user or a whole machine, and not for a workspace."""
    return file.family.name in (SHELL, FISH, ENVIRONMENT, SERVICES, GOENV) or bool(_OF_USER.search(file.place))


def sessions_with(file: File, holder: File) -> "Iterator[Configuration]":
    """Yield the launch configurations of `holder` that name an env file."""
    if holder.family.name not in (LAUNCH, WORKSPACE, SETTINGS) or not _NAMES_FILE.search(holder.source.text):
        return
    from wslgo.syntax.json.launch import configurations  # see above

    for configuration in configurations(holder):
        named = {path for node in configuration.env_files() if node.string for path in _paths(node.string, holder)}
        if named & {file.path, file.place}:
            yield configuration


def env_files(file: File) -> Iterator[str]:
    """Yield the paths of the env files that a file names for debugging or tests, relative to its own folder."""
    holder = _settings(file)
    of_tests = holder.get("go.testEnvFile") if holder else None
    from wslgo.syntax.json.launch import configurations  # see above

    of_launches = (node for configuration in configurations(file) for node in configuration.env_files())
    for node in (of_tests, *of_launches):
        if node is not None and node.string:
            yield from _paths(node.string, file)


def _paths(named: str, holder: File) -> Iterator[str]:
    """Yield the path of an env file, seen from each path of the file that names it."""
    for folder in {workspace_folder_of(holder.path), workspace_folder_of(holder.place)}:
        yield _resolved_path(named, folder)


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
    from wslgo.syntax.json.launch import configurations  # see above

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


def _resolved_path(path: str, folder: str) -> str:
    path = re.sub(r"\$\{workspace(?:Folder|Root)\}", lambda _: folder or ".", path)
    parts: list[str] = []
    for step in path.split("/"):
        if step == ".." and parts and parts[-1] not in ("", ".."):
            parts.pop()
        elif step not in (".", "") or not parts:
            parts.append(step)
    return "/".join(parts[1:] if parts[:1] == ["."] else parts)


# Syntaxes


def _of_editor(file: File) -> Iterator[Assignment]:
    layer = _layer(file)
    found = [found for holder, scope in variable_objects(file) for found in _members(holder, file, scope)]
    found += _folders(file)
    return (
        assignment._replace(layer=layer) for assignment in sorted(found, key=lambda assignment: assignment.name_span)
    )


def _layer(file: File) -> int:
    path = file.path.replace("\\", "/")
    if file.family.name == WORKSPACE:
        return _WORKSPACE
    if file.family.name == SETTINGS and "/data/Machine/" in path:
        return _MACHINE
    return _USER if file.family.name == SETTINGS and _OF_USER.search(path) else _FOLDER


def _folders(file: File) -> Iterator[Assignment]:
    """Yield the assignments by `go.gopath` and `go.goroot`."""
    holder = None if _OF_WINDOWS in file.path.replace("\\", "/") else _settings(file)
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
        if node is not None and node.string is not None and (is_go_variable(member.key) or _LIKE_GO.match(member.key)):
            is_gopath = scope is Scope.EDITOR and member.key == "GOPATH"
            yield _member(place, node, holder, file, Scope.UNLESS_EXPORTED if is_gopath else scope)


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


def _of_goenv(file: File) -> Iterator[Assignment]:
    from wslgo.syntax.go.env_file import LineStatus  # see above

    text = file.source.text
    for line in cast("GoEnv", file.tree).lines:
        if line.use is LineStatus.TAKEN:
            removal = Span(line.span.start, line.span.end + text.startswith("\n", line.span.end))
            removal = with_comments(text, removal)
            yield Assignment(
                line.key,
                line.value,
                line.key_span,
                line.value_span,
                Scope.GOENV,
                file.path,
                line.value,
                line.value_span,
                is_literal=True,
                removal=removal,
            )


def _of_dotenv(file: File) -> Iterator[Assignment]:
    text = file.source.text
    places = uses(text)
    for line in cast("DotEnv", file.tree).assignments:
        raw = text[line.value_span.start : line.value_span.end]
        inner = Span(
            line.value_span.start + (raw[:1] in ("'", '"')),
            line.value_span.end - (len(raw) > 1 and raw[-1:] in ("'", '"')),
        )
        reference = _REFERENCE.search(line.value)
        removal = _line_around(line.name_span.start, text)
        yield Assignment(
            line.name,
            None if reference else line.value,
            line.name_span,
            inner,
            Scope.LAUNCH,
            file.path,
            line.value[: reference.start()] if reference else line.value,
            line.value_span,
            is_literal=text[inner.start : inner.end] == line.value,
            removal=None if is_used(line.name, places, removal) else with_comments(text, removal),
        )


def _line_around(offset: int, text: str) -> Span:
    end = text.find("\n", offset)
    return Span(text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end + 1)


def _of_shell(file: File) -> Iterator[Assignment]:
    is_environment = file.family.name == ENVIRONMENT
    has_shell = file.family.name not in _LITERAL
    layer = _SYSTEM if re.search(r"(?:^|/)etc/", file.path) else _PERSONAL
    shell = cast("Shell", file.tree)
    text, comments = file.source.text, {comment.start for comment in shell.comments}
    places = {} if is_environment else uses(text, shell.comments)
    for found in shell.assignments:
        word, removal = found.word, found.command
        if removal is not None:
            removal = None if is_used(found.name, places, removal) else with_comments(text, removal, comments)
        style = Style.LINE if is_environment else Style(word.quoting.value)
        yield Assignment(
            found.name,
            None if found.pipe else word.value,
            found.name_span,
            word.inner,
            _SCOPES.get(file.family.name, Scope.ENVIRONMENT),
            file.path,
            "" if found.pipe else word.head,
            word.span,
            style,
            is_literal=word.is_literal,
            is_certain=found.is_certain and found.is_exported,
            is_exported=found.is_exported,
            is_expanded=has_shell,
            layer=layer,
            removal=removal,
            pipe=found.pipe,
        )


_READERS = {
    LAUNCH: _of_editor,
    TASKS: _of_editor,
    DEVCONTAINER: _of_editor,
    SETTINGS: _of_editor,
    WORKSPACE: _of_editor,
    GOENV: _of_goenv,
    DOTENV: _of_dotenv,
    SHELL: _of_shell,
    FISH: _of_shell,
    ENVIRONMENT: _of_shell,
    SERVICES: _of_shell,
    ENVRC: _of_shell,
    MAKEFILE: _of_shell,
    DOCKERFILE: _of_shell,
    COMPOSE: _of_shell,
    WORKFLOW: _of_shell,
    GITLAB: _of_shell,
    MISE: _of_shell,
}
