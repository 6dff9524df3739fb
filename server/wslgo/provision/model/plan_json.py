"""Plans and what was found as JSON, and back: for the ledger of a run, for replays and for tests.

A value is read by the types of the fields above it. Sentences are kept as they read, passwords masked.
"""

import base64
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin, get_type_hints

from wslgo.provision.model import step
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import Plan
from wslgo.text.message import Message, Text

# A sentence from the disk is an argument: as a template it would pass for words of ours.
_NOTED = Message(en="{en}", zh="{zh}")
_ACTIONS = {kind.__name__: kind for kind in get_args(step.Action)}


def to_json(value: Plan | Facts) -> dict[str, Any]:
    """Plain values, from which `plan_from` and `found_from` make equal ones."""
    plain = _plain(value)
    return dict(plain) if isinstance(plain, dict) else {}


def plan_from(value: object) -> Plan:
    """The plan that `to_json` wrote; raises ValueError for anything else."""
    plan = _typed(Plan, value)
    return plan if isinstance(plan, Plan) else Plan()


def found_from(value: object) -> Facts:
    """What `to_json` wrote; raises ValueError for anything else."""
    found = _typed(Facts, value)
    return found if isinstance(found, Facts) else Facts()


def text_to_json(text: Text) -> dict[str, str]:
    """A sentence in both languages."""
    return {"en": text.render("en"), "zh": text.render("zh")}


def text_from(value: object) -> Text:
    """The sentence that `text_to_json` wrote."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is no sentence")
    return _NOTED(en=str(value.get("en", "")), zh=str(value.get("zh", "")))


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return text_to_json(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    fields = getattr(value, "_asdict", None)
    if fields is not None:
        kind = type(value).__name__
        return {**({"kind": kind} if kind in _ACTIONS else {}), **{name: _plain(one) for name, one in fields().items()}}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _typed(kind: Any, value: Any) -> Any:
    """`value` as `kind`, one of the types that the fields of plans and findings have."""
    if value is None and type(None) in get_args(kind):
        return None
    if kind is Text:
        return text_from(value)
    if get_origin(kind) is Union or type(kind).__name__ == "UnionType":
        return _one_of([one for one in get_args(kind) if one is not type(None)], value)
    if hasattr(kind, "_fields") and isinstance(value, dict):
        return _record(kind, {key: one for key, one in value.items() if kind.__name__ not in _ACTIONS or key != "kind"})
    if get_origin(kind) is not None:
        return _several(get_origin(kind), get_args(kind), value)
    if kind is bytes:
        return base64.b64decode(value, validate=True)
    if kind is float and isinstance(value, int):
        return float(value)
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise ValueError(f"{value!r} does not fit")


def _one_of(kinds: list[Any], value: Any) -> Any:
    """Actions say which one they are."""
    if len(kinds) == 1:
        return _typed(kinds[0], value)
    name = value.get("kind") if isinstance(value, dict) else None
    if name not in _ACTIONS:
        raise ValueError(f"{value!r} is no action")
    return _typed(_ACTIONS[name], value)


def _record(kind: Any, value: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    unknown = sorted(set(value) - set(kind._fields))
    if unknown:
        raise ValueError(f"{kind.__name__} has no {', '.join(unknown)}")
    missing = sorted(set(kind._fields) - set(value) - set(kind._field_defaults))
    if missing:
        raise ValueError(f"{kind.__name__} lacks {', '.join(missing)}")
    return kind(**{name: _typed(hints[name], one) for name, one in value.items()})


def _several(origin: Any, kinds: tuple[Any, ...], value: Any) -> Any:
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(kinds[0], one) for one in value)
    if origin is frozenset and isinstance(value, list):
        return frozenset(_typed(kinds[0], one) for one in value)
    if isinstance(value, dict):
        return {str(name): _typed(kinds[1], one) for name, one in value.items()}
    raise ValueError(f"{value!r} does not fit")
