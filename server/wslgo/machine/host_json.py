"""A `Host` as JSON, which `wslgo doctor --record` writes and `--host` reads; its form is that of the fields."""

from typing import Any, Union, get_args, get_origin, get_type_hints

from wslgo.machine.host import UNKNOWN, Host


def to_json(host: Host) -> dict[str, object]:
    """The host as plain JSON values; unknown facts are left out."""
    plain = _plain(host)
    return plain if isinstance(plain, dict) else {}


def from_json(value: object) -> Host:
    """The host that `to_json` wrote; raises ValueError with the place of what does not fit."""
    host = _typed(Host, value, "host")
    return host if isinstance(host, Host) else UNKNOWN


def _plain(value: object) -> object:
    fields = getattr(value, "_asdict", None)
    if fields is not None:
        members = {name: _plain(member) for name, member in fields().items() if member is not None}
        return {name: member for name, member in members.items() if member != {}}
    return [_plain(member) for member in value] if isinstance(value, tuple) else value


def _typed(kind: Any, value: object, place: str) -> object:
    """`value` as `kind`, one of the types that the fields of a host have."""
    options = [option for option in get_args(kind) if option is not type(None)] if _is_union(kind) else [kind]
    if value is None and len(get_args(kind)) > len(options):
        return None
    [option] = options
    if get_origin(option) is tuple and isinstance(value, (list, tuple)):
        return tuple(_typed(get_args(option)[0], member, f"{place}[{at}]") for at, member in enumerate(value))
    if hasattr(option, "_fields") and isinstance(value, dict):
        return _record(option, value, place)
    if isinstance(option, type) and type(value) is option:
        return value
    raise ValueError(f"{place}: {value!r} does not fit")


def _record(kind: Any, value: dict[str, object], place: str) -> object:
    hints = get_type_hints(kind)
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise ValueError(f"{place}: no such fact: {', '.join(unknown)}")
    missing = sorted(set(hints) - set(value) - set(kind._field_defaults))
    if missing:
        raise ValueError(f"{place}: {', '.join(missing)} is missing")
    return kind(**{name: _typed(hints[name], member, f"{place}.{name}") for name, member in value.items()})


def _is_union(kind: object) -> bool:
    origin = get_origin(kind)
    return origin is Union or getattr(origin, "__name__", "") == "UnionType"
