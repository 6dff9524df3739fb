"""What is wanted of a machine, from the command line and from the team's `wslgo.yaml`.

A repository may ask for much and is trusted with little: what would weaken checksums, send downloads elsewhere, or have
the go command run a program is refused whatever anybody agrees to. The rest needs a yes of its own. What binds a
repository, `policy:`, is never its own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wslgo.knowledge.public_hosts import SHARED, is_public
from wslgo.knowledge.version import go_version
from wslgo.syntax.go import goproxy
from wslgo.text.message import Message, Text
from wslgo.text.passwords import is_doubtful

NOT_A_MAP = Message(en="'{name}' must map names to values", zh="'{name}' 必须是名称到值的映射")
UNKNOWN = Message(en="wslgo has no setting '{name}'", zh="wslgo 没有设置项 '{name}'")
NO_VERSION = Message(en="{name} is no version of Go: {value}", zh="{name} 不是 Go 版本：{value}")
NO_LIST = Message(en="'{name}' must be a list of texts", zh="'{name}' 必须是文本列表")
NOT_FROM_TEAM = Message(
    en="{name} from a repository is not taken: it could weaken checksums, send downloads elsewhere or run programs",
    zh="不采用来自仓库的 {name}：它可能削弱校验、改变下载来源或运行程序",
)
TOO_WIDE = Message(
    en="{name}={value} from a repository is not taken: '{pattern}' covers modules that are not the team's own",
    zh="不采用来自仓库的 {name}={value}：'{pattern}' 覆盖了不属于该团队的模块",
)
OUTSIDE = Message(
    en="GOPROXY={value} from a repository is not taken: {entry} is not among policy.proxies, or is not https",
    zh="不采用来自仓库的 GOPROXY={value}：{entry} 不在 policy.proxies 中，或不是 https",
)

NOT_OWN = Message(
    en="{name}={value} from a repository is not taken: neither its modules nor its git remotes are at '{pattern}'",
    zh="不采用来自仓库的 {name}={value}：其模块和 git 远程仓库都不在 '{pattern}'",
)
OWN_POLICY = Message(
    en="policy: in {path} is ignored: a repository cannot say what it may set. Put it into {places}",
    zh="忽略 {path} 中的 policy:：仓库不能规定自己可以设置什么。请将其写入 {places}",
)
HIDDEN = Message(
    en="{name} from a repository is not taken: with its password masked, not every host in it could be shown",
    zh="不采用来自仓库的 {name}：遮盖其中的密码后，无法看到其中的所有主机",
)

# What a repository may set at all; GOPRIVATE and GOPROXY within limits.
_OF_TEAM = ("GOPRIVATE", "GOPROXY")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_OWNER = re.compile(r"[\w.~-]+")


class Spec(NamedTuple):
    """`go` is a version (`1.27.3`), "" for what go.mod asks for, else the newest stable; `sources` are tried before
    those that the machine knows; `only` are the ids of the steps that are wanted, all when empty; `variables` are lines
    for the go env file; `certificates` are files of authorities to trust."""

    go: str = ""
    sources: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    certificates: tuple[str, ...] = ()

    def names(self, step: str) -> bool:
        """Whether somebody asks for a step by its name: then it does all that it can, not only what is broken."""
        return step in self.only


class Team(NamedTuple):
    """What a repository wishes, what it may not, and what could not be understood."""

    spec: Spec = Spec()
    problems: tuple[Text, ...] = ()


def of_team(provision: object, policy: object = None, own: tuple[str, ...] | None = None) -> Team:
    """The `provision:` part of a repository's `wslgo.yaml`, within the `policy:` of the user or the machine.

    `own` are the paths of its modules and remotes. While they are unknown, only what no team can have is refused.
    """
    if provision is None:
        return Team()
    if not isinstance(provision, Mapping):
        return Team(problems=(NOT_A_MAP(name="provision"),))
    problems = [UNKNOWN(name=f"provision.{name}") for name in provision if name not in ("go", "steps", "variables")]
    go = _version(provision.get("go"), problems)
    only = _texts(provision.get("steps"), "provision.steps", problems)
    proxies = _texts(policy.get("proxies") if isinstance(policy, Mapping) else None, "policy.proxies", problems)
    variables = tuple(_variables(provision.get("variables"), proxies, own, problems))
    return Team(Spec(go=go, only=only, variables=variables), tuple(problems))


def joined(own: Spec, team: Spec) -> Spec:
    """What the user says, and where that says nothing, what the team wishes."""
    return own._replace(go=own.go or team.go, only=own.only or team.only, variables=own.variables or team.variables)


def _version(value: object, problems: list[Text]) -> str:
    text = "" if value is None else str(value).removeprefix("go")
    if text and go_version(text) is None:
        problems.append(NO_VERSION(name="provision.go", value=text))
        return ""
    return text


def _texts(value: object, name: str, problems: list[Text]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        problems.append(NO_LIST(name=name))
        return ()
    return tuple(value)


def _variables(
    value: object, proxies: tuple[str, ...], own: tuple[str, ...] | None, problems: list[Text]
) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        problems.append(NOT_A_MAP(name="provision.variables"))
        return
    for name, said in value.items():
        text = str(said)
        problem = _refusal(str(name), text, proxies, own)
        if problem is None:
            yield str(name), text
        else:
            problems.append(problem)


def _refusal(name: str, value: str, proxies: tuple[str, ...], own: tuple[str, ...] | None) -> Text | None:
    """Why a repository may not set a variable to this."""
    if name not in _OF_TEAM or not value.isprintable():
        return NOT_FROM_TEAM(name=name)
    if is_doubtful(value):
        return HIDDEN(name=name)
    if name == "GOPRIVATE":
        patterns = [one.strip() for one in value.split(",")]
        wide = next((one for one in patterns if not _is_of_a_team(one)), None)
        foreign = next((one for one in patterns if own is not None and not _is_own(one, own)), None)
        if wide is not None:
            return TOO_WIDE(name=name, value=value, pattern=wide)
        return None if foreign is None else NOT_OWN(name=name, value=value, pattern=foreign)
    entries = goproxy.parse(value)
    outside = next((one for one in (*entries.entries, *entries.unreachable) if not _is_within(one, proxies)), None)
    if entries.error or outside is not None:
        return OUTSIDE(value=value, entry=outside.text if outside else entries.error)
    return None


def _is_of_a_team(pattern: str) -> bool:
    """Whether a pattern names one host that a team can have for itself, or an organisation at a shared one."""
    host, owner, _ = _parts(pattern)
    if not _HOST.fullmatch(host) or is_public(host):
        return False
    return host not in SHARED or bool(_OWNER.fullmatch(owner))


def _is_own(pattern: str, own: tuple[str, ...]) -> bool:
    """Whether a module or a remote is at the host of a pattern, at a shared one at its organisation."""
    host, owner, _ = _parts(pattern)
    places = [_parts(path) for path in own]
    return any(host == place[0] and (host not in SHARED or owner == place[1]) for place in places)


def _parts(path: str) -> tuple[str, str, str]:
    """Host, organisation and the rest of a path or pattern."""
    host, _, rest = path.lower().partition("/")
    owner, _, rest = rest.partition("/")
    return host, owner, rest


def _is_within(entry: goproxy.ProxyEntry, proxies: tuple[str, ...]) -> bool:
    if entry.is_keyword:
        return True
    url = entry.url or entry.text  # go does not read what is behind a keyword, until somebody puts that last
    return url.startswith("https://") and url.rstrip("/") in {one.rstrip("/") for one in proxies}
