"""Generated entries of `launch.json` and `tasks.json` that a policy does not allow: they are left out."""

import json
from collections.abc import Mapping

from wslgo.launch.generate.entry import Generated, LaunchEntry
from wslgo.linter.policy import Policy
from wslgo.linter.policy_check import file_findings
from wslgo.syntax.family import LAUNCH, TASKS, by_name
from wslgo.syntax.file import read
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

REFUSED = Message(
    en="'{name}' is left out, since the policy does not allow it: {problem}",
    zh="未生成 '{name}'，因为策略不允许：{problem}",
)
NEEDS = Message(
    en="'{name}' is left out, since the policy does not allow its task '{task}'",
    zh="未生成 '{name}'，因为策略不允许其任务 '{task}'",
)


class AllowedEntries(NamedTuple):
    """The entries that a policy allows, and messages about the others."""

    generated: Generated
    problems: tuple[Text, ...] = ()


def allowed_entries(generated: Generated, policy: Policy | None) -> AllowedEntries:
    """Return the entries that do not break a policy, and need no task that does."""
    if policy is None:
        return AllowedEntries(generated)
    refused: dict[str, Text] = {}
    for entry in (*generated.tasks, *generated.configurations):
        problem = _problem(entry, policy, is_task=entry in generated.tasks)
        task = next((label for label in entry.starts if label in refused), None)
        if problem is not None:
            refused[entry.label] = REFUSED(name=entry.label, problem=problem)
        elif task is not None:
            refused[entry.label] = NEEDS(name=entry.label, task=task)
    kept = generated._replace(
        configurations=tuple(entry for entry in generated.configurations if entry.label not in refused),
        tasks=tuple(entry for entry in generated.tasks if entry.label not in refused),
    )
    return AllowedEntries(kept, tuple(refused.values()))


def _problem(entry: LaunchEntry, policy: Policy, *, is_task: bool) -> Text | None:
    family = by_name(TASKS if is_task else LAUNCH)
    if family is None:
        return None
    holder = {"tasks" if is_task else "configurations": [entry.value]}
    name = "tasks" if is_task else "launch"
    file = read(f".vscode/{name}.json", family, Source(json.dumps(holder, default=_plain)))
    found = file_findings(file, policy)
    return found[0].finding.message if found else None


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)
