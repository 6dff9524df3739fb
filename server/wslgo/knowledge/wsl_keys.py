"""The keys of both WSL files, and the ones that WSL no longer reads."""

from typing import NamedTuple

from wslgo.knowledge import wslconf_keys, wslconfig_keys
from wslgo.knowledge.wsl_key import Key
from wslgo.text.message import Message

KEYS: dict[str, tuple[Key, ...]] = {"wslconfig": wslconfig_keys.KEYS, "wslconf": wslconf_keys.KEYS}


class Retired(NamedTuple):
    """A key from old releases or pages, and its replacement."""

    id: str
    now: Message


# Seen in files of real users; none is in microsoft/WSL at 3e27a6a5 (2026-08).
RETIRED = (
    Retired(
        "wsl2.pageReporting",
        Message(
            en="free memory goes back to Windows by [experimental] autoMemoryReclaim",
            zh="空闲内存由 [experimental] autoMemoryReclaim 归还给 Windows",
        ),
    ),
    Retired(
        "wsl2.idleThreshold",
        Message(en="[wsl2] vmIdleTimeout sets when the VM stops", zh="虚拟机何时停止由 [wsl2] vmIdleTimeout 决定"),
    ),
    Retired(
        "experimental.useWindowsDnsCache",
        Message(
            en="DNS tunneling always asks Windows, whose cache is used anyway",
            zh="DNS 隧道总是询问 Windows，本来就会使用它的缓存",
        ),
    ),
    Retired(
        "automount.crossDistro",
        Message(
            en="the folder that all distributions share is always there, as wsl below automount.root",
            zh="各发行版共享的目录始终存在，即 automount.root 下的 wsl",
        ),
    ),
    Retired(
        "network.nameserver",
        Message(
            en="name servers belong in /etc/resolv.conf, with generateResolvConf=false",
            zh="DNS 服务器应写在 /etc/resolv.conf 中，并设置 generateResolvConf=false",
        ),
    ),
)
