"""Packages: a C compiler for cgo, libraries for GUI programs, git, CA certificates.

Only what a build or a download needs. Without a finding only on request: then a compiler, git and pkg-config, which
many modules need. Without apt it is a manual step.
"""

from collections.abc import Iterable, Iterator

from wslgo.goenv.repositories import variable_for_repositories
from wslgo.golang.workspace import Workspace
from wslgo.knowledge.packages import (
    CERTIFICATES,
    COMPILER,
    CXX,
    GIT,
    HEADERS,
    INSTALLERS,
    OF_TOOLCHAIN,
    PKG_CONFIG,
    PROGRAMS,
    TOOLCHAIN,
    Installer,
    alternatives,
    installer_named,
)
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import InstallPackages, Step
from wslgo.provision.plan import package_needs
from wslgo.provision.plan.file_fixes import joint_reason
from wslgo.provision.plan.judgement import has_finding
from wslgo.provision.plan.package_needs import Need
from wslgo.text.message import Message, Text

ID = "packages"
_NO_COMPILER, _NO_HEADERS, _NO_GIT, _NO_ROOTS, _NO_LIBRARIES = (
    *("machine/no-c-compiler", "machine/no-c-headers", "machine/no-git"),
    *("machine/no-ca-certificates", "machine/missing-packages"),
)
RESOLVES = (_NO_COMPILER, _NO_HEADERS, _NO_GIT, _NO_ROOTS, _NO_LIBRARIES)
TITLE = package_needs.TITLE

NO_COMPILER = Message(
    en="This workspace uses cgo, but no C compiler is installed: go skips those files or fails",
    zh="此工作区使用 cgo，但未安装 C 编译器：go 会跳过这些文件或报错",
)
NO_HEADERS = Message(
    en="This workspace uses cgo, but the headers of the C library are not installed",
    zh="此工作区使用 cgo，但未安装 C 库的头文件",
)
NO_TOOLKIT = Message(
    en="Packages to build the GUI programs of this workspace ({toolkits}) are missing",
    zh="缺少构建此工作区图形程序（{toolkits}）所需的软件包",
)
NO_LIBRARY = Message(
    en="{module} builds against the C library {name}, which is not installed",
    zh="{module} 需要 C 库 {name} 才能构建，但它未安装",
)
NO_GIT = Message(
    en="go needs git to download modules ({variable}={value}), but git is not installed",
    zh="go 需要用 git 下载模块（{variable}={value}），但未安装 git",
)
NO_ROOTS = Message(
    en="No CA certificates installed: every HTTPS request fails",
    zh="未安装 CA 证书：所有 HTTPS 请求都会失败",
)
REQUESTED = Message(
    en="cgo and many modules need a C compiler, git and pkg-config",
    zh="cgo 和许多模块需要 C 编译器、git 和 pkg-config",
)
RUN = Message(en="{reason}; run: {command}", zh="{reason}；请运行：{command}")
WEBKIT_TAG = Message(
    en="Wails 2 builds against WebKitGTK 4.1 only with the tag webkit2_41: wails build -tags webkit2_41",
    zh="Wails 2 只有使用 webkit2_41 标签才能基于 WebKitGTK 4.1 构建：wails build -tags webkit2_41",
)

_FOLDERS = ("/usr/bin", "/usr/local/bin", "/bin", "/sbin")
_APT = "apt-get"
_WEBKIT = "libwebkit2gtk-4.1-dev"


def reads(_user: User, host: Host) -> tuple[str, ...]:
    path = host.search_path or ()
    searched = (folder for folder in path if folder.startswith("/") and not host.is_on_windows(folder))
    return tuple(dict.fromkeys((*_FOLDERS, *searched)))


def asks(facts: Facts, spec: Spec) -> tuple[str, ...]:
    """Return the packages that apt has to be asked about."""
    return package_needs.names_of(package_needs.unmet_needs(facts, _needs(facts, spec)))


def steps(facts: Facts, spec: Spec) -> Iterator[Step | Text]:
    if not _has(facts, _APT):
        yield from _manual_step(facts, spec)
        return
    for item in package_needs.steps(facts, ID, package_needs.unmet_needs(facts, _needs(facts, spec))):
        yield _with_rules(_with_tag(item, facts.workspace)) if isinstance(item, Step) else item


