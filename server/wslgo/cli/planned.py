"""A plan for people, with the exact diff of each file, and as the JSON of the contract."""

from collections.abc import Callable, Iterator

from wslgo.cli.diff import diff, in_words
from wslgo.cli.terminal import Painter, rendered, shown
from wslgo.message import Language, Message, Text, redact
from wslgo.provision.step import (
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
from wslgo.source import decode

HEADING = Message(en="{number}. {title} [{id}]", zh="{number}. {title} [{id}]")
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
AFTERWARDS = {
    TERMINATE: Message(
        en="Acts after wsl.exe --terminate, which stops what runs in this distribution",
        zh="在 wsl.exe --terminate 之后生效，该命令会停止此发行版中运行的程序",
    ),
    SHUTDOWN: Message(
        en="Acts after wsl.exe --shutdown, which stops what runs in every distribution",
        zh="在 wsl.exe --shutdown 之后生效，该命令会停止所有发行版中运行的程序",
    ),
    "login": Message(en="Acts in new terminals", zh="在新终端中生效"),
}

_STYLES = {b"+": "fix", b"-": "error", b"@": "information"}


def as_text(plan: Plan, spoken: Language, paint: Painter) -> Iterator[str]:
    """The lines that show a plan."""
    for number, step in enumerate(plan.steps, 1):
        heading = HEADING(number=number, title=step.title, id=step.id)
        marks = [*([AS_ROOT()] if step.needs_root else []), *([] if step.reversible else [FOR_GOOD()])]
        behind = f" ({', '.join(mark.render(spoken) for mark in marks)})" if marks else ""
        yield paint("bold", rendered(heading, spoken)) + behind
        yield f"   {rendered(step.reason, spoken)}"
        yield from (f"   {paint('warning', rendered(WARNING(text=one), spoken))}" for one in step.warnings)
        yield from (f"   {rendered(AFTERWARDS[one](), spoken)}" for one in step.after)
        yield from _actions(step, spoken, paint)
        yield ""


def in_one_line(action: Action) -> Text:
    """What an action will do."""
    return _WORDS[type(action)](action)


def as_json(plan: Plan, spoken: Language) -> dict[str, object]:
    """What `wslgo provision --plan --format json` prints."""
    return {"steps": [_step_as_json(step, spoken) for step in plan.steps]}


def _step_as_json(step: Step, spoken: Language) -> dict[str, object]:
    return {
        "id": step.id,
        "title": step.title.render(spoken),
        "reason": step.reason.render(spoken),
        "needs_root": step.needs_root,
        "reversible": step.reversible,
        "files": [{"path": one.path, "diff": "".join(_diff(one.path, one.before, one.after))} for one in step.writes],
    }


def differences(path: str, before: bytes | None, after: bytes | None, paint: Painter) -> Iterator[str]:
    """The lines of a diff as a terminal may show them."""
    for line in _diff(path, before, after):
        harmless = shown(line.removesuffix("\n"))
        style = _STYLES.get(line[:1].encode("utf-8", "surrogateescape"))
        yield paint(style, harmless) if style else harmless


def _actions(step: Step, spoken: Language, paint: Painter) -> Iterator[str]:
    for action in step.actions:
        yield f"   - {rendered(in_one_line(action), spoken)}"
        if isinstance(action, WriteFile):
            yield from differences(action.path, action.before, action.after, paint)
            words = in_words(action.path, decode(action.before or b""), decode(action.after or b""))
            yield from (f"   {rendered(one, spoken)}" for one in words if action.before)


def _diff(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """The diff, passwords masked, in lines with their ends."""
    for part in diff(path, decode(before or b""), decode(after or b"")):
        text = redact(part.decode("utf-8", "surrogateescape"))
        yield from text.encode("utf-8", "replace").decode().splitlines(keepends=True)


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
