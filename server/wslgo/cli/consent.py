"""Confirmation prompts: show the change, then ask."""

from wslgo.cli.call import Call
from wslgo.text.message import Message

ASK = Message(en="Write it? [y/N] ", zh="写入？[y/N] ")
RUN = Message(en="Run it? [y/N] ", zh="运行？[y/N] ")
NEEDS_YES = Message(
    en="nothing written: check the change, then confirm with --yes", zh="未写入：请先查看内容，然后加 --yes 确认"
)
LEFT = Message(en="Nothing written", zh="未写入")


def is_agreed(call: Call[object], question: Message = ASK) -> bool:
    """Return whether the user at the terminal says yes."""
    call.terminal.ask(call.rendered(question))
    call.terminal.flush()
    return call.terminal.stdin.readline().strip().lower() in (b"y", b"yes")
