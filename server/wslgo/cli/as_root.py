"""Write a `wsl.conf` as root, through sudo or wsl.exe in this terminal, with a journal entry."""

from pathlib import Path

from wslgo.cli.call import Call
from wslgo.machine import wsl_exe
from wslgo.system import as_root
from wslgo.system.as_root import Order, Wsl
from wslgo.system.files import ROOTS
from wslgo.system.journal import Journal, folder_of
from wslgo.system.journal_lines import JournalEntry
from wslgo.system.process import run_in_terminal
from wslgo.system.programs import BECOME_ROOT
from wslgo.system.this_machine import ThisMachine
from wslgo.text.message import Message, Text

STARTS = Message(en="{program} writes {path}", zh="由 {program} 写入 {path}")
HAS_CHANGED = Message(en="the file changed in the meantime", zh="文件在此期间已更改")
UNNOTED = Message(
    en="root has no record of this write, so it cannot undo it: edit the file as the diff above shows",
    zh="root 没有写入过它的记录，因此不会撤销：请按上面的差异编辑文件",
)
REFUSED = Message(en="{program} failed (exit code {code})", zh="{program} 未执行（退出码 {code}）")

_FACTS = frozenset(("mounts", "wsl.has_interop", "wsl.distribution"))


def order(path: str, before: bytes | None, after: bytes | None, task: str = as_root.DO) -> Order | Text:
    """Return the command that gives a file new bytes (None: no file), or why there is none."""
    return as_root.order(path, before, after, _wsl, task=task)


def _wsl() -> Wsl | None:
    from wslgo.machine.probe import probe  # only without sudo

    return wsl_exe.wsl_of(probe(ThisMachine(), _FACTS))


def write(order: Order, who: str, call: Call[object], undoes: str = "") -> JournalEntry | Text:
    """Run the command; return its journal entry, or why it failed."""
    journal = Journal(folder_of(call.terminal.environment))
    access = ROOTS if order.before is None else None
    entry = journal.begin(Path(order.path), order.after, who, expected=order.before, access=access, undoes=undoes)
    call.complain(STARTS(program=order.by, path=order.path))
    try:
        code, _ = run_in_terminal(order.words, order.folder, BECOME_ROOT.environment(call.terminal.environment))
    finally:
        is_written = journal.end(entry)
    if is_written:
        return entry
    known = {as_root.CHANGED: HAS_CHANGED(), as_root.UNNOTED: UNNOTED()}
    return known.get(code) or REFUSED(program=order.by, code=code)
