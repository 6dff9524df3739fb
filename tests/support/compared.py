"""The table of `wslgo ci` for some files, in short: for each setting its values, `!` before one that differs."""

from collections.abc import Mapping

from wslgo.ci.comparison import Group, Use, table
from wslgo.ci.model import Place
from wslgo.ci.places import places
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import decode

Shown = dict[str, dict[str, list[str]]]


def files_of(texts: Mapping[str, str]) -> dict[str, File]:
    found = {path: family_of(path) for path in texts}
    return {
        path: read(path, found[path], decode(texts[path].encode()), f"/repo/{path}") for path in texts if found[path]
    }


def rows_of(texts: Mapping[str, str], *more: Place) -> Shown:
    """Return the rows by name: values with the places that have them."""
    files = files_of(texts)
    return {
        row.name: {written(group): [named(use) for use in group.uses] for group in row.groups}
        for row in table((*more, *places(files)), files)
    }


def written(group: Group) -> str:
    value = group.value
    if value.text is None:
        return f"? {value.written}".strip()
    text = f"{'>=' if value.is_minimum else ''}{value.text}{f'->{value.then}' if value.then else ''}"
    return f"{'!' if group.differs else ''}{text}"


def named(use: Use) -> str:
    name = use.place.name or use.place.path or use.place.kind.value
    return f"{name} ({use.value.variant})" if use.value.variant else name
