"""The policies around a file: that of the machine, that of the user, and those of the repository.

All of them hold. A `policy:` that cannot be read is a problem, which makes a command fail: it never allows anything.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from wslgo.linter import team_yaml
from wslgo.linter.policy import FAMILY, Policy, joined
from wslgo.linter.team_file import NAME, bounds, policy_files
from wslgo.linter.team_requirements import AT, FoundPolicy, requirements_of
from wslgo.system.errors import reason
from wslgo.system.reader import leads_out, read_beginning
from wslgo.system.repository import upwards
from wslgo.text.message import Message
from wslgo.text.source import decode
from wslgo.text.span import Lines

NOT_READ = Message(
    en="{path} may have a policy and cannot be read: {reason}", zh="{path} 可能含有策略，但无法读取：{reason}"
)
TOO_LARGE = Message(en="{path} may have a policy, and is larger than 64 KiB", zh="{path} 可能含有策略，但超过 64 KiB")


class Policies:
    """The policies of the files of a run; each `wslgo.yaml` is read once."""

    def __init__(
        self, environment: Mapping[str, str], within: Sequence[str] | None = None, *, shows_relative: bool = False
    ) -> None:
        self._shows_relative = shows_relative
        self._own = tuple(path for path in reversed(policy_files(environment)) if os.path.lexists(path))
        self._within = within
        self._read: dict[tuple[str, str], FoundPolicy] = {}

    def around(self, folder: str, named: Iterable[str] = ()) -> FoundPolicy:
        """Return the policy for the files in a folder; `named` are settings files of the command line."""
        found = [self._of(str(path), str(path)) for path in self._own]
        found += [self._of(path, path) for path in named]
        found += [self._of(str(path), self._shown(path), path) for path in self._above(folder)]
        problems = dict.fromkeys(problem for each in found for problem in each.problems)
        return FoundPolicy(joined(each.policy for each in found) or Policy(), tuple(problems))

    def _shown(self, path: Path) -> str:
        return os.path.relpath(path) if self._shows_relative else str(path)

    def _above(self, folder: str) -> Iterator[Path]:
        """Yield the files of the repository that hold for a folder, the outermost first, without those that lead out.

        A nested one adds to what one above it requires, and removes nothing.
        """
        found = []
        for parent in upwards(folder):
            if self._within is not None and leads_out(Path(parent), self._within):
                break
            candidate = Path(parent, NAME)
            if candidate in self._own or not os.path.lexists(candidate):
                continue
            # Whether its target exists is asked only of what stays inside.
            if not leads_out(candidate, bounds(candidate, self._within)) and candidate.is_file():
                found.append(candidate)
        yield from reversed(found)

    def _of(self, path: str, shown: str, found: Path | None = None) -> FoundPolicy:
        if (path, shown) not in self._read:
            within = None if found is None else bounds(found, self._within)
            self._read[path, shown] = read_policy(path, shown, within)
        return self._read[path, shown]


def has_policy_file(environment: Mapping[str, str]) -> bool:
    """Return whether the user or the machine may have a policy."""
    return any(map(os.path.lexists, policy_files(environment)))


def read_policy(path: str, shown: str, within: Sequence[str] | None = None) -> FoundPolicy:
    """Return the policy of a file; `shown` is its path in messages."""
    try:
        data = read_beginning(path, team_yaml.LARGEST + 1, within=within)
    except OSError as error:
        return FoundPolicy(problems=(NOT_READ(path=shown, reason=reason(error)),))
    text = decode(data).text
    if FAMILY not in text:
        return FoundPolicy()
    if len(data) > team_yaml.LARGEST:
        return FoundPolicy(problems=(TOO_LARGE(path=shown),))
    try:
        root = team_yaml.parse_nodes(text)
    except team_yaml.NotReadError as error:
        line, _ = Lines(text).position(error.span.start)
        return FoundPolicy(problems=(AT(path=shown, line=line + 1, problem=error.reason),))
    return requirements_of(root, shown, text)
