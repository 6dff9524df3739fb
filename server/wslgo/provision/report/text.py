"""The texts of a plan for terminal and editor: marks, actions, exact diffs, restarts; and its JSON."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from wslgo.linter.finding import Reported, Severity
from wslgo.linter.finding_json import machine_finding
from wslgo.machine.host import Host
from wslgo.provision.model.step import (
    LOGIN,
    SHUTDOWN,
    TERMINATE,
    Action,
    CopyWorkspace,
    GoInstall,
    InstallPackages,
    InstallToolchain,
    MoveFolder,
    Plan,
    RunFixed,
    Step,
    Switch,
    WriteFile,
)
from wslgo.provision.plan.judgement import Remainder
from wslgo.text.diff import diff, invisible_changes
from wslgo.text.message import Language, Message, Text, redact
from wslgo.text.source import decode

AS_ROOT = Message(en="as root", zh="以 root 身份")
FOR_GOOD = Message(en="cannot be undone", zh="无法撤销")
WARNING = Message(en="Note: {text}", zh="注意：{text}")
REMOVES = Message(en="remove {path}", zh="删除 {path}")
CREATES = Message(en="create {path}", zh="创建 {path}")
CHANGES = Message(en="change {path}", zh="更改 {path}")
FETCHES = Message(
    en="download {source} to {folder}, verified with {digest}", zh="将 {source} 下载到 {folder}，并按 {digest} 校验"
)
BY_DATABASE = Message(en="the checksum of its source or of the checksum database", zh="来源或校验和数据库的校验和")
POINTS = Message(en="point {link} to {target}", zh="将 {link} 指向 {target}")
BUILDS = Message(en="go install {package}@{version} to {folder}", zh="go install {package}@{version} 到 {folder}")
MOVES = Message(en="move {source} to {target}", zh="将 {source} 移到 {target}")
COPIES = Message(en="copy {source} to {target}", zh="将 {source} 复制到 {target}")
INSTALLS = Message(en="install packages {names}", zh="安装软件包 {names}")
RUNS = Message(en="run {command}", zh="运行 {command}")

OF_HERE = Message(
    en="done by {program} of this machine, as {user}; no program of the tree runs",
    zh="由本机的 {program} 以 {user} 身份完成；不会运行目录树中的程序",
)
BY_COPY = Message(
    en="done by a copy of {program}, as {user}: downloaded from {source}, verified, and outside the tree",
    zh="由 {program} 的副本以 {user} 身份完成：从 {source} 下载并校验，位于目录树之外",
)
OF_TREE = Message(
    en="done by {program} of the tree, as {user}, inside {root} (chroot and namespaces, which do not confine root)",
    zh="由目录树中的 {program} 以 {user} 身份完成，限制在 {root} 内（chroot 和命名空间，并不能约束 root）",
)

NOTHING = Message(en="Nothing to do: this machine is up to date", zh="无需操作：此机器已是最新状态")
NOTHING_BY_ITSELF = Message(
    en="Nothing that wslgo can do by itself; left to you: {count}",
    zh="没有 wslgo 可自动完成的操作；需由您处理：{count} 项",
)
NOT_ALL_KNOWN = Message(
    en="Nothing to do, but {count} facts could not be checked (see wslgo doctor)",
    zh="无需操作，但有 {count} 项无法检查（见 wslgo doctor）",
)
ONLY_NOTES = Message(
    en="Nothing to do; notes: {count} (see wslgo doctor)", zh="无需操作；提示：{count} 条（见 wslgo doctor）"
)
LEFT = Message(en="Not fixed: {message} [{rule}]", zh="未解决：{message} [{rule}]")
LEFT_WITH_STEP = Message(en="Not fixed: {message} [{rule}] -> {next}", zh="未解决：{message} [{rule}] -> {next}")
NOTHING_TO_UNDO = Message(en="There is nothing to undo", zh="没有可撤销的内容")
WAITS = Message(en="Waiting for another wslgo provision to finish", zh="正在等待另一个 wslgo provision 结束")

NOTHING_LEFT = Remainder()

# The restart that a change needs to take effect, and what that stops.
AFTERWARDS = {
    TERMINATE: Message(
        en="Takes effect after wsl.exe --terminate, which stops everything in this distribution",
        zh="在 wsl.exe --terminate 之后生效，该命令会停止此发行版中运行的程序",
    ),
    SHUTDOWN: Message(
        en="Takes effect after wsl.exe --shutdown, which stops everything in every distribution",
        zh="在 wsl.exe --shutdown 之后生效，该命令会停止所有发行版中运行的程序",
    ),
    LOGIN: Message(en="Takes effect in new terminals", zh="在新终端中生效"),
}
TYPE_TERMINATE = Message(
    en="Save your work, then run in Windows: wsl --terminate {name} (it stops everything in this distribution)",
    zh="请先保存工作，然后在 Windows 中运行：wsl --terminate {name}（会停止此发行版中运行的程序）",
)
TYPE_SHUTDOWN = Message(
    en="Save your work, then run in Windows: wsl --shutdown (it stops all distributions: {names})",
    zh="请先保存工作，然后在 Windows 中运行：wsl --shutdown（会停止所有发行版：{names}）",
)
NEW_TERMINALS = Message(
    en="Open a new terminal; for VS Code, run 'Kill VS Code Server on WSL' so that it sees the changes",
    zh="请打开新终端；在 VS Code 中执行“Kill VS Code Server on WSL”后更改才会生效",
)


def marks(step: Step) -> Iterator[Text]:
    """Yield the remarks after the title of a step."""
    if step.needs_root:
        yield AS_ROOT()
    if not step.reversible:
        yield FOR_GOOD()


def in_one_line(action: Action) -> Text:
    """Return the description of an action."""
    return _WORDS[type(action)](action)


class Where(NamedTuple):
    """The machine of a plan: the folder of a tree, "/" for this machine, and the user that wslgo runs as."""

    root: str
    user: str


HERE = Where("/", "root")


class Start(NamedTuple):
    """A program that an action starts, its user and its root folder."""

    program: str
    user: str
    root: str


def start_of(action: Action, where: Where = HERE) -> Start | None:
    """Return the program that an action starts, if any."""
    if isinstance(action, GoInstall):
        program = action.toolchain.version if action.toolchain is not None else action.builder or action.go
        return Start(program, where.user, "/")
    if isinstance(action, (InstallPackages, RunFixed)):
        program = action.words[0] if isinstance(action, RunFixed) else "apt-get"
        return Start(program, where.user if where.root != "/" else "root", where.root)
    return None


def program_note(action: Action, where: Where) -> Text | None:
    """Return which program does an action for a tree, as which user and where; None on this machine."""
    start = start_of(action, where)
    if start is None or where.root == "/":
        return None
    if isinstance(action, GoInstall) and action.toolchain is not None:
        return BY_COPY(program=start.program, user=start.user, source=action.toolchain.source)
    return (OF_HERE if isinstance(action, GoInstall) else OF_TREE)(**start._asdict())


def diff_of(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """Yield the lines of the diff of a file, with their ends and with masked passwords."""
    for part in diff(path, decode(before or b""), decode(after or b"")):
        text = redact(part.decode("utf-8", "surrogateescape"))
        yield from text.encode("utf-8", "replace").decode().splitlines(keepends=True)


def invisible_notes(write: WriteFile) -> Iterator[Text]:
    """Yield the changes that cannot be seen in the diff of a file."""
    return (
        invisible_changes(write.path, decode(write.before or b""), decode(write.after or b""))
        if write.before
        else iter(())
    )


def afterwards(steps: Iterable[Step], host: Host) -> Iterator[Text]:
    """Yield the restart that these steps need, with what it stops; of two only the larger."""
    restarts = {restart for step in steps for restart in step.after}
    name = host.wsl.distribution or "NAME"
    if SHUTDOWN in restarts:
        yield TYPE_SHUTDOWN(names=(name, *(host.wsl.others_running or ())))
    elif TERMINATE in restarts:
        yield TYPE_TERMINATE(name=name)
    elif LOGIN in restarts:
        yield NEW_TERMINALS()


def outcome(plan: Plan, left: Remainder) -> Text | None:
    """Return the sentence about a plan without steps; all is well only if nothing is left and all is known."""
    if plan.steps:
        return None
    urgent = needs_attention(plan, left)
    if urgent:
        return NOTHING_BY_ITSELF(count=urgent)
    if left.unknown:
        return NOT_ALL_KNOWN(count=left.unknown)
    return ONLY_NOTES(count=len(left.findings)) if left.findings else NOTHING()


def needs_attention(plan: Plan, left: Remainder) -> int:
    """Return the number of findings and manual steps that a plan leaves to the user."""
    return len(list(urgent_findings(left))) + len(plan.notes)


def urgent_findings(left: Remainder) -> Iterator[Reported]:
    """Yield the findings that need attention; infos and hints do not."""
    return (reported for reported in left.findings if reported.severity <= Severity.WARNING)


def left_lines(left: Remainder) -> Iterator[Text]:
    """Yield a line for each finding that no step resolves."""
    for rule, _, _, finding in urgent_findings(left):
        if finding.next is None:
            yield LEFT(message=finding.message, rule=rule)
        else:
            yield LEFT_WITH_STEP(message=finding.message, rule=rule, next=finding.next)


def as_json(plan: Plan, spoken: Language, where: Where = HERE, left: Remainder = NOTHING_LEFT) -> dict[str, object]:
    """Return the output of `wslgo provision --plan --format json`."""
    return {
        "steps": [_step_as_json(step, spoken, where) for step in plan.steps],
        "left": [machine_finding(reported, spoken) for reported in left.findings],
    }


def _step_as_json(step: Step, spoken: Language, where: Where) -> dict[str, object]:
    """Return a step; with `programs` only if it starts some."""
    starts = [start._asdict() for action in step.actions if (start := start_of(action, where)) is not None]
    return {
        "id": step.id,
        "title": step.title.render(spoken),
        "reason": step.reason.render(spoken),
        "needs_root": step.needs_root,
        "reversible": step.reversible,
        "mends": list(step.resolves),
        "actions": [
            {"kind": _KINDS[type(action)], "does": in_one_line(action).render(spoken)} for action in step.actions
        ],
        "files": [_diff_as_json(write) for write in step.writes],
        **({"programs": starts} if starts else {}),
    }


def _diff_as_json(write: WriteFile) -> dict[str, str]:
    return {"path": write.path, "diff": "".join(diff_of(write.path, write.before, write.after))}


def _of_file(action: WriteFile) -> Text:
    message = REMOVES if action.after is None else CREATES if action.before is None else CHANGES
    return message(path=action.path)


def _of_toolchain(action: InstallToolchain) -> Text:
    return FETCHES(source=action.source, folder=action.folder, digest=action.digest or BY_DATABASE())


_KINDS: dict[type[Action], str] = {
    WriteFile: "write",
    InstallToolchain: "fetch",
    Switch: "link",
    GoInstall: "build",
    MoveFolder: "move",
    CopyWorkspace: "copy",
    InstallPackages: "packages",
    RunFixed: "run",
}

_WORDS: dict[type[Action], Callable[..., Text]] = {
    WriteFile: _of_file,
    InstallToolchain: _of_toolchain,
    Switch: lambda action: POINTS(link=action.link, target=action.target),
    GoInstall: lambda action: BUILDS(package=action.package, version=action.version, folder=action.folder),
    MoveFolder: lambda action: MOVES(source=action.source, target=action.target),
    CopyWorkspace: lambda action: COPIES(source=action.source, target=action.target),
    InstallPackages: lambda action: INSTALLS(names=" ".join(action.names)),
    RunFixed: lambda action: RUNS(command=" ".join(action.words)),
}
