"""Packages of the distribution: a C compiler for cgo, what windows of the workspace are built with, git, authorities.

Unasked only what a build or a download fails without. Where there is no apt a person is told what to type.
"""

from collections.abc import Iterable, Iterator

from wslgo.knowledge import authorities
from wslgo.knowledge.packages import (
    CERTIFICATES,
    COMPILER,
    CXX,
    GIT,
    INSTALLERS,
    INSTEAD,
    OF_TOOLCHAIN,
    PKG_CONFIG,
    PROGRAMS,
    TOOLCHAIN,
    Installer,
)
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User, Workspace
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import InstallPackages, Step
from wslgo.provision.plan import package_needs
from wslgo.provision.plan.file_fixes import together
from wslgo.provision.plan.package_needs import Need
from wslgo.syntax.go import goproxy
from wslgo.text.message import Message, Text

ID = "packages"
TITLE = package_needs.TITLE

NO_COMPILER = Message(
    en="Go files here use cgo, and there is no C compiler: go leaves them out or fails",
    zh="此处的 Go 文件使用 cgo，但没有 C 编译器：go 会忽略它们或报错",
)
NO_HEADERS = Message(
    en="Go files here use cgo, and the compiler has no headers of the C library",
    zh="此处的 Go 文件使用 cgo，但编译器缺少 C 库的头文件",
)
NO_TOOLKIT = Message(
    en="Building the programs here that open windows ({toolkits}) takes packages that are missing",
    zh="构建此处打开窗口的程序（{toolkits}）所需的软件包缺失",
)
NO_GIT = Message(
    en="go fetches modules with git here ({variable}={value}), and there is none",
    zh="此处 go 用 git 获取模块（{variable}={value}），但没有 git",
)
NO_ROOTS = Message(
    en="There are no authorities to trust: go and git refuse every server of https",
    zh="没有可信的证书颁发机构：go 和 git 会拒绝所有 https 服务器",
)
WISHED = Message(
    en="cgo and the modules of others take a C compiler, git and pkg-config",
    zh="cgo 和第三方模块需要 C 编译器、git 和 pkg-config",
)
TYPE = Message(en="{reason}; type: {command}", zh="{reason}；请输入：{command}")
WEBKIT_TAG = Message(
    en="Wails 2 builds with WebKitGTK 4.1 only with the tag webkit2_41: wails build -tags webkit2_41",
    zh="Wails 2 只有使用 webkit2_41 标签才能基于 WebKitGTK 4.1 构建：wails build -tags webkit2_41",
)

_FOLDERS = ("/usr/bin", "/usr/local/bin", "/bin", "/sbin")
_APT = "apt-get"
_WEBKIT = "libwebkit2gtk-4.1-dev"


def reads(_user: User, host: Host) -> tuple[str, ...]:
    searched = (one for one in host.search_path or () if one.startswith("/") and not host.is_on_windows(one))
    return tuple(dict.fromkeys((*_FOLDERS, *searched, *authorities.FILES, *authorities.FOLDERS)))


def asks(facts: Facts, spec: Spec) -> tuple[str, ...]:
    """The packages of which apt has to say whether it has them."""
    return package_needs.names_of(package_needs.lacking(facts, _needs(facts, spec)))


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    if not _has(facts, _APT):
        yield from _to_type(facts, spec)
        return
    for one in package_needs.steps(facts, ID, package_needs.lacking(facts, _needs(facts, spec))):
        yield _with_tag(one, facts.workspace) if isinstance(one, Step) else one


def _needs(facts: Facts, spec: Spec) -> Iterator[Need]:
    """What is needed, as packages of Debian and Ubuntu."""
    for name, reason in _missing(facts, spec):
        yield Need((TOOLCHAIN if name in OF_TOOLCHAIN else name, *INSTEAD.get(name, ())), reason)
    workspace = facts.workspace
    if workspace is None:
        return
    if workspace.uses_cgo and COMPILER in (facts.packages or ()):
        yield Need(("libc6-dev", "libc-dev"), NO_HEADERS())
    for name in workspace.packages:
        if name not in OF_TOOLCHAIN and name != PKG_CONFIG:
            yield Need((name, *INSTEAD.get(name, ())), _for_windows(workspace))


