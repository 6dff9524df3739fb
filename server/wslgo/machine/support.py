"""The settings of `.wslconfig` and `wsl.conf` that this Windows or this WSL does not support."""

from enum import Enum

from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import Key
from wslgo.machine.host import Host
from wslgo.syntax.wsl.ini_file import Setting, Verdict
from wslgo.text.typing import NamedTuple

OFF = ("", "false", "Disabled")  # turned off


class Reason(Enum):
    """The reason why a setting has no effect; only `INBOX` is a guess."""

    WINDOWS = "WSL finds that this Windows lacks something"
    WSL = "this WSL does not know the key"
    INBOX = "Microsoft's pages say so about the WSL that is part of Windows"


class Lack(NamedTuple):
    """A release that a setting needs, and the one that the machine has."""

    reason: Reason
    needs: str
    has: str


# Details of a setting, which have no effect without it (microsoft/WSL, WslCoreConfig.cpp at 3e27a6a5, 2026-08).
DETAILS = {
    "wsl2.networkingMode": ("experimental.ignoredPorts", "experimental.hostAddressLoopback"),
    "wsl2.dnsTunneling": ("experimental.bestEffortDnsParsing", "experimental.dnsTunnelingIpAddress"),
    "wsl2.autoProxy": ("experimental.initialAutoProxyTimeout",),
}


def lack_of(setting: Setting, host: Host) -> Lack | None:
    """Return what the machine lacks for a setting that turns something on; None if nothing, or if it is unknown."""
    key = setting.known
    if key is None or setting.verdict is not Verdict.ACCEPTED or not _is_turned_on(setting, key):
        return None
    return lack_of_key(key, host)


def lack_of_key(key: Key, host: Host) -> Lack | None:
    """Return what the machine lacks for a key."""
    build, text = host.windows.build, host.wsl.version or ""
    version = wsl_version(text)
    if build is not None and build < key.since_windows:
        return Lack(Reason.WINDOWS, str(key.since_windows), str(build))
    if version is not None and version < key.since_wsl:
        return Lack(Reason.WSL, ".".join(map(str, key.since_wsl)), text)
    # The WSL of the Store reports a version, the WSL that was part of Windows 10 does not.
    if build is not None and version is None and build < key.inbox_windows:
        return Lack(Reason.INBOX, str(key.inbox_windows), str(build))
    return None


def _is_turned_on(setting: Setting, key: Key) -> bool:
    """Return whether the value turns on something newer."""
    return setting.converted in key.newer_values if key.newer_values else setting.converted not in OFF
