"""The output of `go mod edit -json` and `go work edit -json`."""

import re
from bisect import bisect_left

from wslgo.syntax.go.mod_entry import (
    Exclusion,
    Godebug,
    GoMod,
    GoWork,
    ModuleVersion,
    Replacement,
    Requirement,
    Retraction,
)
from wslgo.syntax.go.mod_tree import Problem
from wslgo.syntax.go.string_literal import as_json, as_shown


def report(reading: GoMod | GoWork) -> dict[str, object]:
    """Return the object that `go mod edit -json` or `go work edit -json` prints, or its errors."""
    if reading.problems:
        return {"errors": _errors(reading.file.text, reading.problems)}
    return _mod_report(reading) if isinstance(reading, GoMod) else _work_report(reading)


def _mod_report(mod: GoMod) -> dict[str, object]:
    module: dict[str, object] = {"Path": as_json(mod.module.path) if mod.module else ""}
    if mod.module and mod.module.deprecated:
        module["Deprecated"] = as_json(mod.module.deprecated)
    lists: dict[str, list[object]] = {
        "GoDebug": [_godebug_report(setting) for setting in mod.godebug if setting.key],
        "Require": [_requirement_report(entry) for entry in mod.require if entry.target.path],
        "Exclude": [_target_report(target) for target in _distinct(mod.exclude) if target.path],
        "Replace": _replacement_reports(mod.replace),
        "Retract": [_retraction_report(entry) for entry in mod.retract if entry.low or entry.high],
        "Tool": [{"Path": as_json(path)} for path in dict.fromkeys(tool.path for tool in mod.tool)],
        "Ignore": [{"Path": as_json(path)} for path in dict.fromkeys(ignored.path for ignored in mod.ignore)],
    }
    return {"Module": module, **_versions_report(mod), **{name: items for name, items in lists.items() if items}}


def _work_report(work: GoWork) -> dict[str, object]:
    lists: dict[str, list[object]] = {
        "Godebug": [_godebug_report(setting) for setting in work.godebug],
        "Use": [{"DiskPath": as_json(use.path)} for use in work.use if use.path],
        "Replace": _replacement_reports(work.replace),
    }
    return {**_versions_report(work), **{name: items for name, items in lists.items() if items}}


def _versions_report(reading: GoMod | GoWork) -> dict[str, object]:
    versions = {
        "Go": reading.go.version if reading.go else "",
        "Toolchain": as_json(reading.toolchain.name) if reading.toolchain else "",
    }
    return {name: version for name, version in versions.items() if version}


def _godebug_report(setting: Godebug) -> dict[str, object]:
    return {"Key": as_json(setting.key), "Value": as_json(setting.value)}


def _target_report(target: ModuleVersion) -> dict[str, object]:
    path = as_json(target.path)
    return {"Path": path, "Version": target.version} if target.version else {"Path": path}


def _requirement_report(entry: Requirement) -> dict[str, object]:
    target = _target_report(entry.target)
    return {**target, "Indirect": True} if entry.is_indirect else target


def _retraction_report(entry: Retraction) -> dict[str, object]:
    members = {"Low": entry.low, "High": entry.high, "Rationale": entry.rationale}
    return {name: as_json(value) for name, value in members.items() if value}


def _distinct(exclusions: tuple[Exclusion, ...]) -> list[ModuleVersion]:
    """Return each excluded module once, at its first place."""
    targets: dict[tuple[str, str], ModuleVersion] = {}
    for exclusion in exclusions:
        targets.setdefault(exclusion.target[:2], exclusion.target)
    return list(targets.values())


def _replacement_reports(replacements: tuple[Replacement, ...]) -> list[object]:
    """Return the replacements; of several for one module the last one, at its place."""
    last = {entry.old[:2]: index for index, entry in enumerate(replacements)}
    return [
        {"Old": _target_report(entry.old), "New": _target_report(entry.new)}
        for index, entry in enumerate(replacements)
        if entry.old.path and last[entry.old[:2]] == index
    ]


def _errors(text: str, problems: tuple[Problem, ...]) -> list[dict[str, object]]:
    """Return the errors with line numbers of the go command, whose lines end at line feeds only."""
    line_ends = [match.start() for match in re.finditer("\n", text)]
    return [
        {"line": bisect_left(line_ends, problem.at) + 1, "message": as_shown(problem.message)} for problem in problems
    ]
