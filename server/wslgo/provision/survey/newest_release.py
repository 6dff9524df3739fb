"""The newest release of a tool that the Go in use can build and that works with it.

The proxies of GOPROXY are asked, in the order of the go command. Repositories (`direct`) would take git and are not
asked. Pre-releases are skipped; retracted versions are not, since these tools have none.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable

from wslgo.knowledge.go_tools import GoTool, supports
from wslgo.knowledge.version import GoVersion, ModuleVersion, canonical, go_version, is_release, module_version
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import Source
from wslgo.provision.net.http import StatusError, Web, get
from wslgo.provision.net.race import answers_of
from wslgo.provision.toolchain.policy import MODULE, Policy
from wslgo.provision.toolchain.source import LATE, in_short
from wslgo.syntax.go import mod_file
from wslgo.text.source import decode

_PATIENCE = 10.0  # seconds for all of it: up to eight small answers from a proxy
Hear = Callable[[Source], None]

_MOST = 20_000  # versions in a list; those of the tools have hundreds


def _ignore(_answer: Source) -> None:
    pass


def newest(
    tools: Iterable[GoTool],
    go: GoVersion,
    policy: Policy,
    web: Web,
    seconds: float = _PATIENCE,
    hear: Hear = _ignore,
) -> dict[str, str]:
    """Return the newest fitting release of each package; "" if no proxy tells. `hear` is called with each answer."""
    asked = tuple(tools)
    quick = web.within(seconds)

    def ask(tool: GoTool) -> str:
        return _first_answer(tool, go, policy, quick, hear)

    answers = answers_of(ask, asked, seconds, lambda _tool, _error: "")
    if policy.walk and not set(asked) <= set(answers):
        hear(Source(policy.walk[0].url, MODULE, problem=LATE))
    return {tool.package: answers.get(tool, "") for tool in asked}


def _first_answer(tool: GoTool, go: GoVersion, policy: Policy, web: Web, hear: Hear) -> str:
    """Return the answer of the first proxy that has the module; after a comma only "not found" leads to the next."""
    for entry in policy.walk:
        try:
            release = _newest_at(f"{entry.url.rstrip('/')}/{tool.module}/@v", tool, go, web)
        except (ProvisionError, ValueError) as error:
            is_missing = isinstance(error, StatusError) and error.is_not_found
            hear(Source(entry.url, MODULE, problem=in_short(error), answers=is_missing))
            if not (is_missing or entry.continues):
                break
        else:
            hear(Source(entry.url, MODULE, seconds=0.0, answers=True))
            if release is not None:
                return release
    return ""


def _newest_at(folder: str, tool: GoTool, go: GoVersion, web: Web) -> str | None:
    """Return the newest fitting release of a proxy; "" if none fits, None if it has no releases.

    Go lines only grow from one release to the next, so a binary search finds it; usually it is the newest of all.
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
    """Return whether a Go can build a module, by the go line of its go.mod; without one every Go can."""
    line = mod_file.parse(decode(module)).go
    asked = go_version(line.version) if line else go
    return asked is not None and asked <= go
