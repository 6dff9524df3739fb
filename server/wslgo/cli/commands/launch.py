"""`wslgo launch`: launch configurations and tasks for the Go programs of a folder, shown or merged into `.vscode`."""

import os
from collections.abc import Iterator, Mapping

from wslgo.cli import options as shared
from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.files import unread_reason
from wslgo.cli.options import LaunchOptions
from wslgo.cli.output.excerpt import width
from wslgo.cli.terminal import CLEAN, shown
from wslgo.text.message import Message, Text
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wslgo.golang.disk import LeaveOut
    from wslgo.golang.project import Project
    from wslgo.launch.generate.entry import Generated, LaunchEntry
    from wslgo.linter.team_requirements import FoundPolicy
    from wslgo.machine.host import Host

FORMATS = ("text", "json")


USAGE = Usage(
    Message(
        en="Generate launch configurations and tasks for the Go programs of a folder, and merge them into .vscode.",
        zh="为文件夹中的 Go 程序生成启动配置和任务，并合并到 .vscode。",
    ),
    (
        Option(
            "--profile",
            Message(
                en="only these profiles, for example debug,test; may repeat",
                zh="仅这些配置类型，例如 debug,test；可重复",
            ),
            "NAME",
            is_list=True,
        ),
        shared.format_option(FORMATS),
        Option(
            "--write",
            Message(
                en="merge them into .vscode/launch.json and tasks.json, and print the changed files",
                zh="合并到 .vscode/launch.json 和 tasks.json，并输出更改的文件",
            ),
        ),
        shared.DIFF_OF_WRITE,
        Option(
            "--yes",
            Message(
                en="with --write and --diff: also replace entries that you edited, without asking",
                zh="与 --write 和 --diff 一起使用：不询问，同时替换您编辑过的条目",
            ),
        ),
        Option(
            "--host",
            Message(
                en="generate for a machine recorded with doctor --record", zh="为 doctor --record 所记录的机器生成"
            ),
            "FILE",
        ),
        shared.LANGUAGE,
        shared.COLOR,
    ),
    Operands(
        "folders",
        "FOLDER",
        Message(en="the folder that VS Code opens (default: .)", zh="VS Code 打开的文件夹（默认：.）"),
        is_one=True,
    ),
    Message(
        en="--write keeps your entries and comments. An entry is yours once its wslgo:... comment has no #HASH.\n"
        "Exit code: 0 done, 2 bad usage or a failed file.",
        zh="--write 会保留您的条目和注释。条目的 wslgo:... 注释没有 #HASH 时即归您所有。\n"
        "退出码：0 已完成，2 用法错误或有文件失败。",
    ),
)

NO_FOLDER = Message(en="{path} is not a folder", zh="{path} 不是文件夹")
NO_PROFILE = Message(en="unknown profile '{name}'; available: {names}", zh="没有配置 '{name}'；可用：{names}")
NEAREST_PROFILE = Message(
    en="unknown profile '{name}'; did you mean {near}? Available: {names}",
    zh="没有配置 '{name}'；是否指 {near}？可用：{names}",
)
NO_GO = Message(en="No Go code in {path}", zh="{path} 中没有 Go 代码，无可调试内容")
NO_MODULE = Message(
    en="No go.mod for {path}, so go builds nothing in it. Run go mod init NAME there",
    zh="{path} 没有 go.mod，因此 go 无法构建其中的代码。请在其中运行 go mod init 名称",
)
NOTHING = Message(en="Nothing in {path} matches these profiles", zh="{path} 中没有符合这些配置的程序或测试")
NEXT = Message(
    en="Nothing written. Write them to {path} with wslgo launch --write",
    zh="未写入：wslgo launch --write 会写入 {path}",
)
UNREAD = Message(en="{path} is a link to outside the folder and is not read", zh="{path} 指向文件夹之外，不予读取")
TASK = Message(en="task: {command}", zh="任务：{command}")

_LONGEST = 90  # characters of a command; the whole of it is in --format json


def run(call: Call[LaunchOptions]) -> int:
    folder = call.options.folders[0] if call.options.folders else os.curdir
    problems = list(_problems(call, folder))
    if problems:
        return call.fail(problems)
    host = _recorded(call)
    if isinstance(host, Text):
        return call.fail([host])
    left_out: dict[str, None] = {}
    project = _project(folder, left_out.setdefault)
    found = _policies(folder, call)
    if found.problems:
        return call.fail(list(found.problems))
    generated = _generated(project, host, folder, call)
    if found.binding is not None:
        from wslgo.linter.policy_entries import allowed_entries  # few have a policy

        allowed = allowed_entries(generated, found.binding)
        call.warn(allowed.problems)
        generated = allowed.generated
    call.warn(shared.left_out(list(filter(os.path.isfile, left_out)), UNREAD))
    if not any(generated):
        is_about_output = call.options.write or call.options.diff or call.options.format == "json"
        (call.complain if is_about_output else call.say)(_nothing(project, folder))
    if call.options.write or call.options.diff:
        from wslgo.cli.commands import launch_write  # most look first

        return launch_write.merge(folder, project, generated, call)
    if call.options.format == "json":
        _print_json(generated, call)
    elif any(generated):
        for line in _text(generated, call):
            call.terminal.say(line)
        call.say(NEXT(path=os.path.normpath(os.path.join(folder, ".vscode"))))
    return CLEAN


