"""`wslgo mirror`: a folder with the modules of this workspace that serves go as a module proxy, without a network."""

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions, format_option
from wslgo.cli.terminal import CLEAN, FINDINGS, shown
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.mirror.fill import Report
    from wslgo.mirror.store import Store

FORMATS = ("text", "json")
INTERRUPTED = 130

WAITS = Message(en="Another run fills this mirror; waiting for it to end", zh="另一个运行正在填充此镜像；等待其结束")
STOPPED = Message(
    en="Stopped. What was published stays; run wslgo mirror again to continue",
    zh="已停止。已发布的内容会保留；再次运行 wslgo mirror 即可继续",
)
NO_DIR = Message(en="DIR is missing; see wslgo mirror --help", zh="缺少 DIR；见 wslgo mirror --help")
READY = Message(
    en="{path} has {count} modules ({megabytes} MB), {new} of them new",
    zh="{path} 中有 {count} 个模块（{megabytes} MB），其中新增 {new} 个",
)
VERIFIED = Message(
    en="Verified: {summed} by go.sum, {recorded} by {database}",
    zh="已校验：{summed} 个依据 go.sum，{recorded} 个依据 {database}",
)
UNVERIFIED = Message(
    en="Neither go.sum nor a checksum database vouches for {modules}", zh="go.sum 与校验和数据库均无法证明 {modules}"
)
TOOL = Message(en="Tool: go install {package}", zh="工具：go install {package}")
TOOLCHAIN = Message(en="Toolchain: {version}", zh="工具链：{version}")
NO_RECORDS = Message(
    en="The checksum database is not up to date in the mirror: {words}", zh="镜像中的校验和数据库不是最新的：{words}"
)
USE = Message(en="Use it on any machine, without a network:", zh="在任何机器上离线使用：")
REMOVABLE = Message(
    en="No workspace needs {count} files any more ({megabytes} MB): remove them with --prune",
    zh="有 {count} 个文件（{megabytes} MB）已不再被任何工作区需要：可用 --prune 删除",
)
REMOVES = Message(en="To be removed: {count} files ({megabytes} MB)", zh="将删除：{count} 个文件（{megabytes} MB）")
REMOVED = Message(en="Removed: {count} files", zh="已删除：{count} 个文件")
NOTHING = Message(en="Nothing to remove", zh="没有可删除的内容")
GONE = Message(
    en="{path} has no go.mod or go.work any more: what it needed is not kept",
    zh="{path} 中已没有 go.mod 或 go.work：不再保留它所需的内容",
)
ASK = Message(en="Remove them? [y/N] ", zh="删除？[y/N] ")
NEEDS_YES = Message(
    en="nothing removed: check the list, then confirm with --yes", zh="未删除：请先查看列表，然后加 --yes 确认"
)
KEPT = Message(en="Nothing removed", zh="未删除")
COMMA = Message(en=", ", zh="，")

_MOST_NAMED = 5  # unverified modules


class Options(OutputOptions):
    """The options of `wslgo mirror`."""

    tools: bool
    tool: list[str]
    toolchain: bool
    platform: list[str]
    all: bool
    prune: bool
    yes: bool
    serve: bool
    listen: str
    port: str
    offline: bool
    format: str
    folder: list[str]


USAGE = Usage(
    Message(
        en="Fill a folder with what the go.mod or go.work here needs, so that GOPROXY=file://DIR serves it.",
        zh="把此处 go.mod 或 go.work 所需的内容放入文件夹，使 GOPROXY=file://DIR 可以提供它们。",
    ),
    (
        Option(
            "--tools",
            Message(
                en="also gopls, dlv and staticcheck, in the newest release for this Go",
                zh="同时包含 gopls、dlv 和 staticcheck，取适用于此 Go 的最新版本",
            ),
        ),
        Option(
            "--tool",
            Message(
                en="also this tool, dlv@v1.26.1 or PACKAGE@VERSION; takes a,b and may repeat",
                zh="同时包含此工具，dlv@v1.26.1 或 PACKAGE@VERSION；可写作 a,b，也可重复",
            ),
            "TOOL",
            is_list=True,
        ),
        Option(
            "--toolchain",
            Message(
                en="also the Go that go.mod asks for, else the version of this machine",
                zh="同时包含 go.mod 所要求的 Go，否则为本机的版本",
            ),
        ),
        Option(
            "--platform",
            Message(
                en="the platforms of --toolchain, linux/amd64,linux/arm64 (default: this machine's)",
                zh="--toolchain 的平台，如 linux/amd64,linux/arm64（默认：本机的平台）",
            ),
            "OS/ARCH",
            is_list=True,
        ),
        Option(
            "--all",
            Message(
                en="also modules of the graph that no package here needs", zh="同时包含模块图中此处没有软件包需要的模块"
            ),
        ),
        Option(
            "--prune",
            Message(
                en="then remove what no workspace needs any more, shown first",
                zh="然后删除不再被任何工作区需要的内容，先列出",
            ),
        ),
        Option("--yes", Message(en="with --prune: remove without asking", zh="与 --prune 一起使用：不询问，直接删除")),
        Option(
            "--serve",
            Message(
                en="serve the mirror DIR (default: .) as a read-only GOPROXY until Ctrl-C; fill nothing",
                zh="将镜像 DIR（默认：.）作为只读 GOPROXY 提供服务，直到按 Ctrl-C；不填充",
            ),
        ),
        Option(
            "--listen",
            Message(
                en="with --serve: the address (default: 127.0.0.1, for this machine only)",
                zh="与 --serve 一起使用：地址（默认：127.0.0.1，仅限本机）",
            ),
            "ADDRESS",
            default="127.0.0.1",
        ),
        Option(
            "--port",
            Message(
                en="with --serve: the port (default: 3000; 0 for a free one)",
                zh="与 --serve 一起使用：端口（默认：3000；0 表示任一空闲端口）",
            ),
            "PORT",
            default="3000",
        ),
        Option(
            "--offline",
            Message(
                en="with --serve: do not pass questions on to the checksum database",
                zh="与 --serve 一起使用：不向校验和数据库转发查询",
            ),
        ),
        format_option(FORMATS),
        LANGUAGE,
        COLOR,
    ),
    Operands(
        "folder",
        "DIR",
        Message(en="the folder: empty, or a mirror to be updated", zh="文件夹：为空，或要更新的镜像"),
        is_one=True,
    ),
    after=Message(
        en="Exit code: 0 done, 1 something could not be fetched or verified (the next run continues), 2 bad usage.",
        zh="退出码：0 已完成，1 有内容无法下载或校验（下次运行会继续），2 用法错误。",
    ),
)


