"""The one script that runs as root: the plan is its input, the hash its argument.

Root neither runs nor reads anything that this user may write: the script is an argument of the command, copies its
input to a file that only root can write, and does nothing unless that file has the hash of the plan that was shown. It
can write and remove files in a few system folders (each only from the version in the plan), make and remove folders
there, install packages with apt-get, and run the fixed commands of `packages.py`. It undoes only what it recorded
itself for the same plan, in a folder that only root can write. See `wslgo.system.as_root` for that, and for how wslgo
becomes root.
"""

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.apply import packages
from wslgo.provision.apply.context import DriftError, Event, RunContext
from wslgo.provision.apply.ledger import DONE, FAILED, MADE, PACKAGES, RAN, REFUSED, WROTE, Run
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import ProvisionError, problem_of
from wslgo.provision.model.step import ROOT, InstallPackages, RunFixed, Step, WriteFile
from wslgo.provision.target import Target
from wslgo.system import as_root
from wslgo.system.journal import content
from wslgo.system.journal_lines import JournalEntry, digest
from wslgo.system.place import Access
from wslgo.text.message import Message, Text

NO_WAY = Message(
    en="wslgo found neither a sudo owned by root nor wsl.exe: apply this step as root yourself",
    zh="wslgo 既没有找到属于 root 的 sudo，也没有找到 wsl.exe：请自行以 root 身份执行此步骤",
)
NOT_AGREED = Message(en="root access was not granted", zh="未授予 root 权限")
NOT_ROOTS = Message(
    en="wslgo does not write {path} as root: other users can change where it leads, or it is not an allowed file",
    zh="wslgo 不会以 root 身份写入 {path}：其他用户可以更改它指向的位置，或它不在允许的范围内",
)
APT_FAILED = Message(en="apt-get failed; see its output in the terminal", zh="apt-get 失败；请查看终端中的输出")
NOT_KNOWN = Message(
    en="root has no record of this plan, so another program may have written it; wslgo plans again",
    zh="root 没有此计划的记录，它可能是其他程序写入的；将重新规划",
)
NOT_DONE = Message(en="the command as root failed (exit code {code})", zh="以 root 身份执行的命令失败（退出码 {code}）")

# The purpose of the orders: their first line has it, with the hash of the plan.
PLAN, RESUMED, UNDONE = "plan", "resumed", "undone"

# The folders in which root may write. The second one may be missing until its package is installed by the same plan.
FOLDERS = ("/etc", "/usr/local/share/ca-certificates")
OUTSIDE = 15  # an exit code, besides those of `as_root`
MODE = 0o644
ROOTS = Access(MODE, 0, 0)  # what a new file gets

_RUNS = "\n".join(
    f"        {name.replace(' ', '_')}) begin; {' '.join(words)} </dev/null >&2 ;;"
    for name, words in packages.FIXED.items()
)
# The arguments are the hash of the standard input and the number of its descriptor. Each line is an order; its words
# are in base64 if they are data. Their content never becomes part of the script.
SCRIPT = f"""set -eu
umask 077
PATH={as_root.PATH}
LC_ALL=C
DEBIAN_FRONTEND=noninteractive
export PATH LC_ALL DEBIAN_FRONTEND
plan=$(mktemp /tmp/wslgo.XXXXXXXX)
trap 'rm -f -- "$plan"' EXIT
trap 'exit 130' INT TERM HUP
{as_root.PRELUDE}notes={as_root.NOTES}/unplanned
noted() {{ cat "$notes"; }}
begin() {{ [ "$order" = again ] || {{ mkdir -p {as_root.NOTES}; : >>"$notes"; }}; }}
cat <&"$2" >"$plan"
[ "$(sha256sum <"$plan" | cut -d ' ' -f 1)" = "$1" ] || exit {as_root.DAMAGED}
put() (
{as_root.WRITE})
place() {{
  path=$(printf %s "$1" | base64 -d)
  case "$path/" in *//*|*/../*|*/./*) exit {OUTSIDE};; esac
  case "$path" in {"|".join((*(f"{folder}/?*" for folder in FOLDERS), FOLDERS[1]))}) ;; *) exit {OUTSIDE};; esac
}}
number=0
while read -r order one two three four; do
  case "$order" in
    plan|resumed|undone)
      case "$one" in ''|*[!0-9a-z]*) exit {OUTSIDE} ;; esac
      notes={as_root.NOTES}/$one
      [ "$order" != resumed ] || [ -e "$notes" ] || exit {as_root.UNNOTED} ;;
    write) place "$one"; task='{as_root.DO}'; put "$path" "$two" "$three" "$four" ;;
    undo)
      place "$one"
      task='{as_root.UNDO}'
      set +e
      put "$path" "$two" "$three" "$four"
      code=$?
      set -e
      case "$code" in
        0) ;;
        {as_root.CHANGED}|{as_root.UNNOTED}) number=$((number + 1)); echo "left $number $code"; continue ;;
        *) exit "$code" ;;
      esac ;;
    mkdir)
      place "$one"
      if ! [ -d "$path" ]; then
        begin
        jot "mkdir $one"
        mkdir -m 0755 -- "$path"
      fi ;;
    rmdir)
      place "$one"
      if noted 2>/dev/null | grep -qxF "mkdir $one"; then rmdir -- "$path" 2>/dev/null || :; fi ;;
    apt)
      case ",$one," in *,[!a-z0-9]*|*[!a-z0-9.+,-]*) exit {OUTSIDE} ;; esac
      begin
      (
        trap '' INT TERM HUP
        {" ".join(packages.HEAL)} </dev/null >&2 || :
        {" ".join(packages.APT)} $(printf %s "$one" | tr , ' ') </dev/null >&2
      ) ;;
    run|again)
      case "$one" in
{_RUNS}
        *) exit {OUTSIDE} ;;
      esac ;;
    *) exit {OUTSIDE} ;;
  esac
  number=$((number + 1))
  echo "done $number"
done <"$plan"
"""

