"""What root does: one fixed command, that carries the plan on its standard input and its hash as a word.

Nothing that this user may write is run or read as root: the script is a word of the command, it copies what it is
given into a file of root's alone and does nothing unless that has the hash, which was made of what was shown. It can
write and remove files below a few folders of the system (each only from the version that was looked at), make and
remove folders there, have apt-get install packages, and run the fixed commands of `packages.py`. What it undoes is only
what it noted itself as done for the same plan, in a folder of root's alone. See `asroot.py` for that and for the ways
to root.
"""

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.apply import packages
from wslgo.provision.apply.context import DriftError, Event, RunContext, refusal
from wslgo.provision.apply.ledger import DONE, FAILED, MADE, PACKAGES, RAN, REFUSED, WROTE, Run
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import ROOT, InstallPackages, RunFixed, Step, WriteFile
from wslgo.provision.target import Target
from wslgo.system import as_root
from wslgo.system.journal import content
from wslgo.system.journal_lines import JournalEntry, digest
from wslgo.system.place import Access
from wslgo.text.message import Message, Text

NO_WAY = Message(
    en="there is neither a sudo of root's nor a wsl.exe here: do this step as root yourself",
    zh="此处既没有属于 root 的 sudo，也没有 wsl.exe：请自行以 root 身份执行此步骤",
)
NOT_AGREED = Message(en="root was not asked for", zh="未请求 root 权限")
NOT_ROOTS = Message(
    en="{path} is not written as root: others than root can change what it means, or it is not among root's files",
    zh="不会以 root 身份写入 {path}：root 以外的用户可以改变其含义，或它不在允许的范围内",
)
APT_FAILED = Message(en="apt-get failed; what it says stands in the terminal", zh="apt-get 失败；其输出显示在终端中")
NOT_KNOWN = Message(
    en="root has no note of this plan, which another program could have written; it is planned again",
    zh="root 没有此计划的记录，它可能是其他程序写入的；将重新规划",
)
NOT_DONE = Message(en="root did not do it (exit code {code})", zh="root 未执行（退出码 {code}）")

# What orders are for: the first line says it, with the hash of the plan.
PLAN, RESUMED, UNDONE = "plan", "resumed", "undone"

# Where root's part may write. The second is made where the package that has it comes with the same plan.
FOLDERS = ("/etc", "/usr/local/share/ca-certificates")
OUTSIDE = 15  # an exit code of ours, beside those of `asroot`
MODE = 0o644
ROOTS = Access(MODE, 0, 0)  # what a new file gets

_RUNS = "\n".join(
    f"        {name.replace(' ', '_')}) begin; {' '.join(words)} </dev/null >&2 ;;"
    for name, words in packages.FIXED.items()
)
# The words are the hash of the standard input and the number of the descriptor that it comes from. Each line is an
# order; its words are in base64 where they are data. What they hold is never part of the script.
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

# As `asroot.LINE`, with the standard input kept for the plan.
LINE = as_root.LINE.replace("echo $0", "exec 3<&0; echo $0")


class Order(NamedTuple):
    """A line for root, and the step that it is a part of; `entry` is its write in the journal."""

    step: int
    line: str
    entry: JournalEntry | None = None


class Command(NamedTuple):
    """The words that become root and start the script, without the two that it takes."""

    words: tuple[str, ...]
    descriptor: int

    @property
    def is_sudo(self) -> bool:
        return self.descriptor == 0

    def of(self, payload: bytes) -> tuple[str, ...]:
        """All words, for these orders and no others."""
        return (*self.words, hashlib.sha256(payload).hexdigest(), str(self.descriptor))


def is_needed(target: Target) -> bool:
    """Whether this process cannot do what root can: a tree is never given to root, it is written as far as may be."""
    return not target.is_tree and os.geteuid() != 0


def command(
    wsl: Callable[[], as_root.Wsl | None] = lambda: None,
    sudo: Sequence[str] = as_root.SUDO,
    is_trusted: Callable[[str], bool] = as_root.is_owned_by_root,
) -> Command | None:
    """The way to root on this machine, None where there is none; `wsl` is asked where sudo is missing."""
    found = as_root.root_command(SCRIPT, LINE, wsl, sudo, is_trusted)
    return Command(found.words, 0 if found.is_sudo else 3) if found is not None else None


