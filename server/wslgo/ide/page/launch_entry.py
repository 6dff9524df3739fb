"""A page that explains a launch configuration: build, start, environment, ignored parts.

It describes what the Go extension and Delve do with the text; what only VS Code or the machine knows is marked as
unknown. Values are shown only for well-known variables, since others may be secret.
"""

from collections.abc import Iterable, Iterator
from shlex import quote

from wslgo.golang.paths import parent
from wslgo.golang.uses import cuda
from wslgo.knowledge import delve_variables
from wslgo.knowledge.cuda import LAUNCH_BLOCKING
from wslgo.launch import build_flags
from wslgo.launch.delve_behaviour import builds, idle_attributes, is_legacy, request_and_mode, starts, variable_reach
from wslgo.launch.program import Program, program_of
from wslgo.linter.finding import Reported
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import launch
from wslgo.syntax.json.launch import Configuration, Variable
from wslgo.text.markdown import code, codes, concatenation, heading, literal, page, plain, sentence
from wslgo.text.message import Language, Markdown, Message, Text
from wslgo.text.pattern import pattern

_VARIABLE = pattern(r"\$\{(?!workspace(?:Folder|Root)\})[^{}]*\}")
_RACE = "-race"

NO_ENTRY = Message(en="This entry no longer exists", zh="此条目已不存在")
UNNAMED = Message(en="An entry without a name", zh="未命名的条目")
SUMMARIES = {
    "launch/auto": Message(
        en="Delve builds and debugs a program. With `auto`, that is the tests if `program` or the open file is a "
        "`_test.go` file, otherwise the program.",
        zh="Delve 构建并调试程序：在 `auto` 模式下，如果 `program` 或当前打开的文件是 `_test.go`，"
        "则为测试，否则为程序。",
    ),
    "launch/debug": Message(en="Delve builds the program and debugs it.", zh="Delve 构建程序并进行调试。"),
    "launch/test": Message(
        en="Delve builds the tests of a package into a binary and debugs it.",
        zh="Delve 将包的测试构建为二进制文件并进行调试。",
    ),
    "launch/exec": Message(
        en="Delve starts an existing binary; nothing is built.",
        zh="Delve 启动已构建的二进制文件；此时不进行构建。",
    ),
    "launch/core": Message(
        en="Delve opens a core dump; nothing is built or started.", zh="Delve 打开核心转储；不构建也不启动任何程序。"
    ),
    "launch/replay": Message(
        en="Delve replays a recording of rr; nothing is built.", zh="Delve 重放 rr 的录制；不进行构建。"
    ),
    "attach/local": Message(
        en="Delve attaches to a process on this machine; nothing is built.",
        zh="Delve 附加到本机正在运行的进程；不进行构建。",
    ),
    "attach/remote": Message(
        en="VS Code connects to a running Delve at {address}; nothing is built.",
        zh="VS Code 连接到已在 {address} 运行的 Delve；不进行构建。",
    ),
}
OTHER_MODE = Message(
    en="Delve rejects {request} with the mode {mode}: this entry does not start.",
    zh="Delve 拒绝 {request} 与模式 {mode} 的组合：此条目无法启动。",
)
NO_REQUEST = Message(
    en="`request` is neither `launch` nor `attach`: this entry does not start.",
    zh="`request` 既不是 `launch` 也不是 `attach`：此条目无法启动。",
)
EXTERNAL = Message(
    en="`port` leaves this to a Delve that is already listening: it builds where it was started.",
    zh="`port` 将此交给已在监听的 Delve：构建在其启动位置进行。",
)
LEGACY = Message(
    en="It uses the old `legacy` adapter, which wslgo knows only in part.",
    zh="它使用旧的 `legacy` 适配器，此处仅了解其部分行为。",
)
UNKNOWN = Message(en="unknown", zh="未知")

