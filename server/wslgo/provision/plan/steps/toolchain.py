"""The Go toolchain, installed beside others, and the link to the one in use.

A Go that fits stays, wherever it came from. Without a finding only on request: another version that `--go` or
`wslgo.yaml` names, or a newer one that the modules of the workspace ask for in `go.mod`.
"""

from collections.abc import Iterator

from wslgo.goenv.failure import variable_behind
from wslgo.knowledge.version import go_version
from wslgo.machine.host import Go, Host
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, Release, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, InstallToolchain, Step, Switch
from wslgo.provision.plan.judgement import has_finding, scene_of
from wslgo.provision.toolchain.release import Listed, best
from wslgo.text.message import Message, Text

ID = "toolchain"
_TOO_OLD, _ON_WINDOWS = "machine/go-too-old", "machine/go-on-windows-drive"
_BROKEN = ("machine/go-does-not-start", "machine/go-of-another-processor")
_OF_32_BITS = "machine/go-of-32-bits"
_FAILS = "machine/go-fails"
RESOLVES = ("machine/no-go", *_BROKEN, _OF_32_BITS, _TOO_OLD, _ON_WINDOWS)
# Only some versions do: the tools may fit them, and a variable may break every Go.
_SOMETIMES = (_FAILS, "machine/delve-not-for-go", "machine/gopls-not-for-go", "machine/go-not-for-workspace")
TITLE = Message(en="Install Go {version} in {folder}", zh="将 Go {version} 安装到 {folder}")
TITLE_SWITCH = Message(en="Switch to Go {version}", zh="切换到 Go {version}")

NO_GO = Message(en="Go is not installed; {version} comes from {source}", zh="未安装 Go；{version} 来自 {source}")
OTHER = Message(
    en="Go {found} is in use, but {asked} is requested; {version} comes from {source}",
    zh="正在使用 Go {found}，而要求的是 {asked}；{version} 来自 {source}",
)
PINNED = Message(
    en="Go {found} is in use, but wslgo.lock pins {asked}; {version} comes from {source}",
    zh="正在使用 Go {found}，而 wslgo.lock 固定的是 {asked}；{version} 来自 {source}",
)
ASKED = Message(
    en="Go {found} is in use, but go.mod asks for {asked}; {version} comes from {source}",
    zh="正在使用 Go {found}，而 go.mod 要求 {asked}；{version} 来自 {source}",
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
OF_32_BITS = Message(
    en="{path} is for 32 bits ({found}), and this machine for 64; {version} comes from {source}",
    zh="{path} 是 32 位的（{found}），而本机为 64 位；{version} 来自 {source}",
)
BROKEN = Message(
    en="{path} does not work ({problem}); {version} comes from {source}",
    zh="{path} 无法工作（{problem}）；{version} 来自 {source}",
)
IS_THERE = Message(en="It is already installed in {folder}, but not in use", zh="它已安装在 {folder}，但未使用")


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
        resolves = resolved_by(facts, version)
        yield Step(
            ID, TITLE_SWITCH(version=version), IS_THERE(folder=folder), switch, after=(LOGIN,), resolves=resolves
        )
        return
    install = InstallToolchain(release.version, release.url, folder, release.digest, release.size, release.pinned)
    reason = _with_source(reason, release)
    title, resolves = TITLE(version=version, folder=folder), resolved_by(facts, version)
    yield Step(ID, title, reason, (install, *switch), after=(LOGIN,), resolves=resolves)


def need(facts: Facts, spec: Spec) -> Text | None:
    """Return why another Go is needed, without what only the release tells; None if the one in use fits."""
    go = go_command(facts)
    if go is None:
        return NO_GO()
    host = facts.host._replace(go=go)
    if _is_broken(host):
        return BROKEN(path=go.path, problem=go.problem)
    if has_finding(_ON_WINDOWS, host):
        return ON_WINDOWS(path=go.path)
    if has_finding(_OF_32_BITS, host):
        return OF_32_BITS(path=go.path, found=go.processor)
    pinned = spec.pins.go if spec.pins.is_trusted else ""
    version, asked = go.version or "", spec.go or pinned or facts.asked  # an unknown version fits everything
    if asked and not _fits(version, asked, is_exact=bool(spec.go or pinned)):
        words = OTHER if spec.go else PINNED if pinned else ASKED
        return words(found=version, asked=asked)
    return TOO_OLD(found=version) if not asked and has_finding(_TOO_OLD, host) else None


def resolved_with(facts: Facts) -> tuple[str, ...]:
    """Return the rules whose findings a new Go ends, if one comes: its tools and PATH take part in that."""
    if facts.release is None:
        return ()
    return RESOLVES if variable_behind(facts.host) is not None else (*RESOLVES, _FAILS)


def go_command(facts: Facts) -> Go | None:
    """Return the go command in use: that of wslgo if there is one, else that of the system."""
    ours = layout.in_use(facts)
    return facts.host.go if ours is None else _ours(facts, ours.removeprefix("go"))


def _ours(facts: Facts, version: str) -> Go:
    folder = layout.switch(facts.user)
    return Go(f"{folder}/bin/go", version, folder)


def _is_broken(host: Host) -> bool:
    """Return whether Go itself is broken: a variable that breaks it would break another Go, too."""
    return any(has_finding(rule, host) for rule in (*_BROKEN, _FAILS)) and variable_behind(host) is None


def resolved_by(facts: Facts, version: str) -> tuple[str, ...]:
    """Return the rules whose findings end with the toolchain of this version."""
    host = facts.host
    problem = host.go.problem if host.go is not None and variable_behind(host) is not None else None
    after = host._replace(go=_ours(facts, version)._replace(problem=problem))
    scene = scene_of(facts)
    return tuple(
        rule
        for rule in (*RESOLVES, *_SOMETIMES)
        if has_finding(rule, host, scene) and not has_finding(rule, after, scene)
    )


def _fits(version: str, asked: str, *, is_exact: bool) -> bool:
    """Return whether a version is what modules ask for, or newer; a requested version has to match."""
    present, minimum = go_version(version), go_version(asked)
    if present is None or minimum is None:
        return True
    return best([Listed(f"go{version}")], asked) is not None if is_exact else present >= minimum


def _with_source(reason: Text, release: Release) -> Text:
    version = release.version.removeprefix("go")
    return Text(reason.message, (*reason.arguments, ("source", release.source.url), ("version", version)))
