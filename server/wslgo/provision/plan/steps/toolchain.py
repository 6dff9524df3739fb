"""The Go toolchain, beside those that are there, and the link that says which is used.

A Go that fits stays, wherever it came from: nobody is moved to a newer one without asking for it.
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
TITLE = Message(en="Install Go {version} in {folder}", zh="将 Go {version} 安装到 {folder}")
TITLE_SWITCH = Message(en="Switch to Go {version}", zh="切换到 Go {version}")

NO_GO = Message(en="There is no Go here; this one is from {source}", zh="此处没有 Go；将从 {source} 获取")
OTHER = Message(
    en="Go {found} is in use and {asked} is asked for; {version} comes from {source}",
    zh="正在使用 Go {found}，而要求的是 {asked}；{version} 来自 {source}",
)
TOO_OLD = Message(
    en="Go {found} cannot fetch the toolchain that a module asks for, as Go does since 1.21; this one is from {source}",
    zh="Go {found} 无法获取模块要求的工具链（自 Go 1.21 起支持）；新版本来自 {source}",
)
ON_WINDOWS = Message(
    en="{path} lies on a drive of Windows, where every build is slow; this one is from {source}",
    zh="{path} 位于 Windows 驱动器上，每次构建都很慢；新版本来自 {source}",
)
IS_THERE = Message(en="It is installed in {folder}, but not in use", zh="它已安装在 {folder}，但未被使用")

# The first release that switches toolchains by itself.
_SWITCHES = GoVersion(1, 21)


def reads(user: User, _host: Host) -> tuple[str, ...]:
    return (layout.switch(user), layout.version_file(user), layout.sdk(user))


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    why = need(facts, spec)
    if why is None or facts.release is None:
        return
    release, user = facts.release, facts.user
    folder, link = layout.toolchain(user, release.version), layout.switch(user)
    target, now = release.version, facts.links.get(link)
    is_there = release.version in (facts.folders.get(layout.sdk(user)) or ())
    if is_there and now == target:
        return
    switch = () if now == target else (Switch(link, now, target),)
    version = release.version.removeprefix("go")
    if is_there:
        yield Step(ID, TITLE_SWITCH(version=version), IS_THERE(folder=folder), switch, after=(LOGIN,))
        return
    install = InstallToolchain(release.version, release.url, folder, release.digest, release.size)
    reason = _with_source(why, release)
    yield Step(ID, TITLE(version=version, folder=folder), reason, (install, *switch), after=(LOGIN,))


def need(facts: Facts, spec: Spec) -> Text | None:
    """Why another Go is needed, None where the one in use fits; what only the release tells is left out."""
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
    """The version in use; one that nobody can tell is taken for one that fits."""
    ours = layout.in_use(facts)
    if ours is not None:
        return ours.removeprefix("go")
    return (facts.host.go.version or "") if facts.host.go else None


def _fits(version: str, asked: str, *, is_exact: bool) -> bool:
    """What modules ask for is a minimum; what somebody names is meant."""
    there, wanted = go_version(version), go_version(asked)
    if there is None or wanted is None:
        return True
    return best([Listed(f"go{version}")], asked) is not None if is_exact else there >= wanted


def _with_source(why: Text, release: Release) -> Text:
    version = release.version.removeprefix("go")
    return Text(why.message, (*why.arguments, ("source", release.source.url), ("version", version)))
