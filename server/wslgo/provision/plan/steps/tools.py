"""gopls, Delve and staticcheck: the newest versions that the Go in use can build and that work with it.

A tool that works stays as it is, and so does one outside the folder of `go install`. Each is a step of its own, so one
that fails to build does not stop the others.
"""

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from wslgo.goenv.assignment import ENVIRONMENT
from wslgo.knowledge.go_releases import INSTALLS_VERSIONS_SINCE
from wslgo.knowledge.go_tools import DELVE, GOPLS, STATICCHECK, TOOLS, GoTool, Misfit, misfit, supports, understands
from wslgo.knowledge.version import GoVersion, go_version, module_version, toolchain_version
from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.allowed_goproxy import allowed_goproxy
from wslgo.provision.model.facts import BuildInfo, Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import GoInstall, InstallToolchain, Step
from wslgo.provision.plan.steps import go_variables, toolchain
from wslgo.syntax.go import env_file, goproxy
from wslgo.syntax.lock_file import PinnedTool
from wslgo.text.message import Message, Text
from wslgo.text.source import Source

ID = "tools"
RESOLVES = ("machine/no-gopls", "machine/no-delve", "machine/gopls-not-for-go", "machine/delve-not-for-go")
TITLE = Message(en="Build {name} {version} in {folder}", zh="在 {folder} 中构建 {name} {version}")

NO_GOPLS = Message(
    en="gopls is missing: editors have no Go support. {version} is the newest for Go {go}",
    zh="缺少 gopls：编辑器没有 Go 支持。{version} 是适用于 Go {go} 的最新版本",
)
NO_DELVE = Message(
    en="Delve is missing: Go programs cannot be debugged. {version} is the newest for Go {go}",
    zh="缺少 Delve：无法调试 Go 程序。{version} 是适用于 Go {go} 的最新版本",
)
NO_STATICCHECK = Message(
    en="staticcheck is requested, but missing. {version} is the newest for Go {go}",
    zh="缺少所要求的 staticcheck。{version} 是适用于 Go {go} 的最新版本",
)
NOT_FOR_GO = Message(
    en="{name} {found} does not support Go {go}; {version} is the newest that does",
    zh="{name} {found} 不支持 Go {go}；{version} 是支持它的最新版本",
)
BUILT_BEFORE = Message(
    en="{name} {found} was built with Go {by} and does not work with Go {go}",
    zh="{name} {found} 由 Go {by} 构建，无法与 Go {go} 配合使用",
)
OLDER = Message(
    en="{name} {found} is installed; {version} is the newest for Go {go}",
    zh="已安装 {name} {found}；{version} 是适用于 Go {go} 的最新版本",
)
PINNED_MISSING = Message(
    en="{name} is missing; wslgo.lock pins {version}", zh="缺少 {name}；wslgo.lock 固定的是 {version}"
)
PINNED_OTHER = Message(
    en="{name} {found} is installed, but wslgo.lock pins {version}",
    zh="已安装 {name} {found}，而 wslgo.lock 固定的是 {version}",
)
UNKNOWN_VERSION = Message(
    en="GOPROXY has no proxy that knows which {name} fits Go {go}; to use its repository, run "
    "go install {package}@latest",
    zh="GOPROXY 中没有代理知道哪个 {name} 适用于 Go {go}；可运行 go install {package}@latest 使用其仓库",
)

NO_VERSION = Message(
    en="GOPROXY has no proxy that knows which {name} fits Go {go}, and forbids to ask the repository of {package}",
    zh="GOPROXY 中没有代理知道哪个 {name} 适用于 Go {go}，也不允许访问 {package} 的仓库",
)

NO_GO = Message(
    en="{names} cannot be built: no Go that can do it is in use; run wslgo provision --only toolchain,tools",
    zh="无法构建 {names}：没有可用于构建的 Go；请运行 wslgo provision --only toolchain,tools",
)
NO_BUILDER = Message(
    en="{name} {version} cannot be built: this machine has no Go for {go}, and programs of a tree do not run. Install "
    "Go {go} here, or pass --source",
    zh="无法构建 {name} {version}：不会运行目录树中的程序，而本机没有可为 Go {go} 构建的 Go。"
    "请在本机安装 Go {go}，或用 --source 指定提供它的来源",
)

_RESOLVED = {
    GOPLS: ("machine/no-gopls", "machine/gopls-not-for-go"),
    DELVE: ("machine/no-delve", "machine/delve-not-for-go"),
}
_MISSING = {GOPLS: NO_GOPLS, DELVE: NO_DELVE, STATICCHECK: NO_STATICCHECK}
# The probe does not look for staticcheck; here it may be that of the distribution or of a company.
_SYSTEM = ("/usr/local/bin/staticcheck", "/usr/bin/staticcheck")


