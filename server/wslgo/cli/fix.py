"""`wslgo fix`: applies the fixes that can only be meant, with `--unsafe` all that stay in their file."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from wslgo.asroot import needs_root, order
from wslgo.check import check
from wslgo.cli import as_text, words
from wslgo.cli import options as shared
from wslgo.cli.across import Change, change_of
from wslgo.cli.arguments import Namespace, Option, Usage
from wslgo.cli.consent import NEEDS_YES, is_agreed
from wslgo.cli.diff import show
from wslgo.cli.files import Trouble, reason
from wslgo.cli.report import Checked, code_of
from wslgo.cli.terminal import Terminal, fail, is_colourful, language, painter, rendered
from wslgo.effects import write_atomically
from wslgo.finding import Reported
from wslgo.journal import Journal, folder_of
from wslgo.message import Language, Text
from wslgo.repair import ROUNDS, choice, repair
from wslgo.scene import File, Scene
from wslgo.settings import Settings

WHO = "wslgo fix"


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
        Option("--as-root", "write a wsl.conf that belongs to root through sudo, after its diff and a yes"),
        Option("--machine", "apply also fixes that touch another file, each after its diff and a yes"),
        Option("--yes", "with --as-root and --machine: write without asking"),
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
    if options.machine and options.stdin_filename is None:
        done = _across(done, troubles, settings_of, options, terminal)
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
        scene, settings = scene._replace(others=others), settings_of(scene.file.path)
        repaired = _repaired(scene, settings, unsafe)
        trouble = place(repaired)
        if trouble:
            troubles.append(trouble)
            repaired = Repaired(scene.file, scene, (), check(scene.file, settings, others))
        done[scene.file.path] = repaired
    return list(done.values()), troubles


def _repaired(scene: Scene, settings: Settings, unsafe: bool) -> Repaired:
    file, fixed, left = repair(scene.file, settings, scene.others, unsafe=unsafe, project=scene.project)
    return Repaired(scene.file, scene._replace(file=file), fixed, list(left))


def _across(
    done: list[Repaired],
    troubles: list[Trouble],
    settings_of: shared.SettingsOf,
    options: Namespace,
    terminal: Terminal,
) -> list[Repaired]:
    """One fix after the other, since each can move what the next one is about."""
    spoken = language(options.lang, terminal.environment)
    files = {file.path: file for one in done for file in (*one.after.others, one.after.file)}
    files |= {one.path: one.after.file for one in done}
    refused: set[str] = set()
    for _ in range(ROUNDS):
        left = [reported for one in done for reported in one.left if reported.rule not in refused]
        # Whoever is asked about each one decides for themselves.
        change = change_of(left, files, options.unsafe or not options.yes)
        if change is None:
            break
        trouble = _change(change, options, terminal, spoken)
        if trouble:
            troubles.append(trouble)
            refused.add(change.reported.rule)
        elif not options.diff:
            files |= {new.path: new for _, new in change.files}
            done = [_seen_again(one, change, files, settings_of) for one in done]
        else:
            refused.add(change.reported.rule)
    return done


def _change(change: Change, options: Namespace, terminal: Terminal, spoken: Language) -> Trouble | None:
    """Show, ask, write; why it was not done."""
    path = change.files[0][0].path
    for old, new in change.files:
        show(old.path, old.source, new.source, terminal, spoken)
    if options.diff:
        return None
    if not options.yes and not terminal.is_interactive:
        return Trouble(path, NEEDS_YES())
    if not options.yes and not is_agreed(terminal, spoken):
        return Trouble(path, words.NOT_AGREED())
    for old, new in change.files:
        one = Repaired(old, Scene(new), (change.reported,), [])
        trouble = _write_file(one, options, terminal, spoken)
        if trouble:
            return trouble
    return None


def _seen_again(one: Repaired, change: Change, files: dict[str, File], settings_of: shared.SettingsOf) -> Repaired:
    """A file of the run after a fix that may have touched it or what it looks at."""
    others = tuple(files.get(other.path, other) for other in one.after.others)
    after = one.after._replace(file=files[one.path], others=others)
    left = check(after.file, settings_of(one.path), others, after.host, after.project)
    fixed = (*one.fixed, change.reported) if change.reported.path == one.path else one.fixed
    return Repaired(one.before, after, fixed, list(left))


def _place_of(options: Namespace, terminal: Terminal, spoken: Language) -> Place:
    if options.diff:
        return lambda repaired: _print_diff(repaired, terminal, spoken)
    if options.stdin_filename is not None:
        return lambda repaired: _print_text(repaired, terminal)
    return lambda repaired: _write_file(repaired, options, terminal, spoken)


def _print_diff(repaired: Repaired, terminal: Terminal, spoken: Language) -> None:
    show(repaired.path, repaired.before.source, repaired.after.file.source, terminal, spoken)


def _print_text(repaired: Repaired, terminal: Terminal) -> None:
    terminal.out.write(repaired.after.file.source.encode())


def _write_file(repaired: Repaired, options: Namespace, terminal: Terminal, spoken: Language) -> Trouble | None:
    if not repaired.is_changed:
        return None
    try:
        kept = _written(repaired, options, terminal, spoken)
    except OSError as error:
        return Trouble(repaired.path, words.UNWRITABLE(reason=reason(error)))
    if isinstance(kept, Text):
        return Trouble(repaired.path, kept)
    problems = words.counted("problem", len(repaired.fixed))
    terminal.say(rendered(words.FIXED_FILE(path=repaired.path, problems=problems), spoken))
    for reported in repaired.fixed:
        fix = choice(reported, unsafe=True)
        terminal.say(f"  {rendered(fix.title, spoken) if fix else ''} [{reported.rule}]")
    if kept:
        terminal.say(f"  {rendered(words.UNDO(id=kept), spoken)}")
    return None


def _written(repaired: Repaired, options: Namespace, terminal: Terminal, spoken: Language) -> str | Text:
    """The id under which the journal has the write, "" for a file of the current folder; or why it was not written."""
    old, new = repaired.before.source.encode(), repaired.after.file.source.encode()
    if needs_root(repaired.path):
        return _written_as_root(repaired, options, terminal, spoken) if options.as_root else words.ROOTS()
    if _is_inside(repaired.path):
        write_atomically(Path(repaired.path), new)
        return ""
    return Journal(folder_of(terminal.environment)).write(Path(repaired.path), new, WHO, expected=old).id


def _written_as_root(repaired: Repaired, options: Namespace, terminal: Terminal, spoken: Language) -> str | Text:
    wanted = order(repaired.path, repaired.before.source.encode(), repaired.after.file.source.encode())
    if isinstance(wanted, Text):
        return wanted
    from wslgo.cli import asroot  # starts a program

    _print_diff(repaired, terminal, spoken)
    if not options.yes and not terminal.is_interactive:
        return NEEDS_YES()
    if not options.yes and not is_agreed(terminal, spoken):
        return words.NOT_AGREED()
    done = asroot.write(wanted, WHO, terminal, spoken)
    return done if isinstance(done, Text) else done.id


def _is_inside(path: str) -> bool:
    """Whether a file lies in the current folder, where a repository can bring it back."""
    here = os.path.realpath(os.curdir)
    return os.path.commonpath((os.path.realpath(path), here)) == here


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
