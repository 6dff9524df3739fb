"""What an editor says and proposes about Go variables, whatever file sets them: hover, completion, definition."""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.goenv import readers
from wslgo.goenv.assignment import NARROW, Assignment, Scope
from wslgo.goenv.edit import value_edit
from wslgo.goenv.precedence import assignment_in_effect
from wslgo.ide.completion.wsl_key import Item, ItemKind
from wslgo.ide.hover.goproxy import walk
from wslgo.ide.hover.wsl_key import Hover
from wslgo.knowledge.go_variables import BY_NAME, VARIABLES, GoVariable
from wslgo.linter.scene import Scene
from wslgo.machine.host import Variable
from wslgo.syntax.family import DOTENV, ENVIRONMENT, FISH, GOENV, LAUNCH, SETTINGS, SHELL, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.go import goproxy
from wslgo.syntax.json.jsonc import Node
from wslgo.text.markdown import code, codes
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

HEADLINE = Message(en="**{name}**: {about}", zh="**{name}**：{about}")
DEFAULT = Message(en="- Default: {default}", zh="- 默认值：{default}")
TAKES = Message(en="- Takes {values}", zh="- 可取：{values}")
IN_FORCE = Message(en="In force is {value}, set in {place}", zh="当前生效的是 {value}，设置于 {place}")
FROM_ENVIRONMENT = Message(en="In force is {value}, from the environment", zh="当前生效的是 {value}，来自环境变量")
IS_DEFAULT = Message(en="default", zh="默认值")
PROPOSAL = Message(en="{about}", zh="{about}")


class Place(NamedTuple):
    """Where a variable gets its value; no span where only the file is known."""

    path: str
    span: Span | None
    value: str | None


# Hover


def hover(scene: Scene, offset: int) -> Hover | None:
    """What is to say about the name or the value of a Go variable at an offset."""
    for one in readers.effective_assignments(scene.file, scene.others):
        known = BY_NAME.get(one.name)
        if known is None:
            continue
        if one.name_span.touches(offset):
            return Hover(one.name_span, (*about(known), *_told(scene, one)))
        if one.value_span.touches(offset):
            return Hover(one.value_span, (*_value(one), *about(known)))
    return None


def about(known: GoVariable) -> tuple[tuple[Text, ...], ...]:
    """What a variable is, its default, its values."""
    facts = []
    if known.default:
        default = known.default if isinstance(known.default, Message) else code(known.default)
        facts.append(DEFAULT(default=default))
    if known.values and not known.is_open:
        facts.append(TAKES(values=codes(value.text for value in known.values)))
    headline = (HEADLINE(name=known.name, about=known.about),)
    return (headline, tuple(facts)) if facts else (headline,)


def _value(one: Assignment) -> Iterator[tuple[Text, ...]]:
    if one.name == "GOPROXY" and one.value is not None:
        default = "" if one.scope is Scope.GOENV else goproxy.DEFAULT
        yield walk(goproxy.parse(one.value, default))


def _told(scene: Scene, one: Assignment) -> Iterator[tuple[Text, ...]]:
    """The value in force, where another place wins."""
    if one.scope in NARROW:
        return
    found = assignment_in_effect(one.name, _all(scene), scene.host)
    if isinstance(found, Assignment) and found != one:
        yield (IN_FORCE(value=code(found.value or found.head), place=code(found.path)),)
    elif isinstance(found, Variable) and found.value != one.value:
        is_file = "/" in found.origin
        place = {"place": code(found.origin)} if is_file else {}
        yield ((IN_FORCE if is_file else FROM_ENVIRONMENT)(value=code(found.value), **place),)


# Definition


def origin(scene: Scene, name: str) -> Place | None:
    """Where the value in force of a variable comes from, as far as the files of the scene and the machine tell."""
    found = assignment_in_effect(name, _all(scene), scene.host)
    if isinstance(found, Assignment):
        return Place(found.path, found.value_span, found.value)
    return Place(found.origin, None, found.value) if found is not None and "/" in found.origin else None


def definition(scene: Scene, offset: int) -> Place | None:
    """The origin of the variable whose name or value stands at an offset."""
    here = (
        one
        for one in readers.assignments(scene.file)
        if one.name_span.touches(offset) or one.value_span.touches(offset)
    )
    one = next(here, None)
    return origin(scene, one.name) if one is not None else None


def _all(scene: Scene) -> list[Assignment]:
    files = (scene.file, *(other for other in scene.others if other is not scene.file))
    return [one for file in files if file.family.name != DOTENV for one in readers.assignments(file)]


# Completion

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
    SHELL: _SHELL_NAME,
    FISH: _FISH_NAME,
}
_REST = pattern(r"[A-Za-z0-9_]*")


def complete(scene: Scene, offset: int) -> tuple[Item, ...]:
    """The names and values that can stand at an offset of a file that sets Go variables."""
    file = scene.file
    here = next((one for one in readers.assignments(file) if one.value_span.touches(offset)), None)
    if here is not None:
        return tuple(_values(here))
    if file.family.name in (LAUNCH, SETTINGS, WORKSPACE):
        return tuple(_members(file, offset))
    return tuple(_names(file, offset)) if file.family.name in _NAMES else ()


def _values(one: Assignment) -> Iterator[Item]:
    known = BY_NAME.get(one.name)
    for rank, value in enumerate(known.values if known else ()):
        edit = value_edit(one._replace(value=one.value or ""), value.text)
        if edit is not None and known is not None:
            detail = IS_DEFAULT() if value.text == known.default else None
            said = PROPOSAL(about=value.about)
            yield Item(value.text, ItemKind.VALUE, edit.span, edit.new, detail=detail, about=said, rank=rank)


def _names(file: File, offset: int) -> Iterator[Item]:
    text = file.source.text
    start = text.rfind("\n", 0, offset) + 1
    match = _NAMES[file.family.name].match(text[start:offset])
    rest = _REST.match(text, offset)
    if match is None or rest is None:
        return
    span = Span(start + match.start(1), rest.end())
    separator = " " if file.family.name == FISH else "="
    is_followed = text.startswith(separator, span.end)
    for known in _proposed(file):
        new = known.name if is_followed else f"{known.name}{separator}"
        yield _item(known, span, new)


def _members(file: File, offset: int) -> Iterator[Item]:
    """Names in an object of variables: in the quotes of a key, or where another member can begin."""
    holder = next((one for one in _holders(file) if one.span.start < offset < one.span.end), None)
    if holder is None:
        return
    member = next((one for one in holder.members if one.span.touches(offset)), None)
    if member is None:
        yield from (_item(known, Span(offset, offset), f'"{known.name}": ""') for known in _proposed(file))
    elif member.key_span.start < offset < member.key_span.end:
        key = Span(member.key_span.start + 1, member.key_span.end - 1)
        yield from (_item(known, key, known.name) for known in _proposed(file))


def _holders(file: File) -> Iterator[Node]:
    return (holder for holder, _ in readers.variable_objects(file) if holder.kind == "object")


def _proposed(file: File) -> Iterator[GoVariable]:
    """The variables that the file can set and does not set yet."""
    is_goenv = file.family.name == GOENV
    return (known for known in VARIABLES if known.in_goenv or not is_goenv)


def _item(known: GoVariable, span: Span, new: str) -> Item:
    rank = VARIABLES.index(known) + known.is_discouraged * len(VARIABLES)
    return Item(known.name, ItemKind.KEY, span, new, about=PROPOSAL(about=known.about), rank=rank)
