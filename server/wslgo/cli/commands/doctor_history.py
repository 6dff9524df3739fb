"""`wslgo doctor --history`: how the score moved, and what moved it. A run is kept if it shows something else.

The folder of the state holds the history. It is read before it is written, under a lock, so it never grows beyond its
bound, and lines of others are left behind.
"""

import contextlib
import errno
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wslgo import __version__
from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.options import DoctorOptions
from wslgo.cli.output.excerpt import width
from wslgo.cli.terminal import CLEAN
from wslgo.doctor.history import MOST, Entry, Mark, Step, as_line, entry, of_line, steps
from wslgo.doctor.score import Score
from wslgo.doctor.status import Status
from wslgo.linter.dimensions import DIMENSIONS, dimension_of
from wslgo.linter.finding import SEVERITY_WORDS
from wslgo.linter.rules import find
from wslgo.system import journal
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.jsonlines import JsonLine, read, unreadable_lines
from wslgo.system.lock import try_lock
from wslgo.system.reader import open_own
from wslgo.system.repository import current_folder, upwards
from wslgo.text.message import Message, Text

NOTHING_KEPT = Message(
    en="No run is kept for this folder so far: wslgo doctor keeps one whenever it shows something else",
    zh="此文件夹尚未保留任何运行：wslgo doctor 在显示的内容改变时保留一次",
)
NO_HOME = Message(en="this user has no home folder, so no run is kept", zh="此用户没有主文件夹，因此不保留任何运行")
OTHERS = Message(en="Runs in other workspaces: {count}", zh="其他工作区中的运行：{count}")
EARLIER = Message(
    en="Earlier runs: {count} (--format json shows all)", zh="更早的运行：{count}（--format json 显示全部）"
)
CAME = Message(en="+ {rule} ({severity})", zh="+ {rule}（{severity}）")
WENT = Message(en="- {rule} ({severity})", zh="- {rule}（{severity}）")
CHANGED = Message(en="{rule}: {before} -> {after}", zh="{rule}：{before} -> {after}")
SURENESS = Message(en="{name}: certainty {before} % -> {after} %", zh="{name}：确定性 {before} % -> {after} %")
RELEASES = Message(
    en="wslgo {before} -> {after}: its rules may find something else",
    zh="wslgo {before} -> {after}：其规则可能发现别的问题",
)

FOLDER, NAME, LOCK = "doctor", "history.jsonl", "lock"
LARGEST = 4 << 20  # bytes; wslgo writes less
SHOWN = 20  # runs in text
_MARKS = ("go.work", "go.mod", ".git")


class Kept(NamedTuple):
    """The runs that are kept, and the numbers of the lines that are none."""

    entries: list[Entry]
    unreadable: list[int]


def keep(status: Status, scores: Sequence[Score], environment: Mapping[str, str]) -> None:
    """Keep a run of this machine, unless the last one in this workspace has shown the same; never in CI.

    The health of a machine is shown on a disk that cannot be written, too: then nothing is kept.
    """
    if environment.get("CI"):
        return
    found = entry(int(time.time()), __version__, workspace(), status, scores)
    with contextlib.suppress(OSError, RuntimeError):  # also without a home folder
        add(_folder(environment), found)


