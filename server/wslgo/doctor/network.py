"""The network: its mode, name servers and proxies."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Section, Sign, StatusLine, plain
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

TITLE = Message(en="Network", zh="网络")
MODE = Message(en="Mode", zh="模式")
NAMES = Message(en="Name servers", zh="DNS 服务器")
PROXY = Message(en="Proxy", zh="代理")

BY_FILE = Message(en="{servers} ({path})", zh="{servers}（{path}）")
NONE_NAMED = Message(en="none in /etc/resolv.conf: DNS does not work", zh="/etc/resolv.conf 中没有：DNS 无法工作")
DANGLING = Message(
    en="/etc/resolv.conf links to {path}, which does not exist: DNS does not work",
    zh="/etc/resolv.conf 指向不存在的 {path}：DNS 无法工作",
)
RESTORE = Message(
    en="remove generateResolvConf=false from /etc/wsl.conf, then in Windows type: wsl --terminate {name}",
    zh="从 /etc/wsl.conf 删除 generateResolvConf=false，然后在 Windows 中输入：wsl --terminate {name}",
)
NO_NETWORK = Message(en="none (networkingMode=none in .wslconfig)", zh="无（.wslconfig 中 networkingMode=none）")
NO_PROXY = Message(en="none", zh="无")
SET = Message(en="{value} ({names})", zh="{value}（{names}）")
LOCAL = Message(
    en="{value}: in NAT mode this is the distribution itself, not Windows",
    zh="{value}：在 NAT 模式下指此发行版自身，而非 Windows",
)
MIRROR = Message(
    en="if the proxy runs in Windows: set networkingMode=mirrored under [wsl2] in .wslconfig (Windows 11 22H2)",
    zh="如果代理运行在 Windows 中：在 .wslconfig 的 [wsl2] 下写 networkingMode=mirrored（Windows 11 22H2）",
)

MODES = {
    "nat": "NAT",
    "mirrored": "mirrored",
    "bridged": "bridged",
    "virtioproxy": "virtioproxy",
    "consomme": "consomme",
}

_LOCAL = pattern(r"(?:\w+://)?(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|\Z)")


def section(host: Host) -> Section:
    return Section("network", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[StatusLine]:
    if host.wsl.generation == 2:
        yield _mode(host.running.networking)
    yield _names(host)
    yield from _proxies(host)


def _mode(mode: str | None) -> StatusLine:
    if mode is None:
        return StatusLine("network.mode", Sign.UNKNOWN, MODE, UNKNOWN())
    return StatusLine("network.mode", Sign.OK, MODE, NO_NETWORK() if mode == "none" else plain(MODES.get(mode, mode)))


def _names(host: Host) -> StatusLine:
    servers, path = host.network.name_servers, host.network.resolv_conf
    restore = RESTORE(name=host.wsl.distribution or "NAME") if host.wsl.generation else None
    if servers:
        return StatusLine("network.names", Sign.OK, NAMES, BY_FILE(servers=tuple(servers), path=path or "?"))
    if servers is not None:
        return StatusLine("network.names", Sign.ATTENTION, NAMES, NONE_NAMED(), restore)
    if path is not None:
        return StatusLine("network.names", Sign.ATTENTION, NAMES, DANGLING(path=path), restore)
    return StatusLine("network.names", Sign.UNKNOWN, NAMES, UNKNOWN())


def _proxies(host: Host) -> Iterator[StatusLine]:
    """Yield a line for each address: most machines have the same address in four variables."""
    names: dict[str, list[str]] = {}
    for proxy in host.network.proxies:
        if proxy.name.upper() != "NO_PROXY":
            names.setdefault(proxy.value, []).append(proxy.name)
    if not names:
        yield StatusLine("network.proxy", Sign.OK, PROXY, NO_PROXY())
    for value, holders in names.items():
        if host.running.networking == "nat" and _LOCAL.match(value):
            yield StatusLine("network.proxy", Sign.UNKNOWN, PROXY, LOCAL(value=value), MIRROR())
        else:
            yield StatusLine("network.proxy", Sign.OK, PROXY, SET(value=value, names=tuple(holders)))
