"""The findings about a policy of a single value, before it is written or where it is shown: those of the same rules."""

from wslgo.goenv.assignment import of_variable
from wslgo.linter.check import assignment_check, check
from wslgo.linter.finding import Reported
from wslgo.linter.policy import FAMILY, Policy
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host, Variable
from wslgo.syntax.family import GOENV, by_name
from wslgo.syntax.file import File, read
from wslgo.text.source import Source


def variable_findings(name: str, value: str, policy: Policy | None, host: Host = UNKNOWN) -> tuple[Reported, ...]:
    """Return the findings about the policy of a Go variable with a value, wherever it comes from."""
    family = by_name(GOENV)
    if policy is None or family is None:
        return ()
    ask = assignment_check(Settings(select=(FAMILY,), policy=policy), (), host)
    found = ask(of_variable(Variable(name, value, "")), read("", family, Source("")))
    return tuple(reported for reported in found if policy.judges(reported.rule))


def file_findings(file: File, policy: Policy | None, host: Host = UNKNOWN) -> tuple[Reported, ...]:
    """Return the findings about the policy in a file, as it is or as it would be written."""
    if policy is None:
        return ()
    found = check(file, Settings(select=(FAMILY,), policy=policy), host=host)
    return tuple(reported for reported in found if policy.judges(reported.rule))
