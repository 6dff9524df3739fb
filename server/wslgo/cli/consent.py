"""What is asked before something is written: shown first, then a clear yes."""

from wslgo.cli.terminal import Terminal, rendered
from wslgo.text.message import Language, Message

ASK = Message(en="Write it? [y/N] ", zh="写入？[y/N] ")
NEEDS_YES = Message(
    en="nothing was written: look at it, then say so with --yes", zh="未写入：请先查看内容，然后加 --yes 确认"
)
LEFT = Message(en="Nothing was written", zh="未写入")


def is_agreed(terminal: Terminal, spoken: Language) -> bool:
    """Whether somebody at the terminal says yes."""
    terminal.ask(rendered(ASK, spoken))
    terminal.out.flush()
    return terminal.stdin.readline().strip().lower() in (b"y", b"yes")
