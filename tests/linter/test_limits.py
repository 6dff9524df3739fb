"""Limits for long or unusual files: findings, messages, texts; and fixes that help or are not applied."""

import pytest

from wslgo.goenv.readers import assignments
from wslgo.linter.check import MOST, CancelledError, check, every_finding
from wslgo.linter.finding import Severity
from wslgo.linter.fix import fix_file
from wslgo.linter.settings import Settings
from wslgo.syntax.family import by_name
from wslgo.syntax.file import LARGEST, File, read
from wslgo.text.source import Source

PATHS = {"wslconfig": ".wslconfig", "wslconf": "wsl.conf", "shell": ".bashrc", "launch": ".vscode/launch.json"}
PATHS |= {"mise": "mise.toml"}
PATHS |= {
    "makefile": "Makefile",
    "compose": "compose.yml",
    "workflow": ".github/workflows/a.yml",
    "dockerfile": "Dockerfile",
    "environment.d": "environment.d/a.conf",
}


def file(text: str, family: str = "wslconfig") -> File:
    found = by_name(family)
    assert found is not None
    return read(PATHS[family], found, Source(text))


def rules(found: list) -> list[str]:
    return [reported.rule for reported in found]


# Findings


def test_the_first_of_many_findings_are_shown_and_one_counts_the_others() -> None:
    found = check(file("; remark\n" * 10_000))
    assert len(found) == MOST + 1
    assert rules(found[-1:]) == ["file/too-many-findings"]
    assert found[-1].severity is Severity.INFORMATION
    assert "9,500 more" in found[-1].finding.message.render()
    assert [reported.finding.span.start for reported in found[:3]] == [0, 9, 18]


@pytest.mark.parametrize("lines", [1, 20, MOST])
def test_few_findings_are_all_shown(lines: int) -> None:
    assert rules(check(file("; remark\n" * lines))) == ["wslconfig/comment-sign"] * lines


def test_an_error_beyond_the_limit_is_shown_and_counts() -> None:
    found = check(file("[wsl2]\n" + "nonsense=1\n" * 3_000 + "memory=8GB\\q\n"))
    assert len(found) == MOST + 1
    errors = [reported for reported in found if reported.severity is Severity.ERROR]
    assert rules(errors) == ["wslconfig/bad-escape"]


def test_hints_beyond_the_limit_are_counted_by_a_hint() -> None:
    quiet = Settings(severity=(("unknown-key", Severity.HINT),))
    found = check(file("[wsl2]\n" + "nonsense=1\n" * 600), quiet)
    assert {reported.severity for reported in found} == {Severity.HINT}


def test_ignored_findings_are_not_counted() -> None:
    text = "# wslgo: ignore-file[unknown-key]\n[wsl2]\n" + "nonsense=1\n" * 3_000 + "guiApplications=off\n"
    assert rules(check(file(text))) == ["wslconfig/invalid-boolean"]


def test_a_long_value_is_cut_in_every_message() -> None:
    [found] = check(file(f"[wsl2]\nguiApplications={'x' * 90_000}\n"))
    assert len(found.finding.message.render()) < 300
    assert "x" * 50 in found.finding.message.render()


def test_a_long_value_does_not_show_a_cut_password() -> None:
    [found] = check(file(f"[wsl2]\nguiApplications=https://user:{'p' * 200}@host\n"))
    assert "ppp" not in found.finding.message.render()


def test_an_applied_fix_has_a_short_message_and_a_whole_edit() -> None:
    done = fix_file(file(f"[wsl2]\nkernelCommandLine={'x' * 90_000}\\q\n"))
    assert all(len(reported.finding.message.render()) < 300 for reported, _ in done.applied)
    assert done.after.source.text == f"[wsl2]\nkernelCommandLine={'x' * 90_000}\\\\q\n"


def test_an_ordinary_value_is_shown_whole() -> None:
    [found] = check(file("[wsl2]\nguiApplications=perhaps\n"))
    assert "'perhaps'" in found.finding.message.render()


# Texts


