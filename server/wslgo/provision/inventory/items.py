"""The items of all runs on a machine, and the state of each, by comparing hashes."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from wslgo.provision.apply.context import who
from wslgo.provision.apply.ledger import (
    DONE,
    INSTALLED,
    MOVED,
    PACKAGES,
    REPLICATED,
    SETTLED,
    SWITCHED,
    WROTE,
    ActionRecord,
    Run,
)
from wslgo.provision.errors import problem_of
from wslgo.provision.inventory.item import (
    AS_RECORDED,
    CERTIFICATE,
    CHANGED,
    FILE,
    FOLDER,
    INTERRUPTED,
    KINDS,
    LINK,
    NO_DPKG,
    NO_HASH,
    NO_RECORD,
    PACKAGE,
    PAST,
    REMOVED,
    REPLACED,
    TOOL,
    TOOLCHAIN,
    UNDONE,
    UNKNOWN,
    Item,
)
from wslgo.provision.model.step import Action, GoInstall, InstallToolchain, WriteFile
from wslgo.provision.net import pem
from wslgo.provision.plan.steps import certificates
from wslgo.provision.survey import apt
from wslgo.provision.target import Target
from wslgo.provision.toolchain import folder
from wslgo.syntax.dpkg_status import Dpkg
from wslgo.system.errors import RefusedError
from wslgo.system.journal import Journal, completed_writes, content, undone_ids
from wslgo.system.journal_lines import JournalEntry, digest
from wslgo.text.message import Text, redact

SHA256 = "sha256:"


class _Writes(NamedTuple):
    """The writes of the journal, by the run and the path; `is_whole` if each of its lines could be read."""

    entries: Mapping[tuple[str, str], JournalEntry]
    undone: frozenset[str]
    is_whole: bool


class _Records(NamedTuple):
    """The machine and the records with which its items are compared."""

    target: Target
    writes: _Writes
    dpkg: Dpkg | None


def items(runs: list[Run], journal: Journal, target: Target) -> list[Item]:
    """Return everything that runs have provisioned on a machine, also what is past (`item.PAST`), by kind and name."""
    own = [run for run in runs if (run.root, run.user) == (str(target.root), target.user.name)]
    records = _Records(target, _writes(journal), apt.installed_packages(target))
    found: list[Item] = []
    current: set[tuple[str, str]] = set()
    for run in reversed(own):  # the newest first: it has replaced what those before it made
        for record in reversed(run.records):
            for item in _items_of(record, run, records):
                place = (item.path, item.name if item.kind == PACKAGE else "")
                is_replaced = item.state != UNDONE and place in current
                found.append(item._replace(state=REPLACED, reason=None) if is_replaced else item)
                if item.state != UNDONE:
                    current.add(place)
    return sorted(found, key=lambda item: (KINDS.index(item.kind), item.name, item.path, item.run))


def current_items(found: list[Item]) -> list[Item]:
    """Return the items that the records say are there."""
    return [item for item in found if item.state not in PAST]


def _writes(journal: Journal) -> _Writes:
    entries, unreadable, lost = journal.read()
    completed = {(entry.who, entry.path): entry for entry in completed_writes(entries) if not entry.undoes}
    return _Writes(completed, frozenset(undone_ids(entries)), not unreadable and not lost)


def _items_of(record: ActionRecord, run: Run, records: _Records) -> Iterator[Item]:
    # An undo that keeps a changed toolchain marks its first record, but not the one about the complete toolchain.
    is_undone = run.is_undone or (record.number in run.undone and record.kind != INSTALLED)
    find = _ITEMS.get(record.kind)
    for item in find(record, run, records) if find is not None else ():
        yield item._replace(state=UNDONE, reason=None) if is_undone else item


# Toolchains


def _toolchain(record: ActionRecord, run: Run, records: _Records) -> Iterator[Item]:
    """Yield a toolchain that the run installed, with what is known of it once it was complete."""
    facts, path = record.facts, record.facts["path"]
    action = _action_of(run, record, InstallToolchain, facts["version"])
    settled = run.record_of(SETTLED, path=path)
    if settled is None:
        others = (other for other in run.records if (other.kind, other.facts.get("path")) == (SETTLED, path))
        settled = next(others, None)
    known = settled.facts if settled is not None else {}
    hashes = tuple((name, str(known[name])) for name in ("archive", "content") if known.get(name))
    item = _item(TOOLCHAIN, "go", path, run, records)
    item = item._replace(version=facts["version"].removeprefix("go"), source=_source(action), hashes=hashes)
    state, reason = _state_of_toolchain(path, item.hash("content"), records)
    if (settled or record).number in run.undone:
        state, reason = UNDONE, None
    elif settled is None and state == REMOVED:
        return  # it never came to be
    elif settled is None:
        state, reason = UNKNOWN, INTERRUPTED()
    yield item._replace(state=state, reason=reason)


def _state_of_toolchain(path: str, known: str, records: _Records) -> tuple[str, Text | None]:
    try:
        place = records.target.recorded_place(path)
        if place.stat() is None:
            return REMOVED, None
        if not place.is_folder:
            return CHANGED, None
        if not known:
            return UNKNOWN, NO_HASH()
        return (AS_RECORDED if folder.content_hash(place) == known else CHANGED), None
    except OSError as error:
        return UNKNOWN, problem_of(error, path)


def _source(action: Action | None) -> str:
    if isinstance(action, InstallToolchain):
        return redact(action.source)
    return redact(action.proxy) if isinstance(action, GoInstall) else ""


# Files


def _file(record: ActionRecord, run: Run, records: _Records) -> Iterator[Item]:
    path = record.facts["path"]
    entry = records.writes.entries.get((who(run.id), path))
    if entry is None and records.writes.is_whole:
        return  # it was not written
    item = _described(record, run, records)
    if entry is None:
        yield item._replace(state=UNKNOWN, reason=NO_RECORD())
        return
    written = entry.after.sha256 if entry.after is not None else ""
    hashes = (*item.hashes, ("file", f"{SHA256}{written}")) if written else item.hashes
    if entry.id in records.writes.undone:
        yield item._replace(hashes=hashes, state=UNDONE)
        return
    state, reason = _state_of_file(path, written, records)
    yield item._replace(hashes=hashes, state=state, reason=reason)


def _described(record: ActionRecord, run: Run, records: _Records) -> Item:
    """Return the item of a file, as what the plan says about it."""
    path = record.facts["path"]
    item, name = _item(FILE, "", path, run, records), PurePath(path).name
    tool = _action_of(run, record, GoInstall, name)
    if isinstance(tool, GoInstall):
        module = str(record.facts.get("module") or "")
        hashes = (("module", module),) if module else ()
        return item._replace(kind=TOOL, name=tool.package, version=tool.version, source=_source(tool), hashes=hashes)
    write = _action_of(run, record, WriteFile, name)
    data = write.after if isinstance(write, WriteFile) else None
    if data is not None and item.path.startswith(f"{certificates.FOLDER}/"):
        from wslgo.provision.survey.authority import name_of  # ssl, which few runs need

        found = pem.certificates(data)
        if len(found) == 1:
            hashes = (("fingerprint", pem.fingerprint(found[0])),)
            return item._replace(kind=CERTIFICATE, name=name_of(found[0]) or name, hashes=hashes)
    return item._replace(name=item.path)


def _state_of_file(path: str, written: str, records: _Records) -> tuple[str, Text | None]:
    try:
        now = content(records.target.recorded_place(path))
    except RefusedError as error:
        return UNKNOWN, problem_of(error, path)
    except IsADirectoryError:
        return CHANGED, None
    except NotADirectoryError:
        now = None
    except OSError as error:
        return UNKNOWN, problem_of(error, path)
    if now is None:
        return (REMOVED if written else AS_RECORDED), None
    return (AS_RECORDED if digest(now) == written else CHANGED), None


# The others


def _link(record: ActionRecord, run: Run, records: _Records) -> Iterator[Item]:
    path, target = record.facts["path"], record.facts["target"]
    item = _item(LINK, "", path, run, records)
    try:
        place = records.target.recorded_place(path)
        now = place.link_target()
        state = AS_RECORDED if now == target else REMOVED if place.stat() is None else CHANGED
        was_made = state == AS_RECORDED or run.ends.get(record.step) == DONE
        if was_made or now != record.facts["before"]:
            reason = None if was_made else INTERRUPTED()
            yield item._replace(name=item.path, version=target, state=state if was_made else UNKNOWN, reason=reason)
    except OSError as error:
        yield item._replace(name=item.path, version=target, state=UNKNOWN, reason=problem_of(error, path))


def _folder(record: ActionRecord, run: Run, records: _Records) -> Iterator[Item]:
    path = record.facts["target"]
    item = _item(FOLDER, "", path, run, records)
    item = item._replace(name=item.path, source=record.facts["source"])
    if run.ends.get(record.step) != DONE:
        return
    try:
        state, reason = (AS_RECORDED if records.target.recorded_place(path).is_folder else REMOVED), None
    except OSError as error:
        state, reason = UNKNOWN, problem_of(error, path)
    yield item._replace(state=state, reason=reason)


def _packages(record: ActionRecord, run: Run, records: _Records) -> Iterator[Item]:
    """Yield the packages of a step; those of a failed one only if they are there."""
    is_done = run.ends.get(record.step) == DONE
    for name in record.facts["names"]:
        item = _item(PACKAGE, name, "", run, records)
        if records.dpkg is None:
            yield item._replace(state=UNKNOWN, reason=NO_DPKG())
        elif name in records.dpkg.installed or is_done:
            yield item._replace(state=AS_RECORDED if name in records.dpkg.installed else REMOVED)


def _item(kind: str, name: str, path: str, run: Run, records: _Records) -> Item:
    root = str(records.target.root)
    inner = path if root == "/" else path.removeprefix(root)
    return Item(kind, name, inner, run.id, run.time, run.by)


def _action_of(run: Run, record: ActionRecord, kind: type[Action], name: str) -> Action | None:
    """Return the action of a record in the plan: by the name of its file, or by the version of its toolchain."""
    actions = (action for action in run.plan.steps[record.step].actions if isinstance(action, kind))
    return next((action for action in actions if _name_of(action) == name), None)


def _name_of(action: Action) -> str:
    if isinstance(action, InstallToolchain):
        return action.version
    if isinstance(action, GoInstall):
        return action.program
    return PurePath(action.path).name if isinstance(action, WriteFile) else ""


_ITEMS = {
    INSTALLED: _toolchain,
    WROTE: _file,
    SWITCHED: _link,
    MOVED: _folder,
    REPLICATED: _folder,
    PACKAGES: _packages,
}
