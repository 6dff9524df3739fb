"""The company's proxy: for apt too, and NO_PROXY in both spellings for the hosts that need no proxy.

apt runs as root, without the user's variables. With a proxy but no NO_PROXY, programs use the proxy for localhost and
private hosts; only go never does so for localhost.

WSL copies the proxy of Windows into the environment at each start (`autoProxy`): at home it is another one, or missing.
So a value that no file sets is not written into a file unless the step is requested by name; nor is one that a file
computes (Windows has another address at each start), nor a proxy on this computer, which is a program that may not run.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.knowledge.public_hosts import SHARED
from wslgo.knowledge.shell_startup import ENVIRONMENT
from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import WINDOWS_11_22H2
from wslgo.machine.host import Host, Variable
from wslgo.machine.proxies import host_of, is_loopback, is_of_company
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, ROOT, Step, WriteFile
from wslgo.provision.plan import shell_block, shell_files
from wslgo.provision.plan.file_fixes import wsl_file
from wslgo.provision.plan.judgement import has_finding
from wslgo.provision.plan.shell_block import Block
from wslgo.syntax import apt_conf
from wslgo.syntax.go import goproxy
from wslgo.syntax.shell import pam_env, script
from wslgo.text.message import Message, Text
from wslgo.text.source import Source

ID = "proxy"
_APT = "machine/apt-without-proxy"
_EXCEPTIONS = ("machine/proxy-without-exceptions", "machine/proxy-exceptions-in-capitals")
_MODULES = "machine/module-proxy-through-proxy"
RESOLVES = (_APT, *_EXCEPTIONS, _MODULES)
TITLE = Message(en="Use the proxy for apt in {path}", zh="在 {path} 中让 apt 使用代理")
TITLE_EXCLUDED = Message(en="Set NO_PROXY and no_proxy in {files}", zh="在 {files} 中设置 NO_PROXY 和 no_proxy")

UNKNOWN_TO_APT = Message(
    en="apt does not use the proxy {proxy}: it runs as root, without your variables",
    zh="apt 不使用代理 {proxy}：它以 root 身份运行，没有您的环境变量",
)
HAS_PASSWORD = Message(
    en="apt does not use the proxy {proxy}, and every user can read {path}: write it there yourself if its user "
    "name and password may be known",
    zh="apt 不使用代理 {proxy}，而所有用户都可读取 {path}：若其用户名和密码可以公开，请自行写入",
)
CHANGES = Message(
    en="apt does not use the proxy {proxy}; WSL sets it again at each start and it may change. "
    "If it never changes, run wslgo provision --only proxy to write it to {path}",
    zh="apt 不使用代理 {proxy}；WSL 在每次启动时重新设置它，以后可能不同。"
    "若它固定不变，请运行 wslgo provision --only proxy 将其写入 {path}",
)
OF_ITSELF = Message(
    en="{proxy} is not written for apt: in NAT mode it is this distribution, not Windows. "
    "Set networkingMode=mirrored under [wsl2] in .wslconfig",
    zh="不为 apt 写入 {proxy}：在 NAT 模式下它指此发行版自身，而非 Windows。"
    "请在 .wslconfig 的 [wsl2] 下设置 networkingMode=mirrored",
)
NOTHING_EXCLUDED = Message(
    en="{names} is set without NO_PROXY: programs use the proxy even for localhost and private hosts",
    zh="设置了 {names} 但没有 NO_PROXY：程序连 localhost 和私有主机也会通过代理访问",
)
SMALL_LETTERS = Message(
    en="wget reads only no_proxy, so it uses the proxy even for the hosts that NO_PROXY excludes",
    zh="wget 只读取 no_proxy，因此会通过代理访问 NO_PROXY 所排除的主机",
)
OTHER_SPELLING = Message(
    en="Programs that read only {missing} use the proxy for the hosts that {name} excludes",
    zh="只读取 {missing} 的程序会通过代理访问 {name} 所排除的主机",
)

APT = "/usr/bin/apt-get"
APT_CONF, APT_FOLDER = apt_conf.PATH, apt_conf.FOLDER
PATH = f"{APT_FOLDER}/95wslgo-proxy"
BLOCK = Block("NO_PROXY")

_SCHEMES = ("http", "https")
_NAMES = tuple(name for scheme in _SCHEMES for name in (f"{scheme.upper()}_PROXY", f"{scheme}_proxy"))
_EXCLUDED = ("NO_PROXY", "no_proxy")
# This machine by each of its names; curl, wget and Python do not support networks.
_ALWAYS = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_URL = re.compile(r"(?:https?|socks5h?)://[A-Za-z0-9.:\[\]_-]+/?")
_AUTO_PROXY = (2, 0, 0)  # the first WSL with it


class _Proxy(NamedTuple):
    """The proxy of a scheme; `is_lasting` if it is the same at each start."""

    scheme: str
    value: str
    is_lasting: bool


class _Setting(NamedTuple):
    """A place in a file that sets a proxy variable."""

    path: str
    assignment: script.ShellAssignment

    @property
    def name(self) -> str:
        return self.assignment.name

    @property
    def is_certain(self) -> bool:
        """Return whether programs always get it."""
        return self.assignment.is_certain and self.assignment.is_exported


def reads(user: User, _host: Host) -> tuple[str, ...]:
    return (*shell_files.reads(user), APT, APT_CONF, f"{APT_FOLDER}/*")


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    settings = tuple(_settings(facts))
    yield from _of_apt(facts, spec, settings)
    yield from _exclusions(facts, spec, settings)


# apt


def _of_apt(facts: Facts, spec: Spec, settings: tuple[_Setting, ...]) -> Iterator[Step | Text]:
    proxies = tuple(_proxies(facts, settings))
    is_unasked = not spec.names(ID)
    if not proxies or not _needs_proxy(facts) or (is_unasked and not has_finding(_APT, _as_set(facts, settings))):
        return
    before = facts.data(PATH)
    reservation = _reservation(proxies, facts.host.running.networking, is_unasked=is_unasked)
    if reservation is not None:
        yield from (reservation,) if before is None else ()
        return
    after = "".join(f'Acquire::{proxy.scheme}::Proxy "{proxy.value}";\n' for proxy in proxies).encode()
    if after != before:
        write = WriteFile(PATH, before, after, ROOT)
        reason = UNKNOWN_TO_APT(proxy=proxies[0].value)
        yield Step(ID, TITLE(path=PATH), reason, (write,), needs_root=True, resolves=(_APT,))


def _reservation(proxies: Iterable[_Proxy], networking: str | None, *, is_unasked: bool) -> Text | None:
    """Return why they must not be written into a permanent file that every user can read."""
    for proxy in proxies:
        if networking == "nat" and is_loopback(proxy.value):
            return OF_ITSELF(proxy=proxy.value)
        if "@" in proxy.value:
            return HAS_PASSWORD(proxy=proxy.value, path=PATH)
        if is_unasked and not proxy.is_lasting:
            return CHANGES(proxy=proxy.value, path=PATH)
    return None


def _proxies(facts: Facts, settings: tuple[_Setting, ...]) -> Iterator[_Proxy]:
    """Yield the proxy of each scheme that apt can use: the last one that a file sets, else that of the environment."""
    for scheme in _SCHEMES:
        names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY")
        own = [setting for setting in settings if setting.name in names and setting.is_certain]
        written = [setting.assignment.word.value for setting in own]
        known = [variable.value for variable in facts.host.network.proxies if variable.name in names]
        value = next(filter(None, (*written[-1:], *known)), "")
        value = value if not value or "://" in value else f"http://{value}"
        if "@" in value or _URL.fullmatch(value):
            yield _Proxy(scheme, value, bool(written[-1]) if written else not _is_of_windows(facts.host))


def _needs_proxy(facts: Facts) -> bool:
    """Return whether apt is installed and no other file configures a proxy for it."""
    names = facts.folders.get(APT_FOLDER)
    if facts.data(APT) is None or names is None:
        return False
    others = (APT_CONF, *(f"{APT_FOLDER}/{name}" for name in names))
    return not any(apt_conf.names_proxy(facts.text(path) or "") for path in others if path != PATH)


def _is_of_windows(host: Host) -> bool:
    """Return whether the proxies of the environment can be those of Windows, which WSL copies unless told otherwise."""
    if host.wsl.generation != 2 or (host.windows.build or WINDOWS_11_22H2) < WINDOWS_11_22H2:
        return False
    version = wsl_version(host.wsl.version or "")
    if version is not None and version < _AUTO_PROXY:
        return False
    text = host.wslconfig.text if host.wslconfig else None
    setting = wsl_file(Source(text or ""), "wslconfig").find("wsl2", "autoProxy")
    return setting is None or setting.converted != "false"


# NO_PROXY


def _exclusions(facts: Facts, spec: Spec, settings: tuple[_Setting, ...]) -> Iterator[Step]:
    known = {variable.name for variable in facts.host.network.proxies}
    certain = {setting.name for setting in settings if setting.is_certain}
    proxies = [name for name in _NAMES if name in certain or (spec.names(ID) and name in known)]
    present = known | {setting.name for setting in settings}
    excluded = [name for name in _EXCLUDED if name in present]
    host = _as_set(facts, settings)
    rules = tuple(rule for rule in _EXCEPTIONS if has_finding(rule, host))
    if not rules and not spec.names(ID):
        return
    if not proxies or len(excluded) == len(_EXCLUDED) or not certain.issuperset(excluded):
        return
    writes = tuple(_writes(facts, settings, excluded))
    if not writes:
        return
    # The block names the company's module proxies only if nothing else is excluded yet.
    resolved = (*rules, _MODULES) if not excluded and has_finding(_MODULES, host) else rules
    title = TITLE_EXCLUDED(files=tuple(shell_files.short(write.path, facts.user) for write in writes))
    if excluded:
        missing = next(name for name in _EXCLUDED if name not in excluded)
        reason = SMALL_LETTERS() if rules else OTHER_SPELLING(missing=missing, name=excluded[0])
    else:
        reason = NOTHING_EXCLUDED(names=tuple(proxies))
    yield Step(ID, title, reason, writes, after=(LOGIN,), resolves=resolved)


def _writes(facts: Facts, settings: tuple[_Setting, ...], excluded: list[str]) -> Iterator[WriteFile]:
    """Yield the writes of the block: in the user's file that sets one of the two, else in those of the shell."""
    last = [setting.path for setting in settings if setting.name in excluded][-1:]
    after = [path for path in last if path.startswith(f"{facts.user.home}/")]
    for path in after or shell_files.places(facts):
        lines = (_fish if shell_files.is_of_fish(path) else _sh)(",".join(_direct_hosts(facts)))
        write = shell_block.write_of(facts, path, BLOCK._replace(lines=lines), is_last=bool(after))
        if write is not None:
            yield write


