"""A short run of the fuzzer of entries, with the same texts each time; `./dev fuzz entries COUNT` runs longer."""

import pytest

import entries
from wslgo.linter import across_entries, check
from wslgo.linter import entries as judged_entries
from wslgo.linter.entries import judge
from wslgo.linter.rules import RuleSubject, rules_of
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN
from wslgo.syntax.family import LAUNCH, by_name
from wslgo.syntax.file import File, read
from wslgo.syntax.json import pieces
from wslgo.text.source import Source

FILES = 40
ENTRY = """
    {"name": "A", "type": "go", "request": "launch", "program": "cmd/NAME", "env": {"GOFLAGS": "-race", "PORT": 1}},"""
TEXT = '{"configurations": [' + "".join(ENTRY.replace("NAME", f"app{number}") for number in range(50)) + "\n]}\n"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_entries_one_by_one_have_the_findings_of_the_whole_file(seed: int) -> None:
    assert list(filter(None, (entries.fault(seed, number) for number in range(FILES)))) == []


@pytest.mark.slow
def test_they_do_also_if_not_all_findings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST", 3)
    assert list(filter(None, (entries.fault(7, number) for number in range(FILES)))) == []


def test_every_rule_about_launch_json_says_whether_it_looks_at_one_entry() -> None:
    rules = [rule for rule in rules_of(LAUNCH) if rule.subject is not RuleSubject.ASSIGNMENT]
    silent = [rule.id for rule in rules if rule.by_entry is None]
    assert silent == [], "add by_entry=True, or by_entry=False if it looks across entries: see `rule`"


# What is judged again, counted: nothing here is timed


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts of the entries that rules are asked about, filled as it happens."""
    asked: list[str] = []
    ask = judged_entries.excerpt

    def count(all_pieces: pieces.Pieces, piece: pieces.Piece, *rest: object, **more: object) -> pieces.Excerpt:
        asked.append(piece.text)
        return ask(all_pieces, piece, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(judged_entries, "excerpt", count)
    return asked


def edited(text: str, before: File | None) -> File:
    family = by_name(LAUNCH)
    assert family is not None
    file = read(entries.PATH, family, Source(text), entries.PATH)
    file.continue_from(before)
    return file


def surroundings(key: int = 0, settings: Settings | None = None) -> judged_entries.Surroundings:
    return judged_entries.Surroundings(key, settings or Settings(), (), UNKNOWN, None)


@pytest.mark.parametrize(
    ("old", "new"), [("cmd/app7", "cmd/app7x"), ("app7", "ap\np7"), ('"cmd/app7"', '"cmd/app7'), ('app7"', 'app7" //"')]
)
def test_a_key_in_one_entry_has_that_entry_alone_judged_again(judged: list[str], old: str, new: str) -> None:
    first = edited(TEXT, None)
    result = judge(first, surroundings())
    assert len(judged) == 50
    second = edited(TEXT.replace(f"{old}", new, 1), first)
    assert second.unread < 2 * len(ENTRY) + len(new)
    assert judge(second, surroundings(), result) is not None
    # Without its quote the entry swallows the next one.
    assert len(judged) <= 52


def test_other_surroundings_have_all_entries_judged_again(judged: list[str]) -> None:
    file = edited(TEXT, None)
    result = judge(file, surroundings())
    assert judge(file, surroundings(), result) is not None
    assert len(judged) == 50
    assert judge(file, surroundings(key=1), result) is not None
    assert judge(file, surroundings(settings=Settings(ignore=("launch/*",))), result) is not None
    assert len(judged) == 150


def test_an_entry_that_is_back_or_elsewhere_is_not_judged_again(judged: list[str]) -> None:
    first = edited(TEXT, None)
    result = judge(first, surroundings())
    swapped = edited(TEXT.replace("app7", "tmp").replace("app8", "app7").replace("tmp", "app8"), first)
    assert judge(swapped, surroundings(), result) is not None
    assert len(judged) == 50


def test_rules_across_entries_are_asked_again_only_if_what_entries_share_has_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[File] = []
    tree_of = across_entries._tree

    def count(file: File, *rest: object) -> object:
        asked.append(file)
        return tree_of(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(across_entries, "_tree", count)
    file = edited(TEXT, None)
    result = judge(file, surroundings())
    for old, new, times in (("app7", "app7x", 1), ('PORT": ', 'PORT":\n', 1), ('"A"', '"B"', 2)):
        before, file = file, edited(file.source.text.replace(old, new, 1), file)
        found = judge(file, surroundings(), result)
        assert found is not None
        result = found
        assert len(asked) == times
        whole = check.check(read(entries.PATH, file.family, file.source, entries.PATH), is_in_editor=True)
        assert result.found() == whole
        assert before is not file
