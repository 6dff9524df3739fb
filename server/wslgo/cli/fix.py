"""`wslgo fix`: applies the fixes that can only be meant, with `--unsafe` all that stay in their file."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.cli import as_text, words
from wslgo.cli import options as shared
from wslgo.cli.diff import diff, in_words
from wslgo.cli.files import Trouble, reason
from wslgo.cli.report import Checked, code_of
from wslgo.cli.terminal import Terminal, fail, is_colourful, language, painter, rendered
from wslgo.effects import write_atomically
from wslgo.finding import Reported
from wslgo.message import Language, Text
from wslgo.repair import repair
from wslgo.scene import File, Scene

BACKUP_SUFFIX = ".wslgo.bak"


class Repaired(NamedTuple):
    """A file before and after, what was fixed and what is left, or why it could not be written."""

    before: File
    after: Scene
    fixed: tuple[Reported, ...]
    left: list[Reported]

    @property
    def is_changed(self) -> bool:
        return self.before.source != self.after.file.source


Place = Callable[[Repaired], Trouble | None]


def configure(parser: ArgumentParser) -> None:
    parser.description = "Apply the fixes that can only be meant, and say what is left."
    parser.epilog = "Exit code: 0 nothing left at or above the threshold, 1 something left, 2 bad usage or a failed file."
    shared.add_paths(parser)
    parser.add_argument("--diff", action="store_true", help="print a diff for git apply and write nothing")
    parser.add_argument("--unsafe", action="store_true", help="apply also fixes that only probably are what you want")
    shared.add_threshold(parser)
    shared.add_settings(parser)
    shared.add_output(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """The exit code speaks about what is left."""
    spoken = language(options.lang, terminal.environment)
    settings_of = shared.SettingsOf(options)
    if settings_of.problems:
        return fail(settings_of.problems, spoken, terminal)
    place = _place_of(options, terminal, spoken)
    repaired: list[Repaired] = []
    troubles: list[Trouble] = []
    for one in _repaired(options, terminal, settings_of):
        trouble = one if isinstance(one, Trouble) else place(one) if one.is_changed else None
        if trouble:
            troubles.append(trouble)
        if not isinstance(one, Trouble):
            repaired.append(_unchanged(one, settings_of) if trouble else one)
    _say_what_is_left(repaired, options, terminal)
    complaints = [trouble.sentence() for trouble in troubles] + settings_of.problems
    if complaints:
        return fail(complaints, spoken, terminal)
    return code_of((reported.severity for one in repaired for reported in one.left), options.fail_on)
