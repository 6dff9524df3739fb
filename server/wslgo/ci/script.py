"""The script that runs the checks: CI calls it, and people call it, so that both do the same.

It is for any POSIX shell, since images of CI may have no bash, and `sh SCRIPT` runs it, since a checkout may lose the
executable bit.
"""

import shlex
from collections.abc import Callable

from wslgo.ci import record, script_parts
from wslgo.ci.script_checks import TIDY_DIFF_SINCE, CheckedModule, Checks
from wslgo.ci.script_marks import marked
from wslgo.knowledge.version import go_version

PATH = ".ci/go-ci.sh"
STEPS, END = "steps", "run"
INSTALL = "packages"  # a step that only CI asks for
RECORD = "GO_CI_RECORD"


def script(checks: Checks) -> str:
    """Return a new script."""
    blocks = bodies(checks)
    head = script_parts.HEAD.replace("@PATH@", PATH)
    return f"{head}{marked(STEPS, blocks[STEPS])}{script_parts.OWN}{marked(END, blocks[END])}"


def bodies(checks: Checks) -> dict[str, str]:
    """Return the lines of the marked blocks."""
    return {STEPS: _steps(checks), END: _filled(script_parts.RUN, STEPS=record.STEPS, FILES=" ".join(record.FILES))}


def step_names(checks: Checks) -> tuple[str, ...]:
    """Return the names of the generated steps, in their order."""
    is_tidied = any(module.is_tidy_alone for module in checks.modules)
    has_tools = any(module.has_tools for module in checks.modules)
    return (
        *("version", "verify"),
        *(("tidy",) if is_tidied else ()),
        *("format", "vet", "build", "test"),
        *(("tools",) if has_tools else ()),
        *(("wslgo_check",) if checks.checker else ()),
    )


def _steps(checks: Checks) -> str:
    names = step_names(checks)
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in checks.variables]
    parts = [script_parts.BEGINNING, *lines, f"\nsteps='{' '.join(names)}'\n", script_parts.FUNCTIONS]
    if any(_is_alone(module, checks) for module in checks.modules):
        parts.append(script_parts.ALONE)
    gpu = {"CUDA": _quoted_lines(checks.cuda), "GPU": _quoted_lines(checks.gpu)}
    parts.append(_filled(script_parts.WITHOUT_CUDA, **gpu) if checks.gpu else script_parts.WITHOUT_NOTHING)
    recorded = {"COMMIT": record.COMMIT, "ENVIRONMENT": record.ENVIRONMENT, "NAMES": _wrapped(record.NAMES)}
    parts.append(_filled(script_parts.VERSION, **recorded))
    if checks.packages:
        parts.append(_filled(script_parts.PACKAGES, PACKAGES=_wrapped(checks.packages)))
    parts += [part for name in names if name != "version" for part in _step(name, checks)]
    return "".join(parts)


def _step(name: str, checks: Checks) -> tuple[str, ...]:
    """Return the functions of a step: what it does in one module, and the step itself, which does so in each."""
    version = go_version(checks.go)
    match name:
        case "verify":
            are_vendored = {module.is_vendored for module in checks.modules}
            functions = [script_parts.VERIFY_MODULE] * (False in are_vendored)
            functions += [script_parts.VERIFY_VENDORED] * (True in are_vendored)
            each = _each(name, checks, lambda module: "verify_vendored" if module.is_vendored else "verify_module")
            return (*functions, each)
        case "tidy":
            is_old = version is not None and version < TIDY_DIFF_SINCE
            function = script_parts.TIDY_COPY if is_old else script_parts.TIDY_MODULE
            return function, _each(name, checks, lambda module: "tidy_module" if module.is_tidy_alone else "")
        case "tools":
            each = _each(name, checks, lambda module: "tools_module" if module.has_tools else "")
            return script_parts.TOOLS_MODULE, each
        case "wslgo_check":
            return (f"\nstep_wslgo_check() {{ python3 {shlex.quote(checks.checker)} check .; }}\n",)
    text = {
        "format": script_parts.FORMAT_MODULE,
        "vet": script_parts.VET_MODULE,
        "build": _filled(script_parts.BUILD_MODULE, PROGRAMS=record.PROGRAMS),
        "test": _filled(script_parts.TEST_MODULE, TESTS=record.TESTS),
    }[name]
    return text, _each(name, checks, lambda _: f"{name}_module")


def _each(name: str, checks: Checks, function: Callable[[CheckedModule], str]) -> str:
    """Return a step that calls a function in each module, "" for none, and fails at the end if one of them did."""
    calls = [
        f"{'alone' if _is_alone(module, checks) else 'in_module'} {shlex.quote(module.folder or '.')} {called}"
        for module in checks.modules
        if (called := function(module))
    ]
    if len(calls) == 1:
        return f"step_{name}() {{ {calls[0]}; }}\n"
    lines = "".join(f"  {call} || status=1\n" for call in calls)
    return f"step_{name}() {{\n  status=0\n{lines}  return $status\n}}\n"


def _is_alone(module: CheckedModule, checks: Checks) -> bool:
    """Return whether a module is not part of the go.work that is above it."""
    return not module.is_in_workspace and any(other.is_in_workspace for other in checks.modules)


def _quoted_lines(words: tuple[str, ...]) -> str:
    return shlex.quote("\n".join(words))


def _wrapped(words: tuple[str, ...]) -> str:
    """Return words on lines of a command, five each."""
    rows = [" ".join(words[start : start + 5]) for start in range(0, len(words), 5)]
    return " \\\n    ".join(rows)


def _filled(text: str, **values: str) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text
