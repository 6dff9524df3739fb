"""The move of a workspace for the command line and the language server: plan, apply, undo."""

from collections.abc import Callable

from wslgo.machine.host import Host
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.context import Event, RunContext
from wslgo.provision.apply.ledger import Run
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.apply.undo import undo
from wslgo.provision.model.step import CopyWorkspace, Plan
from wslgo.provision.net.http import never
from wslgo.provision.plan.workspace_move import plan_of
from wslgo.provision.survey.workspace_move import Wish, survey_move
from wslgo.text.message import Message

__all__ = ["NEEDS", "OTHER_RUN", "Wish", "apply_move", "copy_in", "is_move", "plan_move", "undo_move"]

# The facts of the machine that a move depends on.
NEEDS = frozenset(("mounts", "wsl.generation", "wsl.distribution", "home"))

OTHER_RUN = Message(
    en="Run {id} of wslgo provision comes first: resume it with wslgo provision, or undo it with its --undo",
    zh="请先处理 wslgo provision 的运行 {id}：用 wslgo provision 继续，或用 wslgo provision --undo 撤销",
)


def plan_move(wish: Wish, host: Host, home: str, is_cancelled: Callable[[], bool] = never) -> Plan:
    """Return the plan of a move. Raises ProvisionError if it cannot be done."""
    return plan_of(survey_move(wish, host, home, is_cancelled))


def is_move(run: Run) -> bool:
    """Return whether a run copies a workspace."""
    return any(isinstance(action, CopyWorkspace) for step in run.plan.steps for action in step.actions)


def copy_in(plan: Plan) -> CopyWorkspace:
    """Return the action of a move."""
    actions = (action for step in plan.steps for action in step.actions)
    return next(action for action in actions if isinstance(action, CopyWorkspace))


def apply_move(run: Run, context: RunContext) -> tuple[Event, ...]:
    """Make or finish the copy."""
    return apply(run, context)


def undo_move(run: Run, context: RunContext) -> tuple[Reversal, ...]:
    """Remove the copy, if nothing was done in it since."""
    return undo(run, context)
