"""A `Host` as JSON, as `wslgo doctor --record` writes it and `--host` reads it: one key for each field."""

from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.json import record


def to_json(host: Host) -> dict[str, object]:
    """Return the host as plain JSON values without unknown facts."""
    facts = _known(record.to_json(host))
    return facts if isinstance(facts, dict) else {}


def from_json(value: object) -> Host:
    """Return the host that `to_json` wrote; raise ValueError with the place of a wrong value."""
    host = record.from_json(Host, value, "host")
    return host if isinstance(host, Host) else UNKNOWN


def _known(value: object) -> object:
    if isinstance(value, dict):
        facts = {name: _known(fact) for name, fact in value.items() if fact is not None}
        return {name: fact for name, fact in facts.items() if fact != {}}
    return [_known(member) for member in value] if isinstance(value, list) else value
