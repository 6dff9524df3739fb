"""The go and toolchain lines of `go.mod` and `go.work`, and the tools that a module pins."""

from collections.abc import Iterator

from wslgo.ci.model import GO, Kind, Place, Value
from wslgo.ci.shell_commands import tool_name
from wslgo.syntax.family import GOWORK
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import Go, GoMod, GoWork, Requirement, Toolchain
from wslgo.text.typing import cast


def places(file: File) -> Iterator[Place]:
    """Yield the place of a go.mod or go.work."""
    if file.family.name == GOWORK:
        work = cast("GoWork", file.tree)
        yield Place(Kind.WORKSPACE, file.path, values={GO: _lines(file, work.go, work.toolchain)})
        return
    tree = cast("GoMod", file.tree)
    values = {GO: _lines(file, tree.go, tree.toolchain)}
    for tool in tree.tool:
        required = _requirement(tool.path, tree.require)
        if required is not None:
            version = required.target
            values[tool_name(tool.path)] = (Value(version.version, file.path, version.version_span),)
    yield Place(Kind.MODULE, file.path, values={name: found for name, found in values.items() if found})


def _lines(file: File, go: Go | None, toolchain: Toolchain | None) -> tuple[Value, ...]:
    if go is None:
        return ()
    span = go.line.arguments[0].span if go.line.arguments else None
    suggested = toolchain.name.removeprefix("go") if toolchain is not None and toolchain.name != "default" else ""
    return (Value(go.version, file.path, span, is_minimum=True, then=suggested),)


def _requirement(package: str, required: tuple[Requirement, ...]) -> Requirement | None:
    """Return the requirement of the module that has a package: the one with the longest path."""
    around = [each for each in required if f"{package}/".startswith(f"{each.target.path}/")]
    return max(around, key=lambda each: len(each.target.path), default=None)
