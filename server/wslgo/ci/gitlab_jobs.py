"""The jobs of GitLab CI as places that build Go.

Sources: the documentation of `.gitlab-ci.yml` (`extends` merges hashes and replaces lists, `default`, `include`,
`parallel:matrix`, precedence of variables), GitLab 18, 2026-11.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from wslgo.ci.images import go_of, has_go
from wslgo.ci.matrix import Item, Keys
from wslgo.ci.model import GO, RACE, VARIABLES, Kind, Place, Value, distinct, unset
from wslgo.ci.script_values import counted, expanded_race, in_order, race_value, tool_values, within
from wslgo.ci.shell_commands import commands, race, targets
from wslgo.goenv.levels import Level, Setting, settings
from wslgo.syntax import yaml_scalars
from wslgo.syntax.file import File
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# Keys at the top that are not jobs.
_RESERVED = frozenset(
    ("default", "include", "stages", "types", "variables", "workflow", "image", "services", "cache", "spec")
) | frozenset(("before_script", "after_script"))
_SCRIPTS = ("before_script", "script", "after_script")
_VARIABLE = pattern(r"\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))")
_DEEPEST = 10  # levels of `extends`, the limit of GitLab is 11
_MOST = 60  # values of one setting


class Located(NamedTuple):
    """A scalar with its file."""

    leaf: Leaf
    file: File


Inside = dict[Keys, Located]


class Pipeline(NamedTuple):
    """The scalars of a pipeline with those of the local files that it includes, and what it includes from elsewhere."""

    leaves: Inside
    by_name: Mapping[str, Inside]
    remote: tuple[Located, ...]
    settings: Mapping[str, tuple[Setting, ...]]


class Job(NamedTuple):
    """A job with everything that it inherits; `is_open` if a part of it is in a file that is not here."""

    name: str
    inside: Inside
    variables: Mapping[str, tuple[Item, ...]]
    paths: Mapping[str, str]
    is_open: bool


def places(file: File, files: Mapping[str, File]) -> Iterator[Place]:
    """Yield the jobs of a pipeline that build Go, and what it includes from elsewhere."""
    pipeline = _pipeline(file, files)
    above = {keys: each for keys, each in pipeline.leaves.items() if keys[0] in ("image", *_SCRIPTS)}
    above = _merged(above, pipeline.by_name.get("default", {}))
    for name in pipeline.by_name:
        if not name.startswith(".") and name not in _RESERVED:
            yield from _place(file, pipeline, name, above)
    for each in pipeline.remote:
        unknown = Value(None, each.file.path, each.leaf.span, written=each.leaf.value)
        yield Place(Kind.PIPELINE, each.file.path, "include", each.leaf.span, {GO: (unknown,)})


def _pipeline(file: File, files: Mapping[str, File]) -> Pipeline:
    leaves: Inside = {}
    remote: list[Located] = []
    read: dict[str, File] = {}
    waiting = [file]
    ordered: list[Inside] = []
    while waiting:
        current = waiting.pop(0)
        if current.path in read:
            continue
        read[current.path] = current
        found = yaml_scalars.resolved(current.source.text, merges=True)
        own = {leaf.keys: Located(leaf, current) for leaf in found if not leaf.document}
        ordered.append(own)
        for keys, located in own.items():
            if keys[0] != "include" or keys[-1] in ("ref", "when", "if") or "inputs" in keys or "rules" in keys:
                continue
            is_local = keys[-1] == "local" or (not isinstance(keys[-1], str) or len(keys) == 1)
            name = located.leaf.value.lstrip("/").removeprefix("./")
            if is_local and "://" not in name:
                waiting += [files[name]] if name in files else []
                remote += [] if name in files else [located]
            elif keys[-1] in ("remote", "template", "project", "component") or "://" in name:
                remote.append(located)
    for own in reversed(ordered):  # what includes others wins
        leaves = _merged(leaves, own)
    by_name: dict[str, Inside] = {}
    for keys, each in leaves.items():
        if len(keys) > 1:
            by_name.setdefault(str(keys[0]), {})[keys[1:]] = each
    by_path = {path: in_order(settings(each)) for path, each in read.items()}
    return Pipeline(leaves, by_name, tuple(remote), by_path)


def _merged(base: Inside, own: Inside) -> Inside:
    """Return the scalars of both: of a hash the members, of anything else those of the second."""
    replaced = {_whole(keys) for keys in own}
    kept = {
        keys: each for keys, each in base.items() if not any(keys[: end + 1] in replaced for end in range(len(keys)))
    }
    return {**kept, **own}


def _whole(keys: Keys) -> Keys:
    """Return the keys up to the first list."""
    end = next((place for place, key in enumerate(keys) if isinstance(key, int)), len(keys))
    return keys[:end]


def _inherited(pipeline: Pipeline, name: str, depth: int = _DEEPEST) -> tuple[Inside, bool]:
    """Return what is in a job with what it extends, and whether some of that is not here."""
    own = pipeline.by_name.get(name, {})
    bases = [each.leaf.value for keys, each in own.items() if keys[0] == "extends"]
    merged: Inside = {}
    is_open = False
    for base in bases if depth else ():
        inside, is_base_open = _inherited(pipeline, base, depth - 1)
        merged = _merged(merged, inside)
        is_open = is_open or is_base_open or not inside
    return _merged(merged, own), is_open


def _place(file: File, pipeline: Pipeline, name: str, above: Inside) -> Iterator[Place]:
    own, is_open = _inherited(pipeline, name)
    inside = _merged(above, own)
    job = Job(name, inside, *_variables(pipeline, inside), is_open)
    scripts = [(keys, each) for keys, each in inside.items() if keys[0] in _SCRIPTS]
    run = [command for _, each in scripts for command in commands(each.leaf.value)]
    image = inside.get(("image",)) or inside.get(("image", "name"))
    versions = _versions(job, image, file)
    if not run and not any(value.text for value in versions):
        return
    values = {GO: distinct(iter(versions))}
    for variable in VARIABLES:
        values[variable] = distinct(_variable(job, pipeline, variable, image, file))
    expand = partial(_expanded, job)
    values |= tool_values(((each.leaf.value, each.leaf.span) for _, each in scripts), expand, file.path)
    tests = distinct(_races(job, scripts, values["GOFLAGS"]))
    if tests:
        values[RACE] = tests
    called = tuple(dict.fromkeys(target for _, each in scripts for target in targets(each.leaf.value)))
    yield Place(Kind.PIPELINE, file.path, name, _span(pipeline, name), values, called)


def _span(pipeline: Pipeline, name: str) -> Span:
    first = next(iter(pipeline.by_name[name].values()))
    at = first.file.source.text.rfind(f"{name}:", 0, first.leaf.span.start)
    return Span(at, at + len(name)) if at >= 0 else first.leaf.span


# Variables


def _variables(pipeline: Pipeline, inside: Inside) -> tuple[dict[str, tuple[Item, ...]], dict[str, str]]:
    """Return the values of the variables of a job, and the files that set them; the job's win over global ones."""
    found: dict[str, tuple[Item, ...]] = {}
    paths: dict[str, str] = {}
    everywhere = pipeline.by_name.get("variables", {})
    of_job = {keys[1:]: each for keys, each in inside.items() if keys[0] == "variables"}
    for keys, each in (*everywhere.items(), *of_job.items()):
        if len(keys) == 1 or keys[1:] == ("value",):
            found[str(keys[0])] = (Item(each.leaf.value, each.leaf.span),)
            paths[str(keys[0])] = each.file.path
    matrix: dict[str, list[Item]] = {}
    for keys, each in inside.items():
        if keys[:2] == ("parallel", "matrix") and len(keys) > 3:
            name = str(keys[3])
            label = f"{name} {each.leaf.value}"
            matrix.setdefault(name, []).append(Item(each.leaf.value, each.leaf.span, label))
            paths[name] = each.file.path
    return found | {name: tuple(items) for name, items in matrix.items()}, paths


