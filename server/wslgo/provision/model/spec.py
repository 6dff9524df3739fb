"""The requested settings, from the command line and from the team's `wslgo.yaml`.

Settings from a repository are untrusted: they cannot weaken checksums, redirect downloads or make the go command run a
program, whatever the user agrees to. The others need the user's consent. A repository cannot set its own limits
(`policy:`).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wslgo.goenv.team_patterns import is_of_a_team, is_own
from wslgo.knowledge.version import go_version
from wslgo.linter.policy import Policy
from wslgo.linter.policy_check import variable_findings
from wslgo.linter.policy_versions import older_go
from wslgo.linter.settings import unknown_keys
from wslgo.linter.titles import OLDER_THAN_POLICY
from wslgo.provision.model.pins import Pins
from wslgo.syntax.go import goproxy
from wslgo.text.message import Message, Text
from wslgo.text.passwords import is_doubtful

NOT_A_MAP = Message(en="'{name}' must map names to values", zh="'{name}' 必须是名称到值的映射")
NO_VERSION = Message(en="{name}: {value} is not a Go version", zh="{name}：{value} 不是 Go 版本")
NO_LIST = Message(en="'{name}' must be a list of strings", zh="'{name}' 必须是字符串列表")
NOT_FROM_TEAM = Message(
    en="{name} from a repository is ignored: it could weaken checksums, redirect downloads or run programs",
    zh="忽略来自仓库的 {name}：它可能削弱校验、改变下载来源或运行程序",
)
TOO_WIDE = Message(
    en="{name}={value} from a repository is ignored: '{pattern}' also covers modules of others",
    zh="忽略来自仓库的 {name}={value}：'{pattern}' 覆盖了不属于该团队的模块",
)
OUTSIDE = Message(
    en="GOPROXY={value} from a repository is ignored: {entry} is not in policy.proxies, or does not use https",
    zh="忽略来自仓库的 GOPROXY={value}：{entry} 不在 policy.proxies 中，或不是 https",
)

NOT_OWN = Message(
    en="{name}={value} from a repository is ignored: neither its modules nor its git remotes match '{pattern}'",
    zh="忽略来自仓库的 {name}={value}：其模块和 git 远程仓库都不在 '{pattern}'",
)
OWN_POLICY = Message(
    en="policy.proxies in {path} restricts and allows nothing: a repository cannot set its own limits. Use {places}",
    zh="{path} 中的 policy.proxies 只起限制作用，不授予权限：仓库不能规定自己的权限。请在 {places} 中允许",
)
FORBIDDEN = Message(en="{name} from a repository is ignored: {problem}", zh="忽略来自仓库的 {name}：{problem}")
HIDDEN = Message(
    en="{name} from a repository is ignored: with its password masked, a host in it would be hidden",
    zh="忽略来自仓库的 {name}：遮盖其中的密码后，其中的某个主机会被隐藏",
)

# The variables that a repository may set, within limits.
_OF_TEAM = ("GOPRIVATE", "GOPROXY")


class Spec(NamedTuple):
    """The requested settings of a provisioning run.

    `go` is a version (`1.27.3`); "" is that of go.mod, else the newest stable one. `sources` are tried before those of
    the machine. `only` are the ids of the requested steps, all if empty. `variables` are lines for the go env file,
    `certificates` files with CA certificates to trust, `pins` those of a `wslgo.lock`.
    `policy` is what a plan must keep to.
    """

    go: str = ""
    sources: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    certificates: tuple[str, ...] = ()
    pins: Pins = Pins()
    policy: Policy | None = None

    def names(self, step: str) -> bool:
        """Return whether a step is requested by name: then it is applied in full, even if nothing is broken."""
        return step in self.only


class Team(NamedTuple):
    """The settings that a repository may request, and the problems of the others."""

    spec: Spec = Spec()
    problems: tuple[Text, ...] = ()


def of_team(
    provision: object, policy: object = None, own: tuple[str, ...] | None = None, bound: Policy | None = None
) -> Team:
    """Return the `provision:` part of a repository's `wslgo.yaml`, within the `policy:` of the user or the machine.

    `own` are the paths of its modules and remotes. If they are unknown, all patterns that a team can own are accepted.
    What the policies that hold here forbid (`bound`) is not taken either.
    """
    if provision is None:
        return Team()
    if not isinstance(provision, Mapping):
        return Team(problems=(NOT_A_MAP(name="provision"),))
    problems = list(unknown_keys("provision", provision))
    go = _allowed_version(_version(provision.get("go"), problems), bound, problems)
    only = _texts(provision.get("steps"), "provision.steps", problems)
    proxies = _texts(policy.get("proxies") if isinstance(policy, Mapping) else None, "policy.proxies", problems)
    variables = tuple(_variables(provision.get("variables"), proxies, own, bound, problems))
    return Team(Spec(go=go, only=only, variables=variables), tuple(problems))


def with_defaults(own: Spec, team: Spec) -> Spec:
    """Return the user's settings, with those of the team as defaults."""
    return own._replace(go=own.go or team.go, only=own.only or team.only, variables=own.variables or team.variables)


