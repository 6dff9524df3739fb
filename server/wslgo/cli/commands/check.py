"""`wslgo check`: what is wrong in files and folders."""

from collections.abc import Iterable
from importlib import import_module
from itertools import chain

from wslgo.cli import options as shared
from wslgo.cli import words
from wslgo.cli.arguments import Namespace, Option, Usage
from wslgo.cli.files import Trouble
from wslgo.cli.machine import Machine
from wslgo.cli.output.report import Checked, Run, code_of, language_of_machines
from wslgo.cli.terminal import Terminal, fail, is_colourful, language, painter, rendered
from wslgo.linter.check import check
from wslgo.linter.scene import Scene

FORMATS = ("text", "json", "sarif", "github")

USAGE = Usage(
    "Say what is wrong in files and folders, and how it is fixed.",
    (
        shared.STDIN,
        Option("--format", ", ".join(FORMATS), "FORMAT", FORMATS, "text"),
        shared.THRESHOLD,
        *shared.MACHINE,
        *shared.SETTINGS,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    shared.PATHS,
    "Exit code: 0 nothing at or above the threshold, 1 findings, 2 bad usage or an unreadable file.",
)


def run(options: Namespace, terminal: Terminal) -> int:
    """The exit code of the contract."""
    spoken = language(options.lang, terminal.environment)
    settings_of = shared.SettingsOf(options, terminal)
    machine = Machine(options, terminal)
    if settings_of.problems or machine.problems:
        return fail(settings_of.problems + machine.problems, spoken, terminal)
    scenes = chain(shared.scenes_of(options, terminal, machine.files()), machine.scenes())
    found = _checked(scenes, settings_of, machine)
    _write(found, options, terminal)
    complaints = [trouble.sentence() for trouble in found.troubles] + settings_of.problems
    if complaints:
        return fail(complaints, spoken, terminal)
    return code_of(found.severities(), options.fail_on)


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
    return Run(checked, troubles, count)


def _write(found: Run, options: Namespace, terminal: Terminal) -> None:
    """In the format that was asked for; only its module is imported."""
    if options.format == "text":
        _write_text(found, options, terminal)
    elif options.format == "github":
        as_github = import_module("wslgo.cli.output.as_github")
        for line in as_github.lines(found, language_of_machines(options.lang)):
            terminal.command(line)
    else:
        module = import_module(f"wslgo.cli.output.as_{options.format}")
        for piece in module.pieces(found, language_of_machines(options.lang)):
            terminal.say_json(piece)


def _write_text(found: Run, options: Namespace, terminal: Terminal) -> None:
    spoken = language(options.lang, terminal.environment)
    if found.checked:
        as_text = import_module("wslgo.cli.output.as_text")
        for line in as_text.lines(found, spoken, painter(is_colourful(options.color, terminal))):
            terminal.say(line)
    elif found.total:
        terminal.complain(rendered(words.NO_PROBLEMS(files=words.files(found.total)), spoken))
    elif not found.troubles:
        terminal.complain(rendered(words.NOTHING_TO_READ(places=", ".join(options.paths) or "."), spoken))
