"""`.wslconfig` and `wsl.conf` are read as WSL reads them: recorded outcomes first, then properties of every text."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tree import CONFORMANCE, REFERENCE
from wslgo.knowledge import wslconf_keys, wslconfig_keys
from wslgo.knowledge.wsl_key import Key
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.ini import BadLine, Dialect, IniAssignment, Node, Section, Trivia, Unread, scan
from wslgo.syntax.wsl.ini_file import IniFile, Verdict
from wslgo.text.source import BOM, UTF8, UTF16_LE, Source, decode
from wslgo.text.span import Span

RECORDED = CONFORMANCE / "wsl.jsonl"
SHARED = REFERENCE / "wsl.jsonl"

DIALECTS: tuple[Dialect, ...] = ("wslconfig", "wslconf")
KEYS: dict[Dialect, tuple[Key, ...]] = {"wslconfig": wslconfig_keys.KEYS, "wslconf": wslconf_keys.KEYS}

# What makes WSL's state machine turn.
PIECES = (
    *("[wsl2]", "[boot", "[", "]", "memory", "command", "a=b", "=", '"', "\\", "#", ";", " ", "\t", "\r", "\n", "\r\n"),
    *("\\\n", "\\\r\n", "\0", "\f", "\x1a", BOM, "é", "启", "🚀", "\u2028", "\ud83d", "\udcff", "4GB", "9" * 25),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join)


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(UTF8).splitlines()] if path.exists() else []


def read(text: str, dialect: Dialect = "wslconfig") -> IniFile:
    return ini_file.parse(Source(text), dialect, KEYS[dialect])


def nodes(text: str, dialect: Dialect = "wslconfig") -> list[Node]:
    return list(scan(text, dialect))


def shape(text: str, dialect: Dialect = "wslconfig") -> list[tuple[str, str]]:
    """Return the nodes as (kind, text)."""
    return [(type(node).__name__, text[slice(*node.span)]) for node in nodes(text, dialect)]


def assignment(text: str, dialect: Dialect = "wslconfig") -> IniAssignment:
    (found,) = (node for node in nodes(text, dialect) if isinstance(node, IniAssignment))
    return found


def warnings(text: str, dialect: Dialect = "wslconfig") -> list[str]:
    """WSL's warnings without the file and line."""
    place = ini_file.PLACES[dialect]
    return [warning.message.replace(f" in {place}:{warning.line}", "") for warning in read(text, dialect).warnings]


def culprits(text: str, dialect: Dialect = "wslconfig") -> list[str]:
    return [text[slice(*warning.span)] for warning in read(text, dialect).warnings]


# Recorded from WSL's parser, rebuilt from its source (microsoft/WSL, configfile.cpp, 2026)


@pytest.mark.parametrize("case", cases(RECORDED), ids=lambda case: case["id"])
def test_a_text_reads_as_recorded(case: dict[str, Any]) -> None:
    file = ini_file.parse(decode(case["text"].encode()), case["kind"], KEYS[case["kind"]])
    assert ini_file.report(file) == {name: case[name] for name in ("warnings", "values", "stopped_at_line", "fatal")}


def test_the_shared_cases_read_as_recorded() -> None:
    for case in cases(SHARED):
        report = ini_file.report(ini_file.parse(decode(case["text"].encode()), case["kind"], KEYS[case["kind"]]))
        recorded = [{"line": warning["line"], "message": warning["message"]} for warning in case["warnings"]]
        assert report["warnings"] == recorded, case["id"]
        assert {name: case[name] for name in ("values", "stopped_at_line", "fatal")}.items() <= report.items()


# Nodes


def test_a_file_is_a_row_of_nodes() -> None:
    assert shape("# c\n\n[wsl2] # s\nmemory = 4GB # m\nbad\n swap=0") == [
        ("Trivia", "# c\n\n"),
        ("Section", "[wsl2] # s\n"),
        ("IniAssignment", "memory = 4GB # m\n"),
        ("BadLine", "bad\n"),
        ("IniAssignment", " swap=0"),
    ]


def test_wslconf_is_not_read_after_a_bad_line() -> None:
    assert shape("a=b\nbad\nc=d\n", "wslconf") == [
        ("IniAssignment", "a=b\n"),
        ("BadLine", "bad\n"),
        ("Unread", "c=d\n"),
    ]


def test_wslconfig_is_not_read_after_a_control_z() -> None:
    assert shape("a=b\x1a\nc=d\n") == [("IniAssignment", "a=b"), ("Unread", "\x1a\nc=d\n")]
    assert shape("a=b\x1ac\n", "wslconf") == [("IniAssignment", "a=b\x1ac\n")]


