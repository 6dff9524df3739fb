"""`wslgo ci --write`: the script with the checks of a repository, and the workflows that call it."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from wslgo.ci.script_checks import Checks
from wslgo.ci.workflow_files import GITHUB, GITLAB, FileChange, change, paths, services_of
from wslgo.ci.workflow_repository import checks_in, default_branches, hosts_of_remotes, root_of_repository
from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.commands import ci_policy
from wslgo.cli.consent import is_agreed
from wslgo.cli.files import Trouble
from wslgo.cli.options import CiOptions
from wslgo.cli.output.diff import show
from wslgo.cli.terminal import CLEAN, shown
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.journal import ChangedError
from wslgo.system.reader import leads_out, read_regular
from wslgo.text.message import Message
from wslgo.text.source import Source, decode

NO_MODULE = Message(
    en="{path} has no go.mod, so there is nothing to check", zh="{path} 中没有 go.mod，因此没有可检查的内容"
)
LEFT_OUT = Message(
    en="the module in {path} is left out: a workflow cannot name this folder",
    zh="{path} 中的模块被忽略：工作流无法使用此文件夹名",
)
WITHHELD = Message(
    en="{name} of wslgo.yaml is left out because it holds a secret: set it as a secret of your CI",
    zh="wslgo.yaml 中的 {name} 含有机密，因此被忽略：请在 CI 中将其设为机密变量",
)
EDITED = Message(
    en="{path}: {names} was edited; this change would replace it:", zh="{path}：{names} 已被编辑；替换后将变为："
)
KEPT = Message(
    en="{path}: {names} was edited and is kept; replace it with --yes",
    zh="{path}：{names} 已被编辑，保持不变；--yes 可替换它",
)
OUTSIDE = Message(en="is a link to outside the repository, so it is not written", zh="是指向仓库之外的链接，因此不写入")
CURRENT = Message(en="The checks for CI are up to date", zh="CI 检查已是最新")


def write(folder: str, call: Call[CiOptions]) -> int:
    """Show or write the files; exit code 2, and nothing written, if one of them cannot be."""
    root = root_of_repository(folder)
    bound = ci_policy.policies_of(root, call.terminal.environment)
    if bound.problems:
        return call.fail(list(bound.problems))
    checks, refused = ci_policy.allowed_checks(checks_in(root), bound.binding)
    call.warn(refused)
    call.warn(LEFT_OUT(path=path) for path in checks.left_out)
    call.warn(WITHHELD(name=name) for name in checks.withheld)
    if not checks.modules:
        return call.fail([NO_MODULE(path=folder)])
    found = [_read(root, path, folder) for path in paths(_services(root, call.options))]
    troubles = [each for each in found if isinstance(each, Trouble)]
    if troubles:
        return call.fail(trouble.sentence() for trouble in troubles)
    before = [each for each in found if not isinstance(each, Trouble)]
    changes = list(_changes(before, root, checks, call))
    problems = [Trouble(_shown(root, each.path, folder), each.problem) for each in changes if each.problem is not None]
    if problems:
        return call.fail(problem.sentence() for problem in problems)
    broken = list(ci_policy.broken_by(changes, bound.binding))
    if broken:
        return call.fail(broken)
    return _put(changes, before, root, folder, call)


def _services(root: str, options: CiOptions) -> tuple[str, ...]:
    chosen = (*((GITHUB,) if options.github else ()), *((GITLAB,) if options.gitlab else ()))
    return chosen or services_of(os.listdir(root), hosts_of_remotes(root))


def _read(root: str, path: str, folder: str) -> tuple[str, bytes | None] | Trouble:
    """Return a file and its bytes, None if it is not there."""
    place = os.path.join(root, path)
    if leads_out(place, (os.path.realpath(root),)):
        return Trouble(_shown(root, path, folder), OUTSIDE())
    try:
        return path, read_regular(place, within=(os.path.realpath(root),))
    except FileNotFoundError:
        return path, None
    except OSError as error:
        return Trouble(_shown(root, path, folder), words.UNREADABLE(reason=reason(error)))


def _changes(
    found: Sequence[tuple[str, bytes | None]], root: str, checks: Checks, call: Call[CiOptions]
) -> Iterator[FileChange]:
    """Yield the changes; blocks that a user edited are replaced only after a yes."""
    branches = default_branches(root)
    for path, data in found:
        old = None if data is None else decode(data)
        kept = change(path, old, checks, branches)
        if not kept.edited:
            yield kept
            continue
        replaced = change(path, old, checks, branches, replaces_edited=True)
        yield replaced if _is_replaced(kept, replaced, call) else kept


def _is_replaced(kept: FileChange, replaced: FileChange, call: Call[CiOptions]) -> bool:
    if call.options.yes:
        return True
    if call.terminal.is_interactive and not call.options.diff:
        call.say(EDITED(path=kept.path, names=kept.edited))
        show(kept.path, kept.after, replaced.after, call)
        return is_agreed(call)
    call.complain(KEPT(path=kept.path, names=kept.edited))
    return False


def _put(
    changes: Sequence[FileChange],
    before: Sequence[tuple[str, bytes | None]],
    root: str,
    folder: str,
    call: Call[CiOptions],
) -> int:
    """Write the files, the script first, or show what would be written."""
    changed = [(each, data) for each, (_, data) in zip(changes, before, strict=True) if each.before != each.after]
    for each, data in changed:
        path = _shown(root, each.path, folder)
        if call.options.diff:
            show(path, each.before, each.after, call)
            continue
        try:
            _write(root, each.path, each.after, data)
        except OSError as error:
            return call.fail([Trouble(path, words.UNWRITABLE(reason=reason(error))).sentence()])
        call.terminal.say(shown(path))
    if not changed:
        call.complain(CURRENT())
    return CLEAN


def _write(root: str, path: str, after: Source, expected: bytes | None) -> None:
    """Write a file if it is still as it was read. Raises OSError."""
    place = Path(root, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    now = _read(root, path, root)
    if isinstance(now, Trouble) or now[1] != expected:
        raise ChangedError(str(place))
    write_atomically(place, after.encode())


def _shown(root: str, path: str, folder: str) -> str:
    """Return the path of a file as seen from the current folder, or below the folder that was named."""
    place = os.path.join(root, path)
    return place if os.path.isabs(folder) else os.path.relpath(place)
