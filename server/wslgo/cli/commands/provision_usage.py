"""The options of `wslgo provision`."""

from collections.abc import Sequence

from wslgo.cli.arguments import Option, Usage
from wslgo.cli.options import COLOR, LANGUAGE, OutputOptions, format_option
from wslgo.provision.plan.planner import STEPS
from wslgo.text.message import Message

FORMATS = ("text", "json")


class Options(OutputOptions):
    """The options of `wslgo provision`."""

    plan: bool
    undo: bool
    list: bool
    all: bool
    lock: bool
    check: bool
    label: str | None
    yes: bool
    only: Sequence[str]
    go: str | None
    source: Sequence[str]
    certificate: Sequence[str]
    root: str | None
    user: str | None
    host: str | None
    trust_team: bool
    fail_on: str | None
    format: str


USAGE = Usage(
    Message(
        en="Set up Go on this machine or in a tree. Each change is shown with its diff, confirmed, and can be undone.",
        zh="在本机或某个文件夹中的系统里配置 Go。每项更改都会先显示差异、经您确认，并可撤销。",
    ),
    (
        Option(
            "--plan",
            Message(
                en="print the plan with the diff of each file, and change nothing",
                zh="输出计划和每个文件的差异，不做任何更改",
            ),
        ),
        Option("--undo", Message(en="undo the last run", zh="撤销上一次运行")),
        Option(
            "--list",
            Message(
                en="list what was provisioned, and whether it still is as recorded",
                zh="列出已配置的内容，以及它们是否仍与记录一致",
            ),
        ),
        Option(
            "--all",
            Message(
                en="with --list: also what was undone, or replaced by a later run",
                zh="与 --list 一起使用：也列出已撤销或被之后的运行替换的内容",
            ),
        ),
        Option(
            "--lock",
            Message(
                en="pin Go, tools and certificates of this machine in wslgo.lock, after showing the change",
                zh="将此机器的 Go、工具和证书固定到 wslgo.lock 中；先显示更改",
            ),
        ),
        Option(
            "--check",
            Message(
                en="compare this machine with wslgo.yaml and wslgo.lock, and change nothing",
                zh="将此机器与 wslgo.yaml 和 wslgo.lock 比较，不做任何更改",
            ),
        ),
        Option(
            "--label",
            Message(
                en="with --check: a name for this machine in the JSON, which has no name of it otherwise",
                zh="与 --check 一起使用：JSON 中此机器的名称；不加则 JSON 中没有机器名称",
            ),
            "NAME",
        ),
        Option("--yes", Message(en="apply without asking", zh="不询问，直接应用")),
        Option(
            "--only",
            Message(
                en="only these steps, applied in full: {steps}; a,b and may repeat",
                zh="仅这些步骤，并完整执行：{steps}；可写作 a,b，也可重复",
            )(steps=tuple(STEPS)),
            "STEP",
            is_list=True,
        ),
        Option(
            "--go",
            Message(
                en="the version of Go: 1.27.3, or 1.27 for its newest patch (default: the version in go.mod)",
                zh="Go 的版本：1.27.3，或用 1.27 表示其最新补丁版本（默认：go.mod 中的版本）",
            ),
            "VERSION",
        ),
        Option(
            "--source",
            Message(
                en="download Go from here: a mirror of go.dev, a GOPROXY or file://; may repeat",
                zh="从此处下载 Go：go.dev 的镜像、GOPROXY 或 file://；可重复",
            ),
            "URL",
            is_list=True,
        ),
        Option(
            "--certificate",
            Message(
                en="a PEM file with a CA certificate of your company to trust; may repeat",
                zh="含有需要信任的公司 CA 证书的 PEM 文件；可重复",
            ),
            "FILE",
            is_list=True,
        ),
        Option(
            "--root",
            Message(en="set up the tree in a folder instead of this machine", zh="配置文件夹中的系统，而不是本机"),
            "FOLDER",
        ),
        Option(
            "--user",
            Message(
                en="the user of the tree (default: the first regular user)", zh="该系统的用户（默认：第一个普通用户）"
            ),
            "NAME",
        ),
        Option(
            "--host",
            Message(
                en="with --root: kernel and Windows as recorded by doctor --record",
                zh="与 --root 一起使用：采用 doctor --record 所记录的内核和 Windows",
            ),
            "FILE",
        ),
        Option(
            "--trust-team",
            Message(en="use provision: in the repository's wslgo.yaml", zh="采用仓库 wslgo.yaml 中的 provision:"),
        ),
        Option(
            "--fail-on",
            Message(
                en="exit 1 if the plan leaves something that needs attention",
                zh="如果计划之后仍有需要注意的项，则退出码为 1",
            ),
            "SIGN",
            ("attention",),
        ),
        format_option(FORMATS),
        LANGUAGE,
        COLOR,
    ),
    after=Message(
        en="Exit code: 0 done, 1 a step failed (the next run resumes) or --fail-on found something, 2 bad usage.\n"
        "With --check: 0 matches, 1 differs, 2 cannot tell.",
        zh="退出码：0 已完成，1 有步骤失败（下次运行会继续）或 --fail-on 有所发现，2 用法错误。\n"
        "与 --check 一起使用时：0 一致，1 不一致，2 无法判断。",
    ),
)
