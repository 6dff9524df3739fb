"""DNS: `/etc/resolv.conf` points nowhere because generateResolvConf=false.

Then neither go nor apt finds any host. WSL's own file asks Windows, so it follows VPNs and changing networks.
"""

from collections.abc import Iterable, Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import ROOT, TERMINATE, Step
from wslgo.provision.plan.file_fixes import WSL_CONF, with_changes, write_of
from wslgo.syntax import resolv_conf
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit

ID = "dns"
RESOLVES = ("machine/no-name-server",)
TITLE = Message(en="Let WSL write {path} again", zh="重新由 WSL 生成 {path}")

DANGLING = Message(
    en="{path} points to {target}, which does not exist, and generateResolvConf=false keeps WSL from writing it: "
    "DNS does not work",
    zh="{path} 指向不存在的 {target}，而 generateResolvConf=false 使 WSL 不再生成它：DNS 无法工作",
)
MISSING = Message(
    en="{path} is missing, and generateResolvConf=false keeps WSL from writing it: DNS does not work",
    zh="缺少 {path}，而 generateResolvConf=false 使 WSL 不再生成它：DNS 无法工作",
)
EMPTY = Message(
    en="{path} has no nameserver, and generateResolvConf=false keeps WSL from writing it: DNS does not work",
    zh="{path} 中没有 nameserver，而 generateResolvConf=false 使 WSL 不再生成它：DNS 无法工作",
)

PATH = "/etc/resolv.conf"


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return (PATH, WSL_CONF)


def steps(facts: Facts, _spec: Spec) -> Iterator[Step]:
    reason = _reason(facts)
    if reason is None or facts.host.wsl.generation in (0, None) or not facts.knows(WSL_CONF):
        return

    def without_setting(file: IniFile) -> tuple[Text, Iterable[Edit]] | None:
        setting = file.find("network", "generateResolvConf")
        is_off = setting is not None and setting.converted == "false"
        return (reason, (edit.removal(file, setting),)) if setting and is_off else None

    done = with_changes(decode(facts.data(WSL_CONF) or b""), "wslconf", [without_setting])
    write = write_of(facts, WSL_CONF, done.source, ROOT)
    if write is not None:
        yield Step(ID, TITLE(path=PATH), reason, (write,), needs_root=True, after=(TERMINATE,))


def _reason(facts: Facts) -> Text | None:
    """Return why DNS does not work; None if it works or that is unknown."""
    target = facts.links.get(PATH)
    if not facts.knows(PATH) or facts.host.running.networking == "none":
        return None
    text = facts.text(PATH)
    if text is None:
        return DANGLING(path=PATH, target=target) if target else MISSING(path=PATH)
    return None if resolv_conf.parse(Source(text)).name_servers else EMPTY(path=PATH)
