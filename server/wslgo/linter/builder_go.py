"""The Go that a job or a Dockerfile builds a module with."""

import re
from collections.abc import Iterator

from wslgo.linter.go_pin import Pin, Reader
from wslgo.syntax import yaml_scalars
from wslgo.syntax.file import File
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

Keys = tuple[Key, ...]

# Since version 6 the action sets GOTOOLCHAIN=local; a commit has its version in a comment.
_ACTION = pattern(r"actions/setup-go@(?:v(\d+)|[0-9a-f]{7,64}[\"']?[ \t]*#[ \t]*v?(\d+))")
_SETS_LOCAL = 6
_VERSION = pattern(r"1\.(?:0|[1-9]\d{0,3})(?:\.(?:0|[1-9]\d{0,3}))?")
_NUMBER = pattern(r"1\.[1-9]0")
_GO = pattern(r"\bgo[ \t]+(?:build|test|vet|run|generate|mod|list)\b")
_FROM = pattern(
    r"^[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?(?:docker\.io/(?:library/)?)?golang:(1\.[0-9.]+)(?=[-@\s])",
    re.IGNORECASE | re.MULTILINE,
)
_IMAGE = pattern(r"(?:docker\.io/(?:library/)?)?golang:(1\.[0-9.]+)(?=[-@]|\Z)")
_NEXT_STAGE = pattern(r"^[ \t]*FROM[ \t]", re.IGNORECASE | re.MULTILINE)
_COPY = pattern(r"^[ \t]*(?:COPY|ADD)[ \t]([^\n]*)", re.IGNORECASE | re.MULTILINE)
_SOURCES = pattern(r"(?<!\S)(?:\./?|(?:\./)?go\.(?:mod|\*))(?=[ \t])")


def of_workflow(file: File) -> Iterator[Pin]:
    """Yield the versions of `setup-go` in jobs that build the module of the repository itself."""
    text = file.source.text
    leaves = {leaf.keys: leaf for leaf in yaml_scalars.leaves(text)}
    for keys, leaf in leaves.items():
        if keys[2:] in (("container",), ("container", "image")) and "actions/setup-go@" not in text:
            yield from _image(leaf, text) if _builds(leaves, (*keys[:2], "steps")) else ()
        action = _ACTION.match(text, leaf.span.start + (text[leaf.span.start] in "\"'")) if keys[-1] == "uses" else None
        if action is None:
            continue
        pinned = leaves.get((*keys[:-1], "with", "go-version"))
        steps = keys[:-2]
        is_known = pinned is not None and _VERSION.fullmatch(pinned.value) and not is_shortened(pinned, text)
        if pinned is not None and is_known and _builds(leaves, steps):
            yield _pin(pinned, text, keeps_go=int(action[1] or action[2]) >= _SETS_LOCAL)


def is_shortened(leaf: Leaf, text: str) -> bool:
    """Return whether YAML reads a version as a number, and drops the zero at its end."""
    return bool(_NUMBER.fullmatch(leaf.value)) and text.startswith(leaf.value, leaf.span.start)


def of_gitlab(file: File) -> Iterator[Pin]:
    """Yield the tags of golang images of jobs that run go, and of the image for jobs without one."""
    text = file.source.text
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
        yield Pin(found[1], span, span, Reader.JOB_IMAGE, keeps_go=True)


def _pin(leaf: Leaf, text: str, *, keeps_go: bool) -> Pin:
    start = leaf.span.start
    quote = text[start] in "\"'"
    inner = Span(start + quote, start + quote + len(leaf.value))
    return Pin(leaf.value, Span(start, inner.end + quote), inner, Reader.SETUP_GO, keeps_go)


def _builds(leaves: dict[Keys, Leaf], steps: Keys) -> bool:
    """Return whether a step of a job runs go in its own repository."""
    of_job = [(keys[len(steps) :], leaf) for keys, leaf in leaves.items() if keys[: len(steps)] == steps]
    is_other = any(keys[-1] in ("repository", "working-directory") for keys, _ in of_job)
    return not is_other and any(keys[-1] == "run" and _GO.search(leaf.value) for keys, leaf in of_job)


def of_dockerfile(file: File) -> Iterator[Pin]:
    """Yield the tags of golang images whose stage copies the module and runs go."""
    text = file.source.text
    for image in _FROM.finditer(text):
        following = _NEXT_STAGE.search(text, image.end())
        stage = text[image.end() : following.start() if following else len(text)]
        copies = (copy[1] for copy in _COPY.finditer(stage) if "--from=" not in copy[1])
        if _VERSION.fullmatch(image[1]) and _GO.search(stage) and any(map(_SOURCES.search, copies)):
            yield Pin(image[1], Span(*image.span(1)), Span(*image.span(1)), Reader.STAGE_IMAGE, keeps_go=True)
