"""`wslgo parse` prints what the real programs were recorded to do, where the recordings are beside this folder."""

import base64
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tree import REFERENCE
from wslgo.cli import main
from wslgo.cli.terminal import Terminal

CASES = REFERENCE
REFUSED = (': parse "', "invalid proxy URL", "invalid file://", "GOPROXY list is not the empty string")

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    path = CASES / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def line_of(kind: str, data: bytes, environment: Mapping[str, str] | None = None) -> str:
    """Return the one line that `wslgo parse --as KIND -` prints."""
    out = io.BytesIO()
    assert main(["parse", "--as", kind, "-"], Terminal(out, io.BytesIO(), io.BytesIO(data), environment or {})) == 0
    line = out.getvalue().decode("ascii")
    assert line.endswith("\n")
    assert line.count("\n") == 1
    return line


def parsed(kind: str, data: bytes, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    printed: dict[str, Any] = json.loads(line_of(kind, data, environment))
    return printed


def data_of(case: Case) -> bytes:
    encoded = case.get("text_base64")
    return base64.b64decode(encoded) if encoded else case["text"].encode("utf-8", "surrogatepass")


def differing(name: str, is_equal: Callable[[Case], bool]) -> list[str]:
    """Return the ids of the cases that are read differently."""
    return [case["id"] for case in cases(name) if not is_equal(case)]


def test_wsl() -> None:
    assert not differing("wsl", is_read_as_wsl)


def is_read_as_wsl(case: Case) -> bool:
    printed = parsed(case["kind"], data_of(case))
    is_warned = warnings(printed) == warnings(case)
    return is_warned and all(
        folded(printed[name]) == folded(case[name]) for name in ("values", "stopped_at_line", "fatal")
    )


def warnings(reading: Case) -> list[tuple[int, str]]:
    """Line and words without the name of the file."""
    return [(warning["line"], re.sub(r" in \S*?:\d+", "", warning["message"])) for warning in reading["warnings"]]


def folded(value: object) -> object:
    return {name.lower(): member for name, member in value.items()} if isinstance(value, dict) else value


def test_gomod() -> None:
    assert not differing("gomod", is_read_as_go)


def is_read_as_go(case: Case) -> bool:
    printed = parsed("gomod", data_of(case))
    if case["edit_json"] is not None:
        return bool(dense(printed) == dense(case["edit_json"]))
    return {error["line"] for error in printed["errors"]} == {error["line"] for error in case["edit_errors"]}


def dense(value: object) -> object:
    """Without the members that may be left out."""
    if isinstance(value, dict):
        members = {name: dense(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member not in (None, "", False, [], {})}
    return [dense(member) for member in value] if isinstance(value, list) else value


def test_jsonc() -> None:
    assert not differing("jsonc", is_read_as_vscode)


def is_read_as_vscode(case: Case) -> bool:
    expected = case["allowTrailingComma"]
    value, _, errors = line_of("jsonc", data_of(case)).removeprefix('{"value":').rpartition(',"errors":')
    places = [
        (problem["code"], problem["offset"], problem["length"])
        for problem in json.loads(errors.strip().removesuffix("}"))
    ]
    is_same = value == expected["valueJson"] if "valueJson" in expected else json.loads(value) == expected.get("value")
    return is_same and places == [(error["name"], error["offset"], error["length"]) for error in expected["errors"]]


def test_dotenv() -> None:
    assert not differing("dotenv", lambda case: len(case["files"]) != 1 or is_read_as_an_env_file(case))


def is_read_as_an_env_file(case: Case) -> bool:
    printed = parsed("dotenv", case["files"][0].encode("utf-8", "surrogatepass"), case["globals"])
    return bool(printed["values"] == case["expected"])


def test_goproxy() -> None:
    assert not differing("goproxy", lambda case: "GOPROXY" not in case["env"] or is_walked_as_go_walks(case))


def is_walked_as_go_walks(case: Case) -> bool:
    printed = parsed("goproxy", case["env"]["GOPROXY"].replace("$WORK", "/w").encode())
    is_refused = any(words in case["stderr_first_line"] for words in REFUSED)
    if is_refused or case["fallback"] not in ("yes", "no"):
        return bool(printed["errors"]) == is_refused
    return (printed["steps"][0]["next_on"] == "any-error") == (case["fallback"] == "yes")
