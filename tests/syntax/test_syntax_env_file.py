"""A go env file is read as the go command reads it: recorded outcomes first, then properties of every text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tree import CONFORMANCE, REFERENCE
from wslgo.knowledge.go_variable_names import FIXED, KNOWN
from wslgo.syntax.go.env_file import GoEnv, LineStatus, parse, report
from wslgo.text.source import Source, decode

SHARED = REFERENCE / "goenv.jsonl"

# Recorded from `go env -json NAME...` of go1.27.3 with the text as $GOENV.
RECORDED = [json.loads(line) for line in (CONFORMANCE / "goenv.jsonl").read_text("ascii").splitlines()]

PIECES = st.sampled_from(
    ["GOPROXY", "GOFLAGS", "GOENV", "FOO", "=", "=", "\n", "\r\n", "\r", " ", "#", "export ", "\ufeff", "中", "\udcff"]
)
TEXTS = st.lists(st.one_of(PIECES, st.characters())).map("".join)


def read(text: str) -> GoEnv:
    return parse(Source(text))


def uses(text: str) -> list[LineStatus]:
    return [line.use for line in read(text).lines]


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case["what"])
def test_a_file_is_read_as_recorded(case):
    assert report(read(case["text"])) == {"values": case["reads"]}


def test_the_shared_cases_read_the_same_values():
    for line in SHARED.read_text("utf-8").splitlines():
        case = json.loads(line)
        command = case["command"].removesuffix(" | cat -A").split()
        if command[:2] != ["go", "env"] or not case["goenv_file"] or case["exit"] or command[2].startswith("-"):
            continue
        values = report(read(case["goenv_file"]))["values"]
        for name, shown in zip(command[2:], case["stdout"], strict=True):
            expected = shown.removesuffix("$").replace("^M", "\r") if "cat" in case["command"] else shown
            assert values.get(name, "https://proxy.golang.org,direct") == expected, case["id"]


def test_each_line_says_what_becomes_of_it():
    assert uses("GOPROXY=a\n# no\n\nGOPROXY=b\nGOENV=/x\nGOPROXY =c\nexport GOPROXY=d") == [
        *(LineStatus.OVERRIDDEN, LineStatus.SKIPPED, LineStatus.SKIPPED, LineStatus.TAKEN),
        *(LineStatus.UNASKED, LineStatus.UNASKED, LineStatus.SKIPPED),
    ]


def test_the_place_of_key_and_value_is_known():
    text = "\ufeffA\n GOPROXY= https://a.test \r\n"
    line = read(text).lines[1]
    assert (text[slice(*line.key_span)], text[slice(*line.value_span)]) == (" GOPROXY", " https://a.test \r")


def test_the_last_line_of_a_key_is_found():
    found = read("GOPROXY=a\nGOPROXY=b\n").find("GOPROXY")
    assert found
    assert found.value == "b"


@pytest.mark.parametrize("text", ["", "# GOPROXY=a", " GOPROXY=a", "GOPROXY", "GOENV=a"])
def test_a_key_that_no_line_sets_is_not_found(text):
    assert read(text).find("GOPROXY") is None
    assert read(text).find("GOENV") is None


def test_known_variables_differ_from_others():
    assert [line.is_known for line in read("GOPROXY=a\nGONOSUMCHECK=1\nGOENV=/x\n").lines] == [True, False, False]
    assert not KNOWN & FIXED


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_hides_every_line(encoding):
    assert report(parse(decode("GOPROXY=a\nGOPRIVATE=b\n".encode(encoding)))) == {"values": {}}


@given(TEXTS)
def test_no_text_is_too_odd(text):
    json.dumps(report(read(text)))


@given(st.binary())
def test_no_bytes_are_too_odd(data):
    report(parse(decode(data)))


@given(TEXTS)
def test_spans_hold_what_they_name(text):
    for line in read(text).lines:
        assert text[slice(*line.key_span)] == line.key
        assert text[slice(*line.value_span)] == line.value
        assert line.span == (line.key_span.start, line.value_span.end)


@given(TEXTS)
def test_lines_written_back_are_the_text(text):
    assert "\n".join(text[slice(*line.span)] for line in read(text).lines) == text.removesuffix("\n")


@given(TEXTS)
def test_a_key_is_taken_from_one_line_at_most(text):
    taken = [line.key for line in read(text).lines if line.use is LineStatus.TAKEN]
    assert len(taken) == len(set(taken)) == len(report(read(text))["values"])
