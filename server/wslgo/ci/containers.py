"""A dev container as a place that builds Go."""

from collections.abc import Iterator

from wslgo.ci.matrix import Item
from wslgo.ci.model import GO, VARIABLES, Kind, Place, Value, unset
from wslgo.ci.script_values import tool_values
from wslgo.goenv.levels import Level, settings
from wslgo.linter.go_choice import pins
from wslgo.linter.go_pin import Reader
from wslgo.linter.tool_go import feature_version
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.span import Span
from wslgo.text.typing import cast

_COMMANDS = ("onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand")


def places(file: File) -> Iterator[Place]:
    """Yield the container of a devcontainer.json; its Dockerfile is a place of its own."""
    tree = cast("Jsonc", file.tree)
    found: dict[Level, dict[str, Value]] = {}
    for each in settings(file):
        value = _value(file, each.assignment.value, each.assignment.value_span)
        found.setdefault(each.level, {})[each.assignment.name] = value
    values: dict[str, tuple[Value, ...]] = {GO: (_go(file, tree),)}
    for name in VARIABLES:
        own = found.get(Level.EDITOR, {}).get(name) or found.get(Level.CONTAINER, {}).get(name)
        values[name] = (own or unset(name),)
    if values["GOTOOLCHAIN"][0].is_default and any(pin.keeps_go for pin in pins(file)):
        values["GOTOOLCHAIN"] = (Value("local", file.path, is_default=True),)
    values |= tool_values(_scripts(tree), lambda text: (Item(text),), file.path)
    is_of_go = any(pins(file)) or feature_version(tree) is not None
    if is_of_go or any(not each.is_default for name in VARIABLES for each in values[name]):
        yield Place(Kind.CONTAINER, file.path, values=values)


def _value(file: File, text: str | None, span: Span) -> Value:
    return Value(text, file.path, span, written="" if text is not None else file.source.text[slice(*span)])


def _go(file: File, tree: Jsonc) -> Value:
    for pin in pins(file):
        if pin.reader in (Reader.FEATURE, Reader.CONTAINER_IMAGE):
            return Value(pin.version or None, file.path, pin.span)
    for keys in (("build", "dockerfile"), ("dockerFile",), ("dockerComposeFile",), ("image",)):
        node = tree.at(*keys)
        if node is not None:
            return Value(None, file.path, node.span, written=node.string or "")
    return Value(None, file.path)


def _scripts(tree: Jsonc) -> Iterator[tuple[str, Span | None]]:
    for key in _COMMANDS:
        node = tree.at(key)
        if node is not None:
            yield from ((text, node.span) for text in _texts(node))


def _texts(node: Node) -> Iterator[str]:
    """Yield the commands of a string, of a list of words, or of an object of either."""
    if node.string is not None:
        yield node.string
    elif node.kind == "array":
        yield " ".join(element.string or "" for element in node.elements)
    elif node.kind == "object":
        yield from (text for _, inner in node.items() if inner.kind != "object" for text in _texts(inner))
