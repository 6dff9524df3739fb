"""The mount options of Windows drives, in `automount.options` and in lines of `/etc/fstab`."""

from collections.abc import Iterator

from wslgo.syntax.fstab import Fstab
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

DRVFS = "drvfs"

_OPTION = pattern(r'[^,"]+')
_OCTAL = pattern(r"[0-7]{1,4}")


class MountOption(NamedTuple):
    """An option `name=value` with the place of its value; `drive` is the one that it is for, "" for all."""

    name: str
    value: str
    value_span: Span
    drive: str = ""

    @property
    def mode(self) -> int | None:
        """The value as permission bits, None if it is not octal."""
        return int(self.value, 8) if _OCTAL.fullmatch(self.value) else None


def options(file: IniFile | Fstab) -> Iterator[MountOption]:
    """Yield the options of a file's Windows drives; those that a backslash changes are left out."""
    if isinstance(file, Fstab):
        for entry in file.entries:
            if entry.kind == DRVFS:
                found = _options(entry.options, entry.options_span.start)
                yield from (option._replace(drive=entry.device) for option in found)
        return
    setting = file.find("automount", "options")
    if setting is not None and "\\" not in setting.written.raw:
        yield from _options(setting.written.raw, setting.value_span.start)


def _options(text: str, start: int) -> Iterator[MountOption]:
    for match in _OPTION.finditer(text):
        name, _, value = match.group().partition("=")
        at = start + match.start() + len(name) + 1
        yield MountOption(name.strip(), value, Span(at, at + len(value)))