_DONE = re.compile(rb"^done ([0-9]{1,9})$", re.MULTILINE)
_LEFT = re.compile(rb"^left ([0-9]{1,9}) ([0-9]{1,3})$", re.MULTILINE)

# As `as_root.LINE`, with the standard input kept for the plan.
LINE = as_root.LINE.replace("echo $0", "exec 3<&0; echo $0")


class Order(NamedTuple):
    """A line for root and the step it belongs to; `entry` is its write in the journal."""

    step: int
    line: str
    entry: JournalEntry | None = None


class Command(NamedTuple):
    """The command that becomes root and starts the script, without its two arguments."""

    words: tuple[str, ...]
    descriptor: int

    @property
    def is_sudo(self) -> bool:
        return self.descriptor == 0

    def of(self, payload: bytes) -> tuple[str, ...]:
        """Return the whole command, valid only for these orders."""
        return (*self.words, hashlib.sha256(payload).hexdigest(), str(self.descriptor))


def is_needed(target: Target) -> bool:
    """Return whether a step of root needs another process; a tree is written without root, as far as possible."""
    return not target.is_tree and os.geteuid() != 0


def command(
    wsl: Callable[[], as_root.Wsl | None] = lambda: None,
    sudo: Sequence[str] = as_root.SUDO,
    is_trusted: Callable[[str], bool] = as_root.is_owned_by_root,
) -> Command | None:
    """Return the command that becomes root on this machine, or None; `wsl` is called if sudo is missing."""
    found = as_root.root_command(SCRIPT, LINE, wsl, sudo, is_trusted)
    return Command(found.words, 0 if found.is_sudo else 3) if found is not None else None


def apply(
    run: Run, steps: Sequence[tuple[int, Step]], context: RunContext, *, is_resumed: bool = False
) -> Iterator[Event]:
    """Have root apply these steps together, and yield how each ended.

    The plan of a resumed run comes from the ledger, where other programs can write: root applies only a plan that it
    has started itself.
    """
    orders: list[Order] = []
    bad: dict[int, Event] = {}
    for number, step in steps:
        context.report(Event(step))
        context.ledger.begin_step(run.id, number)
        try:
            orders += _orders(step, StepRun(context, run, number))
        except DriftError as error:
            bad[number] = Event(step, REFUSED, error.text, error)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is the failure of this step alone
            bad[number] = Event(step, FAILED, problem_of(error, "/"))
    performed = perform(orders, run, context, RESUMED if is_resumed else PLAN)
    failed = REFUSED if performed.problem == NOT_KNOWN() else FAILED
    for number, step in steps:
        is_done = all(index in performed.done for index, order in enumerate(orders) if order.step == number)
        event = bad.get(number) or Event(step, DONE if is_done else failed, None if is_done else performed.problem)
        context.ledger.end_step(run.id, number, StepRun(context, run, number).verdict(event.end), event.problem)
        context.report(event)
        yield event


class Performed(NamedTuple):
    """The orders that root followed, those it skipped with their exit codes, and why it stopped."""

    done: frozenset[int] = frozenset()
    left: Mapping[int, int] = {}
    problem: Text | None = None


