"""NamedTuples as JSON values, and back by the types of their fields.

A message is kept as its text in both languages, with passwords masked. Where a field can have one of several records,
`kinds` names them, and each is written with its name as `kind`.
"""

import base64
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from wslgo.text.message import Message, Text

Kinds = Mapping[str, Any]

# Text from the disk is only an argument: as a template it would pass for our own words.
_RECORDED = Message(en="{en}", zh="{zh}")


def to_json(value: object, kinds: Kinds = {}) -> Any:  # noqa: B006 - is not changed
    """Return a value as JSON, from which `from_json` makes an equal one."""
    if isinstance(value, Text):
        return text_to_json(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    fields = getattr(value, "_asdict", None)
    if fields is not None:
        name = type(value).__name__
        members = {key: to_json(member, kinds) for key, member in fields().items()}
        return {"kind": name, **members} if name in kinds else members
    if isinstance(value, Mapping):
        return {key: to_json(member, kinds) for key, member in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [to_json(member, kinds) for member in value] if isinstance(value, tuple) else value


def from_json(kind: Any, value: object, place: str, kinds: Kinds = {}) -> Any:  # noqa: B006 - is not changed
    """Return the record of type `kind` that `to_json` wrote; raise ValueError with the place of a wrong value."""
    return _Reader(kinds).value(kind, value, place)


def text_to_json(text: Text) -> dict[str, str]:
    """Return a message in both languages."""
    return {"en": text.render("en"), "zh": text.render("zh")}


def text_from_json(value: object) -> Text:
    """Return the message that `text_to_json` wrote; raise ValueError for any other value."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is not a message")
    return _RECORDED(en=str(value.get("en", "")), zh=str(value.get("zh", "")))


class _Reader(NamedTuple):
    kinds: Kinds

    def value(self, kind: Any, value: Any, place: str) -> Any:
        if value is None and type(None) in get_args(kind):
            return None
        if kind is Text:
            return text_from_json(value)
        if _is_union(kind):
            return self._option([option for option in get_args(kind) if option is not type(None)], value, place)
        if hasattr(kind, "_fields") and isinstance(value, dict):
            return self._record(kind, value, place)
        if get_origin(kind) is not None:
            return self._collection(kind, value, place)
        if kind is bytes and isinstance(value, str):
            return base64.b64decode(value, validate=True)
        if kind is float and type(value) is int:
            return float(value)
        if isinstance(kind, type) and type(value) is kind:
            return value
        raise ValueError(f"{place}: {value!r} does not fit")

    def _option(self, options: list[Any], value: Any, place: str) -> Any:
        if len(options) == 1:
            return self.value(options[0], value, place)
        name = value.get("kind") if isinstance(value, dict) else None
        if name is None or name not in self.kinds:
            raise ValueError(f"{place}: {value!r} has no known kind")
        return self.value(self.kinds[name], value, place)

    def _record(self, kind: Any, value: dict[str, Any], place: str) -> Any:
        members = {name: member for name, member in value.items() if kind.__name__ not in self.kinds or name != "kind"}
        hints = _types(kind)
        unknown = sorted(set(members) - set(kind._fields))
        if unknown:
            raise ValueError(f"{place}: no such fact: {', '.join(unknown)}")
        missing = sorted(set(kind._fields) - set(members) - set(kind._field_defaults))
        if missing:
            raise ValueError(f"{place}: {', '.join(missing)} is missing")
        return kind(**{name: self.value(hints[name], member, f"{place}.{name}") for name, member in members.items()})

    def _collection(self, kind: Any, value: Any, place: str) -> Any:
        origin, kinds = get_origin(kind), get_args(kind)
        if origin in (tuple, frozenset) and isinstance(value, (list, tuple)):
            return origin(self.value(kinds[0], member, f"{place}[{at}]") for at, member in enumerate(value))
        if origin not in (tuple, frozenset) and isinstance(value, dict):
            return {str(name): self.value(kinds[1], member, f"{place}.{name}") for name, member in value.items()}
        raise ValueError(f"{place}: {value!r} does not fit")


@cache
def _types(kind: Any) -> Mapping[str, Any]:
    """Return the types of the fields of a record, which are compiled from their text."""
    return get_type_hints(kind)


def _is_union(kind: object) -> bool:
    origin = get_origin(kind)
    return origin is Union or getattr(origin, "__name__", "") == "UnionType"
