"""`wslgo parse`: one line of ASCII JSON a file, whatever the file is."""

import json
from pathlib import Path

import pytest

from commandline import write, wslgo


def parsed(*arguments: str, stdin: bytes = b"") -> list[dict[str, object]]:
    out = wslgo("parse", *arguments, stdin=stdin).out
    assert out.isascii()
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (".wslconfig", "[wsl2]\nmemory=8GB\n", {"wsl2.memory": "8589934592"}),
        ("wsl.conf", "[boot]\nsystemd=1\n", {"boot.systemd": "true"}),
        (".env", "A=1\nB=${A}2\n", {"A": "1", "B": "12"}),
        (".config/go/env", "GOPROXY=direct\n", {"GOPROXY": "direct"}),
    ],
)
def test_values_are_printed(folder: Path, name: str, text: str, expected: dict[str, str]) -> None:
    write(folder / name, text)
    assert parsed(name)[0]["values"] == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("gomod", "module m\n", {"Module": {"Path": "m"}}),
        ("gowork", "go 1.24\nuse ./a\n", {"Go": "1.24", "Use": [{"DiskPath": "./a"}]}),
        ("jsonc", '{"a": [1,]} // x', {"value": {"a": [1]}, "errors": []}),
        ("goproxy", "direct", {"steps": [{"url": "direct", "next_on": "never"}], "errors": []}),
    ],
)
def test_standard_input_is_read_as_a_kind(kind: str, text: str, expected: dict[str, object]) -> None:
    [printed] = parsed("-", "--as", kind, stdin=text.encode())
    assert {name: value for name, value in printed.items() if value not in (None, [], {})} == {
        name: value for name, value in expected.items() if value != []
    }


def test_a_line_for_every_file_also_for_one_that_cannot_be_read(folder: Path) -> None:
    write(folder / "wsl.conf", "")
    write(folder / "main.go", "")
    code, out, err = wslgo("parse", "wsl.conf", "nowhere", ".", "main.go", "wsl.conf")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (2, "")
    assert ["error" in line for line in lines] == [False, True, True, True, False]
    assert lines[1] == {"error": "nowhere cannot be read: No such file or directory"}


@pytest.mark.parametrize("kind", ["wslconfig", "wslconf", "gomod", "gowork", "jsonc", "dotenv", "goproxy", "goenv"])
@pytest.mark.parametrize(
    "data", [b"", b"\0\0\0\0", b"\xff\xfe", b"\xff\xfea", b"\xef\xbb\xbf", bytes(range(256)), "[{" * 5_000, "a=\ud800"]
)
def test_any_bytes_of_any_kind_give_one_line(kind: str, data: bytes | str) -> None:
    data = data if isinstance(data, bytes) else data.encode(errors="surrogatepass")
    assert len(parsed("-", "--as", kind, stdin=data)) == 1
