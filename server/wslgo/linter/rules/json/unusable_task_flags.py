"""A task without a shell starts go with flags that go rejects.

VS Code starts a task of type `go` or `process` without a shell: each element of `args` is one word, and quotes are a
part of it. go then rejects `-gcflags='all=-N -l'` and `-tags integration`.

## Example

```json path=.vscode/tasks.json
{
  "tasks": [
    {"label": "build", "type": "go", "command": "build", "args": ["-gcflags='all=-N -l'", "./..."]}
  ]
}
```

becomes

```json path=.vscode/tasks.json
{
  "tasks": [
    {"label": "build", "type": "go", "command": "build", "args": ["-gcflags=all=-N -l", "./..."]}
  ]
}
```

## Example

```json path=.vscode/tasks.json
{
  "tasks": [
    {"label": "test", "type": "process", "command": "go", "args": ["test", "-tags integration", "./..."]}
  ]
}
```

becomes

```json path=.vscode/tasks.json
{
  "tasks": [
    {"label": "test", "type": "process", "command": "go", "args": ["test", "-tags", "integration", "./..."]}
  ]
}
```

## No finding

A shell splits the words, and removes quotes:

```json path=.vscode/tasks.json
{
  "tasks": [
    {"label": "a", "type": "shell", "command": "go build -gcflags='all=-N -l' -tags 'a b'"},
    {"label": "b", "type": "shell", "command": "go", "args": ["build", "-gcflags='all=-N -l'"]}
  ]
}
```

## No finding

```json path=.vscode/tasks.json
{
  "tasks": [
    {"label": "a", "type": "go", "command": "test", "args": ["-v", "./...", "-update", "-name=a b", "-args", "-x y"]},
    {"label": "b", "type": "process", "command": "go", "args": ["run", "-race", ".", "-config a", "--what='x y'"]},
    {"label": "c", "type": "process", "command": "make", "args": ["-tags a"]}
  ]
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import TASKS, WORKSPACE
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # only files of tasks need the readers of flags
    from wslgo.launch.build_flags import BuildFlags
    from wslgo.syntax.go.command_line import Argument

COMMANDS = {"build": "BUILD", "install": "BUILD", "run": "BUILD", "test": "TEST"}

OF_RUN = "exec"

MESSAGE = Message(
    en="The task fails: {words}",
    zh="任务会失败：{words}",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, by_entry=True, only_with=("tasks",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = {TASKS: tree.root, WORKSPACE: tree.at("tasks")}.get(scene.file.family.name)
    tasks = holder.get("tasks") if holder is not None else None
    for task in tasks.elements if tasks is not None else ():
        flags = _flags(task)
        fault = _fault_of(flags) if flags is not None else None
        if flags is None or fault is None:
            continue
        from wslgo.linter.flag_fix import flag_fixes  # most flags are right

        # Packages and other words after the fault are not judged.
        end = fault.last + 1
        judged = flags._replace(words=flags.words[:end], places=flags.places[:end])
        fixes = flag_fixes(tree, flags, judged)
        yield Finding(flags.span(tree, fault.first, fault.last), MESSAGE(words=fault.error), fixes)


def _flags(task: Node) -> "BuildFlags | None":
    """Return the words after `go build` and its like; None if the task is another one, or Linux has its own words."""
    kind, command, args = (task.get(name) for name in ("type", "command", "args"))
    linux = task.get("linux")
    if kind is None or args is None or args.kind != "array" or (linux is not None and linux.get("args") is not None):
        return None
    name = (command.string or "") if command is not None else "build"
    if kind.string == "process" and name.rpartition("/")[2] == "go" and args.elements:
        name = args.elements[0].string or ""
        args = args._replace(elements=args.elements[1:])
    elif kind.string != "go":
        return None
    if name not in COMMANDS:
        return None
    from wslgo.launch.build_flags import of_list  # see above
    from wslgo.syntax.go.command_line import Command

    return of_list(args, Command[COMMANDS[name]])


def _fault_of(flags: "BuildFlags") -> "Argument | None":
    """Return what go rejects; packages end the flags, but in tests flags can follow them."""
    from wslgo.syntax.go.command_line import Command, Fault  # see above

    is_test = flags.command is Command.TEST
    for argument in flags.arguments():
        is_unknown = argument.fault is Fault.UNKNOWN and " " not in argument.name
        if is_unknown and (is_test or argument.name == OF_RUN):
            return None  # a flag of the test, or of `go run`
        if argument.fault is Fault.PACKAGE:
            if not is_test:
                return None
        elif argument.error:
            return argument
    return None
