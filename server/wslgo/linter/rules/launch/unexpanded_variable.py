"""A value in `env` or `args` has a variable like `$HOME`, which is not expanded.

No shell reads `launch.json`, even if `console` is a terminal. VS Code expands `${env:HOME}`, but passes `$HOME`,
`${HOME}` and `~` to the program unchanged, and with `"PATH": "/opt/bin:$PATH"` the program finds no other program.
Write `${env:NAME}`. A command in `$(...)` is not run, in `buildFlags` either.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"PATH": "/opt/bin:$PATH", "MODELS": "${HOME}/models"}
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"PATH": "/opt/bin:${env:PATH}", "MODELS": "${env:HOME}/models"}
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": ["--key=$API_KEY", "-kubeconfig", "~/.kube/config"]
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": ["--key=${env:API_KEY}", "-kubeconfig", "${env:HOME}/.kube/config"]
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "buildFlags": "-ldflags='-X main.version=$(git describe)'"
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"PATH": "/opt/bin:${env:PATH}", "DATA": "${workspaceFolder}/data", "HOMES": "$HOMES"}
        }
    ]
}
```

## No finding

A dollar sign may be just that, and the program may expand variables itself:

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"PASSWORD": "pa$$HOMEr", "HOOK": "export PATH=/x:$PATH", "PRICE": "$5"},
            "args": ["-run=^TestA$", "$5", "echo $HOME", "a$B", "~user", "x~/y", "{{$X}}", "$(NAMESPACE)"]
        }
    ]
}
```

## No finding

VS Code does not know the variables of `env` and `envFile`, so what to write is unknown:

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"HOST": "localhost"},
            "args": "-listen=${HOST}:80 -query '$HOME'/a"
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch import arguments
from wslgo.launch.delve_behaviour import builds, go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

# Variables that every shell has, at the start of a path or of a list entry; text with spaces may be for a shell.
USE = pattern(
    r"(?<![^:=,;])\$(?:(HOME|PATH|USER|LD_LIBRARY_PATH|GOPATH)(?=[/:,;]|\Z)"
    r"|\{(HOME|PATH|USER|LD_LIBRARY_PATH|GOPATH)\})"
)
# In an argument also any other variable, and the home folder: the shell that would expand them is not there.
IN_ARGUMENT = pattern(
    r"(?:(?<![^:=,@])|(?<=//))\$(?:([A-Z][A-Z0-9_]+)(?=[/:,;.@?]|\Z)|\{([A-Z][A-Z0-9_]+)\})|(?<![^=])(~)(?=/|\Z)"
)
# An env file does not set these.
OF_SYSTEM = ("HOME", "PATH", "USER")
# These are for the dynamic linker.
NOT_OF_SHELL = ("ORIGIN", "LIB", "PLATFORM")
COMMAND = pattern(r"\$\((?:pwd|git|date|which|whoami|hostname|id|uname|cat|go)\b[^()]*\)|`(?:pwd|git|date)\b[^`]*`")

MESSAGE = Message(
    en="{use} is not expanded, because no shell reads launch.json. Write {new}",
    zh="{use} 不会展开，因为 launch.json 不经过 shell。请写成 {new}",
)
NOT_RUN = Message(
    en="{use} is not run, because no shell reads launch.json. Use a task, or ${{input:NAME}} with a command",
    zh="{use} 不会运行，因为 launch.json 不经过 shell。请使用任务，或使用带命令的 ${{input:NAME}}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=("env", "args", "buildflags"))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if configuration.request == "launch":
            yield from _in_variables(tree, configuration)
            yield from _in_arguments(tree, configuration)
            yield from _in_build_flags(tree, configuration)


def _in_variables(tree: Jsonc, configuration: Configuration) -> Iterator[Finding]:
    for value in configuration.env.children() if configuration.env is not None else ():
        found = USE.search(value.string or "")
        if found is None or " " in (value.string or ""):
            continue
        new = f"${{env:{found[1] or found[2]}}}"
        text = USE.sub(lambda match: f"${{env:{match[1] or match[2]}}}", value.string or "")
        fix = Fix(CHANGE_TO(value=new), edit.replacement(tree, value, text), Safety.SAFE)
        yield Finding(value.span, MESSAGE(use=found[0], new=new), (fix,))


def _in_arguments(tree: Jsonc, configuration: Configuration) -> Iterator[Finding]:
    own = {member.key for member in configuration.env.members} if configuration.env is not None else set()
    for argument in arguments.read(configuration):
        for found in COMMAND.finditer(argument.written):
            yield Finding(argument.span(tree, Span(*found.span())), NOT_RUN(use=found[0]))
        if " " in argument.text:
            continue
        for found in IN_ARGUMENT.finditer(argument.written):
            name = "HOME" if found[3] else found[1] or found[2]
            is_of_file = bool(configuration.env_files()) and name not in OF_SYSTEM
            if name in own or name in NOT_OF_SHELL or is_of_file:
                continue
            place, new = Span(*found.span()), f"${{env:{name}}}"
            edits = argument.part_edits(tree, place, new)
            fixes = (Fix(CHANGE_TO(value=new), edits, Safety.SAFE),) if edits else ()
            yield Finding(argument.span(tree, place), MESSAGE(use=found[0], new=new), fixes)


def _in_build_flags(tree: Jsonc, configuration: Configuration) -> Iterator[Finding]:
    if not builds(configuration) or not configuration.has_flags:
        return
    from wslgo.launch import build_flags  # few entries have flags

    flags = build_flags.read(configuration)
    if flags is None or build_flags.fault_of(flags) is not None:
        return
    for place, word in enumerate(flags.words):
        found = COMMAND.search(word)
        if found is not None:
            yield Finding(flags.span(tree, place), NOT_RUN(use=found[0]))
