"""A plan in words that terminal and editor share: marks, actions, exact diffs, what has to be started anew; and as the
JSON of the contract."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from wslgo.machine.host import Host
from wslgo.provision.model.step import (
    LOGIN,
    SHUTDOWN,
    TERMINATE,
    Action,
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
    en="fetch {source} into {folder}, checked against {digest}", zh="将 {source} 下载到 {folder}，并按 {digest} 校验"
)
BY_DATABASE = Message(
    en="the checksum its source or the checksum database has signed", zh="来源或校验和数据库签名的校验和"
)
POINTS = Message(en="let {link} point to {target}", zh="让 {link} 指向 {target}")
BUILDS = Message(en="go install {package}@{version} into {folder}", zh="go install {package}@{version} 到 {folder}")
MOVES = Message(en="move {source} to {target}", zh="将 {source} 移到 {target}")
INSTALLS = Message(en="install the packages {names}", zh="安装软件包 {names}")
RUNS = Message(en="run {command}", zh="运行 {command}")

OF_HERE = Message(
    en="{program} of this machine does that, as {user}; nothing of the tree is run for it",
    zh="由本机的 {program} 以 {user} 身份完成；不会为此运行目录树中的程序",
)
BY_COPY = Message(
    en="a copy of {program} does that, as {user}: fetched from {source}, verified, and outside of the tree",
    zh="由 {program} 的副本以 {user} 身份完成：从 {source} 下载并校验，位于目录树之外",
)
OF_TREE = Message(
    en="{program} of the tree does that, as {user}, locked into {root} (by chroot and namespaces, which do not confine"
    " root)",
    zh="由目录树中的 {program} 以 {user} 身份完成，限制在 {root} 内（chroot 和命名空间，并不能约束 root）",
)

NOTHING = Message(en="Nothing to do: this machine is as it should be", zh="无需操作：此机器已符合要求")
NOTHING_TO_UNDO = Message(en="There is nothing to undo", zh="没有可撤销的内容")
WAITS = Message(
    en="Another wslgo provision is running; waiting for it", zh="另一个 wslgo provision 正在运行；等待其结束"
)

# What a change waits for, and what that stops.
AFTERWARDS = {
    TERMINATE: Message(
        en="Acts after wsl.exe --terminate, which stops what runs in this distribution",
        zh="在 wsl.exe --terminate 之后生效，该命令会停止此发行版中运行的程序",
    ),
    SHUTDOWN: Message(
        en="Acts after wsl.exe --shutdown, which stops what runs in every distribution",
        zh="在 wsl.exe --shutdown 之后生效，该命令会停止所有发行版中运行的程序",
    ),
    LOGIN: Message(en="Acts in new terminals", zh="在新终端中生效"),
}
TYPE_TERMINATE = Message(
    en="Save your work, then in Windows type: wsl --terminate {name} (it stops what runs in this distribution)",
    zh="请先保存工作，然后在 Windows 中输入：wsl --terminate {name}（会停止此发行版中运行的程序）",
)
TYPE_SHUTDOWN = Message(
    en="Save your work, then in Windows type: wsl --shutdown (it stops all distributions: {names})",
    zh="请先保存工作，然后在 Windows 中输入：wsl --shutdown（会停止所有发行版：{names}）",
)
NEW_TERMINALS = Message(
    en="Open a new terminal; a window of VS Code finds the new PATH after 'Kill VS Code Server on WSL'",
    zh="请打开新终端；VS Code 窗口需执行“Kill VS Code Server on WSL”后才会使用新的 PATH",
)


def marks(step: Step) -> Iterator[Text]:
    """What stands behind the title of a step."""
    if step.needs_root:
        yield AS_ROOT()
    if not step.reversible:
        yield FOR_GOOD()


def in_one_line(action: Action) -> Text:
    """What an action will do."""
    return _WORDS[type(action)](action)


class Where(NamedTuple):
    """The machine of a plan: the folder of a tree, "/" for the one that we run on, and as whom wslgo runs."""

    root: str
    user: str


HERE = Where("/", "root")


class Start(NamedTuple):
    """A program that an action starts: which, as whom, and in which root."""

    program: str
    user: str
    root: str


def start_of(action: Action, where: Where = HERE) -> Start | None:
    """The program that an action starts, if it does."""
    if isinstance(action, GoInstall):
        program = action.toolchain.version if action.toolchain is not None else action.builder or action.go
        return Start(program, where.user, "/")
    if isinstance(action, (InstallPackages, RunFixed)):
        program = action.words[0] if isinstance(action, RunFixed) else "apt-get"
        return Start(program, where.user if where.root != "/" else "root", where.root)
    return None


def by_whom(action: Action, where: Where) -> Text | None:
    """Which program does an action for a tree, as whom and where; on this machine the action itself says it."""
    start = start_of(action, where)
    if start is None or where.root == "/":
        return None
    if isinstance(action, GoInstall) and action.toolchain is not None:
        return BY_COPY(program=start.program, user=start.user, source=action.toolchain.source)
    return (OF_HERE if isinstance(action, GoInstall) else OF_TREE)(**start._asdict())


def diff_of(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """The diff of a file, passwords masked, in lines with their ends."""
    for part in diff(path, decode(before or b""), decode(after or b"")):
        text = redact(part.decode("utf-8", "surrogateescape"))
        yield from text.encode("utf-8", "replace").decode().splitlines(keepends=True)


def beside_diff(write: WriteFile) -> Iterator[Text]:
    """What the diff of a file does not show to the eye."""
    return (
        invisible_changes(write.path, decode(write.before or b""), decode(write.after or b""))
        if write.before
        else iter(())
    )


def afterwards(steps: Iterable[Step], host: Host) -> Iterator[Text]:
    """What a person has to start anew once these are done, with what that stops: of two restarts only the larger."""
    wanted = {one for step in steps for one in step.after}
    name = host.wsl.distribution or "NAME"
    if SHUTDOWN in wanted:
        yield TYPE_SHUTDOWN(names=", ".join((name, *(host.wsl.others_running or ()))))
    elif TERMINATE in wanted:
        yield TYPE_TERMINATE(name=name)
    elif LOGIN in wanted:
        yield NEW_TERMINALS()


def as_json(plan: Plan, spoken: Language, where: Where = HERE) -> dict[str, object]:
    """What `wslgo provision --plan --format json` prints."""
    return {"steps": [_step_as_json(step, spoken, where) for step in plan.steps]}


def _step_as_json(step: Step, spoken: Language, where: Where) -> dict[str, object]:
    """A step; `programs` only where it starts some."""
    starts = [start._asdict() for start in (start_of(one, where) for one in step.actions) if start is not None]
    return {
        "id": step.id,
        "title": step.title.render(spoken),
        "reason": step.reason.render(spoken),
        "needs_root": step.needs_root,
        "reversible": step.reversible,
        "files": [{"path": one.path, "diff": "".join(diff_of(one.path, one.before, one.after))} for one in step.writes],
        **({"programs": starts} if starts else {}),
    }


def _of_file(action: WriteFile) -> Text:
    said = REMOVES if action.after is None else CREATES if action.before is None else CHANGES
    return said(path=action.path)


def _of_toolchain(action: InstallToolchain) -> Text:
    return FETCHES(source=action.source, folder=action.folder, digest=action.digest or BY_DATABASE())


_WORDS: dict[type[Action], Callable[..., Text]] = {
    WriteFile: _of_file,
    InstallToolchain: _of_toolchain,
    Switch: lambda action: POINTS(link=action.link, target=action.target),
    GoInstall: lambda action: BUILDS(package=action.package, version=action.version, folder=action.folder),
    MoveFolder: lambda action: MOVES(source=action.source, target=action.target),
    InstallPackages: lambda action: INSTALLS(names=" ".join(action.names)),
    RunFixed: lambda action: RUNS(command=" ".join(action.words)),
}
