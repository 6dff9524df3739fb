"""The policy about the files that `wslgo ci --write` would write: variables and lines that break it."""

import os
from collections.abc import Iterator, Mapping, Sequence

from wslgo.ci.script_checks import Checks
from wslgo.ci.workflow_files import FileChange
from wslgo.linter.finding import Reported
from wslgo.linter.policy import Policy
from wslgo.linter.policy_check import file_findings, variable_findings
from wslgo.linter.team_policy import Policies
from wslgo.linter.team_requirements import FoundPolicy
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

VARIABLE = Message(
    en="{name} of wslgo.yaml is left out, since the policy does not allow it: {problem}",
    zh="忽略 wslgo.yaml 中的 {name}，因为策略不允许：{problem}",
)
LINE = Message(
    en="{path} is not written, since it would break the policy: {problem}",
    zh="未写入 {path}，因为它会违反策略：{problem}",
)


class AllowedChecks(NamedTuple):
    """The checks without variables that a policy forbids, and messages about those."""

    checks: Checks
    problems: tuple[Text, ...] = ()


def policies_of(root: str, environment: Mapping[str, str]) -> FoundPolicy:
    """Return the policy that holds for a repository."""
    return Policies(environment, shows_relative=True).around(os.path.abspath(root))


def allowed_checks(checks: Checks, policy: Policy | None) -> AllowedChecks:
    """Return the checks without the variables that a policy forbids."""
    broken = {
        name: found[0].finding.message
        for name, value in checks.variables
        if (found := variable_findings(name, value, policy))
    }
    kept = tuple((name, value) for name, value in checks.variables if name not in broken)
    problems = tuple(VARIABLE(name=name, problem=problem) for name, problem in broken.items())
    return AllowedChecks(checks._replace(variables=kept), problems)


def broken_by(changes: Sequence[FileChange], policy: Policy | None) -> Iterator[Text]:
    """Yield what the changes would break that the files do not break already."""
    for each in changes:
        known = {reported.finding.message for reported in _findings(each.path, each.before, policy)}
        for reported in _findings(each.path, each.after, policy):
            if reported.finding.message not in known:
                yield LINE(path=each.path, problem=reported.finding.message)


def _findings(path: str, source: Source, policy: Policy | None) -> tuple[Reported, ...]:
    family = family_of(path)
    return () if family is None else file_findings(read(path, family, source), policy)
