"""Sentences about a machine that several topics use."""

from wslgo.machine.host import DEFAULT, ENVIRONMENT, Host
from wslgo.text.message import Message, Text

_BY_DEFAULT = Message(en="by default", zh="默认值")
_BY_ENVIRONMENT = Message(en="from the environment", zh="来自环境变量")
_HAS = Message(en="{name} is {value} ({origin})", zh="{name} 为 {value}（{origin}）")
_EMPTY = Message(en="{name} is empty", zh="{name} 为空")
_UNKNOWN = Message(
    en="{name} is unknown: wslgo could not learn it from a go command", zh="{name} 未知：未能从 go 命令得知"
)

GO_VARIABLES = ("go", "go_variables")
"""The facts that `value_of` needs."""


def value_of(host: Host, name: str) -> Text:
    """Return the value in effect of a Go variable and its origin, or that it is unknown."""
    variable = host.variable(name)
    if variable is None or not variable.value:
        # Without an answer of `go env` only those are known that are set.
        has_answer = any(known.origin == DEFAULT for known in host.go_variables or ())
        return _EMPTY(name=name) if has_answer else _UNKNOWN(name=name)
    origins = {ENVIRONMENT: _BY_ENVIRONMENT(), DEFAULT: _BY_DEFAULT()}
    return _HAS(name=name, value=variable.value, origin=origins.get(variable.origin, variable.origin))