@pytest.mark.parametrize("line", ["[wsl2]\n", "\t[wsl2]  # c\r\n", "[wsl2]"])
def test_a_header_has_spans_for_its_brackets_and_its_name(line: str) -> None:
    (header,) = nodes(line)
    assert isinstance(header, Section)
    assert (line[slice(*header.header_span)], line[slice(*header.name_span)]) == ("[wsl2]", "wsl2")


@pytest.mark.parametrize(
    ("line", "raw", "value"),
    [
        ("a=b\n", "b", "b"),
        ("a = b c \t# d\n", "b c", "b c"),
        ('a= "b # c" # d\n', '"b # c"', "b # c"),
        ("a=b \\\n  c \n", "b \\\n  c", "b   c"),
        ("a=\\\\x\\n\r\n", "\\\\x\\n", "\\x\n"),
        ('a=b" "  \n', 'b" "', "b "),
        ("a=   \n", "", ""),
        ("a=", "", ""),
        ('a=""\n', '""', ""),
    ],
)
def test_a_value_is_kept_as_written_and_as_wsl_takes_it(line: str, raw: str, value: str) -> None:
    found = assignment(line)
    assert (found.raw, line[slice(*found.value_span)], found.value) == (raw, raw, value)


@pytest.mark.parametrize(
    ("written", "kept"), [("Łódź", "A\ufffddz"), ("启", "/"), ("a😀b", "a="), ("Ã©", "é"), ("é", "\ufffd")]
)
def test_wslconfig_narrows_every_character_to_its_low_byte(written: str, kept: str) -> None:
    assert assignment(f"a={written}\n").value == kept
    assert assignment(f"a={written}\n", "wslconf").value == written


def test_the_name_is_the_one_that_wsl_looks_up() -> None:
    assert [node.name for node in nodes("a=1\n[b]\nc=2\n[D]\nE=3\n") if isinstance(node, IniAssignment)] == [
        "a",
        "b.c",
        "D.E",
    ]


@pytest.mark.parametrize(
    ("header", "name"),
    [("[experimental", "expe.a"), ("[ex x]", "ex"), ("[wsl2] ; again", "wsl2.a"), ("[=b", "wsl2.a"), ("[", "wsl2.a")],
)
def test_a_bad_header_leaves_the_old_length_with_the_new_name(header: str, name: str) -> None:
    assert assignment(f"[wsl2]\n{header}\na=1\n").name == name


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_continued_value_carries_the_line_on_which_it_ends(dialect: Dialect) -> None:
    assert assignment("\n# c\na=b\\\nc\\\nd\n", dialect).line == 5


def test_a_carriage_return_counts_twice_only_where_wsl_counts_it_twice() -> None:
    text = "[a]\r\nb=c\r\n\r\n# d\r\ne=f # g\r\nh=i\r\n"
    assert [node.line for node in nodes(text, "wslconf") if isinstance(node, IniAssignment)] == [3, 7, 8]
    assert [node.line for node in nodes(text) if isinstance(node, IniAssignment)] == [2, 5, 6]


# Bad lines


@pytest.mark.parametrize(
    ("line", "warning", "culprit"),
    [
        ("; note", "Invalid key name", ";"),
        ("2a=1", "Invalid key name", "2"),
        ("[]", "Invalid section name", "]"),
        ("[wsl2 ]", "Expected ']'", " "),
        ("[wsl2", "Expected ']'", ""),
        ("[wsl2] x", r"Expected ' ' or '\n'", "x"),
        ("memory: 4GB", "Expected '='", ":"),
        ("memory", "Expected '='", ""),
        ('a="b # c', 'Expected "', '"'),
        (r"a=C:\Users", "Invalid escaped character: 'U'", r"\U"),
        ("a=b\\é", "Invalid escaped character: 'é'", "\\é"),
        ("a=b\\🚀", "Invalid escaped character: '\ufffd'", "\\🚀"),
        ("a=b\\", "Invalid escaped character: '\uffff'", "\\"),
    ],
)
def test_a_bad_line_says_where_wsl_gave_up(line: str, warning: str, culprit: str) -> None:
    assert (warnings(line), culprits(line)) == ([warning], [culprit])


@pytest.mark.parametrize("character", ["é", "启", "🚀"])
def test_a_warning_of_wslconf_shows_one_byte_of_an_escaped_character(character: str) -> None:
    assert warnings(f"a=\\{character}", "wslconf") == ["Invalid escaped character: '\ufffd'"]