def _missing(facts: Facts, spec: Spec) -> Iterator[tuple[str, Text]]:
    """What every distribution has, by its name in Debian, and why it is needed."""
    workspace, is_named = facts.workspace, spec.names(ID)
    if workspace is not None:
        yield from _missing_for(workspace, facts)
    source = _fetched_with_git(facts)
    if source is not None and _lacks(facts, GIT):
        yield GIT, NO_GIT(variable=source[0], value=source[1])
    if _trusts_nobody(facts) and (workspace is not None or is_named or _is_refused(facts)):
        yield CERTIFICATES, NO_ROOTS()
    if is_named:
        yield from ((name, WISHED()) for name in (COMPILER, GIT, PKG_CONFIG) if _lacks(facts, name))


def _missing_for(workspace: Workspace, facts: Facts) -> Iterator[tuple[str, Text]]:
    if workspace.uses_cgo and _lacks(facts, COMPILER):
        yield COMPILER, NO_COMPILER()
    wanted = {CXX if name == TOOLCHAIN else name for name in workspace.packages}
    for name in (CXX, PKG_CONFIG):
        if name in wanted and _lacks(facts, name):
            yield name, _for_windows(workspace)


def _for_windows(workspace: Workspace) -> Text:
    return NO_TOOLKIT(toolkits=", ".join(workspace.toolkits))


# What is there


def _has(facts: Facts, program: str) -> bool:
    return any(program in (facts.folders.get(folder) or ()) for folder in reads(facts.user, facts.host))


def _lacks(facts: Facts, name: str) -> bool:
    """Whether no program of a kind is in any folder; not where nobody has looked."""
    is_known = name == COMPILER and facts.host.compiler is not None
    return bool(facts.folders.get(_FOLDERS[0])) and not is_known and not any(_has(facts, one) for one in PROGRAMS[name])


def _trusts_nobody(facts: Facts) -> bool:
    is_known = all(facts.knows(file) for file in authorities.FILES)
    has_file = any(map(facts.files.get, authorities.FILES))
    return is_known and not has_file and not any(map(facts.folders.get, authorities.FOLDERS))


def _is_refused(facts: Facts) -> bool:
    """Whether a server could not be asked for want of trust."""
    return any(one.distrust for one in (*facts.sources, *facts.proxies))


def _fetched_with_git(facts: Facts) -> tuple[str, str] | None:
    """The variable that sends go past its proxies for modules; the default does so only as a last resort."""
    values = facts.host.go_values()
    private = next((name for name in ("GONOPROXY", "GOPRIVATE") if values.get(name)), "")
    if facts.workspace is None:
        return None
    if private and values[private] != "none":
        return private, values[private]
    first = next(iter(goproxy.parse(values.get("GOPROXY", "")).entries), None)
    return ("GOPROXY", values["GOPROXY"]) if first is not None and first.text == "direct" else None


# What is said


def _with_tag(step: Step, workspace: Workspace | None) -> Step:
    names = [name for action in step.actions if isinstance(action, InstallPackages) for name in action.names]
    is_needed = workspace is not None and "Wails" in workspace.toolkits and _WEBKIT in names
    return step._replace(warnings=(WEBKIT_TAG(),)) if is_needed else step


def _to_type(facts: Facts, spec: Spec) -> Iterator[Text]:
    """What a person types where another program installs."""
    installer = next((one for one in INSTALLERS if _has(facts, one.program)), None)
    missing = dict(_missing(facts, spec))
    if installer is not None and missing:
        yield TYPE(reason=together(missing.values()), command=_command(installer, missing))


def _command(installer: Installer, names: Iterable[str]) -> str:
    return " ".join((installer.words, *dict.fromkeys(installer.names[name] for name in names)))
