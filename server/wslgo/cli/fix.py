"""`wslgo fix`: applies the fixes that can only be meant, with `--unsafe` all that stay in their file."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from wslgo.check import check
from wslgo.cli import as_text, words
from wslgo.cli import options as shared
from wslgo.cli.arguments import Namespace, Option, Usage
from wslgo.cli.diff import diff, in_words
from wslgo.cli.files import Trouble, reason
from wslgo.cli.report import Checked, code_of
from wslgo.cli.terminal import Terminal, fail, is_colourful, language, painter, rendered, shown
from wslgo.effects import write_atomically
from wslgo.finding import Reported
from wslgo.message import Language
from wslgo.repair import choice, repair
from wslgo.scene import File, Scene
from wslgo.settings import Settings

BACKUP_SUFFIX = ".wslgo.bak"


class Repaired(NamedTuple):
    """A file before and after, what was fixed and what is left."""

    before: File
    after: Scene
    fixed: tuple[Reported, ...]
    left: list[Reported]

    @property
    def path(self) -> str:
        return self.before.path

    @property
    def is_changed(self) -> bool:
        return self.before.source != self.after.file.source


# Puts a repaired file where it belongs: on the disk, on the output, or only its diff.
Place = Callable[[Repaired], Trouble | None]

USAGE = Usage(
    "Apply the fixes that can only be meant, and say what is left.",
    (
        Option("--diff", "print a diff for git apply and write nothing"),
        Option("--unsafe", "apply also fixes that only probably are what you want"),
        shared.STDIN,
        shared.THRESHOLD,
        *shared.SETTINGS,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    shared.PATHS,
    "Exit code: 0 nothing left at or above the threshold, 1 something left, 2 bad usage or a failed file.",
)


def run(options: Namespace, terminal: Terminal) -> int:
    """The exit code speaks about what is left."""
    spoken = language(options.lang, terminal.environment)
    settings_of = shared.SettingsOf(options)
    if settings_of.problems:
        return fail(settings_of.problems, spoken, terminal)
    place = _place_of(options, terminal, spoken)
    done, troubles = _done(shared.scenes_of(options, terminal), settings_of, options.unsafe, place)
    _conclude(done, options, terminal)
    complaints = [trouble.sentence() for trouble in troubles] + settings_of.problems
    if complaints:
        return fail(complaints, spoken, terminal)
    return code_of((reported.severity for one in done for reported in one.left), options.fail_on)


def _done(
    found: Iterable[Scene | Trouble], settings_of: shared.SettingsOf, unsafe: bool, place: Place
) -> tuple[list[Repaired], list[Trouble]]:
    """Repair file after file; each sees what the ones before it have become."""
    done: dict[str, Repaired] = {}
    troubles: list[Trouble] = []
    for scene in found:
        if isinstance(scene, Trouble):
            troubles.append(scene)
            continue
        others = tuple(done[one.path].after.file if one.path in done else one for one in scene.others)
        scene, settings = Scene(scene.file, others), settings_of(scene.file.path)
        repaired = _repaired(scene, settings, unsafe)
        trouble = place(repaired)
        if trouble:
            troubles.append(trouble)
            repaired = Repaired(scene.file, scene, (), check(scene.file, settings, others))
        done[scene.file.path] = repaired
    return list(done.values()), troubles


def _repaired(scene: Scene, settings: Settings, unsafe: bool) -> Repaired:
    file, fixed, left = repair(scene.file, settings, scene.others, unsafe=unsafe)
    return Repaired(scene.file, Scene(file, scene.others), fixed, list(left))


def _place_of(options: Namespace, terminal: Terminal, spoken: Language) -> Place:
    if options.diff:
        return lambda repaired: _print_diff(repaired, terminal, spoken)
    if options.stdin_filename is not None:
        return lambda repaired: _print_text(repaired, terminal)
    return lambda repaired: _write_file(repaired, terminal, spoken)


def _print_diff(repaired: Repaired, terminal: Terminal, spoken: Language) -> None:
    old, new = repaired.before.source, repaired.after.file.source
    if old == new:
        return
    for line in diff(repaired.path, old, new):
        terminal.out.write(_harmless(line) if terminal.is_interactive else line)
    for remark in in_words(repaired.path, old, new):
        terminal.complain(rendered(remark, spoken))


def _print_text(repaired: Repaired, terminal: Terminal) -> None:
    terminal.out.write(repaired.after.file.source.encode())


def _write_file(repaired: Repaired, terminal: Terminal, spoken: Language) -> Trouble | None:
    if not repaired.is_changed:
        return None
    try:
        backup = _keep(repaired)
        write_atomically(Path(repaired.path), repaired.after.file.source.encode())
    except OSError as error:
        return Trouble(repaired.path, words.UNWRITABLE(reason=reason(error)))
    problems = words.counted("problem", len(repaired.fixed))
    terminal.say(rendered(words.FIXED_FILE(path=repaired.path, problems=problems), spoken))
    for reported in repaired.fixed:
        fix = choice(reported, unsafe=True)
        terminal.say(f"  {rendered(fix.title, spoken) if fix else ''} [{reported.rule}]")
    if backup:
        terminal.say(f"  {rendered(words.BACKUP(path=backup), spoken)}")
    return None


def _keep(repaired: Repaired) -> str:
    """A copy of a file outside the current folder, where no repository can bring it back; "" for another file."""
    place = os.path.realpath(repaired.path)
    if os.path.commonpath((place, os.path.realpath(os.curdir))) == os.path.realpath(os.curdir):
        return ""
    write_atomically(Path(place + BACKUP_SUFFIX), repaired.before.source.encode())
    return place + BACKUP_SUFFIX


def _harmless(line: bytes) -> bytes:
    """A line of a diff as a terminal may show it."""
    text = line.decode(errors="surrogateescape")
    return "".join(f"{shown(part)}\n" for part in text.removesuffix("\n").split("\n")).encode()


def _conclude(done: list[Repaired], options: Namespace, terminal: Terminal) -> None:
    """What is left and how much was done: on standard error where the output is a diff or a text."""
    spoken = language(options.lang, terminal.environment)
    say = terminal.complain if options.diff or options.stdin_filename is not None else terminal.say
    left = [Checked(one.after, one.left) for one in done if one.left]
    for line in as_text.findings(left, spoken, painter(is_colourful(options.color, terminal))):
        say(line)
    count = sum(len(one.fixed) for one in done)
    fixed = (words.FIXABLE_NOW if options.diff else words.FIXED)(count=count)
    rest = words.LEFT(problems=as_text.summary(left, spoken)) if left else words.NONE_LEFT()
    say(f"{fixed.render(spoken)}, {rest.render(spoken)}")
