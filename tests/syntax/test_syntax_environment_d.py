"""The files of environment.d, as systemd's generator reads them."""

import random
import shlex
import subprocess
from pathlib import Path

import pytest

from wslgo.syntax.shell import environment_d
from wslgo.syntax.shell.word import Quoting
from wslgo.text.source import UTF16_LE, Source

GENERATOR = Path("/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator")


def values(text: str) -> dict[str, str | None]:
    return {found.name: found.word.value for found in environment_d.parse(Source(text)).assignments}


# What systemd 252 printed.
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A=x\n", "x"),
        ("A=x", "x"),
        ("  A = x y \n", "x y"),
        ("A='x y'\n", "x y"),
        ('A="x \\" y"\n', 'x " y'),
        ("A=x # no comment\n", "x # no comment"),
        ("A=a'b'c\n", "a'b'c"),
        ("A='a'b\n", "ab"),
        ("A=a\\\nb\n", "ab"),
        ("A=~/go\n", "~/go"),
        ("A=x\r\n", "x"),
        ("# A=y\n; A=z\nA=x\n", "x"),
        ("# goes on \\\nA=y\nA=x\n", "x"),
        ("A=$HOME/go\n", None),
        ("A='${HOME}/go'\n", None),
    ],
)
def test_a_line_has_the_value_that_systemd_gives_it(text: str, value: str | None) -> None:
    assert values(text) == {"A": value}


@pytest.mark.parametrize("text", ["export A=x\n", "A\n", "A=\n", "A=''\n", "=x\n", "1A=x\n", "\n", "#A=x\\"])
def test_other_lines_set_nothing(text: str) -> None:
    assert values(text) == {}


def test_no_program_reads_utf16() -> None:
    assert environment_d.parse(Source("A=x\n", UTF16_LE)).assignments == ()


def test_spans_hold_name_value_and_line() -> None:
    text = "# c\n  GOPATH = '/srv/go' \nB=c\n"
    found = environment_d.parse(Source(text)).assignments[0]
    assert text[slice(*found.name_span)] == "GOPATH"
    assert text[slice(*found.word.inner)] == "/srv/go"
    assert found.word.quoting is Quoting.SINGLE
    assert found.word.is_literal
    assert found.command is not None
    assert text[slice(*found.command)] == "  GOPATH = '/srv/go' \n"


@pytest.mark.slow
@pytest.mark.skipif(not GENERATOR.exists(), reason="needs systemd")
def test_random_files_are_read_as_systemd_reads_them(tmp_path: Path) -> None:
    chance = random.Random(1)
    parts = [
        "A",
        "B",
        "GOPATH",
        "=",
        "=",
        "=",
        "\n",
        "\n",
        " ",
        "\t",
        "'",
        '"',
        "\\",
        "#",
        ";",
        "x",
        "~",
        "/",
        ",",
        "\r",
    ]
    folder = tmp_path / "environment.d"
    folder.mkdir()
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    for _ in range(100):
        text = "".join(chance.choices(parts, k=chance.randint(1, 25)))
        (folder / "a.conf").write_text(text, newline="", encoding="utf-8")
        done = subprocess.run([GENERATOR], env=environment, capture_output=True, text=True, check=False)
        expected = dict(line.split("=", 1) for line in done.stdout.split("\n") if "=" in line and line[0] not in " \t")
        if any(set(value or "") & set("\n\r\t") for value in values(text).values()):
            continue  # systemd prints control characters in its own way
        seen = {name: "".join(shlex.split(value)) for name, value in expected.items() if _is_whole(value)}
        del seen["QT_ACCESSIBILITY"]  # of this machine
        assert {name: value for name, value in values(text).items() if name in seen} == seen, text
        assert values(text).keys() == expected.keys() - {"QT_ACCESSIBILITY"}, text


def _is_whole(value: str) -> bool:
    """Return whether a printed value is on one line."""
    try:
        return len(shlex.split(value)) < 2
    except ValueError:
        return False
