"""Has root write a `wsl.conf`, through sudo in this terminal; journalled."""

import subprocess
from pathlib import Path

from wslgo.asroot import CHANGED, Order
from wslgo.cli.terminal import Terminal, rendered
from wslgo.journal import Entry, Journal, folder_of
from wslgo.message import Language, Message, Text

STARTS = Message(en="sudo writes {path}", zh="由 sudo 写入 {path}")
HAS_CHANGED = Message(en="it has changed meanwhile", zh="文件在此期间已更改")
REFUSED = Message(en="sudo did not do it (exit code {code})", zh="sudo 未执行（退出码 {code}）")


def write(order: Order, who: str, terminal: Terminal, spoken: Language, undoes: str = "") -> Entry | Text:
    """Run the command; the write as it stands in the journal, or why there is none."""
    journal = Journal(folder_of(terminal.environment))
    entry = journal.begin(Path(order.path), order.after, who, expected=order.before, undoes=undoes)
    terminal.complain(rendered(STARTS(path=order.path), spoken))
    try:
        code = subprocess.run(order.words, check=False).returncode
    finally:
        is_written = journal.end(entry)
    if is_written:
        return entry
    return HAS_CHANGED() if code == CHANGED else REFUSED(code=code)
