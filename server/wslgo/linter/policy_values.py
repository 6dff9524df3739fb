"""The values of a policy compared: module proxies, registries of images, versions of tools, patterns of modules."""

from wslgo.goenv.team_patterns import is_of_a_team
from wslgo.knowledge.version import GoVersion, ModuleVersion, go_version, module_version
from wslgo.syntax.go import goproxy, module_patterns
from wslgo.syntax.go.url import Url
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

DOCKER = "docker.io"
_ALIASES_OF_DOCKER = ("index.docker.io", "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PORT = pattern(r":([0-9]*)\Z")
_REGISTRY = pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9][a-z0-9._-]*)*/?")
_IMAGE = pattern(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]*")
_META = pattern(r"[*?\[\\]")
_UNSURE_PATH = pattern(r"(?:^|/)\.\.?(?:/|$)|%|\\")


class ProxyPlace(NamedTuple):
    """A module proxy: scheme, host with a port that is not the default one, and path."""

    scheme: str
    host: str
    path: str


def proxy_place(text: str) -> ProxyPlace | None:
    """Return where an entry of GOPROXY is; None for `direct`, `off`, and what go rejects."""
    entries = goproxy.parse(text).entries
    target = entries[0].target if len(entries) == 1 else None
    return None if target is None else _place(target)


def is_proxy(text: str) -> bool:
    """Return whether a policy can name an entry of GOPROXY."""
    if text in goproxy.KEYWORDS:
        return True
    entries = goproxy.parse(text, "").entries
    target = entries[0].target if len(entries) == 1 and entries[0].text == text else None
    if target is None or (target.scheme != "file" and not target.host):
        return False
    return target == target._replace(user=None, query=None, fragment="", opaque="")


def allows(allowed: tuple[str, ...], entry: goproxy.ProxyEntry) -> bool:
    """Return whether a policy with these proxies lets go ask an entry. `off` and an invalid entry ask no server.

    An allowed proxy covers what is below its path. User and password do not matter, the host behind them does.
    """
    if entry.text == "off" or entry.error:
        return True
    if entry.text == "direct" or entry.target is None:
        return entry.text in allowed
    asked = _place(entry.target)
    places = filter(None, map(proxy_place, allowed))
    return any(_covers(place, asked, is_plain=_is_plain(entry.target)) for place in places)


def allows_download(allowed: tuple[str, ...], url: str) -> bool:
    """Return whether an address is one of these proxies, or below one."""
    entries = goproxy.parse(url, "").entries
    return len(entries) == 1 and not entries[0].error and entries[0].target is not None and allows(allowed, entries[0])


def within(value: str, lists: tuple[tuple[str, ...], ...]) -> str:
    """Return a GOPROXY with only the entries that each list of proxies allows; `off` if none is left."""
    proxy = goproxy.parse(value)
    if proxy.error or not lists:
        return value
    kept = [entry for entry in proxy.entries if all(allows(allowed, entry) for allowed in lists)]
    if len(kept) == len(proxy.entries):
        return value
    signs = [",|"[entry.next_on == "any-error"] for entry in kept]
    texts = "".join(f"{entry.text}{sign}" for entry, sign in zip(kept, signs, strict=True))
    return texts[:-1] or "off"


def _place(target: Url) -> ProxyPlace:
    host, port = target.host.lower(), _PORT.search(target.host)
    if port is not None:
        is_default = port[1] in ("", _DEFAULT_PORTS.get(target.scheme))
        host = f"{host[: port.start()].rstrip('.')}{'' if is_default else port[0]}"
    return ProxyPlace(target.scheme, host.rstrip("."), target.path.rstrip("/"))


def _is_plain(target: Url) -> bool:
    return target == target._replace(query=None, fragment="", opaque="")


def _covers(place: ProxyPlace, asked: ProxyPlace, *, is_plain: bool) -> bool:
    if place[:2] != asked[:2] or not is_plain:
        return False
    is_below = asked.path.startswith(f"{place.path}/") and not _UNSURE_PATH.search(asked.path)
    return asked.path == place.path or is_below


def is_registry(text: str) -> bool:
    """Return whether a policy can name a registry of images, or a part of one."""
    return bool(_REGISTRY.fullmatch(text))


def image_place(image: str) -> str | None:
    """Return the registry and path of an image, without tag and digest; None for a text that is not an image's name.

    As Docker reads it: `golang` is `docker.io/library/golang`, and the first part is a host if it has a dot or a port.
    """
    if not _IMAGE.fullmatch(image):
        return None
    above, between, last = image.partition("@")[0].rpartition("/")
    name = above + between + last.partition(":")[0]  # without the tag
    first, slash, rest = name.partition("/")
    if not slash or not ("." in first or ":" in first or first == "localhost" or first != first.lower()):
        first, rest = DOCKER, name
    host = registry_host(first)
    rest = f"library/{rest}" if host == DOCKER and "/" not in rest else rest
    return f"{host}/{rest}"


def registry_host(text: str) -> str:
    """Return the host of a registry in one spelling."""
    name, colon, port = text.lower().partition(":")
    name = name.rstrip(".")
    host = name if not port or port == "443" else f"{name}{colon}{port}"
    return DOCKER if host in _ALIASES_OF_DOCKER else host


def allows_image(allowed: tuple[str, ...], place: str) -> bool:
    """Return whether one of the registries, or of their parts, has an image."""
    for text in allowed:
        host, _, path = text.rstrip("/").partition("/")
        known = f"{registry_host(host)}/{path}".rstrip("/")
        if place == known or place.startswith(f"{known}/"):
            return True
    return False


def oldest_go(text: str) -> GoVersion | None:
    """Return the version of Go that a policy names."""
    return go_version(text.removeprefix("go"))


def tool_version(text: str) -> ModuleVersion | None:
    """Return the version of a tool, with or without `v` in front."""
    return module_version(f"v{text.removeprefix('v')}")


def exempts_others(allowed: tuple[str, ...] | None, name: str) -> bool:
    """Return whether a pattern of GOPRIVATE and its like names modules that it must not.

    These are all but the `allowed` ones; without such a list, those at hosts that no team owns.
    """
    text = name.strip().removesuffix("/").lower()
    if module_patterns.fault_of(text) is not None:
        return False  # it matches no module
    if allowed is not None:
        return not any(_covers_pattern(known.strip().removesuffix("/").lower(), text) for known in allowed)
    host, slash, path = text.partition("/")
    labels = host.split(".")
    wild = max((at for at, label in enumerate(labels) if _META.search(label)), default=-1)
    owned = ".".join(labels[wild + 1 :])
    return not is_of_a_team(f"{owned}{slash}{path}")


def _covers_pattern(known: str, text: str) -> bool:
    if text == known or text.startswith(f"{known}/"):
        return True
    return not _META.search(text) and module_patterns.matches(known, text)
