"""The differences between what CI recorded and what a run here recorded, the one that explains the most first."""

from collections.abc import Iterator, Mapping

from wslgo.ci.record import NAMES, Program, Record
from wslgo.machine.binary import Binary
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple, TypeVar

COMMIT = Message(en="the commit", zh="提交")
SETTING = Message(en="build setting {name} of {program}", zh="{program} 的构建设置 {name}")
GO_OF = Message(en="Go that built {program}", zh="构建 {program} 的 Go")
MODULE = Message(en="module {name} of {program}", zh="{program} 的模块 {name}")
PROGRAM = Message(en="program {program}", zh="程序 {program}")
TEST = Message(en="test {name} in {package}", zh="{package} 中的测试 {name}")
STEP = Message(en="step {name}", zh="步骤 {name}")

# When something was built is never the same; the revision is that of the commit.
_SKIPPED = frozenset(("vcs.time", "vcs.revision"))
# Go's own order has what is common to all builds first; of these a difference explains others.
_FIRST = ("GOOS", "GOARCH", "CGO_ENABLED", "-race", "-tags", "-gcflags", "-ldflags", "-trimpath")

Key = TypeVar("Key")


class Difference(NamedTuple):
    """A value that CI and this machine do not share; "" is an empty value, None one that is not there."""

    about: Text
    ci: str | None
    here: str | None


def differences(ci: Record, here: Record) -> Iterator[Difference]:
    """Yield what differs; a part that one of them lacks is not compared."""
    if ci.commit and here.commit and ci.commit != here.commit:
        yield Difference(COMMIT(), ci.commit, here.commit)
    if ci.environment is not None and here.environment is not None:
        yield from _variables(ci.environment, here.environment)
    if ci.programs is not None and here.programs is not None:
        yield from _programs(ci.programs, here.programs)
    if ci.tests is not None and here.tests is not None:
        yield from _tests(ci.tests, here.tests)
    if ci.steps is not None and here.steps is not None:
        yield from _steps(ci, here)


def program_of(binary: Binary) -> Program | None:
    """Return a program file as a record has it, but for its modules; None if Go did not build it."""
    if binary.go is None or binary.package is None:
        return None
    return Program(binary.package, binary.go, (), tuple((name, value) for name, value in binary.settings))


def _variables(ci: Mapping[str, str], here: Mapping[str, str]) -> Iterator[Difference]:
    for name in NAMES:
        if name in ci and name in here and ci[name] != here[name]:
            yield Difference(_name(name), ci[name], here[name])


def _name(name: str) -> Text:
    return Message(en="{name}", zh="{name}")(name=name)


def _programs(ci: tuple[Program, ...], here: tuple[Program, ...]) -> Iterator[Difference]:
    built = {program.path: program for program in here}
    for program in ci:
        other = built.pop(program.path, None)
        if other is None:
            yield Difference(PROGRAM(program=program.path), program.go, None)
            continue
        if program.go != other.go:
            yield Difference(GO_OF(program=program.path), program.go, other.go)
        for name, left, right in _pairs(_settings(program), _settings(other)):
            yield Difference(SETTING(name=name, program=program.path), left, right)
        if program.modules and other.modules:
            for name, left, right in _pairs(dict(program.modules), dict(other.modules)):
                yield Difference(MODULE(name=name, program=program.path), left, right)
    # A program alone is compared with the one of the same package; all of a record, also with those that it lacks.
    if len(ci) != 1:
        for path, program in built.items():
            yield Difference(PROGRAM(program=path), None, program.go)


def _settings(program: Program) -> dict[str, str]:
    values = {name: value for name, value in program.settings if name not in _SKIPPED}
    return {name: values[name] for name in (*(name for name in _FIRST if name in values), *values)}


def _tests(ci: Mapping[tuple[str, str], str], here: Mapping[tuple[str, str], str]) -> Iterator[Difference]:
    for (package, name), left, right in _pairs(ci, here):
        yield Difference(TEST(name=name, package=package), left, right)


def _steps(ci: Record, here: Record) -> Iterator[Difference]:
    left = {name: "ok" if is_fine else "failed" for name, _, is_fine in ci.steps or ()}
    right = {name: "ok" if is_fine else "failed" for name, _, is_fine in here.steps or ()}
    for name, outcome in left.items():
        if name in right and right[name] != outcome:
            yield Difference(STEP(name=name), outcome, right[name])


def _pairs(left: Mapping[Key, str], right: Mapping[Key, str]) -> Iterator[tuple[Key, str | None, str | None]]:
    """Yield the keys whose values differ, with both values; None where a side lacks the key."""
    for key in dict.fromkeys((*left, *right)):
        if left.get(key) != right.get(key):
            yield key, left.get(key), right.get(key)
