"""The facts of the machine that rules use: declared, and gathered only for selected rules."""

import inspect
import re

import pytest

from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import Key
from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.rules import FOLDERS, Rule, all_rules, needs
from wslgo.linter.settings import Settings
from wslgo.machine.probe import FACTS
from wslgo.syntax.family import GOMOD, WSLCONF, WSLCONFIG

GROUPS = {fact.partition(".")[0] for fact in FACTS}
EVERY_KEY = [key for keys in KEYS.values() for key in keys]


def name(value: object) -> str:
    return value.id if isinstance(value, (Rule, Key)) else ""


@pytest.mark.parametrize("rule", all_rules(), ids=name)
def test_a_rule_that_uses_the_machine_declares_its_needs(rule: Rule) -> None:
    source = inspect.getsource(rule.check)
    assert bool(rule.needs) or not ("scene.host" in source or "scene.snapshot" in source)


@pytest.mark.parametrize("family", FOLDERS)
def test_every_need_is_a_fact_that_can_be_gathered(family: str) -> None:
    assert needs(family, Settings()) <= {*FACTS, *GROUPS}


def test_rules_that_are_turned_off_need_nothing() -> None:
    assert needs(WSLCONFIG, Settings(select=("unknown-key",))) == frozenset()
    assert needs(WSLCONFIG, Settings(select=("processors-above-host",))) == {"wslconfig", "windows.processors"}
    assert needs("nothing", Settings()) == frozenset()


def test_a_rule_of_two_families_has_needs_for_each() -> None:
    only = Settings(select=("not-in-force",))
    assert "windows.memory" in needs(WSLCONFIG, only)
    assert needs(WSLCONF, only) == {"wslconf", "wsl.distribution", "home"}
    assert needs(GOMOD, only) == frozenset()


@pytest.mark.parametrize("key", EVERY_KEY, ids=name)
def test_the_release_in_words_and_in_numbers_agree(key: Key) -> None:
    release = re.search(r"WSL ([0-9.]+[0-9])", key.since)
    assert key.since_wsl == (wsl_version(release[1]) if release else ())
    if "Windows 11 22H2" in key.since:
        assert key.since_windows == 22621
    assert not (key.since_windows and key.inbox_windows)
    assert set(key.newer_values) <= set(key.values)


@pytest.mark.parametrize(
    ("text", "version"),
    [("2.6.1.0", (2, 6, 1, 0)), ("2.6.1.0-beta", (2, 6, 1, 0)), ("0.67.6", (0, 67, 6)), ("2", None), ("", None)],
)
def test_versions_of_wsl_are_parsed(text: str, version: tuple[int, ...] | None) -> None:
    assert wsl_version(text) == version


@pytest.mark.parametrize("text", ["x2.6.1", "2.6.1.0.9", "2.", "9999999999.1"])
def test_other_texts_are_not_versions_of_wsl(text: str) -> None:
    assert wsl_version(text) is None
