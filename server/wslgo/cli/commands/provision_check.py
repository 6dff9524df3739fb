"""`wslgo provision --check`: compares a machine with `wslgo.yaml` and `wslgo.lock`, and changes nothing."""

import json

from wslgo.cli.call import Call
from wslgo.cli.commands.provision_usage import Options
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FAILED, FINDINGS
from wslgo.provision.apply.ledger import Ledger
from wslgo.provision.inventory.items import current_items, items
from wslgo.provision.lock.comparison import (
    CANNOT_TELL,
    DIFFERS,
    MATCHES,
    OF_LOCK,
    Comparison,
    Machine,
    verdict,
    with_lock,
    with_settings,
)
from wslgo.provision.lock.file import find
from wslgo.provision.model.spec import Spec
from wslgo.provision.report.comparison import as_json, lines, short, summary
from wslgo.provision.session import Request, policies_of, team_spec
from wslgo.provision.survey.survey import survey
from wslgo.system.journal import Journal, folder_of
from wslgo.text.message import Message, Text

NOTHING = Message(
    en="There is nothing to compare with: no wslgo.lock, and neither provision: nor policy: in a wslgo.yaml",
    zh="没有可比较的内容：没有 wslgo.lock，wslgo.yaml 中也没有 provision: 或 policy:",
)
BAD_LABEL = Message(en="--label takes up to {limit} printable characters", zh="--label 最多为 {limit} 个可打印字符")
_LONGEST = 64
_CODES = {MATCHES: CLEAN, DIFFERS: FINDINGS, CANNOT_TELL: FAILED}
_STYLES = {DIFFERS: "error", CANNOT_TELL: "warning"}


def compare(call: Call[Options], ledger: Ledger, request: Request) -> int:
    """Print each expectation; return 0 if all are met, 1 if one is not, 2 if that cannot be told."""
    label = call.options.label
    if label is not None and not (label.isprintable() and 0 < len(label) <= _LONGEST):
        return call.fail([BAD_LABEL(limit=_LONGEST)])
    found, team = find(request.folder), team_spec(request.folder, request.environment)
    if found is not None and found.lock is None:
        return _report(call, request, [], found.problems)
    bound = policies_of(request.folder, request.environment)
    if bound.problems:
        return _report(call, request, [], bound.problems)
    if found is None and team.spec == Spec() and bound.binding is None:
        return _report(call, request, [], (*team.problems, NOTHING()))
    wanted = Spec(only=tuple(dict.fromkeys((*(team.spec.only), *OF_LOCK, "go-variables"))))
    facts = survey(request.target, wanted, request.environment, request.folder, request.recorded, asks_network=False)
    facts = facts._replace(policy=bound.binding)
    journal = Journal(folder_of(call.terminal.environment))
    machine = Machine(facts, current_items(items(ledger.runs(), journal, request.target)), request.target)
    compared = [*(with_lock(machine, found.lock) if found is not None and found.lock is not None else ())]
    compared += with_settings(machine, team.spec)
    return _report(call, request, compared, (*team.problems, *facts.problems))


def _report(call: Call[Options], request: Request, compared: list[Comparison], problems: tuple[Text, ...]) -> int:
    """Print the result; in JSON there is a line for each machine, also for one that cannot be compared."""
    home = request.target.user.home
    call.warn(problems)
    if call.options.format == "json":
        spoken = language_of_machines(call.options.lang)
        result = as_json(compared, problems, call.options.label, home, spoken)
        call.terminal.say_json(json.dumps(result) + "\n")
    elif compared:
        for state, text in lines(compared):
            line = short(call.rendered(text), home)
            style = _STYLES.get(state)
            call.terminal.say(("" if state else "   ") + (call.paint(style, line) if style else line))
        call.say(summary(compared))
    return _CODES[verdict(compared) if compared else CANNOT_TELL]