def _version(value: object, problems: list[Text]) -> str:
    text = "" if value is None else str(value).removeprefix("go")
    if text and go_version(text) is None:
        problems.append(NO_VERSION(name="provision.go", value=text))
        return ""
    return text


def _allowed_version(go: str, bound: Policy | None, problems: list[Text]) -> str:
    """Return the version of Go, "" if a policy forbids it."""
    broken = older_go(go, bound) if bound is not None else ()
    if not broken:
        return go
    problem = OLDER_THAN_POLICY(name="Go", version=go, oldest=broken[0].values[0])
    problems.append(FORBIDDEN(name="provision.go", problem=problem))
    return ""


def _forbidden(name: str, value: str, bound: Policy | None) -> Text | None:
    """Return why a policy does not allow a variable to have this value."""
    found = next(iter(variable_findings(name, value, bound)), None)
    return None if found is None else FORBIDDEN(name=name, problem=found.finding.message)


def _texts(value: object, name: str, problems: list[Text]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        problems.append(NO_LIST(name=name))
        return ()
    return tuple(value)


def _variables(
    value: object,
    proxies: tuple[str, ...],
    own: tuple[str, ...] | None,
    bound: Policy | None,
    problems: list[Text],
) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        problems.append(NOT_A_MAP(name="provision.variables"))
        return
    for name, setting in value.items():
        text = str(setting)
        problem = _problem(str(name), text, proxies, own) or _forbidden(str(name), text, bound)
        if problem is None:
            yield str(name), text
        else:
            problems.append(problem)


def _problem(name: str, value: str, proxies: tuple[str, ...], own: tuple[str, ...] | None) -> Text | None:
    """Return why a repository may not set a variable to this value."""
    if name not in _OF_TEAM or not value.isprintable():
        return NOT_FROM_TEAM(name=name)
    if is_doubtful(value):
        return HIDDEN(name=name)
    if name == "GOPRIVATE":
        patterns = [pattern.strip() for pattern in value.split(",")]
        wide = next((pattern for pattern in patterns if not is_of_a_team(pattern)), None)
        foreign = next((pattern for pattern in patterns if own is not None and not is_own(pattern, own)), None)
        if wide is not None:
            return TOO_WIDE(name=name, value=value, pattern=wide)
        return None if foreign is None else NOT_OWN(name=name, value=value, pattern=foreign)
    entries = goproxy.parse(value)
    every = (*entries.entries, *entries.unreachable)
    outside = next((entry for entry in every if not _is_within(entry, proxies)), None)
    if entries.error or outside is not None:
        return OUTSIDE(value=value, entry=outside.text if outside else entries.error)
    return None


def _is_within(entry: goproxy.ProxyEntry, proxies: tuple[str, ...]) -> bool:
    if entry.is_keyword:
        return True
    url = entry.url or entry.text  # go ignores entries after a keyword, until another edit moves it to the end
    return url.startswith("https://") and url.rstrip("/") in {proxy.rstrip("/") for proxy in proxies}
