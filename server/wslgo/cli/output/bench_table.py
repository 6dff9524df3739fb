"""A measurement and its history on a terminal."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from wslgo.bench.history import Change, Difference, Entry, before, changes, differences
from wslgo.bench.model import CLEAN, TASK_NAMES, Measurement
from wslgo.bench.report.page import CONDITION_NAMES, condition_value
from wslgo.bench.report.wording import (
    duration_table,
    gpu_answer,
    headline,
    in_seconds,
    method,
    not_measured,
    times,
    what_helps,
)
from wslgo.cli.call import Call
from wslgo.cli.output.excerpt import width
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

EMPTY = Message(en="Nothing was measured yet: wslgo bench", zh="尚无测量：wslgo bench")
ENTRY = Message(en="{when}  {name}, Go {go}, rounds: {rounds}", zh="{when}  {name}，Go {go}，轮数：{rounds}")
VALUE = Message(en="clean build {seconds} s, {name}", zh="全新构建 {seconds} 秒，{name}")
FIRST = Message(
    en="nothing to compare with: the first measurement of this code with this Go",
    zh="没有可比较的测量：这是用此 Go 对此代码的首次测量",
)
OTHER_GO = Message(
    en="not compared with {when}: that was Go {go}, and another Go builds other code",
    zh="不与 {when} 比较：当时为 Go {go}，而不同的 Go 构建不同的代码",
)
SINCE = Message(en="compared with {when}", zh="与 {when} 相比")
WROTE = Message(en="in between, {who} wrote files: {count}", zh="其间 {who} 写入的文件数：{count}")
UNCHANGED = Message(en="nothing that was recorded about the machine has changed", zh="所记录的本机情况没有变化")
CHANGED = Message(en="changed: {name} {before} -> {after}", zh="有变化：{name} {before} -> {after}")
CLEAR = Message(
    en="{name}, {task}: {before} s -> {after} s ({ratio}x)",
    zh="{name}，{task}：{before} 秒 -> {after} 秒（{ratio} 倍）",
)
NO_DIFFERENCE = Message(en="no build time differs by more than its intervals", zh="各构建时间的差异均未超出其区间")


def lines(measurement: Measurement, call: Call[Any]) -> Iterator[str]:
    """Yield the table, and what it shows in sentences."""
    yield call.paint("bold", call.rendered(headline(measurement)))
    yield ""
    yield from _table(duration_table(measurement), call)
    yield ""
    for line in (*what_helps(measurement), *gpu_answer(measurement)):
        yield f"  {call.rendered(line)}"
    for line in (*method(measurement), *not_measured(measurement)):
        yield call.paint("hint", f"  {call.rendered(line)}")


class Write(NamedTuple):
    """A write of wslgo outside of workspaces: the time in seconds since 1970, and the command."""

    when: float
    who: str


def history_lines(found: Sequence[Entry], writes: Sequence[Write], call: Call[Any]) -> Iterator[str]:
    """Yield each measurement with what differs from the last one that can be compared with it."""
    if not found:
        yield call.rendered(EMPTY)
    for number, entry in enumerate(found):
        title = ENTRY(when=_when(entry), name=entry.name, go=entry.conditions.go or "?", rounds=entry.rounds)
        yield call.paint("bold", call.rendered(title))
        for (arrangement, task), interval in entry.medians.items():
            if task == CLEAN:
                yield f"  {call.rendered(VALUE(name=arrangement, seconds=in_seconds(interval.median)))}"
        yield from (f"  {call.rendered(text)}" for text in _comparison(entry, found[:number], writes))


def comparison_as_json(found: Sequence[Entry], writes: Sequence[Write]) -> list[dict[str, Any]]:
    """Return for each measurement what differs from the last one that can be compared with it."""
    rows = []
    for number, entry in enumerate(found):
        old = before(entry, found[:number])
        rows.append(
            {
                "when": entry.when,
                "subject": entry.name,
                "conditions": entry.conditions._asdict(),
                "medians": [
                    {"run": run, "task": task, **interval._asdict()} for (run, task), interval in entry.medians.items()
                ],
                "compared_with": None if old is None else old.when,
                "changed": [] if old is None else [change._asdict() for change in _changes(old, entry)],
                "written": [] if old is None else [write._asdict() for write in _between(old, entry, writes)],
                "differences": [] if old is None else list(map(_difference_as_json, differences(old, entry))),
            }
        )
    return rows


def _difference_as_json(found: Difference) -> dict[str, Any]:
    return {
        "run": found.arrangement,
        "task": found.task,
        "before": found.before.median,
        "after": found.after.median,
        "ratio": round(found.ratio, 4),
        "clear": found.is_clear,
    }


def _between(old: Entry, new: Entry, writes: Sequence[Write]) -> list[Write]:
    return [write for write in writes if old.when <= write.when < new.when]


def _comparison(entry: Entry, earlier: Sequence[Entry], writes: Sequence[Write]) -> Iterator[Text]:
    old = before(entry, earlier)
    if old is None:
        other = next((other for other in reversed(earlier) if entry.has_same_code(other)), None)
        yield FIRST() if other is None else OTHER_GO(when=_when(other), go=other.conditions.go or "?")
        return
    yield SINCE(when=_when(old))
    changed = _changes(old, entry)
    for change in changed:
        was, now = (condition_value(change.name, value) for value in (change.before, change.after))
        yield CHANGED(name=CONDITION_NAMES[change.name](), before=was, after=now)
    counts = Counter(write.who for write in _between(old, entry, writes))
    for who, count in counts.items():
        yield WROTE(who=who, count=count)
    if not changed and not counts:
        yield UNCHANGED()
    clear = [found for found in differences(old, entry) if found.is_clear]
    for found in clear:
        yield CLEAR(
            name=found.arrangement,
            task=TASK_NAMES[found.task](),
            before=in_seconds(found.before.median),
            after=in_seconds(found.after.median),
            ratio=times(found.ratio),
        )
    if not clear:
        yield NO_DIFFERENCE()


def _changes(old: Entry, new: Entry) -> list[Change]:
    return changes(old.conditions, new.conditions)


def _when(entry: Entry) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.when))


def _table(rows: Sequence[Sequence[Text]], call: Call[Any]) -> Iterator[str]:
    shown = [[call.rendered(cell) for cell in row] for row in rows]
    widths = [max(width(row[place]) for row in shown) for place in range(len(shown[0]))]
    for number, row in enumerate(shown):
        cells = (cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=True))
        line = f"  {'  '.join(cells)}".rstrip()
        yield line if number else call.paint("hint", line)
