"""The commands that jobs and Dockerfiles run, each with its image and the CGO_ENABLED that holds for it.

Sources: GitHub's and GitLab's documentation of variables (the most specific place wins), Docker's reference; golang's
images for Alpine, which have no C compiler (docker-library/golang, apk-*.Dockerfile, as of 2026-11).
"""

from collections.abc import Callable, Iterator, Mapping

from wslgo.linter.image_stages import may_install_compiler, stage_states
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax import workflow
from wslgo.syntax.family import DOCKERFILE, GITLAB, WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.gitlab_pipeline import pipeline
from wslgo.syntax.workflow import Job
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_CGO = "CGO_ENABLED"
_ALPINE = pattern(r"(?:docker\.io/(?:library/)?)?golang:[\w.-]*alpine")
_RACE = pattern(r"(?<![\w=-])-race(?![\w-])")
_GO = pattern(r"(?<![\w./-])go[ \t]+(?:test|build|run|install)(?=[ \t])")
_SEPARATORS = pattern(r"[;&|\n(]")
_LONGEST = 400  # characters of a command before its flag


class Command(NamedTuple):
    """A command, or the lines of one step: its place, its image, and the CGO_ENABLED around it.

    `is_shell`: a shell like sh runs it. `cgo` is "" if it is not set or not known. `has_compiler`: a command before it
    may have installed one for C.
    """

    span: Span
    image: str
    cgo: str
    has_compiler: bool
    is_shell: bool = True

    @property
    def is_alpine(self) -> bool:
        """Return whether the image is one of golang's for Alpine."""
        return _ALPINE.match(self.image) is not None


class GoFlag(NamedTuple):
    """A flag of a go command, and the place of the command."""

    span: Span
    go: int


def commands(file: File) -> tuple[Command, ...]:
    """Return the commands of a file, those of a job or stage in their order."""
    return file.ask(_commands)


def race_flags(text: str, command: Command) -> Iterator[GoFlag]:
    """Yield the flags `-race` of go commands that do not set CGO_ENABLED themselves."""
    if _CGO in text[slice(*command.span)]:
        return
    for flag in _RACE.finditer(text, *command.span):
        go = _go_before(text, max(command.span.start, flag.start() - _LONGEST), flag.start())
        if go is not None:
            yield GoFlag(Span(*flag.span()), go)


def go_commands(text: str, command: Command) -> Iterator[Span]:
    """Yield the places of `go build` and the like."""
    return (Span(*found.span()) for found in _GO.finditer(text, *command.span))


def _go_before(text: str, start: int, end: int) -> int | None:
    """Return the place of the go command of a flag: the last one, with nothing between that ends a command."""
    every = list(_GO.finditer(text, start, end))
    if not every:
        return None
    go = every[-1]
    between = text[go.end() : end].replace("\\\r\n", "").replace("\\\n", "")
    line = text[text.rfind("\n", start, go.start()) + 1 : go.start()]
    return None if _SEPARATORS.search(between) or "#" in between or "#" in line[-_LONGEST:] else go.start()


def _commands(file: File) -> tuple[Command, ...]:
    readers: Mapping[str, Callable[[File], Iterator[Command]]] = {
        WORKFLOW: _of_workflow,
        GITLAB: _of_gitlab,
        DOCKERFILE: _of_dockerfile,
    }
    reader = readers.get(file.family.name)
    return tuple(reader(file)) if reader is not None and RUNS_GO.search(file.source.text) else ()


def _of_workflow(file: File) -> Iterator[Command]:
    for job in workflow.jobs(file):
        if not _may_be_linux(job):
            continue
        image = job.text("container") or job.text("container", "image")
        is_shell = "windows" not in job.text("runs-on").lower()
        has_compiler = is_set_later = False
        for step in job.steps:
            leaf = step.leaves.get(("run",))
            if leaf is None:
                has_compiler = has_compiler or step.uses.startswith("./")
                continue
            variable = step.leaves.get(("env", _CGO)) or job.leaves.get(("env", _CGO)) or job.variables.get((_CGO,))
            cgo = "" if variable is None or is_set_later else variable.value
            yield Command(leaf.span, image, cgo, has_compiler, is_shell and not step.text("shell"))
            has_compiler = has_compiler or may_install_compiler(leaf.value)
            is_set_later = is_set_later or (_CGO in leaf.value and "GITHUB_ENV" in leaf.value)


def _may_be_linux(job: Job) -> bool:
    """Return whether a job runs on Linux or Windows, as far as the text tells; on macOS -race needs no cgo."""
    runner = job.text("runs-on")
    reference = workflow.reference_of(runner)
    names = [runner] if reference is None else [value.leaf.value for value in job.values(reference)]
    return any("macos" not in name.lower() and "${{" not in name for name in names)


def _of_gitlab(file: File) -> Iterator[Command]:
    found = pipeline(file)
    places: set[Span] = set()
    for name in found.running():
        leaves = found.leaves(name)
        image = None if leaves is None else found.image(leaves)
        if leaves is None:
            continue
        values = found.values(leaves, _CGO)
        cgo = values[0].leaf.value if len(values) == 1 else ""
        has_compiler = False
        for section in ("before_script", "script"):
            for keys, leaf in leaves.items():
                if keys[0] != section:
                    continue
                if found.reference(leaf) is None and leaf.span not in places:
                    places.add(leaf.span)
                    yield Command(leaf.span, image.value if image else "", cgo, has_compiler)
                has_compiler = has_compiler or may_install_compiler(" ".join(found.texts({keys: leaf}, section)))


def _of_dockerfile(file: File) -> Iterator[Command]:
    for state in stage_states(file.source.text):
        if state.instruction.name == "RUN":
            cgo = state.variables.get(_CGO, "")
            installs = state.has_compiler or may_install_compiler(state.instruction.text)
            yield Command(state.instruction.span, state.image, cgo, installs)
