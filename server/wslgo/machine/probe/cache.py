"""What Windows has said since the virtual machine started, kept for the next run: asking takes up to a second.

Also that it did not answer, for some minutes: whoever works beside a dead interop waits for it once, not every time.
"""

import json
import time
from collections.abc import Callable

from wslgo.machine.probe import kernel
from wslgo.machine.probe.context import Machine

VERSION = 1
SILENT_FOR = 300.0  # seconds

Facts = dict[str, object]
Question = Callable[[Machine], Facts]


def path(machine: Machine, name: str = "host") -> str | None:
    """The file that keeps something, by its name; None without a boot or a home.

    It outlives the boot, so that nothing old is left in the folder: what it holds says to which boot it belongs.
    """
    folder = machine.environment.get("XDG_CACHE_HOME", "")
    home = machine.environment.get("HOME", "")
    if not folder.startswith("/"):
        folder = f"{home}/.cache" if home.startswith("/") else ""
    return f"{folder}/wslgo/{name}.json" if folder and machine.ask(kernel.running_boot_id) else None


def kept(machine: Machine, name: str, question: Question) -> Facts:
    """The facts that were kept under a name, or the answer, which is kept when it says anything."""
    found = machine.ask(_book).get(name)
    known: Facts = found if isinstance(found, dict) else {}
    if known and not machine.is_fresh:
        return known
    facts = question(machine)
    if facts:
        _note(machine, name, facts)
    return facts or known


def is_silent(machine: Machine) -> bool:
    """Whether Windows did not answer a short while ago."""
    since = machine.ask(_book).get("silent_since")
    return isinstance(since, float) and not machine.is_fresh and 0 <= time.time() - since < SILENT_FOR


def note_silence(machine: Machine) -> None:
    """For the runs of the next minutes."""
    _note(machine, "silent_since", time.time())


def _book(machine: Machine) -> Facts:
    place = path(machine)
    data = machine.world.read(place) if place else None
    try:
        found = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    boot = machine.ask(kernel.running_boot_id)
    is_ours = isinstance(found, dict) and (found.get("version"), found.get("boot")) == (VERSION, boot)
    return found if is_ours else {}


def _note(machine: Machine, name: str, value: object) -> None:
    book = machine.ask(_book)
    book[name] = value
    place = path(machine)
    if place:
        marks = {"version": VERSION, "boot": machine.ask(kernel.running_boot_id)}
        machine.world.keep(place, json.dumps({**book, **marks}, indent=1).encode())
