"""The writer of `wslgo fix`: fixed files go to the disk, after a yes if needed, or to the output, or only as diffs."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.commands.fix_across_files import Change
from wslgo.cli.consent import NEEDS_YES, is_agreed
from wslgo.cli.files import Trouble, is_below
from wslgo.cli.machine import Machine
from wslgo.cli.options import FixOptions
from wslgo.cli.output.diff import show
from wslgo.linter.fix import FixedFile
from wslgo.system.as_root import needs_root
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.journal import Journal, folder_of
from wslgo.system.reader import is_within
from wslgo.text.message import Text

WHO = "wslgo fix"


class Writer:
    """Writes fixed files as the options say."""

    def __init__(self, call: Call[FixOptions], machine: Machine) -> None:
        self._call = call
        self._options = call.options
        self._terminal = call.terminal
        self._machine = machine

    def put(self, fixed: FixedFile) -> Trouble | None:
        """Write one file, or return why not."""
        if self._options.stdin_filename is not None and not self._options.diff:
            self._terminal.write(fixed.after.source.encode())
            return None
        if self._options.diff:
            self._show([fixed])
        if self._options.diff or not fixed.is_changed:
            return None
        if self._machine.is_of_another(fixed.before):
            self._show([fixed])
            return Trouble(fixed.path, words.ANOTHERS())
        if not self._options.machine and _is_led_out(fixed.path):
            return Trouble(fixed.path, words.LINK_OUT())
        objection = self._objection([fixed]) if self._is_asked_about(fixed.path) else None
        if objection:
            return Trouble(fixed.path, objection)
        kept = self._kept(fixed)
        if isinstance(kept, Text):
            return Trouble(fixed.path, kept)
        self._report([fixed], [kept])
        return None

    def put_all(self, change: Change) -> Text | None:
        """Show the files that one fix changes and write them after a yes, all or none of them, or return why not.

        Each of them can have been fixed and reported before, so the reason names this fix.
        """
        files = change.files
        if self._options.diff:
            self._show(files)
            return None
        objection = self._objection(files)
        if objection:
            message = words.UNCONFIRMED if objection.message is NEEDS_YES else words.NOT_APPLIED
            return message(title=change.title, paths=_joined(files))
        ids: list[str] = []
        for fixed in files:
            kept = self._kept(fixed)
            if isinstance(kept, Text):
                self._restore(files[: len(ids)])
                return Trouble(fixed.path, kept).sentence()
            ids.append(kept)
        self._report(files, ids)
        return None

    def _restore(self, files: Sequence[FixedFile]) -> None:
        """Write the old content of files again; one that needs root stays, and its new content is reported."""
        for fixed in reversed(files):
            is_stuck = needs_root(fixed.path) or isinstance(self._kept(FixedFile(fixed.after, fixed.before)), Text)
            if is_stuck:
                self._report([fixed], [])

    def _is_asked_about(self, path: str) -> bool:
        """Return whether a file may be one of this machine's; a file of root is confirmed separately."""
        return self._options.machine and not is_below(path, os.curdir) and not needs_root(path)

    def _show(self, files: Iterable[FixedFile]) -> None:
        for fixed in files:
            show(fixed.path, fixed.before.source, fixed.after.source, self._call)

    def _objection(self, files: Iterable[FixedFile]) -> Text | None:
        """Show what would be written, and ask; None is a yes."""
        self._show(files)
        if self._options.yes:
            return None
        if not self._terminal.is_interactive:
            return NEEDS_YES()
        return None if is_agreed(self._call) else words.NOT_AGREED()

    def _kept(self, fixed: FixedFile) -> str | Text:
        """Write a file; return the id of its journal entry, "" for a file of the current folder, or why not."""
        try:
            return self._written(fixed)
        except OSError as error:
            return words.UNWRITABLE(reason=reason(error))

    def _report(self, files: Sequence[FixedFile], ids: Iterable[str]) -> None:
        """Print the fixes that changed the files, which are the same for each of them."""
        applied = files[-1].applied
        self._say(words.FIXED_FILE(path=_joined(files), problems=words.counted("problem", len(applied))))
        for reported, fix in applied:
            self._terminal.say(f"  {self._call.rendered(fix.title)} [{reported.rule}]")
        undo = " ".join(filter(None, reversed(list(ids))))
        if undo:
            self._say(words.UNDO(id=undo), "  ")

    def _say(self, text: Text, indent: str = "") -> None:
        self._call.say(text, indent)

    def _written(self, fixed: FixedFile) -> str | Text:
        """Return the id of its journal entry, "" for a file of the current folder, or why it was not written."""
        old, new = fixed.before.source.encode(), fixed.after.source.encode()
        if needs_root(fixed.path):
            return self._written_as_root(fixed, old, new) if self._options.as_root else words.ROOTS()
        place = os.path.realpath(fixed.path)  # a link that changes from now on leads nowhere else
        if is_below(place, os.curdir):
            write_atomically(Path(place), new)
            return ""
        return Journal(folder_of(self._terminal.environment)).write(Path(fixed.path), new, WHO, expected=old).id

    def _written_as_root(self, fixed: FixedFile, old: bytes, new: bytes) -> str | Text:
        from wslgo.cli import as_root  # starts a program

        wanted = as_root.order(fixed.path, old, new)
        if isinstance(wanted, Text):
            return wanted
        objection = self._objection([fixed])
        if objection:
            return objection
        done = as_root.write(wanted, WHO, self._call)
        return done if isinstance(done, Text) else done.id


def _joined(files: Iterable[FixedFile]) -> str:
    return ", ".join(fixed.path for fixed in files)


def _is_led_out(path: str) -> bool:
    """Return whether a path in the current folder leads out of it: such a link can come from the repository."""
    current = os.getcwd()
    place = os.path.normpath(os.path.join(current, path))
    return is_within(place, (current,)) and not is_below(path, current)
