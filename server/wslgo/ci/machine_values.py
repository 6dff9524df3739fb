"""This machine, or a recorded one, as a place that builds Go."""

from collections.abc import Callable

from wslgo.ci.model import GO, VARIABLES, Kind, Place, Value, unset
from wslgo.goenv.provenance import Kind as SetBy
from wslgo.goenv.provenance import Provenance
from wslgo.machine.host import Host, Tool

# The facts of the machine that are compared.
FACTS = frozenset(("go", "gopls", "delve"))


def place(host: Host, provenance: Callable[[str], Provenance]) -> Place | None:
    """Return the machine as a place; None if nothing is known of its Go."""
    if host.go is None and host.go_variables is None:
        return None
    values = {name: (_value(provenance(name)),) for name in VARIABLES}
    if host.go is not None and host.go.version:
        values[GO] = (Value(host.go.version),)
    for name, tool in (("gopls", host.gopls), ("dlv", host.delve)):
        if tool is not None:
            values[name] = (_tool(tool),)
    return Place(Kind.MACHINE, values=values)


def _value(found: Provenance) -> Value:
    if found.set_by is None:
        return Value(None)
    if found.set_by.kind in (SetBy.DEFAULT, SetBy.SHIPPED):
        is_known = found.name == "CGO_ENABLED" and found.value is not None
        return Value(found.value, is_default=True) if is_known else unset(found.name)
    return Value(found.value, found.set_by.path, found.set_by.span)


def _tool(tool: Tool) -> Value:
    return Value(f"v{tool.version.removeprefix('v')}" if tool.version else None)
