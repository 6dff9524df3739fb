"""The scalars of block YAML are those of PyYAML."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

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
