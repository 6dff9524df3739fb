"""`wslgo fix`: apply the safe fixes, with `--unsafe` all that stay in their file."""

from collections.abc import Iterable
from itertools import chain

from wslgo.cli import options as shared
from wslgo.cli import words
from wslgo.cli.arguments import Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.commands.fix_across_files import Change, change_of
from wslgo.cli.commands.fix_writer import Writer
from wslgo.cli.files import Trouble
from wslgo.cli.machine import Machine
from wslgo.cli.options import FixOptions
from wslgo.cli.output import as_text
from wslgo.cli.output.report import Checked, code_of, each_once
from wslgo.linter.check import MOST, check
from wslgo.linter.finding import Reported
from wslgo.linter.fix import FixedFile, fix_file
from wslgo.linter.scene import Scene
from wslgo.syntax.file import File
from wslgo.text.message import Message, Text

USAGE = Usage(
    Message(en="Apply the safe fixes, and report the rest.", zh="应用安全的修复，并报告其余问题。"),
    (
        Option(
            "--diff",
            Message(en="print a diff for git apply; write nothing", zh="输出可用于 git apply 的差异，不写入任何文件"),
        ),
        Option(
            "--unsafe",
            Message(en="also apply fixes that may not be what you want", zh="同时应用不一定符合您意图的修复"),
        ),
        Option(
            "--as-root",
            Message(
                en="write a wsl.conf that root owns through sudo or wsl.exe, after you confirm its diff",
                zh="属于 root 的 wsl.conf 在您确认差异后，通过 sudo 或 wsl.exe 写入",
            ),
        ),
        Option(
            "--machine",
            Message(
                en="also fix the files of this machine, and apply fixes that change other files; changes outside of "
                "the current folder are written after you confirm their diff",
                zh="同时修复本机的文件，并应用会修改其他文件的修复；当前文件夹之外的更改在您确认差异后写入",
            ),
        ),
        Option(
            "--yes",
            Message(
                en="with --as-root and --machine: write without asking",
                zh="与 --as-root 和 --machine 一起使用：不询问，直接写入",
            ),
        ),
        shared.STDIN,
        shared.SKIP_UNKNOWN,
        shared.DOCS,
        shared.THRESHOLD,
        shared.HOST,
        *shared.SETTINGS,
        shared.LANGUAGE,
        shared.COLOR,
    ),
    shared.PATHS,
    Message(
        en="Exit code: 0 nothing left at or above the threshold, 1 findings left, 2 bad usage or a failed file.",
        zh="退出码：0 没有剩余的达到阈值的问题，1 仍有问题，2 用法错误或有文件失败。",
    ),
)


