"""JSON with comments is read as VS Code reads it: recorded outcomes first, then properties of every text."""

import json
import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tree import CONFORMANCE, REFERENCE
from wslgo.syntax.json.javascript import Value, report, to_json
from wslgo.syntax.json.jsonc import _TOKEN, DEEPEST, TOO_DEEP, Jsonc, Node, Property, parse
from wslgo.text.source import UTF8, Source, decode
from wslgo.text.span import Span

RECORDED = CONFORMANCE / "jsonc.jsonl"
SHARED = REFERENCE / "jsonc.jsonl"


class Case(NamedTuple):
    """A text, and the very line in which jsonc-parser's outcome was recorded."""

    what: str
    text: str
    reads: str


def recorded() -> list[Case]:
    """Return the recorded cases; `reads` stays as printed, because 1e+21 and 1e21 are one value to Python."""
    return [
        Case(json.loads(line)["what"], json.loads(line)["text"], line.partition('"reads": ')[2][:-1])
        for line in RECORDED.read_text("ascii").splitlines()
    ]


def saved(text: str) -> Source:
    """Return the text as a file contains it, including halves of surrogate pairs."""
    return Source(text.encode(UTF8, "surrogatepass").decode(UTF8, "surrogateescape"))


def read(text: str) -> Jsonc:
    return parse(saved(text))


def root(text: str) -> Node:
    return at(text)


def at(text: str, *path: str | int) -> Node:
    node = read(text).at(*path)
    assert node
    return node


def printed(text: str) -> str:
    return to_json(read(text))


def errors(text: str) -> list[tuple[str, int, int]]:
    listed = re.search(r'"errors":(\[[^\]]*\])\}\Z', printed(text))
    assert listed
    return [(error["code"], error["offset"], error["length"]) for error in json.loads(listed[1])]


# Recorded from jsonc-parser


@pytest.mark.parametrize("case", recorded(), ids=lambda case: f"{case.what}: {case.text!a:.40}")
def test_a_text_reads_as_recorded(case: Case) -> None:
    assert printed(case.text) == case.reads


def test_the_shared_cases_read_as_recorded() -> None:
    for line in SHARED.read_text(UTF8).splitlines():
        case = json.loads(line)
        outcome = case["allowTrailingComma"]
        if "valueJson" in outcome:
            assert printed(case["text"]).startswith(f'{{"value":{outcome["valueJson"]},')
        else:
            assert json.loads(printed(case["text"]))["value"] == outcome.get("value")
        assert errors(case["text"]) == [(each["name"], each["offset"], each["length"]) for each in outcome["errors"]]


# The tree


LAUNCH = """{
  // wslgo: ignore[launch/some-rule]
  "version": "0.2.0",
  "configurations": [
    {"name": "a", "port": 2345, "stopOnEntry": true, "env": {"A": "1"}, "args": ["-v", 1]},
    {"name": "b" /* the other */}
  ]
}"""


def test_a_path_leads_to_a_node() -> None:
    assert at(LAUNCH, "configurations", 0, "env", "A") == Node("string", Span(149, 152), "1")
    assert at(LAUNCH, "configurations", -1, "name").string == "b"


@pytest.mark.parametrize("path", [("nothing",), ("version", "x"), ("configurations", 2), ("configurations", "x", 0)])
def test_a_path_may_lead_nowhere(path: tuple[str | int, ...]) -> None:
    assert read(LAUNCH).at(*path) is None


def test_a_file_without_a_value_has_nothing_anywhere() -> None:
    assert read("").at("configurations") is None


def test_a_node_answers_for_its_own_kind_only() -> None:
    first = at(LAUNCH, "configurations", 0)
    kinds = [(value.string, value.number, value.boolean) for _, value in first.items()][:3]
    assert kinds == [("a", None, None), (None, 2345, None), (None, None, True)]
    assert (first.string, first.number, first.boolean, first.elements) == (None, None, None, ())
    assert list(at(LAUNCH, "version").items()) == []


