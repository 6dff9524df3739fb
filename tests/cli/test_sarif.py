"""SARIF is judged by its own schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from commandline import write, wslgo
from tree import HOSTS

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


def sarif(*arguments: str) -> dict[str, object]:
    log = json.loads(wslgo("check", "--format", "sarif", *arguments).out)
    jsonschema.validate(log, SCHEMA)
    [run] = log["runs"]
    return run


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (".wslconfig", "[wsl2]\nmemory=8GB\n"),
        (".wslconfig", "[wsl2]\nguiApplications=off\nfoo=1\n[experimental]\nhostAddressLoopback=true\n"),
        (".wslconfig", "[wsl2]\nmemory=8GB\nmemory=4GB\n"),
        ("wsl.conf", "\ufeff[boot]\r\nsystemd=1"),
        ("wsl.conf", "\ufeff[boot]".encode("utf-16-le")),
        ("go.mod", "\ufeffmodule m".encode("utf-16-be")),
    ],
)
def test_every_log_is_valid(folder: Path, name: str, data: str | bytes) -> None:
    write(folder / name, data)
    sarif()


def test_a_result_names_rule_place_and_fix(folder: Path) -> None:
    write(folder / "a b:ü" / ".wslconfig", "[wsl2]\nkernelCommandLine=😀\\q\n")
    run = sarif("--select", "bad-escape")
    [result] = run["results"]
    place = result["locations"][0]["physicalLocation"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "utf16CodeUnits"
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "wslconfig/bad-escape"
    assert place["artifactLocation"]["uri"] == "a%20b%3A%C3%BC/.wslconfig"
    assert place["region"] == {"startLine": 2, "startColumn": 21, "endLine": 2, "endColumn": 23}
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == place["artifactLocation"]
    assert change["replacements"]


def test_a_chinese_log_has_chinese_pages_of_rules(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nfoo=8GB\n")
    run = sarif("--lang", "zh")
    page = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}["wslconfig/unknown-key"]
    assert page["shortDescription"]["text"] == "WSL 不认识某个键，会忽略它"
    assert "\n\n## 示例\n\n```ini path=.wslconfig\n" in page["help"]["markdown"]


@pytest.mark.parametrize("name", ["wsl-1", "article", "custom-kernel"])
def test_a_log_about_a_machine_is_valid(folder: Path, name: str) -> None:
    run = sarif("--machine", "--host", str(HOSTS / f"{name}.json"))
    assert run["results"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert ("locations" in result) == (name == "custom-kernel")


def test_no_absolute_path_is_printed(folder: Path) -> None:
    path = write(folder / ".wslconfig", "[wsl2]\nguiApplications=off\n")
    assert str(folder) not in json.dumps(sarif(str(path)))


def test_a_file_that_cannot_be_read_is_a_notification() -> None:
    [invocation] = sarif("nowhere")["invocations"]
    assert not invocation["executionSuccessful"]
    assert "No such file" in invocation["toolExecutionNotifications"][0]["message"]["text"]
