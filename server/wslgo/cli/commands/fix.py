"""`wslgo fix`: apply the safe fixes, with `--unsafe` all that stay in their file."""

from collections.abc import Iterable
from itertools import chain

from wslgo.cli import options as shared
from wslgo.cli import words
from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.commands.fix_across_files import Change, change_of
from wslgo.cli.commands.fix_writer import Repaired, Writer
from wslgo.cli.files import Trouble
from wslgo.cli.machine import Machine
from wslgo.cli.options import FixOptions
from wslgo.cli.output import as_text
from wslgo.cli.output.report import Checked, code_of
from wslgo.linter.check import MOST, check
from wslgo.linter.finding import Reported
from wslgo.linter.fix import repair
from wslgo.linter.scene import Scene
from wslgo.syntax.file import File

USAGE = Usage(
    "Apply the safe fixes, and report the rest.",
    (
        Option("--diff", "print a diff for git apply; write nothing"),
        Option("--unsafe", "also apply fixes that may not be what you want"),
        Option("--as-root", "write a wsl.conf that root owns through sudo or wsl.exe, after you confirm its diff"),
        Option(
            "--machine",
            "also fix the files of this machine, and apply fixes that change other files; changes outside of the "
            "current folder are written after you confirm their diff",
        ),
        Option("--yes", "with --as-root and --machine: write without asking"),
        shared.STDIN,
        shared.THRESHOLD,
        shared.HOST,
        *shared.SETTINGS,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    shared.PATHS,
    "Exit code: 0 nothing left at or above the threshold, 1 findings left, 2 bad usage or a failed file.",
)


class Fixing:
    """Files under repair: their settings, their machine, and where they go; `troubles` are files that failed."""

    def __init__(self, settings_of: shared.SettingsOf, machine: Machine, options: FixOptions, writer: Writer) -> None:
        self.troubles: list[Trouble] = []
        self._settings_of = settings_of
        self._machine = machine
        self._options = options
        self._writer = writer

    def each(self, found: Iterable[Scene | Trouble]) -> list[Repaired]:
        """Repair file after file; each sees what the ones before it have become."""
        done: dict[str, Repaired] = {}
        for scene in found:
            if isinstance(scene, Trouble):
                self.troubles.append(scene)
                continue
            others = tuple(done[one.path].after.file if one.path in done else one for one in scene.others)
            done[scene.file.path] = self._one(scene._replace(others=others))
        return list(done.values())

    def _one(self, scene: Scene) -> Repaired:
        settings = self._settings_of(scene.file.path)
        scene = scene._replace(host=self._machine.host(scene, settings))
        done = repair(
            scene.file, settings, scene.others, unsafe=self._options.unsafe, host=scene.host, project=scene.project
        )
        repaired = Repaired(scene.file, scene._replace(file=done.file), done.fixed, list(done.left), len(done.refused))
        trouble = self._writer.put(repaired)
        if trouble is None:
            return repaired
        self.troubles.append(trouble)
        return Repaired(scene.file, scene, (), self._left(scene))

    def across(self, done: list[Repaired]) -> list[Repaired]:
        """Apply fixes that touch several files, one after the other, since each can move what the next one is about."""
        files = {file.path: file for one in done for file in (*one.after.others, one.after.file)}
        files |= {one.path: one.after.file for one in done}
        refused: set[str] = set()
        for _ in range(MOST):
            left = [reported for one in done for reported in one.left if reported.rule not in refused]
            writable = {path: file for path, file in files.items() if not self._machine.is_of_another(file)}
            # A user who confirms each fix decides about unsafe ones, too.
            change = change_of(left, writable, self._options.unsafe or not self._options.yes)
            if change is None:
                break
            trouble = self._writer.put_all(change.files, change.reported)
            if trouble or self._options.diff:
                self.troubles += [trouble] if trouble else []
                refused.add(change.reported.rule)
            else:
                files |= {new.path: new for _, new in change.files}
                done = [self._seen_again(one, change, files) for one in done]
                if _count(done, change.reported.rule) >= sum(one.rule == change.reported.rule for one in left):
                    refused.add(change.reported.rule)  # the fix does not help
        return done

    def _seen_again(self, one: Repaired, change: Change, files: dict[str, File]) -> Repaired:
        """Return a file of the run after a fix that may have touched it or what it looks at."""
        others = tuple(files.get(other.path, other) for other in one.after.others)
        after = one.after._replace(file=files[one.path], others=others)
        fixed = (*one.fixed, change.reported) if change.reported.path == one.path else one.fixed
        return Repaired(one.before, after, fixed, self._left(after))

    def _left(self, scene: Scene) -> list[Reported]:
        return check(scene.file, self._settings_of(scene.file.path), scene.others, scene.host, scene.project)


def _count(done: list[Repaired], rule: str) -> int:
    return sum(reported.rule == rule for one in done for reported in one.left)


def run(call: Call[FixOptions]) -> int:
    """Return the exit code speaks about what is left."""
    settings_of = shared.SettingsOf(call)
    machine = Machine(call)
    if settings_of.problems or machine.problems:
        return call.fail(settings_of.problems + machine.problems)
    fixing = Fixing(settings_of, machine, call.options, Writer(call, machine))
    done = fixing.each(chain(shared.scenes_of(call, machine.files()), machine.scenes()))
    if call.options.machine and call.options.stdin_filename is None:
        done = fixing.across(done)
    _conclude(done, call)
    complaints = [trouble.sentence() for trouble in fixing.troubles] + settings_of.problems
    if complaints:
        return call.fail(complaints)
    return code_of((reported.severity for one in done for reported in one.left), call.options.fail_on)


def _conclude(done: list[Repaired], call: Call[FixOptions]) -> None:
    """Print what is left and how much was fixed: on standard error where the output is a diff or a text."""
    is_beside = call.options.diff or call.options.stdin_filename is not None
    say = call.terminal.complain if is_beside else call.terminal.say
    left = [Checked(one.after, one.left) for one in done if one.left]
    for line in as_text.findings(left, call):
        say(line)
    if refused := sum(one.refused for one in done):
        say(call.rendered(words.REFUSED(count=refused)))
    count = sum(len(one.fixed) for one in done)
    fixed = (words.FIXABLE_NOW if call.options.diff else words.FIXED)(count=count)
    rest = words.LEFT(problems=as_text.summary(left, call)) if left else words.NONE_LEFT()
    say(f"{call.rendered(fixed)}, {call.rendered(rest)}")
