"""Go: which one, where its modules come from, and where its folders lie."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Line, Section, Sign, command, plain
from wslgo.host import Host, Variable
from wslgo.message import Message, Text

TITLE = Message(en="Go", zh="Go")
GO = Message(en="Go", zh="Go")
COMPILER = Message(en="C compiler", zh="C 编译器")
PROXY = Message(en="GOPROXY", zh="GOPROXY")
ENV_FILE = Message(en="go env -w writes to", zh="go env -w 写入")

IN = Message(en="{version} in {folder}", zh="{version}，位于 {folder}")
ON_WINDOWS = Message(
    en="{path} is on a Windows drive: every build asks it thousands of times over 9P",
    zh="{path} 在 Windows 驱动器上：每次构建都要经 9P 访问数千次",
)
NOT_FOUND = Message(en="not found in PATH", zh="PATH 中没有")
FAILS = Message(en="go env fails: {problem}", zh="go env 失败：{problem}")
INSTALL = Message(
    en="unpack Go from https://go.dev/dl into /usr/local and add /usr/local/go/bin to PATH",
    zh="将 https://golang.google.cn/dl 的 Go 解压到 /usr/local，并把 /usr/local/go/bin 加入 PATH",
)
INSTALL_ON_LINUX = Message(
    en="install Go in this distribution: https://go.dev/dl", zh="在此发行版中安装 Go：https://golang.google.cn/dl"
)
NO_COMPILER = Message(en="none: cgo and go test -race do not work", zh="没有：cgo 和 go test -race 无法使用")
FROM = Message(en="{value} ({origin})", zh="{value}（{origin}）")
BY_ENVIRONMENT = Message(en="from the environment", zh="来自环境变量")
BY_DEFAULT = Message(en="by default", zh="默认")
EMPTY = Message(en="empty, so nothing can be downloaded", zh="为空，因此无法下载任何内容")
SWITCHED_OFF = Message(en="nowhere: GOENV switches the file off", zh="不写入：GOENV 关闭了该文件")
CHANGE = Message(en="where {name} is exported, use a folder of Linux", zh="在导出 {name} 的位置改用 Linux 文件夹")
DEFAULTS = Message(en="HOME lies on it: use a home folder of Linux", zh="HOME 位于其上：请使用 Linux 主目录")

# What a build reads and writes all the time, and where it is by default below the home folder.
CACHES = {"GOCACHE": ".cache/go-build", "GOMODCACHE": "go/pkg/mod"}


def section(host: Host) -> Section:
    return Section("go", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[Line]:
    yield _go(host)
    yield _compiler(host)
    if host.go_variables is not None and host.go is not None and not host.go.problem:
        yield _proxy(host.variable("GOPROXY"))
    for name, place in CACHES.items():
        variable = host.variable(name)
        if variable:
            yield _cache(host, variable, place)
    if host.go:
        yield _env_file(host)


def _go(host: Host) -> Line:
    go = host.go
    if go is None:
        is_missing = host.search_path is not None
        sign = Sign.ATTENTION if is_missing else Sign.UNKNOWN
        return Line("go.go", sign, GO, NOT_FOUND() if is_missing else UNKNOWN(), INSTALL() if is_missing else None)
    if go.problem:
        return Line("go.go", Sign.ATTENTION, GO, FAILS(problem=go.problem), command("go env"))
    if go.folder and host.is_on_windows(go.folder):
        return Line("go.go", Sign.ATTENTION, GO, ON_WINDOWS(path=go.folder), INSTALL_ON_LINUX())
    return Line("go.go", Sign.OK, GO, IN(version=go.version or "?", folder=go.folder or go.path))


def _compiler(host: Host) -> Line:
    found = host.compiler
    if found is not None:
        return Line("go.compiler", Sign.OK, COMPILER, plain(f"{_name(found.path)} {found.version or ''}".rstrip()))
    if host.search_path is None:
        return Line("go.compiler", Sign.UNKNOWN, COMPILER, UNKNOWN())
    return Line("go.compiler", Sign.ATTENTION, COMPILER, NO_COMPILER(), command("sudo apt install build-essential"))


def _proxy(variable: Variable | None) -> Line:
    if variable is None:
        return Line("go.goproxy", Sign.ATTENTION, PROXY, EMPTY(), command("go env -u GOPROXY"))
    return Line("go.goproxy", Sign.OK, PROXY, _from(variable))


def _cache(host: Host, variable: Variable, place: str) -> Line:
    name = Message(en=variable.name, zh=variable.name)
    if not host.is_on_windows(variable.value):
        return Line(f"go.{variable.name.lower()}", Sign.OK, name, _from(variable))
    value = ON_WINDOWS(path=variable.value)
    return Line(f"go.{variable.name.lower()}", Sign.ATTENTION, name, value, _elsewhere(host, variable, place))


def _elsewhere(host: Host, variable: Variable, place: str) -> Text:
    """How the place that wins is changed."""
    if variable.origin == "environment":
        return CHANGE(name=variable.name)
    if host.home and not host.is_on_windows(host.home):
        return command(f"go env -w {variable.name}={host.home}/{place}")
    return DEFAULTS()


def _env_file(host: Host) -> Line:
    if host.goenv_path is None:
        return Line("go.goenv", Sign.OK, ENV_FILE, SWITCHED_OFF())
    return Line("go.goenv", Sign.OK, ENV_FILE, plain(host.goenv_path))


def _from(variable: Variable) -> Text:
    words = {"environment": BY_ENVIRONMENT, "default": BY_DEFAULT}
    return FROM(value=variable.value, origin=words.get(variable.origin, variable.origin))


def _name(path: str) -> str:
    return path.rpartition("/")[2]
