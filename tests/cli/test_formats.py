"""The formats of other tools, judged by what these tools document."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from commandline import write, wslgo
from tree import HOSTS

BAD = "[wsl2]\n# 😀\nkernelCommandLine=😀\\q\nmemory=##[error]8 <b>&\"'\nfoo=1\n"
MACHINE = ("--machine", "--host", str(HOSTS / "wsl-1.json"))


@pytest.fixture
def sick(folder: Path) -> Path:
    write(folder / "a b/.wslconfig", BAD)
    return folder


def test_a_report_for_gitlab(sick: Path) -> None:
    found = json.loads(wslgo("check", "--format", "gitlab").out)
    assert [issue["location"]["path"] for issue in found] == ["a b/.wslconfig"] * len(found)
    assert len({issue["fingerprint"] for issue in found}) == len(found) == 3
    assert {issue["severity"] for issue in found} <= {"info", "minor", "major", "critical", "blocker"}
    first = found[0]
    assert set(first) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert (first["check_name"], first["location"]["lines"]) == ("wslconfig/bad-escape", {"begin": 3, "end": 3})


def test_a_report_without_findings(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nmemory=8GB\n")
    assert json.loads(wslgo("check", "--format", "gitlab").out) == []
    assert json.loads(wslgo("check", "--format", "rdjson").out)["diagnostics"] == []
    [suite] = ET.fromstring(wslgo("check", "--format", "junit").out)  # noqa: S314 - our own
    assert (suite.attrib["tests"], suite.attrib["failures"], len(suite)) == ("1", "0", 1)


def test_columns_for_reviewdog_count_bytes(sick: Path) -> None:
    found = json.loads(wslgo("check", "--format", "rdjson", "--select", "bad-escape").out)["diagnostics"]
    [diagnostic] = found
    start = len("kernelCommandLine=😀".encode()) + 1
    assert diagnostic["location"]["range"] == {
        "start": {"line": 3, "column": start},
        "end": {"line": 3, "column": start + 2},
    }
    assert (diagnostic["severity"], diagnostic["code"]["value"]) == ("ERROR", "wslconfig/bad-escape")
    assert diagnostic["suggestions"][0]["range"]["start"] == diagnostic["location"]["range"]["start"]


def test_a_fix_of_several_edits_is_one_suggestion(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nmemory=8GB\nmemory=4GB\n")
    [first, *_] = json.loads(wslgo("check", "--format", "rdjson").out)["diagnostics"]
    [suggestion] = first["suggestions"]
    assert set(suggestion) == {"range", "text"}


def test_a_fix_of_another_encoding_is_not_suggested(folder: Path) -> None:
    write(folder / "wsl.conf", "\ufeff[boot]\nsystemd=true\n".encode("utf-16-le"))
    found = json.loads(wslgo("check", "--format", "rdjson").out)["diagnostics"]
    assert found
    assert not any("suggestions" in diagnostic for diagnostic in found)


def test_the_threshold_decides_which_tests_fail(sick: Path) -> None:
    for threshold in ("error", "warning", "hint"):
        done = wslgo("check", "--format", "junit", "--fail-on", threshold)
        report = ET.fromstring(done.out)  # noqa: S314 - our own
        failures = report.findall(".//failure")
        assert (done.code == 1) == bool(failures)
        assert report.attrib["failures"] == str(len(failures))
        assert report.attrib["tests"] == str(len(report.findall(".//testcase")))
    assert report.findall(".//failure")[0].attrib["message"]


def test_a_test_report_is_safe_for_a_runner(sick: Path) -> None:
    out = wslgo("check", "--format", "junit", environment={"GITHUB_ACTIONS": "true"}).out
    assert out.isascii()
    assert "##[" not in out
    assert all(line.startswith("<") for line in out.splitlines())


def test_a_file_that_cannot_be_read_is_an_error_of_the_report() -> None:
    done = wslgo("check", "--format", "junit", "nowhere")
    report = ET.fromstring(done.out)  # noqa: S314 - our own
    assert (done.code, report.attrib["errors"]) == (2, "1")
    assert "No such file" in report.findall(".//error")[0].attrib["message"]


@pytest.mark.parametrize("form", ["gitlab", "rdjson"])
def test_the_machine_is_not_lost_in_formats_of_files(folder: Path, form: str) -> None:
    done = wslgo("check", "--format", form, *MACHINE)
    assert (done.code, done.out) == (2, "")
    assert f"--format {form} has no place for findings about the machine" in done.err


def test_the_machine_is_a_test_of_its_own(folder: Path) -> None:
    report = ET.fromstring(wslgo("check", "--format", "junit", *MACHINE).out)  # noqa: S314 - our own
    cases = report.findall(".//testcase[@classname='wslgo.machine']")
    assert "machine/wsl-1" in {case.attrib["name"] for case in cases}


def test_counts(sick: Path) -> None:
    found = json.loads(wslgo("check", "--format", "json").out)
    severities = [finding["severity"] for finding in found["findings"]]
    counts = found["counts"]
    assert counts.pop("files") == 1
    assert counts == {name: severities.count(name) for name in ("error", "warning", "information", "hint")}


def test_sarif_has_the_rules_of_its_results_only(sick: Path) -> None:
    page = "https://git.example.com/wslgo/docs/rules.md"
    out = wslgo("check", "--format", "sarif", "--rules-page", page).out
    [run] = json.loads(out)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {result["ruleId"] for result in run["results"]}
    assert {rule["id"]: rule["helpUri"] for rule in rules}["wslconfig/unknown-key"] == (
        f"{page}#wslconfigunknown-key-wslconfunknown-key"
    )
    assert all(rule["properties"]["tags"] == ["wslconfig", "correctness"] for rule in rules)
    assert len({result["partialFingerprints"]["wslgo/v1"] for result in run["results"]}) == len(run["results"])
    assert len(out) < 20_000


@pytest.mark.parametrize("value", ["javascript:alert(1)", "http://plain.test", "docs/rules.md"])
def test_an_address_of_rules_is_https(value: str) -> None:
    done = wslgo("check", "--format", "sarif", "--rules-page", value)
    assert (done.code, done.out) == (2, "")
    assert "--rules-page takes an https address" in done.err


# Lists of changed files


def test_unknown_files_of_a_list_are_passed_over(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    write(folder / "README.md", "x\n")
    assert wslgo("check", "README.md").code == 2
    assert wslgo("check", "--skip-unknown", "README.md").code == 0
    assert wslgo("check", "--skip-unknown", "README.md", ".wslconfig").code == 1
    assert wslgo("fix", "--skip-unknown", "README.md").code == 0
    assert wslgo("check", "--skip-unknown", "--stdin-filename", "README.md").code == 0


def test_a_file_that_is_missing_is_not_passed_over() -> None:
    assert wslgo("check", "--skip-unknown", "nowhere.md").code == 2
