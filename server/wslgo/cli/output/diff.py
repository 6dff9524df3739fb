"""Diffs on a terminal: passwords masked, nothing in them that it would obey."""

from wslgo.cli.call import Call
from wslgo.cli.terminal import Terminal, shown
from wslgo.text.diff import diff, invisible_changes
from wslgo.text.message import Message, redact
from wslgo.text.source import UTF8, Source

MASKED = Message(
    en="{path}: the diff masks a password, so git apply skips it", zh="{path}：差异中的密码已遮盖，git apply 会跳过它"
)
DISOBEYED = Message(
    en="{path}: the diff spells out a command for this runner, so git apply skips it",
    zh="{path}：差异中给此运行器的命令已拼写出来，git apply 会跳过它",
)

BINARY = Message(en="{path}: not text", zh="{path}：非文本内容")


def show(path: str, old: Source, new: Source, call: Call[object]) -> None:
    """Print the diff of a file, passwords masked: such a diff is commented out, or git would write the mask.

    So is one with what a runner of CI would obey, which is spelled out.
    """
    if old == new:
        return
    if "\0" in old.text or "\0" in new.text:
        call.complain(BINARY(path=path))
        return
    exact = list(diff(path, old, new))
    masked = [_redacted(line) for line in exact]
    lines = [_disobeyed(line, call.terminal) for line in masked]
    for line in map(_remark, lines) if lines != exact else lines:
        call.terminal.write(_harmless(line) if call.terminal.is_interactive else line)
    why = [said(path=path) for said, is_so in ((MASKED, masked != exact), (DISOBEYED, lines != masked)) if is_so]
    for remark in (*invisible_changes(path, old, new), *why):
        call.complain(remark)


def _remark(lines: bytes) -> bytes:
    return b"".join(line if line.startswith(b"# ") else b"# " + line for line in lines.splitlines(keepends=True))


def _redacted(line: bytes) -> bytes:
    return redact(line.decode(UTF8, "surrogateescape")).encode(UTF8, "surrogateescape") if b"@" in line else line


def _disobeyed(line: bytes, terminal: Terminal) -> bytes:
    return terminal.disobeyed(line.decode(UTF8, "surrogateescape")).encode(UTF8, "surrogateescape")


def _harmless(line: bytes) -> bytes:
    """Return a line of a diff as a terminal may show it."""
    text = line.decode(errors="surrogateescape")
    return "".join(f"{shown(part)}\n" for part in text.removesuffix("\n").split("\n")).encode()
