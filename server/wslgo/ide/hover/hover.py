"""What an editor asks about a place of a file, whatever its family."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from wslgo.ide.completion.wsl_key import Item
from wslgo.ide.completion.wsl_key import complete as complete_key
from wslgo.ide.hover import wsl_key as keys
from wslgo.ide.hover.in_effect import told
from wslgo.ide.hover.wsl_key import Hover
from wslgo.linter.finding import Reported
from wslgo.linter.rules import find
from wslgo.linter.scene import Scene
from wslgo.syntax.family import LAUNCH, SETTERS, SETTINGS, WORKSPACE
from wslgo.syntax.file import comments
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

if TYPE_CHECKING:
    from wslgo.ide.hover.go_variable import Place

_IGNORE = pattern(r"wslgo:\s*ignore(?:-file)?\[([^\[\]\r\n]*)\]")
_RULE = pattern(r"(?<![a-z])[a-z]+/[a-z0-9-]+")


class Link(NamedTuple):
    """The id of a rule that stands somewhere, in a comment that silences it."""

    span: Span
    rule: str


def hover(scene: Scene, offset: int, found: Iterable[Reported] = ()) -> Hover | None:
    """What is to say about an offset: what stands there, what is in force, and what was found."""
    about = keys.hover(scene.file, offset, found)
    if scene.file.family.name in SETTERS:
        return _joined(_joined(_variables().hover(scene, offset), _configurations(scene, offset)), about)
    words = _in_force(scene, offset)
    return Hover(about.span, (*about.paragraphs, words)) if about is not None and words else about


def complete(scene: Scene, offset: int) -> tuple[Item, ...]:
    """The proposals at an offset."""
    is_setter = scene.file.family.name in SETTERS
    found: tuple[Item, ...] = _variables().complete(scene, offset) if is_setter else complete_key(scene.file, offset)
    return found


def definition(scene: Scene, offset: int) -> "Place | None":
    """Where the Go variable at an offset gets the value that is in force."""
    found: Place | None = _variables().definition(scene, offset) if scene.file.family.name in SETTERS else None
    return found


def links(scene: Scene) -> Iterator[Link]:
    """The rules that comments name."""
    text = scene.file.source.text
    if "wslgo:" not in text:
        return
    for comment in comments(scene.file):
        for list_ in _IGNORE.finditer(text, comment.start, comment.end):
            for name in _RULE.finditer(text, list_.start(1), list_.end(1)):
                if find(name[0]) is not None:
                    yield Link(Span(*name.span()), name[0])


def _in_force(scene: Scene, offset: int) -> tuple[Any, ...]:
    tree = scene.file.tree
    for setting in tree.settings if isinstance(tree, IniFile) else ():
        if any(span.touches(offset) for span in (setting.key_span, setting.value_span)):
            words = told(setting, scene)
            return (words,) if words is not None else ()
    return ()


def _configurations(scene: Scene, offset: int) -> Hover | None:
    """What the debugger makes of an attribute or a variable of a launch configuration."""
    if scene.file.family.name not in (LAUNCH, SETTINGS, WORKSPACE):
        return None
    found: Hover | None = import_module("wslgo.ide.hover.launch").hover(scene.file, offset)
    return found


def _joined(first: Hover | None, second: Hover | None) -> Hover | None:
    if first is None or second is None:
        return first or second
    return Hover(first.span, first.paragraphs + second.paragraphs)


def _variables() -> Any:
    return import_module("wslgo.ide.hover.go_variable")  # with the parsers of shells and JSON, which no WSL file needs
