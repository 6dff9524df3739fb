"""The Go that asdf, mise, goenv or a dev container installs for a folder.

Sources: goenv 2.2 and actions/setup-go 6.5 (the whole text of a `.go-version` is a version), asdf 0.18
(internal/toolversions) and asdf-golang, mise 2026.9 (src/config/config_file and src/plugins/core/go.rs),
devcontainers/features 1.3.4 (src/go) and devcontainers/images 2.1 (src/go), whose images are made of golang's. None of
them sets GOTOOLCHAIN, but golang's images and setup-go do.
"""

from collections.abc import Iterator

from wslgo.linter.go_pin import Pin, Reader
from wslgo.syntax import toml
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.shell.script import Shell
from wslgo.syntax.toml import Keys, Kind, Value
from wslgo.syntax.tool_versions import ToolVersions
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8
from wslgo.text.span import Span
from wslgo.text.typing import cast

_NAMES = ("go", "golang")
_TOOLS = (*_NAMES, "core:go")  # of mise
_PREFIX = "prefix:"
# The ids of the feature: today's, that of the first features, and the short one, which is the same to Dev Containers.
_FEATURE = pattern(r"(?:ghcr\.io/)?(?:devcontainers/features/)?go(?:[:@][^/]*)?")
_IMAGE = pattern(
    r"(?:docker\.io/(?:library/)?)?golang(?=[:@]|\Z)|(mcr\.microsoft\.com/(?:vscode/)?devcontainers/go)(?=[:@]|\Z)"
)
_TAG = pattern(r":(1\.\d+(?:\.\d+)?)(?=[-@]|\Z)")
# The version of the image may be in front; the first image for dev containers had Go 1.16.
_TAG_OF_CONTAINERS = pattern(r":(?:(?:dev|\d+(?:\.\d+)*)-)?(1\.[1-9]\d)(?=[-@]|\Z)")
_NONE = "none"


def of_tool_versions(file: File) -> Iterator[Pin]:
    """Yield the only version on the only line for Go; of several, the first that is installed counts."""
    lines = [tool for tool in cast("ToolVersions", file.tree).tools if tool.name.text in _NAMES]
    if len(lines) == 1 and len(lines[0].versions) == 1:
        version = lines[0].versions[0]
        yield Pin(version.text, version.span, version.span, Reader.ASDF_OR_MISE)


def of_go_version(file: File) -> Iterator[Pin]:
    """Yield the only version in a `.go-version`, which goenv and setup-go read."""
    text = file.source.text if file.source.encoding == UTF8 else ""
    version = text.strip()
    start = len(text) - len(text.lstrip())
    if version and len(version.split()) == 1:
        span = Span(start, start + len(version))
        yield Pin(version, span, span, Reader.GOENV)


def of_mise(file: File) -> Iterator[Pin]:
    """Yield the version of Go in `[tools]`; it may be `prefix:1.22`, the newest release of a series."""
    value = mise_value(file)
    if value is None or value.text is None or value.kind not in (Kind.BASIC, Kind.LITERAL):
        return
    of_env = [found for found in cast("Shell", file.tree).assignments if found.name == "GOTOOLCHAIN"]
    keeps_go = bool(of_env) and of_env[-1].word.value == "local"
    start = len(_PREFIX) if value.text.startswith(_PREFIX) else 0
    inner = Span(value.inner.start + start, value.inner.end)
    yield Pin(value.text[start:], value.span, inner, Reader.MISE, keeps_go)


def mise_value(file: File) -> Value | None:
    """Return the value that names the version of Go in a `mise.toml`; None if there is none, or if there are several.

    A Go that is only for some systems has none either.
    """
    text = file.source.text if file.source.encoding == UTF8 else ""
    found = [value for value in toml.values(text) if len(value.keys) > 1 and _is_of_go(value.keys)]
    if any("os" in value.keys[2:] for value in found):
        return None
    versions = [value for value in found if _is_version(value)]
    return versions[0] if len(versions) == 1 else None


def _is_of_go(keys: Keys) -> bool:
    return keys[0] == "tools" and keys[1] in _TOOLS


def _is_version(value: Value) -> bool:
    """Return whether the keys lead to a version: `go`, the only one of a list, or `version` of a table."""
    rest = [key for key in value.keys[2:] if not isinstance(key, int)]
    return rest in ([], ["version"], ["prefix"], ["ref"], ["path"])


def of_devcontainer(file: File) -> Iterator[Pin]:
    """Yield the version of the feature for Go, else that of an image with Go."""
    tree = cast("Jsonc", file.tree)
    node = tree.at("image")
    name = node.string if node is not None and node.string else ""
    image = _IMAGE.match(name)
    version = feature_version(tree)
    if version is not None and version.string is not None and version.string != _NONE:
        yield _pin(version, version.string, Reader.FEATURE, file.source.text, keeps_go=image is not None)
        return
    tag = (_TAG_OF_CONTAINERS if image[1] else _TAG).match(name, image.end()) if image else None
    if node is not None and tag is not None and (version is None or version.string == _NONE):
        span = Span(node.span.start + 1 + tag.start(1), node.span.start + 1 + tag.end(1))
        if file.source.text[slice(*span)] == tag[1]:
            own = Span(node.span.start + 1 + tag.start() + 1, span.end) if image and image[1] else None
            yield Pin(tag[1], span, span, Reader.CONTAINER_IMAGE, keeps_go=True, tag_span=own)


def feature_version(tree: Jsonc) -> Node | None:
    """Return the version of the feature for Go: its option, or the value of the feature itself."""
    features = tree.at("features")
    found = [node for key, node in (features.items() if features else ()) if _FEATURE.fullmatch(key)]
    if len(found) != 1:
        return None
    return found[0].get("version") if found[0].kind == "object" else found[0]


def _pin(node: Node, version: str, reader: Reader, text: str, *, keeps_go: bool) -> Pin:
    inner = Span(node.span.start + 1, node.span.end - 1)
    return Pin(version if text[slice(*inner)] == version else "", node.span, inner, reader, keeps_go)
