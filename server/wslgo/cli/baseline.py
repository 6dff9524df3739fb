"""The findings that a team has accepted: those of an earlier run, as `--format json` printed them.

A finding is known by its fingerprint, so that lines may move.
"""

import json

from wslgo.cli import words
from wslgo.cli.files import Trouble
from wslgo.cli.output.fingerprint import printed
from wslgo.cli.output.report import Run
from wslgo.system.errors import reason
from wslgo.system.reader import read_regular
from wslgo.text.message import Message

LARGEST = 1 << 26

NO_BASELINE = Message(
    en="is not a baseline: make one with wslgo check --format json",
    zh="不是基线文件：可用 wslgo check --format json 生成",
)


def read(path: str) -> frozenset[str] | Trouble:
    """Return the fingerprints of a baseline, or what is wrong with it."""
    try:
        found = json.loads(read_regular(path, LARGEST))
    except OSError as error:
        return Trouble(path, words.UNREADABLE(reason=reason(error)))
    except (ValueError, RecursionError):
        return Trouble(path, NO_BASELINE())
    try:
        return frozenset(str(finding["fingerprint"]) for finding in found["findings"])
    except (TypeError, LookupError):
        return Trouble(path, NO_BASELINE())


def without_known(run: Run, known: frozenset[str]) -> Run:
    """Return a run without the findings of a baseline, and their number; those that a policy keeps stay."""
    new = {id(found.reported) for found in printed(run) if found.fingerprint not in known}
    new |= {
        id(reported)
        for file in run.checked
        if (policy := file.scene.policy) is not None
        for reported in file.reported
        if policy.keeps(reported.rule)
    }
    new |= {id(reported) for reported in run.machine if run.policy is not None and run.policy.keeps(reported.rule)}
    checked = [
        file._replace(reported=kept)
        for file in run.checked
        if (kept := [reported for reported in file.reported if id(reported) in new])
    ]
    machine = [reported for reported in run.machine if id(reported) in new]
    return run._replace(checked=checked, machine=machine, known=sum(1 for _ in run.findings()) - len(new))
