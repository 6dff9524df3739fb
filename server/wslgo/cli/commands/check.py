"""`wslgo check`: report problems in files and folders."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from wslgo.cli import options as shared
from wslgo.cli import words
from wslgo.cli.arguments import Usage
from wslgo.cli.call import Call
from wslgo.cli.environment_note import environment_note
from wslgo.cli.files import Trouble
from wslgo.cli.machine import Machine
from wslgo.cli.options import FileOptions
from wslgo.cli.output.report import Checked, Run, code_of, each_once, language_of_machines
from wslgo.linter.check import check
from wslgo.linter.scene import Scene
from wslgo.text.message import Language, Message

FORMATS = ("text", "json", "sarif", "github")


class Options(FileOptions):
    """The options of `wslgo check`."""

    format: str


USAGE = Usage(
    Message(
        en="Report problems in files and folders, and how to fix them.", zh="报告文件和文件夹中的问题，以及如何修复。"
    ),
    (
        shared.STDIN,
        shared.format_option(FORMATS),
        shared.THRESHOLD,
        *shared.MACHINE,
        *shared.SETTINGS,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    shared.PATHS,
    Message(
        en="Exit code: 0 no finding at or above the threshold, 1 findings, 2 bad usage or an unreadable file.",
        zh="退出码：0 没有达到阈值的问题，1 有问题，2 用法错误或文件无法读取。",
    ),
)


def run(call: Call[Options]) -> int:
    """Return the exit code of the contract."""
    settings_of = shared.SettingsOf(call)
    machine = Machine(call)
    if settings_of.problems or machine.problems:
        return call.fail(settings_of.problems + machine.problems)
    scenes = chain(shared.scenes_of(call, machine.files()), machine.scenes())
    found = _checked(scenes, settings_of, machine)
    _write(found, call)
    if not call.options.machine and (note := environment_note(call.terminal.environment, machine.cheap)) is not None:
        call.complain(note)
    complaints = [trouble.sentence() for trouble in found.troubles] + settings_of.problems
    if complaints:
        return call.fail(complaints)
    return code_of(found.severities(), call.options.fail_on)


def _checked(found: Iterable[Scene | Trouble], settings_of: shared.SettingsOf, machine: Machine) -> Run:
    checked: list[Checked] = []
    troubles: list[Trouble] = []
    count = 0
    for scene in found:
        if isinstance(scene, Trouble):
            troubles.append(scene)
            continue
        count += 1
        settings = settings_of(scene.file.path)
        reported = check(scene.file, settings, scene.others, machine.host(scene, settings), scene.project)
        scene.file.forget()
        if reported:
            checked.append(Checked(scene, reported))
    in_files = [reported for file in checked for reported in file.reported]
    return Run(each_once(checked), troubles, count, machine.findings(settings_of.of_machine, in_files))


def _write(found: Run, call: Call[Options]) -> None:
    """In the format that was asked for; only its module is imported."""
    if call.options.format == "text":
        _write_text(found, call)
    elif call.options.format == "github":
        from wslgo.cli.output import as_github

        for line in as_github.lines(found, language_of_machines(call.options.lang)):
            call.terminal.command(line)
    else:
        for piece in _pieces_of(call.options.format)(found, language_of_machines(call.options.lang)):
            call.terminal.say_json(piece)


def _pieces_of(name: str) -> Callable[[Run, Language], Iterator[str]]:
    if name == "json":
        from wslgo.cli.output import as_json

        return as_json.pieces
    from wslgo.cli.output import as_sarif

    return as_sarif.pieces


def _write_text(found: Run, call: Call[Options]) -> None:
    if found.checked or found.machine:
        from wslgo.cli.output import as_text

        for line in as_text.lines(found, call):
            call.terminal.say(line)
    elif found.total:
        call.complain(words.NO_PROBLEMS(files=words.files(found.total)))
    elif not found.troubles:
        call.complain(words.NOTHING_TO_READ(places=tuple(call.options.paths) or "."))
