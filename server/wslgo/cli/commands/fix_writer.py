"""The writer of fixed files: to disk, after a yes where one is needed, to the output, or as a diff."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.consent import NEEDS_YES, is_agreed
from wslgo.cli.files import Trouble, is_below
from wslgo.cli.machine import Machine
from wslgo.cli.options import FixOptions
from wslgo.cli.output.diff import show
from wslgo.linter.finding import Reported
from wslgo.linter.fix import choice
from wslgo.linter.scene import Scene
from wslgo.syntax.file import File
from wslgo.system.as_root import needs_root
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.journal import Journal, folder_of
from wslgo.system.reader import is_within
from wslgo.text.message import Text

WHO = "wslgo fix"


class Repaired(NamedTuple):
    """A file before and after, what was fixed and what is left; how many fixes of that do not help."""

    before: File
    after: Scene
    fixed: tuple[Reported, ...]
    left: list[Reported]
    refused: int = 0

    @property
    def path(self) -> str:
        return self.before.path

    @property
    def is_changed(self) -> bool:
        return self.before.source != self.after.file.source


class Writer:
    """Puts repaired files where the options want them."""

    def __init__(self, call: Call[FixOptions], machine: Machine) -> None:
        self._call = call
        self._options = call.options
        self._terminal = call.terminal
        self._machine = machine

    def put(self, repaired: Repaired) -> Trouble | None:
        """Put one file in its place; return why that failed."""
        if self._options.stdin_filename is not None and not self._options.diff:
            self._terminal.out.write(repaired.after.file.source.encode())
            return None
        change = [(repaired.before, repaired.after.file)]
        if self._options.diff:
            self._show(change)
        if self._options.diff or not repaired.is_changed:
            return None
        if self._machine.is_of_another(repaired.before):
            self._show(change)
            return Trouble(repaired.path, words.ANOTHERS())
        if not self._options.machine and _is_led_out(repaired.path):
            return Trouble(repaired.path, words.LINK_OUT())
        objection = self._objection(change) if self._is_asked_about(repaired.path) else None
        return Trouble(repaired.path, objection) if objection else self._write(repaired)

    def put_all(self, changes: tuple[tuple[File, File], ...], answered: Reported) -> Trouble | None:
        """Show the files of one fix and put them in their places after a yes; return why that failed."""
        if self._options.diff:
            self._show(changes)
            return None
        objection = self._objection(changes)
        if objection:
            return Trouble(changes[0][0].path, objection)
        written = (self._write(Repaired(old, Scene(new), (answered,), [])) for old, new in changes)
        return next((trouble for trouble in written if trouble), None)

    def _is_asked_about(self, path: str) -> bool:
        """Return whether a file may be one of this machine's; a file of root is confirmed separately."""
        return self._options.machine and not is_below(path, os.curdir) and not needs_root(path)

    def _show(self, changes: Iterable[tuple[File, File]]) -> None:
        for old, new in changes:
            show(old.path, old.source, new.source, self._call)

    def _objection(self, changes: Iterable[tuple[File, File]]) -> Text | None:
        """Show what would be written, and ask; None is a yes."""
        self._show(changes)
        if self._options.yes:
            return None
        if not self._terminal.is_interactive:
            return NEEDS_YES()
        return None if is_agreed(self._call) else words.NOT_AGREED()

    def _write(self, repaired: Repaired) -> Trouble | None:
        try:
            kept = self._written(repaired)
        except OSError as error:
            return Trouble(repaired.path, words.UNWRITABLE(reason=reason(error)))
        if isinstance(kept, Text):
            return Trouble(repaired.path, kept)
        self._tell(repaired, kept)
        return None

    def _tell(self, repaired: Repaired, kept: str) -> None:
        problems = words.counted("problem", len(repaired.fixed))
        self._say(words.FIXED_FILE(path=repaired.path, problems=problems))
        for reported in repaired.fixed:
            fix = choice(reported, unsafe=True)
            title = self._call.rendered(fix.title) if fix else ""
            self._terminal.say(f"  {title} [{reported.rule}]")
        if kept:
            self._say(words.UNDO(id=kept), "  ")

    def _say(self, text: Text, indent: str = "") -> None:
        self._call.say(text, indent)

    def _written(self, repaired: Repaired) -> str | Text:
        """Return the id of its journal entry, "" for a file of the current folder, or why it was not written."""
        old, new = repaired.before.source.encode(), repaired.after.file.source.encode()
        if needs_root(repaired.path):
            return self._written_as_root(repaired, old, new) if self._options.as_root else words.ROOTS()
        place = os.path.realpath(repaired.path)  # a link that changes from now on leads nowhere else
        if is_below(place, os.curdir):
            write_atomically(Path(place), new)
            return ""
        return Journal(folder_of(self._terminal.environment)).write(Path(repaired.path), new, WHO, expected=old).id

    def _written_as_root(self, repaired: Repaired, old: bytes, new: bytes) -> str | Text:
        from wslgo.cli import as_root  # starts a program

        wanted = as_root.order(repaired.path, old, new)
        if isinstance(wanted, Text):
            return wanted
        objection = self._objection([(repaired.before, repaired.after.file)])
        if objection:
            return objection
        done = as_root.write(wanted, WHO, self._call)
        return done if isinstance(done, Text) else done.id


def _is_led_out(path: str) -> bool:
    """Return whether a path in the current folder leads out of it: such a link can come from the repository."""
    current = os.getcwd()
    place = os.path.normpath(os.path.join(current, path))
    return is_within(place, (current,)) and not is_below(path, current)
