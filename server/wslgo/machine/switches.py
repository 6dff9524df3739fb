"""The settings of WSL that switch the GPU and GUI programs off, as they are written and in effect."""

from collections.abc import Iterator

from wslgo.machine.host import Host, Snapshot
from wslgo.text.source import Source
from wslgo.text.span import Lines
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the parser of WSL's files: only a machine whose files are known needs it
    from wslgo.syntax.wsl.ini import Dialect

Places = tuple[tuple["Dialect", str, str], ...]

# For one distribution, and for the virtual machine of all.
GPU: Places = (("wslconf", "gpu", "enabled"), ("wslconfig", "wsl2", "gpuSupport"))
GUI: Places = (("wslconfig", "wsl2", "guiApplications"), ("wslconf", "general", "guiApplications"))
LDCONFIG: Places = (("wslconf", "automount", "ldconfig"),)
GPU_PATH: Places = (("wslconf", "gpu", "appendLibPath"),)


class Switch(NamedTuple):
    """A setting that is `false`: its file and line, its section and key; `is_in_effect` if it was so at the start."""

    path: str
    line: int
    section: str
    key: str
    is_in_effect: bool

    @property
    def in_words(self) -> str:
        """The setting as users search it."""
        return f"[{self.section}] {self.key}=false"


def switched_off(host: Host, places: Places) -> Switch | None:
    """Return the first of these settings that is `false`, and was so when WSL started."""
    return next((switch for switch in _switches(host, places) if switch.is_in_effect), None)


def switched_off_next(host: Host, places: Places) -> Switch | None:
    """Return the first of these settings that is `false`, and so counts when WSL starts again."""
    return next(_switches(host, places), None)


def _switches(host: Host, places: Places) -> Iterator[Switch]:
    for dialect, section, key in places:
        file = host.wslconf if dialect == "wslconf" else host.wslconfig
        if file is None or file.text is None:
            continue
        line = _line(file.text, dialect, section, key)
        if line is not None:
            yield Switch(file.path, line, section, key, _was_off(file, dialect, section, key))


def _was_off(file: Snapshot, dialect: "Dialect", section: str, key: str) -> bool:
    return not file.knows_start or _line(file.at_start or "", dialect, section, key) is not None


def _line(text: str, dialect: "Dialect", section: str, key: str) -> int | None:
    """Return the line of a setting that is `false`; None if it is not."""
    from wslgo.knowledge.wsl_keys import KEYS  # see above
    from wslgo.syntax.wsl import ini_file

    source = Source(text)
    setting = ini_file.parse(source, dialect, KEYS[dialect]).find(section, key)
    if setting is None or setting.converted != "false":
        return None
    return Lines(text).position(setting.key_span.start)[0] + 1