class Go(NamedTuple):
    """The Go that will be in use, and its command."""

    version: GoVersion
    command: str
    text: str


def reads(user: User, host: Host) -> tuple[str, ...]:
    return (layout.switch(user), layout.version_file(user), layout.programs(Facts(host, user)), *_SYSTEM)


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    go, missing = go_in_use(facts, spec), asks(facts, spec)
    if go is None and spec.names(ID):
        yield from _without_go(facts, spec)
    proxy = effective_goproxy(facts, spec) if missing else ""
    for tool in missing:
        version = facts.newest_tools.get(tool.package)
        if go is None or version is None:
            continue
        there = _installed(tool, facts)
        reason = _reason(tool, there, go, version) if version else None
        pin = spec.pins.tool(tool.package)
        pinned = pin if pin is not None and pin.version == version else None
        if pinned is not None and (reason is not None or _is_other(there, pinned, spec)):
            reason = _reason_of_pin(tool, there, pinned)
        by = builder(tool, go, facts, spec)
        if reason is not None and by is not None:
            yield _step(tool, version, reason, go, facts, proxy, by, "" if pinned is None else pinned.sum)
        elif reason is not None:
            yield NO_BUILDER(name=tool.name, version=version, go=go.text)
        elif not version and spec.names(ID):
            words = UNKNOWN_VERSION if _reaches_repositories(proxy) else NO_VERSION
            yield words(name=tool.name, go=go.text, package=tool.package)


def _without_go(facts: Facts, spec: Spec) -> Iterator[Text]:
    """Yield why missing tools are not built, unless the toolchain is requested, too: then its problem is shown.

    A Go of an unknown version may be able to build them.
    """
    there = facts.host.go
    if there is not None and go_version(there.version or "") is None:
        return
    names = tuple(tool.name for tool in (GOPLS, DELVE) if _is_missing(tool, facts))
    if names and not spec.names(toolchain.ID):
        yield NO_GO(names=names)


def _reaches_repositories(proxy: str) -> bool:
    """Return whether go asks a repository itself where no proxy has an answer."""
    steps = goproxy.parse(proxy).steps
    return bool(steps) and steps[-1].text == "direct"


def asks(facts: Facts, spec: Spec) -> tuple[GoTool, ...]:
    """Return the tools that are missing or do not work with the Go in use; if the step is requested, all of them."""
    go = go_in_use(facts, spec)
    return tuple(tool for tool in TOOLS if go is not None and _is_needed(tool, go, facts, spec))


def go_in_use(facts: Facts, spec: Spec) -> Go | None:
    """Return the Go that will be in use: the one that the plan switches to, else that of wslgo, else the system's."""
    release = facts.release if toolchain.need(facts, spec) is not None else None
    ours = release.version if release is not None else layout.in_use(facts)
    if ours is not None:
        return _go(ours, f"{layout.switch(facts.user)}/bin/go")
    system = facts.host.go
    return _go(f"go{system.version}", system.path) if system is not None else None


class Builder(NamedTuple):
    """The Go that builds a tool: the go command in use, or for a tree one outside of it, as in `GoInstall`."""

    path: str = ""
    toolchain: InstallToolchain | None = None


def builder(tool: GoTool, go: Go, facts: Facts, spec: Spec) -> Builder | None:
    """Return what can build a tool for the Go in use; None if nothing outside of a tree can."""
    if not facts.is_tree:
        return Builder()
    planned = (
        action
        for step in toolchain.steps(facts, spec)
        for action in step.actions
        if isinstance(action, InstallToolchain)
    )
    fetched = next(planned, None)
    if fetched is not None:
        return Builder(toolchain=fetched)
    own = facts.builder
    version = go_version(own.version or "") if own is not None else None
    if own is not None and version is not None and understands(tool, version, go.version):
        return Builder(own.path)
    if facts.archive is None:
        return None
    release = facts.archive
    return Builder(toolchain=InstallToolchain(release.version, release.url, "", release.digest, release.size))


def effective_goproxy(facts: Facts, spec: Spec) -> str:
    """Return the GOPROXY to ask for tools: `--source` first, then the value that `go-variables` leaves."""
    own = allowed_goproxy(_fixed_goproxy(facts, spec) or _own(facts), spec.policy)
    if spec.sources and own == "off":
        return "|".join(spec.sources)
    return "|".join((*spec.sources, own))


# The tools that are there


def _go(name: str, command: str) -> Go | None:
    version = toolchain_version(name)
    is_able = version is not None and version >= INSTALLS_VERSIONS_SINCE
    return Go(version, command, name.removeprefix("go")) if version is not None and is_able else None


