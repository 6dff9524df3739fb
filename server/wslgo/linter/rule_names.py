"""The names by which settings call rules: ids, the part after the slash, families, and `all`."""

from collections.abc import Iterable, Iterator

from wslgo.linter.named import EVERYTHING
from wslgo.linter.rules import FOLDERS, SHARED, all_rules, short_names
from wslgo.linter.settings import Settings
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest

UNKNOWN_RULE = Message(en="unknown rule '{name}'; see wslgo rules", zh="没有规则 '{name}'；见 wslgo rules")
NEAREST_RULE = Message(en="unknown rule '{name}'; did you mean {near}?", zh="没有规则 '{name}'；是否指 {near}？")
_IN = Message(en="{place}: {problem}", zh="{place}：{problem}")


def unknown_names(settings: Settings, place: str = "") -> Iterator[Text]:
    """Yield a problem for each name in settings that names no rule; `place` is where the settings are written."""
    names = (*settings.select, *settings.ignore, *(name for name, _ in settings.severity))
    for name in dict.fromkeys(names):
        if not is_rule_name(name):
            problem = unknown_rule(name, rule_names())
            yield _IN(place=place, problem=problem) if place else problem


def unknown_rule(name: str, known: Iterable[str]) -> Text:
    """Return the problem of an unknown name, with the nearest known one."""
    near = nearest(name.strip().lower(), known)
    return NEAREST_RULE(name=name, near=near) if near else UNKNOWN_RULE(name=name)


def is_rule_name(name: str) -> bool:
    """Return whether a setting with this name has an effect."""
    name = name.strip().lower()
    family, _, short = name.partition("/")
    folders = (family,) if family in SHARED else FOLDERS.get(family, ())
    # A rule imports what it needs, and importing all of them takes longer than the check of a file.
    return name == EVERYTHING or any(short in short_names(folder) for folder in folders) or name in rule_names()


def rule_names() -> frozenset[str]:
    """Return all names of rules; this imports every rule."""
    ids = {rule.id for rule in all_rules()}
    return frozenset((*ids, *(part for rule in ids for part in rule.split("/")), EVERYTHING))