def run(call: Call[Options]) -> int:
    if not call.options.folder and not call.options.serve:
        return call.fail([NO_DIR()])
    from wslgo.provision.errors import ProvisionError

    try:
        if call.options.serve:
            from wslgo.cli.commands.mirror_serve import serve

            return serve(call)
        return _fill(call)
    except KeyboardInterrupt:
        call.complain(STOPPED)
        return INTERRUPTED
    except ProvisionError as error:
        call.fail([error.text])
        return FINDINGS


def _fill(call: Call[Options]) -> int:
    from wslgo.mirror.fill import Wish, demand_content, fill
    from wslgo.mirror.store import mirror_in
    from wslgo.mirror.tools import NAMES

    options = call.options
    names = (*(NAMES if options.tools else ()), *options.tool)
    wish = Wish(
        os.getcwd(),
        call.terminal.environment,
        tuple(dict.fromkeys(names)),
        options.toolchain or bool(options.platform),
        tuple(options.platform),
        options.all,
        options.prune,
    )
    demand_content(wish)
    store = mirror_in(options.folder[0])
    with store.locked(lambda: call.complain(WAITS)):
        store.sweep()
        report = fill(store, wish, call.complain)
        if options.format == "json":
            call.terminal.say_json(json.dumps(as_json(store, report), indent=1) + "\n")
        else:
            _show(store, report, call)
        if report.problem is not None:
            call.warn([NO_RECORDS(words=report.problem)])
        code = _prune(store, report, call) if options.prune else CLEAN
        return code or (FINDINGS if report.problem is not None else CLEAN)


def as_json(store: "Store", report: "Report") -> dict[str, Any]:
    """Return the object that `--format json` prints."""
    return {
        "version": 1,
        "folder": store.path,
        "modules": [
            {
                "path": module.module.path,
                "version": module.module.version,
                "size": module.size,
                "new": not module.was_there,
                "verified_by": module.verified or None,
            }
            for module in report.modules
        ],
        "tools": list(report.tools),
        "toolchains": list(report.toolchains),
        "checksum_database": {"name": report.database, "records": report.records} if report.database else None,
        "settings": _settings(store, report),
        "removable": list(report.removable),
    }


def _settings(store: "Store", report: "Report") -> Mapping[str, str]:
    from wslgo.mirror import export

    return export.settings(export.file_url(store.path), report.variables, report.records)


def _show(store: "Store", report: "Report", call: Call[Options]) -> None:
    from wslgo.mirror import export

    modules = report.modules
    new = sum(not module.was_there for module in modules)
    size = _megabytes(sum(module.size for module in modules))
    call.say(READY(path=store.path, count=len(modules), megabytes=size, new=new))
    summed = sum(module.verified == "go.sum" for module in modules)
    recorded = sum(bool(module.verified) for module in modules) - summed
    call.say(VERIFIED(summed=summed, recorded=recorded, database=report.database or "GOSUMDB=off"))
    unknown = [str(module.module) for module in modules if not module.verified]
    if unknown:
        named = call.rendered(COMMA).join(unknown[:_MOST_NAMED])
        call.say(UNVERIFIED(modules=named if len(unknown) <= _MOST_NAMED else f"{named}... ({len(unknown)})"))
    for package in report.tools:
        call.say(TOOL(package=package))
    for version in report.toolchains:
        call.say(TOOLCHAIN(version=version))
    if report.removable and not call.options.prune:
        call.say(_counted(REMOVABLE, store, report.removable))
    call.say(USE)
    call.terminal.say(f"  {shown(export.line(_settings(store, report)))}")


def _prune(store: "Store", report: "Report", call: Call[Options]) -> int:
    """Show what can be removed, ask, and remove it."""
    from wslgo.mirror.fill import prune

    names = report.removable
    for path in report.gone:
        call.complain(GONE(path=path))
    if not names and not report.gone:
        call.complain(NOTHING)
        return CLEAN
    for name in names:
        call.complain(Message(en="  {name}", zh="  {name}")(name=name))
    call.complain(_counted(REMOVES, store, names))
    if not call.options.yes:
        if not call.terminal.is_interactive:
            return call.fail([NEEDS_YES()])
        call.terminal.ask(call.rendered(ASK))
        call.terminal.flush()
        if call.terminal.stdin.readline().strip().lower() not in (b"y", b"yes"):
            call.complain(KEPT)
            return CLEAN
    prune(store, report)
    call.complain(REMOVED(count=len(names)))
    return CLEAN


def _counted(message: Message, store: "Store", names: tuple[str, ...]) -> Text:
    return message(count=len(names), megabytes=_megabytes(sum(map(store.size, names))))


def _megabytes(size: int) -> float:
    return round(size / 1e6, 1)
