"""Settings that VS Code keeps in this distribution and that lead its Go extension elsewhere than to the Go in use.

The user's own settings lie on the Windows side, and those of a workspace belong to its repository: both are left alone.
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import assignments
from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan.file_fixes import Mended, mended, together, written
from wslgo.provision.plan.steps.go_variables import CHOSEN
from wslgo.syntax.family import SETTINGS, by_name
from wslgo.syntax.file import File, read
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.span import apply

ID = "editor"
TITLE = Message(en="Mend the settings of {editor} in this distribution", zh="修正 {editor} 在此发行版中的设置")
OTHER_GOROOT = Message(
    en="go.goroot={value} makes the Go extension use that Go, whichever is switched to",
    zh="go.goroot={value} 会让 Go 扩展使用该 Go，无论切换到哪个版本",
)

_CHOSEN = (*CHOSEN, "goenv/folder-on-windows-drive")


def reads(_user: User, host: Host) -> tuple[str, ...]:
    return tuple(_path(one.folder) for one in host.editors or ())


def steps(facts: Facts, _spec: Spec) -> Iterator[Step]:
    for editor in facts.host.editors or ():
        path = _path(editor.folder)
        repaired = mended(facts, path, SETTINGS, _CHOSEN)
        if repaired is None:
            continue
        done = _without_goroot(repaired, path, facts)
        write = written(facts, path, done.source)
        if write is not None:
            yield Step(ID, TITLE(editor=editor.name), together(done.reasons), (write,))


def _without_goroot(repaired: Mended, path: str, facts: Facts) -> Mended:
    """Without `go.goroot` where it would win over the toolchain that we switch."""
    for one in _goroots(repaired.source, path):
        edit = removal_edit(one)
        if edit is not None and _wins(one.value or "", facts):
            source = repaired.source._replace(text=apply(repaired.source.text, [edit]))
            reason: Text = OTHER_GOROOT(value=one.value)
            return Mended(source, (*repaired.reasons, reason))
    return repaired


def _goroots(source: Source, path: str) -> Iterator[Assignment]:
    family = by_name(SETTINGS)
    file: File | None = read(path, family, source, path) if family else None
    return (one for one in (assignments(file) if file else ()) if one.scope is Scope.EDITOR_GOROOT)


def _wins(value: str, facts: Facts) -> bool:
    is_ours = layout.in_use(facts) is not None or facts.release is not None
    return is_ours and not f"{value}/".startswith(f"{layout.sdk(facts.user)}/")


def _path(folder: str) -> str:
    return f"{folder}/data/Machine/settings.json"
