"""Edits of JSON with comments: the right value, and nothing else changed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.syntax.json import edit, jsonc
from wslgo.syntax.json.text import New, Value, canonical, plain
from wslgo.text.source import Source
from wslgo.text.span import apply


def with_member(text: str, *path: str | int, key: str = "k", value: Value = "v") -> str:
    tree = jsonc.parse(Source(text))
    container = tree.at(*path)
    assert container is not None
    return apply(text, edit.with_member(tree, container, key, value))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{\n    "k": "v"\n}'),
        ('{\n  "a": 1\n}', '{\n  "a": 1,\n  "k": "v"\n}'),
        ('{\r\n\t"a": 1\r\n}', '{\r\n\t"a": 1,\r\n\t"k": "v"\r\n}'),
        ('{\n  "a": 1, // last\n}', '{\n  "a": 1, // last\n  "k": "v",\n}'),
        ('{\n  "a": 1 // last\n}', '{\n  "a": 1, // last\n  "k": "v"\n}'),
        ('{\n  "a": 1 /* x */ , /* y */ // z\n}', '{\n  "a": 1 /* x */ , /* y */ // z\n  "k": "v",\n}'),
        ('{\n  "a": 1\n  // "b": 2\n}', '{\n  "a": 1,\n  "k": "v"\n  // "b": 2\n}'),
        ("{\n  // nothing yet\n}", '{\n  // nothing yet\n    "k": "v"\n}'),
        ('{"a": 1}', '{"a": 1, "k": "v"}'),
        ('{ "a": 1 }', '{ "a": 1, "k": "v" }'),
        ('{"a":1}', '{"a":1,"k":"v"}'),
        ('{"a": 1,}', '{"a": 1, "k": "v",}'),
        ('{"a": 1 // x\n}', '{"a": 1, "k": "v" // x\n}'),
        ('\ufeff{\n  "a": 1\n}', '\ufeff{\n  "a": 1,\n  "k": "v"\n}'),
    ],
)
def test_a_member_is_added_in_the_style_of_the_object(before: str, after: str) -> None:
    assert with_member(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{\n  "e": {}\n}', '{\n  "e": {\n    "k": "v"\n  }\n}'),
        ('{\n  "x": 1, "e": {}\n}', '{\n  "x": 1, "e": {"k": "v"}\n}'),
        ('{"e": { }}', '{"e": {"k": "v"}}'),
        ('{\n  "e": {\n  }\n}', '{\n  "e": {\n    "k": "v"\n  }\n}'),
        ('{ "x": 1, "e": {/* c */} }', '{ "x": 1, "e": {/* c */ "k": "v" } }'),
    ],
)
def test_an_empty_object_is_filled_as_the_one_around_it_is_written(before: str, after: str) -> None:
    assert with_member(before, "e") == after


def test_nested_values_are_indented_like_the_file() -> None:
    added = with_member('{\n\t"a": 1\n}', key="t", value=[{"x": [1, True, None], "y": {}}, "s"])
    assert added == '{\n\t"a": 1,\n\t"t": [\n\t\t{\n\t\t\t"x": [1, true, null],\n\t\t\t"y": {}\n\t\t},\n\t\t"s"\n\t]\n}'


def test_an_element_is_added_to_an_array() -> None:
    text = '{\n  "a": [\n    {"n": 1} // one\n  ]\n}'
    tree = jsonc.parse(Source(text))
    container = tree.at("a")
    assert container is not None
    added = apply(text, edit.with_elements(tree, container, [edit.New({"n": 2})]))
    assert added == '{\n  "a": [\n    {"n": 1}, // one\n    {\n      "n": 2\n    }\n  ]\n}'


def test_a_value_is_replaced_and_an_equal_one_is_left() -> None:
    text = '{\n  "a": {\n    "b": 1\n  }\n}'
    tree = jsonc.parse(Source(text))
    node = tree.at("a")
    assert node is not None
    assert apply(text, edit.replacement(tree, node, {"b": 2})) == text.replace("1", "2")
    assert not edit.replacement(tree, node, {"b": 1})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{\n  "a": []\n}', '{\n  "a": [\n    {\n      // why\n      "n": 2\n    },\n    3\n  ]\n}'),
        ('{"a": []}', '{"a": [{/* why */ "n": 2}, 3]}'),
        ('{ "a": [ 1 ] }', '{ "a": [ 1, { /* why */ "n": 2 }, 3 ] }'),
        ('{"a": [{\n  "n": 1\n}]}', '{"a": [{\n  "n": 1\n}, {\n  // why\n  "n": 2\n}, 3]}'),
        ('{\n  "a": [\n    1, // one\n  ]\n}', None),
    ],
)
def test_elements_are_added_with_a_comment_inside(before: str, after: str | None) -> None:
    tree = jsonc.parse(Source(before))
    array = tree.at("a")
    assert array is not None
    added = apply(before, edit.with_elements(tree, array, [New({"n": 2}, "why"), New(3)]))
    assert added == after or (
        after is None and added == before.replace("\n  ]", '\n    {\n      // why\n      "n": 2\n    },\n    3,\n  ]')
    )


@pytest.mark.parametrize(
    ("before", "places", "after"),
    [
        ("[\n  1,\n  2,\n  3\n]", [1], "[\n  1,\n  3\n]"),
        ("[\n  1,\n  2,\n  3\n]", [1, 2], "[\n  1\n]"),
        ("[\r\n  1,\r\n  2,\r\n]", [1], "[\r\n  1,\r\n]"),
        ("[\n  1,\n  2\n]", [0, 1], "[]"),
        ("[\n  1, // one\n  2 // two\n]", [1], "[\n  1 // one\n  // two\n]"),
        ("[\n  // above\n  1 /* x */ , // one\n  2\n]", [0], "[\n  // above\n  /* x */  // one\n  2\n]"),
        ("[\n  1,\n  [ // in\n    2\n  ]\n]", [1], "[\n  1\n  // in\n  \n]"),
        ("[1, 2, 3]", [0], "[2, 3]"),
        ("[1, 2, 3]", [2], "[1, 2]"),
        ("[ 1, 2, 3, ]", [1, 2], "[ 1, ]"),
        ("[1, 2, 3]", [0, 1, 2], "[]"),
        ("[1 /* one */, 2]", [1], "[1 /* one */]"),
        ("[\n  1, 2,\n  3\n]", [1], "[\n  1,\n  3\n]"),
    ],
)
def test_elements_go_with_their_commas_and_lines(before: str, places: list[int], after: str) -> None:
    tree = jsonc.parse(Source(before))
    assert tree.root is not None
    assert apply(before, edit.removals(tree, tree.root, places)) == after


def test_comments_are_removed_on_request() -> None:
    text = "[\n  1,\n  [ // in\n    2\n  ], // beside\n]"
    tree = jsonc.parse(Source(text))
    assert tree.root is not None
    assert apply(text, edit.removals(tree, tree.root, [1], with_comments=True)) == "[\n  1,\n  // beside\n]"


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ('{\n  "b": 2, // two\n}', {"a": 1, "b": 2}, '{\n  "a": 1,\n  "b": 2, // two\n}'),
        ('{\n  "a": 1, // one\n  "c": 3\n}', {"a": 1, "b": 2, "c": 3}, '{\n  "a": 1, // one\n  "b": 2,\n  "c": 3\n}'),
        ('{"a": 1, "c": 3}', {"a": 1, "b": 2, "c": 3}, '{"a": 1, "b": 2, "c": 3}'),
        ('{"c": 3, "a": 1}', {"a": 1, "c": 3}, '{"c": 3, "a": 1}'),
        ('{"a": 1.0, "b": "\\u0041"}', {"a": 1, "b": "A"}, '{"a": 1.0, "b": "\\u0041"}'),
        ('{"a": {"b": 1 /* x */}}', {"a": {"b": 2}}, '{"a": {"b": 2 /* x */}}'),
        ('{"a": {"b": 1 /* x */}}', {"a": True}, '{"a": /* x */ true}'),
        ('{"a": [1, 2, 3]}', {"a": [1, 4]}, '{"a": [1, 4]}'),
        ("{}", {"a": []}, '{\n    "a": []\n}'),
        ('{"a": 1}', {}, "{}"),
    ],
)
def test_a_node_becomes_another_value_entry_by_entry(before: str, value: Value, after: str) -> None:
    tree = jsonc.parse(Source(before))
    assert tree.root is not None
    assert edit.reshaping(tree, tree.root, value) == after


def test_equal_values_are_the_same_text() -> None:
    assert canonical({"b": [1, 2.0, None], "a": ("x",)}) == '{"a":["x"],"b":[1,2,null]}'
    assert canonical(True) != canonical(1)


def test_a_container_that_is_not_closed_is_left_alone() -> None:
    assert with_member('{"a": 1') == '{"a": 1'


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-1000, 1000), st.text(st.characters(codec="utf-8"))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@given(
    st.dictionaries(st.text('ab"\\\n', max_size=3), VALUES, max_size=3),
    VALUES,
    st.sampled_from([None, 0, 1, 2, 4, "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", " // note", " /* note */"]),
)
def test_the_value_is_there_and_the_rest_is_as_before(
    document: dict[str, Any], value: Any, indent: int | str | None, newline: str, comment: str
) -> None:
    lines = json.dumps(document, indent=indent, ensure_ascii=False).split("\n")
    text = newline.join(line + comment for line in lines) if len(lines) > 1 else lines[0]
    added = with_member(text, key="new", value=value)
    tree = jsonc.parse(Source(added))
    assert not tree.problems
    assert tree.root is not None
    assert plain(tree.root) == {**document, "new": value}
    assert len(tree.comments) == len(jsonc.parse(Source(text)).comments)
