"""Hovers about Go variables, in every file that sets them."""

from collections.abc import Iterator

from wslgo.goenv.assignment import NARROW, Assignment, Scope
from wslgo.goenv.precedence import assignment_in_effect
from wslgo.goenv.readers import effective_assignments
from wslgo.ide.definition import assignments_of_scene
from wslgo.ide.hover.goproxy import goproxy_steps
from wslgo.ide.hover.text import Hover
from wslgo.knowledge.go_variables import BY_NAME, GoVariable
from wslgo.linter.scene import Scene
from wslgo.machine.host import Variable
from wslgo.syntax.go import goproxy
from wslgo.text.markdown import code, codes
from wslgo.text.message import Message, Text

HEADLINE = Message(en="**{name}**: {about}", zh="**{name}**：{about}")
DEFAULT = Message(en="- Default: {default}", zh="- 默认值：{default}")
VALUES = Message(en="- Accepts {values}", zh="- 可取：{values}")
IN_EFFECT = Message(en="In effect is {value}, set in {place}", zh="当前生效的是 {value}，设置于 {place}")
FROM_ENVIRONMENT = Message(en="In effect is {value}, from the environment", zh="当前生效的是 {value}，来自环境变量")


def hover(scene: Scene, offset: int) -> Hover | None:
    """Return the hover about the name or the value of a Go variable at an offset."""
    for assignment in effective_assignments(scene.file, scene.others):
        known = BY_NAME.get(assignment.name)
        if known is None:
            continue
        if assignment.name_span.touches(offset):
            return Hover(assignment.name_span, (*about(known), *_value_in_effect(scene, assignment)))
        if assignment.value_span.touches(offset):
            return Hover(assignment.value_span, (*_value(assignment), *about(known)))
    return None


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
    """Yield the value in effect, if another place sets it."""
    if assignment.scope in NARROW:
        return
    found = assignment_in_effect(assignment.name, assignments_of_scene(scene), scene.host)
    if isinstance(found, Assignment) and found != assignment:
        yield (IN_EFFECT(value=code(found.value or found.head), place=code(found.path)),)
    elif isinstance(found, Variable) and found.value != assignment.value:
        is_file = "/" in found.origin
        place = {"place": code(found.origin)} if is_file else {}
        yield ((IN_EFFECT if is_file else FROM_ENVIRONMENT)(value=code(found.value), **place),)
