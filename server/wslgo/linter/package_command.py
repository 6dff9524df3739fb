"""The next step for missing programs: the command of the distribution that installs them."""

from collections.abc import Iterable

from wslgo.knowledge.packages import installer_named
from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.text.next_step import command


def installation(host: Host, names: Iterable[str]) -> Text:
    """Return the command that installs packages, by their names in Debian: provisioning where there is apt."""
    other = installer_named(host.installer)
    if other is None:
        return command("wslgo provision --only packages")
    return command(" ".join((other.words, *dict.fromkeys(other.names[name] for name in names))))
