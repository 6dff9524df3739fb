"""Go: the release, the source of modules, and the folders of its caches."""

from collections.abc import Iterator

from wslgo.doctor.line import UNKNOWN, Section, Sign, StatusLine, command, plain
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
    en="{path} is on a Windows drive: every build does thousands of file operations over 9P",
    zh="{path} 在 Windows 驱动器上：每次构建都要经 9P 访问数千次文件",
)
NOT_FOUND = Message(en="not in PATH", zh="PATH 中没有")
FAILS = Message(en="go env fails: {problem}", zh="go env 失败：{problem}")
REPAIR = Message(
    en="fix the reported cause, or install Go again: wslgo provision --only toolchain",
    zh="解决上述问题，或重新安装 Go：wslgo provision --only toolchain",
)
INSTALL = Message(
    en="type: wslgo provision (by hand: https://go.dev/dl)",
    zh="输入：wslgo provision（手动安装：https://golang.google.cn/dl）",
)
NO_COMPILER = Message(en="none: cgo and go test -race do not work", zh="没有：cgo 和 go test -race 无法使用")
FROM = Message(en="{value} ({origin})", zh="{value}（{origin}）")
BY_ENVIRONMENT = Message(en="from the environment", zh="来自环境变量")
BY_DEFAULT = Message(en="by default", zh="默认")
EMPTY = Message(en="empty: go cannot download modules", zh="为空：go 无法下载模块")
NO_DATABASE = Message(
    en="empty: go cannot verify modules that are not in go.sum", zh="为空：go 无法验证 go.sum 中没有的模块"
)
REJECTED = Message(
    en="{value} ({origin}) is malformed: go downloads nothing ({words})",
    zh="{value}（{origin}）格式错误：go 不会下载任何内容（{words}）",
)
UNVERIFIED = Message(
    en="{value} ({origin}) is malformed: go rejects modules that are not in go.sum ({words})",
    zh="{value}（{origin}）格式错误：go 会拒绝 go.sum 中没有的模块（{words}）",
)
OFF = Message(
    en="{value} ({origin}): go uses only downloaded and private modules",
    zh="{value}（{origin}）：go 只使用已下载的模块和私有模块",
)
UNCHECKED = Message(
    en="{value} ({origin}): go does not verify new modules",
    zh="{value}（{origin}）：go 不验证新模块",
)
SWITCHED_OFF = Message(en="nothing: GOENV=off disables the file", zh="不写入：GOENV=off 禁用了该文件")
EXPORTED = Message(
    en="use a Linux folder where {name} is exported (the environment overrides go env -w)",
    zh="在导出 {name} 的位置改用 Linux 文件夹（环境变量优先于 go env -w）",
)
EXPORT = Message(en="export {name} with a Linux folder", zh="导出 {name}，值为 Linux 文件夹")
WRITTEN = Message(en="use a Linux folder for {name} in {place}", zh="在 {place} 中将 {name} 改为 Linux 文件夹")
UNEXPORT = Message(
    en="remove or correct {name} where it is exported (the environment overrides go env -w)",
    zh="在导出 {name} 的位置删除或改正它（环境变量优先于 go env -w）",
)
CORRECT = Message(en="correct {name} in {place}", zh="在 {place} 中改正 {name}")
DEFAULTS = Message(
    en="HOME is on that drive: move it to a Linux file system", zh="HOME 也在该驱动器上：请移到 Linux 文件系统"
)

# The folders that a build uses all the time, with their default below the home folder.
CACHES = {"GOCACHE": ".cache/go-build", "GOMODCACHE": "go/pkg/mod"}

# The defaults in `$GOROOT/go.env`.
VALUES = {"GOPROXY": goproxy.DEFAULT, "GOSUMDB": gosumdb.KNOWN[0]}


def section(host: Host) -> Section:
    return Section("go", TITLE, tuple(_lines(host)))


def _lines(host: Host) -> Iterator[StatusLine]:
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


def _go(host: Host) -> StatusLine:
    go = host.go
    if go is None:
        is_missing = host.search_path is not None
        sign = Sign.ATTENTION if is_missing else Sign.UNKNOWN
        return StatusLine(
            "go.go", sign, GO, NOT_FOUND() if is_missing else UNKNOWN(), INSTALL() if is_missing else None
        )
    if go.problem:
        return StatusLine("go.go", Sign.ATTENTION, GO, FAILS(problem=go.problem), _cure(host, go.problem))
    if go.folder and host.is_on_windows(go.folder):
        return StatusLine("go.go", Sign.ATTENTION, GO, ON_WINDOWS(path=go.folder), INSTALL())
    return StatusLine("go.go", Sign.OK, GO, IN(version=go.version or "?", folder=go.folder or go.path))


