"""The Go that a stage of a Dockerfile builds a module with.

Sources: Docker's Dockerfile reference (BuildKit 0.2x, as of 2026-11): an `ARG` above the first `FROM` has a value in
`FROM` lines, `${NAME:-default}` has one without it; golang's images, which set GOTOOLCHAIN=local.
"""

from collections.abc import Iterator, Mapping

from wslgo.linter.go_image import VERSION
from wslgo.linter.go_pin import Pin, Reader
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax.dockerfile import Instruction, instructions
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_REPOSITORY = pattern(r"(?:docker\.io/(?:library/)?)?golang:|(mcr\.microsoft\.com/(?:vscode/)?devcontainers/go):")
_TAG = pattern(r"(1\.[0-9.]+)(?=[-@]|\Z)")
# The version of the image may be in front; the first image for dev containers had Go 1.16.
_TAG_OF_CONTAINERS = pattern(r"(?:(?:dev|\d+(?:\.\d+)*)-)?(1\.[1-9]\d)(?=[-@]|\Z)")
_OF_IMAGE = pattern(r"(?:dev|\d+(?:\.\d+)*)-(?=[$])")
_VARIABLE = pattern(r"\$(?:(\w+)|\{(\w+)\}|\{(\w+):?-([^}\s]*)\})(?=[-@]|\Z)")
_NAMED = pattern(r"(?<!\S)([A-Za-z_]\w*)(?:=[\"']?([^\s\"']*))?")
_SOURCE = pattern(r"\./?|(?:\./)?go\.(?:mod|\*)")
_DEEPEST = 4  # variables that hold variables


class _Part(NamedTuple):
    """A part of the text: what it says, and where it begins."""

    text: str
    start: int


class _Stage(NamedTuple):
    """A stage, with all that its earlier stages did: the number of its image's version, and what a build of it does."""

    root: int
    has_sources: bool
    runs_go: bool


def of_dockerfile(file: File) -> Iterator[Pin]:
    """Yield the tags of golang images of which a stage copies the module and runs go, or which is a dev container."""
    found: list[Pin | None] = []
    used: set[int] = set()
    stage: _Stage | None = None
    for stage in _stages(file.source.text, found):
        if stage.has_sources and stage.runs_go:
            used.add(stage.root)
    if stage is not None and ".devcontainer/" in file.path.replace("\\", "/"):
        # The module is mounted into its last stage, and go runs in there.
        used.add(stage.root)
        last = found[stage.root]
        found[stage.root] = last and last._replace(reader=Reader.CONTAINER_IMAGE)
    yield from (pin for number, pin in enumerate(found) if pin is not None and number in used)


def _stages(text: str, found: list[Pin | None]) -> Iterator[_Stage]:
    """Yield the stages after each of their instructions, and add the version of each image to those found."""
    arguments: dict[str, _Part] = {}
    named: dict[str, _Stage] = {}
    stage: _Stage | None = None
    name = ""
    every = list(instructions(text))
    ends = [following.span.start for following in every[1:]] + [len(text)]
    for instruction, end in zip(every, ends, strict=True):
        if instruction.name == "FROM" and instruction.words:
            word = instruction.words[0]
            base = named.get(word.lower())
            if base is None:
                start = max(text.find(word, *instruction.span), 0)
                found.append(_pin(_Part(word, start), arguments, 0))
                base = _Stage(len(found) - 1, False, False)
            stage, name = base, _name_of(instruction)
        elif instruction.name == "ARG" and stage is None:
            arguments.update(_arguments(text, instruction))
        elif stage is not None:
            stage = _after(stage, instruction, text[instruction.span.start : end])
        if stage is not None:
            named[name] = stage
            yield stage


def _name_of(instruction: Instruction) -> str:
    words = instruction.words
    return words[2].lower() if len(words) > 2 and words[1].upper() == "AS" else ""


def _after(stage: _Stage, instruction: Instruction, text: str) -> _Stage:
    """Return a stage after an instruction; `text` reaches to the next one, with a here-document."""
    if instruction.name in ("COPY", "ADD"):
        is_own = not any(flag.startswith("--from=") for flag in instruction.flags)
        return stage._replace(
            has_sources=stage.has_sources or (is_own and any(map(_SOURCE.fullmatch, instruction.words[:-1])))
        )
    if instruction.name == "RUN":
        command = text if "<<" in instruction.text else instruction.text
        binds = any("type=bind" in flag and "from=" not in flag for flag in instruction.flags)
        runs = RUNS_GO.search(command) is not None
        return stage._replace(has_sources=stage.has_sources or binds, runs_go=stage.runs_go or runs)
    if instruction.name in ("CMD", "ENTRYPOINT"):
        return stage._replace(runs_go=stage.runs_go or RUNS_GO.search(" ".join(instruction.words)) is not None)
    return stage


def _arguments(text: str, instruction: Instruction) -> Iterator[tuple[str, _Part]]:
    """Yield the variables of an `ARG` above the first `FROM`; one without a value is empty."""
    at = text.find(" ", *instruction.span)
    for named in _NAMED.finditer(text, max(at, instruction.span.start + len("ARG")), instruction.span.end):
        yield named[1], _Part(named[2] or "", named.start(2) if named[2] else named.end())


def _pin(image: _Part, arguments: Mapping[str, _Part], depth: int) -> Pin | None:
    """Return the version in the name of an image; its place is where the version is written."""
    repository = _REPOSITORY.match(image.text)
    if repository is not None:
        tag = _Part(image.text[repository.end() :], image.start + repository.end())
        return _tag(tag, arguments, depth, is_of_containers=bool(repository[1]))
    filled = _filled(image, arguments, depth)
    return None if filled is None else _pin(filled, arguments, depth + 1)


def _tag(tag: _Part, arguments: Mapping[str, _Part], depth: int, *, is_of_containers: bool) -> Pin | None:
    literal = (_TAG_OF_CONTAINERS.match if is_of_containers else _TAG.match)(tag.text)
    if literal is not None and VERSION.fullmatch(literal[1]):
        span = Span(tag.start + literal.start(1), tag.start + literal.end(1))
        own = Span(tag.start + literal.start(), span.end) if is_of_containers else None
        return Pin(literal[1], span, span, Reader.STAGE_IMAGE, keeps_go=True, tag_span=own)
    # `1-${VARIANT}`: the version of the image, then a variable.
    prefix = _OF_IMAGE.match(tag.text) if is_of_containers else None
    rest = _Part(tag.text[prefix.end() :], tag.start + prefix.end()) if prefix else tag
    filled = _filled(rest, arguments, depth)
    return None if filled is None else _tag(filled, arguments, depth + 1, is_of_containers=is_of_containers)


def _filled(part: _Part, arguments: Mapping[str, _Part], depth: int) -> _Part | None:
    """Return the value of the variable at the start of a part."""
    variable = _VARIABLE.match(part.text)
    if variable is None or depth > _DEEPEST:
        return None
    found = arguments.get(variable[1] or variable[2] or variable[3])
    if found is not None and found.text:
        return found
    return None if variable[4] is None else _Part(variable[4], part.start + variable.start(4))
