"""Completion of Go variables and their values, in every file that sets them."""

from collections.abc import Iterator

from wslgo.goenv import editor_json, readers
from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.ide.completion.item import CompletionItem, CompletionKind
from wslgo.knowledge.go_variables import BY_NAME, VARIABLES, GoVariable
from wslgo.linter.scene import Scene
from wslgo.syntax.family import (
    DEVCONTAINER,
    DOTENV,
    ENVIRONMENT,
    ENVRC,
    FISH,
    GOENV,
    LAUNCH,
    SERVICES,
    SETTINGS,
    SHELL,
    TASKS,
    WORKSPACE,
)
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Node
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

IS_DEFAULT = Message(en="default", zh="默认值")
ABOUT = Message(en="{about}", zh="{about}")

# Each is matched against a line up to the cursor.
_LINE_NAME = pattern(r"\A[ \t]*(?:export[ \t]+)?([A-Za-z0-9_]*)\Z")
_GOENV_NAME = pattern(r"\A([A-Za-z0-9_]*)\Z")
_SHELL_NAME = pattern(
    r"\A(?:.*[;&])?[ \t]*"
    r"(?:(?:export|(?:declare|typeset)[ \t]+-g?x)[ \t]+(?:[^\s;&=]+=[^\s;&]*[ \t]+)*)?([A-Za-z0-9_]*)\Z"
)
_FISH_NAME = pattern(r"\A[ \t]*set[ \t]+(?:-[A-Za-z-]+[ \t]+)+([A-Za-z0-9_]*)\Z")
_NAMES = {
    GOENV: _GOENV_NAME,
    DOTENV: _LINE_NAME,
    ENVIRONMENT: _LINE_NAME,
    SERVICES: _LINE_NAME,
    SHELL: _SHELL_NAME,
    ENVRC: _SHELL_NAME,
    FISH: _FISH_NAME,
}
_REST = pattern(r"[A-Za-z0-9_]*")


def complete(scene: Scene, offset: int) -> tuple[CompletionItem, ...]:
    """Return the names and values that complete an offset of a file that sets Go variables."""
    file = scene.file
    here = next((assignment for assignment in readers.assignments(file) if assignment.value_span.touches(offset)), None)
    if here is not None:
        return tuple(_values(here))
    if file.family.name in (LAUNCH, TASKS, SETTINGS, WORKSPACE, DEVCONTAINER):
        return tuple(_members(file, offset))
    return tuple(_names(file, offset)) if file.family.name in _NAMES else ()


def _values(assignment: Assignment) -> Iterator[CompletionItem]:
    known = BY_NAME.get(assignment.name)
    for rank, value in enumerate(known.values if known else ()):
        edit = value_edit(assignment._replace(value=assignment.value or ""), value.text)
        if edit is not None and known is not None:
            detail = IS_DEFAULT() if value.text == known.default else None
            about = ABOUT(about=value.about)
            yield CompletionItem(
                value.text, CompletionKind.VALUE, edit.span, edit.new, detail=detail, about=about, rank=rank
            )


def _names(file: File, offset: int) -> Iterator[CompletionItem]:
    text = file.source.text
    start = text.rfind("\n", 0, offset) + 1
    match = _NAMES[file.family.name].match(text[start:offset])
    rest = _REST.match(text, offset)
    if match is None or rest is None:
        return
    span = Span(start + match.start(1), rest.end())
    separator = " " if file.family.name == FISH else "="
    is_followed = text.startswith(separator, span.end)
    for known in _unset_variables(file):
        new = known.name if is_followed else f"{known.name}{separator}"
        yield _item(known, span, new)


def _members(file: File, offset: int) -> Iterator[CompletionItem]:
    """Yield names in an object of variables: in the quotes of a key, or where a new member can start."""
    holder = next((node for node in _variable_objects(file) if node.span.start < offset < node.span.end), None)
    if holder is None:
        return
    member = next((member for member in holder.members if member.span.touches(offset)), None)
    if member is None:
        yield from (_item(known, Span(offset, offset), f'"{known.name}": ""') for known in _unset_variables(file))
    elif member.key_span.start < offset < member.key_span.end:
        key = Span(member.key_span.start + 1, member.key_span.end - 1)
        yield from (_item(known, key, known.name) for known in _unset_variables(file))


def _variable_objects(file: File) -> Iterator[Node]:
    return (holder for holder, _ in editor_json.variable_objects(file) if holder.kind == "object")


def _unset_variables(file: File) -> Iterator[GoVariable]:
    """Return the variables that a file can set."""
    is_goenv = file.family.name == GOENV
    return (known for known in VARIABLES if known.in_goenv or not is_goenv)


def _item(known: GoVariable, span: Span, new: str) -> CompletionItem:
    rank = VARIABLES.index(known) + known.is_discouraged * len(VARIABLES)
    return CompletionItem(known.name, CompletionKind.KEY, span, new, about=ABOUT(about=known.about), rank=rank)
