"""The levels at which a file sets a Go variable for programs that it starts itself, and the settings that meet there.

Such a file acts in a container, on a runner or below make, whatever this machine sets. Which setting wins inside of the
file follows from its own levels. Sources: the documentation of GitHub Actions (`env` by the most specific place),
GitLab CI/CD (precedence of variables), Dockerfiles and Compose, and containers.dev; GNU make 4.3. As of 2026-11.
"""

from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum
from itertools import accumulate

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.readers import assignments
from wslgo.syntax import dockerfile, yaml_scalars
from wslgo.syntax.family import COMPOSE, DEVCONTAINER, DOCKERFILE, GITLAB, MAKEFILE, WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple, cast

Place = tuple[Key, ...]


class Level(Enum):
    """A level of a file; the programs that get a setting follow from it."""

    WORKFLOW = "all jobs of a workflow"
    JOB = "a job of a workflow"
    STEP = "a step"
    RUN = "a command of a step"
    LATER_STEPS = "the steps after a command"
    PIPELINE = "all jobs of a pipeline"
    PIPELINE_JOB = "a job of a pipeline"
    SCRIPT = "a command of a pipeline"
    IMAGE = "ENV of a stage"
    BUILD = "ARG of a stage"
    BUILD_COMMAND = "RUN of a stage"
    SERVICE = "a service of Compose"
    SERVICE_BUILD = "the build of a service"
    CONTAINER = "a dev container"
    EDITOR = "the editor in a dev container"
    MAKE = "the programs of make"
    MAKE_DEFAULT = "the programs of make, unless the environment has it"
    RECIPE = "a command of a recipe"
    GO_ENV = "the go env file there"


class Setting(NamedTuple):
    """An assignment, its level, and the place for which it counts: the keys of a job, the number of a stage."""

    assignment: Assignment
    level: Level
    place: Place = ()


class Relation(Enum):
    """The outcome where two settings of one variable meet."""

    WINS = "wins"
    OVERRIDDEN = "overridden"


# The levels of a stage, of which a later line wins; all others meet by their places.
_OF_STAGE = (Level.BUILD, Level.IMAGE, Level.BUILD_COMMAND)
_OF_MAKE = (Level.MAKE_DEFAULT, Level.MAKE, Level.RECIPE)
_LOOSE = (Level.LATER_STEPS, Level.GO_ENV, Level.SERVICE, Level.SERVICE_BUILD, Level.CONTAINER, Level.EDITOR)
_GO_ENV = ["go", "env", "-w"]
_NEAR = 200  # characters around an assignment: a line can have a million
_COMMAND_END = pattern(r"[;&|:]")
_IN_CONTAINER = (
    (("containerEnv",), Level.CONTAINER),
    (("remoteEnv",), Level.EDITOR),
    (("customizations", "vscode", "settings", "go.toolsEnvVars"), Level.EDITOR),
    (("build", "args"), Level.SERVICE_BUILD),
)


def setting_of(file: File, assignment: Assignment) -> Setting | None:
    """Return an assignment with its level; None in a file without levels."""
    return next((found for found in settings(file) if found.assignment == assignment), None)


def met(file: File, setting: Setting) -> Iterator[tuple[Setting, Relation]]:
    """Yield the other settings of a variable that meet one, each with what happens to it."""
    for other in settings(file):
        if other.assignment.name != setting.assignment.name or other.assignment == setting.assignment:
            continue
        relation = _relation(setting, other)
        if relation is not None:
            yield other, relation


def _relation(setting: Setting, other: Setting) -> Relation | None:
    """Return whether another setting wins where both count, or is overridden; None if they never meet."""
    for levels in (_OF_STAGE, _OF_MAKE):
        if setting.level in levels and other.level in levels:
            is_beside = setting.place == other.place
            ranks = levels.index(setting.level), levels.index(other.level)
            return _wins(is_later=ranks[1] > ranks[0]) if is_beside and ranks[0] != ranks[1] else None
    if setting.level in _LOOSE or other.level in _LOOSE or setting.place == other.place:
        return None
    short, long = sorted((setting.place, other.place), key=len)
    return _wins(is_later=other.place == long) if long[: len(short)] == short else None


def _wins(*, is_later: bool) -> Relation:
    return Relation.WINS if is_later else Relation.OVERRIDDEN


def settings(file: File) -> tuple[Setting, ...]:
    """Return every assignment of a file with its level; none in a file without levels."""
    return file.ask(_settings)


def _settings(file: File) -> tuple[Setting, ...]:
    readers = {
        WORKFLOW: _of_yaml,
        GITLAB: _of_yaml,
        COMPOSE: _of_yaml,
        DOCKERFILE: _of_dockerfile,
        DEVCONTAINER: _of_devcontainer,
        MAKEFILE: _of_makefile,
    }
    reader = readers.get(file.family.name)
    return () if reader is None else tuple(reader(file))


