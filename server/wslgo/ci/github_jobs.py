"""The jobs of GitHub workflows as places that build Go.

Sources: actions/setup-go (README and src/installer.ts of v4 to v6: `go-version` wins over `go-version-file`, since v6
GOTOOLCHAIN is `local` and a toolchain line counts), golangci-lint-action v8, the syntax of workflows; 2026-11.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from wslgo.ci.images import LATEST, go_of, has_go, lacks_compiler
from wslgo.ci.inputs import of_action, of_workflow
from wslgo.ci.matrix import Item, Names, expanded, names_of
from wslgo.ci.model import GO, RACE, VARIABLES, Kind, Place, Value, distinct, unset
from wslgo.ci.script_values import counted, expanded_race, has_race, race_value, tool_values
from wslgo.ci.shell_commands import LINTER, Command, commands, race, targets
from wslgo.goenv.levels import Level, Setting, settings
from wslgo.linter.go_choice import pins
from wslgo.linter.go_pin import loses_zero
from wslgo.linter.version_file import path_in_repository
from wslgo.linter.workflow_go import action_version, keeps_go
from wslgo.syntax import workflow
from wslgo.syntax.family import GOMOD, GOWORK
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.syntax.workflow import Job, Keys, Step
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

# By the keys of a workflow, a job or a step, then by the name of the variable.
Settings = Mapping[Keys, Mapping[str, Sequence[Setting]]]

_LATER = (Level.LATER_STEPS, Level.GO_ENV)
_FEW = 10  # settings for later steps, of which the last one wins
_MOST_JOBS = 500
_ACTION = pattern(r"([\w.-]+/[\w.-]+)(?:/[^@\s]*)?@(\S+)")
_SETUP = "actions/setup-go"
_NEAR = 100  # characters of a line before an assignment
# Actions that run a tool: the tool, and the input with its version.
_TOOL_ACTIONS = {
    "golangci/golangci-lint-action": (LINTER, "version"),
    "dominikh/staticcheck-action": ("staticcheck", "version"),
    "golang/govulncheck-action": ("govulncheck", ""),
    "goreleaser/goreleaser-action": ("goreleaser", "version"),
}


class Act(NamedTuple):
    """A step of a job, or of a local action that it uses, with its file, its place there, and its number in the job."""

    file: File
    place: Keys
    number: int
    step: Step
    names: Names
    settings: Mapping[str, Sequence[Setting]]  # by the names of their variables
    commands: tuple[Command, ...]

    @property
    def label(self) -> str:
        return self.step.text("name") or f"step {self.number + 1}"

    @property
    def action(self) -> str:
        """The action without its version, "" for a command."""
        found = _ACTION.match(self.step.uses)
        return found[1] if found else ""

    @property
    def keeps_go(self) -> bool:
        """Return whether it sets GOTOOLCHAIN=local, as setup-go does since version 6."""
        if self.action != _SETUP:
            return False
        version = action_version(self.step, self.file.source.text)
        return version is not None and keeps_go(version)


class Build(NamedTuple):
    """A job of a workflow with its steps, the settings that count in it, and the names in its expressions."""

    file: File
    job: Job
    acts: tuple[Act, ...]
    names: Names
    settings: Settings
    files: Mapping[str, File]

    @property
    def keys(self) -> Keys:
        return ("jobs", self.job.name)

    @property
    def span(self) -> Span:
        first = next(iter(self.job.leaves.values()))
        at = self.file.source.text.rfind(f"{self.job.name}:", 0, first.span.start)
        return Span(at, at + len(self.job.name)) if at >= 0 else first.span

    @property
    def image(self) -> Leaf | None:
        return self.job.leaves.get(("container",)) or self.job.leaves.get(("container", "image"))


def places(file: File, files: Mapping[str, File]) -> Iterator[Place]:
    """Yield the jobs of a workflow that build Go; `files` are those of the repository by their paths."""
    found = _settings(file)
    inputs = of_workflow(file, files)
    for job in workflow.jobs(file)[:_MOST_JOBS]:
        names = names_of(job, inputs)
        acts = tuple(_acts(file, job, ("jobs", job.name), names, found, files))
        yield from _place(Build(file, job, acts, names, found, files))


def _settings(file: File) -> Settings:
    """Return the settings of a workflow or an action by the keys of the workflow, the job or the step that has them."""
    found: dict[Keys, dict[str, list[Setting]]] = {}
    for setting in settings(file):
        is_of_step = setting.level in (Level.STEP, Level.RUN)
        length = len(("jobs", "NAME", "steps", 0)) if setting.place[:1] == ("jobs",) else len(("runs", "steps", 0))
        place = setting.place[: length if is_of_step else 2]
        found.setdefault(place, {}).setdefault(setting.assignment.name, []).append(setting)
    return found


def _acts(file: File, job: Job, keys: Keys, names: Names, found: Settings, files: Mapping[str, File]) -> Iterator[Act]:
    """Yield the steps of a job, and in the place of a local action its steps."""
    numbers = dict.fromkeys(key[1] for key in job.leaves if key[0] == "steps" and len(key) > 2)
    for number, step in zip(numbers, job.steps, strict=True):
        order = number if isinstance(number, int) else 0
        action = _local_action(step, files)
        if action is None or keys[0] != "jobs":
            place = (*keys, "steps", number)
            yield Act(file, place, order, step, names, found.get(place, {}), tuple(commands(step.run)))
            continue
        for inner in workflow.jobs(action):
            inside = names_of(inner, of_action(action, step.leaves, names))
            for act in _acts(action, inner, ("runs",), inside, action.ask(_settings), files):
                yield act._replace(number=order)


def _local_action(step: Step, files: Mapping[str, File]) -> File | None:
    if not step.uses.startswith("./"):
        return None
    folder = step.uses.removeprefix("./").rstrip("/")
    return files.get(f"{folder}/action.yml") or files.get(f"{folder}/action.yaml")


def _place(build: Build) -> Iterator[Place]:
    other = build.job.leaves.get(("uses",))
    if other is not None:
        if not other.value.startswith("./"):
            unknown = Value(None, build.file.path, other.span, written=other.value)
            yield Place(Kind.JOB, build.file.path, build.job.name, build.span, {GO: (unknown,)})
        return
    image, acts = build.image, build.acts
    is_used = any(act.commands or act.action in (_SETUP, *_TOOL_ACTIONS) for act in acts)
    if not is_used and (image is None or not has_go(image.value)):
        return
    values = {GO: distinct(_versions(build))}
    acting: list[Act | None] = [act for act in acts if act.commands]
    acting = acting or [act for act in acts if act.step.run] or [None]
    for name in VARIABLES:
        base = _of_container(build, name) or _implied(build, name)
        values[name] = distinct(value for act in acting for value in _variable(build, name, act, base, len(acting)))
    values |= _tools(build)
    flags = has_race(values["GOFLAGS"])
    tests = distinct(value for act in acts for value in _races(act, is_in_flags=flags))
    if tests:
        values[RACE] = tests
    called = tuple(dict.fromkeys(target for act in acts for target in targets(act.step.run)))
    yield Place(Kind.JOB, build.file.path, build.job.name, build.span, values, called)


# The version of Go


def _versions(build: Build) -> Iterator[Value]:
    set_up = [act for act in build.acts if act.action == _SETUP]
    for act in set_up:
        yield from _of_setup(build, act)
    if set_up:
        return
    if build.image is None:
        yield Value(None, build.file.path, build.span, written=build.job.text("runs-on"))
        return
    for item in expanded(build.image.value, build.image.span, build.names):
        yield go_of(item, build.file.path, build.image.value)


def _of_setup(build: Build, act: Act) -> Iterator[Value]:
    version, named, path = act.step.input("go-version"), act.step.input("go-version-file"), act.file.path
    if version is not None and version.value:
        for item in expanded(version.value, version.span, act.names):
            text = _as_yaml_reads(item, act.file.source.text)
            yield Value(text, path, item.span, item.variant, version.value if text is None else "")
    elif named is not None:
        for item in expanded(named.value, named.span, act.names):
            text = _of_file(build, item.text or "", knows_toolchains=act.keeps_go)
            yield Value(text, path, item.span, item.variant, named.value if text is None else "")
    else:
        uses = act.step.leaves["uses",]
        yield Value(None, path, uses.span, written=uses.value)


def _as_yaml_reads(item: Item, source: str) -> str | None:
    """Return a version without the last zero if it is a number: YAML reads 1.20 as 1.2."""
    text, span = item.text, item.span
    is_number = text is not None and span is not None and loses_zero(text, source, span.start)
    return text[:-1] if is_number and text is not None else text


def _of_file(build: Build, name: str, *, knows_toolchains: bool) -> str | None:
    file = build.files.get(path_in_repository(name) or "")
    if file is None:
        return None
    if file.family.name not in (GOMOD, GOWORK):
        found = pins(file)
        return found[0].version or None if len(found) == 1 else None
    tree = cast("GoMod | GoWork", file.tree)
    if knows_toolchains and tree.toolchain is not None and tree.toolchain.name != "default":
        return tree.toolchain.name.removeprefix("go")
    return tree.go.version if tree.go is not None else None


# Variables


def _variable(build: Build, name: str, act: Act | None, base: tuple[Value, ...], acts: int) -> Iterator[Value]:
    """Yield the values of a variable for the go commands of a step; several if a command sets its own.

    `base` are those that count where no setting does.
    """
    found = list(_of_step(build, name, act, base))
    if acts > 1 and act is not None:
        found = [value._replace(variant=value.variant or act.label) for value in found]
    yield from found


def _of_step(build: Build, name: str, act: Act | None, base: tuple[Value, ...]) -> Iterator[Value]:
    around = dict(_around(build, name, act))
    order = (Level.STEP, Level.LATER_STEPS, Level.JOB, Level.WORKFLOW, Level.GO_ENV)
    winner = next((around[level] for level in order if level in around), None)
    rest = base if winner is None else tuple(_values(build, act, winner))
    if act is None:
        yield from rest
        return
    inline = [each for each in act.settings.get(name, ()) if each.level is Level.RUN]
    exported = [each for each in inline if _is_exported(each, act.file)]
    if exported:
        rest, inline = tuple(_values(build, act, exported[-1])), []
    own = [value for each in inline for value in _values(build, act, each)]
    yield from counted(name, own, rest, act.commands)


def _around(build: Build, name: str, act: Act | None) -> Iterator[tuple[Level, Setting]]:
    """Yield the settings that count for all commands of a step, by their level."""
    for place in ((), build.keys):
        own = build.settings.get(place, {}).get(name, ())
        yield from ((each.level, each) for each in own if each.level in (Level.WORKFLOW, Level.JOB))
    if act is None:
        return
    later = [each for each in build.settings.get(build.keys, {}).get(name, ()) if each.level in _LATER]
    before = bisect_left(later, act.number, key=_step_of)
    yield from ((each.level, each) for each in later[max(0, before - _FEW) : before])
    yield from ((each.level, each) for each in act.settings.get(name, ()) if each.level is Level.STEP)


def _step_of(setting: Setting) -> int:
    """Return the number of the step that a setting is in."""
    number = setting.place[3] if len(setting.place) > 3 else 0
    return number if isinstance(number, int) else 0


def _is_exported(setting: Setting, file: File) -> bool:
    """Return whether a command of a script sets a variable for the commands after it."""
    start = setting.assignment.name_span.start
    before = file.source.text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    return before.rpartition(";")[2].rpartition("&&")[2].strip().removeprefix("- ").strip() == "export"


def _values(build: Build, act: Act | None, setting: Setting) -> Iterator[Value]:
    assignment = setting.assignment
    is_of_step = act is not None and setting.level in (Level.STEP, Level.RUN)
    file, names = (act.file, act.names) if act is not None and is_of_step else (build.file, build.names)
    written = file.source.text[slice(*assignment.value_span)]
    if assignment.value is not None:
        yield Value(assignment.value, file.path, assignment.value_span)
    elif setting.level not in (Level.WORKFLOW, Level.JOB, Level.STEP):
        yield Value(None, file.path, assignment.value_span, written=written)
    else:
        yield from _filled(written, assignment.value_span, file, names)


def _filled(written: str, span: Span, file: File, names: Names) -> Iterator[Value]:
    for item in expanded(written, span, names):
        yield Value(item.text, file.path, span, item.variant, written if item.text is None else "")


def _of_container(build: Build, name: str) -> tuple[Value, ...]:
    leaf = build.job.leaves.get(("container", "env", name))
    return () if leaf is None else tuple(_filled(leaf.value, leaf.span, build.file, build.names))


def _implied(build: Build, name: str) -> tuple[Value, ...]:
    """Return the value of a variable that the job does not set: setup-go and the images of golang set GOTOOLCHAIN."""
    if name == "GOTOOLCHAIN":
        for act in build.acts:
            if act.keeps_go:
                return (Value("local", act.file.path, act.step.leaves["uses",].span, is_default=True),)
        if build.image is not None and has_go(build.image.value):
            return (Value("local", build.file.path, build.image.span, is_default=True),)
    image, scripts = build.image, (act.step.run for act in build.acts)
    if name == "CGO_ENABLED" and image is not None and lacks_compiler(image.value, scripts):
        return (Value("0", build.file.path, image.span, is_default=True),)
    return (unset(name),)


# Tests and tools


def _races(act: Act, *, is_in_flags: bool) -> Iterator[Value]:
    leaf = act.step.leaves.get(("run",))
    for command in act.commands:
        if leaf is None or not command.tests:
            continue
        if race(command) is None:
            yield from expanded_race(command, partial(_in_act, act), act.file.path, leaf.span)
        else:
            yield race_value(command, act.file.path, leaf.span, is_in_flags=is_in_flags)._replace(variant=act.label)


def _tools(build: Build) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = {}
    for act in build.acts:
        tool, key = _TOOL_ACTIONS.get(act.action, ("", ""))
        if tool:
            leaf, uses = act.step.input(key), act.step.leaves["uses",]
            for item in expanded(leaf.value, leaf.span, act.names) if leaf is not None else (Item(LATEST, uses.span),):
                written = leaf.value if leaf is not None and item.text is None else ""
                found.setdefault(tool, []).append(Value(item.text, act.file.path, item.span, item.variant, written))
        run = act.step.leaves.get(("run",))
        scripts = [] if run is None else [(run.value, run.span)]
        for name, values in tool_values(scripts, partial(_in_act, act), act.file.path).items():
            found.setdefault(name, []).extend(values)
    return {name: distinct(iter(values)) for name, values in found.items()}


def _in_act(act: Act, text: str) -> tuple[Item, ...]:
    return expanded(text, None, act.names)
