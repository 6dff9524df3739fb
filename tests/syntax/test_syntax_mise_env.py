"""The variables of mise.toml, compared with those that tomllib reads."""

import importlib
import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax import mise_env
from wslgo.text.source import Source


def values(text: str) -> dict[str, str | None]:
    found = mise_env.parse(Source(text)).assignments
    for assignment in found:
        assert text[slice(*assignment.name_span)] == assignment.name
        if assignment.word.is_literal:
            assert text[slice(*assignment.word.inner)] == assignment.word.value
    return {assignment.name: assignment.word.value for assignment in found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[env]\nA = "x"\n', {"A": "x"}),
        ("[env]\nA='x' # why\n", {"A": "x"}),
        ('[tools]\ngo = "1.25"\n[ env ]\r\n"A" = "x"\r\n', {"A": "x"}),
        ('[env]\nA = "x\\ty"\nB = "\\u0041"\n', {"A": "x\ty", "B": None}),
        ('[env]\nA = "{{ config_root }}/x"\nB = "$HOME/x"\nC = \'$x\'\n', {"A": None, "B": None, "C": None}),
        ('[env]\n_.path = [\n  "a",\n  \'b\', # ]\n]\nA = "x"\n', {"A": "x"}),
        ('[env]\nB = """\nA = "x"\n"""\n', {}),
        ('[env]\nB = { value = "x", tools = true }\nC = false\nD = 1\nE = { tools = true }\n', {"B": "x"}),
        ('[env.B]\nvalue = "x"\n[env.C]\nother = "x"\n', {"B": "x"}),
        ('[env]\nB.value = "x"\n_.file = ".env"\n', {"B": "x"}),
        ('[env]\n[tasks.a]\nA = "x"\n', {}),
        ('A = "x"\n[[env]]\nB = "x"\n[[env]]\nC = "x"\n', {"B": "x", "C": "x"}),
        ('# [env]\nA = "x"\n', {}),
    ],
)
def test_the_strings_of_env_are_read(text: str, found: dict[str, str | None]) -> None:
    assert values(text) == found


def test_a_line_can_be_removed() -> None:
    text = '[env]\n  A = "x" # why\nB = "y"\n'
    found = mise_env.parse(Source(text)).assignments[0]
    assert found.command is not None
    assert text[slice(*found.command)] == '  A = "x" # why\n'


PIECES = (
    "[env]\n",
    "[b]\n",
    "A = ",
    "B = ",
    "A=",
    '"x"',
    "'y'",
    '"a\\"b"',
    "\n",
    "\n",
    "# c\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"""',
    "'''",
    "1",
)


@pytest.mark.slow
def test_random_files_are_read_as_tomllib_reads_them() -> None:
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")  # pytest brings tomli
    chance = random.Random(6)
    known = 0
    for _ in range(10_000):
        text = "[env]\n" + "".join(chance.choices(PIECES, k=chance.randint(1, 9)))
        found = values(text)
        try:
            tree = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        expected = {name: value for name, value in tree["env"].items() if isinstance(value, str) and "\n" not in value}
        known += bool(found)
        assert found.items() <= expected.items(), text
    assert known > 30


@given(st.text(alphabet="[env]\nA=\"'\\{$#}, \r", max_size=80))
def test_any_text_is_read_and_spans_are_in_it(text: str) -> None:
    for found in mise_env.parse(Source(text)).assignments:
        assert found.word.span.start < found.word.span.end <= len(text)