def apply(
    run: Run, steps: Sequence[tuple[int, Step]], context: RunContext, *, is_resumed: bool = False
) -> Iterator[Event]:
    """Have root do these steps, all at once, and say what became of each. The plan of a run that is resumed comes from
    the ledger, where others can write: root does only one that it has begun itself."""
    orders: list[Order] = []
    bad: dict[int, Event] = {}
    for number, step in steps:
        context.say(Event(step))
        context.ledger.begin_step(run.id, number)
        try:
            orders += _orders(step, StepRun(context, run, number))
        except DriftError as error:
            bad[number] = Event(step, REFUSED, error.text, error)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is the failure of this step alone
            bad[number] = Event(step, FAILED, refusal(error, "/"))
    performed = perform(orders, run, context, RESUMED if is_resumed else PLAN)
    failed = REFUSED if performed.problem == NOT_KNOWN() else FAILED
    for number, step in steps:
        is_done = all(at in performed.done for at, order in enumerate(orders) if order.step == number)
        event = bad.get(number) or Event(step, DONE if is_done else failed, None if is_done else performed.problem)
        context.ledger.end_step(run.id, number, StepRun(context, run, number).verdict(event.end), event.problem)
        context.say(event)
        yield event


class Performed(NamedTuple):
    """The numbers of the orders that root followed, and of those that it left alone with its exit code for them; and
    why it did not come to the others."""

    done: frozenset[int] = frozenset()
    left: Mapping[int, int] = {}
    problem: Text | None = None


def perform(orders: Sequence[Order], run: Run, context: RunContext, what: str) -> Performed:
    """Have root follow orders, which are a PLAN, RESUMED or UNDONE. The journal looks what became of the writes."""
    if not orders:
        return Performed()
    if context.as_root is None:
        return Performed(problem=NO_WAY())
    payload = "".join(f"{line}\n" for line in (f"{what} {run.plan.digest}", *(one.line for one in orders))).encode()
    try:
        code, said = context.as_root(payload)
    except Exception as error:  # noqa: BLE001 - as in `apply`
        return Performed(problem=refusal(error, "/"))
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
    """Why root has not followed all orders."""
    if code < 0:
        return NOT_AGREED()
    if code == as_root.UNNOTED:
        return NOT_KNOWN()
    return APT_FAILED() if code == packages.APT_FAILS else NOT_DONE(code=code)


def write_order(place: Path, before: bytes | None, after: bytes | None) -> str:
    """The line that gives a file of root's new bytes. Raises ProvisionError for a file that is not root's alone."""
    return _file_order("write", place, before, after)


def undo_order(place: Path, before: bytes | None, after: bytes | None) -> str:
    """The line that reverses a write of root's own, which root looks up in its notes. Raises as `write_order` does."""
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
    packages.fixed(name)
    return f"run {name.replace(' ', '_')}"


def again_order(name: str) -> str:
    """The line that runs a command again, after what it acts on is back."""
    packages.fixed(name)
    return f"again {name.replace(' ', '_')}"


def _orders(step: Step, at: StepRun) -> Iterator[Order]:
    for action in step.actions:
        if isinstance(action, WriteFile):
            yield from _write(action, at)
        elif isinstance(action, InstallPackages):
            at.note(PACKAGES, names=list(action.names))
            yield Order(at.step, f"apt {','.join(packages.checked(action.names))}")
        elif isinstance(action, RunFixed):
            name = " ".join(action.words)
            if name not in packages.ONCE:
                at.note(RAN, name=name)
            yield Order(at.step, run_order(name))
        else:
            raise ProvisionError(NOT_ROOTS(path=type(action).__name__))


def _write(action: WriteFile, at: StepRun) -> Iterator[Order]:
    place = at.context.target.real(action.path)
    now = content(place)
    if now == action.after:
        return
    if now != action.before:
        raise DriftError(action.path, action.before, now)
    if action.mode != MODE or action.owner != ROOT:
        raise ProvisionError(NOT_ROOTS(path=action.path))
    line = write_order(place, now, action.after)
    for folder in _missing(place.parent):
        at.note(MADE, path=str(folder), by=ROOT)
        yield Order(at.step, f"mkdir {_word(str(folder))}")
    at.note(WROTE, path=str(place), by=ROOT)
    access = ROOTS if now is None else None
    entry = at.context.journal.begin(place, action.after, at.who, expected=now, access=access)
    yield Order(at.step, line, entry)


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