def perform(orders: Sequence[Order], run: Run, context: RunContext, what: str) -> Performed:
    """Have root follow orders, which are a PLAN, RESUMED or UNDONE; the journal then checks the writes."""
    if not orders:
        return Performed()
    if context.as_root is None:
        return Performed(problem=NO_WAY())
    payload = "".join(f"{line}\n" for line in (f"{what} {run.plan.digest}", *(order.line for order in orders))).encode()
    try:
        code, said = context.as_root(payload)
    except Exception as error:  # noqa: BLE001 - as in `apply`
        return Performed(problem=problem_of(error, "/"))
    finally:
        for order in orders:
            if order.entry is not None:
                context.journal.end(order.entry)
    first = 2  # line 1 is the plan's hash
    done = frozenset(int(number) - first for number in _DONE.findall(said))
    left = {int(number) - first: int(why) for number, why in _LEFT.findall(said)}
    is_whole = len(done - {-1}) + len(left) == len(orders)
    return Performed(done, left, None if is_whole else _problem(code))


def _problem(code: int) -> Text:
    """Return why root has not followed all orders."""
    if code < 0:
        return NOT_AGREED()
    if code == as_root.UNNOTED:
        return NOT_KNOWN()
    return APT_FAILED() if code == packages.APT_FAILS else NOT_DONE(code=code)


def write_order(place: Path, before: bytes | None, after: bytes | None) -> str:
    """Return the order to write a file of root. Raises ProvisionError if other users control its path."""
    return _file_order("write", place, before, after)


def undo_order(place: Path, before: bytes | None, after: bytes | None) -> str:
    """Return the order to undo a write, which root looks up in its records. Raises as `write_order` does."""
    return _file_order("undo", place, before, after)


def _file_order(order: str, place: Path, before: bytes | None, after: bytes | None) -> str:
    path = str(place)
    keeper = path if os.path.lexists(path) else _nearest(place.parent)
    if not (_is_within(path) and as_root.is_owned_by_root(str(keeper))):
        raise ProvisionError(NOT_ROOTS(path=path))
    old, new = (as_root.NONE if data is None else digest(data) for data in (before, after))
    return f"{order} {_word(path)} {old} {new} {_word_of(after or b'')}".rstrip()


def remove_folder_order(path: str) -> str:
    return f"rmdir {_word(path)}"


def run_order(name: str) -> str:
    packages.fixed_command(name)
    return f"run {name.replace(' ', '_')}"


def again_order(name: str) -> str:
    """Return the order to run a command again, after the files that it reads are restored."""
    packages.fixed_command(name)
    return f"again {name.replace(' ', '_')}"


def _orders(step: Step, step_run: StepRun) -> Iterator[Order]:
    for action in step.actions:
        if isinstance(action, WriteFile):
            yield from _write(action, step_run)
        elif isinstance(action, InstallPackages):
            step_run.note(PACKAGES, names=list(action.names))
            yield Order(step_run.step, f"apt {','.join(packages.package_names(action.names))}")
        elif isinstance(action, RunFixed):
            name = " ".join(action.words)
            if name not in packages.ONCE:
                step_run.note(RAN, name=name)
            yield Order(step_run.step, run_order(name))
        else:
            raise ProvisionError(NOT_ROOTS(path=type(action).__name__))


def _write(action: WriteFile, step_run: StepRun) -> Iterator[Order]:
    place = step_run.context.target.real(action.path)
    now = content(place)
    if now == action.after:
        return
    if now != action.before:
        raise DriftError(action.path, action.before, now)
    if action.mode != MODE or action.owner != ROOT:
        raise ProvisionError(NOT_ROOTS(path=action.path))
    line = write_order(place, now, action.after)
    for folder in _missing(place.parent):
        step_run.note(MADE, path=str(folder), by=ROOT)
        yield Order(step_run.step, f"mkdir {_word(str(folder))}")
    step_run.note(WROTE, path=str(place), by=ROOT)
    access = ROOTS if now is None else None
    entry = step_run.context.journal.begin(place, action.after, step_run.who, expected=now, access=access)
    yield Order(step_run.step, line, entry)


def _missing(folder: Path) -> list[Path]:
    return [] if folder.exists() else [*_missing(folder.parent), folder]


def _nearest(folder: Path) -> Path:
    return folder if folder.exists() else _nearest(folder.parent)


def _is_within(path: str) -> bool:
    return path.isprintable() and any(path.startswith(f"{folder}/") for folder in FOLDERS)


def _word(text: str) -> str:
    return _word_of(text.encode("utf-8", "surrogateescape"))


def _word_of(data: bytes) -> str:
    return base64.b64encode(data).decode()
