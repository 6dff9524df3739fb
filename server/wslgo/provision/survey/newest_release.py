"""Which releases of a tool there are, and the newest that the Go in use builds and that works with it.

The proxies of GOPROXY are asked, as the go command asks them. Behind `direct` lie repositories, which take git: there
nobody tells. Pre-releases are left out; what a module has retracted is not, since no release of these tools is.
"""

from bisect import bisect_left
from collections.abc import Iterable

from wslgo.knowledge.go_tools import GoTool, supports
from wslgo.knowledge.version import GoVersion, ModuleVersion, canonical, go_version, is_release, module_version
from wslgo.provision.errors import ProvisionError
from wslgo.provision.net.http import StatusError, Web, get
from wslgo.provision.net.race import answers_of
from wslgo.provision.toolchain.policy import Policy
from wslgo.syntax.go import mod_file
from wslgo.text.source import decode

_PATIENCE = 10.0  # seconds for all of it: up to eight small answers from a proxy
_MOST = 20_000  # versions in a list; those of the tools have hundreds


def newest(
    tools: Iterable[GoTool], go: GoVersion, policy: Policy, web: Web, seconds: float = _PATIENCE
) -> dict[str, str]:
    """By package the newest release that fits, "" where nobody can tell."""
    asked = tuple(tools)
    quick = web.within(seconds)
    answers = answers_of(lambda tool: _walked(tool, go, policy, quick), asked, seconds, lambda _tool, _error: "")
    return {tool.package: answers.get(tool, "") for tool in asked}


def _walked(tool: GoTool, go: GoVersion, policy: Policy, web: Web) -> str:
    """What the first proxy says that has the module; behind a comma only "not found" leads on."""
    for entry in policy.walk:
        try:
            found = _fitting(f"{entry.url.rstrip('/')}/{tool.module}/@v", tool, go, web)
        except (ProvisionError, ValueError) as error:
            is_missing = isinstance(error, StatusError) and error.is_not_found
            if not (is_missing or entry.goes_on):
                break
        else:
            if found is not None:
                return found
    return ""


def _fitting(folder: str, tool: GoTool, go: GoVersion, web: Web) -> str | None:
    """The newest release of a proxy that fits, "" where none does, None where there are none at all.

    Go lines only grow from one release to the next, so a few questions find it; mostly it is the newest of all.
    """
    listed = _releases(get(web, f"{folder}/list").decode("utf-8", "replace"))
    names = [name for version, name in listed if supports(tool, version, go) is not False]

    def asks_too_much(name: str) -> bool:
        return not _builds(go, get(web, f"{folder}/{name}.mod"))

    if names and asks_too_much(names[-1]):
        del names[bisect_left(names, True, hi=len(names) - 1, key=asks_too_much) :]
    return names[-1] if names else "" if listed else None


def _releases(text: str) -> list[tuple[ModuleVersion, str]]:
    """Return the releases of a list, the oldest first. Raises ValueError for an endless list."""
    names = [line.split()[0] for line in text.splitlines() if line.strip()]
    if len(names) > _MOST:
        raise ValueError(f"a list of more than {_MOST} versions")
    versions = ((module_version(name), name) for name in names if canonical(name) == name)
    return sorted((version, name) for version, name in versions if version is not None and is_release(version))


def _builds(go: GoVersion, module: bytes) -> bool:
    """Whether a Go builds a module, by the go line of its go.mod; without one any does."""
    line = mod_file.parse(decode(module)).go
    asked = go_version(line.version) if line else go
    return asked is not None and asked <= go
