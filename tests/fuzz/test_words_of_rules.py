"""A rule that is left out because the text lacks its words would have found nothing."""

import random
from collections.abc import Iterator

import pytest

import fixes
from wslgo.linter import check as checks
from wslgo.linter.check import silent_modules
from wslgo.linter.finding import Reported
from wslgo.linter.rules.words import WORDS

pytestmark = pytest.mark.slow

FAMILIES = ("wslconfig", "wslconf", "gomod", "gowork", "launch", "tasks", "settings", "workspace", "fstab", "shell")
COUNT = 2_000


def scenes(count: int, seed: int) -> Iterator[fixes.Scene]:
    """Yield the texts of the corpus, and mutated ones."""
    corpus = [scene for scene in fixes.corpus() if scene.file.family.name in FAMILIES]
    yield from corpus
    chance = random.Random(seed)
    for _ in range(count):
        scene, other = chance.choice(corpus), chance.choice(corpus)
        text = fixes.mutated(scene.file.source.text, other.file.source.text, chance)
        yield scene.of(scene.file.source._replace(text=text))


def findings(scene: fixes.Scene) -> list[tuple[str, object]]:
    return [_shown(reported) for reported in scene.findings()]


def _shown(reported: Reported) -> tuple[str, object]:
    return reported.rule, reported.finding


def test_a_rule_that_is_left_out_would_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    some = list(scenes(COUNT, 1))
    narrowed = [findings(scene) for scene in some]
    monkeypatch.setattr(checks, "silent_modules", lambda _file: frozenset())
    for scene, found in zip(some, narrowed, strict=True):
        assert findings(scene.of(scene.file.source)) == found, scene.file.source.text


def test_rules_are_left_out_only_of_short_texts_in_which_no_letter_is_written_as_an_escape() -> None:
    assert left_out(".vscode/launch.json", "{}") == set(WORDS)
    assert "launch/port_in_launch" not in left_out(".vscode/launch.json", '{"PORT": 1}')
    assert left_out(".vscode/launch.json", '{"p\\u006frt": 1}') == set()
    assert left_out(".vscode/launch.json", " " * 20_000) == set()
    assert left_out(".wslconfig", "kernel=C:\\\\users\n")


def test_rules_about_bad_lines_are_left_out_of_a_file_without_any() -> None:
    assert "wsl/bad_line" in left_out(".wslconfig", "[wsl2]\n")
    assert "wsl/bad_line" not in left_out(".wslconfig", "[wsl2\n")


def left_out(path: str, text: str) -> frozenset[str]:
    family = fixes.family_of(path)
    assert family is not None
    return silent_modules(fixes.read(path, family, fixes.Source(text)))


def test_words_are_in_small_letters_and_spelled_alike_in_all_json() -> None:
    for words in WORDS.values():
        assert all(word and word == word.casefold() for word in words)
    of_json = [words for name, words in WORDS.items() if name.startswith(("launch/", "json/", "libraries/"))]
    assert not {'"', "\n", "\t"} & {sign for words in of_json for word in words for sign in word}
