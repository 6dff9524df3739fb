"""The values of TOML, compared with those that tomllib reads."""

import importlib
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax import toml
from wslgo.syntax.toml import Kind


def texts(text: str) -> dict[tuple[str | int, ...], str | None]:
    found = {}
    for value in toml.values(text):
        written = text[slice(*value.inner)]
        if value.kind is Kind.NUMBER:
            assert written == value.text
        found[value.keys] = value.text
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = \"x\"\n[b]\nc.d = 'y' # z\n", {("a",): "x", ("b", "c", "d"): "y"}),
        (
            "a = 1.20\nb = true\nc = 1979-05-27 07:32:00Z\n",
            {("a",): "1.20", ("b",): "true", ("c",): "1979-05-27 07:32:00Z"},
        ),
        ('[[a]]\nb = "x"\n[[a]]\nb = "y"\n', {("a", 0, "b"): "x", ("a", 1, "b"): "y"}),
        ('a = ["x", [1], {b = "y"}] # z\n', {("a", 0): "x", ("a", 1, 0): "1", ("a", 2, "b"): "y"}),
        ('a = [ # x\n  "]", # y\n  "z",\n]\nb = 1\n', {("a", 0): "]", ("a", 1): "z", ("b",): "1"}),
        ('"a.b" . c = "x"\n[ "d" ]\ne = "y"\n', {("a.b", "c"): "x", ("d", "e"): "y"}),
        ('a = """\nb = "x"\n"""\n', {("a",): None}),
        ('a = "\\u0041"\nb = "\\t"\n', {("a",): None, ("b",): "\t"}),
        ('\ufeffa = "x"\r\nb = "y"\r\n', {("a",): "x", ("b",): "y"}),
        ('a = "x\nb = "y" z\nc\n= 1\n[d\ne = 1\n', {}),
        ("", {}),
    ],
)
def test_values_have_the_keys_that_lead_to_them(text: str, found: dict[Any, str | None]) -> None:
    assert texts(text) == found


def test_only_a_value_beside_its_own_key_has_a_line() -> None:
    text = '  a = "x" # y\nb = {c = "z"}\n'
    lines = [value.line for value in toml.values(text)]
    assert lines[0] is not None
    assert text[slice(*lines[0])] == '  a = "x" # y\n'
    assert lines[1] is None


@pytest.mark.parametrize(
    "text", ["a=" + "[" * 20_000, "a=" + "{a=" * 20_000, "[" * 20_000, "a.b." * 20_000, '"' * 20_000]
)
def test_hostile_text_ends(text: str) -> None:
    assert list(toml.values(text)) == []


KEYS = st.sampled_from(["a", "b-1", '"c.d"', "'e'", "a.b"])
SCALARS = st.sampled_from(['"x"', "'y'", "1", "1.20", "-3e5", "true", '"a\\"b\\\\"', '""', '"]"', "'#'", "0x1F"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda found: f"[{', '.join(found)}]"),
        st.lists(inner, max_size=3).map(lambda found: "[ # c\n  " + ", # ]\n  ".join(found) + "\n]"),
        st.lists(inner, max_size=3).map(
            lambda found: "{" + ", ".join(f"k{number} = {value}" for number, value in enumerate(found)) + "}"
        ),
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}\n"),
    st.sampled_from(["[t]\n", "[ u . v ] # x\n", "[[w]]\n", "# [x]\n", "\n", "[t.z]\n"]),
)


def leaves(value: Any, keys: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    if isinstance(value, dict):
        pairs: Any = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return {keys: value}
    found = {}
    for key, inner in pairs:
        found |= leaves(inner, (*keys, key))
    return found


@given(st.lists(LINES, max_size=6).map("".join))
def test_values_are_those_of_tomllib(text: str) -> None:
    tomllib = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")  # pytest brings tomli
    try:
        known = leaves(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        list(toml.values(text))
        return
    found = {value.keys: value for value in toml.values(text)}
    assert found.keys() == known.keys()
    for keys, value in known.items():
        if isinstance(value, str):
            assert found[keys].text == value
            assert found[keys].kind in (Kind.BASIC, Kind.LITERAL)
        else:
            assert (found[keys].kind is Kind.NUMBER) == (not isinstance(value, bool))
