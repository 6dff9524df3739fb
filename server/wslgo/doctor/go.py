"""Go: the release, the source of modules, and the folders of its caches."""

from collections.abc import Iterator

from wslgo.doctor.fact import Area, Fact, plain, unknown
from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT
from wslgo.goenv.repositories import variable_for_repositories
from wslgo.goenv.target import own_target
from wslgo.knowledge.packages import GIT
from wslgo.linter.value_cure import cause_of
from wslgo.machine.host import Host, Variable
from wslgo.text.message import Message, Text

TITLE = Message(en="Go", zh="Go")
GO = Message(en="Go", zh="Go")
COMPILER = Message(en="C compiler", zh="C 编译器")
GIT_NAME = Message(en="git", zh="git")
INSTALLED = Message(en="installed", zh="已安装")
PROGRAMS = Message(en="Go programs", zh="Go 程序")
IN_FOLDER = Message(en="{number} in {folder}", zh="{folder} 中有 {number} 个")
ENV_FILE = Message(en="go env -w writes to", zh="go env -w 写入")

TARGET = Message(en="Builds for", zh="构建目标")

IN = Message(en="{version} in {folder}", zh="{version}，位于 {folder}")
NOT_FOUND = Message(en="not in PATH", zh="PATH 中没有")
FAILS = Message(en="{path} fails", zh="{path} 失败")
NO_COMPILER = Message(en="none", zh="没有")
FROM = Message(en="{value} ({origin})", zh="{value}（{origin}）")
BY_ENVIRONMENT = Message(en="from the environment", zh="来自环境变量")
IN_GOPATH = Message(en="{value} (in GOPATH)", zh="{value}（位于 GOPATH 中）")
BY_DEFAULT = Message(en="by default", zh="默认")
EMPTY = Message(en="empty", zh="为空")
SWITCHED_OFF = Message(en="nothing: GOENV=off disables the file", zh="不写入：GOENV=off 禁用了该文件")

# The variables that are always shown; others only with a finding.
SHOWN = ("GOPROXY", "GOSUMDB", "GOCACHE", "GOMODCACHE")


def area(host: Host) -> Area:
    return Area("go", TITLE, tuple(_facts(host)))


def _facts(host: Host) -> Iterator[Fact]:
    yield _go(host)
    yield _compiler(host)
    yield from _git(host)
    target = own_target(host)
    if target:
        yield Fact("go.target", TARGET(), plain(", ".join(f"{name}={value}" for name, value, _ in target)))
    if host.go is not None:
        for name in SHOWN:
            yield variable_fact(host, name)
        goroot = host.variable("GOROOT")
        if goroot is not None and goroot.origin != DEFAULT:
            yield variable_fact(host, "GOROOT")
        value = plain(host.goenv_path) if host.goenv_path else SWITCHED_OFF()
        yield Fact("go.goenv", ENV_FILE(), value)
    known = host.go_programs
    if known is not None and known.number:
        yield Fact("go.programs", PROGRAMS(), IN_FOLDER(number=known.number, folder=known.folder))


def _go(host: Host) -> Fact:
    go = host.go
    if go is None:
        return unknown("go.go", GO()) if host.search_path is None else Fact("go.go", GO(), NOT_FOUND())
    if go.problem:
        return Fact("go.go", GO(), FAILS(path=go.path))
    if go.version is None:
        return unknown("go.go", GO(), plain(go.path))
    return Fact("go.go", GO(), IN(version=go.version, folder=go.folder or go.path))


def _compiler(host: Host) -> Fact:
    found = host.compiler
    if found is not None:
        return Fact("go.compiler", COMPILER(), plain(f"{_program(found.path)} {found.version or ''}".rstrip()))
    if host.search_path is None:
        return unknown("go.compiler", COMPILER())
    return Fact("go.compiler", COMPILER(), NO_COMPILER())


def _git(host: Host) -> Iterator[Fact]:
    """Yield whether git is there, if go needs it or it is."""
    if GIT in (host.programs or ()):
        yield Fact("go.git", GIT_NAME(), INSTALLED())
    elif variable_for_repositories(host) is not None:
        yield unknown("go.git", GIT_NAME()) if host.programs is None else Fact("go.git", GIT_NAME(), NO_COMPILER())


def variable_fact(host: Host, name: str) -> Fact:
    """Return the value of a Go variable and its origin; empty if go has none."""
    fact, label = f"go.{name.lower()}", plain(name)
    variable = host.variable(name)
    if variable is not None and variable.value:
        is_derived = cause_of(host, variable) is not variable
        return Fact(fact, label, IN_GOPATH(value=variable.value) if is_derived else _from(variable))
    # Without an answer of `go env` only those are known that are set.
    has_answer = any(known.origin == DEFAULT for known in host.go_variables or ())
    return Fact(fact, label, EMPTY()) if has_answer else unknown(fact, label)


def _from(variable: Variable) -> Text:
    words = {ENVIRONMENT: BY_ENVIRONMENT, DEFAULT: BY_DEFAULT}
    return FROM(value=variable.value, origin=words.get(variable.origin, variable.origin))


def _program(path: str) -> str:
    return path.rpartition("/")[2]