BUILD = Message(en="Build", zh="构建")
COMMAND = Message(en="- Command: {command}", zh="- 命令：{command}")
IN_FOLDER = Message(en="- It runs in the folder of the program: {folder}", zh="- 在程序所在文件夹中运行：{folder}")
ONE_FILE = Message(
    en="- Only {file} is built, without the other files of its package",
    zh="- 仅构建 {file}，不包含同一包的其他文件",
)
ONLY_VSCODE = Message(
    en="- {program}: only VS Code knows its value",
    zh="- {program}：只有 VS Code 知道它的实际值",
)
PACKAGE = Message(en="- Package {name}, files that are built: {count}", zh="- 包 {name}，参与构建的文件数：{count}")
NOT_FOUND = Message(
    en="- The package was not found in the known part of the workspace", zh="- 在已知的工作区内容中没有找到该包"
)
TAGS = Message(en="- Build tags: {tags}", zh="- 构建标签：{tags}")
NO_TAGS = Message(en="- No build tags", zh="- 没有构建标签")
RACE = Message(en="- With the race detector", zh="- 启用竞态检测")
CGO_OFF = Message(
    en='- `CGO_ENABLED` is `"0"`: files with `import "C"` are left out',
    zh='- `CGO_ENABLED` 为 `"0"`：排除含 `import "C"` 的文件',
)
CGO_FLAGS = Message(
    en="- C code is compiled with {flags}: Delve does not change CGO_CFLAGS if it is set",
    zh="- C 代码以 {flags} 编译：CGO_CFLAGS 已设置时 Delve 不会更改",
)
CGO_DEFAULT = Message(
    en="- C code is compiled with `-O0 -g`, which Delve sets, unless `CGO_CFLAGS` is set outside this entry",
    zh="- C 代码以 Delve 设置的 `-O0 -g` 编译，除非在此条目之外设置了 `CGO_CFLAGS`",
)
UNOPTIMIZED = Message(
    en="- Go code is built without optimization (`-gcflags 'all=-N -l'`), as always with Delve",
    zh="- Go 代码不经优化构建（`-gcflags 'all=-N -l'`），这是 Delve 的固定做法",
)

RUN = Message(en="Program", zh="程序")
BINARY = Message(en="- Binary: {program}", zh="- 二进制文件：{program}")
ARGUMENTS = Message(en="- Arguments: {arguments}", zh="- 参数：{arguments}")
NO_ARGUMENTS = Message(en="- No arguments", zh="- 没有参数")
CWD = Message(en="- It runs in {folder}", zh="- 在 {folder} 中运行")
CWD_DEFAULT = Message(en="- It runs in the folder of the program", zh="- 在程序所在文件夹中运行")
CWD_OF_BINARY = Message(
    en="- It runs in the folder where Delve is started: the first one of the workspace",
    zh="- 在 Delve 启动时所在的文件夹（工作区的第一个文件夹）中运行",
)
CWD_ELSEWHERE = Message(
    en="- It runs in a folder that the Delve at `port` chooses", zh="- 运行文件夹由 `port` 处的 Delve 决定"
)
NO_INPUT = Message(
    en="- It has no standard input: the debug console has none; set `console` to a terminal to get one",
    zh="- 没有标准输入：调试控制台不提供，`console` 指定终端时才有",
)
TERMINAL = Message(en="- It runs in a terminal, with standard input", zh="- 在终端中运行，有标准输入")

ENVIRONMENT = Message(en="Environment", zh="环境变量")
ENTRY = Message(en="- {name}{value} {reach}", zh="- {name}{value}：{reach}")
ENTRY_ABOUT = Message(en="  {about}", zh="  {about}")
VALUE = Message(en=" = {value}", zh=" = {value}")
UNSET = Message(en="- {name} is removed (`null`)", zh="- {name} 会被删除（`null`）")
ENV_FILE = Message(
    en="- From {file}, overridden by those above; this page does not read it",
    zh="- 来自 {file}，优先级低于以上变量；本页不读取其内容",
)
INHERITED = Message(
    en="- Overridden by all of them: `go.toolsEnvVars` and the environment of VS Code's server, unknown here",
    zh="- 优先级更低的是 `go.toolsEnvVars` 以及 VS Code 服务器启动时的变量，此处未知",
)

IDLE = Message(en="Without effect", zh="不起作用的内容")
IDLE_ENTRY = Message(en="- {name}: {reason}", zh="- {name}：{reason}")
NONE_IDLE = Message(en="- Nothing known", zh="- 没有已知的此类内容")

CUDA = Message(en="CUDA", zh="CUDA")
USES_CUDA = Message(en="- The program uses CUDA: {what} in {path}", zh="- 程序使用 CUDA：{path} 中的 {what}")
USES_NONE = Message(
    en="- No use of CUDA was found in the source of the program", zh="- 在程序源代码中没有发现使用 CUDA"
)
CUDA_UNKNOWN = Message(
    en="- It is unknown whether the program uses CUDA: its source was not found",
    zh="- 程序是否使用 CUDA 未知：没有找到其源代码",
)
BLOCKING = Message(
    en="- Kernel launches wait for their kernel, so an error belongs to the call shown; timings are meaningless",
    zh="- 内核启动会等待完成，因此错误对应所显示的调用；计时没有意义",
)
NOT_BLOCKING = Message(
    en="- Kernel launches do not wait: an error may appear at a later call, unless `CUDA_LAUNCH_BLOCKING` is set "
    "elsewhere",
    zh="- 内核启动不等待完成：错误可能在之后的调用才出现，除非 `CUDA_LAUNCH_BLOCKING` 在别处设置",
)
HOST_ONLY = Message(
    en="- Delve debugs Go and host C code. It cannot step through a kernel or read device memory: a breakpoint in a "
    "kernel stops in host code, if at all",
    zh="- Delve 调试 Go 代码和主机端 C 代码，无法单步执行内核或读取设备内存：内核中的断点最多停在主机端代码上",
)