@pytest.mark.parametrize("family", PATHS)
@pytest.mark.parametrize("select", [("all",), ("wslconfig/invalid-boolean",)])
def test_a_text_that_is_too_large_is_an_error_and_is_not_read(family: str, select: tuple[str, ...]) -> None:
    large = file("# GOFLAGS\n" * (LARGEST // 10 + 1), family)
    found = check(large, Settings(select=select))
    assert [(reported.rule, reported.severity) for reported in found] == [("file/too-large", Severity.ERROR)]
    assert not assignments(large)
    assert fix_file(large, unsafe=True).after is large


def test_the_largest_text_is_read() -> None:
    bad = "[wsl2]\nguiApplications=off\n"
    comments = "# remark\n" * ((LARGEST - len(bad)) // 9)
    assert rules(check(file(comments + bad))) == ["wslconfig/invalid-boolean"]


def test_a_cancelled_check_stops_at_the_next_finding() -> None:
    asked = iter(range(1_000_000))
    with pytest.raises(CancelledError):
        check(file("; remark\n" * 10_000), is_cancelled=lambda: next(asked) > 100)
    assert next(asked) < 110


@pytest.mark.slow
def test_findings_are_yielded_one_by_one() -> None:
    held: list[int] = []
    some = file("; remark\n" * 50_000)
    for number, _ in enumerate(every_finding(some, Settings())):
        held.append(number)
        if number == 10:
            break
    assert len(held) == 11


# Fixes


HEADERS = ["\x85", "\x0c", "\x1d", "\x1c", "\x1e", "\xa0", "\u2028", "\u3000"]


@pytest.mark.parametrize("odd", HEADERS)
@pytest.mark.parametrize("family", ["wslconfig", "wslconf"])
def test_a_character_that_looks_like_a_space_is_removed_after_a_header(odd: str, family: str) -> None:
    section = "wsl2" if family == "wslconfig" else "boot"
    done = fix_file(file(f"[{section}]{odd}\n", family))
    assert (done.after.source.text.replace(" \n", "\n"), len(done.applied), done.left) == (f"[{section}]\n", 1, ())


@pytest.mark.parametrize("odd", ["\f", "\v", "\x1d", "\x85", "\u2028"])
@pytest.mark.parametrize("family", ["wslconfig", "wslconf"])
def test_a_line_is_commented_out_once(odd: str, family: str) -> None:
    done = fix_file(file(f"  {odd}nonsense\n", family), unsafe=True)
    assert (done.after.source.text, len(done.applied)) == (f"  # {odd}nonsense\n", 1)
    assert fix_file(done.after, unsafe=True).applied == ()


@pytest.mark.parametrize(
    ("family", "header", "key"), [("wslconfig", "[wsl2", "kernelCommandLine"), ("wslconf", "[boot", "command")]
)
def test_all_bad_lines_are_fixed_in_one_run(family: str, header: str, key: str) -> None:
    lines = "; remark\n" * 150 + f"{header}\n" + f"{key} : a\n" * 150 + f"{key}=a\\qb\n" * 150
    done = fix_file(file(lines, family))
    assert len(done.applied) >= 451
    assert not [reported for reported in done.left if reported.severity is Severity.ERROR]
    assert fix_file(done.after).after.source == done.after.source


def test_wsl_conf_is_checked_a_few_times_however_many_lines_are_bad() -> None:
    calls = [0, 0]
    for number, lines in enumerate((30, 300)):

        def count_call(number: int = number) -> bool:
            calls[number] += 1
            return False

        fix_file(file("; remark\n" * lines, "wslconf"), is_cancelled=count_call)
    assert calls[1] < 12 * calls[0]


def test_lines_after_a_line_that_stays_bad_are_not_changed() -> None:
    text = "; remark\n<<<<<<< HEAD\n; remark\n"
    done = fix_file(file(text, "wslconf"))
    assert done.after.source.text == "# remark\n<<<<<<< HEAD\n; remark\n"
    assert (len(done.applied), rules(list(done.left))) == (1, ["wslconf/bad-line"])


def test_every_end_of_file_character_is_removed_at_once() -> None:
    done = fix_file(file("[wsl2]\nmemory=8GB\n\x1aprocessors=4\n\x1aswap=0\n"), unsafe=True)
    assert done.after.source.text == "[wsl2]\nmemory=8GB\nprocessors=4\nswap=0\n"


def test_settings_that_move_to_the_same_place_move_together() -> None:
    names = ("memory=8GB", "processors=4", "swap=0", "vmIdleTimeout=60000")
    done = fix_file(file("[experimental]\n" + "".join(f"{name}\n" for name in names) + "[wsl2]\nkernel=\n"))
    assert done.after.source.text == "[experimental]\n[wsl2]\nkernel=\n" + "".join(f"{name}\n" for name in names)


def test_no_fix_creates_a_line_that_stops_wsl() -> None:
    for line in ("macAddres=random", "mac-address=random", "macAddress : random", "memory=8GB\\\nmacAddress=x"):
        done = fix_file(file(f"[wsl2]\n{line}\n"), unsafe=True)
        assert "wslconfig/invalid-mac-address" not in rules(list(done.left))


def test_fixes_of_an_ordinary_file_keep_comments() -> None:
    done = fix_file(file("[wsl2] ; mine\nmemory=8 gb\nguiApplications=off # why\n"))
    assert done.after.source.text == "[wsl2] # mine\nmemory=8GB\nguiApplications=false # why\n"
    assert (len(done.applied), done.left, done.unhelpful) == (3, (), ())
