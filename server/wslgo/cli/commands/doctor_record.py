"""`wslgo doctor --record FILE`: this machine without names and secrets, shown before it is written."""

import json
import os
from pathlib import Path

from wslgo.cli.arguments import Namespace
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.files import refusal
from wslgo.cli.terminal import CLEAN, FAILED, Terminal, fail, language, rendered
from wslgo.machine.host import Host
from wslgo.machine.host_json import to_json
from wslgo.machine.redaction import redacted
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.text.message import Language, Message

PREVIEW = Message(
    en="This would be written to {path}. {count} names and addresses are replaced, comments removed, secrets masked.",
    zh="以上内容将写入 {path}；已替换 {count} 个名称和地址，删除注释并遮盖密码。",
)
WRITTEN = Message(en="{path}: written", zh="{path}：已写入")
UNWRITABLE = Message(en="{path} cannot be written: {reason}", zh="{path} 无法写入：{reason}")


def record(host: Host, options: Namespace, terminal: Terminal) -> int:
    """Show what would be written, ask, write; the exit code."""
    shown = redacted(host)
    text = json.dumps(to_json(shown.host), indent=2)
    if options.record == "-":
        terminal.say_json(f"{text}\n")
        return CLEAN
    spoken = language(options.lang, terminal.environment)
    if trouble := refusal(options.record, terminal.environment):
        return fail([trouble.sentence()], spoken, terminal)
    # A link of a repository leads wherever that likes: a person agrees to the file that it leads to.
    path = os.path.realpath(options.record) if os.path.islink(options.record) else options.record
    if not options.yes:
        terminal.say_json(f"{text}\n")
        terminal.say(rendered(PREVIEW(path=path, count=shown.names), spoken))
        if not terminal.is_interactive:
            return fail([NEEDS_YES()], spoken, terminal)
        if not is_agreed(terminal, spoken):
            terminal.say(rendered(LEFT, spoken))
            return CLEAN
    return _written(path, f"{text}\n", spoken, terminal)


def _written(path: str, text: str, spoken: Language, terminal: Terminal) -> int:
    try:
        write_atomically(Path(path), text.encode())
    except OSError as error:
        fail([UNWRITABLE(path=path, reason=reason(error))], spoken, terminal)
        return FAILED
    terminal.complain(rendered(WRITTEN(path=path), spoken))
    return CLEAN