def _of_yaml(file: File) -> Iterator[Setting]:
    levels = {WORKFLOW: _level_in_workflow, GITLAB: _level_in_pipeline, COMPOSE: _level_in_compose}[file.family.name]
    text = file.source.text
    by_key: dict[int, list[Leaf]] = {}
    by_value: dict[int, list[Leaf]] = {}
    for leaf in yaml_scalars.resolved(text, merges=file.family.name != WORKFLOW):
        by_value.setdefault(leaf.span.start, []).append(leaf)
        if leaf.key_span is not None:
            by_key.setdefault(leaf.key_span.start, []).append(leaf)
    starts = sorted(by_value)
    for assignment in assignments(file):
        at = assignment.name_span.start
        before = bisect_right(starts, at) - 1
        around = by_value[starts[before]] if before >= 0 else []
        for leaf in (*by_key.get(at, ()), *(leaf for leaf in around if at < leaf.span.end)):
            found = levels(leaf.keys)
            if found is not None:
                yield _of_line(Setting(assignment, *found), text)


def _of_line(setting: Setting, text: str) -> Setting:
    """Return the setting of a command, which may set a variable for more than its own programs."""
    if setting.level not in (Level.RUN, Level.SCRIPT, Level.BUILD_COMMAND, Level.RECIPE):
        return setting
    span = setting.assignment.name_span
    start = text.rfind("\n", max(span.start - _NEAR, 0), span.start) + 1 or max(span.start - _NEAR, 0)
    after = text[span.end : setting.assignment.word_span.end + _NEAR].split("\n", 1)[0]
    words = _COMMAND_END.split(text[start : span.start])[-1].split()
    if any(words[at : at + 3] == _GO_ENV for at in range(2)):
        return setting._replace(level=Level.GO_ENV)
    if "GITHUB_ENV" in after:
        return setting._replace(level=Level.LATER_STEPS)
    return setting


def _level_in_workflow(keys: Place) -> tuple[Level, Place] | None:
    if len(keys) > 2 and keys[-3] == "steps" and keys[-1] == "run":
        return Level.RUN, keys
    place = keys[:-2] if keys[-2:-1] == ("env",) else None
    if place is None:
        return None
    if not place:
        return Level.WORKFLOW, place
    if len(place) > 1 and place[-2] == "steps":
        return Level.STEP, place
    return (Level.JOB, place) if place[0] == "jobs" and len(place) == len(("jobs", "NAME")) else None


def _level_in_pipeline(keys: Place) -> tuple[Level, Place] | None:
    keys = keys[:-1] if keys[-1] == "value" else keys
    if keys[-2:-1] == ("variables",):
        place = keys[:-2]
        return (Level.PIPELINE_JOB if place else Level.PIPELINE, place) if len(place) < 2 else None
    return Level.SCRIPT, keys


def _level_in_compose(keys: Place) -> tuple[Level, Place] | None:
    if keys[0] != "services":
        return None
    return (Level.SERVICE_BUILD if keys[-2] == "args" else Level.SERVICE), keys[:2]


def _of_dockerfile(file: File) -> Iterator[Setting]:
    text = file.source.text
    levels = {"ENV": Level.IMAGE, "ARG": Level.BUILD, "RUN": Level.BUILD_COMMAND}
    instructions = list(dockerfile.instructions(text))
    starts = [instruction.span.start for instruction in instructions]
    stages = list(accumulate(instruction.name == "FROM" for instruction in instructions))
    for assignment in assignments(file):
        place = bisect_right(starts, assignment.name_span.start) - 1
        level = levels.get(instructions[place].name) if place >= 0 else None
        if level is not None and stages[place]:
            yield _of_line(Setting(assignment, level, (stages[place],)), text)


def _of_devcontainer(file: File) -> Iterator[Setting]:
    tree = cast("Jsonc", file.tree)
    for keys, level in _IN_CONTAINER:
        holder = tree.at(*keys)
        for assignment in assignments(file) if holder is not None else ():
            if holder is not None and holder.span.covers(assignment.name_span):
                yield Setting(assignment, level)


def _of_makefile(file: File) -> Iterator[Setting]:
    text = file.source.text
    for assignment in assignments(file):
        line = text.rfind("\n", 0, assignment.name_span.start) + 1
        is_default = text[assignment.name_span.end :].lstrip(" \t").startswith("?=")
        is_recipe = text.startswith("\t", line) or ";" in text[line : assignment.name_span.start]
        level = Level.RECIPE if is_recipe else Level.MAKE_DEFAULT if is_default else Level.MAKE
        if is_recipe or assignment.is_exported:
            yield _of_line(Setting(assignment, level), text)