def _is_needed(tool: GoTool, go: Go, facts: Facts, spec: Spec) -> bool:
    there, pin = _installed(tool, facts), spec.pins.tool(tool.package)
    if pin is not None and spec.pins.is_trusted and (there is not None or layout.programs(facts) in facts.folders):
        return _is_other(there, pin, spec)
    if there is not None and there.package == tool.package:
        is_requested = spec.names(ID) and tool.program in facts.tools
        return is_requested or _complaint(tool, there, go, there.version) is not None
    return _is_missing(tool, facts) and (tool is not STATICCHECK or spec.names(ID))


def _installed(tool: GoTool, facts: Facts) -> BuildInfo | None:
    """Return a tool in the folder of `go install`, else the one that the editor finds; a new one goes before it."""
    own = facts.tools.get(tool.program)
    found = {GOPLS: facts.host.gopls, DELVE: facts.host.delve}.get(tool)
    if own is not None or found is None or found.version is None:
        return own
    return BuildInfo(tool.package, f"v{found.version}", found.built_by or "")


def _is_missing(tool: GoTool, facts: Facts) -> bool:
    """Return whether a tool is nowhere; False if that is unknown."""
    folder = layout.programs(facts)
    if folder not in facts.folders or tool.program in (facts.folders[folder] or ()):
        return False
    if tool is STATICCHECK:
        return all(facts.knows(path) and facts.files[path] is None for path in _SYSTEM)
    return (facts.host.gopls if tool is GOPLS else facts.host.delve) is None


def pinned_version(tool: GoTool, go: Go, spec: Spec) -> str | None:
    """Return the version that a lock pins; None if it pins none, or one that is known not to support the Go in use."""
    pin = spec.pins.tool(tool.package)
    version = None if pin is None else module_version(pin.version)
    if pin is None or version is None or (supports(tool, version, go.version) is False and not spec.pins.is_trusted):
        return None
    return pin.version


def _is_other(there: BuildInfo | None, pin: PinnedTool, spec: Spec) -> bool:
    """Return whether a trusted lock replaces a tool; one whose hash is not known is only compared by its version."""
    if not spec.pins.is_trusted:
        return False
    same = there is not None and (there.package, there.version) == (pin.package, pin.version)
    return not same or (there is not None and there.sum not in ("", pin.sum))


def _reason_of_pin(tool: GoTool, there: BuildInfo | None, pin: PinnedTool) -> Text:
    if there is None:
        return PINNED_MISSING(name=tool.name, version=pin.version)
    return PINNED_OTHER(name=tool.name, found=there.version, version=pin.version)


def _reason(tool: GoTool, there: BuildInfo | None, go: Go, version: str) -> Text | None:
    """Return why a version is built; None if the installed one is as good."""
    if there is None:
        return _MISSING[tool](version=version, go=go.text)
    complaint = _complaint(tool, there, go, version)
    if complaint is not None or not _is_older(there.version, version):
        return complaint
    return OLDER(name=tool.name, found=there.version, version=version, go=go.text)


def _complaint(tool: GoTool, there: BuildInfo, go: Go, version: str) -> Text | None:
    """Return why a tool does not work with a Go.

    One that is newer than the version to build is replaced only if it does not support that Go.
    """
    reason = misfit(tool, there.version, there.go, go.version)
    if reason is Misfit.UNSUPPORTED:
        return NOT_FOR_GO(name=tool.name, found=there.version, version=version, go=go.text)
    if reason is None or _is_older(version, there.version):
        return None
    return BUILT_BEFORE(name=tool.name, found=there.version, by=there.go, go=go.text)


def _is_older(version: str, other: str) -> bool:
    first, second = module_version(version), module_version(other)
    return first is not None and second is not None and first < second


# The step


def _step(tool: GoTool, version: str, reason: Text, go: Go, facts: Facts, proxy: str, by: Builder, pinned: str) -> Step:
    folder = layout.programs(facts)
    resolves = (*_RESOLVED.get(tool, ()), *toolchain.resolved_with(facts))
    action = GoInstall(tool.package, version, go.command, folder, "" if proxy == _own(facts) else proxy, *by, pinned)
    return Step(ID, TITLE(name=tool.name, version=version, folder=folder), reason, (action,), resolves=resolves)


def _own(facts: Facts) -> str:
    return facts.host.go_values().get("GOPROXY") or goproxy.DEFAULT


def _fixed_goproxy(facts: Facts, spec: Spec) -> str | None:
    """Return the GOPROXY that the go env file will have; None if it has none, or if another one is exported."""
    known = facts.host.variable("GOPROXY")
    if known is not None and known.origin == ENVIRONMENT:
        return None
    planned = go_variables.steps(facts, spec) if not spec.only or spec.names(go_variables.ID) else ()
    after = reduce(Facts.after, (item for item in planned if isinstance(item, Step)), facts)
    line = env_file.parse(Source(after.text(facts.host.goenv_path or "") or "")).find("GOPROXY")
    return line.value if line else None
