"""The likely intention of an unknown key."""

from enum import Enum
from functools import lru_cache

from wslgo.knowledge.wsl_key import Key
from wslgo.knowledge.wsl_keys import KEYS, RETIRED, Retired
from wslgo.syntax.family import OTHER
from wslgo.syntax.memo import of_last
from wslgo.syntax.wsl.ini import Dialect
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.nearest import nearest
from wslgo.text.typing import NamedTuple


class Miss(Enum):
    """The reason why a key is unknown; each belongs to one rule."""

    RETIRED = "an older release had it"
    WRONG_FILE = "the other file has it"
    WRONG_SECTION = "another section has it"
    SECTION_NAME = "its section is misspelt"
    KEY_NAME = "it is misspelt, or nothing is near"


class Unknown(NamedTuple):
    """An unknown key, and the likely key (None if no key is near)."""

    setting: Setting
    miss: Miss
    meant: Key | None = None
    retired: Retired | None = None


class _Judged(NamedTuple):
    miss: Miss
    meant: Key | None = None
    retired: Retired | None = None


def unknowns(file: IniFile, miss: Miss) -> list[Unknown]:
    """Return the unknown keys of a file with one reason."""
    return _by_miss(file).get(miss, [])


@of_last
def _by_miss(file: IniFile) -> dict[Miss, list[Unknown]]:
    found: dict[Miss, list[Unknown]] = {}
    for setting in file.settings:
        if setting.verdict is Verdict.UNKNOWN:
            judged = _judgement(setting.written.name.lower(), setting.key.lower(), file.dialect)
            found.setdefault(judged.miss, []).append(Unknown(setting, *judged))
    return found


# A misspelt key stays misspelt while the user types elsewhere.
@lru_cache(maxsize=1024)
def _judgement(name: str, key: str, dialect: Dialect) -> _Judged:
    """Return why `name` in lower case, `key` in its section, is unknown."""
    own, other = KEYS[dialect], KEYS[OTHER[dialect]]
    section = name.rpartition(".")[0]
    retired = next((old for old in RETIRED if old.id.lower() == name), None)
    if retired:
        return _Judged(Miss.RETIRED, retired=retired)
    is_own_section = any(known.section.lower() == section for known in own)
    here = [known for known in own if known.name.lower() == key]
    there = next((known for known in other if name in known.ids), None)
    if there and not (is_own_section and here):
        return _Judged(Miss.WRONG_FILE, there)
    if not is_own_section and section and (meant := _of_misspelt_section(section, key, own)):
        return _Judged(Miss.SECTION_NAME, meant)
    if len(here) == 1:
        return _Judged(Miss.WRONG_SECTION, here[0])
    return _Judged(Miss.KEY_NAME, _near(key, section, own))


def _of_misspelt_section(section: str, key: str, own: tuple[Key, ...]) -> Key | None:
    meant = nearest(section, {known.section for known in own})
    keys = [known for known in own if known.section == meant]
    return next((known for known in keys if known.name.lower() == key), None)


def _near(key: str, section: str, own: tuple[Key, ...]) -> Key | None:
    """Return the likely key, searched in its section, or in all of them without one."""
    keys = [known for known in own if section in ("", known.section.lower())]
    name = nearest(key, {known.name for known in keys})
    found = [known for known in keys if known.name == name]
    return found[0] if len(found) == 1 else None
