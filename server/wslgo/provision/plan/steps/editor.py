"""VS Code settings in this distribution that point the Go extension to another Go than the one in use.

The user's own settings are on the Windows side, and those of a workspace belong to its repository: neither is changed.
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import assignments
from wslgo.linter.another_go import is_another_go
from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan.file_fixes import FixedSource, fixed_source, joint_reason, write_of
from wslgo.provision.plan.steps import toolchain
from wslgo.provision.plan.steps.go_variables import CHOSEN
from wslgo.syntax.family import SETTINGS, by_name
from wslgo.syntax.file import File, read
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.span import apply

ID = "editor"
_OTHER_GO = "machine/another-go-in-editor"
RESOLVES = ("goenv", _OTHER_GO)
TITLE = Message(en="Fix the settings of {editor} in this distribution", zh="修复 {editor} 在此发行版中的设置")
OTHER_GOROOT = Message(
    en="go.goroot={value} makes the Go extension use that Go, while terminals use another one",
    zh="go.goroot={value} 会让 Go 扩展使用该 Go，而终端使用另一个",
)

_CHOSEN = (*CHOSEN, "goenv/folder-on-windows-drive")


def reads(_user: User, host: Host) -> tuple[str, ...]:
    return tuple(_path(editor.folder) for editor in host.editors or ())


def steps(facts: Facts, _spec: Spec) -> Iterator[Step]:
    for editor in facts.host.editors or ():
        path = _path(editor.folder)
        repaired = fixed_source(facts, path, SETTINGS, _CHOSEN)
        if repaired is None:
            continue
        done = _without_goroot(repaired, path, facts)
        write = write_of(facts, path, done.source)
        if write is not None:
            resolves = (*repaired.rules, *(done.rules if done is not repaired else ()))
            yield Step(ID, TITLE(editor=editor.name), joint_reason(done.reasons), (write,), resolves=resolves)


def _without_goroot(repaired: FixedSource, path: str, facts: Facts) -> FixedSource:
    """Remove `go.goroot` where it would win over the toolchain that wslgo switches."""
    for goroot in _goroots(repaired.source, path):
        edit = removal_edit(goroot)
        if edit is not None and _wins(goroot.value or "", facts):
            source = repaired.source._replace(text=apply(repaired.source.text, [edit]))
            reason: Text = OTHER_GOROOT(value=goroot.value)
            return FixedSource(source, (*repaired.reasons, reason), (_OTHER_GO, *toolchain.resolved_with(facts)))
    return repaired


def _goroots(source: Source, path: str) -> Iterator[Assignment]:
    family = by_name(SETTINGS)
    file: File | None = read(path, family, source, path) if family else None
    every = assignments(file) if file else ()
    return (assignment for assignment in every if assignment.scope is Scope.EDITOR_GOROOT)


def _wins(value: str, facts: Facts) -> bool:
    """Return whether it is another Go than that of terminals, or than the one that the plan switches to."""
    is_replaced = facts.release is not None and not f"{value}/".startswith(f"{layout.sdk(facts.user)}/")
    return is_replaced or is_another_go(facts.host, value)


def _path(folder: str) -> str:
    return f"{folder}/data/Machine/settings.json"
