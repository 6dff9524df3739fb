"""The options of `wslgo ci --write` and `wslgo ci run`, apart from their modules, which most calls do not import."""

from wslgo.cli.arguments import Option
from wslgo.cli.options import DIFF_OF_WRITE
from wslgo.text.message import Message

OF_WRITE = (
    Option(
        "--write",
        Message(
            en="write the checks for CI: a script, and a workflow that calls it; print the changed files",
            zh="写入 CI 检查：一个脚本，以及调用它的工作流；输出更改的文件",
        ),
    ),
    DIFF_OF_WRITE,
    Option(
        "--yes",
        Message(
            en="with --write and --diff: also replace blocks that you edited, without asking",
            zh="与 --write 和 --diff 一起使用：不询问，同时替换您编辑过的块",
        ),
    ),
    Option(
        "--github",
        Message(
            en="write the workflow of GitHub (default: what the repository has)",
            zh="写入 GitHub 的工作流（默认：按仓库已有的）",
        ),
    ),
    Option(
        "--gitlab",
        Message(
            en="write the job of GitLab CI; both options write both", zh="写入 GitLab CI 的作业；两个选项都给则都写"
        ),
    ),
)
OF_RUN = (
    Option(
        "--step",
        Message(
            en="with run: only these steps, for example vet,test; may repeat",
            zh="与 run 一起使用：仅这些步骤，例如 vet,test；可重复",
        ),
        "NAME",
        is_list=True,
    ),
    Option(
        "--dirty",
        Message(
            en="with run: check the work tree, not the last commit",
            zh="与 run 一起使用：检查工作区，而不是最近的提交",
        ),
    ),
    Option(
        "--cold",
        Message(
            en="with run: use an empty GOMODCACHE and GOCACHE", zh="与 run 一起使用：使用空的 GOMODCACHE 和 GOCACHE"
        ),
    ),
    Option(
        "--compare",
        Message(
            en="with run: name the first difference to this artifact of CI, or to a program that CI built",
            zh="与 run 一起使用：指出与此 CI 工件或 CI 所构建程序的首个差异",
        ),
        "PATH",
    ),
    Option(
        "--trust",
        Message(
            en="with run: run a script that is not the generated one, without asking",
            zh="与 run 一起使用：不询问，运行并非 wslgo 生成的脚本",
        ),
    ),
)