def _direct_hosts(facts: Facts) -> tuple[str, ...]:
    """Return this machine, the hosts of private modules by their full names, and the company's module proxies."""
    private = (pattern.strip() for pattern in facts.host.go_values().get("GOPRIVATE", "").split(","))
    hosts = (pattern for pattern in private if _HOST.fullmatch(pattern) and pattern.lower() not in SHARED)
    return tuple(dict.fromkeys((*_ALWAYS, *hosts, *_module_proxies(facts.host))))


def _module_proxies(host: Host) -> Iterator[str]:
    values = [known.value for known in host.network.proxies if known.name in _NAMES]
    for entry in goproxy.parse(host.go_values().get("GOPROXY", "")).steps:
        name = host_of(entry.target.host) if entry.target is not None else ""
        if _HOST.fullmatch(name) and any(is_of_company(entry, value) for value in (*values, "")):
            yield name


def _sh(hosts: str) -> str:
    return f'export NO_PROXY="${{NO_PROXY:-${{no_proxy:-{hosts}}}}}"\nexport no_proxy="${{no_proxy:-$NO_PROXY}}"\n'


def _fish(hosts: str) -> str:
    return (
        f'set -q NO_PROXY; or set -q no_proxy; or set -gx NO_PROXY "{hosts}"\n'
        'set -q NO_PROXY; or set -gx NO_PROXY "$no_proxy"\n'
        'set -q no_proxy; or set -gx no_proxy "$NO_PROXY"\n'
    )


