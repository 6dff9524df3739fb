"""The merge of generated entries into `launch.json` and `tasks.json`, and nothing else.

Guarantees for generated entries, which `wslgo.launch.merge.marks` identifies:

- An unedited entry is updated member by member, so comments inside it stay. It is removed when its key `is_obsolete`,
  unless the user has written a comment into it.
- An edited entry changes only if the user has accepted that; until then it is a conflict.
- An entry whose mark has no hash belongs to the user: it is never changed, and not written a second time. The same
  holds for an entry that was commented out. An entry that was deleted comes back.
- All but one of several copies of an entry belong to the user.
- Entries written by hand are never changed. If one equals a generated entry, that entry is left out; if it only has
  the same name, the generated entry gets another name, and so do references to it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.launch.generate.entry import Generated, LaunchEntry
from wslgo.launch.merge.marks import OwnEntry, mark, marks
from wslgo.launch.merge.references import Names, inputs_used_by, with_current_names
from wslgo.launch.merge.writable import reason_not_to_edit
from wslgo.syntax.json import edit as json_edit
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.text import New, Value, canonical, plain
from wslgo.text.message import Text
from wslgo.text.source import Source
from wslgo.text.span import Edit, apply
from wslgo.text.typing import NamedTuple

LAUNCH = "launch.json"
TASKS = "tasks.json"


class EntryPlace(NamedTuple):
    """The place of a generated entry."""

    file: str
    array: str
    key: str


class Conflict(NamedTuple):
    """An edited entry that would change now; `edit` changes the original file."""

    place: EntryPlace
    name: str
    edit: Edit


class Files(NamedTuple):
    """The two files of a `.vscode` folder; a missing file is an empty source."""

    launch: Source = Source("")
    tasks: Source = Source("")


class MergeRequest(NamedTuple):
    """The entries a merge can change: of these profiles (empty: all), edited ones if `accepted`.

    `is_obsolete` returns whether the program of a key no longer exists.
    """

    profiles: Collection[str] = ()
    accepted: Collection[EntryPlace] = ()
    is_obsolete: Callable[[str], bool] = lambda _key: False

    def covers(self, key: str) -> bool:
        return not self.profiles or key.partition(" ")[0] in self.profiles


EVERYTHING = MergeRequest()


class MergeResult(NamedTuple):
    """Both merged files; both unchanged if one is `unwritable`, with the reason by file name."""

    files: Files
    conflicts: tuple[Conflict, ...] = ()
    unwritable: tuple[tuple[str, Text], ...] = ()


def merge_entries(before: Files, generated: Generated, request: MergeRequest = EVERYTHING) -> MergeResult:
    """Merge generated entries into the files; a second merge changes nothing."""
    launch = _File(LAUNCH, "0.2.0", "configurations", jsonc.parse(before.launch), generated.configurations)
    tasks = _File(TASKS, "2.0.0", "tasks", jsonc.parse(before.tasks), generated.tasks)
    unwritable = tuple((file.name, reason) for file in (launch, tasks) if (reason := file.reason_not_to_edit))
    if unwritable:
        return MergeResult(before, (), unwritable)
    task_plans = _plans(tasks, generated.inputs, request, {})
    launch_plans = _plans(launch, generated.inputs, request, task_plans[0].names)
    conflicts = tuple(conflict for plan in (*launch_plans, *task_plans) for conflict in plan.conflicts)
    return MergeResult(
        Files(_with_plans_applied(launch, launch_plans), _with_plans_applied(tasks, task_plans)), conflicts
    )


def _plans(
    file: "_File", inputs: Sequence[LaunchEntry], request: MergeRequest, labels: Mapping[str, str]
) -> "tuple[_Plan, ...]":
    """Plan the changes of a file; inputs come first, since entries refer to them by name."""
    asked = _plan(file, "inputs", inputs_used_by(inputs, file.entries), request, Names())
    return _plan(file, file.main, file.entries, request, Names(asked.names, labels)), asked


def is_obsolete(project: Project, key: str) -> bool:
    """Return whether the program of an entry that is no longer generated is gone.

    Programs and tests depend only on the code. Any other profile may be missing just on this machine while the file
    is shared with others, so its entries are removed only with their folder.
    """
    profile, _, folder = key.partition(" ")
    path = joined_path(project.home, "" if folder == "." else folder)
    return bool(folder) and (profile in ("debug", "test") or not (project.has(path) or any(project.entries(path))))


class _File(NamedTuple):
    """A file to merge into, and the entries for its array `main`."""

    name: str
    version: str
    main: str
    tree: Jsonc
    entries: Sequence[LaunchEntry]

    @property
    def reason_not_to_edit(self) -> Text | None:
        """Why the file must not be edited; None also if it has no generated entries and gets none."""
        is_ours = self.entries or "wslgo:" in self.tree.source.text
        return reason_not_to_edit(self.tree, (self.main, "inputs")) if is_ours else None


# Planning


class _Plan(NamedTuple):
    """The changes of an array: edits of entries, indices of removed entries, and new entries.

    `names` maps generated names to the names in the file where they differ.
    """

    array: str
    edits: tuple[Edit, ...]
    gone: tuple[int, ...]
    new: tuple[New, ...]
    conflicts: tuple[Conflict, ...]
    names: Mapping[str, str]


def _plan(file: _File, key: str, entries: Sequence[LaunchEntry], request: MergeRequest, names: Names) -> _Plan:
    array = _Array(file, key, entries, request)
    given = _names_to_write(array, _skipped_keys(array, names))
    called = _changed_names(array, given)
    names = names._replace(tasks=called) if key == "tasks" else names
    edits, new, conflicts = [], [], []
    for entry in entries:
        if entry.key not in given:
            continue
        own, value = array.own(entry), with_current_names({**entry.value, array.label: given[entry.key]}, names)
        if own is None:
            new.append(New(value, mark(entry.key, value)))
        elif array.is_conflict(own, value):
            conflicts.append(Conflict(array.place(own), array.name(own.node), _value_edit(file.tree, own, value)))
        elif request.covers(own.key) and (own.is_edited or not _are_equal(own.value, value)):
            edits.append(_value_edit(file.tree, own, value))
    return _Plan(key, tuple(edits), array.gone, tuple(new), tuple(conflicts), called)


class _Array:
    """An array of a file, with the entries generated for it."""

    def __init__(self, file: _File, key: str, entries: Sequence[LaunchEntry], request: MergeRequest) -> None:
        self.label = {"configurations": "name", "tasks": "label", "inputs": "id"}[key]
        self.entries = entries
        found = file.tree.at(key)
        self.elements = found.elements if found else ()
        self.marks = marks(file.tree, self.elements)
        self._file = file
        self._key = key
        self._request = request

    def own(self, entry: LaunchEntry) -> OwnEntry | None:
        """Return the entry as it is in the file."""
        return self.marks.ours.get(entry.key)

    def place(self, own: OwnEntry) -> EntryPlace:
        return EntryPlace(self._file.name, self._key, own.key)

    def name(self, node: Node) -> str:
        found = node.get(self.label)
        return (found.string if found else None) or ""

    def is_kept(self, own: OwnEntry) -> bool:
        """Return whether an entry must stay as it is."""
        return not self._request.covers(own.key) or (own.is_edited and self.place(own) not in self._request.accepted)

    def is_conflict(self, own: OwnEntry, value: Value) -> bool:
        return self._request.covers(own.key) and self.is_kept(own) and not _are_equal(own.value, value)

    @property
    def gone(self) -> tuple[int, ...]:
        """The indices of the entries to remove."""
        wanted = {entry.key for entry in self.entries}
        return tuple(own.place for own in self.marks.all() if own.key not in wanted and self._may_go(own))

    def _may_go(self, own: OwnEntry) -> bool:
        is_ours = self._request.covers(own.key) and not own.is_edited and not own.has_more_comments
        return is_ours and self._request.is_obsolete(own.key)

    def standing(self) -> Iterator[Node]:
        """Yield the elements that stay, whose names are therefore taken."""
        moving = {own.place for entry in self.entries if (own := self.own(entry)) and not self.is_kept(own)}
        moving.update(self.gone)
        yield from (element for place, element in enumerate(self.elements) if place not in moving)
        compounds = self._file.tree.at("compounds")
        yield from compounds.elements if compounds and self._key == "configurations" else ()


def _skipped_keys(array: _Array, names: Names) -> set[str]:
    """Return the keys that are not written: the user took them over, or has written the same entry by hand."""
    if not array.entries:
        return set()  # the file may then be nested too deep to compare
    ours = {own.place for entry in array.entries if (own := array.own(entry))}.union(array.gone)
    foreign = {canonical(plain(node)) for place, node in enumerate(array.elements) if place not in ours}
    return {
        entry.key
        for entry in array.entries
        if array.own(entry) is None
        and (entry.key in array.marks.theirs or canonical(with_current_names(entry.value, names)) in foreign)
    }


def _names_to_write(array: _Array, left_out: Collection[str]) -> dict[str, str]:
    """Return the name of each entry to write, by key: the generated name unless another entry has it."""
    taken = Counter(array.name(node) for node in array.standing())
    generated = {_name(array, entry) for entry in array.entries}
    given: dict[str, str] = {}
    for entry in array.entries:
        if entry.key in left_out:
            continue
        own = array.own(entry)
        itself = Counter([array.name(own.node)] if own and array.is_kept(own) else [])
        given[entry.key] = _unique(_name(array, entry), taken - itself if itself else taken, generated)
        taken[given[entry.key]] += 1
    return given


def _unique(name: str, taken: Mapping[str, int], generated: Collection[str]) -> str:
    if name not in taken:
        return name
    others = (f"{name} (wslgo{number})" for number in ("", *(f" {count}" for count in range(2, len(taken) + 3))))
    return next(other for other in others if other not in taken and other not in generated)


def _changed_names(array: _Array, given: Mapping[str, str]) -> dict[str, str]:
    """Return the names in the file that differ from the generated names."""
    names = {_name(array, entry): _name_in_file(array, entry, given) for entry in array.entries}
    return {generated: name for generated, name in names.items() if name and name != generated}


def _name_in_file(array: _Array, entry: LaunchEntry, given: Mapping[str, str]) -> str | None:
    own, theirs = array.own(entry), array.marks.theirs.get(entry.key)
    if own is not None:
        return array.name(own.node) if array.is_kept(own) else given[entry.key]
    return array.name(theirs) if theirs else given.get(entry.key)


def _name(array: _Array, entry: LaunchEntry) -> str:
    return str(entry.value.get(array.label, ""))


def _are_equal(left: Value, right: Value) -> bool:
    return canonical(left) == canonical(right)


def _value_edit(tree: Jsonc, own: OwnEntry, value: Value) -> Edit:
    """Return the edit that gives a generated entry another value and a new hash."""
    return Edit(own.node.span, own.text_with_new_mark(json_edit.reshaping(tree, own.node, value), value))


# Writing


def _with_plans_applied(file: _File, plans: Sequence[_Plan]) -> Source:
    source = file.tree.source
    text = apply(source.text, [edit for plan in plans for edit in plan.edits])
    for plan in plans:
        text = _with_new(_without_gone(text, plan), plan, file.version)
    return source._replace(text=text)


def _without_gone(text: str, plan: _Plan) -> str:
    if not plan.gone:
        return text
    tree = jsonc.parse(Source(text))
    array = tree.at(plan.array)
    return text if array is None else apply(text, json_edit.removals(tree, array, plan.gone, with_comments=True))


def _with_new(text: str, plan: _Plan, version: str) -> str:
    if not plan.new:
        return text
    text = _with_member(_with_version(text, version), plan.array, [])
    tree = jsonc.parse(Source(text))
    array = tree.at(plan.array)
    return text if array is None else apply(text, json_edit.with_elements(tree, array, plan.new))


def _with_version(text: str, version: str) -> str:
    """Return a text with an object; an empty file gets one with the version of its format, below its comments."""
    tree = jsonc.parse(Source(text))
    if tree.root is not None:
        return text if tree.root.members else _with_member(text, "version", version)
    newline = "\r\n" if "\r\n" in text else "\n"
    comments = text[: tree.comments[-1].span.end] + newline if tree.comments else text.rstrip(" \t\r\n")
    return _with_member(f"{comments}{{{newline}}}{newline}", "version", version)


def _with_member(text: str, key: str, value: Value) -> str:
    """Return the text with a new last member, unless it has one of that key."""
    tree = jsonc.parse(Source(text))
    if tree.root is None or tree.root.member(key):
        return text
    return apply(text, json_edit.with_member(tree, tree.root, key, value))
