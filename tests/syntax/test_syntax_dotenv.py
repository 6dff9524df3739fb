"""An env file is read as the Go extension of VS Code reads it: recorded outcomes, then properties of every text."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steps import is_linear
from tree import CONFORMANCE, REFERENCE
from wslgo.syntax.shell.dotenv import DotEnv, parse, report, values
from wslgo.text.source import Source, decode

SHARED = REFERENCE / "dotenv.jsonl"

# Recorded from the extension's own parser (envUtils.ts) on Node.
RECORDED = [json.loads(line) for line in (CONFORMANCE / "dotenv.jsonl").read_text("ascii").splitlines()]

PIECES = st.sampled_from(
    [
        *(
            "A",
            "B",
            "=",
            "=",
            "\n",
            "\r\n",
            "\r",
            "\u2028",
            " ",
            "\x1c",
            "export ",
            "#",
            "\ufeff",
            "中",
            "\udcff",
            "\ud800",
        ),
        *("${A}", "${B}", "${HOME}", "${", "}", "${}", "\\", "\\n", '"', "'", "__proto__", "toString"),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.characters())).map("".join)


def read(text: str) -> DotEnv:
    return parse(Source(text))


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case["what"])
def test_a_file_is_read_as_recorded(case):
    assert report(read(case["text"]), case["environment"]) == {"values": case["reads"]}


def test_the_shared_cases_read_the_same_values():
    for line in SHARED.read_text("utf-8").splitlines():
        case = json.loads(line)
        found: dict[str, str] = {}
        for text in case["files"]:
            found |= values(read(text), case["globals"])
        assert found == case["expected"], case["id"]


def test_the_place_of_name_and_value_is_known():
    text = "\ufeff# note\n export A.b =  'x y' \nnot this\n"
    (assignment,) = read(text).assignments
    assert text[slice(*assignment.name_span)] == assignment.name == "A.b"
    assert text[slice(*assignment.value_span)] == "'x y' "
    assert assignment.value == "x y' "


def test_the_environment_may_hold_undecodable_bytes():
    assert values(read("A=${HOME}"), {"HOME": "/home/\udcff"}) == {"A": "/home/\ufffd"}


def test_lines_that_set_nothing_are_kept_unless_empty():
    text = "# note\nA: 1\n\n \t\nB=2\nset C=3\r\n"
    assert [text[slice(*span)] for span in read(text).skipped] == ["# note", "A: 1", "set C=3\r"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_hides_every_line(encoding):
    assert parse(decode("A=1\nB=2\n".encode(encoding))) == DotEnv()


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        *(("A=", "${-", ""), ('A="', "${-", '\\n}"'), ('A="', "${\\n", '"')),
        *(("A= ", " ", "x\u2028x"), ("export", " ", "!"), ("A=b", " ", "\u2028x")),
        ("B=x\n", "B=${B}${B}\n", ""),
    ],
)
def test_four_times_a_hostile_text_takes_four_times_the_steps(before, piece, after):
    assert is_linear(lambda text: values(read(text), {}), lambda count: before + piece * count + after, 1_000)


@given(TEXTS)
def test_no_text_is_too_odd(text):
    json.dumps(report(read(text), {"HOME": "/home/u"})).encode("ascii")


@given(st.binary())
def test_no_bytes_are_too_odd(data):
    report(parse(decode(data)), {})


@given(TEXTS)
def test_spans_are_in_the_text_in_order(text):
    tree = read(text)
    spans = sorted((*tree.skipped, *((name.start, value.end) for _, name, _, value in tree.assignments)))
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert all(text[slice(*assignment.name_span)] == assignment.name for assignment in tree.assignments)


@given(TEXTS)
def test_assignments_written_back_are_read_alike(text):
    tree = read(text)
    printed = "".join(f"{name}={text[slice(*value)]}\n" for name, _, _, value in tree.assignments)
    assert [(again.name, again.value) for again in read(printed).assignments] == [
        (assignment.name, assignment.value) for assignment in tree.assignments
    ]


@given(TEXTS)
def test_a_text_without_references_does_not_ask_the_environment(text):
    tree = read(text.replace("${", ""))
    assert values(tree, {}) == values(tree, {"HOME": "/home/u", "A": "1"})
