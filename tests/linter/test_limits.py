"""What is bounded however long or odd a file is: findings, words, texts; and fixes that help or are not applied."""

import pytest

from wslgo.goenv.readers import assignments
from wslgo.linter.check import MOST, CancelledError, check, every_finding
from wslgo.linter.finding import Severity
from wslgo.linter.fix import repair
from wslgo.linter.settings import Settings
from wslgo.syntax.family import by_name
from wslgo.syntax.file import LARGEST, File, read
from wslgo.text.source import Source

PATHS = {"wslconfig": ".wslconfig", "wslconf": "wsl.conf", "shell": ".bashrc", "launch": ".vscode/launch.json"}


def file(text: str, family: str = "wslconfig") -> File:
    found = by_name(family)
    assert found is not None
    return read(PATHS[family], found, Source(text))


def rules(found: list) -> list[str]:
    return [reported.rule for reported in found]


# Findings


def test_of_many_findings_the_first_are_shown_and_one_that_counts_the_others() -> None:
    found = check(file("; remark\n" * 10_000))
    assert len(found) == MOST + 1
    assert rules(found[-1:]) == ["file/too-many-findings"]
    assert found[-1].severity is Severity.INFORMATION
    assert "9,500 more" in found[-1].finding.message.render()
    assert [one.finding.span.start for one in found[:3]] == [0, 9, 18]


@pytest.mark.parametrize("lines", [1, 20, MOST])
def test_what_people_can_read_is_shown_whole(lines: int) -> None:
    assert rules(check(file("; remark\n" * lines))) == ["wslconfig/comment-sign"] * lines


def test_an_error_beyond_the_limit_is_shown_and_counts() -> None:
    found = check(file("[wsl2]\n" + "nonsense=1\n" * 3_000 + "memory=8GB\\q\n"))
    assert len(found) == MOST + 1
    assert [one.rule for one in found if one.severity is Severity.ERROR] == ["wslconfig/bad-escape"]


def test_hints_beyond_the_limit_are_counted_by_a_hint() -> None:
    quiet = Settings(severity=(("unknown-key", Severity.HINT),))
    found = check(file("[wsl2]\n" + "nonsense=1\n" * 600), quiet)
    assert {one.severity for one in found} == {Severity.HINT}


def test_silenced_findings_are_not_counted() -> None:
    text = "# wslgo: ignore-file[unknown-key]\n[wsl2]\n" + "nonsense=1\n" * 3_000 + "guiApplications=off\n"
    assert rules(check(file(text))) == ["wslconfig/invalid-boolean"]


def test_a_long_value_is_cut_in_every_sentence() -> None:
    [found] = check(file(f"[wsl2]\nguiApplications={'x' * 90_000}\n"))
    assert len(found.finding.message.render()) < 300
    assert "x" * 50 in found.finding.message.render()


def test_a_long_value_shows_no_password_that_was_cut() -> None:
    [found] = check(file(f"[wsl2]\nguiApplications=https://user:{'p' * 200}@host\n"))
    assert "ppp" not in found.finding.message.render()


def test_what_was_fixed_is_told_in_few_words_and_written_whole() -> None:
    done = repair(file(f"[wsl2]\nkernelCommandLine={'x' * 90_000}\\q\n"))
    assert all(len(one.finding.message.render()) < 300 for one in done.fixed)
    assert done.file.source.text == f"[wsl2]\nkernelCommandLine={'x' * 90_000}\\\\q\n"


def test_an_ordinary_value_is_shown_whole() -> None:
    [found] = check(file("[wsl2]\nguiApplications=perhaps\n"))
    assert "'perhaps'" in found.finding.message.render()


# Texts


