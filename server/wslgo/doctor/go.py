"""Go: which one, where its modules come from, and where its folders lie."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Line, Section, Sign, command, plain
from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT
from wslgo.machine.host import Host, Variable
from wslgo.syntax.go import goproxy, gosumdb
from wslgo.syntax.go.url import mask_reason
from wslgo.text.message import Message, Text

TITLE = Message(en="Go", zh="Go")
GO = Message(en="Go", zh="Go")
COMPILER = Message(en="C compiler", zh="C 编译器")
ENV_FILE = Message(en="go env -w writes to", zh="go env -w 写入")

IN = Message(en="{version} in {folder}", zh="{version}，位于 {folder}")
ON_WINDOWS = Message(
    en="{path} is on a Windows drive: every build asks it thousands of times over 9P",
    zh="{path} 在 Windows 驱动器上：每次构建都要经 9P 访问数千次",
)
NOT_FOUND = Message(en="not found in PATH", zh="PATH 中没有")
FAILS = Message(en="go env fails: {problem}", zh="go env 失败：{problem}")
INSTALL = Message(
    en="type: wslgo provision (by hand: https://go.dev/dl)",
    zh="输入：wslgo provision（手动安装：https://golang.google.cn/dl）",
)
NO_COMPILER = Message(en="none: cgo and go test -race do not work", zh="没有：cgo 和 go test -race 无法使用")
FROM = Message(en="{value} ({origin})", zh="{value}（{origin}）")
BY_ENVIRONMENT = Message(en="from the environment", zh="来自环境变量")
BY_DEFAULT = Message(en="by default", zh="默认")
EMPTY = Message(en="empty, so nothing can be downloaded", zh="为空，因此无法下载任何内容")
NO_DATABASE = Message(
    en="empty, so no module that is new to go.sum can be verified", zh="为空，因此无法验证 go.sum 中没有的模块"
)
REFUSED = Message(
    en="{value} ({origin}): go refuses it and downloads nothing: {words}",
    zh="{value}（{origin}）：go 拒绝它，不下载任何内容：{words}",
)
UNVERIFIED = Message(
    en="{value} ({origin}): go refuses it and verifies no module that is new to go.sum: {words}",
    zh="{value}（{origin}）：go 拒绝它，不验证 go.sum 中没有的模块：{words}",
)
OFF = Message(
    en="{value} ({origin}): only modules that are here or private can be used",
    zh="{value}（{origin}）：只能使用本机已有的模块和私有模块",
)
UNCHECKED = Message(
    en="{value} ({origin}): new modules are not compared with what others got",
    zh="{value}（{origin}）：新模块不与他人所得比对",
)
SWITCHED_OFF = Message(en="nowhere: GOENV switches the file off", zh="不写入：GOENV 关闭了该文件")
EXPORTED = Message(
    en="where {name} is exported, use a folder of Linux (go env -w does not help: the environment wins)",
    zh="在导出 {name} 的位置改用 Linux 文件夹（go env -w 无效：环境变量优先）",
)
EXPORT = Message(en="export {name} with a folder of Linux", zh="导出 {name}，值为 Linux 文件夹")
WRITTEN = Message(en="in {place}, use a folder of Linux for {name}", zh="在 {place} 中将 {name} 改为 Linux 文件夹")
UNEXPORT = Message(
    en="where {name} is exported, remove or correct it (go env does not help: the environment wins)",
    zh="在导出 {name} 的位置删除或改正（go env 无效：环境变量优先）",
)
CORRECT = Message(en="in {place}, correct {name}", zh="在 {place} 中改正 {name}")
DEFAULTS = Message(en="HOME lies on it: use a home folder of Linux", zh="HOME 位于其上：请使用 Linux 主目录")

# What a build reads and writes all the time, and where it is by default below the home folder.
CACHES = {"GOCACHE": ".cache/go-build", "GOMODCACHE": "go/pkg/mod"}

# What `$GOROOT/go.env` says.
VALUES = {"GOPROXY": goproxy.DEFAULT, "GOSUMDB": gosumdb.KNOWN[0]}


def section(host: Host) -> Section:
    return Section("go", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[Line]:
    yield _go(host)
    yield _compiler(host)
    if host.go_variables is not None and host.go is not None and not host.go.problem:
        yield _proxy(host)
        yield _checksums(host)
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
        return Line("go.go", Sign.ATTENTION, GO, ON_WINDOWS(path=go.folder), INSTALL())
    return Line("go.go", Sign.OK, GO, IN(version=go.version or "?", folder=go.folder or go.path))


def _compiler(host: Host) -> Line:
    found = host.compiler
    if found is not None:
        return Line("go.compiler", Sign.OK, COMPILER, plain(f"{_program(found.path)} {found.version or ''}".rstrip()))
    if host.search_path is None:
        return Line("go.compiler", Sign.UNKNOWN, COMPILER, UNKNOWN())
    return Line("go.compiler", Sign.ATTENTION, COMPILER, NO_COMPILER(), command("sudo apt install build-essential"))


def _proxy(host: Host) -> Line:
    """A list that go refuses stops every download; `off` in front is a choice."""
    variable = host.variable("GOPROXY")
    if variable is None:
        return Line("go.goproxy", Sign.ATTENTION, _name("GOPROXY"), EMPTY(), _default_again(host, "GOPROXY"))
    proxy = goproxy.parse(variable.value)
    if proxy.error:
        value = _from(variable, REFUSED, words=mask_reason(proxy.error))
        return Line("go.goproxy", Sign.ATTENTION, _name("GOPROXY"), value, _default_again(host, "GOPROXY"))
    is_off = proxy.entries[0].text == "off"
    return Line("go.goproxy", Sign.OK, _name("GOPROXY"), _from(variable, OFF if is_off else FROM))


def _checksums(host: Host) -> Line:
    """The checksum database: a slip in its name is seen only when a module is verified that go.sum does not know."""
    variable = host.variable("GOSUMDB")
    if variable is None:
        return Line("go.gosumdb", Sign.ATTENTION, _name("GOSUMDB"), NO_DATABASE(), _default_again(host, "GOSUMDB"))
    words = gosumdb.refusal(variable.value)
    if words:
        value = _from(variable, UNVERIFIED, words=mask_reason(words))
        return Line("go.gosumdb", Sign.ATTENTION, _name("GOSUMDB"), value, _default_again(host, "GOSUMDB"))
    is_off = variable.value == "off"
    return Line("go.gosumdb", Sign.OK, _name("GOSUMDB"), _from(variable, UNCHECKED if is_off else FROM))


def _default_again(host: Host, name: str) -> Text:
    """How the place that sets a variable lets go of it."""
    variable = host.variable(name)
    origin = variable.origin if variable else host.goenv_path
    if origin is None:
        return command(f"export {name}={VALUES[name]}")
    if origin == ENVIRONMENT:
        return UNEXPORT(name=name)
    return command(f"go env -u {name}") if origin == host.goenv_path else CORRECT(place=origin, name=name)


def _cache(host: Host, variable: Variable, place: str) -> Line:
    name = _name(variable.name)
    if not host.is_on_windows(variable.value):
        return Line(f"go.{variable.name.lower()}", Sign.OK, name, _from(variable))
    value = ON_WINDOWS(path=variable.value)
    return Line(f"go.{variable.name.lower()}", Sign.ATTENTION, name, value, _elsewhere(host, variable, place))


def _elsewhere(host: Host, variable: Variable, place: str) -> Text:
    """How the place that wins is changed; the module cache lies in GOPATH where nobody says otherwise."""
    path = host.variable("GOPATH")
    if variable.name == "GOMODCACHE" and variable.origin == DEFAULT and path is not None and path.origin != DEFAULT:
        return _elsewhere(host, path, "go")
    if variable.origin == ENVIRONMENT:
        return EXPORTED(name=variable.name)
    # What go env writes wins over go.env of the Go release, and over every default.
    if host.goenv_path is None:
        is_file = variable.origin != DEFAULT
        return WRITTEN(place=variable.origin, name=variable.name) if is_file else EXPORT(name=variable.name)
    if host.home and not host.is_on_windows(host.home):
        return command(f"go env -w {variable.name}={host.home}/{place}")
    return DEFAULTS()


def _env_file(host: Host) -> Line:
    if host.goenv_path is None:
        return Line("go.goenv", Sign.OK, ENV_FILE, SWITCHED_OFF())
    return Line("go.goenv", Sign.OK, ENV_FILE, plain(host.goenv_path))


def _from(variable: Variable, message: Message = FROM, **more: object) -> Text:
    words = {ENVIRONMENT: BY_ENVIRONMENT, DEFAULT: BY_DEFAULT}
    return message(value=variable.value, origin=words.get(variable.origin, variable.origin), **more)


def _name(name: str) -> Message:
    return Message(en=name, zh=name)


def _program(path: str) -> str:
    return path.rpartition("/")[2]
