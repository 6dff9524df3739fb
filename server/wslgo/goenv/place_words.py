"""The words about a place that sets a Go variable, in the table of `wslgo env` and in hovers."""

from wslgo.goenv.assignment import Scope
from wslgo.goenv.provenance import Kind, Place, Standing
from wslgo.text.message import Message, Text

IN_EDITOR = Message(en="in the editor", zh="在编辑器中")
# Places without a file.
KINDS = {
    Kind.DEFAULT: Message(en="default", zh="默认值"),
    Kind.ENVIRONMENT: Message(en="environment", zh="环境变量"),
}
_STANDINGS = {
    Standing.OVERRIDDEN: Message(en="overridden", zh="被覆盖"),
    Standing.IN_TERMINALS: Message(en="in terminals", zh="在终端中"),
    Standing.NOT_YET: Message(
        en="not in this environment: for shells started later", zh="当前环境中没有：对之后启动的 shell 生效"
    ),
    Standing.UNCERTAIN: Message(en="may apply", zh="可能生效"),
    Standing.ELSEWHERE: Message(en="for other programs only", zh="仅用于其他程序"),
}
_SCOPES = {
    Scope.LAUNCH: Message(en="for debugging only", zh="仅用于调试"),
    Scope.TESTS: Message(en="for tests only", zh="仅用于测试"),
    Scope.TERMINAL: Message(en="for the editor's terminals only", zh="仅用于编辑器的终端"),
    Scope.GOPLS: Message(en="for gopls only", zh="仅用于 gopls"),
    Scope.SERVICES: Message(en="for systemd services only", zh="仅用于 systemd 服务"),
    Scope.FOLDER: Message(en="with direnv only", zh="仅在使用 direnv 时"),
    Scope.TASKS: Message(en="for tasks only", zh="仅用于任务"),
    Scope.MAKE: Message(en="for make only", zh="仅用于 make"),
    Scope.CONTAINER: Message(en="in containers only", zh="仅在容器中"),
    Scope.CI: Message(en="in CI only", zh="仅在 CI 中"),
    Scope.UNNAMED: Message(en="for programs that read this file", zh="仅用于读取此文件的程序"),
}


def note(place: Place) -> Text | None:
    """Return the effect of a place on the value; None for a place that wins everywhere."""
    if place.standing is not Standing.IN_EFFECT:
        is_narrow = place.scope is Scope.UNNAMED or (place.standing is Standing.ELSEWHERE and place.scope in _SCOPES)
        return _SCOPES[place.scope]() if is_narrow and place.scope else _STANDINGS[place.standing]()
    if place.scope is Scope.TERMINAL:
        return _SCOPES[Scope.TERMINAL]()
    return IN_EDITOR() if place.kind is Kind.SETTINGS else None
