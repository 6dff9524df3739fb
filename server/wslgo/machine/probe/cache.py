"""A cache of facts about Windows for this boot: asking Windows takes up to a second.

It also stores for some minutes that Windows did not answer: with broken interop, only the first run waits for it.
"""

import json
import time
from collections.abc import Callable

from wslgo.machine.probe import kernel
from wslgo.machine.probe.context import ProbeContext

VERSION = 1
SILENT_FOR = 300.0  # seconds

Facts = dict[str, object]
Query = Callable[[ProbeContext], Facts]


def path(machine: ProbeContext, name: str = "host") -> str | None:
    """Return the path of a cache file; None if the boot or the home folder is unknown.

    The file has the same name in each boot, so that no old files pile up; its content names the boot.
    """
    folder = machine.environment.get("XDG_CACHE_HOME", "")
    home = machine.environment.get("HOME", "")
    if not folder.startswith("/"):
        folder = f"{home}/.cache" if home.startswith("/") else ""
    return f"{folder}/wslgo/{name}.json" if folder and machine.ask(kernel.running_boot_id) else None


def cached_facts(machine: ProbeContext, name: str, query: Query) -> Facts:
    """Return the facts that are cached under a name; without any, run the query and cache what it returns."""
    found = machine.ask(_content).get(name)
    known: Facts = found if isinstance(found, dict) else {}
    if known and not machine.is_fresh:
        return known
    facts = query(machine)
    if facts:
        _store(machine, name, facts)
    return facts or known


def is_silent(machine: ProbeContext) -> bool:
    """Return whether Windows failed to answer in the last minutes."""
    since = machine.ask(_content).get("silent_since")
    return isinstance(since, float) and not machine.is_fresh and 0 <= time.time() - since < SILENT_FOR


def store_silence(machine: ProbeContext) -> None:
    """Store for the runs of the next minutes that Windows does not answer."""
    _store(machine, "silent_since", time.time())


def _content(machine: ProbeContext) -> Facts:
    place = path(machine)
    data = machine.world.read(place) if place else None
    try:
        found = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    boot = machine.ask(kernel.running_boot_id)
    is_current = isinstance(found, dict) and (found.get("version"), found.get("boot")) == (VERSION, boot)
    return found if is_current else {}


def _store(machine: ProbeContext, name: str, value: object) -> None:
    content = machine.ask(_content)
    content[name] = value
    place = path(machine)
    if place:
        header = {"version": VERSION, "boot": machine.ask(kernel.running_boot_id)}
        machine.world.keep(place, json.dumps({**content, **header}, indent=1).encode())
