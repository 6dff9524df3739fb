"""Everything an apply or undo run needs: target, ledger, journal, network policy, callbacks."""

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
from wslgo.system.journal import RUN, Journal
from wslgo.text.message import Message, Text

CHANGED = Message(
    en="{path} has changed since the plan was made, so wslgo does not touch it",
    zh="{path} 在生成计划之后已被更改，因此 wslgo 不会改动它",
)


class DriftError(ProvisionError):
    """A state other than planned; `was` and `now` are bytes of a file, None for no file."""

    def __init__(
        self, path: str, was: bytes | None = None, now: bytes | None = None, message: Message = CHANGED
    ) -> None:
        super().__init__(message(path=path))
        self.path = path
        self.was = was
        self.now = now


class Event(NamedTuple):
    """Progress of a step: it begins (`end` is ""), ends, downloads, or runs for `seconds`."""

    step: Step
    end: str = ""
    problem: Text | None = None
    change: DriftError | None = None
    progress: Progress | None = None
    seconds: int = 0


AsRoot = Callable[[bytes], tuple[int, bytes]]


class RunContext(NamedTuple):
    """Everything that a run works with.

    `environment` has a PATH without workspaces. `scratch` is for what can be downloaded or built again, outside every
    tree. `as_root` passes orders to the command in `root_script` and returns its exit code, negative if the user
    declined, and its output. After `cancelled` returns True no further step begins, and downloads and builds end; the
    run can be resumed later.
    """

    target: Target
    ledger: Ledger
    journal: Journal
    environment: Mapping[str, str]
    scratch: Path
    policy: Policy = Policy()
    host: Host = UNKNOWN
    report: Callable[[Event], None] = lambda _: None
    as_root: AsRoot | None = None
    cancelled: Callable[[], bool] = never


def who(run: str) -> str:
    """Return the name under which the journal has the writes of a run."""
    return f"{RUN}{run}"
