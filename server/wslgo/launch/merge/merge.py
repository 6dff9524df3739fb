"""Puts generated entries into `launch.json` and `tasks.json` and leaves everything else there as it is.

What we promise about entries, which `wslgo.launch.merge.marks` knows again:

- One that nobody edited follows what is generated, member by member, so that comments inside stay. It goes when what
  it is about `is_obsolete`, unless somebody has written a comment into it.
- One that somebody edited changes only when its place is among those agreed to; until then it is a conflict.
- One whose mark has lost its hash is the user's from then on: never touched, never asked about, and not written a
  second time. One that was commented out is not wanted. One that was simply deleted comes back.
- Copies of an entry are the user's, all but one.
- What is written by hand is never touched. If it equals a generated entry, that one is left out; if it only has its
  name, ours gets another one, and what refers to ours follows.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.launch.generate.entry import Generated, LaunchEntry
from wslgo.launch.merge.marks import OwnEntry, mark, marks
from wslgo.launch.merge.references import Names, inputs_used_by, with_current_names
from wslgo.launch.merge.writable import reason_not_to_edit
from wslgo.syntax.json import edit as jsoncedit
from wslgo.syntax.json import jsonc
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.text import New, Value, canonical, plain
from wslgo.text.message import Text
from wslgo.text.source import Source
from wslgo.text.span import Edit, apply

LAUNCH = "launch.json"
TASKS = "tasks.json"


class EntryPlace(NamedTuple):
    """Where an entry of ours belongs."""

    file: str
    array: str
    key: str


class Conflict(NamedTuple):
    """An entry that somebody edited and that would be another one now: `edit` of the file as it was shows how."""

    place: EntryPlace
    name: str
    edit: Edit


class Files(NamedTuple):
    """The two files of a `.vscode` folder; an empty source where there is none."""

    launch: Source = Source("")
    tasks: Source = Source("")


class MergeRequest(NamedTuple):
    """What may be touched: entries of these profiles (of all when none is named), edited ones only where `agreed`.

    `is_obsolete` says of a key whether what it is about no longer exists.
    """

    profiles: Collection[str] = ()
    agreed: Collection[EntryPlace] = ()
    is_obsolete: Callable[[str], bool] = lambda _key: False

    def covers(self, key: str) -> bool:
        return not self.profiles or key.partition(" ")[0] in self.profiles


EVERYTHING = MergeRequest()


class MergeResult(NamedTuple):
    """Both files as they should be; as they were when one is `refused`, with the reasons by name of the file."""

    files: Files
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[tuple[str, Text], ...] = ()


def merge_entries(before: Files, generated: Generated, request: MergeRequest = EVERYTHING) -> MergeResult:
    """The files with the generated entries in them; a second run over the result changes nothing."""
    launch = _File(LAUNCH, "0.2.0", "configurations", jsonc.parse(before.launch), generated.configurations)
    tasks = _File(TASKS, "2.0.0", "tasks", jsonc.parse(before.tasks), generated.tasks)
    refused = tuple((file.name, reason) for file in (launch, tasks) if (reason := file.reason_not_to_edit))
    if refused:
        return MergeResult(before, (), refused)
    task_plans = _plans(tasks, generated.inputs, request, {})
    launch_plans = _plans(launch, generated.inputs, request, task_plans[0].names)
    conflicts = tuple(conflict for plan in (*launch_plans, *task_plans) for conflict in plan.conflicts)
    return MergeResult(
        Files(_with_plans_applied(launch, launch_plans), _with_plans_applied(tasks, task_plans)), conflicts
    )


def _plans(
    file: "_File", inputs: Sequence[LaunchEntry], request: MergeRequest, labels: Mapping[str, str]
) -> "tuple[_Plan, ...]":
    """What happens to a file; its inputs are looked at first, since entries name them."""
    asked = _plan(file, "inputs", inputs_used_by(inputs, file.entries), request, Names())
    return _plan(file, file.main, file.entries, request, Names(asked.names, labels)), asked


def is_obsolete(project: Project, key: str) -> bool:
    """Whether an entry that is no longer generated has lost what it was about.

    Programs and tests show in the code alone. Any other profile may be missing only on this machine, while the file is
    shared with others: its entries go with their folder.
    """
    profile, _, folder = key.partition(" ")
    path = joined_path(project.home, "" if folder == "." else folder)
    return bool(folder) and (profile in ("debug", "test") or not (project.has(path) or any(project.entries(path))))


class _File(NamedTuple):
    """A file to merge into, and what belongs into the array that it is about, `main`."""

    name: str
    version: str
    main: str
    tree: Jsonc
    entries: Sequence[LaunchEntry]

    @property
    def reason_not_to_edit(self) -> Text | None:
        """Why nothing may be written; a file that nothing of ours belongs into may be as it likes."""
        is_ours = self.entries or "wslgo:" in self.tree.source.text
        return reason_not_to_edit(self.tree, (self.main, "inputs")) if is_ours else None


# What will be done


class _Plan(NamedTuple):
    """What happens to an array: edits of entries in their places, the numbers of those that go, new ones.

    `names` has what entries are called in the file, where that is not what was generated.
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
    """An array of a file, with what is to be in it."""

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
        """The entry in the file."""
        return self.marks.ours.get(entry.key)

    def place(self, own: OwnEntry) -> EntryPlace:
        return EntryPlace(self._file.name, self._key, own.key)

    def name(self, node: Node) -> str:
        found = node.get(self.label)
        return (found.string if found else None) or ""

    def is_kept(self, own: OwnEntry) -> bool:
        """Whether an entry stays as it is, unless it is what would be written anyway."""
        return not self._request.covers(own.key) or (own.is_edited and self.place(own) not in self._request.agreed)

    def is_conflict(self, own: OwnEntry, value: Value) -> bool:
        return self._request.covers(own.key) and self.is_kept(own) and not _are_equal(own.value, value)

    @property
    def gone(self) -> tuple[int, ...]:
        """The entries that go."""
        wanted = {entry.key for entry in self.entries}
        return tuple(own.place for own in self.marks.all() if own.key not in wanted and self._may_go(own))

    def _may_go(self, own: OwnEntry) -> bool:
        is_ours = self._request.covers(own.key) and not own.is_edited and not own.has_more_comments
        return is_ours and self._request.is_obsolete(own.key)

    def standing(self) -> Iterator[Node]:
        """The elements whose names are taken, since they stay."""
        moving = {own.place for entry in self.entries if (own := self.own(entry)) and not self.is_kept(own)}
        moving.update(self.gone)
        yield from (element for place, element in enumerate(self.elements) if place not in moving)
        compounds = self._file.tree.at("compounds")
        yield from compounds.elements if compounds and self._key == "configurations" else ()


