"""The company's proxy: told to apt, and kept away from the hosts that are not behind it.

apt runs as root, without the user's variables. And who sets a proxy but no NO_PROXY has all programs ask it for
localhost and for private hosts; go alone never does so for localhost.

WSL copies the proxy of Windows into the environment at each start (`autoProxy`): at home it is another one, or none.
So what no file sets is not written into a file unless somebody asks for it; nor is what a file computes (Windows has
another address at each start), nor a proxy on this computer, which is a program that may not run.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.knowledge.public_hosts import SHARED
from wslgo.knowledge.shell_startup import ENVIRONMENT
from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import WINDOWS_11_22H2
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, ROOT, Step, WriteFile
from wslgo.provision.plan import shell_block, shell_files
from wslgo.provision.plan.file_fixes import parsed
from wslgo.provision.plan.shell_block import Block
from wslgo.syntax.shell import pam_env, script
from wslgo.text.message import Message, Text
from wslgo.text.source import Source

ID = "proxy"
TITLE = Message(en="Let apt use the proxy, in {path}", zh="在 {path} 中让 apt 使用代理")
TITLE_EXCLUDED = Message(en="Set NO_PROXY and no_proxy, in {files}", zh="在 {files} 中设置 NO_PROXY 和 no_proxy")

UNHEARD = Message(
    en="apt does not know the proxy {proxy}: root does not get the user's variables",
    zh="apt 不知道代理 {proxy}：root 不会获得用户的环境变量",
)
HAS_PASSWORD = Message(
    en="apt does not know the proxy {proxy}, and {path} can be read by everybody: write it there yourself if its user "
    "name and password may be known",
    zh="apt 不知道代理 {proxy}，而 {path} 所有人都可读取：若其用户名和密码可以公开，请自行写入",
)
CHANGES = Message(
    en="apt does not know the proxy {proxy}, which is set anew at each start and may be another one then: "
    "if it stays the same, wslgo provision --only proxy writes it into {path}",
    zh="apt 不知道代理 {proxy}；它在每次启动时重新设置，以后可能不同："
    "若它固定不变，wslgo provision --only proxy 会将其写入 {path}",
)
NOTHING_EXCLUDED = Message(
    en="{names} name a proxy and no NO_PROXY says for which hosts not: programs ask it for localhost and private hosts",
    zh="{names} 指定了代理，却没有 NO_PROXY 说明哪些主机不使用代理：程序会通过代理访问 localhost 和私有主机",
)
OTHER_SPELLING = Message(
    en="Programs that know only {missing} ask the proxy for the hosts that {name} excludes",
    zh="只识别 {missing} 的程序会通过代理访问 {name} 所排除的主机",
)

APT = "/usr/bin/apt-get"
APT_CONF, APT_FOLDER = "/etc/apt/apt.conf", "/etc/apt/apt.conf.d"
PATH = f"{APT_FOLDER}/95wslgo-proxy"
BLOCK = Block("NO_PROXY")

_SCHEMES = ("http", "https")
_NAMES = tuple(name for scheme in _SCHEMES for name in (f"{scheme.upper()}_PROXY", f"{scheme}_proxy"))
_EXCLUDED = ("NO_PROXY", "no_proxy")
# This machine by each of its names; curl, wget and Python take no networks.
_ALWAYS = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_URL = re.compile(r"(?:https?|socks5h?)://[A-Za-z0-9.:\[\]_-]+/?")
_REMARK = re.compile(r"/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?|^[ \t]*(?://|#)[^\n]*", re.MULTILINE)
_LOOPBACK = re.compile(r"//(?:localhost|127\.[0-9.]+|\[::1\])(?=[:/]|\Z)")
_AUTO_PROXY = (2, 0, 0)  # the first WSL with it


class _Proxy(NamedTuple):
    """The proxy of a scheme; `is_lasting` where it is the same at each start."""

    scheme: str
    value: str
    is_lasting: bool


class _Setting(NamedTuple):
    """A place in a file that sets a variable of proxies."""

    path: str
    assignment: script.ShellAssignment

    @property
    def name(self) -> str:
        return self.assignment.name

    @property
    def is_certain(self) -> bool:
        """Whether programs get it, whatever happens."""
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
    if not proxies or not _waits(facts) or (is_unasked and any(_LOOPBACK.search(one.value) for one in proxies)):
        return
    before = facts.data(PATH)
    reservation = _reservation(proxies, is_unasked=is_unasked)
    if reservation is not None:
        yield from (reservation,) if before is None else ()
        return
    after = "".join(f'Acquire::{one.scheme}::Proxy "{one.value}";\n' for one in proxies).encode()
    if after != before:
        write = WriteFile(PATH, before, after, ROOT)
        yield Step(ID, TITLE(path=PATH), UNHEARD(proxy=proxies[0].value), (write,), needs_root=True)


def _reservation(proxies: Iterable[_Proxy], *, is_unasked: bool) -> Text | None:
    """Why a file that everybody reads and that stays is not the place for them."""
    for one in proxies:
        if "@" in one.value:
            return HAS_PASSWORD(proxy=one.value, path=PATH)
        if is_unasked and not one.is_lasting:
            return CHANGES(proxy=one.value, path=PATH)
    return None


def _proxies(facts: Facts, settings: tuple[_Setting, ...]) -> Iterator[_Proxy]:
    """The proxy of each scheme that apt can use: the last that a file sets, else that of the environment."""
    for scheme in _SCHEMES:
        names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY")
        written = [one.assignment.word.value for one in settings if one.name in names and one.is_certain]
        known = [one.value for one in facts.host.network.proxies if one.name in names]
        value = next(filter(None, (*written[-1:], *known)), "")
        value = value if not value or "://" in value else f"http://{value}"
        if "@" in value or _URL.fullmatch(value):
            yield _Proxy(scheme, value, bool(written[-1]) if written else not _is_of_windows(facts.host))


def _waits(facts: Facts) -> bool:
    """Whether apt is there, and nobody else has told it about proxies."""
    names = facts.folders.get(APT_FOLDER)
    if facts.data(APT) is None or names is None:
        return False
    others = (APT_CONF, *(f"{APT_FOLDER}/{name}" for name in names))
    texts = (_REMARK.sub("", facts.text(path) or "") for path in others if path != PATH)
    return not any("proxy" in text.lower() for text in texts)


def _is_of_windows(host: Host) -> bool:
    """Whether the proxies of the environment can be those of Windows: unless WSL is known not to copy them."""
    if host.wsl.generation != 2 or (host.windows.build or WINDOWS_11_22H2) < WINDOWS_11_22H2:
        return False
    version = wsl_version(host.wsl.version or "")
    if version is not None and version < _AUTO_PROXY:
        return False
    text = host.wslconfig.text if host.wslconfig else None
    setting = parsed(Source(text or ""), "wslconfig").find("wsl2", "autoProxy")
    return setting is None or setting.converted != "false"


# NO_PROXY


def _exclusions(facts: Facts, spec: Spec, settings: tuple[_Setting, ...]) -> Iterator[Step]:
    known = {one.name for one in facts.host.network.proxies}
    certain = {one.name for one in settings if one.is_certain}
    proxies = [name for name in _NAMES if name in certain or (spec.names(ID) and name in known)]
    said = [name for name in _EXCLUDED if name in known or any(one.name == name for one in settings)]
    if not proxies or len(said) == len(_EXCLUDED) or not certain.issuperset(said):
        return
    writes = tuple(_written(facts, settings, said))
    if not writes:
        return
    title = TITLE_EXCLUDED(files=", ".join(shell_files.short(one.path, facts.user) for one in writes))
    missing = next(name for name in _EXCLUDED if name not in said)
    reason = OTHER_SPELLING(missing=missing, name=said[0]) if said else NOTHING_EXCLUDED(names=", ".join(proxies))
    yield Step(ID, title, reason, writes, after=(LOGIN,))


def _written(facts: Facts, settings: tuple[_Setting, ...], said: list[str]) -> Iterator[WriteFile]:
    """The block in the files of this shell; where a file of the user's sets one of the two, behind that."""
    setting = [one.path for one in settings if one.name in said][-1:]
    behind = [path for path in setting if path.startswith(f"{facts.user.home}/")]
    for path in behind or shell_files.places(facts):
        lines = (_fish if shell_files.is_of_fish(path) else _sh)(",".join(_excluded(facts)))
        write = shell_block.written(facts, path, BLOCK._replace(lines=lines), is_last=bool(behind))
        if write is not None:
            yield write


