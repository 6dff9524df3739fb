"""`wslgo provision --list`: what was provisioned, and whether it still is as recorded."""

import json

from wslgo.cli.call import Call
from wslgo.cli.commands.provision_usage import Options
from wslgo.cli.output.report import language_of_machines
from wslgo.cli.terminal import CLEAN, FINDINGS
from wslgo.provision.apply.ledger import Ledger
from wslgo.provision.apply.undo_notes import about_notes
from wslgo.provision.inventory.item import CHANGED, REMOVED, UNKNOWN
from wslgo.provision.inventory.items import current_items, items
from wslgo.provision.report.inventory import EMPTY, ONLY_PAST, as_json, lines
from wslgo.provision.target import Target
from wslgo.system.journal import Journal, folder_of

_STYLES = {CHANGED: "warning", REMOVED: "warning", UNKNOWN: "warning"}


def list_items(call: Call[Options], ledger: Ledger, target: Target) -> int:
    """Print the items; return 1 only if records cannot be read."""
    journal = Journal(folder_of(call.terminal.environment))
    about = list(about_notes(ledger, journal))
    for reversal in about:
        call.warn(filter(None, (reversal.note, reversal.problem)))
    found = items(ledger.runs(), journal, target)
    listed = found if call.options.all else current_items(found)
    if call.options.format == "json":
        spoken = language_of_machines(call.options.lang)
        call.terminal.say_json(json.dumps(as_json(listed, spoken), indent=1) + "\n")
    elif listed:
        for indentation, text, state in lines(listed):
            line = call.rendered(text)
            call.terminal.say(" " * indentation + (call.paint(_STYLES[state], line) if state in _STYLES else line))
    else:
        call.say(ONLY_PAST if found else EMPTY)
    return FINDINGS if about else CLEAN
