"""`wslgo launch`: launch configurations and tasks for the Go programs of a folder, shown or merged into `.vscode`."""

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wslgo.cli import options as shared
from wslgo.cli.arguments import Option, Usage, Words
from wslgo.cli.call import Call
from wslgo.cli.files import refusal
from wslgo.cli.options import LaunchOptions
from wslgo.cli.output.excerpt import width
from wslgo.cli.terminal import CLEAN, shown
from wslgo.text.message import Message, Text

if TYPE_CHECKING:
    from wslgo.golang.disk import LeaveOut
    from wslgo.golang.project import Project
    from wslgo.launch.generate.entry import Generated, LaunchEntry
    from wslgo.machine.host import Host

FORMATS = ("text", "json")


USAGE = Usage(
    "Make launch configurations and tasks for the Go programs of a folder: shown, or merged into its .vscode.",
    (
        Option("--profile", "only these profiles, for example debug,test; may repeat", "NAME", is_list=True),
        Option("--format", ", ".join(FORMATS), "FORMAT", FORMATS, "text"),
        Option("--write", "merge them into .vscode/launch.json and tasks.json, and print the files that changed"),
        Option("--diff", "print what --write would change, and write nothing"),
        Option("--yes", "with --write and --diff: replace also entries that somebody edited, without asking"),
        Option("--host", "make them for the machine that doctor --record has written", "FILE"),
        shared.LANGUAGE,
        shared.COLOR,
    ),
    Words("folders", "DIR", "the folder that VS Code opens (default: .)", is_one=True),
    "--write keeps what you wrote, comments included. An entry whose comment wslgo:... has lost its #HASH is yours,\n"
    "and one that is commented out does not come back. Exit code: 0 done, 2 bad usage or a failed file.",
)

NO_FOLDER = Message(en="{path} is no folder", zh="{path} 不是文件夹")
NO_PROFILE = Message(en="there is no profile '{name}'; there are {names}", zh="没有配置 '{name}'；可用：{names}")
NEAREST_PROFILE = Message(
    en="there is no profile '{name}'; did you mean {near}? There are {names}",
    zh="没有配置 '{name}'；是否指 {near}？可用：{names}",
)
NO_GO = Message(en="No Go code in {path}, so nothing to debug", zh="{path} 中没有 Go 代码，无可调试内容")
NOTHING = Message(
    en="No program, test or profile in {path} that these profiles fit", zh="{path} 中没有符合这些配置的程序或测试"
)
NEXT = Message(
    en="Nothing was written: wslgo launch --write puts them into {path}",
    zh="未写入：wslgo launch --write 会写入 {path}",
)
UNREAD = Message(en="{path} leads out of the folder and is not read", zh="{path} 指向文件夹之外，不予读取")
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
    generated = _generated(project, host, folder, call)
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
    """What is wrong with the words of the command."""
    from wslgo.launch.generate import PROFILES

    if trouble := refusal(folder, call.terminal.environment):
        yield trouble.sentence()
    elif not os.path.isdir(folder):
        yield NO_FOLDER(path=folder)
    yield from (_no_profile(name, PROFILES) for name in call.options.profile if name not in PROFILES)


def _no_profile(name: str, profiles: Mapping[str, Message]) -> Text:
    from wslgo.text.nearest import nearest  # only those who mistype pay for it

    near, names = nearest(name, profiles), ", ".join(profiles)
    return NEAREST_PROFILE(name=name, near=near, names=names) if near else NO_PROFILE(name=name, names=names)


def _nothing(project: "Project", folder: str) -> Text:
    return (NOTHING if project.has_go(project.home) else NO_GO)(path=folder)


# What is generated


def _recorded(call: Call[LaunchOptions]) -> "Host | Text | None":
    """The machine of a file; None where this one is meant."""
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
    """What is true of this machine, whose go command corrects what the texts say."""
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


# Showing it


def _print_json(generated: "Generated", call: Call[LaunchOptions]) -> None:
    import json

    lists = {name: [dict(entry.value) for entry in entries] for name, entries in generated._asdict().items()}
    if not lists["inputs"]:
        del lists["inputs"]
    call.terminal.say_json(f"{json.dumps(lists, indent=1, default=dict)}\n")


def _text(generated: "Generated", call: Call[LaunchOptions]) -> Iterator[str]:
    """Each profile with a sentence, its entries with what they start, and what its users must know."""
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
    """What an entry starts or joins, in a word; `.` is the folder that VS Code opens."""
    if "command" in value:
        arguments = value.get("args", ())
        words = (value["command"], *(arguments if isinstance(arguments, (list, tuple)) else ()))
        return " ".join(map(str, words)).replace("${workspaceFolder}", ".")
    if "port" in value:
        return f"{value.get('host', 'localhost')}:{value['port']}"
    return str(value.get("program", "")).replace("${workspaceFolder}", ".", 1)