def _excluded(facts: Facts) -> tuple[str, ...]:
    """This machine, and the hosts of private modules by their whole names."""
    private = (one.strip() for one in facts.host.go_values().get("GOPRIVATE", "").split(","))
    hosts = (one for one in private if _HOST.fullmatch(one) and one.lower() not in SHARED)
    return tuple(dict.fromkeys((*_ALWAYS, *hosts)))


def _sh(hosts: str) -> str:
    return f'export NO_PROXY="${{NO_PROXY:-${{no_proxy:-{hosts}}}}}"\nexport no_proxy="${{no_proxy:-$NO_PROXY}}"\n'


def _fish(hosts: str) -> str:
    return (
        f'set -q NO_PROXY; or set -q no_proxy; or set -gx NO_PROXY "{hosts}"\n'
        'set -q NO_PROXY; or set -gx NO_PROXY "$no_proxy"\n'
        'set -q no_proxy; or set -gx no_proxy "$NO_PROXY"\n'
    )


# What the files set


def _settings(facts: Facts) -> Iterator[_Setting]:
    """The places that set a variable of proxies, in about the order in which they act, without our own."""
    for path, text in shell_files.read(facts):
        if "_proxy" in text.lower():
            for one in _parsed(path, shell_block.without_block(text, BLOCK)).assignments:
                if one.name in _NAMES or one.name in _EXCLUDED:
                    yield _Setting(path, one)


def _parsed(path: str, text: str) -> script.Shell:
    if path == ENVIRONMENT:
        return pam_env.parse(Source(text))
    return (script.parse_fish if shell_files.is_of_fish(path) else script.parse)(Source(text))
