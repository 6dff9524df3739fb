"""The versions of Go and of tools that a file asks for, for rules about the oldest one that a policy allows."""

import re
from collections.abc import Iterator

from wslgo.knowledge.tool_packages import PACKAGES
from wslgo.knowledge.version import GoVersion, go_version
from wslgo.linter.go_choice import pins
from wslgo.linter.image_places import images
from wslgo.linter.policy import Policy, Requirement
from wslgo.linter.policy_values import oldest_go, tool_version
from wslgo.linter.workflow_go import values_of
from wslgo.syntax import toml, workflow
from wslgo.syntax.family import MISE, TOOLVERSIONS, WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.tool_versions import ToolVersions
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

_SETUP_GO = pattern(r"actions/setup-go@", re.IGNORECASE)  # names of GitHub have no case
_VERSION = pattern(r"1\.\d{1,4}(?:\.\d{1,4}|(?:rc|beta)\d{1,4})?")
_SERIES = pattern(r"(1\.\d{1,4})(?:\.(?:x|\*))?")
_IMAGE = pattern(r"(?:^|/)golang:(1\.\d{1,4}(?:\.\d{1,4}|(?:rc|beta)\d{1,4})?)(?=[-@]|$)")
_PACKAGE = pattern(r"(?<![\w./-])([\w./-]+)@(v\d[\w.+-]*)")
_INSTALLS = pattern(r"\bgo[ \t]+(?:install|get|run)[ \t]")
_LONGEST = 500  # characters of a command before a package
_NAMES = {"delve": "dlv", "dlv": "dlv", "gopls": "gopls", "golangci-lint": "golangci-lint", "air": "air"}


class AskedVersion(NamedTuple):
    """A version that a file asks for, as it is written, and its place."""

    text: str
    span: Span
    tool: str = "go"


def is_older(text: str, oldest: GoVersion) -> bool:
    """Return whether every Go that a version stands for is older; `1.26` is the newest release of its series."""
    series = _SERIES.fullmatch(text)
    if series is not None:
        version = go_version(series[1])
        return version is not None and version[:2] < oldest[:2]
    version = go_version(text) if _VERSION.fullmatch(text) else None
    return version is not None and version < oldest


def older_go(text: str, policy: Policy) -> tuple[Requirement, ...]:
    """Return the requirements that forbid a version of Go."""
    found = ((wanted, oldest_go(wanted.values[0])) for wanted in policy.of("versions", "go") if wanted.values)
    return tuple(wanted for wanted, oldest in found if oldest is not None and is_older(text, oldest))


def older_tool(tool: str, text: str, policy: Policy) -> tuple[Requirement, ...]:
    """Return the requirements that forbid a version of a tool."""
    version = tool_version(text)
    found = ((wanted, tool_version(wanted.values[0])) for wanted in policy.of("versions", tool) if wanted.values)
    return tuple(wanted for wanted, oldest in found if version is not None and oldest is not None and version < oldest)


def asked_go(file: File) -> Iterator[AskedVersion]:
    """Yield the versions of Go that a file for builders and tools asks for, each once."""
    found = {place.inner: AskedVersion(place.version, place.inner) for place in pins(file) if place.version}
    for image in images(file):
        match = _IMAGE.search(image.text)
        at = file.source.text.find(match[1], *image.span) if match is not None else -1
        if match is not None and at >= 0:
            span = Span(at, at + len(match[1]))
            found.setdefault(span, AskedVersion(match[1], span))
    if file.family.name == WORKFLOW:
        for asked in _of_setup_go(file):
            found.setdefault(asked.span, asked)
    yield from (found[span] for span in sorted(found))


def _of_setup_go(file: File) -> Iterator[AskedVersion]:
    """Yield the versions of `setup-go`, also those of a matrix; a range may mean a newer one."""
    text = file.source.text
    for job in workflow.jobs(file) if _SETUP_GO.search(text) else ():
        for step in job.steps:
            asked = step.input("go-version")
            if asked is not None and _SETUP_GO.match(step.uses):
                yield from (_of_leaf(value.leaf, text) for value in values_of(job, asked))


def _of_leaf(leaf: Leaf, text: str) -> AskedVersion:
    at = text.find(leaf.value, *leaf.span)
    return AskedVersion(leaf.value, Span(at, at + len(leaf.value)) if at >= 0 else leaf.span)


def asked_tools(file: File) -> Iterator[AskedVersion]:
    """Yield the versions of tools that a file asks for: in a list of tools, and in `go install PACKAGE@VERSION`."""
    text = file.source.text
    if file.family.name == TOOLVERSIONS:
        for tool in cast("ToolVersions", file.tree).tools:
            if tool.name.text in _NAMES:
                yield from (AskedVersion(word.text, word.span, _NAMES[tool.name.text]) for word in tool.versions)
    if file.family.name == MISE and file.source.encoding == UTF8:
        for value in toml.values(text):
            name = _tool_of(str(value.keys[1])) if len(value.keys) > 1 and value.keys[0] == "tools" else None
            if name is not None and value.text is not None and value.keys[2:] in ((), ("version",)):
                yield AskedVersion(value.text, value.inner, name)
    for match in _PACKAGE.finditer(text) if "@v" in text else ():
        name = _tool_of(match[1])
        if name is None:
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        before = text[max(line, match.start() - _LONGEST) : match.start()]
        command = before[max(map(before.rfind, ";&|")) + 1 :]
        if _INSTALLS.search(command) and not text[line : line + _LONGEST].lstrip().startswith(("#", "//")):
            yield AskedVersion(match[2], Span(*match.span(2)), name)


def _tool_of(text: str) -> str | None:
    """Return the tool that a name or a package is."""
    path = text.removeprefix("go:")
    return _NAMES.get(path) or next((tool for tool, packages in PACKAGES.items() if path in packages), None)
