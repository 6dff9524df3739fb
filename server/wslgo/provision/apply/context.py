"""What a run does its deeds with, and how it speaks about them."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from wslgo.machine.host import UNKNOWN, Host
from wslgo.provision.apply.ledger import Ledger
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import Step
from wslgo.provision.net.http import never
from wslgo.provision.net.progress import Progress
from wslgo.provision.target import Target
from wslgo.provision.toolchain.policy import Policy
from wslgo.system.errors import reason, unexpected
from wslgo.system.journal import RUN, Journal
from wslgo.text.message import Message, Text

CHANGED = Message(
    en="{path} has changed since it was looked at; it is left as it is", zh="{path} 在检查之后已被更改；保持原样"
)
NOT_DONE = Message(en="{path}: {words}", zh="{path}：{words}")


class DriftError(ProvisionError):
    """Something is not what the plan was made for. `was` and `now` are the bytes of a file, None for no file."""

    def __init__(
        self, path: str, was: bytes | None = None, now: bytes | None = None, message: Message = CHANGED
    ) -> None:
        super().__init__(message(path=path))
        self.path = path
        self.was = was
        self.now = now


class Event(NamedTuple):
    """How far a run has come: a step with what became of it ("" while it begins), bytes of its download, or for how
    many `seconds` a program has been at it that tells nothing else."""

    step: Step
    end: str = ""
    problem: Text | None = None
    change: DriftError | None = None
    progress: Progress | None = None
    seconds: int = 0


AsRoot = Callable[[bytes], tuple[int, bytes]]


class RunContext(NamedTuple):
    """`environment` has a PATH without workspaces. `scratch` is for what can be fetched again, outside of every tree.
    `as_root` gives the
    one command of `rooted.py` its orders, and says its exit code, negative if nobody agreed, and its output.
    Once somebody has `cancelled`, no further step begins and downloads and builds end; the run can go on later."""

    target: Target
    ledger: Ledger
    journal: Journal
    environment: Mapping[str, str]
    scratch: Path
    policy: Policy = Policy()
    host: Host = UNKNOWN
    say: Callable[[Event], None] = lambda _: None
    as_root: AsRoot | None = None
    cancelled: Callable[[], bool] = never


def refusal(error: Exception, otherwise: str) -> Text:
    """What is wrong: our own words, or what the system says about which path; `otherwise` where it names none."""
    if isinstance(error, ProvisionError):
        return error.text
    if isinstance(error, OSError):
        path = error.filename if isinstance(error.filename, (str, os.PathLike)) else otherwise
        return NOT_DONE(path=os.fspath(path), words=reason(error))
    return NOT_DONE(path=otherwise, words=unexpected(error))


def who(run: str) -> str:
    """Under which name the journal has the writes of a run."""
    return f"{RUN}{run}"
