"""Inlay hints in this machine's own file: a value as a share of this computer."""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

_SHARE = Message(en="{percent} % of {whole} GB", zh="{whole} GB 的 {percent} %")
_COUNT = Message(en="of {count}", zh="共 {count} 个")


class InlayHint(NamedTuple):
    """Words after an offset."""

    offset: int
    words: Text


def inlay_hints(scene: Scene) -> tuple[InlayHint, ...]:
    """Return the hints of a file in the order of the text."""
    tree = scene.file.tree
    if not isinstance(tree, IniFile) or scene.snapshot is None:
        return ()
    return tuple(_hints_of(tree, scene.host))


def _hints_of(tree: IniFile, host: Host) -> Iterator[InlayHint]:
    for setting in tree.settings:
        words = _words(setting, tree, host)
        if words is not None:
            yield InlayHint(setting.value_span.end, words)


def _words(setting: Setting, tree: IniFile, host: Host) -> Text | None:
    """Return the hint of a setting; of a repeated key only the line in effect has one."""
    if setting.known is None or setting.converted is None or tree.holders.get(setting.known.id) is not setting:
        return None
    memory, processors = host.windows.memory, host.windows.processors
    if setting.known.id == "wsl2.memory" and memory:
        return _SHARE(percent=str(round(100 * int(setting.converted) / memory)), whole=str(round(memory / GIB)))
    if setting.known.id == "wsl2.processors" and processors:
        return _COUNT(count=str(processors))
    return None
