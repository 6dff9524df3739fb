"""`launch.json` as VS Code and its Go extension read it: configurations with their attributes, and compounds.

Attributes keep their nodes, so that a rule can point at them; nothing is checked here. The same object is also `launch`
in a `.code-workspace` and in settings, so `read` takes the node that contains it.
"""

from collections.abc import Iterator

from wslgo.syntax.family import LAUNCH
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.memo import of_last
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

# Blocks for one system: each attribute in it replaces the one outside as a whole. With Remote-WSL the program runs on
# Linux, so only that block acts (VS Code, debug/common/debugger.ts and extHostDebugService.ts, 2026-08).
SYSTEMS = ("linux", "osx", "windows")


class Variable(NamedTuple):
    """A member of `env`; `system` is the block that contains it, "" outside of any."""

    name: str
    name_span: Span
    value: Node
    system: str = ""


class Configuration:
    """An entry of `configurations`. Its answers are those on Linux."""

    def __init__(self, node: Node) -> None:
        self.node = node
        # The attributes by name as they were read, since each rule asks each entry for many.
        self._attributes = _members(node)
        read = self._attributes.get("linux")
        self._block = None if read is None else node.placed(read)
        self._of_block = {} if self._block is None else _members(self._block)

    def get(self, key: str) -> Node | None:
        """Return an attribute: that of the `linux` block, else that of the entry."""
        if self._block is not None and (node := self._of_block.get(key)) is not None:
            return self._block.placed(node)
        node = self._attributes.get(key)
        return None if node is None else self.node.placed(node)

    def text(self, key: str) -> str:
        """Return an attribute that is a string, or ""."""
        node = self._of_block.get(key) or self._attributes.get(key)
        return (node.string or "") if node else ""

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def type(self) -> str:
        return self.text("type")

    @property
    def request(self) -> str:
        return self.text("request")

    @property
    def mode(self) -> str:
        """The build mode; the Go extension replaces a missing one with `auto`."""
        return self.text("mode") or ("local" if self.request == "attach" else "auto")

    @property
    def program(self) -> Node | None:
        return self.get("program")

    @property
    def env(self) -> Node | None:
        return self.get("env")

    def args(self) -> tuple[str, ...]:
        """Return the arguments; the Go extension splits a string, unless it rejects it."""
        node = self.get("args")
        if node is None or node.string is None:
            return _strings(node)
        from wslgo.syntax.go.flag_words import extension_words  # most arguments are in a list

        words = extension_words(node.string)
        return _strings(node) if words is None else tuple(word.text for word in words)

    def env_files(self) -> tuple[Node, ...]:
        """Return the files in `envFile`, from a string or an array."""
        node = self.get("envFile")
        if node is None or node.kind == "null" or node.string == "":
            return ()
        return node.elements if node.kind == "array" else (node,)

    def variables(self) -> Iterator[Variable]:
        """Yield the variables of `env`, also those of blocks for other systems."""
        for system in ("", *SYSTEMS):
            block = self.node.get(system) if system else self.node
            env = block.get("env") if block else None
            for member in env.members if env else ():
                if member.value is not None:
                    yield Variable(member.key, member.key_span, member.value, system)

    def variable(self, name: str) -> Node | None:
        """Return the value of a variable in the `env` that applies."""
        return self.env.get(name) if self.env else None

    @property
    def has_flags(self) -> bool:
        """If the entry names flags of the build; most do not, and load none of the readers of flags."""
        return self.get("buildFlags") is not None or self.variable("GOFLAGS") is not None

    def build_flags(self) -> tuple[str, ...]:
        """Return the words of `buildFlags`, as Delve splits a string."""
        node = self.get("buildFlags")
        if node is None or node.string is None:
            return _strings(node)
        from wslgo.syntax.go.flag_words import delve_words  # most entries have no flags

        return tuple(word.text for word in delve_words(node.string))

    def build_tags(self) -> frozenset[str]:
        """Return the build tags of `buildFlags`, else those of GOFLAGS in `env`, which a flag replaces."""
        flags, variable = self.build_flags(), self.variable("GOFLAGS")
        if not flags and variable is None:
            return frozenset()
        from wslgo.syntax.go import goflags  # most entries have no flags
        from wslgo.syntax.go.command_line import tags_in

        return tags_in(flags) or goflags.tags((variable.string or "") if variable else "")


class Reference(NamedTuple):
    """A configuration that a compound starts; `folder` is its workspace folder if there are several."""

    name: str
    node: Node
    folder: str = ""


class Compound(NamedTuple):
    """An entry of `compounds`."""

    name: str
    node: Node
    configurations: tuple[Reference, ...]


class LaunchFile(NamedTuple):
    """The configurations and compounds of a launch object."""

    configurations: tuple[Configuration, ...] = ()
    compounds: tuple[Compound, ...] = ()


@of_last
def read(node: Node | None) -> LaunchFile:
    """Return the launch object; entries of another shape are left out."""
    return LaunchFile(
        tuple(Configuration(entry) for entry in _objects(node, "configurations")),
        tuple(_compound(entry) for entry in _objects(node, "compounds")),
    )


def holder(tree: Jsonc) -> Node | None:
    """Return the object with the configurations: `launch` of a workspace or settings file, or else the whole file."""
    inner = tree.at("launch")
    return inner if inner is not None and inner.kind == "object" else tree.root


def _members(node: Node) -> dict[str, Node]:
    """Return members by name; the last one of a name counts."""
    return {member.key: member.value for member in node.members_as_read if member.value is not None}


def _objects(node: Node | None, key: str) -> Iterator[Node]:
    array = node.get(key) if node else None
    return (entry for entry in (array.elements if array else ()) if entry.kind == "object")


def _compound(node: Node) -> Compound:
    name, entries = node.get("name"), node.get("configurations")
    references = (_reference(entry) for entry in (entries.elements if entries else ()))
    return Compound(
        (name.string or "") if name else "", node, tuple(reference for reference in references if reference is not None)
    )


def _reference(node: Node) -> Reference | None:
    if node.string is not None:
        return Reference(node.string, node)
    name, folder = node.get("name"), node.get("folder")
    if name is None or name.string is None:
        return None
    return Reference(name.string, node, (folder.string or "") if folder else "")


def _strings(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    values = (node.string,) if node.string is not None else (element.string for element in node.elements)
    return tuple(value for value in values if value is not None)


def configurations(file: File) -> Iterator[Configuration]:
    """Yield the launch configurations for Go in launch.json, or in a workspace or settings file."""
    tree = cast("Jsonc", file.tree)
    place = tree.root if file.family.name == LAUNCH else tree.at("launch")
    return (configuration for configuration in read(place).configurations if configuration.type == "go")
