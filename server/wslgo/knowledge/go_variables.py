"""The Go variables for hover and completion (go 1.27.3: `go help environment`, cmd/go run; 2026-11)."""

from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class Value(NamedTuple):
    """A proposed value."""

    text: str
    about: Message


class GoVariable(NamedTuple):
    """A variable: `default` is a message if it depends on the machine; `is_open` if other values exist, too."""

    name: str
    about: Message
    default: str | Message = ""
    values: tuple[Value, ...] = ()
    is_open: bool = True
    is_discouraged: bool = False
    in_goenv: bool = True


_ON = Message(en="modules, the default since Go 1.16", zh="模块模式，自 Go 1.16 起的默认值")
_PATTERNS = Message(
    en="comma-separated patterns of module paths without scheme and spaces: `git.example.com,*.corp.example`",
    zh="以逗号分隔的模块路径模式，不带协议和空格：`git.example.com,*.corp.example`",
)


def _patterns(name: str, en: str, zh: str, default: str = "") -> GoVariable:
    about = Message(en=f"{en}; {_PATTERNS.en}", zh=f"{zh}；{_PATTERNS.zh}")
    return GoVariable(name, about, default)


VARIABLES = (
    GoVariable(
        "GOPROXY",
        Message(
            en="where modules come from: proxies, `direct` (the origin), `off`. After `,` go asks the "
            "next only if the module is not found (404, 410), after `|` for any error",
            zh="模块的来源：代理、`direct`（直连源站）、`off`（禁止下载）。`,` 之后的条目仅在模块不存在（404、410）时才会访问，"
            "`|` 之后的条目在任何错误后都会访问",
        ),
        "https://proxy.golang.org,direct",
        (
            Value("https://proxy.golang.org,direct", Message(en="the default", zh="默认值")),
            Value("https://goproxy.cn,direct", Message(en="reachable in mainland China", zh="中国大陆可访问")),
            Value("https://goproxy.io,direct", Message(en="reachable in mainland China", zh="中国大陆可访问")),
            Value("direct", Message(en="every module from its origin", zh="所有模块都从源站获取")),
            Value("off", Message(en="no downloads", zh="禁止下载")),
        ),
    ),
    GoVariable(
        "GOSUMDB",
        Message(
            en="the database that verifies modules missing from go.sum: a name or key, optionally a space and a URL, "
            "or `off`",
            zh="为 go.sum 中没有的模块提供校验的数据库：名称或密钥，可在空格后附 URL，或 `off`",
        ),
        "sum.golang.org",
        (
            Value("sum.golang.org", Message(en="the default, also through a proxy", zh="默认值，也可经由代理访问")),
            Value("sum.golang.google.cn", Message(en="the same in mainland China", zh="同一数据库，中国大陆可访问")),
            Value("off", Message(en="verify nothing but go.sum", zh="仅校验 go.sum")),
        ),
    ),
    _patterns(
        "GOPRIVATE",
        "modules that neither proxy nor checksum database may hear of",
        "不经过代理和校验数据库的私有模块",
    ),
    _patterns(
        "GONOPROXY",
        "modules that come straight from their origin; `none` undoes GOPRIVATE",
        "直接从源站获取的模块；`none` 可取消 GOPRIVATE",
        "$GOPRIVATE",
    ),
    _patterns(
        "GONOSUMDB",
        "modules that the checksum database is not asked about; `none` undoes GOPRIVATE",
        "不查询校验数据库的模块；`none` 可取消 GOPRIVATE",
        "$GOPRIVATE",
    ),
    _patterns(
        "GOINSECURE",
        "modules that may come over plain HTTP from their origin; no effect on proxies",
        "允许以明文 HTTP 从源站获取的模块；对代理无效",
    ),
    GoVariable(
        "GOAUTH",
        Message(
            en="how go signs in: `netrc`, `git DIR`, a program, `off`", zh="认证方式：`netrc`、`git DIR`、程序或 `off`"
        ),
        "netrc",
        (
            Value("netrc", Message(en="from ~/.netrc", zh="使用 ~/.netrc")),
            Value("off", Message(en="never", zh="不认证")),
        ),
    ),
    GoVariable(
        "GOCACHE",
        Message(
            en="the folder of build results, an absolute path on the Linux disk; go trims it by itself",
            zh="构建缓存文件夹，须为 Linux 磁盘上的绝对路径；go 会自动清理",
        ),
        "$HOME/.cache/go-build",
    ),
    GoVariable(
        "GOMODCACHE",
        Message(
            en="the folder of downloaded modules, an absolute path on the Linux disk",
            zh="已下载模块的文件夹，须为 Linux 磁盘上的绝对路径",
        ),
        "$GOPATH/pkg/mod",
    ),
    GoVariable(
        "GOPATH",
        Message(
            en="absolute folders with `:` between them; the first gets installed programs and the module cache",
            zh="以 `:` 分隔的绝对路径；第一个文件夹存放安装的程序和模块缓存",
        ),
        "$HOME/go",
    ),
    GoVariable(
        "GOROOT",
        Message(
            en="the folder of Go itself; go knows it, setting it only breaks the next upgrade",
            zh="Go 自身的文件夹；go 自己知道它，设置它只会妨碍升级",
        ),
        Message(en="derived from the program", zh="由程序位置得出"),
        is_discouraged=True,
    ),
    GoVariable(
        "GOBIN",
        Message(en="where `go install` puts programs, an absolute path", zh="`go install` 的安装文件夹，须为绝对路径"),
        "$GOPATH/bin",
    ),
    GoVariable(
        "GOTMPDIR",
        Message(
            en="where go builds and runs tests and programs; the folder has to exist",
            zh="go 构建并运行测试和程序的临时文件夹；文件夹必须存在",
        ),
        Message(en="the system's folder for temporary files", zh="系统临时文件夹"),
    ),
    GoVariable(
        "GO111MODULE",
        Message(en="whether go works with modules", zh="是否使用模块模式"),
        "on",
        (
            Value("on", _ON),
            Value("auto", Message(en="only with a go.mod", zh="仅在有 go.mod 时")),
            Value("off", Message(en="GOPATH mode; go.mod is ignored", zh="GOPATH 模式，忽略 go.mod")),
        ),
        is_open=False,
        is_discouraged=True,
    ),
    GoVariable(
        "GOFLAGS",
        Message(
            en="flags for every go command, separated by spaces; an entry with a space in it is quoted as a whole",
            zh="附加到每个 go 命令的标志，以空格分隔；含空格的条目须整体加引号",
        ),
        "",
        (
            Value("-mod=mod", Message(en="go.mod may be updated", zh="允许更新 go.mod")),
            Value("-mod=vendor", Message(en="only the vendor folder", zh="仅使用 vendor 文件夹")),
            Value("-buildvcs=false", Message(en="no version control stamp", zh="不写入版本控制信息")),
        ),
    ),
    GoVariable(
        "GOTOOLCHAIN",
        Message(
            en="which Go runs: the installed one, or the one that go.mod asks for",
            zh="使用哪个 Go：已安装的版本，或 go.mod 要求的版本",
        ),
        "auto",
        (
            Value("auto", Message(en="downloads what go.mod asks for", zh="下载 go.mod 要求的版本")),
            Value("local", Message(en="only the installed one", zh="仅使用已安装的版本")),
            Value("path", Message(en="another one only from PATH", zh="仅从 PATH 中查找其他版本")),
        ),
    ),
    GoVariable(
        "GOENV",
        Message(en="the file of `go env -w`; `off` reads none", zh="`go env -w` 的文件；`off` 表示不读取"),
        "$HOME/.config/go/env",
        (Value("off", Message(en="read no file", zh="不读取文件")),),
        in_goenv=False,
    ),
    GoVariable(
        "GOWORK",
        Message(
            en="the go.work file, an absolute path; `off` uses none", zh="go.work 文件的绝对路径；`off` 表示不使用"
        ),
        Message(en="found in a folder above", zh="在上级文件夹中查找"),
        (Value("off", Message(en="no workspace", zh="不使用工作区")),),
    ),
    GoVariable(
        "CGO_ENABLED",
        Message(en="whether C code is built; CUDA and most GUIs need it", zh="是否构建 C 代码；CUDA 和多数 GUI 需要它"),
        Message(en="1 where a C compiler is found", zh="找到 C 编译器时为 1"),
        (
            Value("1", Message(en="with C code", zh="启用 cgo")),
            Value("0", Message(en="pure Go", zh="纯 Go")),
        ),
        is_open=False,
    ),
    GoVariable(
        "GOOS",
        Message(en="the system that is built for", zh="目标操作系统"),
        "linux",
        (
            Value("linux", Message(en="this system", zh="本系统")),
            Value("windows", Message(en="programs for Windows", zh="Windows 程序")),
            Value("darwin", Message(en="programs for macOS", zh="macOS 程序")),
        ),
    ),
    GoVariable(
        "GOARCH",
        Message(en="the processor that is built for", zh="目标处理器架构"),
        Message(en="that of the machine", zh="本机架构"),
        (
            Value("amd64", Message(en="Intel and AMD", zh="Intel 与 AMD")),
            Value("arm64", Message(en="ARM", zh="ARM")),
        ),
    ),
    GoVariable(
        "GODEBUG",
        Message(en="switches of the runtime, `key=value` with commas", zh="运行时开关，形如 `key=value`，以逗号分隔"),
        in_goenv=False,
    ),
)

BY_NAME = {variable.name: variable for variable in VARIABLES}
