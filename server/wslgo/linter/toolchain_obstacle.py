"""The words for what keeps a go command from building a module: at its go line, and about the machine."""

from wslgo.golang.toolchain import GoCommand, Lines, Obstacle, chosen, completed
from wslgo.knowledge.version import GoVersion
from wslgo.text.message import Message, Text

SYNTAX = Message(
    en="Go {found} rejects go.mod: invalid go version '{line}': must match format 1.23. Install Go {needed} or newer",
    zh="Go {found} 不接受 go.mod：invalid go version '{line}': must match format 1.23。请安装 Go {needed} 或更新版本",
)
DIRECTIVE = Message(
    en="Go {found} rejects go.mod: unknown directive: toolchain. Install Go {needed} or newer",
    zh="Go {found} 不接受 go.mod：unknown directive: toolchain。请安装 Go {needed} 或更新版本",
)
TOO_OLD = Message(
    en="Go {found} is older than go {line} in go.mod, and cannot download a newer Go. Install Go {needed} or newer",
    zh="Go {found} 比 go.mod 要求的 go {line} 旧，且无法自行下载新版本。请安装 Go {needed} 或更新版本",
)
KEPT = Message(
    en="go.mod needs Go {needed}, but GOTOOLCHAIN={value} keeps {found}: go fails. Set it to auto or install {needed}",
    zh="go.mod 需要 Go {needed}，但 GOTOOLCHAIN={value} 使 go 停留在 {found}，会报错。请改为 auto，或安装 {needed}",
)
KEPT_WITHOUT_VALUE = Message(
    en="go.mod needs Go {needed}. GOTOOLCHAIN has no value, so Go {found} downloads no other and fails: set it to auto",
    zh="go.mod 需要 Go {needed}。GOTOOLCHAIN 没有值，因此 Go {found} 不会下载其他版本，会报错。请设为 auto",
)
PATH = Message(
    en="With GOTOOLCHAIN={value}, go takes {name} only from PATH and fails without it. Set it to auto to download it",
    zh="GOTOOLCHAIN={value} 使 go 只在 PATH 中查找 {name}，找不到就会报错。改为 auto 可自动下载 {name}",
)
PROXY = Message(
    en="go.mod asks for {name}, but GOPROXY=off forbids to download it: go fails. Install Go {needed}, or name a proxy",
    zh="go.mod 要求 {name}，但 GOPROXY=off 禁止下载，go 会报错。请安装 Go {needed}，或设置代理",
)
CHECKSUM = Message(
    en="go.mod asks for {name}, but with GOSUMDB=off go cannot verify it, and fails. Install Go {needed}",
    zh="go.mod 要求 {name}，但 GOSUMDB=off 使 go 无法校验它，因此会报错。请安装 Go {needed}",
)
NAME = Message(
    en="go.mod asks for go {line}, and Go {found} downloads go{line}, which does not exist: it fails. Write {needed}",
    zh="go.mod 写的是 go {line}，Go {found} 会去下载并不存在的 go{line}，因此报错。请写 {needed}",
)

_MESSAGES = {
    Obstacle.SYNTAX: SYNTAX,
    Obstacle.DIRECTIVE: DIRECTIVE,
    Obstacle.TOO_OLD: TOO_OLD,
    Obstacle.LOCAL: KEPT,
    Obstacle.NAME: NAME,
    Obstacle.PATH: PATH,
    Obstacle.PROXY: PROXY,
    Obstacle.CHECKSUM: CHECKSUM,
}

# The variable that is the cause.
VARIABLES = {
    Obstacle.LOCAL: "GOTOOLCHAIN",
    Obstacle.PATH: "GOTOOLCHAIN",
    Obstacle.PROXY: "GOPROXY",
    Obstacle.CHECKSUM: "GOSUMDB",
}

# With the others a toolchain that was downloaded earlier, or is in PATH, would do.
IS_SURE = frozenset((Obstacle.SYNTAX, Obstacle.DIRECTIVE, Obstacle.LOCAL))


def explanation(lines: Lines, command: GoCommand, reason: Obstacle) -> Text:
    """Return why a go command does not build a module, and what helps."""
    choice = chosen(lines, command)
    name = choice.name if choice is not None else f"go{completed(lines.go)}"
    if reason is Obstacle.DIRECTIVE:
        name = lines.toolchain
    value = command.gotoolchain or ""
    kept = value.partition("+")[0]
    found = kept.removeprefix("go") if kept.startswith("go") else _text(command.version)
    message = KEPT_WITHOUT_VALUE if reason is Obstacle.LOCAL and not value else _MESSAGES[reason]
    return message(found=found, line=lines.go, needed=name.removeprefix("go"), name=name, value=value)


def is_about_toolchain_line(lines: Lines, command: GoCommand, reason: Obstacle) -> bool:
    """Return whether the toolchain line asks for what go cannot have, and not the go line."""
    choice = chosen(lines, command)
    return reason is Obstacle.DIRECTIVE or (choice is not None and not choice.is_of_go_line)


def _text(version: GoVersion) -> str:
    """Return a version as go prints it."""
    numbers = ".".join(map(str, (number for number in version[:3] if number >= 0)))
    return f"{numbers}{version.kind}{version.serial if version.kind and version.serial >= 0 else ''}"