def test_keys_and_values_have_their_own_spans() -> None:
    text = '{"a" : [1] }'
    (member,) = root(text).members
    assert member == Property("a", Span(1, 4), Node("array", Span(7, 10), elements=(Node("number", Span(8, 9), 1),)))
    assert member.span == Span(1, 10)


def test_spans_count_code_points_and_reports_utf16() -> None:
    assert read('["🚀" 1]').problems[0].span == Span(5, 6)
    assert errors('["🚀" 1]') == [("CommaExpected", 6, 1)]


def test_a_key_without_a_value_stays_in_the_tree() -> None:
    tree = root('{"a", "b": 1, "c"')
    assert [(member.key, member.span) for member in tree.members] == [("a", (1, 4)), ("b", (6, 12)), ("c", (14, 17))]
    assert [key for key, _ in tree.items()] == ["b"]
    assert tree.get("a") is None


def test_get_gives_the_value_that_javascript_keeps() -> None:
    text = '{"a": 1, "a": 2, "a"}'
    assert at(text, "a").number == 2
    assert [value.number for _, value in root(text).items()] == [1, 2]


def test_a_walk_visits_every_node_in_the_order_of_the_text() -> None:
    assert [node.kind for node in root('[{"a": [1], "b": "x"}, null, true]').walk()] == [
        *("array", "object", "array", "number", "string", "null", "boolean")
    ]


def test_comments_have_their_spans() -> None:
    comments = read(LAUNCH).comments
    assert [comment.text for comment in comments] == ["// wslgo: ignore[launch/some-rule]", "/* the other */"]
    assert all(LAUNCH[span.start : span.end] == text for span, text in comments)


def test_comments_after_the_last_problem_are_found_too() -> None:
    assert [comment.text for comment in read("{} } // wslgo: ignore").comments] == ["// wslgo: ignore"]


def test_the_report_holds_plain_values() -> None:
    assert report(read('{"a": [1, 1e400, "x"],')) == {
        "value": {"a": [1, None, "x"]},
        "errors": [
            {"code": "PropertyNameExpected", "offset": 22, "length": 0},
            {"code": "ValueExpected", "offset": 22, "length": 0},
            {"code": "CloseBraceExpected", "offset": 22, "length": 0},
        ],
    }


# Bytes


@pytest.mark.parametrize("text", ['["启动" 1]', '["调试程序" 1]', "[启动 1]", "// 启动\n[1 2]", '{"启": 1 "动" : 2}'])
def test_bytes_that_are_not_utf8_read_as_replacement_characters(text: str) -> None:
    data = text.encode("gbk")
    assert to_json(parse(decode(data))) == printed(data.decode(UTF8, "replace"))


def test_utf16_reads_as_its_text() -> None:
    text = '\ufeff{"a": "启动"}'
    assert to_json(parse(decode(text.encode("utf-16-le")))) == printed(text)


# Depth


@pytest.mark.parametrize("opener", ["[", '{"a":'])
@pytest.mark.parametrize("levels", [500, DEEPEST])
def test_nesting_is_read_to_the_deepest_level(opener: str, levels: int) -> None:
    closer = "]" if opener == "[" else "}"
    text = opener * levels + "1" + closer * levels
    assert printed(text) == f'{{"value":{text.replace(" ", "")},"errors":[]}}'


def test_unclosed_levels_are_reported_one_by_one() -> None:
    assert errors("[" * DEEPEST) == [("CloseBracketExpected", DEEPEST, 0)] * DEEPEST


@pytest.mark.slow
@pytest.mark.parametrize("opener", ["[", "[1,", '{"a":', '[{"a":', "[@"])
def test_a_level_too_deep_is_the_last_problem(opener: str) -> None:
    text = opener * 200_000
    codes = [code for code, _, _ in errors(text)]
    assert codes == ["InvalidSymbol"] * codes.count("InvalidSymbol") + [TOO_DEEP]
    assert sum(node.kind in ("object", "array") for node in root(text).walk()) == DEEPEST


# Any text

