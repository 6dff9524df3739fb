"""The network: its mode, name servers and proxies."""

from collections.abc import Iterator

from wslgo.doctor.fact import Area, Fact, plain, unknown
from wslgo.machine.host import Answer, Host
from wslgo.text.message import Message, enumeration

TITLE = Message(en="Network", zh="网络")
MODE = Message(en="Mode", zh="模式")
NAMES = Message(en="Name servers", zh="DNS 服务器")
PROXY = Message(en="Proxy", zh="代理")

BY_FILE = Message(en="{servers} ({path})", zh="{servers}（{path}）")
NONE_NAMED = Message(en="none in {path}", zh="{path} 中没有")
NO_NETWORK = Message(en="none (networkingMode=none in .wslconfig)", zh="无（.wslconfig 中 networkingMode=none）")
WINDOWS = Message(en="Windows from here", zh="从此处访问 Windows")
MTU = Message(en="MTU", zh="MTU")
DOCKER = Message(en="Docker Engine", zh="Docker Engine")
NO_PROXY = Message(en="none", zh="无")
CREDENTIALS = Message(en="Credential helpers", zh="凭据助手")
OF_PROGRAM = Message(en="{owner}: {name}", zh="{owner}：{name}")
OF_WINDOWS = Message(en="Proxy of Windows", zh="Windows 的代理")
SERVERS = Message(en="Servers of Go", zh="Go 的服务器")
ANSWERED = Message(en="{urls} answered", zh="{urls} 有回应")
SILENT = Message(en="no answer", zh="没有回应")
AUTHORITIES = Message(en="CA certificates", zh="CA 证书")
INSTALLED = Message(en="installed", zh="已安装")
SET = Message(en="{value} ({names})", zh="{value}（{names}）")

NOT_REPORTED = Message(en="unknown: wslinfo does not report it", zh="未知：wslinfo 未报告")

MODES = {
    "nat": "NAT",
    "mirrored": "mirrored",
    "bridged": "bridged",
    "virtioproxy": "virtioproxy",
    "consomme": "consomme",
}


def area(host: Host) -> Area:
    return Area("network", TITLE, tuple(_facts(host)))


def _facts(host: Host) -> Iterator[Fact]:
    if host.wsl.generation == 2:
        yield _mode(host.running.networking)
    yield from _windows(host)
    if host.network.mtu is not None:
        yield Fact("network.mtu", MTU(), plain(str(host.network.mtu)))
    if host.network.docker is not None:
        yield Fact("network.docker", DOCKER(), plain(host.network.docker.version))
    yield _names(host)
    yield from _proxies(host)
    helpers = tuple(OF_PROGRAM(owner=each.owner, name=each.name) for each in host.network.credential_helpers or ())
    if helpers:
        yield Fact("network.credentials", CREDENTIALS(), enumeration(helpers))
    if host.network.has_authorities is not None:
        value = INSTALLED() if host.network.has_authorities else NO_PROXY()
        yield Fact("network.authorities", AUTHORITIES(), value)
    if host.network.answers is not None:
        yield _servers(host.network.answers)


def _mode(mode: str | None) -> Fact:
    if mode is None:
        return unknown("network.mode", MODE(), NOT_REPORTED())
    return Fact("network.mode", MODE(), NO_NETWORK() if mode == "none" else plain(MODES.get(mode, mode)))


def _windows(host: Host) -> Iterator[Fact]:
    """Yield the address of Windows: the gateway in NAT mode; mirrored mode shares the loopback address."""
    address = {"nat": host.network.gateway, "mirrored": "127.0.0.1"}.get(host.running.networking or "")
    if host.wsl.generation == 2 and address:
        yield Fact("network.windows", WINDOWS(), plain(address))


def _servers(answers: tuple[Answer, ...]) -> Fact:
    urls = tuple(dict.fromkeys(answer.url for answer in answers if not answer.problem))
    return Fact("network.answers", SERVERS(), ANSWERED(urls=urls) if urls else SILENT())


def _names(host: Host) -> Fact:
    servers, path = host.network.name_servers, host.network.resolv_conf
    if servers:
        return Fact("network.names", NAMES(), BY_FILE(servers=tuple(servers), path=path or "?"))
    if servers is None and path is None:
        return unknown("network.names", NAMES())
    return Fact("network.names", NAMES(), NONE_NAMED(path=path or "/etc/resolv.conf"))


def _proxies(host: Host) -> Iterator[Fact]:
    """Yield a fact for each address: most machines have the same address in four variables; then that of Windows."""
    names: dict[str, list[str]] = {}
    for proxy in host.network.proxies:
        if proxy.name.upper() != "NO_PROXY":
            names.setdefault(proxy.value, []).append(proxy.name)
    if not names:
        # Who has not seen PATH has not seen the other variables of the environment either.
        is_known = host.search_path is not None or host.network.proxies
        yield Fact("network.proxy", PROXY(), NO_PROXY()) if is_known else unknown("network.proxy", PROXY())
    for value, holders in names.items():
        yield Fact("network.proxy", PROXY(), SET(value=value, names=tuple(holders)))
    found = host.windows.proxy or host.windows.proxy_script
    if found:
        yield Fact("network.windows_proxy", OF_WINDOWS(), plain(found))
