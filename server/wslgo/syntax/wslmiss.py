"""Which key the writer of an unknown one must have meant."""

from enum import Enum
from typing import NamedTuple

from wslgo.knowledge.wslkey import Key
from wslgo.knowledge.wslkeys import KEYS, RETIRED, Retired
from wslgo.nearest import nearest
from wslgo.syntax.wslfile import IniFile, Setting, Verdict
from wslgo.syntax.wslini import Dialect


class Miss(Enum):
    """Why a key is unknown; each belongs to one rule."""

    RETIRED = "an older release had it"
    WRONG_FILE = "the other file has it"
    WRONG_SECTION = "another section has it"
    SECTION_NAME = "its section is misspelt"
    KEY_NAME = "it is misspelt, or nothing is near"


class Unknown(NamedTuple):
    """An unknown key, and the key that is meant (None when nothing is near)."""

    setting: Setting
    miss: Miss
    meant: Key | None = None
    retired: Retired | None = None


def other_dialect(dialect: Dialect) -> Dialect:
    """The dialect of the other file."""
    return "wslconf" if dialect == "wslconfig" else "wslconfig"


def unknowns(file: IniFile, miss: Miss) -> list[Unknown]:
    """The unknown keys of a file that belong to one kind of miss."""
    unknown = (setting for setting in file.settings if setting.verdict is Verdict.UNKNOWN)
    return [one for setting in unknown if (one := _judged(setting, file.dialect)).miss is miss]


def _judged(setting: Setting, dialect: Dialect) -> Unknown:
    name = setting.written.name.lower()
    own, other = KEYS[dialect], KEYS[other_dialect(dialect)]
    section = name.rpartition(".")[0]
    retired = next((one for one in RETIRED if one.id.lower() == name), None)
    if retired:
        return Unknown(setting, Miss.RETIRED, retired=retired)
    is_own_section = any(key.section.lower() == section for key in own)
    here = [key for key in own if key.name.lower() == setting.key.lower()]
    there = next((key for key in other if name in key.ids), None)
    if there and not (is_own_section and here):
        return Unknown(setting, Miss.WRONG_FILE, there)
    if not is_own_section and section and (key := _of_misspelt_section(section, setting.key, own)):
        return Unknown(setting, Miss.SECTION_NAME, key)
    if len(here) == 1:
        return Unknown(setting, Miss.WRONG_SECTION, here[0])
    return Unknown(setting, Miss.KEY_NAME, _near(setting.key, section, own))


def _of_misspelt_section(section: str, key: str, own: tuple[Key, ...]) -> Key | None:
    meant = nearest(section, {one.section for one in own})
    keys = [one for one in own if one.section == meant]
    return next((one for one in keys if one.name.lower() == key.lower()), None)


def _near(key: str, section: str, own: tuple[Key, ...]) -> Key | None:
    """The key that is meant, looked for in its own section, or everywhere when it has none."""
    keys = [one for one in own if section in ("", one.section.lower())]
    name = nearest(key, {one.name for one in keys})
    found = [one for one in keys if one.name == name]
    return found[0] if len(found) == 1 else None
