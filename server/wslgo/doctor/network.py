"""How this machine reaches others: mode, names, proxies."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Line, Section, Sign, plain
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

TITLE = Message(en="Network", zh="网络")
MODE = Message(en="Mode", zh="模式")
NAMES = Message(en="Name servers", zh="名称服务器")
PROXY = Message(en="Proxy", zh="代理")

BY_FILE = Message(en="{servers} ({path})", zh="{servers}（{path}）")
NONE_NAMED = Message(en="none in /etc/resolv.conf: no name can be resolved", zh="/etc/resolv.conf 中没有：无法解析名称")
DANGLING = Message(
    en="/etc/resolv.conf leads to {path}, which is not there: no name can be resolved",
    zh="/etc/resolv.conf 指向不存在的 {path}：无法解析名称",
)
RESTORE = Message(
    en="let WSL write it: remove generateResolvConf=false from /etc/wsl.conf, then in Windows: wsl --terminate {name}",
    zh="让 WSL 生成：从 /etc/wsl.conf 删除 generateResolvConf=false，然后在 Windows 中输入：wsl --terminate {name}",
)
NO_NETWORK = Message(en="none: networkingMode=none in .wslconfig", zh="无：.wslconfig 中 networkingMode=none")
NO_PROXY = Message(en="none", zh="没有")
SET = Message(en="{value} ({names})", zh="{value}（{names}）")
LOCAL = Message(
    en="{value}: in NAT mode that is this distribution, not Windows",
    zh="{value}：在 NAT 模式下指此发行版，而非 Windows",
)
MIRROR = Message(
    en="if the proxy runs in Windows: networkingMode=mirrored below [wsl2] in .wslconfig (Windows 11 22H2)",
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


def _lines(host: Host) -> Iterator[Line]:
    if host.wsl.generation == 2:
        yield _mode(host.running.networking)
    yield _names(host)
    yield from _proxies(host)


def _mode(mode: str | None) -> Line:
    if mode is None:
        return Line("network.mode", Sign.UNKNOWN, MODE, UNKNOWN())
    return Line("network.mode", Sign.OK, MODE, NO_NETWORK() if mode == "none" else plain(MODES.get(mode, mode)))


def _names(host: Host) -> Line:
    servers, path = host.network.name_servers, host.network.resolv_conf
    restore = RESTORE(name=host.wsl.distribution or "NAME") if host.wsl.generation else None
    if servers:
        return Line("network.names", Sign.OK, NAMES, BY_FILE(servers=", ".join(servers), path=path or "?"))
    if servers is not None:
        return Line("network.names", Sign.ATTENTION, NAMES, NONE_NAMED(), restore)
    if path is not None:
        return Line("network.names", Sign.ATTENTION, NAMES, DANGLING(path=path), restore)
    return Line("network.names", Sign.UNKNOWN, NAMES, UNKNOWN())


def _proxies(host: Host) -> Iterator[Line]:
    """One line for each address: most machines have the same one under four names."""
    names: dict[str, list[str]] = {}
    for proxy in host.network.proxies:
        if proxy.name.upper() != "NO_PROXY":
            names.setdefault(proxy.value, []).append(proxy.name)
    if not names:
        yield Line("network.proxy", Sign.OK, PROXY, NO_PROXY())
    for value, holders in names.items():
        if host.running.networking == "nat" and _LOCAL.match(value):
            yield Line("network.proxy", Sign.UNKNOWN, PROXY, LOCAL(value=value), MIRROR())
        else:
            yield Line("network.proxy", Sign.OK, PROXY, SET(value=value, names=", ".join(holders)))
