"""A machine without what is nobody's business: user names, internal hosts, secrets; so that it can be sent around.

Each name is replaced by the same stand-in wherever it stands, so that paths and patterns still fit each other. What is
public stays (module proxies that everybody knows, addresses of WSL itself), since findings depend on it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wslgo.host import Host, Variable
from wslgo.hostjson import from_json, to_json
from wslgo.message import redact

USER = "user"
SECRET = "REDACTED"  # noqa: S105 - the opposite of one
BOOT = "00000000-0000-4000-8000-000000000000"
DOMAIN = "example"  # reserved by RFC 2606; addresses become those of RFC 5737 and RFC 3849

# Names that say nothing about anybody.
COMMON = frozenset(
    {"root", USER, "ubuntu", "debian", "vscode", "admin", "administrator", "public", "default", "all users"}
)

# Hosts that every module or toolchain may come from; as of 2026-08.
PUBLIC_HOSTS = frozenset(
    {
        *("proxy.golang.org", "sum.golang.org", "index.golang.org", "golang.org", "go.dev", "pkg.go.dev"),
        *("goproxy.cn", "goproxy.io", "proxy.golang.com.cn", "mirrors.aliyun.com", "repo.huaweicloud.com"),
        *("mirrors.cloud.tencent.com", "goproxy.bj.bcebos.com", "sum.golang.google.cn", "golang.google.cn"),
        *(
            "github.com",
            "gitlab.com",
            "gitee.com",
            "bitbucket.org",
            "gopkg.in",
            "host.docker.internal",
            "localhost",
            "wsl.localhost",
        ),
    }
)
_PUBLIC_DISTRIBUTION = re.compile(
    r"(?:ubuntu|debian|kali|opensuse|suse|sles|fedora|almalinux|oracle|arch|alpine|nixos|docker-desktop|podman|rancher)"
    r"[-.\w]*",
    re.IGNORECASE,
)
_PUBLIC_ADDRESS = re.compile(r"127\.|192\.0\.2\.|10\.255\.255\.\d+\Z|0\.0\.0\.0\Z|::1\Z")

# Variables of Go whose values are lists of module paths, most of them internal.
PATTERNS = frozenset({"GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS"})

_HOME = re.compile(r"(?:/home/|/Users/|\\Users\\+)([^/\\:;\n\"']+)")
_DEFAULT_USER = re.compile(r"(?im)^[ \t]*default[ \t]*=[ \t]*\"?([^\s\"#]+)")
_URL_HOST = re.compile(r"://(?:[^/@\s]*@)?([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])")
_SHARE_HOST = re.compile(r"(?<![\w:.\\])(?:\\\\(?:\\\\)?|UNC\\)([A-Za-z0-9.-]+)\\")
_HOST_NAME = re.compile(r"(?im)^[ \t]*hostname[ \t]*=[ \t]*\"?([^\s\"#]+)")
_USERS = (_HOME, _DEFAULT_USER)
_HOSTS = (_URL_HOST, _SHARE_HOST, _HOST_NAME)

_SECRET = re.compile(
    r"((?:token|secret|passw(?:or)?d|passphrase|api_?key|access_?key)[A-Z0-9_-]*[\"']?\s*[=:]\s*)"
    r"(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"',;&]+)",
    re.IGNORECASE,
)


class Redacted(NamedTuple):
    """A machine that may be shown, and how many names were replaced in it."""

    host: Host
    names: int


class StandIns(NamedTuple):
    """What stands in for what: by lower-case name, and where the name is telling enough, wherever it stands."""

    names: dict[str, str]
    anywhere: re.Pattern[str]

    def __call__(self, text: str) -> str:
        text = _SECRET.sub(lambda found: found[1] + SECRET, redact(text))
        for place in (*_USERS, *_HOSTS):
            text = place.sub(self._in_place, text)
        return self.anywhere.sub(lambda found: self.names[found[0].lower()], text)

    def _in_place(self, found: re.Match[str]) -> str:
        start, end = found.start(1) - found.start(), found.end(1) - found.start()
        stand_in = self.names.get(found[1].strip("[]").lower(), found[1])
        return found[0][:start] + stand_in + found[0][end:]


def redacted(host: Host) -> Redacted:
    """The machine with stand-ins for its names."""
    plain = to_json(host)
    texts = list(_texts(plain))
    names = {**_hosts(host, texts), **{name.lower(): USER for name in _users(texts)}}
    if host.running.boot_id:
        names[host.running.boot_id.lower()] = BOOT
    cleaned = from_json(_mapped(plain, _stand_ins(names)))
    return Redacted(_without_distributions(_without_teams(cleaned)), len(names))


def _stand_ins(names: dict[str, str]) -> StandIns:
    """A user called `go` must not rename /usr/local/go: short names are replaced only where a name is expected."""
    telling = sorted((name for name in names if _is_telling(name)), key=len, reverse=True)
    words = "|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in telling)
    return StandIns(names, re.compile(words or r"\Z.", re.IGNORECASE))


def _is_telling(name: str) -> bool:
    return len(name) > 5 or not name.isalnum() or not name.isascii()


def _users(texts: Iterable[str]) -> set[str]:
    """The names of home folders, of Linux and of Windows, and of the default user."""
    found = {match[1].strip() for text in texts for place in _USERS for match in place.finditer(text)}
    return {name for name in found if name and name.lower() not in COMMON}


def _hosts(host: Host, texts: Iterable[str]) -> dict[str, str]:
    """Stand-ins for hosts in URLs, shares and patterns, and for the addresses of name servers."""
    found = {match[1].strip("[]") for text in texts for place in _HOSTS for match in place.finditer(text)}
    found |= {name for variable in host.go_variables or () if variable.name in PATTERNS for name in _listed(variable)}
    found |= {name for proxy in host.network.proxies if proxy.name.upper() == "NO_PROXY" for name in _listed(proxy)}
    found |= set(host.network.name_servers or ())
    internal = sorted(
        {name.lower().strip(".") for name in found if not _is_public(name)}, key=lambda name: (len(name), name)
    )
    stand_ins: dict[str, str] = {}
    for number, name in enumerate(internal, 1):
        stand_ins[name] = _stand_in(name, number, stand_ins)
    return stand_ins


def _stand_in(name: str, number: int, others: dict[str, str]) -> str:
    """An address stays an address, and a host stays below its domain, so that patterns match as before."""
    if re.fullmatch(r"[0-9.]+", name):
        return f"192.0.2.{number % 256}"
    if ":" in name:
        return f"2001:db8::{number}"
    above = max((other for other in others if name.endswith(f".{other}")), key=len, default="")
    return f"host-{number}.{others.get(above, DOMAIN)}"


def _is_public(name: str) -> bool:
    bare = name.lower().strip(".")
    is_reserved = bare.endswith(f".{DOMAIN}") or bool(_PUBLIC_ADDRESS.match(bare))
    return not bare or bare in PUBLIC_HOSTS or is_reserved


def _listed(variable: Variable) -> Iterator[str]:
    """The hosts of `*.corp.test,git.corp.test/team/*,.corp.test,10.0.0.0/8`."""
    for part in re.split(r"[,|]", variable.value):
        host = part.strip().partition("/")[0].lstrip("*.").partition(":")[0]
        if "." in host:
            yield host


def _without_teams(host: Host) -> Host:
    """Behind the host of a pattern stands a team or a product."""
    if host.go_variables is None:
        return host
    cleaned = (
        variable._replace(value=re.sub(r"(\.example)/[^,|*:]+", r"\1/path", variable.value))
        if variable.name in PATTERNS
        else variable
        for variable in host.go_variables
    )
    return host._replace(go_variables=tuple(cleaned))


def _without_distributions(host: Host) -> Host:
    """People name their own distributions after projects."""
    own, others = host.wsl.distribution, host.wsl.others_running
    named = dict.fromkeys(name for name in (own or "", *(others or ())) if name)
    private = [name for name in named if not _PUBLIC_DISTRIBUTION.fullmatch(name)]
    stand_ins = {name: f"distribution-{number}" for number, name in enumerate(private, 1)}
    kept = tuple(stand_ins.get(name, name) for name in others) if others is not None else None
    wsl = host.wsl._replace(distribution=stand_ins.get(own, own) if own else own, others_running=kept)
    return host._replace(wsl=wsl)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for member in members:
        yield from _texts(member)


def _mapped(value: object, replace: StandIns) -> object:
    if isinstance(value, str):
        return replace(value)
    if isinstance(value, dict):
        return {name: _mapped(member, replace) for name, member in value.items()}
    return [_mapped(member, replace) for member in value] if isinstance(value, list) else value
