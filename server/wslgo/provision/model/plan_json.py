"""Plans and facts as JSON, and back: for the ledger of a run, for replays and for tests."""

from typing import Any, get_args

from wslgo.provision.model import step
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import Plan
from wslgo.syntax.json import record

_ACTIONS = {kind.__name__: kind for kind in get_args(step.Action)}


def to_json(value: Plan | Facts) -> dict[str, Any]:
    """Return plain values, from which `plan_from` and `facts_from` make equal ones."""
    members = record.to_json(value, _ACTIONS)
    return members if isinstance(members, dict) else {}


def plan_from(value: object) -> Plan:
    """Return the plan that `to_json` wrote; raise ValueError for any other value."""
    plan = record.from_json(Plan, value, "plan", _ACTIONS)
    return plan if isinstance(plan, Plan) else Plan()


def facts_from(value: object) -> Facts:
    """Return the facts that `to_json` wrote; raise ValueError for any other value."""
    facts = record.from_json(Facts, value, "facts", _ACTIONS)
    return facts if isinstance(facts, Facts) else Facts()
