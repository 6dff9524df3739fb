"""What is wanted of a machine, from the command line and from the team's `wslgo.yaml`.

A repository may ask for much and is trusted with little: what would weaken checksums, send downloads elsewhere, or have
the go command run a program is refused whatever anybody agrees to. The rest needs a yes of its own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wslgo.message import Message, Text
from wslgo.syntax import goproxy
from wslgo.version import go_version

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

# What a repository may set at all; GOPRIVATE and GOPROXY within limits.
_OF_TEAM = ("GOPRIVATE", "GOPROXY")
# Hosts that belong to nobody's team: GOPRIVATE there needs the path of an organisation, too.
SHARED_HOSTS = frozenset(("github.com", "gitlab.com", "gitee.com", "bitbucket.org", "codeberg.org", "gopkg.in"))
_HOST = re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


class Wish(NamedTuple):
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

    wish: Wish = Wish()
    problems: tuple[Text, ...] = ()


def of_team(provision: object, policy: object = None) -> Team:
    """The `provision:` part of `wslgo.yaml`, within its `policy:`."""
    if provision is None:
        return Team()
    if not isinstance(provision, Mapping):
        return Team(problems=(NOT_A_MAP(name="provision"),))
    problems = [UNKNOWN(name=f"provision.{name}") for name in provision if name not in ("go", "steps", "variables")]
    go = _version(provision.get("go"), problems)
    only = _texts(provision.get("steps"), "provision.steps", problems)
    proxies = _texts(policy.get("proxies") if isinstance(policy, Mapping) else None, "policy.proxies", problems)
    variables = tuple(_variables(provision.get("variables"), proxies, problems))
    return Team(Wish(go=go, only=only, variables=variables), tuple(problems))


def joined(own: Wish, team: Wish) -> Wish:
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


def _variables(value: object, proxies: tuple[str, ...], problems: list[Text]) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        problems.append(NOT_A_MAP(name="provision.variables"))
        return
    for name, said in value.items():
        text = str(said)
        problem = _refusal(str(name), text, proxies)
        if problem is None:
            yield str(name), text
        else:
            problems.append(problem)


def _refusal(name: str, value: str, proxies: tuple[str, ...]) -> Text | None:
    """Why a repository may not set a variable to this."""
    if name not in _OF_TEAM or not value.isprintable():
        return NOT_FROM_TEAM(name=name)
    if name == "GOPRIVATE":
        wide = next((one for one in value.split(",") if not _is_of_a_team(one.strip())), None)
        return None if wide is None else TOO_WIDE(name=name, value=value, pattern=wide)
    entries = goproxy.parse(value)
    outside = next((one for one in entries.entries if not _is_within(one, proxies)), None)
    if entries.error or outside is not None:
        return OUTSIDE(value=value, entry=outside.text if outside else entries.error)
    return None


def _is_of_a_team(pattern: str) -> bool:
    """Whether a pattern names a host of its own, or an organisation at a shared one."""
    host, _, path = pattern.partition("/")
    owner = path.partition("/")[0]
    if not _HOST.fullmatch(host):
        return False
    return host.lower().removeprefix("*.") not in SHARED_HOSTS or bool(re.fullmatch(r"[\w-]+", owner))


def _is_within(entry: goproxy.Entry, proxies: tuple[str, ...]) -> bool:
    if entry.is_keyword:
        return True
    return entry.url.startswith("https://") and entry.url.rstrip("/") in {one.rstrip("/") for one in proxies}
