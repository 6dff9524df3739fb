"""The JSON schema of `wslgo.yaml`, for editors that read one; made from the table of its keys."""

from wslgo.knowledge.team_keys import ANY, KEYS, Shape, TeamKey

DIALECT = "http://json-schema.org/draft-07/schema#"

_TEXT = {"type": "string"}
# YAML reads 1.26 as a number, wslgo as it is written.
_VERSION = {"type": ["string", "number"]}
_SCALAR = {"type": ["string", "number", "boolean"]}
_LISTS = (Shape.RULES, Shape.MODULES, Shape.PATTERNS, Shape.PROXIES, Shape.REGISTRIES)


def schema() -> dict[str, object]:
    """Return the schema."""
    return {"$schema": DIALECT, "title": "wslgo.yaml", **_of_map(())}


def _of_map(path: tuple[str, ...]) -> dict[str, object]:
    inside = [key for key in KEYS if key.path[:-1] == path]
    named = {key.path[-1]: _of_key(key) for key in inside if key.path[-1] != ANY}
    others = next((_of_key(key) for key in inside if key.path[-1] == ANY), False)
    return {"type": "object", "properties": named, "additionalProperties": others}


def _of_key(key: TeamKey) -> dict[str, object]:
    about = {"description": key.about.en.replace("`", "")}
    match key.shape:
        case Shape.MAP:
            return {**about, **_of_map(key.path)}
        case Shape.STEPS:
            return {**about, "type": "array", "items": {"enum": list(key.choices)}}
        case Shape.VERSION:
            return {**about, **_VERSION}
        case Shape.SCORE:
            return {**about, "type": "integer", "minimum": 0, "maximum": 100}
        case Shape.CHOICE:
            return {**about, "enum": list(key.choices)}
        case Shape.SEVERITY:
            return {**about, "enum": [*key.choices, "info", False]}  # YAML reads a bare `off` as false
        case Shape.CHECKSUMS:
            return {**about, "anyOf": [{"enum": list(key.choices)}, _list()]}
        case Shape.LIMIT:
            return {**about, "anyOf": [_SCALAR, {**_of_map(key.path), "minProperties": 1}]}
    return {**about, **(_list() if key.shape in _LISTS else _SCALAR if key.path[-1] in ("min", "max") else _TEXT)}


def _list() -> dict[str, object]:
    return {"type": "array", "items": _TEXT}