FRAGMENTS = st.sampled_from(
    [
        *'{}[]:,"\\/-+.eE019 \t\r\n\f\x00\x1f\x7f\u00a0\u2028\ufeff中🚀\ud83d\ude80\udced\udca0\udc80',
        *("true", "false", "null", '"a"', '"__proto__"', '"10"', '"\\u', '"\\ud83d', '"\\x"', '{"a":', "1e400", "-0"),
        *("//", "/*", "*/", "\r\n", "1.", "1e+", "[1,", ": [", "}, {"),
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=40).map("".join) | st.text()
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text().filter(lambda key: key != "__proto__"), inner),
    max_leaves=20,
)


def tokens(tree: Jsonc) -> list[tuple[Span, str]]:
    """Return the text and spans of scalars, keys, comments and invalid symbols in the tree, in order."""
    nodes = [*tree.root.walk()] if tree.root else []
    spans = [node.span for node in nodes if node.kind not in ("object", "array")]
    spans += [member.key_span for node in nodes for member in node.members]
    spans += [comment.span for comment in tree.comments]
    spans += [span for code, span in tree.problems if code == "InvalidSymbol"]
    return [(span, tree.source.text[span.start : span.end]) for span in sorted(spans)]


@given(TEXTS)
def test_tokens_tile_the_text(text: str) -> None:
    assert "".join(match[0] for match in _TOKEN.finditer(text)) == text


@given(TEXTS)
def test_any_text_gives_a_tree_and_one_line_of_ascii(text: str) -> None:
    line = to_json(parse(Source(text)))
    assert line.isascii()
    assert "\n" not in line
    assert set(json.loads(line)) == {"value", "errors"}


@given(TEXTS)
def test_spans_are_in_the_text_and_nest(text: str) -> None:
    tree = parse(Source(text))
    spans = [tree.root.span] if tree.root else []
    spans += [*(problem.span for problem in tree.problems), *(comment.span for comment in tree.comments)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    for node in tree.root.walk() if tree.root else ():
        inside = [*(member.span for member in node.members), *(element.span for element in node.elements)]
        edges = [node.span.start, *(edge for span in inside for edge in span), node.span.end]
        assert edges == sorted(edges)


# ED begins the bytes of half a surrogate pair, which are kept: a recorded text may hold one.
@given(st.binary(max_size=12).filter(lambda data: b"\xed" not in data))
def test_any_bytes_in_a_string_read_as_replaced(data: bytes) -> None:
    data = b'["' + data + b'" 1 2]'
    text = data.decode(UTF8, "replace")
    assert to_json(parse(Source(data.decode(UTF8, "surrogateescape")))) == printed(text)


@given(TEXTS)
def test_problems_come_in_the_order_of_the_text(text: str) -> None:
    starts = [problem.span.start for problem in parse(Source(text)).problems]
    assert starts == sorted(starts)


@pytest.mark.slow
@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_the_tree_of_an_errorless_text_gives_the_text_back(value: Value, indent: int | str | None) -> None:
    """Outside the spans of the tree there is only punctuation and white space."""
    text = json.dumps(value, ensure_ascii=False, indent=indent).replace("\n", "// 中\n/* 🚀 */\r\n")
    rest, at = [], 0
    for span, _ in (found := tokens(read(text))):
        rest.append(text[at : span.start])
        at = span.end
    rest.append(text[at:])
    assert "".join(part + token for part, (_, token) in zip(rest, [*found, (None, "")], strict=True)) == text
    assert not re.sub(r"[{}\[\]:, \t\r\n]", "", "".join(rest))


@given(VALUES)
def test_the_value_of_json_is_the_value(value: Value) -> None:
    text = json.dumps(value)
    as_doubles = json.loads(text, parse_int=float)
    assert read(text).problems == ()
    assert json.loads(printed(text), parse_int=float)["value"] == as_doubles


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_is_the_number(number: float) -> None:
    assert float(json.loads(printed(repr(number)), parse_int=float)["value"]) == number


@given(TEXTS)
def test_what_is_printed_is_read_without_a_problem(text: str) -> None:
    tree = parse(Source(to_json(parse(Source(text)))))
    assert tree.problems == ()