# The settings


def _as_set(facts: Facts, settings: tuple[_Setting, ...]) -> Host:
    """Return the machine as its files set it, which may have changed since this process started."""
    network = facts.host.network
    known = {variable.name for variable in network.proxies}
    certain = {setting.name: setting for setting in settings if setting.is_certain and setting.name not in known}
    more = (Variable(name, setting.assignment.word.value or "", setting.path) for name, setting in certain.items())
    apt = "" if _needs_proxy(facts) else network.apt_proxy
    return facts.host._replace(network=network._replace(proxies=(*network.proxies, *more), apt_proxy=apt))


def _settings(facts: Facts) -> Iterator[_Setting]:
    """Yield the places that set a proxy variable, roughly in their order, without the block of wslgo."""
    for path, text in shell_files.all_texts(facts):
        if "_proxy" in text.lower():
            for assignment in _shell_file(path, shell_block.without_block(text, BLOCK)).assignments:
                if assignment.name in _NAMES or assignment.name in _EXCLUDED:
                    yield _Setting(path, assignment)


def _shell_file(path: str, text: str) -> script.Shell:
    if path == ENVIRONMENT:
        return pam_env.parse(Source(text))
    return (script.parse_fish if shell_files.is_of_fish(path) else script.parse)(Source(text))
