"""What is asked before something is written: shown first, then a clear yes."""

from wslgo.cli.call import Call
from wslgo.text.message import Message

ASK = Message(en="Write it? [y/N] ", zh="写入？[y/N] ")
NEEDS_YES = Message(
    en="nothing was written: look at it, then say so with --yes", zh="未写入：请先查看内容，然后加 --yes 确认"
)
LEFT = Message(en="Nothing was written", zh="未写入")


def is_agreed(call: Call[object]) -> bool:
    """Whether somebody at the terminal says yes."""
    call.terminal.ask(call.rendered(ASK))
    call.terminal.out.flush()
    return call.terminal.stdin.readline().strip().lower() in (b"y", b"yes")
