"""The images of containers that a file pulls: Dockerfiles, Compose files, dev containers, workflows and GitLab's CI."""

from collections.abc import Callable, Iterator, Mapping

from wslgo.syntax import yaml_scalars
from wslgo.syntax.dockerfile import Instruction, add_variables, expansion, instructions
from wslgo.syntax.family import COMPOSE, DEVCONTAINER, DOCKERFILE, GITLAB, WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

_SYNTAX = pattern(r"\s*#[ \t]*syntax[ \t]*=[ \t]*(\S+)")
_FROM_FLAG = pattern(r"(?:--from=|(?<=,)from=|(?<=mount=)from=)([^\s,]+)")
_NUMBER = pattern(r"\d+")
_DOCKER = "docker://"
_NOTHING = "scratch"
_LONGEST = 500  # characters of a name
_NONE: Mapping[str, str] = {}
_FEATURE = pattern(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?/\S+")


class ImagePlace(NamedTuple):
    """An image as a file names it; `is_cut`: the rest of the name is known only to a running program."""

    text: str
    span: Span
    is_cut: bool = False


def images(file: File) -> tuple[ImagePlace, ...]:
    """Return the images that a file pulls, in the order of the text."""
    return file.ask(_images)


def _images(file: File) -> tuple[ImagePlace, ...]:
    reader = _READERS.get(file.family.name)
    if reader is None or file.is_too_large or file.source.encoding != UTF8:
        return ()
    found = {place.span: place for place in reader(file) if place.text and place.text != _NOTHING}
    return tuple(found[span] for span in sorted(found))


def _known(text: str, span: Span, known: Mapping[str, str] = _NONE) -> ImagePlace:
    """Return an image whose variables are filled in, as far as the text tells them."""
    whole = expansion(text, known) if "${{" not in text else None
    if whole is not None and "$" not in whole:
        return ImagePlace(whole, span)
    return ImagePlace(text.partition("$")[0], span, is_cut=True)


# Dockerfiles


def _of_dockerfile(file: File) -> Iterator[ImagePlace]:
    text = file.source.text
    syntax = _SYNTAX.match(text)
    if syntax is not None:
        yield ImagePlace(syntax[1], Span(*syntax.span(1)))
    above: dict[str, str] = {}
    stages: set[str] = set()
    for instruction in instructions(text):
        if instruction.name == "FROM":
            yield from _of_from(instruction, text, above, stages)
        elif instruction.name in ("COPY", "ADD", "RUN"):
            yield from _of_flags(instruction, text, stages)
        elif not stages:
            add_variables(instruction, above)


def _of_from(instruction: Instruction, text: str, above: Mapping[str, str], stages: set[str]) -> Iterator[ImagePlace]:
    words = instruction.words
    at = text.find(words[0], *instruction.span) if words else -1
    if at >= 0 and words[0].lower() not in stages:
        yield _known(words[0], Span(at, at + len(words[0])), above)
    stages.add(words[2].lower() if len(words) > 2 and words[1].upper() == "AS" else "")


def _of_flags(instruction: Instruction, text: str, stages: set[str]) -> Iterator[ImagePlace]:
    """Yield the images that files are copied or mounted from, unless that is a stage."""
    for flag in instruction.flags:
        named = _FROM_FLAG.search(flag)
        if named is None or named[1].lower() in stages or _NUMBER.fullmatch(named[1]):
            continue
        at = text.find(named[1], *instruction.span)
        if at >= 0:
            yield _known(named[1], Span(at, at + len(named[1])))


# YAML


def _of_compose(file: File) -> Iterator[ImagePlace]:
    leaves = tuple(yaml_scalars.leaves(file.source.text))
    built = {leaf.keys[1] for leaf in leaves if leaf.keys[:1] == ("services",) and leaf.keys[2:3] == ("build",)}
    for leaf in leaves:
        is_image = len(leaf.keys) == 3 and leaf.keys[0] == "services" and leaf.keys[2] == "image"
        if is_image and leaf.keys[1] not in built:  # which is the name of what is built
            yield _of_leaf(leaf, file.source.text)


def _of_workflow(file: File) -> Iterator[ImagePlace]:
    text = file.source.text
    for leaf in yaml_scalars.leaves(text):
        keys = leaf.keys
        is_of_job = keys[:1] == ("jobs",) and (
            keys[2:] in (("container",), ("container", "image")) or (keys[2:3] == ("services",) and keys[-1] == "image")
        )
        if is_of_job:
            yield _of_leaf(leaf, text)
        elif keys[-1] in ("uses", "image") and leaf.value.startswith(_DOCKER):
            place = _of_leaf(leaf, text)
            yield place._replace(text=place.text.removeprefix(_DOCKER))


def _of_gitlab(file: File) -> Iterator[ImagePlace]:
    text = file.source.text
    for leaf in yaml_scalars.leaves(text):
        keys = leaf.keys[:-1] if leaf.keys[-1] == "name" else leaf.keys
        is_service = len(keys) > 1 and keys[-2] == "services" and isinstance(keys[-1], int) and len(keys) <= 3
        if is_service or (keys[-1:] == ("image",) and len(keys) <= 2):
            yield _of_leaf(leaf, text)


def _of_leaf(leaf: Leaf, text: str) -> ImagePlace:
    at = text.find(leaf.value, *leaf.span)
    return _known(leaf.value, Span(at, at + len(leaf.value)) if at >= 0 else leaf.span)


def _of_devcontainer(file: File) -> Iterator[ImagePlace]:
    tree = cast("Jsonc", file.tree)
    image, features = tree.at("image"), tree.at("features")
    if image is not None and image.string:
        yield _known(image.string, Span(image.span.start + 1, image.span.end - 1))
    for member in features.members_as_read if features is not None else ():
        if len(member.key) < _LONGEST and _FEATURE.fullmatch(member.key):
            yield ImagePlace(member.key, Span(member.key_span.start + 1, member.key_span.end - 1))


_READERS: Mapping[str, Callable[[File], Iterator[ImagePlace]]] = {
    DOCKERFILE: _of_dockerfile,
    COMPOSE: _of_compose,
    WORKFLOW: _of_workflow,
    GITLAB: _of_gitlab,
    DEVCONTAINER: _of_devcontainer,
}
