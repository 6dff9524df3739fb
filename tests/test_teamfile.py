"""`wslgo.yaml`, found upwards and read without trust."""

from pathlib import Path

import pytest

from wslgo.finding import Severity
from wslgo.settings import Settings
from wslgo.teamfile import NAME, find, load


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(text, encoding="utf-8")
    return folder


def test_the_nearest_file_is_read(tmp_path: Path) -> None:
    written(tmp_path, "check: {ignore: [far]}")
    near = written(tmp_path / "a", "check: {ignore: [near]}")
    assert load(near / "b" / "c").settings.ignore == ("near",)


def test_the_search_ends_at_the_root_of_a_repository(tmp_path: Path) -> None:
    written(tmp_path, "check: {ignore: [far]}")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert find(tmp_path / "repository" / "src") is None
    written(tmp_path / "repository", "check: {ignore: [here]}")
    assert load(tmp_path / "repository" / "src").settings.ignore == ("here",)


def test_the_part_called_check_is_read_and_the_others_are_known(tmp_path: Path) -> None:
    written(tmp_path, "check:\n  severity:\n    unknown-key: error\n    x: off\nprovision: {}\npolicy: {}\n")
    assert load(tmp_path).problems == ()
    assert load(tmp_path).settings.severity == (("unknown-key", Severity.ERROR), ("x", None))


@pytest.mark.parametrize("text", ["", "# nothing\n", "check:\n", "provision: {go: latest}\n"])
def test_a_file_without_wishes_is_the_default(tmp_path: Path, text: str) -> None:
    written(tmp_path, text)
    assert load(tmp_path) == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("check: [", "is not YAML"),
        ("a: !!python/object/apply:os.system [id]", "is not YAML"),
        ("[" * 5000, "is not YAML"),
        ("- check", "must map"),
        ("chekc: {}", "unknown part 'chekc'"),
        ("check: {ignroe: []}", "'check.ignroe'"),
        ("# " + "x" * (1 << 20), "larger than 1 MiB"),
    ],
)
def test_what_cannot_be_understood_is_said(tmp_path: Path, text: str, words: str) -> None:
    written(tmp_path, text)
    read = load(tmp_path)
    assert read.settings == Settings()
    assert words in read.problems[0].render("en")
    assert read.problems[0].render("zh") != read.problems[0].render("en")
