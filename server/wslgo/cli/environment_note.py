"""The note of a plain `check` that the environment in which it runs is bad for go."""

from collections.abc import Callable, Mapping

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

NOTE = Message(
    en="{name}={value} in the environment: {problem} (wslgo env {name} tells where it is set)",
    zh="环境变量 {name}={value}：{problem}（wslgo env {name} 可指出设置位置）",
)
NOTE_IN_CI = Message(en="{name}={value} in the environment: {problem}", zh="环境变量 {name}={value}：{problem}")


def environment_note(environment: Mapping[str, str], host: Callable[[], Host]) -> Text | None:
    """Return what is wrong with a Go variable of the environment, the worst one; None without any problem."""
    if not any(name.startswith(("GO", "CGO")) for name in environment):
        return None
    from wslgo.goenv.assignment import ENVIRONMENT  # few environments have such a variable
    from wslgo.knowledge.go_variable_names import KNOWN
    from wslgo.linter.finding import Severity
    from wslgo.linter.machine_check import value_findings
    from wslgo.linter.settings import Settings
    from wslgo.machine.host import Variable

    own = {name: value for name, value in environment.items() if name in KNOWN and value}
    variables = tuple(Variable(name, value, ENVIRONMENT) for name, value in own.items())
    found = value_findings(host()._replace(go_variables=variables), Settings()) if variables else ()
    worst = min(found, key=lambda reported: reported.severity, default=None)
    if worst is None or worst.severity > Severity.WARNING:
        return None
    name = worst.finding.about.partition(".")[2].upper()
    note = NOTE_IN_CI if environment.get("CI") else NOTE
    return note(name=name, value=own[name], problem=worst.finding.message)
