"""Launch configurations and tasks for a Go workspace, for Delve and VS Code's Go extension.

Pure and deterministic: the same workspace on the same machine has the same entries. They are sorted by folder,
entries for the whole workspace last.
"""

from collections.abc import Iterable, Mapping

from wslgo.golang.project import Project
from wslgo.launch.generate.entry import EVERYTHING, Generated, Kind, LaunchEntry, Selection
from wslgo.launch.generate.profiles import profiles
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.launch.generate.substitution import inert_entries
from wslgo.machine.host import UNKNOWN, Host
from wslgo.text.message import Message

# Every profile with a one-sentence description.
PROFILES: Mapping[str, Message] = {profile.name: profile.about for profile in profiles()}

# The facts about the machine that generation needs.
NEEDS = frozenset(
    (
        *("wsl.generation", "running.networking", "home", "search_path", "go", "go_variables", "delve", "compiler"),
        *("gpu", "wslg", "editors"),
    )
)


def generate(project: Project, host: Host = UNKNOWN, selection: Selection = EVERYTHING) -> Generated:
    """Return the selected entries, and the tasks that run before them."""
    workspace = LaunchWorkspace(project, host, selection)
    entries = sorted(inert_entries(entry for profile in profiles() for entry in profile.entries(workspace)), key=_place)
    wanted = [entry for entry in entries if _is_wanted(entry, selection)]
    labels = _labels_started(wanted, entries)
    tasks = (entry for entry in entries if entry.kind is Kind.TASK)
    return Generated(
        tuple(entry for entry in wanted if entry.kind is Kind.CONFIGURATION),
        tuple(entry for entry in tasks if entry.label in labels or _is_wanted(entry, selection)),
        tuple(entry for entry in wanted if entry.kind is Kind.INPUT),
    )


def _is_wanted(entry: LaunchEntry, selection: Selection) -> bool:
    return not selection.profiles or entry.profile in selection.profiles


def _place(entry: LaunchEntry) -> tuple[bool, str, str]:
    return not entry.folder, entry.folder, entry.profile


def _labels_started(wanted: Iterable[LaunchEntry], entries: Iterable[LaunchEntry]) -> set[str]:
    """Return the labels of all tasks that run before the selected entries, directly or indirectly."""
    tasks = {entry.label: entry for entry in entries if entry.kind is Kind.TASK}
    waiting = [label for entry in wanted for label in entry.starts]
    found: set[str] = set()
    for label in waiting:
        if label not in found:
            found.add(label)
            waiting += tasks[label].starts
    return found
