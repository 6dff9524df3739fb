"""`GODEBUG` has `cgocheck=2`, so the program stops at once.

Since Go 1.21 the thorough check of pointers passed to C is a build setting: `GOEXPERIMENT=cgocheck2`. The old setting
stops every program with "cgocheck > 1 mode is no longer supported at runtime". The `env` of an entry reaches the build
as well, so you can set the new one in the same place.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"GODEBUG": "gctrace=1,cgocheck=2"}
        }
    ]
}
```

```text project path=go.mod
module example.com/app

go 1.23
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"GODEBUG": "gctrace=1", "GOEXPERIMENT": "cgocheck2"}
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": ".",
            "env": {"GODEBUG": "cgocheck=2"}
        }
    ]
}
```

```json host
{"go": {"path": "/usr/local/go/bin/go", "version": "go1.26.1"}}
```

becomes

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": ".",
            "env": {"GODEBUG": "", "GOEXPERIMENT": "cgocheck2"}
        }
    ]
}
```

## No finding

An older Go still knows it, and the version of Go is not known here:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"GODEBUG": "cgocheck=2"}}]}
```

```text project path=go.mod
module example.com/app

go 1.20
```

## No finding

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"GODEBUG": "cgocheck=1"}}]}
```

```text project path=go.mod
module example.com/app

go 1.23
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries, starts
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.span import Edit

SWITCH = "cgocheck=2"
EXPERIMENT = "cgocheck2"

MESSAGE = Message(
    en="The program stops at once, because Go 1.21 and newer have no cgocheck=2. Build with GOEXPERIMENT=cgocheck2",
    zh="程序会立即终止，因为 Go 1.21 及以后没有 cgocheck=2。请在构建时使用 GOEXPERIMENT=cgocheck2",
)
TITLE = Message(en="Use GOEXPERIMENT=cgocheck2", zh="改用 GOEXPERIMENT=cgocheck2")


@rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("go",), by_entry=True, only_with=("cgocheck",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        switches, env = configuration.variable("GODEBUG"), configuration.env
        if switches is None or env is None or not starts(configuration):
            continue
        if SWITCH not in (switches.string or "").split(",") or not _is_newer_go(scene):
            continue
        is_fixable = builds(configuration) and env.get("GOEXPERIMENT") is None and not tree.problems
        fixes = (Fix(TITLE(), _edits(tree, env, switches)),) if is_fixable else ()
        yield Finding(switches.span, MESSAGE(), fixes)


def _edits(tree: Jsonc, env: Node, switches: Node) -> tuple[Edit, ...]:
    kept = ",".join(switch for switch in (switches.string or "").split(",") if switch != SWITCH)
    return (
        *edit.replacement(tree, switches, kept),
        *edit.with_member(tree, env, "GOEXPERIMENT", EXPERIMENT),
    )


def _is_newer_go(scene: Scene) -> bool:
    """Return whether Go is known to be newer: a module names the oldest Go that may build it."""
    from wslgo.knowledge.go_releases import NO_CGOCHECK_2_SINCE  # few entries set GODEBUG
    from wslgo.knowledge.version import go_version, toolchain_version

    go = scene.host.go
    installed = toolchain_version(go.version) if go is not None and go.version else None
    if installed is not None and installed >= NO_CGOCHECK_2_SINCE:
        return True
    modules = scene.project.modules() if scene.project is not None else ()
    wanted = [go_version(module.file.go.version) for module in modules if module.file.go is not None]
    return bool(wanted) and all(version is not None and version >= NO_CGOCHECK_2_SINCE for version in wanted)