# Settings


def test_the_first_occurrence_wins_even_when_it_is_rejected() -> None:
    file = read("[wsl2]\nmemory=4gb\nMemory=4GB\n")
    refused, duplicate = file.settings
    assert (refused.verdict, duplicate.verdict) == (Verdict.REJECTED, Verdict.DUPLICATE)
    assert (file.first_of(duplicate), file.first_of(refused)) == (refused, None)
    assert file.find("wsl2", "memory") is None


def test_an_alias_shares_the_slot_of_its_key() -> None:
    file = read("[experimental]\nfirewall=0\n[wsl2]\nfirewall=1\n")
    assert file.is_true("wsl2", "firewall") is False
    assert file.is_true("wsl2", "dnsTunneling") is None


def test_an_unknown_key_is_kept_with_its_section() -> None:
    (setting,) = read("[wsl]\nmemory=4GB\n").settings
    assert setting.section
    assert (setting.section.name, setting.key, setting.value, setting.verdict) == (
        "wsl",
        "memory",
        "4GB",
        Verdict.UNKNOWN,
    )


def test_a_bad_mac_address_ends_the_reading() -> None:
    file = read("[wsl2]\nmacAddress=x\nmemory=4GB\nbad\n")
    assert (file.is_fatal, file.stopped_at_line, len(file.settings), len(file.warnings)) == (True, 2, 1, 1)


def test_a_list_of_names_follows_the_place_of_a_warning() -> None:
    file = read('[wsl2]\nnetworkingMode=" (Valid values: x"\n')
    assert file.warnings[0].message == (
        "Invalid value ' (Valid values: x' for config key 'wsl2.networkingMode' in .wslconfig:2"
        " (Valid values: Bridged, Consomme, Mirrored, Nat, None, VirtioProxy)"
    )


def test_every_rejected_port_warns_and_the_others_stay() -> None:
    file = read("[experimental]\nignoredPorts=80,x,443,0\n")
    assert warnings(file.text) == ["Invalid integer value '80,x,443,0' for key 'experimental.ignoredPorts'"] * 2
    setting = file.find("experimental", "ignoredPorts")
    assert setting
    assert setting.converted == "80,443"


def test_comments_are_found_after_values_but_not_inside_them() -> None:
    text = '# a\n[wsl2] # b\nkernel="c#d" # e\nbad # f\n   # g'
    assert [text[slice(*span)] for span in read(text).comments()] == ["# a", "# b", "# e", "# g"]


# Encodings


@pytest.mark.parametrize("encoding", [UTF8, UTF16_LE])
def test_wslconfig_may_begin_with_a_byte_order_mark(encoding: str) -> None:
    file = ini_file.parse(decode(f"{BOM}[wsl2]\nmemory=1\n".encode(encoding)), "wslconfig", KEYS["wslconfig"])
    assert not file.warnings
    assert not file.is_garbled
    assert file.text[slice(*file.settings[0].value_span)] == "1"


def test_a_byte_order_mark_ends_wslconf_at_once() -> None:
    assert warnings(f"{BOM}# c\n[boot]\n", "wslconf") == ["Invalid key name"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_utf16_without_a_byte_order_mark_is_garbled(dialect: Dialect) -> None:
    file = ini_file.parse(decode("[wsl2]\nmemory=4GB\n".encode(UTF16_LE)), dialect, KEYS[dialect])
    assert file.is_garbled
    assert file.warnings[0].message.startswith("Invalid section name in ")


# Every text


def tiled(file: IniFile) -> str:
    """Return the text that the nodes cover; a byte order mark that Windows skips belongs to none."""
    text = file.source.as_utf8() if file.is_garbled else file.text
    at = len(BOM) if file.dialect == "wslconfig" and text.startswith(BOM) else 0
    pieces = [text[:at]]
    for node in file.nodes:
        assert node.span.start == at < node.span.end
        at = node.span.end
        pieces.append(text[slice(*node.span)])
    return "".join(pieces)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(data=st.binary() | TEXTS.map(lambda text: text.encode(UTF8, "surrogatepass")))
def test_the_nodes_print_any_bytes_back(dialect: Dialect, data: bytes) -> None:
    source = decode(data)
    file = ini_file.parse(source, dialect, KEYS[dialect])
    printed = Source(tiled(file)) if file.is_garbled else source._replace(text=tiled(file))
    assert printed.encode() == data
    assert json.dumps(ini_file.report(file))


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=TEXTS)
def test_any_text_is_read(dialect: Dialect, text: str) -> None:
    file = read(text, dialect)
    assert tiled(file) == text
    assert all(warning.line <= 1 + text.count("\n") + text.count("\r") for warning in file.warnings)


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=TEXTS)
def test_spans_are_inside_their_nodes(dialect: Dialect, text: str) -> None:
    for node in nodes(text, dialect):
        for span in (part for part in node if isinstance(part, Span)):
            assert node.span.start <= span.start <= span.end <= node.span.end


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=TEXTS)
def test_names_are_at_their_spans(dialect: Dialect, text: str) -> None:
    for node in nodes(text, dialect):
        if isinstance(node, IniAssignment):
            assert (text[slice(*node.key_span)], text[slice(*node.value_span)]) == (node.key, node.raw)
        if isinstance(node, Section):
            assert text[slice(*node.header_span)] == f"[{node.name}]"


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=TEXTS)
def test_a_lone_bad_line_is_the_last_thing_wslconf_reads(dialect: Dialect, text: str) -> None:
    kinds = [type(node) for node in nodes(text, dialect)]
    assert Unread not in kinds[:-1]
    if dialect == "wslconf":
        assert kinds.count(BadLine) <= 1
        assert BadLine not in kinds[:-2]


