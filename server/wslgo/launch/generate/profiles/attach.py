"""An entry that attaches to a process of this machine."""

from collections.abc import Iterator

from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message, sentences

NAME = "attach"
ABOUT = Message(en="Attach to a running Go program, chosen from a list", zh="附加到从列表中选择的正在运行的 Go 程序")
STRIPPED = Message(
    en="A program started by `go run` has no debug information: build it with go build -gcflags='all=-N -l' first",
    zh="`go run` 启动的程序没有调试信息：请先用 go build -gcflags='all=-N -l' 构建",
)
FIXED = Message(
    en="The environment of a running program cannot change, CUDA_LAUNCH_BLOCKING included",
    zh="正在运行的程序的环境（包括 CUDA_LAUNCH_BLOCKING）无法更改",
)


def entries(workspace: LaunchWorkspace) -> Iterator[LaunchEntry]:
    if not workspace.programs:
        return
    value = {
        "name": "Attach to a running program",
        "type": "go",
        "request": "attach",
        "mode": "local",
        "processId": "${command:pickProcess}",
    }
    yield LaunchEntry(NAME, value, sentences(STRIPPED(), FIXED()))