def _needs(facts: Facts, spec: Spec) -> Iterator[Need]:
    """Yield the needs, as packages of Debian and Ubuntu."""
    for name, reason in _missing(facts, spec):
        own, *others = alternatives(name)
        yield Need((TOOLCHAIN if name in OF_TOOLCHAIN else own, *others), reason)
    workspace = facts.workspace
    if workspace is None:
        return
    if workspace.uses_cgo and COMPILER in (facts.packages or ()):
        yield Need(alternatives(HEADERS), NO_HEADERS())
    if facts.host.go_values().get("CGO_ENABLED") == "0":
        return
    for name in workspace.libraries:
        yield Need(alternatives(name), _for_windows(workspace))
    for library in workspace.missing_c_libraries(()):
        yield Need(alternatives(library.package), NO_LIBRARY(name=library.name, module=library.module))


def _missing(facts: Facts, spec: Spec) -> Iterator[tuple[str, Text]]:
    """Yield what is missing, by its name in Debian, and why it is needed."""
    workspace, is_named = facts.workspace, spec.names(ID)
    if workspace is not None:
        yield from _missing_for(workspace, facts)
    source = variable_for_repositories(facts.host)
    if source is not None and _lacks(facts, GIT):
        yield GIT, NO_GIT(variable=source.name, value=source.value)
    if has_finding(_NO_ROOTS, facts.host):
        yield CERTIFICATES, NO_ROOTS()
    if is_named:
        yield from ((name, REQUESTED()) for name in (COMPILER, GIT, PKG_CONFIG) if _lacks(facts, name))


def _missing_for(workspace: Workspace, facts: Facts) -> Iterator[tuple[str, Text]]:
    if workspace.uses_cgo and _lacks(facts, COMPILER):
        yield COMPILER, NO_COMPILER()
    wanted = {CXX if name == TOOLCHAIN else name for name in workspace.packages}
    for name in (CXX, PKG_CONFIG):
        if name in wanted and _lacks(facts, name):
            yield name, _for_windows(workspace)
    configured = [library for library in workspace.c_libraries if not library.name.startswith("-")]
    if configured and PKG_CONFIG not in wanted and _lacks(facts, PKG_CONFIG):
        yield PKG_CONFIG, NO_LIBRARY(name=configured[0].name, module=configured[0].module)


def _for_windows(workspace: Workspace) -> Text:
    return NO_TOOLKIT(toolkits=tuple(workspace.toolkits))


# Installed programs


def _has(facts: Facts, program: str) -> bool:
    return any(program in (facts.folders.get(folder) or ()) for folder in reads(facts.user, facts.host))


def _lacks(facts: Facts, name: str) -> bool:
    """Return whether no program of a kind is in any folder; False if the folders are unknown."""
    is_known = name == COMPILER and facts.host.compiler is not None
    return (
        bool(facts.folders.get(_FOLDERS[0]))
        and not is_known
        and not any(_has(facts, program) for program in PROGRAMS[name])
    )


# The results


def _with_rules(step: Step) -> Step:
    """Return the step with the rules whose findings its packages end."""
    names = {name for action in step.actions if isinstance(action, InstallPackages) for name in action.names}
    rules = {
        _NO_COMPILER: {COMPILER, TOOLCHAIN},
        _NO_HEADERS: set(alternatives(HEADERS)),
        _NO_GIT: {GIT},
        _NO_ROOTS: {CERTIFICATES},
        _NO_LIBRARIES: names - {COMPILER, *alternatives(HEADERS), GIT, CERTIFICATES},
    }
    return step._replace(resolves=tuple(rule for rule, packages in rules.items() if packages & names))


def _with_tag(step: Step, workspace: Workspace | None) -> Step:
    names = [name for action in step.actions if isinstance(action, InstallPackages) for name in action.names]
    is_needed = workspace is not None and "Wails" in workspace.toolkits and _WEBKIT in names
    return step._replace(warnings=(WEBKIT_TAG(),)) if is_needed else step


def _manual_step(facts: Facts, spec: Spec) -> Iterator[Text]:
    """Yield the command to run where another program installs packages; if it is known, the findings have it."""
    if installer_named(facts.host.installer) is not None and not spec.names(ID):
        return
    installer = next((installer for installer in INSTALLERS if _has(facts, installer.program)), None)
    missing = dict(_missing(facts, spec))
    if installer is not None and missing:
        yield RUN(reason=joint_reason(missing.values()), command=_command(installer, missing))


def _command(installer: Installer, names: Iterable[str]) -> str:
    return " ".join((installer.words, *dict.fromkeys(installer.names[name] for name in names)))
