"""The Go and the tools that asdf, mise and other tools install for a folder."""

from collections.abc import Iterator

from wslgo.ci.model import GO, VARIABLES, Kind, Place, Value
from wslgo.ci.shell_commands import tool_name
from wslgo.goenv.readers import assignments
from wslgo.linter.go_choice import pins
from wslgo.syntax import toml
from wslgo.syntax.family import MISE, TOOLVERSIONS
from wslgo.syntax.file import File
from wslgo.syntax.tool_versions import ToolVersions
from wslgo.text.typing import cast

# Tools of Go developers by their names in the registries of asdf and mise.
_TOOLS = frozenset(
    ("golangci-lint", "staticcheck", "gopls", "dlv", "delve", "govulncheck", "gofumpt", "goreleaser", "gotestsum")
) | frozenset(("mockery", "sqlc", "buf", "ko", "air", "ginkgo", "gosec", "golines", "wire", "protoc-gen-go", "task"))
_RENAMED = {"delve": "dlv"}


def places(file: File) -> Iterator[Place]:
    """Yield the place of a file of tools, if it has Go, a tool of Go or a Go variable."""
    values: dict[str, tuple[Value, ...]] = {}
    found = tuple(Value(pin.version or None, file.path, pin.span) for pin in pins(file))
    if found:
        values[GO] = found
    for name, value in _tools(file):
        values[_RENAMED.get(name, name)] = (value,)
    for each in assignments(file):
        if each.name in VARIABLES:
            written = "" if each.value is not None else file.source.text[slice(*each.value_span)]
            values[each.name] = (Value(each.value, file.path, each.value_span, written=written),)
    if values:
        yield Place(Kind.TOOLS, file.path, values=values)


def _tools(file: File) -> Iterator[tuple[str, Value]]:
    if file.family.name == TOOLVERSIONS:
        for tool in cast("ToolVersions", file.tree).tools:
            if tool.name.text in _TOOLS and tool.versions:
                first = tool.versions[0]
                yield tool.name.text, Value(first.text, file.path, first.span)
    if file.family.name == MISE:
        for value in toml.values(file.source.text):
            keys = [key for key in value.keys if not isinstance(key, int)]
            if keys[:1] != ["tools"] or keys[2:] not in ([], ["version"]):
                continue
            backend, _, package = keys[1].rpartition(":")
            name = tool_name(package) if backend else package
            if name in _TOOLS or backend == "go":
                yield name, Value(value.text, file.path, value.span)
