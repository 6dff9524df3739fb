"""The attributes of a Go entry in `launch.json`: their readers, their scope, the result of a wrong value.

Sources: vscode-go 0.58.0-dev (28e27ffd: package.json, goDebugConfiguration.ts, goDebugFactory.ts), Delve 1.27.1
(3b775986: service/dap/types.go, server.go) and VS Code (contrib/debug); wrong values were tried on Delve 1.20.2 with
Go 1.19.8 and on Delve 1.27.1 with Go 1.27.3; as of 2026-08. Defaults are those at run time: the ones in the schema
are only offered on completion.
"""

from enum import Enum

from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class Reader(Enum):
    """The program that reads an attribute."""

    EDITOR = "editor"
    EXTENSION = "extension"
    DELVE = "delve"
    BOTH = "both"  # the Go extension works on it before Delve gets it
    LEGACY = "legacy"  # the Go extension's old adapter alone; dlv-dap and Delve ignore it
    NONE = "none"  # written by the Go extension itself, whatever its value is


# Where an attribute acts: request and mode. `auto` becomes `debug` or `test` before Delve sees it.
BUILDS = ("launch/auto", "launch/debug", "launch/test")
STARTS = (*BUILDS, "launch/exec")
LAUNCHES = (*STARTS, "launch/core", "launch/replay")
ATTACHES = ("attach/local", "attach/remote")
EVERYWHERE = (*LAUNCHES, *ATTACHES)


class Attribute(NamedTuple):
    """An attribute: its type in JSON, the result of a `wrong` value, and its effect `elsewhere`, outside of `acts`."""

    name: str
    about: Message
    reader: Reader
    takes: Message
    default: str | Message = ""
    wrong: Message | None = None
    acts: tuple[str, ...] = EVERYWHERE
    elsewhere: Message | None = None


# The types of JSON
STRING = Message(en="string", zh="字符串")
NUMBER = Message(en="number", zh="数字")
BOOLEAN = Message(en="boolean", zh="布尔值")
OBJECT = Message(en="object", zh="对象")
STRINGS = Message(en="array of strings", zh="字符串数组")
STRINGS_OR_STRING = Message(en="array of strings, or string", zh="字符串数组，或字符串")
STRING_OR_STRINGS = Message(en="string, or array of strings", zh="字符串，或字符串数组")
VARIABLES = Message(en="object of strings or null", zh="由字符串或 null 组成的对象")
NUMBER_OR_STRING = Message(en="number or string", zh="数字或字符串")
PAIRS = Message(en="array of {{from, to}}", zh="{{from, to}} 数组")

NO_BUILD = Message(en="nothing is built here, so it does nothing", zh="此处不进行构建，因此不起作用")
NO_START = Message(en="no program is started here, so it does nothing", zh="此处不启动程序，因此不起作用")
ONLY_LAUNCH = Message(en="only `launch` knows it; an `attach` ignores it", zh="仅 `launch` 支持；`attach` 会忽略它")
ONLY_ATTACH = Message(en="only `attach` knows it; a `launch` ignores it", zh="仅 `attach` 支持；`launch` 会忽略它")
ENV_IN_ATTACH = Message(
    en="the process runs already, and its environment cannot change: only a Delve that is started here gets this",
    zh="进程已在运行，其环境无法更改：只有此处启动的 Delve 本身会得到它",
)
NOT_A_NUMBER = Message(en="Anything but a JSON number fails the start", zh="除 JSON 数字外的值都会导致启动失败")
NOT_A_SWITCH = Message(en='A string such as `"true"` fails the start', zh='`"true"` 之类的字符串会导致启动失败')
FROM_SETTINGS = Message(en="what `go.delveConfig` says, else `false`", zh="`go.delveConfig` 中的值，否则为 `false`")
NEWER = Message(en="An older Delve (1.20) ignores it", zh="较旧的 Delve（1.20）会忽略它")

