"""`wslgo env`: the Go variables with their values, every place that sets one, and the one that wins."""

import json

from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.go_environment import LISTED, live, recorded
from wslgo.cli.machine import policy_here, replayed
from wslgo.cli.options import COLOR, HOST, LANGUAGE, OutputOptions, format_option
from wslgo.cli.output.variable_table import table
from wslgo.cli.terminal import CLEAN
from wslgo.goenv.provenance import Place, Provenance
from wslgo.knowledge.go_variable_names import FIXED, KNOWN
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text, enumeration
from wslgo.text.passwords import without_passwords
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few have a policy
    from wslgo.linter.finding import Reported
    from wslgo.linter.policy import Policy

FORMATS = ("text", "json")

BREAKS = Message(en="breaks {places}", zh="违反 {places}")
UNKNOWN = Message(en="go has no variable '{name}'; see wslgo env", zh="go 没有变量 '{name}'；见 wslgo env")
NEAREST = Message(en="go has no variable '{name}'; did you mean {near}?", zh="go 没有变量 '{name}'；是否指 {near}？")


class Options(OutputOptions):
    """The options of `wslgo env`."""

    format: str
    host: str | None
    changed: bool
    names: list[str]


USAGE = Usage(
    Message(
        en="Show the Go variables of the editor: values, every place that sets one, which place wins.",
        zh="显示编辑器中的 Go 变量：其值、各处设置，以及哪一处生效。",
    ),
    (
        format_option(FORMATS),
        Option(
            "--changed",
            Message(en="only variables whose value is not the default", zh="仅显示值与默认值不同的变量"),
        ),
        HOST._replace(
            help=Message(
                en="show those of a machine recorded with doctor --record", zh="显示用 doctor --record 记录的机器的变量"
            )
        ),
        LANGUAGE,
        COLOR,
    ),
    Operands("names", "NAME", Message(en="variables (default: all)", zh="变量（默认：全部）")),
    after=Message(
        en="Exit code: 0, or 2 for bad usage, a variable that go does not have, or an unreadable file.",
        zh="退出码：0；用法错误、go 没有的变量或文件无法读取时为 2。",
    ),
)


def run(call: Call[Options]) -> int:
    wanted = list(dict.fromkeys(call.options.names))
    unknown = [_unknown(name) for name in wanted if name not in KNOWN | FIXED]
    if unknown:
        return call.fail(unknown)
    if call.options.host:
        host = replayed(call.options.host, call.terminal.environment)
        if isinstance(host, Text):
            return call.fail([host])
        variables = recorded(host)
    else:
        variables = live(call.terminal.environment)
    found = policy_here(call.terminal.environment)
    judge = _Judge(found.binding, variables.host)
    shown = [variables.provenance(name) for name in wanted or LISTED]
    if call.options.changed:
        shown = [found for found in shown if variables.is_changed(found)]
    if call.options.format == "json":
        printed = {variable.name: {**as_json(variable), **judge.as_json(variable)} for variable in shown}
        call.terminal.say_json(json.dumps(printed, indent=1) + "\n")
    else:
        for line in table(shown, call, variables.host, judge.words, is_complete=bool(wanted)):
            call.terminal.say(line)
    return call.fail(list(found.problems)) if found.problems else CLEAN


class _Judge:
    """The findings about the policy of each value; without a policy nothing is judged."""

    def __init__(self, policy: "Policy | None", host: Host) -> None:
        self._policy = policy
        self._host = host

    def findings(self, name: str, place: Place) -> "tuple[Reported, ...]":
        if self._policy is None or place.value is None:
            return ()
        from wslgo.linter.policy_check import variable_findings  # few have a policy

        return variable_findings(name, place.value, self._policy, self._host)

    def words(self, name: str, place: Place) -> Text | None:
        """Return the lines of the policy that a value breaks."""
        related = [line.message for reported in self.findings(name, place) for line in reported.finding.related]
        return BREAKS(places=enumeration(dict.fromkeys(related))) if related else None

    def as_json(self, found: Provenance) -> dict[str, object]:
        """Return the findings about the value in effect; no member without a policy."""
        if self._policy is None:
            return {}
        reported = self.findings(found.name, found.set_by) if found.set_by is not None else ()
        return {"policy": [{"rule": each.rule, "message": each.finding.message.render()} for each in reported]}


def _unknown(name: str) -> Text:
    from wslgo.text.nearest import nearest  # only for a typo

    near = nearest(name, KNOWN | FIXED)
    return NEAREST(name=name, near=near) if near else UNKNOWN(name=name)


def as_json(found: Provenance) -> dict[str, object]:
    """Return a variable as an object, passwords masked; what is not known is null."""
    return {
        "value": _masked(found.value),
        "set_by": _place_as_json(found.set_by) if found.set_by else None,
        "also": [
            {**_place_as_json(place), "value": _masked(place.value), "standing": place.standing.value}
            for place in found.also
        ],
    }


def _place_as_json(place: Place) -> dict[str, object]:
    return {"kind": place.kind.value, "path": place.path or None, "line": place.line}


def _masked(value: str | None) -> str | None:
    return None if value is None else without_passwords(value)
