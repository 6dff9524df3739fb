"""The Go that a job or a Dockerfile builds a module with, where neither downloads another one."""

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from wslgo.knowledge.version import ABSENT, GoVersion, go_version
from wslgo.linter.scene import Scene
from wslgo.syntax import yaml_scalars
from wslgo.syntax.family import GOMOD
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

Keys = tuple[Key, ...]

# Since version 6 the action sets GOTOOLCHAIN=local; a commit has its version in a comment.
_ACTION = pattern(r"actions/setup-go@(?:v(\d+)|[0-9a-f]{7,64}[\"']?[ \t]*#[ \t]*v?(\d+))")
_SETS_LOCAL = 6
_VERSION = pattern(r"1\.(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3}))?")
_GO = pattern(r"\bgo[ \t]+(?:build|test|vet|run|generate|mod|list)\b")
_FROM = pattern(
    r"^[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?(?:docker\.io/(?:library/)?)?golang:(1\.[0-9.]+)(?=[-@\s])",
    re.IGNORECASE | re.MULTILINE,
)
_IMAGE = pattern(r"(?:docker\.io/(?:library/)?)?golang:(1\.[0-9.]+)(?=[-@]|\Z)")
_NEXT_STAGE = pattern(r"^[ \t]*FROM[ \t]", re.IGNORECASE | re.MULTILINE)
_COPY = pattern(r"^[ \t]*(?:COPY|ADD)[ \t]([^\n]*)", re.IGNORECASE | re.MULTILINE)
_SOURCES = pattern(r"(?<!\S)(?:\./?|(?:\./)?go\.(?:mod|\*))(?=[ \t])")
_FIRST_WITH_TOOLCHAINS = GoVersion(1, 21)


class Pin(NamedTuple):
    """A version of Go that a file asks for, with its span in quotes, and without them."""

    version: str
    span: Span
    inner: Span
    is_image: bool = True


def older_than(pin: Pin, needed: GoVersion) -> bool:
    """Return whether every Go that a version stands for is older: 1.25 is the newest release of that series."""
    version = go_version(pin.version)
    if version is None:
        return False
    is_series = pin.version.count(".") == 1
    return version[:2] < needed[:2] if is_series else version < needed


def needed_version(scene: Scene) -> tuple[File, str, GoVersion] | None:
    """Return the only module beside a file with its go line, if that makes an older Go fail."""
    modules = [file for file in scene.others if file.family.name == GOMOD]
    tree = cast("GoMod", modules[0].tree) if len(modules) == 1 else None
    written = tree.go.version if tree is not None and tree.go else ""
    version = go_version(written)
    if version is None or version < _FIRST_WITH_TOOLCHAINS or (version.kind and version.patch == ABSENT):
        return None
    return modules[0], written, version


def of_workflow(text: str) -> Iterator[Pin]:
    """Yield the versions of `setup-go` in jobs that build the module of the repository itself."""
    leaves = {leaf.keys: leaf for leaf in yaml_scalars.leaves(text)}
    for keys, leaf in leaves.items():
        if keys[2:] in (("container",), ("container", "image")) and "actions/setup-go@" not in text:
            yield from _image(leaf, text) if _builds(leaves, (*keys[:2], "steps")) else ()
        action = _ACTION.match(text, leaf.span.start + (text[leaf.span.start] in "\"'")) if keys[-1] == "uses" else None
        if action is None or int(action[1] or action[2]) < _SETS_LOCAL:
            continue
        pinned = leaves.get((*keys[:-1], "with", "go-version"))
        steps = keys[:-2]
        if pinned is not None and _VERSION.fullmatch(pinned.value) and _builds(leaves, steps):
            yield _pin(pinned, text)


def of_gitlab(text: str) -> Iterator[Pin]:
    """Yield the tags of golang images of jobs that run go, and of the image for jobs without one."""
    leaves = {leaf.keys: leaf for leaf in yaml_scalars.leaves(text)}
    images = {_job_of(keys): leaf for keys, leaf in leaves.items() if "image" in keys[-2:] and _is_image(keys)}
    jobs = {keys[0] for keys, leaf in leaves.items() if len(keys) > 1 and _is_script(keys) and _GO.search(leaf.value)}
    for job, leaf in images.items():
        if job in jobs or (job == "default" and jobs - images.keys()):
            yield from _image(leaf, text)


def _is_image(keys: Keys) -> bool:
    return keys[-1] == "image" or keys[-2:] == ("image", "name")


def _is_script(keys: Keys) -> bool:
    return keys[-1] == "script" or keys[-2] == "script"


def _job_of(keys: Keys) -> Key:
    """Return the job of an image; one at the top is the default of all."""
    return "default" if keys[0] == "image" else keys[0]


def _image(leaf: Leaf, text: str) -> Iterator[Pin]:
    found = _IMAGE.match(leaf.value)
    at = text.find(leaf.value, *leaf.span)
    if found is not None and _VERSION.fullmatch(found[1]) and at >= 0:
        span = Span(at + found.start(1), at + found.end(1))
        yield Pin(found[1], span, span)


def _pin(leaf: Leaf, text: str) -> Pin:
    start = leaf.span.start
    quote = text[start] in "\"'"
    inner = Span(start + quote, start + quote + len(leaf.value))
    return Pin(leaf.value, Span(start, inner.end + quote), inner, is_image=False)


def _builds(leaves: dict[Keys, Leaf], steps: Keys) -> bool:
    """Return whether a step of a job runs go in its own repository."""
    of_job = [(keys[len(steps) :], leaf) for keys, leaf in leaves.items() if keys[: len(steps)] == steps]
    is_other = any(keys[-1] in ("repository", "working-directory") for keys, _ in of_job)
    return not is_other and any(keys[-1] == "run" and _GO.search(leaf.value) for keys, leaf in of_job)


def of_dockerfile(text: str) -> Iterator[Pin]:
    """Yield the tags of golang images whose stage copies the module and runs go."""
    for image in _FROM.finditer(text):
        following = _NEXT_STAGE.search(text, image.end())
        stage = text[image.end() : following.start() if following else len(text)]
        copies = (copy[1] for copy in _COPY.finditer(stage) if "--from=" not in copy[1])
        if _VERSION.fullmatch(image[1]) and _GO.search(stage) and any(map(_SOURCES.search, copies)):
            yield Pin(image[1], Span(*image.span(1)), Span(*image.span(1)))
