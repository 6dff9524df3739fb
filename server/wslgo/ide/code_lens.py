"""Code lenses above a launch configuration for Go: "Debug", "Explain", and "Inspect" for one of a compiled program."""

from collections.abc import Iterator
from itertools import count

from wslgo.syntax.family import LAUNCH, SETTINGS, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message, Text
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

DEBUG_COMMAND = "wslgo.debugConfiguration"
EXPLAIN_COMMAND = "wslgo.explainConfiguration"
INSPECT_COMMAND = "wslgo.inspectConfiguration"

_DEBUG = Message(en="Debug", zh="调试")
_EXPLAIN = Message(en="Explain", zh="解释")
_INSPECT = Message(en="Inspect", zh="检查程序")


class Lens(NamedTuple):
    """A title above a span, with the command of a click.

    The argument of "Debug" is the name of the entry, by which VS Code starts it; the argument of the others is
    its index among the Go entries of the file, for `launch_entry_page`.
    """

    span: Span
    title: Text
    command: str
    arguments: tuple[str | int, ...]


def code_lenses(file: File) -> tuple[Lens, ...]:
    """Return the lenses of a file with launch configurations, in the order of the text."""
    if file.family.name not in (LAUNCH, SETTINGS, WORKSPACE):
        return ()
    return tuple(_lenses_of(file))


def _lenses_of(file: File) -> Iterator[Lens]:
    numbers = count()
    names: set[str] = set()
    for configuration in launch.read(_holder(file)).configurations:
        if configuration.type == "go":
            span = _place(configuration)
            # VS Code finds only the first entry by its name; its name for a second one depends on the version.
            if configuration.name and configuration.name not in names:
                yield Lens(span, _DEBUG(), DEBUG_COMMAND, (configuration.name,))
            number = next(numbers)
            yield Lens(span, _EXPLAIN(), EXPLAIN_COMMAND, (number,))
            if configuration.mode == "exec" and configuration.text("program"):
                yield Lens(span, _INSPECT(), INSPECT_COMMAND, (number,))
        names.add(configuration.name)


def _holder(file: File) -> Node | None:
    """Return the launch object of a file."""
    tree = cast("Jsonc", file.tree)
    return tree.root if file.family.name == LAUNCH else tree.at("launch")


def _place(configuration: Configuration) -> Span:
    """Return the span of the entry's name, else of its brace."""
    name = configuration.node.get("name")
    start = configuration.node.span.start
    return name.span if name is not None else Span(start, start + 1)
