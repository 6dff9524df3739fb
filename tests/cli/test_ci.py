"""`wslgo ci`: the table as text and JSON, the findings at its values, the machine, the exit code."""

import json
from pathlib import Path

import pytest

from commandline import write, wslgo
from machines import host as recorded_host
from machines import recorded

WORKFLOW = """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: '1.24'
      - run: go test ./...
  lint:
    runs-on: ubuntu-latest
    env:
      GOFLAGS: -mod=mod
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
      - run: go vet ./...
"""
CI = {"CI": "true"}


def sample(folder: Path) -> None:
    write(folder / "go.mod", "module example.com/m\n\ngo 1.25.7\n")
    write(folder / ".github/workflows/test.yml", WORKFLOW)


def test_the_table_has_values_places_findings_and_a_summary(folder: Path) -> None:
    sample(folder)
    code, out, err = wslgo("ci", environment=CI)
    assert (code, err) == (0, "")
    table, findings, summary = out.split("\n\n")
    assert (
        table
        == """\
Go              >= 1.25.7    go.mod
              ≠ 1.24         test.yml: test
                1.25.7       test.yml: lint
GOPROXY         (default)    everywhere
GOFLAGS         (not set)    test.yml: test
              ≠ -mod=mod     test.yml: lint
CGO_ENABLED     1 (default)  everywhere
go test -race   no           test.yml: test"""
    )
    assert findings.startswith(".github/workflows/test.yml:8:23: warning: go fails in this job")
    assert "fix, with --unsafe: Change to 1.25.7" in findings
    assert summary == "2 settings differ: Go, GOFLAGS\n"


def test_equal_jobs_share_a_line(folder: Path) -> None:
    jobs = "".join(f"  job{number}:\n    runs-on: x\n    steps:\n      - run: go test ./...\n" for number in range(20))
    write(folder / ".github/workflows/test.yml", f"jobs:\n{jobs}")
    out = wslgo("ci", environment=CI).out
    assert max(map(len, out.splitlines())) <= 80
    assert len(out.splitlines()) < 20


def test_equal_places_are_said_to_be_equal(folder: Path) -> None:
    write(folder / "go.mod", "module example.com/m\n\ngo 1.25.7\n")
    assert wslgo("ci", environment=CI).out.endswith("There is only one place, and nothing to compare it with\n")
    write(
        folder / ".github/workflows/a.yml",
        "jobs:\n  a:\n    container: golang:1.25.7\n    steps:\n      - run: go vet\n",
    )
    code, out, err = wslgo("ci", environment=CI)
    assert (code, err) == (0, "")
    assert out.endswith("\n\nNo setting differs between 2 places\n")


def test_many_modules_of_one_version_are_counted(folder: Path) -> None:
    for name in ("", "a/", "b/", "c/", "d/", "e/", "f/", "g/", "testdata/x/"):
        write(folder / f"{name}go.mod", "module m\n\ngo 1.25.7\n")
    write(folder / "old/go.mod", "module m\n\ngo 1.24.0\n")
    out = wslgo("ci", environment=CI).out
    assert out.startswith("Go   >= 1.25.7  go.mod, 7 more places\n     >= 1.24.0  old/go.mod\n")


def test_the_exit_code_follows_the_findings_if_asked(folder: Path) -> None:
    sample(folder)
    assert wslgo("ci", "--fail-on", "warning", environment=CI).code == 1
    assert wslgo("ci", "--fail-on", "error", environment=CI).code == 0
    write(folder / "wslgo.yaml", "check:\n  ignore: [workflow/go-older-than-module]\n")
    assert wslgo("ci", "--fail-on", "warning", environment=CI).code == 0


def test_json_has_the_table_and_the_findings(folder: Path) -> None:
    sample(folder)
    printed = json.loads(wslgo("ci", "--format", "json", environment=CI).out)
    [go] = [setting for setting in printed["settings"] if setting["name"] == "go"]
    assert go["differs"]
    assert [(value["value"], value["differs"]) for value in go["values"]] == [
        ("1.25.7", False),
        ("1.24", True),
        ("1.25.7", False),
    ]
    [place] = go["values"][1]["places"]
    assert (place["kind"], place["path"], place["name"], place["line"]) == (
        "workflow-job",
        ".github/workflows/test.yml",
        "test",
        8,
    )
    assert [finding["rule"] for finding in printed["findings"]] == ["workflow/go-older-than-module"]


def test_a_recorded_machine_is_compared(folder: Path) -> None:
    sample(folder)
    host = recorded_host("ubuntu-24.04-mirrored")
    path = write(folder / "host.json", recorded(host))
    out = wslgo("ci", "--host", str(path), environment=CI).out
    assert host.go is not None
    first = out.splitlines()[0].split()
    assert first == ["Go", host.go.version, "->", "1.25.7", "this", "machine"]


def test_the_repository_around_the_current_folder_is_meant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample(folder)
    (folder / "cmd").mkdir()
    monkeypatch.chdir(folder / "cmd")
    assert "test.yml: test" in wslgo("ci", environment=CI).out


def test_chinese(folder: Path) -> None:
    sample(folder)
    out = wslgo("ci", "--lang", "zh", environment=CI).out
    assert "（未设置）" in out
    assert "所有位置" in out
    assert out.endswith("2 项设置不同：Go、GOFLAGS\n")


def test_an_empty_folder_is_said_and_no_error() -> None:
    code, out, err = wslgo("ci", environment=CI)
    assert (code, out) == (0, "")
    assert "says how CI or a container builds Go" in err


def test_what_is_not_a_folder_is_bad_usage(folder: Path) -> None:
    write(folder / "go.mod", "module m\n")
    assert wslgo("ci", "go.mod", environment=CI).code == 2
    assert wslgo("ci", "missing", environment=CI).code == 2


def test_passwords_are_masked(folder: Path) -> None:
    job = WORKFLOW.replace("GOFLAGS: -mod=mod", "GOPROXY: https://me:secret@proxy.corp.example")
    write(folder / ".github/workflows/test.yml", job)
    assert "secret" not in wslgo("ci", environment=CI).out
    assert "secret" not in json.dumps(json.loads(wslgo("ci", "--format=json", environment=CI).out)["settings"])


def test_a_page_links_to_the_lines_and_shows_hostile_names_as_text(folder: Path) -> None:
    sample(folder)
    name = "x](command:evil) <img> | `"
    text = WORKFLOW.replace("  lint:", f"  '{name}':").replace("-mod=mod", "'[a](http://evil.example)'")
    write(folder / ".github/workflows/test.yml", text)
    assert wslgo("ci", "--page", "page.md", environment=CI).code == 0
    page = (folder / "page.md").read_text(encoding="utf-8")
    assert page.startswith("# Go here and in CI\n\n2 settings differ: Go, GOFLAGS\n")
    place = f"file://{folder}/.github/workflows/test.yml"
    assert f"| [test.yml: test]({place}#L8) |" in page
    assert "* [go fails in this job" in page or "- [go fails in this job" in page
    assert "Fix: Change to 1.25.7" in page
    assert "](command:" not in page.replace("\\](command:", "")
    assert "](http" not in page.replace("\\](http", "")


def test_a_page_that_cannot_be_written_is_an_error(folder: Path) -> None:
    sample(folder)
    code, _, err = wslgo("ci", "--page", "missing/page.md", environment=CI)
    assert code == 2
    assert "cannot be written" in err