@given(text=TEXTS.filter(lambda text: "\r" not in text))
def test_wslconfig_reads_crlf_as_it_reads_lf(text: str) -> None:
    assert ini_file.report(read(text)) == ini_file.report(read(text.replace("\n", "\r\n")))


# Large files

# Lines that could tempt a scanner or a pattern to start over again and again.
LONG_LINES: dict[str, Callable[[int], str]] = {
    "blanks": lambda size: " " * size,
    "blanks before a carriage return": lambda size: " " * size + "\r",
    "blanks before a quoted value": lambda size: "a=" + " " * size + '"b"',
    "blanks before a bad escape": lambda size: "a=b" + " " * size + "\\q",
    "blanks before no equals sign": lambda size: "a" + " " * size + "b",
    "blanks behind a header": lambda size: "[a]" + " " * size + "b",
    "blanks in a number": lambda size: '[wsl2]\nmemory="' + " " * size + '"',
    "quotes": lambda size: "a=" + '"' * size,
    "words and a quote": lambda size: "a=" + "b " * size + '"',
    "backslashes": lambda size: "a=" + "\\\\" * size,
    "continuations": lambda size: "a=" + "\\\n" * size,
    "brackets": lambda size: "[" * size,
    "carriage returns": lambda size: "\r" * size,
    "carriage returns in a comment": lambda size: "#" + "\r" * size,
    "a long key": lambda size: "a" * size,
    "a long section": lambda size: "[" + "a" * size,
    "digits": lambda size: "[wsl2]\nprocessors=" + "9" * size,
    "octal digits": lambda size: "[wsl2]\nprocessors=" + "07" * size,
    "zeros": lambda size: "[wsl2]\nmemory=" + "0" * size,
    "refused ports": lambda size: "[experimental]\nignoredPorts=" + "x," * size,
}


def calls(text: str, dialect: Dialect) -> int:
    """How many functions are called to read a text."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    read("", dialect)  # the names of the keys are gathered once
    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read(text, dialect)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("line", LONG_LINES.values(), ids=LONG_LINES)
def test_twice_the_line_takes_at_most_twice_the_work(line: Callable[[int], str], dialect: Dialect) -> None:
    # A tenth more for the table of a cache that grows; quadratic work would be four times as much.
    assert calls(line(2000), dialect) <= 2.2 * calls(line(1000), dialect)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("line", LONG_LINES.values(), ids=LONG_LINES)
def test_a_line_of_hundreds_of_thousands_of_characters_is_read(line: Callable[[int], str], dialect: Dialect) -> None:
    # A pattern that goes back and forth makes no calls to count: on this line it would take hours.
    text = line(300_000)
    assert tiled(read(text, dialect)) == text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_million_lines_are_read(dialect: Dialect) -> None:
    file = read("# comment\n\n" * 499_999 + "[wsl2]\nbad\n", dialect)
    assert [type(node) for node in file.nodes] == [Trivia, Section, BadLine]
    assert file.warnings[0].line == 1_000_000


@pytest.mark.slow
def test_a_hundred_thousand_bad_lines_warn_one_by_one() -> None:
    assert [warning.line for warning in read("bad\n" * 100_000).warnings] == list(range(1, 100_001))
