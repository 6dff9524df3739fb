"""GOPROXY is read as the go command reads it: recorded outcomes first, then properties of every value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steps import is_linear
from tree import CONFORMANCE, REFERENCE
from wslgo.syntax.go import goproxy
from wslgo.syntax.go.goproxy import NO_ENTRIES, GoProxy, parse, report
from wslgo.text.source import Source, decode
from wslgo.text.span import Span

SHARED = REFERENCE / "goproxy.jsonl"

# Recorded from the proxy list and net/url of go1.27.3; each error is what `go mod download` printed.
RECORDED = [json.loads(line) for line in (CONFORMANCE / "goproxy.jsonl").read_text("ascii").splitlines()]

PIECES = st.sampled_from(
    [
        *("https://", "http://", "file://", "direct", "off", "a.test", "u:p@", ":", "/", "//", "?", "#", '"', "\\"),
        *("[::1]", "[", "]", "%41", "%", "%zz", " ", "\t", "\n", "\x00", "\u3000", "\ufeff", "中", "\U0001f600"),
        *("\udcff", "\ud800"),
    ]
)
VALUES = st.lists(st.one_of(PIECES, st.sampled_from([",", "|"]), st.characters())).map("".join)


def walk(value: str) -> list[tuple[str, str]]:
    return [(step.url, step.next_on) for step in parse(value).steps]


def every_span(proxy: GoProxy) -> list[Span]:
    return [span for entry in proxy.entries + proxy.unreachable for span in (entry.span, entry.separator)]


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case["what"])
def test_a_value_is_walked_as_recorded(case):
    assert [list(step) for step in walk(case["value"])] == case["steps"]
    assert parse(case["value"]).error == case["error"]


REFUSED = (': parse "', "invalid proxy URL", "invalid file://", NO_ENTRIES)


def test_the_shared_cases_agree_on_what_is_rejected_and_on_the_second_host():
    for line in SHARED.read_text("utf-8").splitlines():
        case = json.loads(line)
        value = case["env"].get("GOPROXY", "").replace("$WORK", "/w")
        message = case["stderr_first_line"].replace("$WORK", "/w")
        proxy = parse(value)
        assert bool(proxy.error) == any(words in message for words in REFUSED), case["id"]
        assert not proxy.error or message.endswith(proxy.error), case["id"]
        if case["fallback"] in ("yes", "no"):
            assert case["fallback"] == ("yes" if proxy.steps[0].next_on == "any-error" else "no"), case["id"]


def test_an_empty_value_means_the_default_and_has_no_place():
    assert walk("") == [("https://proxy.golang.org", "not-found"), ("direct", "never")]
    assert parse("").is_default
    assert set(every_span(parse(""))) == {Span(0, 0)}


def test_an_empty_value_of_a_go_env_file_is_rejected():
    assert parse("", default="").error == NO_ENTRIES


def test_entries_and_separators_know_their_place():
    value = " goproxy.cn |, direct ,off"
    proxy = parse(value)
    (host, direct), (off,) = proxy.entries, proxy.unreachable
    assert [value[slice(*entry.span)] for entry in (host, direct, off)] == ["goproxy.cn", "direct", "off"]
    assert [value[slice(*entry.separator)] for entry in (host, direct, off)] == ["|", ",", ""]


def test_what_follows_a_keyword_is_never_reached_nor_judged():
    assert [entry.text for entry in parse("direct,athens|https://a.test").unreachable] == ["athens", "https://a.test"]
    assert not parse("direct,athens").error


def test_every_rejected_entry_is_marked_though_go_names_only_the_first():
    assert [bool(entry.error) for entry in parse("athens,https://a.test,ftp://b,direct").entries] == [1, 0, 1, 0]


def test_the_parts_of_a_url_are_at_hand():
    target = parse("https://u:p@a.test:80/go?x#y").entries[0].target
    assert target
    assert (target.host, target.path, target.query, target.fragment) == ("a.test:80", "/go", "x", "y")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_holds_the_value_with_or_without_a_line_end(end):
    assert goproxy.read(Source("a.test,direct" + end)) == parse("a.test,direct")
    assert goproxy.read(Source(end)) == parse("")


def test_a_utf_16_file_is_rejected_as_its_bytes_would_be():
    assert goproxy.read(decode("\ufeffhttps://a.test".encode("utf-16-le"))).error


def test_the_report_is_what_the_contract_says():
    assert report(parse("https://a.test|b.test,direct")) == {
        "steps": [
            {"url": "https://a.test", "next_on": "any-error"},
            {"url": "https://b.test", "next_on": "not-found"},
            {"url": "direct", "next_on": "never"},
        ],
        "errors": [],
    }
    assert report(parse("athens")) == {"steps": [], "errors": ["invalid proxy URL missing scheme: athens"]}


@pytest.mark.parametrize(
    "value",
    [
        *("https://u:s3cret@a.test", "https://u:s3cret@b@a.test", "ftp://u:s3cret@a.test", "file://u:s3cret@a.test/x"),
        *("https://u:s3cret@a.test:x", "https://u:s3/cret@a.test", "https://u:s3?cret@a.test"),
        *("https://u:s3 cret@a.test", 'https://u:s3cret"@a.test'),
    ],
)
def test_the_report_contains_no_password(value):
    assert "xxxxx@a.test" in json.dumps(report(parse(value)))
    assert "s3" not in json.dumps(report(parse(value)))


def test_a_port_is_not_a_password():
    assert report(parse("a.test:port"))["errors"] == ['parse "https://a.test:port": invalid port ":port" after host']


@pytest.mark.parametrize("piece", [",", "a,", "@", "%41", "[", "1:", "//a:", " ", "\\", '"', "https://u:p@"])
def test_four_times_the_value_takes_four_times_the_steps(piece):
    assert is_linear(lambda text: report(parse(text)), lambda count: "https://[" + piece * count, 2_000)


@given(VALUES)
def test_no_value_is_too_odd(value):
    json.dumps(report(parse(value)))


@given(VALUES)
def test_a_rejected_value_has_no_steps_and_any_other_has_a_last_one(value):
    proxy = parse(value)
    assert bool(proxy.steps) != bool(proxy.error)
    assert not proxy.steps or proxy.steps[-1].next_on == "never"


@given(VALUES.filter(bool))
def test_spans_are_in_the_value_and_hold_the_text(value):
    proxy = parse(value)
    for entry in proxy.entries + proxy.unreachable:
        assert value[slice(*entry.span)] == entry.text
        assert value[slice(*entry.separator)] in ("", ",", "|")
    assert [*every_span(proxy)] == sorted(every_span(proxy))


@given(VALUES.filter(bool))
def test_entries_written_back_are_the_same_walk(value):
    proxy = parse(value)
    printed = "".join(entry.text + value[slice(*entry.separator)] for entry in proxy.entries + proxy.unreachable)
    again = parse(printed or ",")
    assert (walk(printed or ","), again.error) == (walk(value), proxy.error)
