"""The table of `wslgo ci` as JSON, on which scripts rely: members are added, never renamed or removed.

`{"version": 1, "settings": [{"name", "differs", "values": [{"value", "differs", "places": [{"kind", "path",
"name", "variant", "default", "line"}]}]}], "findings": [...]}`. A value that is not known is null, with what the file
has as `written`; a go line has `minimum`; a Go that runs another one has that as `runs`. Lines count from 1. The
findings are those of `wslgo check --format json`.
"""

import json
from collections.abc import Mapping, Sequence

from wslgo.ci.comparison import Group, Row, Use
from wslgo.cli.output import as_json
from wslgo.cli.output.report import Run
from wslgo.syntax.file import File
from wslgo.text.message import Language
from wslgo.text.passwords import without_passwords
from wslgo.text.span import Lines


def text(rows: Sequence[Row], files: Mapping[str, File], run: Run, spoken: Language) -> str:
    """Return the table as one object."""
    lines = {path: Lines(file.source.text) for path, file in files.items()}
    settings = [
        {"name": row.name, "differs": row.differs, "values": [_group(group, lines) for group in row.groups]}
        for row in rows
    ]
    found = list(as_json.findings(run, spoken))
    return f"{json.dumps({'version': 1, 'settings': settings, 'findings': found}, indent=1)}\n"


def _group(group: Group, lines: Mapping[str, Lines]) -> dict[str, object]:
    value = group.value
    return {
        "value": None if value.text is None else without_passwords(value.text),
        **({"written": without_passwords(value.written)} if value.text is None and value.written else {}),
        **({"minimum": True} if value.is_minimum else {}),
        **({"runs": value.then} if value.then else {}),
        "differs": group.differs,
        "places": [_place(use, lines) for use in group.uses],
    }


def _place(use: Use, lines: Mapping[str, Lines]) -> dict[str, object]:
    path = use.value.path or use.place.path
    span = use.value.span if use.value.path else use.place.span
    line = lines[path].line_of(span.start) + 1 if path in lines and span is not None else None
    return {
        "kind": use.place.kind.value,
        "path": path or None,
        "name": use.place.name or None,
        **({"variant": use.value.variant} if use.value.variant else {}),
        "default": use.value.is_default,
        "line": line,
    }
