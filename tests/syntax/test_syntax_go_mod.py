"""`go.mod` and `go.work` are read as the go command reads them, and every token of the text is kept."""

import base64
import json
import string
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tree import CONFORMANCE, REFERENCE
from wslgo.knowledge.version import canonical, go_version, module_version, path_major, toolchain_version
from wslgo.syntax.go import mod_file, mod_report, mod_tree, string_literal
from wslgo.text.source import Source, decode
from wslgo.text.span import Span

RECORDED = CONFORMANCE
SHARED = REFERENCE / "gomod.jsonl"
PARSERS = {"gomod": mod_file.parse, "gowork": mod_file.parse_work}

PIECES = [
    *("module ", "go ", "toolchain ", "require ", "replace ", "retract ", "tool ", "use ", "godebug ", "=> "),
    *("a ", "a/v2 ", "v1 ", "v2.0.0 ", "1.21 ", "../a ", "gopkg.in/a.v1 ", '"a" ', "`a` ", '"\\xff" ', '"a\\\n"', '"'),
    *("(", ")", "(\n", ")\n", "[", ",", "]", "// indirect\n", "// Deprecated: x\n", "//\r\n", "/*", "*/", "/", "\\"),
    *("\n", "\r\n", "\r", "\t", " ", "\0", "\ufeff", "\u200b", "\u3000", "\udcff", "\ud800", "中", "\U0001fae9"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


def recorded(kind: str) -> list[Any]:
    lines = (RECORDED / f"{kind}.jsonl").read_text("utf-8").splitlines()
    return [pytest.param(kind, case, id=f"{kind}: {case['what']}") for case in map(json.loads, lines)]


def source_of(case: dict[str, Any]) -> Source:
    encoded = case.get("base64", case.get("text_base64"))
    return decode(case["text"].encode() if encoded is None else base64.b64decode(encoded))


def reads(text: str, kind: str = "gomod") -> dict[str, object]:
    return mod_report.report(PARSERS[kind](Source(text)))


def underlined(text: str, span: Span | None) -> str:
    assert span is not None
    return text[span.start : span.end]


@pytest.mark.parametrize(("kind", "case"), [*recorded("gomod"), *recorded("gowork")])
def test_a_file_is_read_as_the_go_command_reads_it(kind, case):
    assert mod_report.report(PARSERS[kind](source_of(case))) == case["reads"]


def test_the_shared_cases_are_read_as_the_go_command_reads_them():
    for case in map(json.loads, SHARED.read_text("utf-8").splitlines()):
        errors = [{"line": error["line"], "message": error["msg"]} for error in case["edit_errors"]]
        read = mod_report.report(mod_file.parse(source_of(case)))
        assert read == (case["edit_json"] or {"errors": errors}), case["id"]


@pytest.mark.slow
@given(TEXTS, st.sampled_from(["gomod", "gowork"]))
def test_any_text_can_be_read_and_reported(text, kind):
    json.dumps(reads(text, kind), ensure_ascii=False).encode()


@given(st.binary(max_size=60) | TEXTS.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_can_be_read_and_reported(data):
    mod_report.report(mod_file.parse(decode(data)))


@given(TEXTS)
def test_tokens_and_spaces_make_up_the_text(text):
    at, printed = 0, ""
    for token in mod_tree.tokens(mod_tree.parse(text)):
        blank = text[at : token.start]
        assert token.start >= at
        assert not blank.strip(" \t\r\n")
        printed += blank + token.text
        at = token.end
    assert not text[at:].strip(" \t\r\n")
    assert printed + text[at:] == text


@given(TEXTS)
def test_problems_are_within_the_text(text):
    for problem in mod_file.parse(Source(text)).problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert 0 <= problem.at <= len(text)


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        ("go latest", "latest"),
        ("toolchain local", "local"),
        ("require a 1.0.0", "1.0.0"),
        ("require a v2.0.0", "v2.0.0"),
        ("require a/v1 v1.0.0", "a/v1"),
        ("require (\n\ta v1 x\n)", "a v1 x"),
        ("replace a => C:\\b", "C:\\b"),
        ("requires a v1", "requires"),
        ("requires (\n)", "requires ("),
        ("go 1.21\ngo 1.22", "go 1.22"),
        ("module\u200b a", "\u200b"),
        ('module "a', '"a'),
    ],
)
def test_a_problem_underlines_the_culprit(text, culprit):
    assert [underlined(text, problem.span) for problem in mod_file.parse(Source(text)).problems] == [culprit]


def test_a_target_knows_the_spans_of_its_path_and_version():
    text = 'require (\n\t"a" v1 // indirect\n)\nreplace b v1.0.0 => ../b\n'
    reading = mod_file.parse(Source(text))
    (required,), (replaced,) = reading.require, reading.replace
    places = (
        required.target.path_span,
        required.target.version_span,
        replaced.old.version_span,
        replaced.new.path_span,
    )
    assert [underlined(text, place) for place in places] == ['"a"', "v1", "v1.0.0", "../b"]


def test_the_tree_keeps_comments_with_what_they_describe():
    text = "// file\n\n// block\nrequire ( // open\n\t// line\n\ta v1 // beside\n\n\t// last\n) // close\n"
    remarks, block = mod_tree.parse(text).statements
    assert isinstance(remarks, mod_tree.Remarks)
    assert isinstance(block, mod_tree.Block)
    (line,) = block.lines
    groups = (remarks.comments, block.above, (block.beside_opening,), line.above, (line.beside,))
    assert [[comment.text for comment in group if comment] for group in groups] == [
        ["// file"],
        ["// block"],
        ["// open"],
        ["// line"],
        ["// beside"],
    ]
    assert [comment.text for comment in block.above_closing] == ["", "// last"]
    assert block.beside_closing == mod_tree.Token("// close", text.index("// close"))


@pytest.mark.parametrize(
    "text", ["\ufeffmodule a\n\nrequire b v1.0.0\n", "module a\n/* c */\nrequire b\u200b v1.0.0\n"]
)
def test_a_stray_character_does_not_hide_the_rest(text):
    reading = mod_file.parse(Source(text))
    assert reading.module is not None
    assert reading.module.path == "a"
    assert [required.target[:2] for required in reading.require] == [("b", "v1.0.0")]
    assert len(reading.problems) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "repeated", ["\0", "a\u200b", '"', "/*", "(", "a (\n", "\ufeff ", '"\\\n', " ", "a\x01", "/v1"]
)
def test_time_grows_with_the_length_only(repeated):
    mod_file.parse(Source(f"module {repeated * 20_000}\n"))


