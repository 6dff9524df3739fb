"""One entry for each package with tests."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import Entry
from wslgo.launch.generate.programs import Subject
from wslgo.text.message import Message

NAME = "test"
ABOUT = Message(
    en="Debug the tests of a package; `-test.run=NAME` in `args` chooses some of them",
    zh="调试一个包的测试；在 `args` 中用 `-test.run=NAME` 选择其中一部分",
)


def entries(subject: Subject) -> Iterator[Entry]:
    for program in subject.tests:
        env, task = environment.of_program(program), build_tasks.task_before(program)
        yield shapes.tests(NAME, program, f"Test {program.title}", env=env, task=task)
