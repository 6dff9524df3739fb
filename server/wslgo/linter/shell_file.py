"""The commands of a shell file, parsed only if a rule has something to look for in it."""

import re

from wslgo.linter.scene import Scene
from wslgo.syntax.family import WSLCONF, WSLCONFIG
from wslgo.syntax.file import File
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.script import Shell, ShellAssignment


_WINDOWS = pattern(r"\bDISPLAY=|resolv\.conf")


def mentions_windows(file: File) -> bool:
    """Return whether the rules of a file may ask for the display or the network of the machine."""
    return file.family.name not in (WSLCONFIG, WSLCONF) and _WINDOWS.search(file.source.text) is not None


def shell_of(scene: Scene, mention: re.Pattern[str]) -> "Shell | None":
    """Return the tree of a shell file with such a text in it, else None."""
    file = scene.file
    return cast("Shell", file.tree) if mention.search(file.source.text) else None


def removable_line(tree: "Shell", assignment: "ShellAssignment", text: str) -> Span | None:
    """Return the line of an assignment with the comments about it; None if other lines use the variable."""
    from wslgo.goenv.removal import is_used, uses  # few shell files need it

    line = assignment.command
    return (
        None
        if line is None or is_used(assignment.name, uses(text, tree.comments), line)
        else with_notes(tree, line, text)
    )


def with_notes(tree: "Shell", lines: Span, text: str) -> Span:
    """Return lines with the comments directly above that are about them."""
    from wslgo.goenv.removal import with_comments  # few shell files need it

    return with_comments(text, lines, frozenset(comment.start for comment in tree.comments))