# Versions


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        *(("1.9", "1.10"), ("1.20", "1.21"), ("1.20rc1", "1.20"), ("1.21", "1.21rc1"), ("1.21rc1", "1.21.0")),
        *(("1.21alpha1", "1.21beta1"), ("1.21beta2", "1.21rc1"), ("1.21rc2", "1.21rc10"), ("1.21rc", "1.21rc0")),
        *(("1.21.9", "1.21.10"), ("1", "1.1"), ("1.99.9", "2"), ("1.23", "1.23.0")),
    ],
)
def test_go_versions_are_ordered_as_the_go_command_orders_them(older, newer):
    assert go_version(older) < go_version(newer)


@pytest.mark.parametrize(("short", "full"), [("1", "1.0.0"), ("1.20", "1.20.0")])
def test_before_1_21_a_language_version_is_its_first_release(short, full):
    assert go_version(short) == go_version(full)


@pytest.mark.parametrize(
    "text", ["", "v1.21", "go1.21", "1.021", "1.21.0rc1", "1.", "1.21-rc1", "latest", "1.21\n", "１"]
)
def test_other_text_is_not_a_go_version(text):
    assert go_version(text) is None


@pytest.mark.parametrize(
    ("name", "version"),
    [("go1.21.3", "1.21.3"), ("go1.21.3-custom", "1.21.3"), ("go1.21rc1 X:foo", "1.21rc1"), ("go1", "1")],
)
def test_a_toolchain_has_the_version_in_its_name(name, version):
    assert toolchain_version(name) == go_version(version)


