"""`wslgo.yaml`: found in the folders above, and read as untrusted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from wslgo.linter.finding import Severity
from wslgo.linter.settings import Settings
from wslgo.linter.team_file import NAME, find, load, provision, read


def write_team_file(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(text, encoding="utf-8")
    return folder


def test_the_nearest_file_is_read(tmp_path: Path) -> None:
    write_team_file(tmp_path, "check: {ignore: [far]}")
    near = write_team_file(tmp_path / "a", "check: {ignore: [near]}")
    assert load(near / "b" / "c").settings.ignore == ("near",)


def test_the_search_ends_at_the_root_of_a_repository(tmp_path: Path) -> None:
    write_team_file(tmp_path, "check: {ignore: [far]}")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert find(tmp_path / "repository" / "src") is None
    write_team_file(tmp_path / "repository", "check: {ignore: [here]}")
    assert load(tmp_path / "repository" / "src").settings.ignore == ("here",)


def test_a_link_out_of_the_repository_is_skipped(tmp_path: Path) -> None:
    write_team_file(tmp_path / "outside", "check: {ignore: [far]}")
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository" / NAME).symlink_to(tmp_path / "outside" / NAME)
    (tmp_path / "repository/folder").symlink_to(tmp_path / "outside")
    assert find(tmp_path / "repository") is None
    assert find(tmp_path / "repository/folder") is None
    settings, problems = load(tmp_path / "repository/folder")
    assert settings == Settings()
    assert [problem.render("en").removeprefix(f"{tmp_path}/") for problem in problems] == [
        f"repository/{place} is ignored because it is a link to outside the repository or workspace"
        for place in (f"folder/{NAME}", NAME)
    ]
    assert provision(tmp_path / "repository" / NAME) == (None, None)


def test_a_file_behind_a_link_of_the_repository_is_read(tmp_path: Path) -> None:
    write_team_file(tmp_path / "shared", "check: {ignore: [here]}")
    for name in (".git", "sub"):
        (tmp_path / name).mkdir()
    (tmp_path / "sub" / NAME).symlink_to("../shared/wslgo.yaml")
    assert load(tmp_path / "sub").settings.ignore == ("here",)


def test_the_search_stays_in_the_folders_that_it_is_given(tmp_path: Path) -> None:
    write_team_file(tmp_path, "check: {ignore: [far]}")
    (tmp_path / "a/b").mkdir(parents=True)
    assert find(tmp_path / "a/b", (str(tmp_path),)) == tmp_path / NAME
    assert find(tmp_path / "a/b", (str(tmp_path / "a"),)) is None
    assert find(tmp_path / "a/b", ()) is None
    write_team_file(tmp_path / "a", "check: {ignore: [here]}")
    assert load(tmp_path / "a/b", (str(tmp_path / "a"),)).settings.ignore == ("here",)


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_device_or_pipe_is_skipped(tmp_path: Path, make: Callable[[Path], None]) -> None:
    write_team_file(tmp_path, "check: {ignore: [far]}")
    (tmp_path / "a").mkdir()
    make(tmp_path / "a" / NAME)
    assert load(tmp_path / "a").settings.ignore == ("far",)
    assert "cannot be read" in read(tmp_path / "a" / NAME).problems[0].render("en")


def test_the_part_called_check_is_read_and_the_others_are_known(tmp_path: Path) -> None:
    severities = "unknown-key: error\n    x: off\n    y: info\n    z: information\n"
    write_team_file(tmp_path, f"check:\n  severity:\n    {severities}provision: {{}}\npolicy: {{}}\n")
    assert load(tmp_path).problems == ()
    assert load(tmp_path).settings.severity == (
        ("unknown-key", Severity.ERROR),
        ("x", None),
        ("y", Severity.INFORMATION),
        ("z", Severity.INFORMATION),
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "check:\n", "provision: {go: latest}\n"])
def test_a_file_without_settings_is_the_default(tmp_path: Path, text: str) -> None:
    write_team_file(tmp_path, text)
    assert load(tmp_path) == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("check: [", "is not YAML"),
        ("a: !!python/object/apply:os.system [id]", "is not YAML"),
        ("[" * 5000, "is not YAML"),
        ("- check", "must map"),
        ("chekc: {}", "unknown key 'chekc'"),
        ("check: {ignroe: []}", "'check.ignroe'"),
        ("# " + "x" * (1 << 16), "larger than 64 KiB"),
        ("check: &a {ignore: []}\npolicy: *a\n", "aliases (*a) are not supported"),
        ("<<: {check: {}}", "unknown key '<<'"),
        ("check: !!binary aGk=", "tags (tag:yaml.org,2002:binary) are not supported"),
        ("provision: !x {}", "tags (!x) are not supported"),
        ("? [a]\n: b", "a name must be a text"),
        ("check: " + "[" * 21 + "]" * 21, "more than 20 levels"),
        ("x: [" + "a, " * 1000 + "]", "more than 1000 values"),
        ("a: 1\n--- \nb: 2\n", "more than one document"),
        ("check: {severity: {x: {a: b}}}", "'{...}' is not a severity"),
        ("check: {severity: {x: [" + "a," * 900 + "]}}", "'[...]' is not a severity"),
        ("check: {severity: {x: " + "9" * 5000 + "}}", "'" + "9" * 80 + "...' is not a severity"),
        ("check: {severity: {x: 0x" + "f" * 60000 + "}}", "'0x" + "f" * 78 + "...' is not a severity"),
        ("check: {severity: {x: 2026-13-99}}", "'2026-13-99' is not a severity"),
        ("y" * 1000 + ": 1", "unknown key '" + "y" * 80 + "...'"),
    ],
)
def test_a_mistake_is_reported(tmp_path: Path, text: str, words: str) -> None:
    write_team_file(tmp_path, text)
    read = load(tmp_path)
    assert read.settings == Settings()
    assert words in read.problems[0].render("en")
    assert read.problems[0].render("zh") != read.problems[0].render("en")
    assert len(read.problems[0].render("en")) < 500 + len(str(tmp_path))


def test_aliases_in_nine_levels_are_rejected_at_the_first(tmp_path: Path) -> None:
    lines = ["a0: &a0 x"]
    lines += [f"a{n}: &a{n} [{', '.join(9 * [f'*a{n - 1}'])}]" for n in range(1, 12)]
    write_team_file(tmp_path, "\n".join((*lines, "check: {severity: {x: *a11}}")))
    assert "aliases (*a0) are not supported" in load(tmp_path).problems[0].render("en")
    assert provision(tmp_path / NAME) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60000,
        "{a: " * 16000,
        "- " * 30000,
        "? " * 30000,
        "[{" * 30000,
        "a: [" + "x," * 30000,
        "k: v\n" * 13000,
        "k: &a x\n" * 8000,
        "---\n" * 16000,
        "k: " + "!a " * 20000,
        'k: "' + "\\\\" * 30000,
        "k: " + "1:" * 30000 + "1",
        "%A b\n" * 13000,
    ],
)
def test_no_text_is_an_internal_error(tmp_path: Path, text: str) -> None:
    write_team_file(tmp_path, text)
    assert len(load(tmp_path).problems) < 1001
    provision(tmp_path / NAME)


def test_numbers_and_dates_stay_texts(tmp_path: Path) -> None:
    write_team_file(tmp_path, "provision: {go: 1.30, at: 2026-01-01, is: true, off: [off], none: }\n")
    assert provision(tmp_path / NAME)[0] == {"go": "1.30", "at": "2026-01-01", "is": True, "off": [False], "none": None}


def test_a_team_names_its_private_modules(tmp_path: Path) -> None:
    write_team_file(
        tmp_path,
        "check: {private: [git.corp.example, github.com/acme]}\n"
        "provision: {variables: {GOPRIVATE: 'git.other.example, golang.org/x,*'}}\n",
    )
    settings, problems = load(tmp_path)
    assert (settings.private, problems) == (("git.corp.example", "github.com/acme", "git.other.example"), ())


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("git.corp.example", "'check.private' must be a list of module paths"),
        ("{a: b}", "'check.private' must be a list of module paths"),
        # A repository must not talk users into leaving out the checksums of public modules.
        ("[golang.org]", "'golang.org' in check.private is not a host or organization of a team"),
        ("[github.com]", "'github.com' in check.private is not a host or organization of a team"),
        ("['*']", "'*' in check.private is not a host or organization of a team"),
        ("['https://git.corp.example']", "'https://git.corp.example' in check.private is not a host or organization"),
    ],
)
def test_private_modules_that_are_none_of_a_team_are_a_problem(value: str, problem: str, tmp_path: Path) -> None:
    write_team_file(tmp_path, f"check: {{private: {value}}}")
    settings, problems = load(tmp_path)
    assert settings.private == ()
    assert [text.render("en").startswith(problem) for text in problems] == [True]
