"""The commands, each with a summary of one line."""

from wslgo.text.message import Message

COMMANDS: dict[str, Message | None] = {
    "check": Message(en="report problems in files and folders", zh="报告文件和文件夹中的问题"),
    "fix": Message(en="apply the fixes", zh="应用修复"),
    "undo": Message(
        en="revert changes wslgo made outside the current folder", zh="撤销 wslgo 在当前文件夹之外所做的更改"
    ),
    "parse": Message(
        en="print how WSL, Go or VS Code reads a file, as JSON", zh="以 JSON 输出 WSL、Go 或 VS Code 如何读取文件"
    ),
    "explain": Message(
        en="answer what people believe (topics), and explain rules", zh="解答常见说法（主题），并解释规则"
    ),
    "rules": Message(en="list the rules", zh="列出规则"),
    "doctor": Message(
        en="show the health of this machine: WSL, Go, GPU, WSLg, network, editors",
        zh="显示本机状况：WSL、Go、GPU、WSLg、网络、编辑器",
    ),
    "env": Message(
        en="show the Go variables: values, every place that sets one, which place wins",
        zh="显示 Go 变量：其值、各处设置，以及哪一处生效",
    ),
    "inspect": Message(en="show what a debugger finds in a compiled program", zh="显示调试器能在已编译程序中找到什么"),
    "attach": Message(
        en="list the running Go programs that Delve can attach to", zh="列出 Delve 可以附加的正在运行的 Go 程序"
    ),
    "bench": Message(
        en="measure what Windows drives and other places cost go build",
        zh="测量 Windows 驱动器等位置对 go build 的影响",
    ),
    "launch": Message(
        en="generate launch configurations and tasks for Delve, and merge them into .vscode",
        zh="为 Delve 生成启动配置和任务，并合并到 .vscode",
    ),
    "ci": Message(
        en="compare Go, its settings and tools in CI, containers and on this machine",
        zh="比较 CI、容器和本机中的 Go、其设置和工具",
    ),
    "provision": Message(
        en="set up Go on this machine: shown first, resumable, undoable", zh="在本机配置 Go：先预览，可继续，可撤销"
    ),
    "mirror": Message(
        en="fill a folder with the modules of this workspace, for machines without a network",
        zh="把此工作区的模块放入文件夹，供没有网络的机器使用",
    ),
    "move": Message(
        en="copy a workspace to the disk of Linux: shown first, resumable, undoable",
        zh="将工作区复制到 Linux 磁盘：先预览，可继续，可撤销",
    ),
    "lsp": Message(en="start the language server", zh="启动语言服务器"),
    "docs": None,  # for developers of wslgo: writes the generated parts of the documentation
}
