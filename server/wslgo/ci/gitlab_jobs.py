"""The jobs of GitLab CI as places that build Go, with what they inherit from local files.

Sources: the documentation of `.gitlab-ci.yml` (`include`, `parallel:matrix`, order of variables), GitLab 18, 2026-11.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from wslgo.ci.images import go_of, has_go, lacks_compiler
from wslgo.ci.matrix import Item
from wslgo.ci.model import GO, RACE, VARIABLES, Kind, Place, Value, distinct, unset
from wslgo.ci.script_values import counted, expanded_race, has_race, in_order, race_value, tool_values, within
from wslgo.ci.shell_commands import commands, race, targets
from wslgo.goenv.levels import Level, Setting, settings
from wslgo.syntax import yaml_scalars
from wslgo.syntax.file import File, read
from wslgo.syntax.gitlab_pipeline import Leaves, Pipeline, pipeline
from wslgo.syntax.workflow import Value as PossibleValue
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_SCRIPTS = ("before_script", "script", "after_script")
_ELSEWHERE = ("remote", "template", "project", "component")
_NAMING = ("include", "local", *_ELSEWHERE)
_VARIABLE = pattern(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_MOST = 60  # values of one setting
_MOST_FILES = 100
_MOST_JOBS = 500


class Texts(NamedTuple):
    """The files of a pipeline as one text, in which the file that includes others is the last."""

    files: tuple[File, ...]
    whole: File
    pipeline: Pipeline
    settings: Sequence[Setting]

    def place(self, span: Span | None) -> tuple[str, Span | None]:
        """Return the file and the place there of a place in the text."""
        start = 0
        for file in self.files if span is not None else ():
            end = start + len(file.source.text) + 1
            if span is not None and span.start < end:
                return file.path, Span(span.start - start, span.end - start)
            start = end
        return self.files[-1].path, None

    def value(self, item: Item, written: str) -> Value:
        """Return a value at its place."""
        return Value(item.text, *self.place(item.span), item.variant, written if item.text is None else "")


class Job(NamedTuple):
    """A job with everything that it inherits; `base` is what it extends if that is not here."""

    name: str
    texts: Texts
    leaves: Leaves
    base: str
    known: dict[str, tuple[PossibleValue, ...]]  # the values of variables that were asked for

    def values(self, name: str) -> tuple[PossibleValue, ...]:
        """Return the values of a variable."""
        if name not in self.known:
            self.known[name] = self.texts.pipeline.values(self.leaves, name)[:_MOST]
        return self.known[name]

    @property
    def scripts(self) -> Iterator[tuple[str, Leaf]]:
        """The commands of the job with the scalars that they are in."""
        for keys, leaf in self.leaves.items():
            if keys[0] in _SCRIPTS:
                referred = self.texts.pipeline.reference(leaf)
                yield from ((each.value, each) for each in ((leaf,) if referred is None else referred))


def places(file: File, files: Mapping[str, File]) -> Iterator[Place]:
    """Yield the jobs of a pipeline that build Go, and what it includes from elsewhere."""
    read_files, remote = _included(file, files)
    whole = read(file.path, file.family, Source("\n".join(each.source.text for each in read_files)), file.place)
    texts = Texts(read_files, whole, pipeline(whole), in_order(settings(whole)))
    for name in islice(texts.pipeline.running(), _MOST_JOBS):
        leaves = texts.pipeline.leaves(name)
        own = texts.pipeline.jobs[name]
        bases = ", ".join(leaf.value for keys, leaf in own.items() if keys[0] == "extends")
        yield from _place(Job(name, texts, own if leaves is None else leaves, bases if leaves is None else "", {}))
    for path, leaf in remote:
        unknown = Value(None, path, leaf.span, written=leaf.value)
        yield Place(Kind.PIPELINE, path, "include", leaf.span, {GO: (unknown,)})


def _included(file: File, files: Mapping[str, File]) -> tuple[tuple[File, ...], list[tuple[str, Leaf]]]:
    """Return a pipeline after the local files that it includes, and what it includes that is not here."""
    found: dict[str, File] = {}
    remote: list[tuple[str, Leaf]] = []
    waiting = [file]
    while waiting and len(found) < _MOST_FILES:
        current = waiting.pop(0)
        if current.path in found:
            continue
        found[current.path] = current
        for leaf in yaml_scalars.leaves(current.source.text):
            if leaf.keys[0] != "include" or not (isinstance(leaf.keys[-1], int) or leaf.keys[-1] in _NAMING):
                continue
            other = None if leaf.keys[-1] in _ELSEWHERE else files.get(leaf.value.removeprefix("./").lstrip("/"))
            if other is None:
                remote.append((current.path, leaf))
            else:
                waiting.append(other)
    return tuple(reversed(found.values())), remote


def _place(job: Job) -> Iterator[Place]:
    scripts = list(job.scripts)
    run = [command for text, _ in scripts for command in commands(text)]
    image = job.texts.pipeline.image(job.leaves)
    versions = _versions(job, image)
    if not run and not any(value.text for value in versions):
        return
    values = {GO: distinct(iter(versions))}
    for variable in VARIABLES:
        values[variable] = distinct(_variable(job, variable, image, scripts))
    path = job.texts.files[-1].path
    for text, leaf in scripts:
        place = job.texts.place(leaf.span)
        for name, found in tool_values([(text, place[1])], partial(_expanded, job), place[0]).items():
            values[name] = distinct(iter((*values.get(name, ()), *found)))
    tests = distinct(_races(job, scripts, is_in_flags=has_race(values["GOFLAGS"])))
    if tests:
        values[RACE] = tests
    called = tuple(dict.fromkeys(target for text, _ in scripts for target in targets(text)))
    yield Place(Kind.PIPELINE, path, job.name, job.texts.place(_span(job))[1], values, called)


def _span(job: Job) -> Span:
    first = next(iter(job.texts.pipeline.jobs[job.name].values()))
    at = job.texts.whole.source.text.rfind(f"{job.name}:", 0, first.span.start)
    return Span(at, at + len(job.name)) if at >= 0 else first.span


# Variables


def _expanded(job: Job, text: str, span: Span | None = None, depth: int = 3) -> tuple[Item, ...]:
    """Return the values of a text with variables; None for one that is not in the files."""
    found = _VARIABLE.search(text)
    if found is None:
        return (Item(text if "$" not in text else None, span),)
    name = found[1] or found[2]
    values = job.values(name) if depth else ()
    items: list[Item] = []
    for value in values:
        label = f"{name} {value.leaf.value}" if value.is_one_of_several else ""
        filled = f"{text[: found.start()]}{value.leaf.value}{text[found.end() :]}"
        inner = _expanded(job, filled, value.leaf.span if span is not None else None, depth - 1)
        items += (rest._replace(variant=", ".join(filter(None, (label, rest.variant)))) for rest in inner)
        if len(items) >= _MOST:
            break
    return tuple(items[:_MOST]) or (Item(None, span),)


def _versions(job: Job, image: Leaf | None) -> list[Value]:
    if image is None:
        return [Value(None, job.texts.files[-1].path, None, written=_extends(job))]
    found = []
    for item in _expanded(job, image.value, image.span):
        value = go_of(item, "", image.value)
        path, span = job.texts.place(item.span)
        found.append(value._replace(path=path, span=span))
    return found


def _extends(job: Job) -> str:
    return f"extends {job.base}" if job.base else ""


def _variable(job: Job, name: str, image: Leaf | None, scripts: list[tuple[str, Leaf]]) -> Iterator[Value]:
    around = tuple(_of_variables(job, name))
    if not around and name == "GOTOOLCHAIN" and image is not None and has_go(image.value):
        around = (Value("local", *job.texts.place(image.span), is_default=True),)
    if not around and name == "CGO_ENABLED" and image is not None:
        lacks = lacks_compiler(image.value, (text for text, _ in scripts))
        around = (Value("0", *job.texts.place(image.span), is_default=True),) if lacks else ()
    if not around:
        path = job.texts.files[-1].path
        around = (Value(None, path, written=_extends(job)),) if job.base else (unset(name),)
    inline = []
    for text, leaf in scripts:
        for setting in within(job.texts.settings, leaf.span):
            assignment = setting.assignment
            if assignment.name == name and setting.level is Level.SCRIPT:
                written = job.texts.whole.source.text[slice(*assignment.value_span)]
                value = job.texts.value(Item(assignment.value, assignment.value_span), written)
                if text.lstrip().startswith("export"):
                    around = (value,)
                else:
                    inline.append(value)
    yield from counted(name, inline, around, (command for text, _ in scripts for command in commands(text)))


def _of_variables(job: Job, name: str) -> Iterator[Value]:
    for value in job.values(name):
        label = f"{name} {value.leaf.value}" if value.is_one_of_several else ""
        for item in _expanded(job, value.leaf.value):
            variant = ", ".join(filter(None, (label, item.variant)))
            yield job.texts.value(Item(item.text, value.leaf.span, variant), value.leaf.value)


def _races(job: Job, scripts: list[tuple[str, Leaf]], *, is_in_flags: bool) -> Iterator[Value]:
    for text, leaf in scripts:
        path, span = job.texts.place(leaf.span)
        for command in commands(text):
            if command.tests and race(command) is None and span is not None:
                yield from expanded_race(command, partial(_expanded, job), path, span)
            elif command.tests:
                yield race_value(command, path, span, is_in_flags=is_in_flags)