RULES = Message(en="Findings of wslgo", zh="wslgo 的检查结果")
RULE = Message(en="- **{rule}**: {message}", zh="- **{rule}**：{message}")
NO_RULE = Message(en="- Nothing", zh="- 没有问题")

Section = tuple[Message, tuple[Text, ...]]


def launch_entry_page(scene: Scene, number: int, found: Iterable[Reported] = (), language: Language = "en") -> Markdown:
    """Return the page about a Go entry by its number, as the lens "Explain" counts them, with the findings of rules."""
    entries = tuple(launch.configurations(scene.file))
    if not 0 <= number < len(entries):
        return page((plain(NO_ENTRY(), language),))
    configuration = entries[number]
    name = literal(configuration.name) if configuration.name else plain(UNNAMED(), language)
    blocks = [heading(1, name), *(sentence(line, language) for line in _summary(configuration))]
    for title, rows in _sections(configuration, scene, found):
        if rows:
            blocks.append(heading(2, plain(title(), language)))
            blocks.append(concatenation((sentence(row, language) for row in rows), "\n"))
    return page(blocks)


def _sections(configuration: Configuration, scene: Scene, found: Iterable[Reported]) -> Iterator[Section]:
    program = _program(configuration, scene)
    if builds(configuration):
        yield BUILD, tuple(_build(configuration, program))
    if starts(configuration):
        yield RUN, tuple(_run(configuration))
    yield ENVIRONMENT, tuple(_environment(configuration))
    yield IDLE, tuple(_idle(configuration))
    yield CUDA, tuple(_cuda(configuration, program, scene))
    yield RULES, tuple(_rules(configuration, found))


def _summary(configuration: Configuration) -> Iterator[Text]:
    if is_legacy(configuration):
        yield LEGACY()
    summary = SUMMARIES.get(request_and_mode(configuration))
    if summary is not None:
        port = configuration.get("port")
        where = str(port.number) if port is not None and port.number is not None else configuration.text("port")
        yield summary(address=code(f"{configuration.text('host') or '127.0.0.1'}:{where or '?'}"))
        if builds(configuration) and port is not None:
            yield EXTERNAL()
    elif configuration.request not in ("launch", "attach"):
        yield NO_REQUEST()
    elif not is_legacy(configuration):
        yield OTHER_MODE(request=code(configuration.request), mode=code(configuration.mode))


# The build


def _build(configuration: Configuration, program: Program | None) -> Iterator[Text]:
    yield COMMAND(command=code(_command(configuration)))
    yield from _source(configuration, program)
    tags = sorted(configuration.build_tags())
    yield TAGS(tags=codes(tags)) if tags else NO_TAGS()
    if _RACE in configuration.build_flags():
        yield RACE()
    yield UNOPTIMIZED()
    yield from _c_code(configuration, program)


def _command(configuration: Configuration) -> str:
    """Return the command that Delve builds with; a list of flags precedes its own, a string follows (pkg/gobuild)."""
    command = "go test -c" if configuration.mode == "test" else "go build"
    own = f"-o {configuration.text('output') or '__debug_bin…'} -gcflags 'all=-N -l'"
    flags = build_flags.read(configuration)
    written = " ".join(map(_word, flags.words)) if flags is not None else ""
    is_list = flags is not None and flags.is_list
    parts = (command, written, own) if is_list else (command, own, written)
    return " ".join((*filter(None, parts), _built_path(configuration)))


def _word(word: str) -> str:
    """Return a word as a shell takes it; variables of VS Code stay readable."""
    return quote(word) if not word or set(word) & set(" \t\n'\"\\") else word


def _built_path(configuration: Configuration) -> str:
    path = configuration.text("program")
    return f"./{path.rpartition('/')[2]}" if _is_one_file(configuration) else "."


def _is_one_file(configuration: Configuration) -> bool:
    """Return whether only one file is built; a test file means its folder."""
    path = configuration.text("program")
    return path.endswith(".go") and not path.endswith("_test.go")


