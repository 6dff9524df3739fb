"""An entry for each package with tests."""

from collections.abc import Iterator

from wslgo.launch.generate import build_tasks, environment, shapes
from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message

NAME = "test"
ABOUT = Message(
    en="Debug the tests of a package; `-test.run=NAME` in `args` chooses some of them",
    zh="调试一个包的测试；在 `args` 中用 `-test.run=NAME` 选择其中一部分",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    for program in workspace.tests:
        env, task = environment.of_program(program), build_tasks.task_before(program)
        yield shapes.test_entry(NAME, program, f"Test {program.title}", env=env, task=task)
