"""`wslgo ci`: Go, its settings and its tools in CI, containers and on this machine, compared.

The module room `wslgo.ci` makes the table of parsed files; findings beside it are those of `wslgo check`. What else the
command does hangs on `run`: an option or a first word goes to a module of its own, which is imported only then, such as
`ci_write` for `--write`, and gets the call and the folder.
"""

import os
from collections.abc import Iterator, Mapping

from wslgo.ci import machine_values
from wslgo.ci.comparison import Row, spans_by_path, table
from wslgo.ci.model import Kind, Place
from wslgo.ci.places import READERS, places
from wslgo.cli import options as shared
from wslgo.cli import words
from wslgo.cli.arguments import EXTRA_WORD, Namespace, Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.commands.ci_options import OF_RUN, OF_WRITE
from wslgo.cli.files import Input, LeftOut, Trouble, inputs, scenes, unread_reason
from wslgo.cli.machine import Machine
from wslgo.cli.options import CiOptions, FileOptions
from wslgo.cli.output.report import Checked, Run, each_once, language_of_machines
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.linter.check import check
from wslgo.linter.scene import Scene
from wslgo.linter.settings import SEVERITIES
from wslgo.syntax.file import File
from wslgo.system.repository import current_folder, root_of
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple, cast

FORMATS = ("text", "json")

