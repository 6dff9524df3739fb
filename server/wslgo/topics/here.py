"""Sentences about a machine that several topics use."""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.machine.host import DEFAULT, ENVIRONMENT, Host
from wslgo.text.message import Message, Text

_BY_DEFAULT = Message(en="by default", zh="默认值")
_BY_ENVIRONMENT = Message(en="from the environment", zh="来自环境变量")
_HAS = Message(en="{name} is {value} ({origin})", zh="{name} 为 {value}（{origin}）")
_EMPTY = Message(en="{name} is empty", zh="{name} 为空")
_UNKNOWN = Message(
    en="{name} is unknown: wslgo could not learn it from a go command", zh="{name} 未知：未能从 go 命令得知"
)
_NOT_WSL = Message(en="This is not WSL", zh="这不是 WSL")
_NO_KERNEL = Message(en="It is unknown whether this is WSL", zh="是否为 WSL 未知")
_WSL_1 = Message(
    en="This distribution runs in WSL 1, and this is about WSL 2", zh="此发行版运行于 WSL 1，而此主题是关于 WSL 2 的"
)
_DELVE = Message(en="Delve here is {version} ({path})", zh="此处的 Delve 为 {version}（{path}）")
_NO_DELVE = Message(
    en="The version of Delve is unknown: wslgo could not find it in PATH or in the folder of go install",
    zh="Delve 的版本未知：PATH 和 go install 的文件夹中都没有找到",
)

# go always gives these a value, so a machine without one was not asked.
_NEVER_EMPTY = ("CGO_ENABLED", "GOCACHE", "GOMODCACHE")

# The facts that `value_of` needs.
GO_VARIABLES = ("go", "go_variables")


def value_of(host: Host, name: str) -> Text:
    """Return the value in effect of a Go variable and its origin, or that it is unknown."""
    variable = host.variable(name)
    if variable is None or not variable.value:
        # Without an answer of `go env` only those are known that are set.
        has_answer = any(known.origin == DEFAULT for known in host.go_variables or ())
        return _EMPTY(name=name) if has_answer and name not in _NEVER_EMPTY else _UNKNOWN(name=name)
    origins = {ENVIRONMENT: _BY_ENVIRONMENT(), DEFAULT: _BY_DEFAULT()}
    return _HAS(name=name, value=variable.value, origin=origins.get(variable.origin, variable.origin))


def other_than_wsl_2(host: Host) -> Iterator[Text]:
    """Yield a sentence if the machine is not known to be WSL 2; from the fact `wsl.generation`."""
    if host.wsl.generation != 2:
        yield {None: _NO_KERNEL, 0: _NOT_WSL}.get(host.wsl.generation, _WSL_1)()


def delve(host: Host) -> Text:
    """Return the version of Delve; from the fact `delve`."""
    found = host.delve
    return _DELVE(version=found.version, path=found.path) if found and found.version else _NO_DELVE()


def size(count: int) -> str:
    """Return a number of bytes in gibibytes as Windows writes them: `15.5 GB`, `16 GB`."""
    return f"{round(count / GIB, 1):g} GB"
