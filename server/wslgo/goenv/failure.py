"""The variable behind an error of every go command."""

import re

from wslgo.goenv.assignment import DEFAULT
from wslgo.machine.host import Host, Variable

_NAME = re.compile(r"\bGO[A-Z0-9_]+\b")


def variable_behind(host: Host) -> Variable | None:
    """Return the variable that makes every go command fail; None if it is not a variable, or not known."""
    words = (host.go.problem or "") if host.go is not None and host.go.starts is not False else ""
    found = (host.variable(name) for name in _NAME.findall(words))
    named = next((variable for variable in found if variable is not None and variable.origin != DEFAULT), None)
    toolchain = host.variable("GOTOOLCHAIN")
    if named is None and words and toolchain is not None and toolchain.origin != DEFAULT:
        # `cannot find "go1.22.5" in PATH`, `invalid toolchain: go1.99 is a language version`
        name = toolchain.value.partition("+")[0]
        return toolchain if name.startswith("go") and name in words else None
    return named
