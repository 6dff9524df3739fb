"""What a rule may look at: the file it is about, and the other files that were read with it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from wslgo.machine.host import UNKNOWN, Host, Snapshot
from wslgo.syntax.family import WSLCONF, WSLCONFIG
from wslgo.syntax.file import File

if TYPE_CHECKING:  # each costs milliseconds, and most runs need one of them
    from wslgo.goenv.assignment import Assignment
    from wslgo.golang.project import Project
    from wslgo.linter.finding import Reported
    from wslgo.syntax.wsl.file import IniFile


Judge = Callable[["Assignment", File], "list[Reported]"]


def _no_judge(_assignment: "Assignment", _file: File) -> "list[Reported]":
    return []


class Scene(NamedTuple):
    """The file under the eye of a rule, the files beside it, what is known of the machine, and the Go workspace.

    `others` may hold the file itself. `judge` says what the rules find about an assignment of some file.
    """

    file: File
    others: tuple[File, ...] = ()
    host: Host = UNKNOWN
    judge: Judge = _no_judge
    project: "Project | None" = None

    def other(self, family: str) -> "tuple[str, IniFile] | None":
        """Path and reading of the one other WSL file of a family; None also where WSL cannot read it."""
        found = [file for file in self.others if file.family.name == family and file is not self.file]
        tree = cast("IniFile | None", found[0].tree if len(found) == 1 else None)
        return (found[0].path, tree) if tree is not None and not tree.is_garbled else None

    @property
    def own(self) -> Snapshot | None:
        """What the machine knows of the file in hand; None of any but its own `.wslconfig` and `/etc/wsl.conf`."""
        place, family = self.file.place, self.file.family.name
        if family == WSLCONF:
            known = self.host.wslconf
            return known if known and place == known.path else None
        known = self.host.wslconfig if family == WSLCONFIG else None
        return known if known and place.lower() == known.path.lower() else None  # as Windows compares names
