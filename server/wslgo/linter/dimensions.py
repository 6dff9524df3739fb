"""The dimensions of the score, and the one that each rule counts for.

A rule that is one file needs no line here: it counts for the dimension of its folder, a rule about the machine for that
of the area of its first fact. Where neither is right, `dimension=` of its decorator says so.
"""

from wslgo.linter.rules import MACHINE, Dimension, Rule
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class About(NamedTuple):
    """The name of a dimension, and the question that it answers."""

    title: Message
    question: Message


DIMENSIONS: dict[Dimension, About] = {
    "speed": About(
        Message(en="Speed", zh="速度"),
        Message(
            en="Do builds, the editor and programs run as fast as this machine can?",
            zh="构建、编辑器和程序是否达到本机应有的速度？",
        ),
    ),
    "correctness": About(
        Message(en="Correctness", zh="正确性"),
        Message(
            en="Does everything start, and do WSL and go read the settings as they were meant?",
            zh="一切是否能启动，WSL 和 go 是否按本意读取设置？",
        ),
    ),
    "network": About(
        Message(en="Network", zh="网络"),
        Message(en="Are modules, names and services reached?", zh="能否访问模块、域名和服务？"),
    ),
    "debugging": About(
        Message(en="Debugging", zh="调试"),
        Message(en="Do gopls, Delve and the launch configurations work?", zh="gopls、Delve 和启动配置是否可用？"),
    ),
    "gpu": About(
        Message(en="GPU", zh="GPU"),
        Message(en="Can programs that use CUDA be built and run?", zh="使用 CUDA 的程序能否构建和运行？"),
    ),
    "security": About(
        Message(en="Security", zh="安全"),
        Message(
            en="Are modules verified, and do secrets and private paths stay private?",
            zh="模块是否经过校验，机密和私有路径是否不外泄？",
        ),
    ),
    "reproducibility": About(
        Message(en="Reproducibility", zh="可重现性"),
        Message(
            en="Do editor, terminal, CI and colleagues build the same with the same Go?",
            zh="编辑器、终端、CI 和同事是否以同样的 Go 构建出同样的结果？",
        ),
    ),
}

# By folder of the rule.
OF_FOLDER: dict[str, Dimension] = {
    **dict.fromkeys(("wsl", "wslconfig", "wslconf", "own_file", "encoding", "drvfs", "drives"), "correctness"),
    **dict.fromkeys(("shell", "fish", "goenv", "envfile", "gomod", "cgo", "file", "air", "watching"), "correctness"),
    **dict.fromkeys(("network", "resolvconf"), "network"),
    **dict.fromkeys(("launch", "json", "settings", "binary"), "debugging"),
    "libraries": "gpu",
    **dict.fromkeys(("builds", "vendor", "team", "policy_machine", "docs"), "reproducibility"),
    "policy": "security",
}

# By area of the health page: of the rules about the machine, and of the facts there.
OF_AREA: dict[str, Dimension] = {
    **dict.fromkeys(("wsl", "go", "wslg"), "correctness"),
    "network": "network",
    "editors": "debugging",
    "gpu": "gpu",
}


# How the page of a rule names its dimension.
OF_SCORE = Message(en="score: {dimension}", zh="评分：{dimension}")


def dimension_of(rule: Rule) -> Dimension:
    """Return the dimension that the findings of a rule lower."""
    if rule.dimension is not None:
        return rule.dimension
    folder = rule.check.__module__.split(".")[-2]
    return OF_AREA[area_of(rule.about[0])] if folder == MACHINE else OF_FOLDER[folder]


def area_of(fact: str) -> str:
    """Return the area of the health page that has a fact."""
    return fact.partition(".")[0]
