"""The scalars of block YAML are those of PyYAML."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax import yaml_scalars

DOCUMENTS = [
    "a: 1\nb:\n  c: x\n  d:\n  - e\n  - f: g\n    h: i\n  - - j\n    - k\n",
    "a:\n- b: c\n\n# note\n- d: e # behind\nf: 'it''s'\ng: \"say \\\"x\\\"\"\n",
    'args: ["--listen=:2345", \'x\', y z]\nempty:\nnext: ~\n"quoted key": v\nurl: http://x.test:80/a#b\n',
    "args: [\n  a,\n  b\n]\nafter: c\n",
    "run: |\n  one: two\n\n  three\nafter: c\n",
    "- |-\n  text: x\n- plain\n",
    'image: registry:5000/a:b@sha256:0\nports:\n- 8080:80\n- "90"\n-  c: d\n   e: f\n',
    "--- # first\na: b\n---\na: c\n",
    "a: &anchor b\nc: !!str d\n-e: f\n",
    'env: {A: x, \'B\': "y z", "C":w, D: , E, F: a:b} # why\nafter: c\n',
    "a: {b: [c, {d: e}], f: {\n  g: h, # i\n  j: 'k'\n}}\nl: [m, [n], {o: p}]\n",
    "- {a: -mod=mod, b: http://x.test/y#z}\n- [-x, y]\n- {}\n- []\n",
    "",
]


def scalars(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from scalars(member, (*keys, key))
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from scalars(member, (*keys, place))
    elif value is not None and value != "":
        yield keys, value


@pytest.mark.parametrize("text", DOCUMENTS)
def test_scalars_and_their_keys_are_those_of_pyyaml(text: str) -> None:
    documents = yaml.load_all(text, Loader=yaml.BaseLoader)
    expected = [
        (keys, value.rstrip("\n")) for document in documents for keys, value in scalars(document) if value != "~"
    ]
    assert [(leaf.keys, leaf.value) for leaf in yaml_scalars.leaves(text)] == expected


@pytest.mark.parametrize("text", DOCUMENTS)
def test_a_scalar_is_at_its_span(text: str) -> None:
    for leaf in yaml_scalars.leaves(text):
        assert leaf.value.split("\n")[0].replace("'", "''") in text[slice(*leaf.span)].replace('\\"', '"')


@pytest.mark.parametrize(
    "text",
    [
        "{{ if .x }}\na: b\n{{ end }}\n",
        "\ta: b",
        "- ",
        "-",
        ":",
        "a: [",
        "a: [b",
        "a: {b: c}",
        "a: |",
        "? x\n: y\n",
        "\0",
    ],
)
def test_any_text_is_read_to_its_end(text: str) -> None:
    list(yaml_scalars.leaves(text))


def test_documents_are_numbered() -> None:
    found = list(yaml_scalars.leaves("a: 1\n---\na: 2\n"))
    assert [leaf.keys for leaf in found] == [("a",), ("a",)]
    assert found[0].document != found[1].document


REPEATS = [
    "x: &a\n  b: c\n  d: e\nf:\n  <<: *a\n  d: g\nh: *a\n",
    "x: &a {b: c, d: e}\nf: {d: g, <<: *a}\n",
    "x: &a\n  b: c\ny: &b\n  b: d\n  e: f\nz:\n  <<: [*a, *b]\n",
    "x: &a\n  b: c\ny: &b\n  <<: *a\n  d: e\nz:\n  <<: *b\n",
    "x: &a\n- b\n- c\ny: *a\nz: [*a, d]\n",
    "x: &a b\ny: *a # d\n",
    "- &a b\n- *a\n- &c\n  d: e\n- *c\n",
    "x: &a |\n  b\n  c\ny: *a\n",
    "x:\n  y: &a\n    b: {c: d}\nz:\n  <<: *a\n  e: &f [g]\nh: *f\n",
]


@pytest.mark.parametrize("text", REPEATS)
def test_aliases_and_merge_keys_repeat_what_pyyaml_repeats(text: str) -> None:
    expected = [(keys, value.rstrip("\n")) for keys, value in scalars(yaml.load(text, Loader=yaml.SafeLoader))]
    found = [(leaf.keys, leaf.value) for leaf in yaml_scalars.resolved(text, merges=True)]
    assert sorted(found, key=str) == sorted(expected, key=str)
    for leaf in yaml_scalars.resolved(text, merges=True):
        assert leaf.value.split("\n")[0] in text[slice(*leaf.span)]


def test_the_last_anchor_of_a_name_counts() -> None:
    found = yaml_scalars.resolved("x: &a b\ny: *a\nz: &a c\nu: *a\nv: *w\n", merges=True)
    assert [(leaf.keys[0], leaf.value) for leaf in found] == [("x", "b"), ("y", "b"), ("z", "c"), ("u", "c")]


def test_an_alias_has_its_place_where_the_value_is_written() -> None:
    text = "x: &a {b: c}\ny: *a\n"
    leaf = list(yaml_scalars.resolved(text, merges=False))[-1]
    assert (leaf.keys, text[slice(*leaf.span)]) == (("y", "b"), "c")
    assert leaf.key_span is not None
    assert text[slice(*leaf.key_span)] == "b"


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: c\n",
        "a: {b: {{ .x }}}\n",
        "a: {{ .x }}\n",
        "a: [b]]\nc: d\n",
        "a: {b: ${{ c }}}\n",
        "a: [b: c]\n",
        "a: {b: 'c\n  d'}\n",
    ],
)
def test_brackets_that_are_not_known_hide_no_other_line(text: str) -> None:
    found = [leaf.keys for leaf in yaml_scalars.leaves(f"{text}z: y\n")]
    assert found[-1] == ("z",)
    assert ("a", "b") not in found


def test_aliases_that_repeat_each_other_end() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 12)
    )
    assert len(list(yaml_scalars.resolved(text, merges=True))) < 20_000


@pytest.mark.parametrize("text", ["a: {\n" * 3_000, "- [x,\n" * 3_000, "a: {b: {c: d},\n" * 3_000, "{a: *b, " * 3_000])
def test_open_brackets_end(text: str) -> None:
    assert len(list(yaml_scalars.leaves(text))) < len(text)


KEYS = st.sampled_from(["a", "b", "'c d'", '"e"'])
FLOW = st.recursive(
    st.sampled_from(["x", "'y'", '"z w"', "-mod=mod", "http://h.test:80/p", "1.20", "x y", "a#b", "''", "~"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda found: "[" + ", ".join(found) + "]"),
        st.lists(st.tuples(KEYS, inner), max_size=3, unique_by=lambda pair: pair[0]).map(
            lambda found: "{" + ", ".join(f"{key}: {value}" for key, value in found) + "}"
        ),
        st.lists(inner, max_size=3).map(lambda found: "[\n    " + ", # c\n    ".join(found) + "\n  ]"),
    ),
    max_leaves=6,
)


@given(st.lists(st.tuples(KEYS, FLOW), max_size=3, unique_by=lambda pair: pair[0]))
def test_brackets_are_those_of_pyyaml(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}:\n  k: {value}\n" for key, value in pairs)
    documents = yaml.load_all(text, Loader=yaml.BaseLoader)
    expected = [pair for document in documents for pair in scalars(document) if pair[1] != "~"]
    assert [(leaf.keys, leaf.value) for leaf in yaml_scalars.leaves(text) if leaf.value] == expected
