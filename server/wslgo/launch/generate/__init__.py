"""Launch configurations and tasks for a Go workspace, as Delve and VS Code's Go extension really treat them.

Pure and deterministic: the same workspace on the same machine has the same entries. Those of one folder stand together,
those about the whole workspace at the end.
"""

from collections.abc import Iterable, Mapping

from wslgo.golang.project import Project
from wslgo.launch.generate.entry import EVERYTHING, Entry, Generated, Kind, Wish
from wslgo.launch.generate.profiles import profiles
from wslgo.launch.generate.programs import Subject
from wslgo.launch.generate.substitution import inert
from wslgo.machine.host import UNKNOWN, Host
from wslgo.text.message import Message

# Every profile, and one sentence about it.
PROFILES: Mapping[str, Message] = {one.name: one.about for one in profiles()}

# What is looked at of the machine.
NEEDS = frozenset(
    ("wsl.generation", "home", "search_path", "go", "go_variables", "delve", "compiler", "gpu", "wslg", "editors")
)


def generate(project: Project, host: Host = UNKNOWN, wish: Wish = EVERYTHING) -> Generated:
    """The entries that are wanted, and the tasks that run before them."""
    subject = Subject(project, host, wish)
    entries = sorted(inert(entry for one in profiles() for entry in one.entries(subject)), key=_place)
    wanted = [entry for entry in entries if _is_wanted(entry, wish)]
    labels = _started(wanted, entries)
    tasks = (entry for entry in entries if entry.kind is Kind.TASK)
    return Generated(
        tuple(entry for entry in wanted if entry.kind is Kind.CONFIGURATION),
        tuple(entry for entry in tasks if entry.label in labels or _is_wanted(entry, wish)),
        tuple(entry for entry in wanted if entry.kind is Kind.INPUT),
    )


def _is_wanted(entry: Entry, wish: Wish) -> bool:
    return not wish.profiles or entry.profile in wish.profiles


def _place(entry: Entry) -> tuple[bool, str, str]:
    return not entry.folder, entry.folder, entry.profile


def _started(wanted: Iterable[Entry], entries: Iterable[Entry]) -> set[str]:
    """The labels of all tasks that run before what is wanted, those before these tasks too."""
    tasks = {entry.label: entry for entry in entries if entry.kind is Kind.TASK}
    waiting = [label for entry in wanted for label in entry.starts]
    found: set[str] = set()
    for label in waiting:
        if label not in found:
            found.add(label)
            waiting += tasks[label].starts
    return found
