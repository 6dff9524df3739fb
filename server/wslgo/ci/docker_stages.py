"""The stages of a Dockerfile as places that build Go; one that starts from another has its values, too.

A build argument without a default is not known: `docker build --build-arg` gives it.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from wslgo.ci.images import go_of, has_go, lacks_compiler
from wslgo.ci.matrix import Item
from wslgo.ci.model import GO, RACE, VARIABLES, Kind, Place, Value, distinct, unset
from wslgo.ci.script_values import counted, has_race, race_value, tool_values
from wslgo.ci.shell_commands import Command, commands, targets
from wslgo.goenv.levels import Level, Setting, settings
from wslgo.linter.image_stages import may_install_compiler
from wslgo.syntax import dockerfile
from wslgo.syntax.dockerfile import Instruction
from wslgo.syntax.file import File
from wslgo.syntax.yaml_scalars import Key
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_INHERITED = (GO, *VARIABLES)
_DOLLAR = "$"
_MOST_STAGES = 200


class Stage(NamedTuple):
    """A stage: its number from 1, its `FROM`, what is in it, and the variables that its `FROM` can use."""

    number: int
    start: Instruction
    inside: tuple[Instruction, ...]
    above: Mapping[str, str]

    @property
    def name(self) -> str:
        words = self.start.words
        return words[2] if len(words) > 2 and words[1].upper() == "AS" else ""


def places(file: File) -> Iterator[Place]:
    """Yield the stages that have Go or run go."""
    own: dict[Key, list[Setting]] = {}
    for setting in settings(file):
        own.setdefault(setting.place[0], []).append(setting)
    by_name: dict[str, Place] = {}
    for stage in islice(_stages(file.source.text), _MOST_STAGES):
        place = _place(file, stage, own.get(stage.number, []), by_name)
        if stage.name:
            by_name[stage.name.lower()] = place
        runs = any(_go_commands(stage))
        base = by_name.get(stage.start.words[0].lower())
        if runs or (base is None and has_go(_image(stage) or "")):
            yield place


def _stages(text: str) -> Iterator[Stage]:
    above: dict[str, str] = {}
    start: Instruction | None = None
    inside: list[Instruction] = []
    number = 0
    for instruction in dockerfile.instructions(text):
        if instruction.name == "FROM" and instruction.words:
            if start is not None:
                yield Stage(number, start, tuple(inside), above)
            start, inside, number = instruction, [], number + 1
        elif start is None:
            dockerfile.add_variables(instruction, above)
        else:
            inside.append(instruction)
    if start is not None:
        yield Stage(number, start, tuple(inside), above)


def _image(stage: Stage) -> str | None:
    return dockerfile.expansion(stage.start.words[0], stage.above)


def _place(file: File, stage: Stage, found: list[Setting], by_name: Mapping[str, Place]) -> Place:
    base = by_name.get(stage.start.words[0].lower())
    inherited = {name: base.values[name] for name in _INHERITED if name in base.values} if base is not None else {}
    values = dict(inherited)
    if base is None:
        values[GO] = (_go(file, stage),)
    for name in VARIABLES:
        own = distinct(_variable(file, stage, name, found, inherited.get(name, ())))
        values[name] = own or inherited.get(name, ())
    values |= tool_values(_scripts(stage), lambda written: (Item(written),), file.path)
    flags = has_race(values["GOFLAGS"])
    tests = distinct(
        race_value(command, file.path, instruction.span, is_in_flags=flags)
        for instruction, command in _go_commands(stage)
        if command.tests
    )
    if tests:
        values[RACE] = tests
    name = stage.name or stage.start.words[0]
    called = tuple(dict.fromkeys(target for script, _ in _scripts(stage) for target in targets(script)))
    known = {key: value for key, value in values.items() if value}
    return Place(Kind.STAGE, file.path, name, stage.start.span, known, called)


def _scripts(stage: Stage) -> Iterator[tuple[str, Span]]:
    """Yield the commands of a stage with the places of their instructions."""
    for instruction in stage.inside:
        if instruction.name in ("RUN", "CMD", "ENTRYPOINT"):
            is_list = instruction.text.startswith("[")
            yield " ".join(instruction.words) if is_list else instruction.text, instruction.span


def _go_commands(stage: Stage) -> Iterator[tuple[Instruction, Command]]:
    for instruction in stage.inside:
        if instruction.name == "RUN":
            text = " ".join(instruction.words) if instruction.text.startswith("[") else instruction.text
            yield from ((instruction, command) for command in commands(text))


def _go(file: File, stage: Stage) -> Value:
    written = stage.start.words[0]
    text, span = file.source.text, stage.start.span
    at = text.find(written, *span)
    image = _image(stage)
    place = Span(at, at + len(written)) if at >= 0 else span
    return go_of(Item(image, _argument(text, written, stage) or place), file.path, written)


def _argument(text: str, image: str, stage: Stage) -> Span | None:
    """Return the place of the only build argument of an image."""
    names = [name for name in stage.above if f"${name}" in image or f"${{{name}" in image]
    for instruction in dockerfile.instructions(text[: stage.start.span.start]) if len(names) == 1 else ():
        at = text.find(f"{names[0]}=", *instruction.span)
        if instruction.name == "ARG" and at >= 0:
            start = at + len(names[0]) + 1
            value = stage.above[names[0]]
            found = text.find(value, start, instruction.span.end)
            return Span(found, found + len(value)) if found >= 0 else None
    return None


def _variable(
    file: File, stage: Stage, name: str, found: list[Setting], inherited: tuple[Value, ...]
) -> Iterator[Value]:
    own = [each for each in found if each.assignment.name == name]
    inline = [each for each in own if each.level is Level.BUILD_COMMAND]
    by_level = {each.level: each for each in own}
    winner = by_level.get(Level.IMAGE) or by_level.get(Level.BUILD) or by_level.get(Level.GO_ENV)
    around = (_value(file, stage, winner),) if winner is not None else _bare(file, stage, name) or inherited
    if not around and name == "GOTOOLCHAIN" and has_go(_image(stage) or ""):
        around = (Value("local", file.path, stage.start.span, is_default=True),)
    if name == "CGO_ENABLED" and all(value.is_default for value in around):
        scripts = [script for script, _ in _scripts(stage)]
        if not around and lacks_compiler(_image(stage) or "", scripts):
            around = (Value("0", file.path, stage.start.span, is_default=True),)
        elif any(map(may_install_compiler, scripts)):
            around = ()
    run = [command for _, command in _go_commands(stage)]
    yield from counted(name, [_value(file, stage, each) for each in inline], around or (unset(name),), run)


def _value(file: File, stage: Stage, setting: Setting) -> Value:
    assignment = setting.assignment
    written = file.source.text[slice(*assignment.value_span)]
    text = assignment.value
    if text is None and setting.level is Level.IMAGE:
        text = dockerfile.expansion(written.strip("\"'"), {**stage.above, **dockerfile.variables(stage.inside)})
        text = None if text is not None and _DOLLAR in text else text
    return Value(text, file.path, assignment.value_span, written="" if text is not None else written)


def _bare(file: File, stage: Stage, name: str) -> tuple[Value, ...]:
    """Return the unknown value of a build argument without a default."""
    for instruction in stage.inside:
        if instruction.name == "ARG" and name in instruction.words:
            return (Value(None, file.path, instruction.span, written=f"ARG {name}"),)
    return ()
