"""The Go that a job of a workflow builds a module with: that of `setup-go`, or that of its image.

Sources: actions/setup-go 6.5 (src/main.ts, src/installer.ts: `go-version` is a range of semver, of which the newest
release counts, and GOTOOLCHAIN=local is set since version 6), GitHub's documentation of contexts, golang's images.
"""

from collections.abc import Iterator
from itertools import islice

from wslgo.linter.go_image import template_pins
from wslgo.linter.go_pin import Pin, Reader, loses_zero
from wslgo.linter.go_range import newest_of
from wslgo.syntax import workflow
from wslgo.syntax.file import File
from wslgo.syntax.workflow import Job, Step, Value
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# A commit has its version in a comment.
_ACTION = pattern(
    r"actions/setup-go@(?:v(\d+)(?:\.(\d+))?"
    r"|[0-9a-f]{7,64}[\"']?[ \t]*#[ \t]*(?:tag=|ratchet:actions/setup-go@)?v?(\d+)(?:\.(\d+))?)"
)
_SETS_LOCAL = 6
_CACHES = 4
RUNS_GO = pattern(
    r"\b(?:go[ \t]+(?:build|test|vet|run|generate|mod|list|tool|install[ \t]+(?:-\S+[ \t]+)*\.)|golangci-lint[ \t]+run"
    r"|gotestsum|staticcheck|govulncheck)\b"
)
# Actions that run go in the repository.
_BUILDERS = pattern(r"(?:golangci/golangci-lint-action|goreleaser/goreleaser-action|dominikh/staticcheck-action)@")
_MOST_SETUPS = 50  # of a job, which has one or two
_IS_OTHER = ("repository", "working-directory")


class Setup(NamedTuple):
    """A step with `setup-go`: its version as two numbers, the second -1 if unknown, and the steps that use its Go.

    `place` is its number in the job.
    """

    step: Step
    place: int
    version: tuple[int, int]
    following: tuple[Step, ...]

    @property
    def keeps_go(self) -> bool:
        """Return whether the action sets GOTOOLCHAIN=local."""
        return keeps_go(self.version)


def keeps_go(version: tuple[int, int]) -> bool:
    """Return whether this version of `setup-go` sets GOTOOLCHAIN=local."""
    return version[0] >= _SETS_LOCAL


def setups(job: Job, text: str) -> Iterator[Setup]:
    """Yield the steps with `setup-go`, if their version is known."""
    places = [number for number, step in enumerate(job.steps) if step.uses.startswith("actions/setup-go@")]
    for place, following in islice(zip(places, (*places, len(job.steps))[1:], strict=True), _MOST_SETUPS):
        version = action_version(job.steps[place], text)
        if version is not None:
            yield Setup(job.steps[place], place, version, job.steps[place + 1 : following])


def action_version(step: Step, text: str) -> tuple[int, int] | None:
    """Return the version of `setup-go` in a step, as its tag or the comment after its commit has it."""
    leaf = step.leaves["uses",]
    found = _ACTION.match(text, leaf.span.start + (text[leaf.span.start] in "\"'"))
    if found is None:
        return None
    major, minor = found[1] or found[3], found[2] or found[4]
    return int(major[:4]), int(minor[:4]) if minor else -1


def of_workflow(file: File) -> Iterator[Pin]:
    """Yield the versions of `setup-go` and of images in jobs that build the module of the repository itself."""
    text = file.source.text
    places: set[Span] = set()
    for job in workflow.jobs(file):
        for pin in _of_job(job, text):
            if pin.span not in places:
                places.add(pin.span)
                yield pin


def _of_job(job: Job, text: str) -> Iterator[Pin]:
    if not is_of_repository(job):
        return
    is_forgiven = job.text("continue-on-error") not in ("", "false")
    for setup in setups(job, text):
        pinned = setup.step.input("go-version")
        if pinned is None or not builds(setup.following):
            continue
        key = pinned if _can_read_files(setup, job) else None
        builds_each = builds(setup.following, is_of_matrix=True)
        for value in values_of(job, pinned):
            if builds_each or not value.is_one_of_several:
                written = key if value.leaf is pinned else None
                yield from _pin(value, text, keeps_go=setup.keeps_go, is_forgiven=is_forgiven, key=written)
    if not any("actions/setup-go@" in step.uses for step in job.steps):
        image = job.leaves.get(("container",)) or job.leaves.get(("container", "image"))
        if image is not None and builds(job.steps):
            yield from template_pins(image, text, job.values, is_forgiven=is_forgiven)


def values_of(job: Job, pinned: Leaf) -> tuple[Value, ...]:
    """Return the values of an input, which a matrix or a variable can have."""
    reference = workflow.reference_of(pinned.value)
    return (Value(pinned),) if reference is None else job.values(reference)


def _can_read_files(setup: Setup, job: Job) -> bool:
    """Return whether the repository is there when `setup-go` runs, and it is not told another file."""
    before = job.steps[: setup.place]
    is_there = any(step.uses.startswith("actions/checkout@") and not step.input("path") for step in before)
    return is_there and setup.step.input("go-version-file") is None


def is_of_repository(job: Job) -> bool:
    """Return whether a job works in the repository of the workflow, and in its root."""
    return not any(keys[-1] in _IS_OTHER for keys in job.leaves)


def builds(steps: tuple[Step, ...], *, is_of_matrix: bool = False) -> bool:
    """Return whether one of the steps runs go; for one value of a matrix a step does that is not for some of them."""
    return any(
        (RUNS_GO.search(step.run) or _BUILDERS.match(step.uses))
        and not (is_of_matrix and "matrix" in step.text("if"))
        and step.text("continue-on-error") in ("", "false")
        for step in steps
    )


def _pin(value: Value, text: str, *, keeps_go: bool, is_forgiven: bool, key: Leaf | None) -> Iterator[Pin]:
    leaf = value.leaf
    version = newest_of(leaf.value)
    start = leaf.span.start
    quote = text[start : start + 1] in "\"'"
    inner = Span(start + quote, start + quote + len(leaf.value))
    if not version or loses_zero(leaf.value, text, start) or text[slice(*inner)] != leaf.value:
        return
    yield Pin(
        version,
        Span(start, inner.end + quote),
        inner,
        Reader.SETUP_GO,
        keeps_go,
        is_deliberate=value.is_added or is_forgiven,
        is_one_of_several=value.is_one_of_several,
        key_span=key.key_span if key is not None and not key.is_flow else None,
    )


def caches(setup: Setup) -> bool:
    """Return whether a step restores and saves the caches of go: the default since version 4."""
    chosen = setup.step.input("cache")
    if chosen is None:
        return setup.version[0] >= _CACHES
    return chosen.value.lower() == "true"