def _problems(call: Call[LaunchOptions], folder: str) -> Iterator[Text]:
    """Yield the problems of the options."""
    from wslgo.launch.generate import PROFILES

    if trouble := unread_reason(folder, call.terminal.environment):
        yield trouble.sentence()
    elif not os.path.isdir(folder):
        yield NO_FOLDER(path=folder)
    yield from (_no_profile(name, PROFILES) for name in call.options.profile if name not in PROFILES)


def _no_profile(name: str, profiles: Mapping[str, Message]) -> Text:
    from wslgo.text.nearest import nearest  # only for a typo

    near, names = nearest(name, profiles), tuple(profiles)
    return NEAREST_PROFILE(name=name, near=near, names=names) if near else NO_PROFILE(name=name, names=names)


def _policies(folder: str, call: Call[LaunchOptions]) -> "FoundPolicy":
    """Return the policy that holds for the files of a folder."""
    from wslgo.linter.team_policy import Policies

    return Policies(call.terminal.environment, shows_relative=True).around(os.path.abspath(folder))


def _nothing(project: "Project", folder: str) -> Text:
    if not project.has_go(project.home):
        return NO_GO(path=folder)
    is_in_module = project.modules() or project.module_of(project.home)
    return (NOTHING if is_in_module else NO_MODULE)(path=folder)


# Generate


def _recorded(call: Call[LaunchOptions]) -> "Host | Text | None":
    """Return the machine of a file; None where this one is meant."""
    path = call.options.host
    if path is None:
        return None
    from wslgo.cli.machine import replayed

    return replayed(path, call.terminal.environment)


def _project(folder: str, leave_out: "LeaveOut") -> "Project":
    from wslgo.golang.disk import project_of

    return project_of(os.path.join(folder, ".vscode", "launch.json"), leave_out=leave_out)


def _generated(project: "Project", host: "Host | None", folder: str, call: Call[LaunchOptions]) -> "Generated":
    from wslgo.launch.generate import generate
    from wslgo.launch.generate.entry import Generated, Selection

    if not project.has_go(project.home):
        return Generated()
    if host is None:
        host = _this_machine(project, folder, call)
    return generate(project, host, Selection(tuple(call.options.profile)))


def _this_machine(project: "Project", folder: str, call: Call[LaunchOptions]) -> "Host":
    """Probe this machine, and let its go command correct the project."""
    from wslgo.golang.go_command import correct_with_go
    from wslgo.launch.generate import NEEDS
    from wslgo.machine.probe import probe
    from wslgo.system.repository import current_folder, workspaces
    from wslgo.system.this_machine import ThisMachine

    foreign = workspaces(folder, call.terminal.environment.get("HOME", ""), here=current_folder())
    host = probe(ThisMachine(), NEEDS, foreign)
    if host.go is not None:
        correct_with_go(project, project.shown_path("") or os.curdir, host.go.path, call.terminal.environment)
    return host


# Show


def _print_json(generated: "Generated", call: Call[LaunchOptions]) -> None:
    import json

    lists = {name: [dict(entry.value) for entry in entries] for name, entries in generated._asdict().items()}
    if not lists["inputs"]:
        del lists["inputs"]
    call.terminal.say_json(f"{json.dumps(lists, indent=1, default=dict)}\n")


def _text(generated: "Generated", call: Call[LaunchOptions]) -> Iterator[str]:
    """Yield each profile with a sentence, its entries with what they start, and what its users must know."""
    from wslgo.launch.generate import PROFILES

    entries = (*generated.configurations, *generated.tasks)
    for name, about in PROFILES.items():
        own = [entry for entry in entries if entry.profile == name]
        if own:
            yield f"{call.paint('bold', name)}: {_plain(about(), call)}"
            room = max(width(shown(entry.label)) for entry in own)
            yield from (_line(entry, room, call) for entry in own)
            notes = dict.fromkeys(_plain(entry.about, call) for entry in own if entry.about)
            yield from (f"  {call.paint('hint', '=')} {note}" for note in notes)
            yield ""


def _plain(text: Text, call: Call[LaunchOptions]) -> str:
    return call.rendered(text).replace("`", "")


def _line(entry: "LaunchEntry", room: int, call: Call[LaunchOptions]) -> str:
    name, started = shown(entry.label), shown(_started(entry.value))
    if "command" in entry.value:
        started = call.rendered(TASK(command=started))
    started = started if len(started) <= _LONGEST else f"{started[:_LONGEST]}..."
    return f"  {name}{' ' * (room - width(name))}  {started}".rstrip()


def _started(value: Mapping[str, object]) -> str:
    """Return what an entry starts or attaches to; `.` is the folder that VS Code opens."""
    if "command" in value:
        arguments = value.get("args", ())
        words = (value["command"], *(arguments if isinstance(arguments, (list, tuple)) else ()))
        return " ".join(map(str, words)).replace("${workspaceFolder}", ".")
    if "port" in value:
        return f"{value.get('host', 'localhost')}:{value['port']}"
    return str(value.get("program", "")).replace("${workspaceFolder}", ".", 1)