@pytest.mark.parametrize("name", ["", "default", "local", "1.21.3", "go", "go1.21.3-a/b", "gotip"])
def test_a_toolchain_name_without_a_version(name):
    assert toolchain_version(name) is None


SEMANTIC_ORDER = [
    *("v0.0.0-20200101000000-abcdefabcdef", "v0.0.0", "v0.9.9", "v0.10.0", "v1.0.0-0", "v1.0.0-2", "v1.0.0-10"),
    *("v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta", "v1.0.0-beta", "v1.0.0-beta.2", "v1.0.0-beta.11"),
    *("v1.0.0-rc.1", "v1.0.0", "v1.0.1-0.20200101000000-abcdefabcdef", "v1.0.1", "v2", "v2.1", "v10.0.0"),
]


@pytest.mark.parametrize(("older", "newer"), list(pairwise(SEMANTIC_ORDER)))
def test_module_versions_are_ordered_as_the_go_command_orders_them(older, newer):
    assert module_version(older) < module_version(newer)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        *(("v1", "v1.0.0"), ("v1.2", "v1.2.0"), ("v1.2.3", "v1.2.3"), ("v1.2.3-a.1+b", "v1.2.3-a.1")),
        *(("v2.0.0+incompatible", "v2.0.0+incompatible"), ("v1.0.0+incompatible.x", "v1.0.0")),
        *(
            ("1.2.3", ""),
            ("v1.2-a", ""),
            ("v01.0.0", ""),
            ("v1.0.0-01", ""),
            ("v1.0.0-", ""),
            ("v1.0.0\n", ""),
            ("", ""),
        ),
    ],
)
def test_a_module_version_is_written_in_full(text, full):
    assert canonical(text) == full


@pytest.mark.parametrize(
    ("path", "major"),
    [
        *(("a", ""), ("a/v2", "/v2"), ("a/v10", "/v10"), ("v2", ""), ("a/v", ""), ("a/b2", ""), ("a/xv2", "")),
        *(("a/v1", None), ("a/v0", None), ("a/v02", None), ("a/v2.1", None), ("gopkg.in/a", None)),
        *(
            ("gopkg.in/a.v1", ".v1"),
            ("gopkg.in/a.v0", ".v0"),
            ("gopkg.in/a.v2-unstable", ".v2"),
            ("gopkg.in/a.v02", None),
        ),
    ],
)
def test_a_path_says_its_major_version(path, major):
    assert path_major(path) == major


# Go strings


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        *(
            ("a b", '"a b"'),
            ('"\\', r'"\"\\"'),
            ("\n\t\x01\x7f", r'"\n\t\x01\x7f"'),
            ("\u200b\u3000", r'"\u200b\u3000"'),
        ),
        *(("\U000e0001", r'"\U000e0001"'), ("\udce9", r'"\xe9"'), ("中\U0001fae9\u2427", '"中\U0001fae9\u2427"')),
    ],
)
def test_a_text_is_quoted_as_go_quotes_it(text, quoted):
    assert string_literal.quote(text) == quoted


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(string.whitespace + '"\\'), max_size=20))
def test_what_was_quoted_can_be_unquoted(text):
    assert string_literal.unquote(string_literal.quote(text)) == text


@pytest.mark.parametrize(
    "literal", ['"', '"a', '"a"b"', '"\\q"', '"\\\'"', '"\\400"', '"\\ud800"', '"\\U00110000"', '"\n"']
)
def test_go_rejects_some_literals(literal):
    assert string_literal.unquote(literal) is None
