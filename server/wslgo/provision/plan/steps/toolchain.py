"""The Go toolchain, installed beside others, and the link to the one in use.

A Go that fits stays, wherever it came from; a newer one is installed only on request.
"""

from collections.abc import Iterator

from wslgo.knowledge.version import GoVersion, go_version
from wslgo.machine.host import Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, Release, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, InstallToolchain, Step, Switch
from wslgo.provision.toolchain.release import Listed, best
from wslgo.text.message import Message, Text

ID = "toolchain"
RESOLVES = ("machine/no-go", "machine/go-fails", "machine/go-on-windows-drive")
TITLE = Message(en="Install Go {version} in {folder}", zh="将 Go {version} 安装到 {folder}")
TITLE_SWITCH = Message(en="Switch to Go {version}", zh="切换到 Go {version}")

NO_GO = Message(en="Go is not installed; {version} comes from {source}", zh="未安装 Go；{version} 来自 {source}")
OTHER = Message(
    en="Go {found} is in use, but {asked} is requested; {version} comes from {source}",
    zh="正在使用 Go {found}，而要求的是 {asked}；{version} 来自 {source}",
)
TOO_OLD = Message(
    en="Go {found} cannot download the toolchain that a module asks for (Go 1.21 and later can); {version} comes from "
    "{source}",
    zh="Go {found} 无法下载模块要求的工具链（Go 1.21 起支持）；{version} 来自 {source}",
)
ON_WINDOWS = Message(
    en="{path} is on a Windows drive, which makes every build slow; {version} comes from {source}",
    zh="{path} 位于 Windows 驱动器上，每次构建都很慢；{version} 来自 {source}",
)
IS_THERE = Message(en="It is already installed in {folder}, but not in use", zh="它已安装在 {folder}，但未使用")

# The first release that switches toolchains by itself.
_SWITCHES = GoVersion(1, 21)


def reads(user: User, _host: Host) -> tuple[str, ...]:
    return (layout.switch(user), layout.version_file(user), layout.sdk(user))


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    reason = need(facts, spec)
    if reason is None or facts.release is None:
        return
    release, user = facts.release, facts.user
    folder, link = layout.toolchain(user, release.version), layout.switch(user)
    target, now = release.version, facts.links.get(link)
    is_installed = release.version in (facts.folders.get(layout.sdk(user)) or ())
    if is_installed and now == target:
        return
    switch = () if now == target else (Switch(link, now, target),)
    version = release.version.removeprefix("go")
    if is_installed:
        yield Step(ID, TITLE_SWITCH(version=version), IS_THERE(folder=folder), switch, after=(LOGIN,))
        return
    install = InstallToolchain(release.version, release.url, folder, release.digest, release.size)
    reason = _with_source(reason, release)
    yield Step(ID, TITLE(version=version, folder=folder), reason, (install, *switch), after=(LOGIN,))


def need(facts: Facts, spec: Spec) -> Text | None:
    """Return why another Go is needed, without what only the release tells; None if the one in use fits."""
    version = _version(facts)
    if version is None:
        return NO_GO()
    path = facts.host.go.path if facts.host.go and not layout.in_use(facts) else ""
    if path and facts.host.is_on_windows(path):
        return ON_WINDOWS(path=path)
    asked = spec.go or facts.asked
    if asked and not _fits(version, asked, is_exact=bool(spec.go)):
        return OTHER(found=version, asked=asked)
    parsed = go_version(version)
    return TOO_OLD(found=version) if not asked and parsed is not None and parsed < _SWITCHES else None


def _version(facts: Facts) -> str | None:
    """Return the version in use: None without Go, "" if it is unknown, which fits everything."""
    ours = layout.in_use(facts)
    if ours is not None:
        return ours.removeprefix("go")
    return (facts.host.go.version or "") if facts.host.go else None


def _fits(version: str, asked: str, *, is_exact: bool) -> bool:
    """Return whether a version is what modules ask for, or newer; a requested version has to match."""
    present, minimum = go_version(version), go_version(asked)
    if present is None or minimum is None:
        return True
    return best([Listed(f"go{version}")], asked) is not None if is_exact else present >= minimum


def _with_source(reason: Text, release: Release) -> Text:
    version = release.version.removeprefix("go")
    return Text(reason.message, (*reason.arguments, ("source", release.source.url), ("version", version)))