@pytest.mark.parametrize("family", PATHS)
@pytest.mark.parametrize("select", [("all",), ("wslconfig/invalid-boolean",)])
def test_a_text_that_is_too_large_is_not_read_and_that_is_an_error(family: str, select: tuple[str, ...]) -> None:
    large = file("# GOFLAGS\n" * (LARGEST // 10 + 1), family)
    found = check(large, Settings(select=select))
    assert [(one.rule, one.severity) for one in found] == [("file/too-large", Severity.ERROR)]
    assert not assignments(large)
    assert repair(large, unsafe=True).file is large


def test_the_largest_text_is_read() -> None:
    bad = "[wsl2]\nguiApplications=off\n"
    comments = "# remark\n" * ((LARGEST - len(bad)) // 9)
    assert rules(check(file(comments + bad))) == ["wslconfig/invalid-boolean"]


def test_a_check_that_nobody_waits_for_stops_at_the_next_finding() -> None:
    asked = iter(range(1_000_000))
    with pytest.raises(CancelledError):
        check(file("; remark\n" * 10_000), is_cancelled=lambda: next(asked) > 100)
    assert next(asked) < 110


def test_no_more_findings_are_held_than_are_shown() -> None:
    held: list[int] = []
    some = file("; remark\n" * 50_000)
    for number, _ in enumerate(every_finding(some, Settings())):
        held.append(number)
        if number == 10:
            break
    assert len(held) == 11, "they come one by one"


# Fixes


HEADERS = ["\x85", "\x0c", "\x1d", "\x1c", "\x1e", "\xa0", "\u2028", "\u3000"]


@pytest.mark.parametrize("odd", HEADERS)
@pytest.mark.parametrize("family", ["wslconfig", "wslconf"])
def test_what_only_looks_like_a_blank_is_taken_away_behind_a_header(odd: str, family: str) -> None:
    section = "wsl2" if family == "wslconfig" else "boot"
    done = repair(file(f"[{section}]{odd}\n", family))
    assert (done.file.source.text.replace(" \n", "\n"), len(done.fixed), done.left) == (f"[{section}]\n", 1, ())


@pytest.mark.parametrize("odd", ["\f", "\v", "\x1d", "\x85", "\u2028"])
@pytest.mark.parametrize("family", ["wslconfig", "wslconf"])
def test_a_line_is_made_a_comment_once(odd: str, family: str) -> None:
    done = repair(file(f"  {odd}nonsense\n", family), unsafe=True)
    assert (done.file.source.text, len(done.fixed)) == (f"  # {odd}nonsense\n", 1)
    assert repair(done.file, unsafe=True).fixed == ()


@pytest.mark.parametrize(
    ("family", "header", "key"), [("wslconfig", "[wsl2", "kernelCommandLine"), ("wslconf", "[boot", "command")]
)
def test_all_bad_lines_are_fixed_in_one_run(family: str, header: str, key: str) -> None:
    lines = "; remark\n" * 150 + f"{header}\n" + f"{key} : a\n" * 150 + f"{key}=a\\qb\n" * 150
    done = repair(file(lines, family))
    assert len(done.fixed) >= 451
    assert not [one for one in done.left if one.severity is Severity.ERROR]
    assert repair(done.file).file.source == done.file.source


def test_wsl_conf_is_checked_a_handful_of_times_however_many_lines_are_bad() -> None:
    asked = [0, 0]
    for at, lines in enumerate((30, 300)):

        def counted(at: int = at) -> bool:
            asked[at] += 1
            return False

        repair(file("; remark\n" * lines, "wslconf"), is_cancelled=counted)
    assert asked[1] < 12 * asked[0]


def test_what_comes_after_a_line_that_stays_bad_is_left_alone() -> None:
    text = "; remark\n<<<<<<< HEAD\n; remark\n"
    done = repair(file(text, "wslconf"))
    assert done.file.source.text == "# remark\n<<<<<<< HEAD\n; remark\n"
    assert (len(done.fixed), rules(list(done.left))) == (1, ["wslconf/bad-line"])


def test_every_end_of_file_is_taken_away_at_once() -> None:
    done = repair(file("[wsl2]\nmemory=8GB\n\x1aprocessors=4\n\x1aswap=0\n"), unsafe=True)
    assert done.file.source.text == "[wsl2]\nmemory=8GB\nprocessors=4\nswap=0\n"


def test_settings_that_go_to_the_same_place_go_together() -> None:
    names = ("memory=8GB", "processors=4", "swap=0", "vmIdleTimeout=60000")
    done = repair(file("[experimental]\n" + "".join(f"{name}\n" for name in names) + "[wsl2]\nkernel=\n"))
    assert done.file.source.text == "[experimental]\n[wsl2]\nkernel=\n" + "".join(f"{name}\n" for name in names)


def test_no_fix_makes_a_line_that_stops_wsl() -> None:
    for line in ("macAddres=random", "mac-address=random", "macAddress : random", "memory=8GB\\\nmacAddress=x"):
        done = repair(file(f"[wsl2]\n{line}\n"), unsafe=True)
        assert "wslconfig/invalid-mac-address" not in rules(list(done.left))


def test_a_fix_of_an_ordinary_file_is_what_it_was() -> None:
    done = repair(file("[wsl2] ; mine\nmemory=8 gb\nguiApplications=off # why\n"))
    assert done.file.source.text == "[wsl2] # mine\nmemory=8GB\nguiApplications=false # why\n"
    assert (len(done.fixed), done.left, done.refused) == (3, (), ())
