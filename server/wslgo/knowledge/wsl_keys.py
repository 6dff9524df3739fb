"""The keys of both WSL files, and the ones that WSL no longer reads."""

from wslgo.knowledge import wslconf_keys, wslconfig_keys
from wslgo.knowledge.wsl_key import Key
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

KEYS: dict[str, tuple[Key, ...]] = {"wslconfig": wslconfig_keys.KEYS, "wslconf": wslconf_keys.KEYS}


class Retired(NamedTuple):
    """A key from old releases or pages, and its replacement; `when_off` is the one of the value `false`."""

    id: str
    now: Message
    when_off: Message | None = None


# Seen in files of real users; none is in microsoft/WSL at 3e27a6a5 (2026-08).
RETIRED = (
    Retired(
        "wsl2.pageReporting",
        Message(
            en="use [experimental] autoMemoryReclaim to return free memory to Windows",
            zh="请用 [experimental] autoMemoryReclaim 把空闲内存归还给 Windows",
        ),
        Message(
            en="use [experimental] autoMemoryReclaim=disabled to keep free memory in Linux",
            zh="请用 [experimental] autoMemoryReclaim=disabled 让空闲内存留在 Linux 中",
        ),
    ),
    Retired(
        "wsl2.idleThreshold",
        Message(en="[wsl2] vmIdleTimeout sets when the VM stops", zh="虚拟机何时停止由 [wsl2] vmIdleTimeout 决定"),
    ),
    Retired(
        "experimental.useWindowsDnsCache",
        Message(
            en="DNS tunneling always uses the DNS cache of Windows",
            zh="DNS 隧道始终使用 Windows 的 DNS 缓存",
        ),
    ),
    Retired(
        "automount.crossDistro",
        Message(
            en="the folder shared by all distributions is always mounted, at /mnt/wsl (wsl in automount.root)",
            zh="各发行版共享的文件夹始终会挂载到 /mnt/wsl（automount.root 下的 wsl）",
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