def add(folder: Path, found: Entry) -> None:
    """Add a run to the history, if it shows something else than the last one. Raises OSError, also for a link."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in (folder, folder / NAME):
        if path.is_symlink():  # a look at the machine writes to no place that something else has chosen
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    lock = open_own(folder / LOCK)
    try:
        if not try_lock(lock):
            return  # another run that looks at the same machine is keeping its own
        kept = _kept(folder / NAME).entries
        last = next((other for other in reversed(kept) if other.workspace == found.workspace), None)
        if last is None or not found.shows_the_same(last):
            lines = (json.dumps(as_line(each)) for each in [*kept, found][-MOST:])
            write_atomically(folder / NAME, "".join(f"{line}\n" for line in lines).encode())
    finally:
        os.close(lock)


def show(call: Call[DoctorOptions]) -> int:
    """Print the runs in this workspace."""
    try:
        path = _folder(call.terminal.environment) / NAME
    except RuntimeError:
        return call.fail([NO_HOME()])
    try:
        kept = _kept(path)
    except OSError as error:
        return call.fail([words.TROUBLE(path=str(path), reason=words.UNREADABLE(reason=reason(error)))])
    if kept.unreadable:
        call.warn([unreadable_lines(path, kept.unreadable)])
    here = workspace()
    found = [*steps(kept.entries, here)]
    others = sum(each.workspace != here for each in kept.entries)
    if call.options.format == "json":
        printed = {"version": 1, "runs": [_as_json(step) for step in found], "other_workspaces": others}
        call.terminal.say_json(json.dumps(printed, indent=1) + "\n")
        return CLEAN
    for line in _text(found, others, call):
        call.terminal.say(line)
    return CLEAN


def workspace() -> str:
    """Return the checksum of the Go workspace, module or repository around the current folder, "" outside of any."""
    here = current_folder()
    above = tuple(upwards(here)) if here else ()
    around = next((folder for name in _MARKS for folder in above if os.path.lexists(os.path.join(folder, name))), "")
    return hashlib.sha256(os.fsencode(os.path.realpath(around))).hexdigest()[:16] if around else ""


def _folder(environment: Mapping[str, str]) -> Path:
    return journal.folder_of(environment).parent / FOLDER


def _kept(path: Path) -> Kept:
    """Return what is kept; nothing of a file that wslgo has not written. Raises OSError."""
    try:
        if path.stat().st_size > LARGEST:
            return Kept([], [])
    except FileNotFoundError:
        return Kept([], [])
    entries: list[Entry] = []
    unreadable: list[int] = []
    for line in read(path):
        found = _entry(line)
        if found is None:
            unreadable.append(line.number)
        else:
            entries.append(found)
    return Kept(entries[-MOST:], unreadable)


def _entry(line: JsonLine) -> Entry | None:
    try:
        return of_line(line.value or {})
    except ValueError:
        return None


def _text(found: Sequence[Step], others: int, call: Call[Any]) -> Iterator[str]:
    if not found:
        yield call.rendered(NOTHING_KEPT)
    else:
        names = [call.rendered(about.title) for about in DIMENSIONS.values()]
        if len(found) > SHOWN:
            yield call.rendered(EARLIER(count=len(found) - SHOWN))
        yield call.paint("hint", f"{' ' * len(_when(found[0].entry))}  {'  '.join(names)}")
        for step in found[-SHOWN:]:
            marks = (step.entry.marks.get(name) for name in DIMENSIONS)
            cells = (f"{_points(mark):>{width(name)}}" for mark, name in zip(marks, names, strict=True))
            yield f"{_when(step.entry)}  {'  '.join(cells)}"
            yield from (f"  {call.rendered(words)}" for words in _changes(step))
    if others:
        yield call.rendered(OTHERS(count=others))


def _changes(step: Step) -> Iterator[Text]:
    """Yield what moved, in words."""
    before = step.before
    if before is None:
        return
    for rule in step.came:
        yield CAME(rule=rule, severity=SEVERITY_WORDS[step.entry.rules[rule]])
    for rule in step.went:
        yield WENT(rule=rule, severity=SEVERITY_WORDS[before.rules[rule]])
    for rule in step.changed:
        old, new = (SEVERITY_WORDS[rules[rule]] for rules in (before.rules, step.entry.rules))
        yield CHANGED(rule=rule, before=old, after=new)
    for name, was, now in step.moved:
        if was is not None and now is not None and was.certainty != now.certainty:
            yield SURENESS(name=DIMENSIONS[name].title, before=was.certainty, after=now.certainty)
    if step.has_other_rules:
        yield RELEASES(before=before.release, after=step.entry.release)


def _points(mark: Mark | None) -> str:
    return "-" if mark is None or mark.points is None else str(mark.points)


def _when(found: Entry) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(found.when))


def _as_json(step: Step) -> dict[str, Any]:
    before = step.before
    return {
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(step.entry.when)),
        "wslgo": step.entry.release,
        "dimensions": {name: _mark_as_json(step.entry.marks.get(name)) for name in DIMENSIONS},
        "moved": {name: {"before": _mark_as_json(was), "after": _mark_as_json(now)} for name, was, now in step.moved},
        "came": [_rule_as_json(rule, step.entry) for rule in step.came],
        "went": [_rule_as_json(rule, before) for rule in step.went if before is not None],
        "changed": [
            {"rule": rule, "before": before.rules[rule].name.lower(), "after": step.entry.rules[rule].name.lower()}
            for rule in step.changed
            if before is not None
        ],
    }


def _mark_as_json(mark: Mark | None) -> dict[str, Any]:
    if mark is None:
        return {"score": None, "certainty": None, "applies": False}
    return {"score": mark.points, "certainty": mark.certainty, "applies": True}


def _rule_as_json(rule: str, found: Entry) -> dict[str, Any]:
    known = find(rule)
    dimension = None if known is None else dimension_of(known)
    return {"rule": rule, "severity": found.rules[rule].name.lower(), "dimension": dimension}