USAGE = Usage(
    Message(
        en="Compare Go, its variables, tools and -race of this machine, modules, CI jobs and images. Or write the same "
        "checks for CI and for here.",
        zh="比较本机、模块、CI 作业和镜像的 Go、变量、工具和 -race，或写入 CI 与本机通用的检查。",
    ),
    (
        shared.format_option(FORMATS),
        shared.THRESHOLD._replace(
            help=Message(
                en="exit 1 if a finding about a value has this severity or higher: error, warning, info or hint",
                zh="有关于某个值的问题达到或高于此严重级别时退出码为 1：error、warning、info 或 hint",
            ),
            default=None,
        ),
        Option(
            "--page",
            Message(en="also write a Markdown page with links to the lines", zh="同时写入带有各行链接的 Markdown 页面"),
            "FILE",
        ),
        shared.HOST._replace(
            help=Message(
                en="compare with a machine recorded with doctor --record; in CI (CI=true) this machine is left out",
                zh="与用 doctor --record 记录的机器比较；在 CI 中（CI=true）不包括本机",
            )
        ),
        *OF_WRITE,
        *OF_RUN,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    Operands(
        "words",
        "FOLDER",
        Message(
            en="a folder (default: the repository of the current one); with run before it, its checks run",
            zh="文件夹（默认：当前文件夹所在的仓库）；前面加 run 则运行其检查",
        ),
    ),
    Message(
        en="wslgo ci run runs code of the repository: its tests.\n"
        "Exit code: 0, 1 for findings with --fail-on, a failed step or a difference to CI, 2 for an error.",
        zh="wslgo ci run 会运行仓库的代码：其测试。\n"
        "退出码：0；使用 --fail-on 且有问题、步骤失败或与 CI 有差异时为 1；出错时为 2。",
    ),
)

NOTHING = Message(
    en="No file in {path} says how CI or a container builds Go", zh="{path} 中没有说明 CI 或容器如何构建 Go 的文件"
)
NO_FOLDER = Message(en="{path} is not a folder", zh="{path} 不是文件夹")
ONLY_RUN = Message(en="{name} needs run: wslgo ci run {name}", zh="{name} 需要 run：wslgo ci run {name}")
NOT_BOTH = Message(en="--write and run exclude each other", zh="--write 与 run 不能同时使用")
RUN = "run"


class Compared(NamedTuple):
    """The table, the places in it, the files, and the findings at its values."""

    rows: tuple[Row, ...]
    places: tuple[Place, ...]
    files: Mapping[str, File]
    found: Run


def run(call: Call[CiOptions]) -> int:
    here, named = current_folder(), call.options.words
    is_run = named[:1] == [RUN]
    folders = named[1:] if is_run else named
    if problem := _problem(folders, call.options, is_run=is_run):
        return call.fail([problem])
    folder = folders[0] if folders else os.path.relpath(root_of(here) or here)
    if trouble := unread_reason(folder, call.terminal.environment):
        return call.fail([trouble.sentence()])
    if not os.path.isdir(folder):
        return call.fail([NO_FOLDER(path=folder)])
    if is_run:
        from wslgo.cli.commands import ci_run

        return ci_run.run(folder, call)
    if call.options.write or call.options.diff:
        from wslgo.cli.commands import ci_write

        return ci_write.write(folder, call)
    machine = _machine(folder, call)
    if isinstance(machine, Text):
        return call.fail([machine])
    compared = _compared(folder, machine, call)
    _show(compared, folder, call)
    if call.options.page is not None and (trouble := _write_page(compared, call.options.page, call)):
        return call.fail([trouble.sentence()])
    threshold = SEVERITIES.get(call.options.fail_on or "")
    is_failed = threshold is not None and any(each <= threshold for each in compared.found.severities())
    return FINDINGS if is_failed else CLEAN


def _problem(folders: list[str], options: CiOptions, *, is_run: bool) -> Text | None:
    """Return what is wrong with the words and options together."""
    if len(folders) > 1:
        return EXTRA_WORD(command="ci", word=folders[1])
    if is_run:
        return NOT_BOTH() if options.write or options.diff else None
    given = (option.name for option in OF_RUN if getattr(options, option.attribute))
    name = next(given, None)
    return None if name is None else ONLY_RUN(name=name)


def _machine(folder: str, call: Call[CiOptions]) -> Place | Text | None:
    """Return the machine as a place: a recorded one, this one, or none in CI."""
    from wslgo.cli.go_environment import live, recorded

    environment = call.terminal.environment
    if call.options.host is not None:
        from wslgo.cli.machine import replayed

        host = replayed(call.options.host, environment)
        if isinstance(host, Text):
            return host
        variables = recorded(host, folder)
    elif environment.get("CI"):
        return None
    else:
        variables = live(environment, folder, machine_values.FACTS)
    return machine_values.place(variables.host, variables.provenance)


def _compared(folder: str, machine: Place | None, call: Call[CiOptions]) -> Compared:
    """Read the files of a folder that build Go, and return what they set and what `check` finds there."""
    found = [item for item in inputs([folder], call.terminal.environment) if not isinstance(item, Trouble)]
    call.warn(shared.left_out([item.path for item in found if isinstance(item, LeftOut)]))
    meant = [item for item in found if isinstance(item, Input) and item.family.name in READERS]
    read = list(scenes(meant, call.terminal.stdin, call.terminal.environment.get("HOME", "")))
    call.warn(trouble.sentence() for trouble in read if isinstance(trouble, Trouble))
    seen = [scene for scene in read if isinstance(scene, Scene)]
    files = {os.path.relpath(scene.file.path, folder): scene.file for scene in seen}
    listed = (*((machine,) if machine is not None else ()), *places(files))
    rows = table(listed, files)
    checked = each_once(list(_checked(rows, seen, folder, call)))
    return Compared(rows, listed, {file.path: file for file in files.values()}, Run(checked, [], len(seen)))


def _checked(rows: tuple[Row, ...], seen: list[Scene], folder: str, call: Call[CiOptions]) -> Iterator[Checked]:
    """Yield what `wslgo check` reports about the values of the table."""
    checking = _checking(folder, call)
    settings_of, machine = shared.SettingsOf(checking), Machine(checking)
    spans = spans_by_path(rows)
    for scene in seen:
        if scene.file.path not in spans:
            continue
        settings = settings_of(scene.file.path)
        found = check(scene.file, settings, scene.others, machine.host(scene, settings), scene.project)
        about = [each for each in found if any(map(each.finding.span.overlaps, spans[scene.file.path]))]
        if about:
            yield Checked(scene, about)
    call.warn(settings_of.problems)


def _checking(folder: str, call: Call[CiOptions]) -> Call[FileOptions]:
    """Return the call of `wslgo check` for the same folder and machine."""
    options = Namespace(
        stdin_filename=None,
        skip_unknown=False,
        paths=[folder],
        select=[],
        ignore=[],
        config=None,
        isolated=False,
        host=call.options.host,
        machine=False,
        fail_on="warning",
        lang=call.options.lang,
        color=call.options.color,
    )
    return Call(cast("FileOptions", options), call.terminal)


def _show(compared: Compared, folder: str, call: Call[CiOptions]) -> None:
    if call.options.format == "json":
        from wslgo.cli.output import ci_json

        spoken = language_of_machines(call.options.lang)
        call.terminal.say_json(ci_json.text(compared.rows, compared.files, compared.found, spoken))
        return
    if all(place.kind is Kind.MACHINE for place in compared.places):
        call.complain(NOTHING(path=folder))
    from wslgo.cli.output import ci_table

    for line in ci_table.lines(compared.rows, compared.found, call):
        call.terminal.say(line)


def _write_page(compared: Compared, path: str, call: Call[CiOptions]) -> Trouble | None:
    """Write the table as a page for the preview of an editor; return what went wrong."""
    from pathlib import Path

    from wslgo.ci.page import comparison_page
    from wslgo.system.errors import reason
    from wslgo.system.files import write_atomically
    from wslgo.text.span import Lines, Span

    lines = {name: Lines(file.source.text) for name, file in compared.files.items()}

    def locate(name: str, span: Span | None) -> tuple[str, int] | None:
        if not name:
            return None
        line = lines[name].line_of(span.start) + 1 if span is not None and name in lines else 1
        return os.path.abspath(name), line

    text = comparison_page(compared.rows, compared.found.findings(), locate, call.language)
    try:
        write_atomically(Path(path), text.encode("utf-8", "replace"))
    except OSError as error:
        return Trouble(path, words.UNWRITABLE(reason=reason(error)))
    return None
