"""Hovers about Go variables, in every file that sets them."""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.place_words import note
from wslgo.goenv.provenance import Kind, Place, Standing
from wslgo.goenv.readers import assignments_without_reader, effective_assignments
from wslgo.ide.definition import provenance_in
from wslgo.ide.hover import level
from wslgo.ide.hover.goproxy import goproxy_steps
from wslgo.ide.hover.text import Hover
from wslgo.knowledge.go_variables import BY_NAME, GoVariable
from wslgo.linter.scene import Scene
from wslgo.syntax.family import DOTENV, LAUNCH, OF_MODULES, OF_THIS_MACHINE, SHIPPED
from wslgo.syntax.go import goproxy
from wslgo.text.markdown import code, codes
from wslgo.text.message import Markdown, Message, Text
from wslgo.text.next_step import command
from wslgo.topics import VARIABLES

HEADLINE = Message(en="**{name}**: {about}", zh="**{name}**：{about}")
DEFAULT = Message(en="- Default: {default}", zh="- 默认值：{default}")
VALUES = Message(en="- Accepts {values}", zh="- 可取：{values}")
IN_EFFECT = Message(en="In effect is {value}, set in {place}", zh="当前生效的是 {value}，设置于 {place}")
IN_EDITOR = Message(
    en="In effect in the editor is {value}, set in {place}", zh="编辑器中当前生效的是 {value}，设置于 {place}"
)
FROM_ENVIRONMENT = Message(en="In effect is {value}, from the environment", zh="当前生效的是 {value}，来自环境变量")
FROM_DEFAULT = Message(en="In effect is the default, {value}", zh="当前生效的是默认值 {value}")
UNKNOWN = Message(en="a value that only the editor or the shell knows", zh="仅编辑器或 shell 知道的值")
ALSO = Message(en="- {value} in {place}: {note}", zh="- {place} 中的 {value}：{note}")

SHIPPED_VALUE = Message(
    en="The value of this Go for all users, which its next update replaces. For a value of yours, {step}",
    zh="此 Go 为所有用户设置的值，下次更新时会被替换。如需设置自己的值，请{step}",
)

# The families whose scene has everything that can win. Files for containers and runners are not about this machine.
_WITH_SETTERS = (*OF_MODULES, LAUNCH, DOTENV, SHIPPED, *OF_THIS_MACHINE)
_MOST = 8  # places that a hover lists


def hover(scene: Scene, offset: int) -> Hover | None:
    """Return the hover about the name or the value of a Go variable at an offset."""
    files = scene.file, scene.others
    for assignment in (*effective_assignments(*files), *assignments_without_reader(*files)):
        known = BY_NAME.get(assignment.name)
        if known is None:
            continue
        topics = (VARIABLES[known.name],) if known.name in VARIABLES else ()
        if assignment.name_span.touches(offset):
            there = (*level.paragraphs(scene.file, assignment), *_of_installation(scene, known.name))
            return Hover(assignment.name_span, (*about(known), *there, *_value_in_effect(scene, assignment)), topics)
        if assignment.value_span.touches(offset):
            return Hover(assignment.value_span, (*_value(assignment), *about(known)), topics)
    return None


def _of_installation(scene: Scene, name: str) -> tuple[tuple[Text, ...], ...]:
    """Return the way to set another value than that of a file of the Go installation."""
    step = command(f"go env -w {name}=...")
    return ((SHIPPED_VALUE(step=step),),) if scene.file.family.name == SHIPPED else ()


def about(known: GoVariable) -> tuple[tuple[Text, ...], ...]:
    """Return the description of a variable, its default, and its values."""
    facts = []
    if known.default:
        default = known.default if isinstance(known.default, Message) else code(known.default)
        facts.append(DEFAULT(default=default))
    if known.values and not known.is_open:
        facts.append(VALUES(values=codes(value.text for value in known.values)))
    headline = (HEADLINE(name=known.name, about=known.about),)
    return (headline, tuple(facts)) if facts else (headline,)


def _value(assignment: Assignment) -> Iterator[tuple[Text, ...]]:
    if assignment.name == "GOPROXY" and assignment.value is not None:
        default = "" if assignment.scope is Scope.GOENV else goproxy.DEFAULT
        yield goproxy_steps(goproxy.parse(assignment.value, default))


def _value_in_effect(scene: Scene, assignment: Assignment) -> Iterator[tuple[Text, ...]]:
    """Yield the value in effect, and the other places that set the variable."""
    if scene.file.family.name not in _WITH_SETTERS:
        return
    found = provenance_in(scene, assignment.name)
    if found.set_by is not None:
        yield (_in_effect(found.set_by),)
    others = [place for place in found.also if place.path]
    if found.set_by is None and scene.file.family.name == SHIPPED:
        return
    if found.set_by is None and len(others) == 1 and others[0].standing is Standing.ELSEWHERE:
        return  # the line under the cursor
    if others:
        yield tuple(_also(place) for place in others[:_MOST])


def _in_effect(place: Place) -> Text:
    value = UNKNOWN() if place.value is None else code(place.value)
    if not place.path:
        return (FROM_DEFAULT if place.kind is Kind.DEFAULT else FROM_ENVIRONMENT)(value=value)
    message = IN_EDITOR if place.kind is Kind.SETTINGS else IN_EFFECT
    return message(value=value, place=_place(place))


def _also(place: Place) -> Text:
    value = UNKNOWN() if place.value is None else code(place.value)
    return ALSO(value=value, place=_place(place), note=note(place) or "")


def _place(place: Place) -> Markdown:
    return code(f"{place.path}:{place.line}" if place.line else place.path)