def _expanded(job: Job, text: str, depth: int = 3) -> tuple[Item, ...]:
    """Return the values of a text with variables; None for one that is not in the files."""
    found = _VARIABLE.search(text)
    if found is None:
        return (Item(text if "$" not in text else None),)
    values = job.variables.get(found[1] or found[2], ()) if depth else ()
    items: list[Item] = []
    for value in values[:_MOST]:
        for rest in _expanded(job, f"{text[: found.start()]}{value.text}{text[found.end() :]}", depth - 1):
            variant = ", ".join(filter(None, (value.variant, rest.variant)))
            items.append(Item(rest.text, value.span, variant))
    return tuple(items[:_MOST]) or (Item(None),)


def _versions(job: Job, image: Located | None, file: File) -> list[Value]:
    if image is None:
        return [Value(None, file.path, None, written=_bases(job) if job.is_open else "")]
    written = image.leaf.value
    is_plain = "$" not in written
    found = []
    for item in _expanded(job, written):
        value = go_of(item._replace(span=image.leaf.span if is_plain else item.span), image.file.path, written)
        found.append(value._replace(span=value.span or image.leaf.span))
    return found


def _bases(job: Job) -> str:
    names = [each.leaf.value for keys, each in job.inside.items() if keys[0] == "extends"]
    return f"extends {', '.join(names)}"


def _variable(job: Job, pipeline: Pipeline, name: str, image: Located | None, file: File) -> Iterator[Value]:
    around = tuple(_of_variables(job, name, file))
    if not around and name == "GOTOOLCHAIN" and image is not None and has_go(image.leaf.value):
        around = (Value("local", image.file.path, image.leaf.span, is_default=True),)
    if not around:
        around = (Value(None, file.path, written=_bases(job)),) if job.is_open else (unset(name),)
    inline, run = [], []
    for keys, each in job.inside.items():
        if keys[0] not in _SCRIPTS:
            continue
        run += list(commands(each.leaf.value))
        for setting in within(pipeline.settings[each.file.path], each.leaf.span):
            assignment = setting.assignment
            if assignment.name != name or setting.level is not Level.SCRIPT:
                continue
            text, raw = assignment.value, each.file.source.text[slice(*assignment.value_span)]
            value = Value(text, each.file.path, assignment.value_span, written="" if text is not None else raw)
            if each.leaf.value.lstrip().startswith("export"):
                around = (value,)
            else:
                inline.append(value)
    yield from counted(name, inline, around, run)


def _of_variables(job: Job, name: str, file: File) -> Iterator[Value]:
    for item in job.variables.get(name, ()):
        for found in _expanded(job, item.text or ""):
            written = "" if found.text is not None else item.text or ""
            variant = ", ".join(filter(None, (item.variant, found.variant)))
            yield Value(found.text, job.paths.get(name, file.path), item.span, variant, written)


def _races(job: Job, scripts: list[tuple[Keys, Located]], flags: tuple[Value, ...]) -> Iterator[Value]:
    for _, each in scripts:
        for command in commands(each.leaf.value):
            if command.tests and race(command) is None:
                yield from expanded_race(command, partial(_expanded, job), each.file.path, each.leaf.span)
            elif command.tests:
                yield race_value(command, each.file.path, each.leaf.span, flags)