ATTRIBUTES = (
    # What every debugger of VS Code has
    Attribute(
        "name",
        Message(
            en="The name in the list of configurations, for compounds and tasks too. Of several with one "
            "name VS Code starts the first; newer versions number the others.",
            zh="配置列表中显示的名称，供 compounds 等引用。应保持唯一：同名时 VS Code 启动第一个，较新版本将后一个称为 `NAME (1)`。",
        ),
        Reader.EDITOR,
        STRING,
    ),
    Attribute(
        "type",
        Message(
            en="Which debugger: `go` is Delve by way of the Go extension.",
            zh="调试器类型：`go` 表示通过 Go 扩展使用 Delve。",
        ),
        Reader.EDITOR,
        STRING,
    ),
    Attribute(
        "request",
        Message(
            en="`launch` starts a program (and mostly builds it first), `attach` joins one that runs.",
            zh="`launch` 启动程序（多数情况下先构建），`attach` 连接到正在运行的程序。",
        ),
        Reader.BOTH,
        STRING,
        wrong=Message(
            en="Where it is missing, nothing starts, or the open file instead of this entry",
            zh="缺少时不会启动，或改为启动当前打开的文件",
        ),
    ),
    Attribute(
        "preLaunchTask",
        Message(
            en="A task that runs first, by its exact label. It does not see the `env` of this entry: a task has `options.env`.",
            zh="先运行的任务，按标签精确匹配。任务看不到此条目的 `env`，请使用任务的 `options.env`。",
        ),
        Reader.EDITOR,
        STRING,
    ),
    Attribute(
        "postDebugTask",
        Message(
            en="A task that runs when the session has ended, by its exact label.",
            zh="调试会话结束后运行的任务，按标签精确匹配。",
        ),
        Reader.EDITOR,
        STRING,
    ),
    Attribute(
        "presentation",
        Message(
            en="Group and order in the list of configurations, and whether it is hidden there.",
            zh="在配置列表中的分组、顺序以及是否隐藏。",
        ),
        Reader.EDITOR,
        OBJECT,
    ),
    Attribute(
        "internalConsoleOptions",
        Message(en="When VS Code opens the debug console.", zh="VS Code 何时打开调试控制台。"),
        Reader.EDITOR,
        STRING,
    ),
    Attribute(
        "serverReadyAction",
        Message(
            en="Opens a URL when the output of the program matches a pattern.", zh="程序输出匹配某个模式时打开 URL。"
        ),
        Reader.EDITOR,
        OBJECT,
    ),
    Attribute(
        "suppressMultipleSessionWarning",
        Message(en="Does not ask before the same entry is started twice.", zh="同一条目重复启动时不再询问。"),
        Reader.EDITOR,
        BOOLEAN,
        "false",
    ),
    Attribute(
        "debugServer",
        Message(
            en="VS Code connects to a debug adapter that listens on this port. The Go extension then does not change `program`.",
            zh="VS Code 连接到监听此端口的调试适配器。Go 扩展此时不再改写 `program`。",
        ),
        Reader.EDITOR,
        NUMBER,
    ),
    Attribute(
        "linux",
        Message(
            en="Attributes for Linux, so also for Remote-WSL: each replaces the one outside as a whole, an `env` here is not merged with the other `env`.",
            zh="用于 Linux 的属性，Remote-WSL 也适用：其中每一项整体替换外层同名属性，此处的 `env` 不会与外层 `env` 合并。",
        ),
        Reader.EDITOR,
        OBJECT,
    ),
    Attribute(
        "windows",
        Message(
            en="Attributes for Windows. With Remote-WSL the debugger runs on Linux, so they do nothing there.",
            zh="用于 Windows 的属性。使用 Remote-WSL 时调试器运行在 Linux 上，因此不起作用。",
        ),
        Reader.EDITOR,
        OBJECT,
    ),
    Attribute(
        "osx",
        Message(en="Attributes for macOS; they do nothing on Linux.", zh="用于 macOS 的属性；在 Linux 上不起作用。"),
        Reader.EDITOR,
        OBJECT,
    ),
    # What is debugged
    Attribute(
        "debugAdapter",
        Message(
            en="Which adapter runs the session: `dlv-dap` is Delve itself, `legacy` the Go extension's old one.",
            zh="由哪个适配器运行会话：`dlv-dap` 即 Delve 本身，`legacy` 为 Go 扩展的旧适配器。",
        ),
        Reader.EXTENSION,
        STRING,
        Message(
            en="`dlv-dap`; a remote attach takes `legacy` where Delve is too old to guess paths",
            zh="`dlv-dap`；远程附加时若 Delve 过旧、无法推断路径，则为 `legacy`",
        ),
        Message(en="An empty string silently ends the session", zh="空字符串会使会话无提示地结束"),
    ),
    Attribute(
        "mode",
        Message(
            en="`debug` and `test` build the program; `exec` takes a binary, `core` a dump. Attach: "
            "`local` or `remote`. `auto` is `test` in a `_test.go` file, else `debug`.",
            zh="Delve 如何得到程序：`debug` 和 `test` 会构建，`exec` 使用已有二进制，`core` 使用核心转储，`replay` 使用录制；附加时 `local` 连接进程，`remote` 连接服务器。`auto` 在打开 `_test.go` 文件时等同 `test`，否则等同 `debug`。",
        ),
        Reader.BOTH,
        STRING,
        Message(en="`auto` for launch, `local` for attach", zh="launch 为 `auto`，attach 为 `local`"),
        Message(en="Delve rejects any other value, and these in another case", zh="Delve 拒绝其他值，大小写不同也不行"),
    ),
    Attribute(
        "program",
        Message(
            en="The folder of a package, or one `.go` file, built without the others of its package; for "
            "`exec` and `core` a binary. The build runs in that folder.",
            zh="包所在文件夹，或单个 `.go` 文件（此时不包含同一包的其他文件）；`exec` 和 `core` 为二进制文件。构建在该文件夹中进行，即在其所属模块中。",
        ),
        Reader.BOTH,
        STRING,
        Message(en="none: without it nothing starts", zh="无：缺少则无法启动"),
        Message(
            en="Must be a folder or a `.go` file; a symbolic link to a folder is rejected, too",
            zh="既不是文件夹也不是 `.go` 文件时会被拒绝，指向文件夹的符号链接同样如此",
        ),
        LAUNCHES,
        Message(en="the process is there already; Delve does not look at it", zh="进程已经存在；Delve 不会读取它"),
    ),
    Attribute(
        "args",
        Message(
            en="Arguments of the program. The Go extension splits a string at spaces and respects quotes; no shell is involved.",
            zh="程序的参数。字符串由 Go 扩展按空格和引号拆分，不经过 shell。",
        ),
        Reader.BOTH,
        STRINGS_OR_STRING,
        "[]",
        Message(
            en="A number in the list, or a quote left open, fails the start",
            zh="列表中的数字或未闭合的引号会导致启动失败",
        ),
        STARTS,
        NO_START,
    ),
    Attribute(
        "cwd",
        Message(
            en="The folder in which the program runs. The build is not affected.",
            zh="程序运行时所在的文件夹。不影响构建。",
        ),
        Reader.BOTH,
        STRING,
        Message(
            en="the folder of the program; for tests that of the package", zh="程序所在文件夹；测试时为包所在文件夹"
        ),
        Message(
            en="Where the folder is missing, the error names the binary instead of the folder",
            zh="文件夹不存在时，错误信息提到的是二进制文件而不是该文件夹",
        ),
        STARTS,
        Message(en="no program is started here, and Delve ignores it", zh="此处不启动程序，Delve 会忽略它"),
    ),
    Attribute(
        "env",
        Message(
            en="Variables for Delve, and so for `go build`, the C compiler and the program. They override "
            "`envFile` and the editor's; `null` removes a variable.",
            zh="设置给 Delve 本身的变量，因此 `go build`、C 编译器和程序都会得到。优先于 `envFile` 和编辑器的变量；`null` 会删除变量。",
        ),
        Reader.BOTH,
        VARIABLES,
        "{}",
        Message(
            en="A number or `true` instead of a string fails the start; `$NAME` is not expanded, `${{env:NAME}}` is",
            zh="用数字或 `true` 代替字符串会导致启动失败；`$NAME` 不会展开，`${{env:NAME}}` 会",
        ),
        STARTS,
        ENV_IN_ATTACH,
    ),
    Attribute(
        "envFile",
        Message(
            en="Files of `NAME=value` lines, below `env`; of several the later wins. `${{workspaceFolder}}` is expanded in their paths, not inside them.",
            zh="由 `NAME=value` 行组成的文件，优先级低于 `env`；多个文件时后者优先。路径中的 `${{workspaceFolder}}` 会展开，文件内容中的不会。",
        ),
        Reader.EXTENSION,
        STRING_OR_STRINGS,
        "",
        Message(
            en="A file that cannot be read stops the start; a relative path is not looked up in the workspace",
            zh="文件无法读取时启动中止；相对路径不会在工作区中查找",
        ),
        STARTS,
        ENV_IN_ATTACH,
    ),
    Attribute(
        "buildFlags",
        Message(
            en="Flags for `go build` or `go test -c`, such as `-tags=cuda` or `-race`. In a string only single quotes group; a list needs Delve 1.22.2.",
            zh="`go build` 或 `go test -c` 的参数，如 `-tags=cuda`、`-race`。字符串中只有单引号能分组；列表形式需要 Delve 1.22.2。",
        ),
        Reader.BOTH,
        STRING_OR_STRINGS,
        "",
        Message(
            en="`-gcflags` is taken out: Delve needs its own, `all=-N -l`",
            zh="`-gcflags` 会被移除：Delve 需要使用自己的 `all=-N -l`",
        ),
        BUILDS,
        NO_BUILD,
    ),
    Attribute(
        "output",
        Message(
            en="Where Delve puts the binary that it builds. It is deleted when the session ends.",
            zh="Delve 构建出的二进制文件的路径。会话结束时会被删除。",
        ),
        Reader.DELVE,
        STRING,
        Message(
            en="`__debug_bin` and a number, in the folder of the program", zh="程序所在文件夹中的 `__debug_bin` 加数字"
        ),
        None,
        BUILDS,
        NO_BUILD,
    ),
    Attribute(
        "coreFilePath",
        Message(
            en="The core dump to open, made by the binary in `program`. Dumps of a GPU are for cuda-gdb.",
            zh="要打开的核心转储，由 `program` 中的二进制文件产生。GPU 的转储请使用 cuda-gdb。",
        ),
        Reader.DELVE,
        STRING,
        "",
        Message(en="`core` does not start without it", zh="`core` 模式缺少它无法启动"),
        ("launch/core",),
        Message(en="only the mode `core` reads it", zh="仅 `core` 模式读取"),
    ),
    Attribute(
        "traceDirPath",
        Message(en="The folder of a recording made by rr.", zh="rr 录制所在的文件夹。"),
        Reader.DELVE,
        STRING,
        "",
        Message(en="`replay` does not start without it", zh="`replay` 模式缺少它无法启动"),
        ("launch/replay",),
        Message(en="only the mode `replay` reads it", zh="仅 `replay` 模式读取"),
    ),
    Attribute(
        "processId",
        Message(
            en="The process to join: a number, a name, or `${{command:pickGoProcess}}` for a list.",
            zh="要附加的进程：编号、名称，或用 `${{command:pickGoProcess}}` 从列表中选择。",
        ),
        Reader.BOTH,
        NUMBER_OR_STRING,
        Message(en="`0`: a list to choose from", zh="`0`：从列表中选择"),
        Message(en="Delve rejects it together with `waitFor`", zh="与 `waitFor` 同时使用会被 Delve 拒绝"),
        ("attach/local",),
        Message(en="only an attach to a local process reads it", zh="仅附加到本地进程时读取"),
    ),
    Attribute(
        "waitFor",
        Message(
            en="Waits for the next process whose name begins like this, and joins it.",
            zh="等待名称以此开头的下一个进程并附加。",
        ),
        Reader.DELVE,
        STRING,
        "",
        Message(
            en="Delve rejects it together with `processId`; an older Delve (1.20) ignores it",
            zh="与 `processId` 同时使用会被 Delve 拒绝；较旧的 Delve（1.20）会忽略它",
        ),
        ("attach/local",),
        Message(en="only an attach to a local process reads it", zh="仅附加到本地进程时读取"),
    ),
    # Where Delve is
    Attribute(
        "port",
        Message(
            en="Connects to a Delve that listens here instead of starting one. `program` is then not made relative to its module.",
            zh="连接到在此监听的 Delve，而不是启动新的。此时 `program` 不会按其模块改写。",
        ),
        Reader.EXTENSION,
        NUMBER,
        Message(en="none: a Delve is started", zh="无：启动新的 Delve"),
    ),
    Attribute(
        "host",
        Message(
            en="Where the Delve of `port` listens; without `port`, where the one that is started listens.",
            zh="`port` 对应的 Delve 所在主机；没有 `port` 时为所启动的 Delve 的监听地址。",
        ),
        Reader.EXTENSION,
        STRING,
        "127.0.0.1",
    ),
    Attribute(
        "substitutePath",
        Message(
            en="Pairs of paths, `from` here and `to` where the program was built. Needed if the source is in a container or on another machine.",
            zh="成对的路径：`from` 为本地路径，`to` 为构建程序时的路径。源代码位于容器或其他机器时需要。",
        ),
        Reader.DELVE,
        PAIRS,
        Message(en="what `go.delveConfig` says, else none", zh="`go.delveConfig` 中的值，否则为空"),
        Message(
            en="A pair without `from` or `to`, or an object instead of a list, fails the start",
            zh="缺少 `from` 或 `to`，或以对象代替列表，都会导致启动失败",
        ),
    ),
    Attribute(
        "backend",
        Message(
            en="How Delve controls the process; on Linux `native` is the only usual one.",
            zh="Delve 控制进程的方式；在 Linux 上通常只用 `native`。",
        ),
        Reader.DELVE,
        STRING,
        "default",
        Message(en="An unknown word fails, after the whole build", zh="未知的值会在完整构建之后失败"),
    ),
    Attribute(
        "dlvFlags",
        Message(
            en="More flags for the `dlv dap` that is started. `--listen`, `--headless` and `--log` clash with those of the Go extension.",
            zh="所启动的 `dlv dap` 的附加参数。`--listen`、`--headless`、`--log` 会与 Go 扩展的参数冲突。",
        ),
        Reader.EXTENSION,
        STRINGS,
        Message(en="what `go.delveConfig` says, else none", zh="`go.delveConfig` 中的值，否则为空"),
    ),
    Attribute(
        "dlvCwd",
        Message(
            en="Delve changes to this folder first: the build runs there.",
            zh="Delve 先切换到此文件夹：构建在其中进行。",
        ),
        Reader.DELVE,
        STRING,
        "",
        None,
        LAUNCHES,
        ONLY_LAUNCH,
    ),
    Attribute(
        "console",
        Message(
            en="Where Delve and the program run. The debug console has no standard input; a terminal has.",
            zh="Delve 和程序在何处运行。调试控制台没有标准输入，终端有。",
        ),
        Reader.EXTENSION,
        STRING,
        "internalConsole",
    ),
    Attribute(
        "asRoot",
        Message(
            en="Starts Delve through `sudo`, only in one of the two terminals of `console`. `sudo` drops the environment; `env` still arrives.",
            zh="通过 `sudo` 启动 Delve，仅在 `console` 为两种终端之一时有效。`sudo` 会丢弃环境变量，但 `env` 仍会传入。",
        ),
        Reader.EXTENSION,
        BOOLEAN,
        "false",
    ),
    # How it runs
    Attribute(
        "stopOnEntry",
        Message(en="Stops as soon as the program is started or joined.", zh="程序启动或附加后立即暂停。"),
        Reader.DELVE,
        BOOLEAN,
        "false",
        NOT_A_SWITCH,
    ),
    Attribute(
        "noDebug",
        Message(
            en="Runs the program without the debugger; build, `env` and `args` stay the same.",
            zh="不使用调试器运行程序；构建、`env` 和 `args` 不变。",
        ),
        Reader.DELVE,
        BOOLEAN,
        "false",
        NOT_A_SWITCH,
        STARTS,
        ONLY_LAUNCH,
    ),
    Attribute(
        "followExec",
        Message(en="Debugs the child processes too.", zh="同时调试子进程。"),
        Reader.DELVE,
        BOOLEAN,
        "false",
        NEWER,
        LAUNCHES,
        Message(en="Delve says that it cannot do this in an attach", zh="Delve 会提示附加时不支持"),
    ),
    Attribute(
        "followExecRegex",
        Message(en="Follows only children whose command line matches.", zh="仅跟踪命令行匹配的子进程。"),
        Reader.DELVE,
        STRING,
        "",
        NEWER,
        LAUNCHES,
        Message(en="Delve says that it cannot do this in an attach", zh="Delve 会提示附加时不支持"),
    ),
    Attribute(
        "outputMode",
        Message(
            en="`remote` shows what the program prints in the debug console, wherever Delve runs.",
            zh="`remote` 会将程序输出显示在调试控制台中，无论 Delve 在何处运行。",
        ),
        Reader.DELVE,
        STRING,
        "local",
        Message(
            en="Delve rejects any other value after the build; together with `stdoutTo` or `stderrTo` it fails",
            zh="Delve 在构建后拒绝其他值；与 `stdoutTo` 或 `stderrTo` 同时使用会失败",
        ),
        LAUNCHES,
        ONLY_LAUNCH,
    ),
    Attribute(
        "stdinFrom",
        Message(en="A file that the program reads as its standard input.", zh="程序作为标准输入读取的文件。"),
        Reader.DELVE,
        STRING,
        "",
        NEWER,
        STARTS,
        NO_START,
    ),
    Attribute(
        "stdoutTo",
        Message(en="A file that gets the standard output of the program.", zh="接收程序标准输出的文件。"),
        Reader.DELVE,
        STRING,
        "",
        NEWER,
        STARTS,
        NO_START,
    ),
    Attribute(
        "stderrTo",
        Message(en="A file that gets the standard error of the program.", zh="接收程序标准错误的文件。"),
        Reader.DELVE,
        STRING,
        "",
        NEWER,
        STARTS,
        NO_START,
    ),
    # What is shown
    Attribute(
        "stackTraceDepth",
        Message(en="The most frames of a stack.", zh="调用栈的最大帧数。"),
        Reader.DELVE,
        NUMBER,
        "50",
        NOT_A_NUMBER,
    ),
    Attribute(
        "maxStringLen",
        Message(
            en="How many bytes of a string the variables view loads; the debug console shows more.",
            zh="变量视图加载字符串的最大字节数；调试控制台显示更多。",
        ),
        Reader.DELVE,
        NUMBER,
        "512",
        NEWER,
    ),
    Attribute(
        "maxArrayValues",
        Message(en="How many elements of an array, slice or map are loaded.", zh="加载数组、切片或 map 的最大元素数。"),
        Reader.DELVE,
        NUMBER,
        "64",
        NEWER,
    ),
    Attribute(
        "showGlobalVariables",
        Message(en="Shows the package variables too.", zh="同时显示包级变量。"),
        Reader.DELVE,
        BOOLEAN,
        FROM_SETTINGS,
        NOT_A_SWITCH,
    ),
    Attribute(
        "showRegisters",
        Message(
            en="Shows the registers of the processor, never those of a GPU.", zh="显示处理器寄存器，不包括 GPU 寄存器。"
        ),
        Reader.DELVE,
        BOOLEAN,
        FROM_SETTINGS,
        NOT_A_SWITCH,
    ),
    Attribute(
        "showRawStrings",
        Message(en="Shows strings with their real line ends and tabs.", zh="按实际的换行和制表符显示字符串。"),
        Reader.DELVE,
        BOOLEAN,
        "false",
        Message(en="Only the newest Delve knows it", zh="仅最新的 Delve 支持"),
    ),
    Attribute(
        "hideSystemGoroutines",
        Message(
            en="Leaves the goroutines of the runtime out of the call stacks.", zh="在调用栈中隐藏运行时的 goroutine。"
        ),
        Reader.DELVE,
        BOOLEAN,
        FROM_SETTINGS,
        NOT_A_SWITCH,
    ),
    Attribute(
        "goroutineFilters", Message(en="Which goroutines are shown.", zh="显示哪些 goroutine。"), Reader.DELVE, STRING
    ),
    Attribute(
        "showPprofLabels",
        Message(en="Keys of pprof labels that name goroutines.", zh="用于命名 goroutine 的 pprof 标签键。"),
        Reader.DELVE,
        STRINGS,
        "[]",
    ),
    # Logs
    Attribute(
        "showLog",
        Message(en="Starts Delve with `--log`.", zh="以 `--log` 启动 Delve。"),
        Reader.EXTENSION,
        BOOLEAN,
        FROM_SETTINGS,
    ),
    Attribute(
        "logOutput",
        Message(
            en="Which parts of Delve log, with commas between them; only together with `showLog`.",
            zh="Delve 的哪些部分输出日志，以逗号分隔；仅与 `showLog` 一起有效。",
        ),
        Reader.EXTENSION,
        STRING,
        "debugger",
    ),
    Attribute(
        "logDest",
        Message(
            en="The file that gets the log of Delve, as an absolute path.", zh="接收 Delve 日志的文件，须为绝对路径。"
        ),
        Reader.EXTENSION,
        STRING,
        "",
        Message(en="A number or a relative path stops the start", zh="数字或相对路径会中止启动"),
    ),
    Attribute(
        "trace",
        Message(
            en="How much the Go extension writes about the session into its own log.",
            zh="Go 扩展在自己的日志中记录会话的详细程度。",
        ),
        Reader.EXTENSION,
        STRING,
        "error",
    ),
    # What is left of older times
    Attribute(
        "dlvLoadConfig",
        Message(
            en="Limits of what the old adapter loaded. Delve has `maxStringLen` and `maxArrayValues` now; pointers are never cut.",
            zh="旧适配器的加载限制。Delve 现在使用 `maxStringLen` 和 `maxArrayValues`；指针从不会被截断。",
        ),
        Reader.LEGACY,
        OBJECT,
    ),
    Attribute(
        "apiVersion",
        Message(en="Which protocol the old adapter speaks with Delve.", zh="旧适配器与 Delve 通信的协议版本。"),
        Reader.LEGACY,
        NUMBER,
        "2",
    ),
    Attribute(
        "remotePath",
        Message(
            en="The source folder of the remote Delve; use `substitutePath` now.",
            zh="远程 Delve 一侧的源代码位置；现在由 `substitutePath` 指定。",
        ),
        Reader.LEGACY,
        STRING,
        acts=ATTACHES,
        elsewhere=ONLY_ATTACH,
    ),
    Attribute(
        "useApiV1",
        Message(en="An obsolete switch of the old adapter.", zh="旧适配器的过时开关。"),
        Reader.LEGACY,
        BOOLEAN,
    ),
    Attribute(
        "dlvToolPath",
        Message(
            en="Written by the Go extension at every start; choose Delve by `go.alternateTools`.",
            zh="由 Go 扩展在每次启动时写入；请用 `go.alternateTools` 选择 Delve。",
        ),
        Reader.NONE,
        STRING,
    ),
    Attribute(
        "packagePathToGoModPathMap",
        Message(en="Written by the Go extension at every start.", zh="由 Go 扩展在每次启动时写入。"),
        Reader.NONE,
        OBJECT,
    ),
)
BY_NAME = {attribute.name: attribute for attribute in ATTRIBUTES}