def _skipped_keys(array: _Array, names: Names) -> set[str]:
    """The keys that nothing is written for: the user has a say in them, or has written the same by hand."""
    if not array.entries:
        return set()  # and the file, which nobody needs, may be as deep as it likes
    ours = {own.place for entry in array.entries if (own := array.own(entry))}.union(array.gone)
    foreign = {canonical(plain(node)) for place, node in enumerate(array.elements) if place not in ours}
    return {
        entry.key
        for entry in array.entries
        if array.own(entry) is None
        and (entry.key in array.marks.theirs or canonical(with_current_names(entry.value, names)) in foreign)
    }


def _names_to_write(array: _Array, left_out: Collection[str]) -> dict[str, str]:
    """By key the name of each entry that is to be written: the generated one unless another entry has it."""
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
    """What stands in the file by another name than the generated one."""
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
    """An entry of ours with another value and a new hash."""
    return Edit(own.node.span, own.text_with_new_mark(jsoncedit.reshaped(tree, own.node, value), value))


# Doing it


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
    return text if array is None else apply(text, jsoncedit.without(tree, array, plan.gone, with_comments=True))


def _with_new(text: str, plan: _Plan, version: str) -> str:
    if not plan.new:
        return text
    text = _with_member(_with_version(text, version), plan.array, [])
    tree = jsonc.parse(Source(text))
    array = tree.at(plan.array)
    return text if array is None else apply(text, jsoncedit.with_elements(tree, array, plan.new))


def _with_version(text: str, version: str) -> str:
    """A file without anything in it gets an object with the version of its format, below the comments there are."""
    tree = jsonc.parse(Source(text))
    if tree.root is not None:
        return text if tree.root.members else _with_member(text, "version", version)
    newline = "\r\n" if "\r\n" in text else "\n"
    comments = text[: tree.comments[-1].span.end] + newline if tree.comments else text.rstrip(" \t\r\n")
    return _with_member(f"{comments}{{{newline}}}{newline}", "version", version)


def _with_member(text: str, key: str, value: Value) -> str:
    """The text with a member more at its end, if there is none of that key."""
    tree = jsonc.parse(Source(text))
    if tree.root is None or tree.root.member(key):
        return text
    return apply(text, jsoncedit.with_member(tree, tree.root, key, value))