class Fixing:
    """The files of a run with their settings and their machine; `troubles` are what failed."""

    def __init__(self, settings_of: shared.SettingsOf, machine: Machine, options: FixOptions, writer: Writer) -> None:
        self.troubles: list[Text] = []
        self._settings_of = settings_of
        self._machine = machine
        self._options = options
        self._writer = writer
        self._scenes: dict[str, Scene] = {}  # each file as it is now
        self._fixed: dict[str, FixedFile] = {}

    @property
    def files(self) -> list[FixedFile]:
        return list(self._fixed.values())

    def checked(self) -> list[Checked]:
        """Return the files with findings that are left."""
        return each_once([Checked(self._scenes[fixed.path], list(fixed.left)) for fixed in self.files if fixed.left])

    def fix_each(self, found: Iterable[Scene | Trouble]) -> None:
        """Fix file after file; each sees the ones before it as they are after their fixes."""
        for scene in found:
            if isinstance(scene, Trouble):
                self.troubles.append(scene.sentence())
            else:
                others = tuple(self._now(other) for other in scene.others)
                self._fix(scene._replace(others=others))
        changed = {fixed.path for fixed in self.files if fixed.is_changed}
        for fixed in [fixed for fixed in self.files if fixed.left and not fixed.is_changed]:
            scene = self._scenes[fixed.path]
            if changed & {other.path for other in scene.others}:
                # What is left may be about a value that a later file of the run no longer has.
                scene = scene._replace(others=tuple(self._now(other) for other in scene.others))
                self._scenes[fixed.path] = scene
                self._fixed[fixed.path] = fixed._replace(left=self._left(scene))

    def _now(self, file: File) -> File:
        return self._scenes[file.path].file if file.path in self._scenes else file

    def _fix(self, scene: Scene) -> None:
        path, unsafe = scene.file.path, self._options.unsafe
        settings = self._settings_of(path)
        scene = scene._replace(host=self._machine.host(scene, settings))
        fixed = fix_file(scene.file, settings, scene.others, unsafe=unsafe, host=scene.host, project=scene.project)
        trouble = self._writer.put(fixed)
        if trouble is not None:
            self.troubles.append(trouble.sentence())
            fixed = FixedFile(scene.file, scene.file, left=self._left(scene))
        self._scenes[path] = scene._replace(file=fixed.after)
        self._fixed[path] = fixed

    def fix_across(self) -> None:
        """Apply fixes that change several files, one after the other: each can move the findings of the next."""
        skipped: set[str] = set()
        for _ in range(MOST):
            left = [reported for fixed in self.files for reported in fixed.left if reported.rule not in skipped]
            # With a question for each fix, the user decides about unsafe ones, too.
            change = change_of(left, self._writable(), self._options.unsafe or not self._options.yes)
            if change is None:
                return
            rule = change.reported.rule
            trouble = self._writer.put_all(change)
            if trouble or self._options.diff:
                self.troubles += [trouble] if trouble else []
                skipped.add(rule)
                continue
            self._take_over(change)
            if _count(self.files, rule) >= sum(reported.rule == rule for reported in left):
                skipped.add(rule)  # the fix does not help

    def _writable(self) -> dict[str, File]:
        scenes = self._scenes.values()
        files = {file.path: file for scene in scenes for file in (*scene.others, scene.file)}
        files |= {path: scene.file for path, scene in self._scenes.items()}
        return {path: file for path, file in files.items() if not self._machine.is_of_another(file)}

    def _take_over(self, change: Change) -> None:
        """Check all files again after a fix that changed one of them or a file that they look at."""
        new = {fixed.path: fixed.after for fixed in change.files}
        for path, scene in self._scenes.items():
            others = tuple(new.get(other.path, other) for other in scene.others)
            after = scene._replace(file=new.get(path, scene.file), others=others)
            applied = change.files[-1].applied if path == change.reported.path else ()
            fixed = self._fixed[path]
            self._scenes[path] = after
            self._fixed[path] = FixedFile(fixed.before, after.file, (*fixed.applied, *applied), self._left(after))

    def _left(self, scene: Scene) -> tuple[Reported, ...]:
        settings = self._settings_of(scene.file.path)
        return tuple(check(scene.file, settings, scene.others, scene.host, scene.project))


def _count(files: list[FixedFile], rule: str) -> int:
    return sum(reported.rule == rule for fixed in files for reported in fixed.left)


def run(call: Call[FixOptions]) -> int:
    """Fix the files and return the exit code, which is about what is left."""
    settings_of = shared.SettingsOf(call)
    machine = Machine(call)
    if settings_of.problems or machine.problems:
        return call.fail(settings_of.problems + machine.problems)
    fixing = Fixing(settings_of, machine, call.options, Writer(call, machine))
    fixing.fix_each(chain(shared.scenes_of(call, machine.files()), machine.scenes()))
    if call.options.machine and call.options.stdin_filename is None:
        fixing.fix_across()
    _conclude(fixing, call)
    complaints = fixing.troubles + settings_of.problems
    if complaints:
        return call.fail(complaints)
    return code_of((reported.severity for fixed in fixing.files for reported in fixed.left), call.options.fail_on)


def _conclude(fixing: Fixing, call: Call[FixOptions]) -> None:
    """Report what is left and what was done, on standard error if the output is a diff or a text."""
    is_beside = call.options.diff or call.options.stdin_filename is not None
    say = call.terminal.complain if is_beside else call.terminal.say
    left = fixing.checked()
    for line in as_text.findings(left, call):
        say(line)
    if unhelpful := sum(len(fixed.unhelpful) for fixed in fixing.files):
        say(call.rendered(words.REFUSED(count=unhelpful)))
    count = sum(len(fixed.applied) for fixed in fixing.files)
    fixed = (words.FIXABLE_NOW if call.options.diff else words.FIXED)(count=count)
    rest = (
        as_text.summary([reported for file in left for reported in file.reported], call, words.LEFT)
        if left
        else call.rendered(words.NONE_LEFT())
    )
    say(f"{call.rendered(fixed)}{call.rendered(words.COMMA)}{rest}")
