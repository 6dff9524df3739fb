"""The go command's action graph (`go build -debug-actiongraph=FILE`): where the time of a build goes.

The format is not documented (cmd/go/internal/work/action.go, Go 1.20 to 1.26): members that are missing or of another
kind count as zero, and a text that is not such a graph is None.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from wslgo.bench.model import BuildProfile, Step
from wslgo.text.pattern import pattern

COMPILE, CGO, LINK, OTHER = "compile", "cgo", "link", "other"

_TIME = pattern(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d{1,9})?)(?:Z|([+-])(\d\d):(\d\d))")
# Modes of actions that only look into the cache; their time belongs to the build.
_BUILD = "build"
_CGO_TOOL = "/cgo "
_NANOSECONDS = 1e9


class _Action(NamedTuple):
    number: int
    mode: str
    package: str
    before: tuple[int, ...]
    start: float
    done: float
    commands: tuple[str, ...]
    cpu: float


def profile_of(text: str) -> BuildProfile | None:
    """Return where the time of a build went; None if the text is not an action graph."""
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(listed, list) or not listed:
        return None
    actions = {action.number: action for action in map(_action, listed) if action is not None}
    if not actions:
        return None
    begin = min((action.start for action in actions.values() if action.start), default=0.0)
    compiled = [action for action in actions.values() if action.mode == _BUILD]
    steps = sorted(
        (_step(action, begin) for action in actions.values() if action.commands), key=lambda step: step.start
    )
    return BuildProfile(
        max((action.done for action in actions.values()), default=begin) - begin,
        tuple(steps),
        tuple(_step(action, begin) for action in _critical_path(actions)),
        sum(not action.commands for action in compiled),
        sum(bool(action.commands) for action in compiled),
    )


def _action(listed: object) -> _Action | None:
    if not isinstance(listed, dict) or type(listed.get("ID")) is not int:
        return None
    commands = listed.get("Cmd")
    before = listed.get("Deps")
    return _Action(
        listed["ID"],
        _text(listed, "Mode"),
        _text(listed, "Package"),
        tuple(number for number in before if type(number) is int) if isinstance(before, list) else (),
        _seconds(_text(listed, "TimeStart")),
        _seconds(_text(listed, "TimeDone")),
        tuple(map(str, commands)) if isinstance(commands, list) else (),
        (_number(listed, "CmdUser") + _number(listed, "CmdSys")) / _NANOSECONDS,
    )


def _critical_path(actions: Mapping[int, _Action]) -> list[_Action]:
    """Return the actions with work, first to last, each of which waited for the one before it."""
    here: _Action | None = max(actions.values(), key=lambda action: action.done)
    found: list[_Action] = []
    passed = set[int]()
    while here is not None and here.number not in passed:
        passed.add(here.number)
        if here.commands:
            found.append(here)
        before = [actions[number] for number in here.before if number in actions]
        here = max(before, key=lambda action: action.done, default=None)
    return found[::-1]


def _step(action: _Action, begin: float) -> Step:
    seconds = max(0.0, action.done - action.start)
    return Step(action.package, _kind(action), seconds, max(0.0, action.start - begin), action.cpu)


def _kind(action: _Action) -> str:
    if action.mode.startswith("link"):
        return LINK
    if "cgo" in action.mode.split() or any(_CGO_TOOL in command for command in action.commands):
        return CGO
    return COMPILE if action.mode.startswith(_BUILD) else OTHER


def _text(listed: Mapping[str, Any], name: str) -> str:
    value = listed.get(name)
    return value if isinstance(value, str) else ""


def _number(listed: Mapping[str, Any], name: str) -> float:
    value = listed.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def _seconds(text: str) -> float:
    """Return a time of day as seconds of a count that only differences are taken of; 0 if there is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return 0.0
    year, month, day, hours, minutes = (int(found[number]) for number in range(1, 6))
    offset = (int(found[8]) * 60 + int(found[9])) * (-1 if found[7] == "-" else 1) if found[7] else 0
    # Days of the proleptic calendar, with March as the first month.
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    days = 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day
    return ((days * 24 + hours) * 60 + minutes - offset) * 60 + float(found[6])
