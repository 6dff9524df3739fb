"""The values in effect for this machine's WSL files: from the kernel or the last start."""

from collections.abc import Callable, Mapping

from wslgo.knowledge.memory import GIB
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.machine.in_effect import pending_changes
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.markdown import code
from wslgo.text.message import Message, Text

_RUNNING = Message(en="In effect now: {value}", zh="当前生效：{value}")
_AT_START = Message(en="In effect is the value when WSL started: {value}", zh="生效的是 WSL 启动时此处的值：{value}")
_NOT_SET = Message(
    en="This key was not set when WSL started: the default is in effect", zh="WSL 启动时没有此键：默认值生效"
)
_MEMORY = Message(
    en="{size} GB (the part visible to Linux; the kernel reserves a little)",
    zh="{size} GB（Linux 可见的部分；内核会保留少许）",
)
_SIZE = Message(en="{size} GB", zh="{size} GB")
_PLAIN = Message(en="{value}", zh="{value}")


def value_in_effect(setting: Setting, scene: Scene) -> Text | None:
    """Return the value in effect for a setting of this machine's own file; None if unknown."""
    snapshot = scene.snapshot
    if snapshot is None or setting.known is None:
        return None
    running = _RUNNING_VALUES.get(setting.known.id, _unknown_value)(scene.host)
    if running is not None:
        return _RUNNING(value=running)
    tree = scene.file.tree
    changed = pending_changes(tree, snapshot, scene.host) if isinstance(tree, IniFile) else ()
    change = next((candidate for candidate in changed if candidate.setting is setting), None)
    if change is None:
        return None
    return _NOT_SET() if change.runs is None else _AT_START(value=code(change.runs))


def _unknown_value(_host: Host) -> Text | None:
    return None


def _memory(host: Host) -> Text | None:
    memory = host.running.memory
    return None if memory is None else _MEMORY(size=f"{memory / GIB:.1f}")


def _swap(host: Host) -> Text | None:
    swap = host.running.swap
    return None if swap is None else _SIZE(size=f"{swap / GIB:g}")


def _processors(host: Host) -> Text | None:
    return None if host.running.processors is None else _PLAIN(value=str(host.running.processors))


def _networking(host: Host) -> Text | None:
    return None if host.running.networking is None else _PLAIN(value=code(host.running.networking))


def _command_line(host: Host) -> Text | None:
    return None if host.running.command_line is None else _PLAIN(value=code(host.running.command_line))


def _systemd(host: Host) -> Text | None:
    return None if host.wsl.has_systemd is None else _PLAIN(value=code(str(host.wsl.has_systemd).lower()))


def _root(host: Host) -> Text | None:
    return None if host.wsl.automount_root is None else _PLAIN(value=code(host.wsl.automount_root))


_RUNNING_VALUES: Mapping[str, Callable[[Host], Text | None]] = {
    "wsl2.memory": _memory,
    "wsl2.swap": _swap,
    "wsl2.processors": _processors,
    "wsl2.networkingMode": _networking,
    "wsl2.kernelCommandLine": _command_line,
    "boot.systemd": _systemd,
    "automount.root": _root,
}
