"""The jobs of GitHub workflows as places that build Go.

Sources: actions/setup-go (README and src/installer.ts of v4 to v6: `go-version` wins over `go-version-file`, since v6
GOTOOLCHAIN is `local` and a toolchain line counts), golangci-lint-action v8, the syntax of workflows; 2026-11.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from wslgo.ci.images import LATEST, go_of, has_go
from wslgo.ci.matrix import Item, Keys, Leaves, Names, axes, expanded
from wslgo.ci.model import GO, RACE, VARIABLES, Kind, Place, Value, distinct, unset
from wslgo.ci.script_values import counted, expanded_race, race_value, tool_values
from wslgo.ci.shell_commands import LINTER, commands, race, targets
from wslgo.goenv.levels import Level, Setting, settings
from wslgo.linter.go_choice import pins
from wslgo.syntax import yaml_scalars
from wslgo.syntax.family import GOMOD, GOWORK
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

_ACTION = pattern(r"([\w.-]+/[\w.-]+)(?:/[^@\s]*)?@(\S+)")
_MAJOR = pattern(r"v?(\d+)(?:\.|\Z)")
_SETS_LOCAL = 6
_NEAR = 100  # characters, within which a comment has the version of a commit
# Actions that run a tool: the tool, and the input with its version.
_TOOL_ACTIONS = {
    "golangci/golangci-lint-action": (LINTER, "version"),
    "dominikh/staticcheck-action": ("staticcheck", "version"),
    "golang/govulncheck-action": ("govulncheck", ""),
    "goreleaser/goreleaser-action": ("goreleaser", "version"),
}


class Step(NamedTuple):
    """A step of a job: its keys, its scalars by their keys below, and its label."""

    keys: Keys
    leaves: Mapping[Keys, Leaf]

    def text(self, *keys: str) -> str:
        leaf = self.leaves.get(keys)
        return leaf.value if leaf is not None else ""

    @property
    def action(self) -> str:
        """The action without its version, "" for a command."""
        found = _ACTION.match(self.text("uses"))
        return found[1] if found else ""

    @property
    def label(self) -> str:
        return self.text("name") or f"step {int(self.keys[-1]) + 1}"


class Job(NamedTuple):
    """A job of a workflow: its name, its steps, what its expressions can name, and all scalars of the file."""

    file: File
    name: str
    keys: Keys
    leaves: Leaves
    steps: tuple[Step, ...]
    names: Names
    settings: tuple[Setting, ...]
    modules: Mapping[str, File]

    @property
    def span(self) -> Span:
        first = next(leaf for keys, leaf in self.leaves.items() if keys[:2] == self.keys)
        at = self.file.source.text.rfind(f"{self.name}:", 0, first.span.start)
        return Span(at, at + len(self.name)) if at >= 0 else first.span


def places(file: File, modules: Mapping[str, File]) -> Iterator[Place]:
    """Yield the jobs of a workflow that build Go; `modules` are the files that `go-version-file` can name."""
    by_job: dict[str, dict[Keys, Leaf]] = {}
    above: dict[str, Leaf] = {}
    for leaf in yaml_scalars.resolved(file.source.text, merges=False):
        if leaf.document:
            continue
        if leaf.keys[0] == "jobs" and len(leaf.keys) > 2:
            by_job.setdefault(str(leaf.keys[1]), {})[leaf.keys] = leaf
        elif leaf.keys[:-1] == ("env",):
            above[str(leaf.keys[-1])] = leaf
    own: dict[str, list[Setting]] = {}
    for setting in settings(file):
        own.setdefault(str(setting.place[1]) if setting.place[1:] else "", []).append(setting)
    for name, leaves in by_job.items():
        yield from _place(_job(file, name, leaves, above, (*own.get("", ()), *own.get(name, ())), modules))


def _job(
    file: File,
    name: str,
    leaves: Leaves,
    above: Mapping[str, Leaf],
    found: tuple[Setting, ...],
    modules: Mapping[str, File],
) -> Job:
    keys: Keys = ("jobs", name)
    base = (*keys, "steps")
    by_step: dict[Keys, dict[Keys, Leaf]] = {}
    variables = {f"env.{variable}": (Item(leaf.value, leaf.span),) for variable, leaf in above.items()}
    for path, leaf in leaves.items():
        if path[:3] == base and len(path) > 4:
            by_step.setdefault(path[:4], {})[path[4:]] = leaf
        elif path[:-1] == (*keys, "env"):
            variables[f"env.{path[-1]}"] = (Item(leaf.value, leaf.span),)
    steps = tuple(Step(path, inside) for path, inside in by_step.items())
    return Job(file, name, keys, leaves, steps, Names(axes(leaves, keys), variables), found, modules)


def _place(job: Job) -> Iterator[Place]:
    other = job.leaves.get((*job.keys, "uses"))
    if other is not None:
        if not other.value.startswith("./"):
            unknown = Value(None, job.file.path, other.span, written=other.value)
            yield Place(Kind.JOB, job.file.path, job.name, job.span, {GO: (unknown,)})
        return
    image = _image(job)
    is_golang = image is not None and has_go(image.value)
    is_set_up = any(step.action == "actions/setup-go" for step in job.steps)
    runs = [(step, tuple(commands(step.text("run")))) for step in job.steps]
    is_used = any(found for _, found in runs) or any(step.action in _TOOL_ACTIONS for step in job.steps)
    if not (is_golang or is_set_up or is_used):
        return
    values = {GO: distinct(_versions(job, image))}
    acting: list[Step | None] = [step for step, found in runs if found]
    acting = acting or [step for step in job.steps if step.text("run")] or [None]
    for name in VARIABLES:
        values[name] = distinct(value for step in acting for value in _variable(job, name, step, len(acting)))
    values |= _tools(job)
    tests = distinct(value for step, found in runs for value in _races(job, step, values["GOFLAGS"]) if found)
    if tests:
        values[RACE] = tests
    called = tuple(dict.fromkeys(target for step in job.steps for target in targets(step.text("run"))))
    yield Place(Kind.JOB, job.file.path, job.name, job.span, values, called)


# The version of Go


def _image(job: Job) -> Leaf | None:
    return job.leaves.get((*job.keys, "container")) or job.leaves.get((*job.keys, "container", "image"))


def _versions(job: Job, image: Leaf | None) -> Iterator[Value]:
    set_up = [step for step in job.steps if step.action == "actions/setup-go"]
    for step in set_up:
        yield from _of_setup(job, step)
    if set_up:
        return
    if image is None:
        runner = job.leaves.get((*job.keys, "runs-on"))
        yield Value(None, job.file.path, job.span, written=runner.value if runner is not None else "")
        return
    for item in expanded(image.value, image.span, job.names):
        yield go_of(item, job.file.path, image.value)


def _of_setup(job: Job, step: Step) -> Iterator[Value]:
    version, named = step.leaves.get(("with", "go-version")), step.leaves.get(("with", "go-version-file"))
    if version is not None and version.value:
        for item in expanded(version.value, version.span, job.names):
            yield Value(item.text, job.file.path, item.span, item.variant, version.value if item.text is None else "")
        return
    if named is None:
        uses = step.leaves["uses",]
        yield Value(None, job.file.path, uses.span, written=uses.value)
        return
    for item in expanded(named.value, named.span, job.names):
        yield Value(
            _of_file(job, item.text or "", keeps_go(step, job.file)),
            job.file.path,
            item.span,
            item.variant,
            named.value,
        )


def keeps_go(step: Step, file: File) -> bool:
    """Return whether an action sets GOTOOLCHAIN=local, as setup-go does since version 6."""
    leaf = step.leaves["uses",]
    found = _ACTION.match(leaf.value)
    number = _MAJOR.match(found[2]) if found else None
    if number is None:
        line, _, _ = file.source.text[leaf.span.end : leaf.span.end + _NEAR].partition("\n")
        number = _MAJOR.match(line.partition("#")[2].strip())
    return number is not None and int(number[1]) >= _SETS_LOCAL


def _of_file(job: Job, name: str, knows_toolchains: bool) -> str | None:
    file = job.modules.get(name.removeprefix("./"))
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


def _variable(job: Job, name: str, step: Step | None, steps: int) -> Iterator[Value]:
    """Yield the values of a variable for the go commands of a step; several if a command sets its own."""
    found = list(_of_step(job, name, step))
    if steps > 1 and step is not None:
        found = [value._replace(variant=value.variant or step.label) for value in found]
    yield from found


def _of_step(job: Job, name: str, step: Step | None) -> Iterator[Value]:
    around: dict[Level, Setting] = {}
    number = step.keys[-1] if step is not None else 0
    inline: list[Setting] = []
    own = ((), job.keys, *((step.keys,) if step is not None else ()))
    for setting in job.settings:
        if setting.assignment.name != name:
            continue
        place, level = setting.place, setting.level
        if level in (Level.WORKFLOW, Level.JOB, Level.STEP) and place in own:
            around[level] = setting
        elif level in (Level.LATER_STEPS, Level.GO_ENV) and place[:3] == (*job.keys, "steps"):
            if int(place[3]) < int(number):
                around[level] = setting
        elif step is not None and level is Level.RUN and place[:4] == step.keys:
            inline.append(setting)
    order = (Level.STEP, Level.LATER_STEPS, Level.JOB, Level.WORKFLOW, Level.GO_ENV)
    winner = next((around[level] for level in order if level in around), None)
    run = tuple(commands(step.text("run"))) if step is not None else ()
    rest = tuple(_values(job, winner)) if winner is not None else _of_container(job, name) or _implied(job, name)
    exported = [each for each in inline if _is_exported(each, job.file)]
    if exported:
        rest, inline = tuple(_values(job, exported[-1])), []
    yield from counted(name, [value for each in inline for value in _values(job, each)], rest, run)


def _is_exported(setting: Setting, file: File) -> bool:
    """Return whether a command of a script sets a variable for the commands after it."""
    start = setting.assignment.name_span.start
    before = file.source.text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    return before.rpartition(";")[2].rpartition("&&")[2].strip().removeprefix("- ").strip() == "export"


def _values(job: Job, setting: Setting) -> Iterator[Value]:
    assignment = setting.assignment
    if assignment.value is not None:
        yield Value(assignment.value, job.file.path, assignment.value_span)
        return
    written = job.file.source.text[slice(*assignment.value_span)]
    if setting.level not in (Level.WORKFLOW, Level.JOB, Level.STEP):
        yield Value(None, job.file.path, assignment.value_span, written=written)
        return
    for item in expanded(written, assignment.value_span, job.names):
        yield Value(item.text, job.file.path, assignment.value_span, item.variant, "" if item.text else written)


def _of_container(job: Job, name: str) -> tuple[Value, ...]:
    leaf = job.leaves.get((*job.keys, "container", "env", name))
    if leaf is None:
        return ()
    return tuple(
        Value(item.text, job.file.path, leaf.span, item.variant, "" if item.text else leaf.value)
        for item in expanded(leaf.value, leaf.span, job.names)
    )


def _implied(job: Job, name: str) -> tuple[Value, ...]:
    """Return the value of a variable that the job does not set: setup-go and the images of golang set GOTOOLCHAIN."""
    image = _image(job)
    if name == "GOTOOLCHAIN":
        for step in job.steps:
            if step.action == "actions/setup-go" and keeps_go(step, job.file):
                return (Value("local", job.file.path, step.leaves["uses",].span, is_default=True),)
        if image is not None and has_go(image.value):
            return (Value("local", job.file.path, image.span, is_default=True),)
    return (unset(name),)


# Tests and tools


def _races(job: Job, step: Step, flags: tuple[Value, ...]) -> Iterator[Value]:
    leaf = step.leaves.get(("run",))
    for command in commands(step.text("run")) if leaf is not None else ():
        if leaf is None or not command.tests:
            continue
        if race(command) is None:
            yield from expanded_race(command, partial(_expanded, job), job.file.path, leaf.span)
        else:
            yield race_value(command, job.file.path, leaf.span, flags)._replace(variant=step.label)


def _expanded(job: Job, text: str) -> tuple[Item, ...]:
    return expanded(text, None, job.names)


def _tools(job: Job) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = {}
    for step in job.steps:
        tool, key = _TOOL_ACTIONS.get(step.action, ("", ""))
        if tool:
            leaf = step.leaves.get(("with", key)) if key else None
            uses = step.leaves["uses",]
            items = expanded(leaf.value, leaf.span, job.names) if leaf is not None else (Item(LATEST, uses.span),)
            found.setdefault(tool, []).extend(_tool_value(item, job.file.path, leaf or uses) for item in items)
    scripts = ((step.text("run"), step.leaves["run",].span) for step in job.steps if ("run",) in step.leaves)
    for tool, values in tool_values(scripts, partial(_expanded, job), job.file.path).items():
        found.setdefault(tool, []).extend(values)
    return {name: distinct(iter(values)) for name, values in found.items()}


def _tool_value(item: Item, path: str, leaf: Leaf) -> Value:
    return Value(item.text, path, item.span, item.variant, "" if item.text else leaf.value)