def _source(configuration: Configuration, program: Program | None) -> Iterator[Text]:
    path = configuration.text("program")
    if not path or _VARIABLE.search(path):
        yield ONLY_VSCODE(program=code(path or "program"))
        return
    if configuration.get("port") is None:
        yield IN_FOLDER(folder=code(parent(path) or path if path.endswith(".go") else path))
    if _is_one_file(configuration):
        yield ONE_FILE(file=code(path.rpartition("/")[2]))
    elif program is not None:
        yield PACKAGE(name=code(program.package.name), count=len(program.files))
    else:
        yield NOT_FOUND()


def _c_code(configuration: Configuration, program: Program | None) -> Iterator[Text]:
    enabled, flags = configuration.variable("CGO_ENABLED"), configuration.variable("CGO_CFLAGS")
    if enabled is not None and enabled.string == "0":
        yield CGO_OFF()
    elif flags is not None and flags.string:
        yield CGO_FLAGS(flags=code(flags.string))
    elif program is None or any(file.head.uses_cgo for file in program.files):
        yield CGO_DEFAULT()


# The program


def _program(configuration: Configuration, scene: Scene) -> Program | None:
    if scene.project is None:
        return None
    return program_of(configuration, scene.project, workspace_folder_of(scene.file.place))


def _run(configuration: Configuration) -> Iterator[Text]:
    if configuration.mode == "exec":
        yield BINARY(program=code(configuration.text("program")))
    arguments = configuration.args()
    yield ARGUMENTS(arguments=codes(arguments, " ")) if arguments else NO_ARGUMENTS()
    yield _folder(configuration)
    if configuration.text("console") in ("integratedTerminal", "externalTerminal"):
        yield TERMINAL()
    elif configuration.get("port") is None:
        yield NO_INPUT()


def _folder(configuration: Configuration) -> Text:
    cwd = configuration.text("cwd")
    if cwd:
        return CWD(folder=code(cwd))
    if configuration.get("port") is not None:
        return CWD_ELSEWHERE()
    return CWD_DEFAULT() if builds(configuration) else CWD_OF_BINARY()


# The environment


def _environment(configuration: Configuration) -> Iterator[Text]:
    acting = configuration.env
    for variable in configuration.variables():
        if acting is not None and any(member.value is variable.value for member in acting.members):
            yield from _variable(configuration, variable)
    for node in configuration.env_files() if starts(configuration) else ():
        yield ENV_FILE(file=code(node.string or ""))
    if starts(configuration):
        yield INHERITED()


def _variable(configuration: Configuration, variable: Variable) -> Iterator[Text]:
    reached = variable_reach(configuration, variable.name)
    if variable.value.kind == "null" and reached is not None:
        yield UNSET(name=code(variable.name))
        return
    known = delve_variables.BY_NAME.get(variable.name)
    value = VALUE(value=code(variable.value.string)) if known and variable.value.string else ""
    yield ENTRY(name=code(variable.name), value=value, reach=reached or UNKNOWN())
    if known is not None:
        yield ENTRY_ABOUT(about=known.about())


def _idle(configuration: Configuration) -> Iterator[Text]:
    found = idle_attributes(configuration)
    for attribute in found:
        yield IDLE_ENTRY(name=code(attribute.member.key), reason=attribute.reason)
    if not found:
        yield NONE_IDLE()


# CUDA and rules


def _cuda(configuration: Configuration, program: Program | None, scene: Scene) -> Iterator[Text]:
    names = {variable.name for variable in configuration.variables()}
    speaks_of_it = any(name.startswith("CUDA_") for name in names)
    if program is None or scene.project is None:
        if speaks_of_it:
            yield CUDA_UNKNOWN()
            yield HOST_ONLY()
        return
    evidence = cuda.evidence_in_program(scene.project, program.package, program.files)
    if evidence is not None:
        yield USES_CUDA(what=code(evidence.what), path=code(scene.project.shown_path(evidence.path)))
        yield from _blocking(configuration)
        yield HOST_ONLY()
    elif speaks_of_it:
        yield USES_NONE()


def _blocking(configuration: Configuration) -> Iterator[Text]:
    if starts(configuration):
        value = configuration.variable(LAUNCH_BLOCKING)
        yield BLOCKING() if value is not None and value.string == "1" else NOT_BLOCKING()


def _rules(configuration: Configuration, found: Iterable[Reported]) -> Iterator[Text]:
    span = configuration.node.span
    here = [reported for reported in found if span.contains(reported.finding.span.start)]
    for reported in here:
        yield RULE(rule=reported.rule, message=reported.finding.message)
    if not here:
        yield NO_RULE()
