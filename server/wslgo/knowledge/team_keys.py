"""The keys of `wslgo.yaml`: one table for its checks, its schema, completion and hover (wslgo's own, 2026-11).

A key is the path to it; `*` stands for any name. docs/wslgo-yaml.md and docs/wslgo.schema.json show the same keys.
"""

from enum import Enum

from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

ANY = "*"


class Shape(Enum):
    """The values that a key takes."""

    MAP = "map"
    RULES = "rules"  # a list of names of rules
    SEVERITY = "severity"
    MODULES = "modules"  # a list of patterns of modules, as in GOPRIVATE
    PATTERNS = "patterns"  # the same, also with wildcards: `*.corp.example.com`
    VERSION = "version"
    STEPS = "steps"  # a list of steps of provisioning
    TEXT = "text"
    PROXIES = "proxies"  # a list of module proxies
    REGISTRIES = "registries"  # a list of registries of images
    CHECKSUMS = "checksums"  # `required`, or a list of checksum databases
    CHOICE = "choice"
    SCORE = "score"  # 0 to 100
    LIMIT = "limit"  # a value, or the least and the greatest one


class TeamKey(NamedTuple):
    """A key of `wslgo.yaml`: its path, its values, its meaning, and an example of a value."""

    path: tuple[str, ...]
    shape: Shape
    about: Message
    example: str = ""
    choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The key with the keys around it, as messages write it."""
        return ".".join(self.path)


# The dimensions of the score of `wslgo doctor`.
DIMENSIONS = ("speed", "correctness", "network", "debugging", "gpu", "security", "reproducibility")
SEVERITIES = ("error", "warning", "information", "hint", "off")
STEPS = (
    *("certificates", "proxy", "dns", "packages", "toolchain", "tools", "go-variables", "caches", "path", "wsl-conf"),
    *("sysctl", "wslconfig", "gpu", "wslg", "editor", "launch"),
)
# The programs of Go whose lowest version a policy can name, beside go itself.
TOOLS = ("dlv", "gopls", "golangci-lint", "staticcheck", "govulncheck", "air")

KEYS = (
    TeamKey(
        ("check",),
        Shape.MAP,
        Message(en="What `wslgo check` and the editor report", zh="`wslgo check` 和编辑器报告什么"),
    ),
    TeamKey(
        ("check", "select"),
        Shape.RULES,
        Message(en="The rules to run; default: all", zh="要运行的规则；默认：全部"),
        "[wslconfig, goenv]",
    ),
    TeamKey(
        ("check", "ignore"),
        Shape.RULES,
        Message(en="The rules to leave out", zh="不运行的规则"),
        "[wslconf/windows-line-ends]",
    ),
    TeamKey(
        ("check", "severity"),
        Shape.MAP,
        Message(en="A severity for each named rule, or `off`", zh="每条规则的严重级别，或 `off`"),
    ),
    TeamKey(
        ("check", "severity", ANY),
        Shape.SEVERITY,
        Message(en="The severity of this rule, or `off`", zh="此规则的严重级别，或 `off`"),
        "error",
        SEVERITIES,
    ),
    TeamKey(
        ("check", "private"),
        Shape.MODULES,
        Message(
            en="Hosts of your private modules, at GitHub and similar hosts with an organization (`github.com/acme`)",
            zh="私有模块所在的主机；在 GitHub 等共享主机上要写出组织（`github.com/acme`）",
        ),
        "[git.example.com]",
    ),
    TeamKey(
        ("provision",),
        Shape.MAP,
        Message(
            en="What `wslgo provision --trust-team` sets up; a repository cannot weaken checksums or redirect downloads",
            zh="`wslgo provision --trust-team` 所做的配置；仓库不能削弱校验，也不能改变下载来源",
        ),
    ),
    TeamKey(
        ("provision", "go"),
        Shape.VERSION,
        Message(
            en="The Go version to install: `1.27.3`, or `1.27` for its newest release",
            zh="要安装的 Go 版本：`1.27.3`，或用 `1.27` 表示该系列的最新版本",
        ),
        '"1.27"',
    ),
    TeamKey(
        ("provision", "steps"),
        Shape.STEPS,
        Message(en="The steps to run", zh="要执行的步骤"),
        "[toolchain, tools]",
        STEPS,
    ),
    TeamKey(
        ("provision", "variables"),
        Shape.MAP,
        Message(
            en="Lines for the go env file: GOPRIVATE and GOPROXY, and no others",
            zh="写入 go env 文件的变量：只能是 GOPRIVATE 和 GOPROXY",
        ),
    ),
    TeamKey(
        ("provision", "variables", "GOPRIVATE"),
        Shape.TEXT,
        Message(en="Only hosts of modules and remotes of this repository", zh="只能是此仓库的模块和远程所在的主机"),
        "git.example.com",
    ),
    TeamKey(
        ("provision", "variables", "GOPROXY"),
        Shape.TEXT,
        Message(
            en="Only proxies that the policy of the user or the machine names, over https",
            zh="只能是用户或机器的策略中列出的代理，并且使用 https",
        ),
        '"https://goproxy.example.com"',
    ),
    TeamKey(
        ("doctor",),
        Shape.MAP,
        Message(en="The least scores of `wslgo doctor`", zh="`wslgo doctor` 的最低评分"),
    ),
    TeamKey(
        ("doctor", "fail-under"),
        Shape.SCORE,
        Message(en="The least score of each dimension, 0 to 100", zh="每个维度的最低评分，0 到 100"),
        "80",
    ),
    TeamKey(
        ("doctor", "dimensions"),
        Shape.MAP,
        Message(
            en="The least score of single dimensions, which goes before `fail-under`",
            zh="单个维度的最低评分，优先于 `fail-under`",
        ),
    ),
    *(
        TeamKey(
            ("doctor", "dimensions", dimension),
            Shape.SCORE,
            Message(en="The least score of this dimension", zh="此维度的最低评分"),
            "80",
        )
        for dimension in DIMENSIONS
    ),
    TeamKey(
        ("policy",),
        Shape.MAP,
        Message(
            en="What everyone who works here must keep to; each violation is an error that cannot be ignored",
            zh="在此工作的每个人都必须遵守的规定；每处违反都是不能忽略的错误",
        ),
    ),
    TeamKey(
        ("policy", "proxies"),
        Shape.PROXIES,
        Message(
            en="The module proxies that GOPROXY may name; `direct` only if it is listed",
            zh="GOPROXY 可以使用的模块代理；列出 `direct` 时才允许它",
        ),
        '["https://goproxy.example.com"]',
    ),
    TeamKey(
        ("policy", "registries"),
        Shape.REGISTRIES,
        Message(
            en="The registries of images, or parts of them: `docker.io/library`, `ghcr.io/acme`, `mcr.microsoft.com`",
            zh="允许的镜像仓库或其中一部分：`docker.io/library`、`ghcr.io/acme`、`mcr.microsoft.com`",
        ),
        "[docker.io/library, ghcr.io/acme]",
    ),
    TeamKey(
        ("policy", "checksums"),
        Shape.CHECKSUMS,
        Message(
            en="`required`: modules are verified with Go's checksum database; or the list of databases as in GOSUMDB",
            zh="`required`：用 Go 的校验数据库校验模块；也可以列出 GOSUMDB 中可用的数据库",
        ),
        "required",
        ("required",),
    ),
    TeamKey(
        ("policy", "private"),
        Shape.PATTERNS,
        Message(
            en="The only modules that GOPRIVATE, GONOPROXY, GONOSUMDB and GOINSECURE may name",
            zh="GOPRIVATE、GONOPROXY、GONOSUMDB 和 GOINSECURE 只能列出的模块",
        ),
        "[git.example.com]",
    ),
    TeamKey(
        ("policy", "versions"),
        Shape.MAP,
        Message(en="The oldest versions of Go and of tools", zh="Go 和工具的最低版本"),
    ),
    TeamKey(
        ("policy", "versions", "go"),
        Shape.VERSION,
        Message(
            en="The oldest Go: in go.mod, images, workflows, version files, GOTOOLCHAIN and on the machine",
            zh="最低的 Go 版本：用于 go.mod、镜像、工作流、版本文件、GOTOOLCHAIN 和本机",
        ),
        '"1.26"',
    ),
    *(
        TeamKey(
            ("policy", "versions", tool),
            Shape.VERSION,
            Message(en="The oldest version of this tool", zh="此工具的最低版本"),
            '"1.2.0"',
        )
        for tool in TOOLS
    ),
    TeamKey(
        ("policy", "caches"),
        Shape.CHOICE,
        Message(
            en="`linux`: no folder that go uses may be on a Windows drive",
            zh="`linux`：go 使用的文件夹都不能位于 Windows 驱动器",
        ),
        "linux",
        ("linux",),
    ),
    TeamKey(
        ("policy", "wslconfig"),
        Shape.MAP,
        Message(
            en="Keys that `.wslconfig` must set, with their values or limits",
            zh="`.wslconfig` 必须设置的键，以及它们的值或限制",
        ),
    ),
    TeamKey(
        ("policy", "wslconfig", ANY),
        Shape.LIMIT,
        Message(
            en="The required value, or its limits `min` and `max`",
            zh="要求的值，或其限制 `min` 和 `max`",
        ),
        "{max: 16GB}",
    ),
    TeamKey(
        ("policy", "wslconfig", ANY, "min"),
        Shape.TEXT,
        Message(en="The least value", zh="最小值"),
        "4GB",
    ),
    TeamKey(
        ("policy", "wslconfig", ANY, "max"),
        Shape.TEXT,
        Message(en="The greatest value", zh="最大值"),
        "16GB",
    ),
    TeamKey(
        ("policy", "never-ignore"),
        Shape.RULES,
        Message(
            en="Rules that neither comments, settings, options nor a baseline can ignore",
            zh="注释、设置、选项和基线都不能忽略的规则",
        ),
        "[goenv/verification-off]",
    ),
)