def _cure(host: Host, problem: str) -> Text:
    """Return the next step after a failure of `go env`; a stale GOROOT is by far the most frequent cause."""
    variable = host.variable("GOROOT")
    if "GOROOT" not in problem or variable is None:
        return REPAIR()
    if variable.origin == ENVIRONMENT:
        return command("unset GOROOT")
    return CORRECT(place=variable.origin, name=variable.name)


def _compiler(host: Host) -> StatusLine:
    found = host.compiler
    if found is not None:
        return StatusLine(
            "go.compiler", Sign.OK, COMPILER, plain(f"{_program(found.path)} {found.version or ''}".rstrip())
        )
    if host.search_path is None:
        return StatusLine("go.compiler", Sign.UNKNOWN, COMPILER, UNKNOWN())
    return StatusLine(
        "go.compiler", Sign.ATTENTION, COMPILER, NO_COMPILER(), command("sudo apt install build-essential")
    )


def _proxy(host: Host) -> StatusLine:
    """Return the line about GOPROXY: a list that go rejects stops every download, `off` in front is a choice."""
    variable = host.variable("GOPROXY")
    if variable is None:
        return StatusLine("go.goproxy", Sign.ATTENTION, _name("GOPROXY"), EMPTY(), _restoration(host, "GOPROXY"))
    proxy = goproxy.parse(variable.value)
    if proxy.error:
        value = _from(variable, REJECTED, words=mask_reason(proxy.error))
        return StatusLine("go.goproxy", Sign.ATTENTION, _name("GOPROXY"), value, _restoration(host, "GOPROXY"))
    is_off = proxy.entries[0].text == "off"
    return StatusLine("go.goproxy", Sign.OK, _name("GOPROXY"), _from(variable, OFF if is_off else FROM))


def _checksums(host: Host) -> StatusLine:
    """Return the line about GOSUMDB: go reports a typo only when it verifies a module that is not in go.sum."""
    variable = host.variable("GOSUMDB")
    if variable is None:
        return StatusLine("go.gosumdb", Sign.ATTENTION, _name("GOSUMDB"), NO_DATABASE(), _restoration(host, "GOSUMDB"))
    words = gosumdb.error_of(variable.value)
    if words:
        value = _from(variable, UNVERIFIED, words=mask_reason(words))
        return StatusLine("go.gosumdb", Sign.ATTENTION, _name("GOSUMDB"), value, _restoration(host, "GOSUMDB"))
    is_off = variable.value == "off"
    return StatusLine("go.gosumdb", Sign.OK, _name("GOSUMDB"), _from(variable, UNCHECKED if is_off else FROM))


def _restoration(host: Host, name: str) -> Text:
    """Return the step that makes a variable have its default again."""
    variable = host.variable(name)
    origin = variable.origin if variable else host.goenv_path
    if origin is None:
        return command(f"export {name}={VALUES[name]}")
    if origin == ENVIRONMENT:
        return UNEXPORT(name=name)
    return command(f"go env -u {name}") if origin == host.goenv_path else CORRECT(place=origin, name=name)


def _cache(host: Host, variable: Variable, place: str) -> StatusLine:
    name = _name(variable.name)
    if not host.is_on_windows(variable.value):
        return StatusLine(f"go.{variable.name.lower()}", Sign.OK, name, _from(variable))
    value = ON_WINDOWS(path=variable.value)
    return StatusLine(f"go.{variable.name.lower()}", Sign.ATTENTION, name, value, _relocation(host, variable, place))


def _relocation(host: Host, variable: Variable, place: str) -> Text:
    """Return the step that moves a cache to Linux; the module cache is in GOPATH unless GOMODCACHE is set."""
    path = host.variable("GOPATH")
    if variable.name == "GOMODCACHE" and variable.origin == DEFAULT and path is not None and path.origin != DEFAULT:
        return _relocation(host, path, "go")
    if variable.origin == ENVIRONMENT:
        return EXPORTED(name=variable.name)
    # The file that go env -w writes overrides go.env of the Go release, and every default.
    if host.goenv_path is None:
        is_file = variable.origin != DEFAULT
        return WRITTEN(place=variable.origin, name=variable.name) if is_file else EXPORT(name=variable.name)
    if host.home and not host.is_on_windows(host.home):
        return command(f"go env -w {variable.name}={host.home}/{place}")
    return DEFAULTS()


def _env_file(host: Host) -> StatusLine:
    if host.goenv_path is None:
        return StatusLine("go.goenv", Sign.OK, ENV_FILE, SWITCHED_OFF())
    return StatusLine("go.goenv", Sign.OK, ENV_FILE, plain(host.goenv_path))


def _from(variable: Variable, message: Message = FROM, **more: object) -> Text:
    words = {ENVIRONMENT: BY_ENVIRONMENT, DEFAULT: BY_DEFAULT}
    return message(value=variable.value, origin=words.get(variable.origin, variable.origin), **more)


def _name(name: str) -> Message:
    return Message(en=name, zh=name)


def _program(path: str) -> str:
    return path.rpartition("/")[2]
