"""`wslgo doctor --record FILE`: this machine without names and secrets, shown before it is written."""

import json
import os
from pathlib import Path

from wslgo.cli.call import Call
from wslgo.cli.consent import LEFT, NEEDS_YES, is_agreed
from wslgo.cli.files import unread_reason
from wslgo.cli.options import DoctorOptions
from wslgo.cli.terminal import CLEAN, FAILED
from wslgo.machine.host import Host
from wslgo.machine.host_json import to_json
from wslgo.machine.redaction import redacted_host
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.text.message import Message

PREVIEW = Message(
    en="This would be written to {path}. {count} names and addresses are replaced, comments removed, secrets masked.",
    zh="以上内容将写入 {path}；已替换 {count} 个名称和地址，删除注释并遮盖密码。",
)
WRITTEN = Message(en="{path}: written", zh="{path}：已写入")
UNWRITABLE = Message(en="{path} cannot be written: {reason}", zh="{path} 无法写入：{reason}")


def record(host: Host, place: str, call: Call[DoctorOptions]) -> int:
    """Show what would be written, ask, write; the exit code."""
    shown = redacted_host(host)
    text = json.dumps(to_json(shown.host), indent=2)
    if place == "-":
        call.terminal.say_json(f"{text}\n")
        return CLEAN
    if trouble := unread_reason(place, call.terminal.environment):
        return call.fail([trouble.sentence()])
    # A link of a repository leads wherever that likes: a person agrees to the file that it leads to.
    path = os.path.realpath(place) if os.path.islink(place) else place
    if not call.options.yes:
        call.terminal.say_json(f"{text}\n")
        call.say(PREVIEW(path=path, count=shown.names))
        if not call.terminal.is_interactive:
            return call.fail([NEEDS_YES()])
        if not is_agreed(call):
            call.say(LEFT)
            return CLEAN
    return _written(path, f"{text}\n", call)


def _written(path: str, text: str, call: Call[DoctorOptions]) -> int:
    try:
        write_atomically(Path(path), text.encode())
    except OSError as error:
        call.fail([UNWRITABLE(path=path, reason=reason(error))])
        return FAILED
    call.complain(WRITTEN(path=path))
    return CLEAN
