"""The requirements of the `policy:` in a `wslgo.yaml`, and the mistakes in it.

A mistake is always reported: what is right in a policy holds, and the rest is a problem.
"""

from wslgo.linter import team_problems
from wslgo.linter.policy import FAMILY, Policy, PolicyFile, Requirement, joined
from wslgo.linter.team_problems import Problem
from wslgo.linter.team_yaml import Member, Node
from wslgo.text.message import Message, Text
from wslgo.text.span import Lines
from wslgo.text.typing import NamedTuple

AT = Message(en="{path}, line {line}: {problem}", zh="{path} 第 {line} 行：{problem}")


class FoundPolicy(NamedTuple):
    """The policy of a file, and the problems of what is not right in it."""

    policy: Policy = Policy()
    problems: tuple[Text, ...] = ()

    @property
    def binding(self) -> Policy | None:
        """The policy; None if it requires nothing."""
        return self.policy if self.policy.requirements else None

    def with_more(self, other: "FoundPolicy") -> "FoundPolicy":
        """Return this and another policy, which both hold."""
        problems = dict.fromkeys((*self.problems, *other.problems))
        return FoundPolicy(joined((self.policy, other.policy)) or Policy(), tuple(problems))


def requirements_of(root: Node | None, path: str, text: str) -> FoundPolicy:
    """Return the requirements of a file that was parsed."""
    top = [member for member in (root.members if root is not None else None) or () if member.name == FAMILY]
    if not top:
        return FoundPolicy()
    wrong = [found for found in team_problems.problems(root) if found.keys[:1] == (FAMILY,)]
    lines = Lines(text)
    found = tuple(
        Requirement(keys, values, member.span, path)
        for part in top
        for each in part.node.members or ()
        for keys, values, member in _of_member(each, wrong)
    )
    said = tuple(
        AT(path=path, line=lines.position(problem.span.start)[0] + 1, problem=problem.text) for problem in wrong
    )
    return FoundPolicy(Policy(found, (PolicyFile(path, text),)), said)


def _of_member(member: Member, wrong: list[Problem]) -> list[tuple[tuple[str, ...], tuple[str, ...], Member]]:
    """Return the requirements of a key of a policy; what is wrong has none."""
    if team_problems.key_at((FAMILY, member.name)) is None:
        return []
    if member.node.members is not None:
        return [
            found
            for each in member.node.members
            for found in (_of_wsl_key(each, wrong) if member.name == "wslconfig" else _of_value(each, wrong))
            for found in [((member.name, *found[0]), *found[1:])]
        ]
    return _of_value(member, wrong)


def _of_value(member: Member, wrong: list[Problem]) -> list[tuple[tuple[str, ...], tuple[str, ...], Member]]:
    """Return the values of a key; of a list those that are right, which may be none: then it allows nothing."""
    spans = {problem.span for problem in wrong}
    if member.span in spans or member.node.span in spans:
        return []
    if member.node.items is not None:
        values = tuple(
            item.written for item in member.node.items if item.written is not None and item.span not in spans
        )
        return [((member.name,), values, member)]
    return [((member.name,), (member.node.written,), member)] if member.node.written is not None else []


def _of_wsl_key(member: Member, wrong: list[Problem]) -> list[tuple[tuple[str, ...], tuple[str, ...], Member]]:
    known = team_problems.wsl_key(member.name)
    if known is None:
        return []
    if member.node.members is None:
        return [((known.id, "value"), values, member) for _, values, _ in _of_value(member, wrong)]
    return [
        ((known.id, *keys), values, found)
        for each in member.node.members
        if each.name in ("min", "max")
        for keys, values, found in _of_value(each, wrong)
    ]
