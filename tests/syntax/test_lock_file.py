"""`wslgo.lock` is read strictly, with the place of each mistake, and written in one way only."""

import json
from typing import Any

import pytest

from wslgo.knowledge.go_tools import DELVE, GOPLS
from wslgo.syntax.lock_file import Archives, Lock, PinnedGo, PinnedTool, is_exact, parse, to_text
from wslgo.text.source import UTF8, Source, decode

SHA = f"sha256:{'0a' * 32}"
H1 = f"h1:{'A' * 43}="
LOCK = Lock(
    PinnedGo("1.27.3", {"linux-amd64": Archives(SHA, H1), "linux-arm64": Archives(SHA)}),
    (
        PinnedTool(DELVE.package, DELVE.module, "v1.27.2", H1),
        PinnedTool(GOPLS.package, GOPLS.module, "v0.23.0", H1),
    ),
    {SHA: "Corp Root CA"},
)
TEXT = to_text(LOCK)


def problems(text: str | bytes) -> list[tuple[str, str]]:
    """Return each mistake with the text at its place."""
    source = decode(text.encode(UTF8) if isinstance(text, str) else text)
    parsed = parse(source)
    assert (parsed.lock is None) == bool(parsed.problems)
    return [(problem.text.render(), source.text[problem.span.start : problem.span.end]) for problem in parsed.problems]


def changed(**parts: Any) -> str:
    return json.dumps({**json.loads(TEXT), **parts}, indent=2)


def test_what_is_written_is_read_again() -> None:
    assert parse(Source(TEXT)).lock == LOCK
    assert to_text(parse(Source(TEXT)).lock or Lock()) == TEXT


def test_a_lock_has_a_line_for_each_value() -> None:
    assert TEXT.isascii()
    assert TEXT.endswith("}\n")
    assert '    "version": "1.27.3",\n' in TEXT
    assert all(line.count(":") <= 3 for line in TEXT.splitlines())


def test_the_order_of_what_was_gathered_does_not_matter() -> None:
    other = LOCK._replace(tools=LOCK.tools[::-1])
    assert LOCK.go is not None
    other = other._replace(go=LOCK.go._replace(archives=dict(reversed(LOCK.go.archives.items()))))
    assert to_text(other) == TEXT


def test_an_empty_lock_is_valid() -> None:
    assert parse(Source('{"version": 1}')).lock == Lock()
    assert parse(Source(to_text(Lock()))).lock == Lock()


def test_line_ends_of_windows_do_not_matter() -> None:
    assert parse(Source(TEXT.replace("\n", "\r\n"))).lock == LOCK


@pytest.mark.parametrize(
    "marks", ["<<<<<<< HEAD\n", "=======\n", ">>>>>>> theirs\n", "||||||| base\n", "<<<<<<< HEAD\r\n"]
)
def test_marks_of_a_merge_are_named(marks: str) -> None:
    [(words, place)] = problems(TEXT.replace('  "tools"', f'{marks}  "tools"'))
    assert "merge conflict" in words
    assert place.strip() == marks.split()[0]


@pytest.mark.parametrize("found", ["2", "0", '"1"', "1.5", "true", "null", "[]"])
def test_another_format_is_one_problem(found: str) -> None:
    text = TEXT.replace('"version": 1,', f'"version": {found}, "new": {{}},', 1)
    [(words, place)] = problems(text)
    assert f"format is {found}" in words
    assert place == found


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("", "not JSON", ""),
        ("[]", "must be an object", "["),
        ("{}", "'version' is missing", "{"),
        (TEXT.replace('"tools"', '"tool"'), "did you mean tools?", '"tool"'),
        (TEXT.replace('"certificates"', '"x"'), "unknown key 'x'", '"x"'),
        (TEXT.replace("1.27.3", "1.27"), "not an exact Go version", '"1.27"'),
        (TEXT.replace("1.27.3", "latest"), "not an exact Go version", '"latest"'),
        (TEXT.replace("v0.23.0", "v0.23"), "not a release", '"v0.23"'),
        (TEXT.replace("v0.23.0", "latest"), "not a release", '"latest"'),
        (TEXT.replace("v0.23.0", "v0.24.0-pre.1"), "not a release", '"v0.24.0-pre.1"'),
        # A commit of a fork has such a version at GitHub.
        (
            TEXT.replace("v1.27.2", "v1.27.3-0.20261101000000-0123456789ab"),
            "not a release",
            '"v1.27.3-0.20261101000000-0123456789ab"',
        ),
        (TEXT.replace("v1.27.2", "v1.27.2+meta"), "not a release", '"v1.27.2+meta"'),
        (TEXT.replace("linux-arm64", "linux-arm46"), "did you mean linux-arm64?", '"linux-arm46"'),
        (TEXT.replace("linux-arm64", "windows-amd64"), "unknown key", '"windows-amd64"'),
        (TEXT.replace(GOPLS.package + '": {', "example.com/evil" + '": {'), "unknown key", '"example.com/evil"'),
        (changed(tools=[]), "'tools' must be an object", "[]"),
        (changed(go="1.27.3"), "'go' must be an object", '"1.27.3"'),
        (changed(certificates={"sha1:00": "x"}), "not sha256:", '"x"'),
        (changed(certificates={SHA: "a\u202eb"}), "not printable", '"a\\u202eb"'),
        (changed(certificates={SHA: 7}), "not printable", "7"),
        (TEXT + "// a remark\n", "not JSON", "/"),
        (TEXT.replace('0a"', '0A"', 1), "not sha256:", f'"{SHA[:-2]}0A"'),
    ],
)
def test_a_mistake_is_named_at_its_place(text: str, words: str, place: str) -> None:
    found = problems(text)
    assert len(found) == 1, found
    assert words in found[0][0]
    assert found[0][1] == place


def test_a_key_that_a_merge_left_twice_is_named() -> None:
    text = TEXT.replace('    "version": "1.27.3",\n', '    "version": "1.27.3",\n    "version": "1.27.4",\n')
    [(words, place)] = problems(text)
    assert "'version' is there twice" in words
    assert place == '"version"'


def test_missing_members_and_a_wrong_module_are_named() -> None:
    gopls = {"version": "v0.23.0", "sum": H1}
    [(words, _)] = problems(changed(tools={GOPLS.package: gopls}))
    assert words == "'module' is missing"
    [(words, place)] = problems(changed(tools={GOPLS.package: {**gopls, "module": DELVE.module}}))
    assert words == f"the module of {GOPLS.package} is {GOPLS.module}"
    assert place == f'"{DELVE.module}"'


def test_too_many_certificates_are_too_many() -> None:
    many = {f"sha256:{number:064x}": "x" for number in range(101)}
    assert "more than 100" in problems(changed(certificates=many))[0][0]


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe{}",
        b"\x00" * 100,
        b"[" * 60_000,
        b'{"version": 1, "go": ' + b"[" * 30_000,
        b'{"version": ' + b"9" * 5000 + b"}",
        b'{"version": NaN}',
        b'{"version": 1, "certificates": {"\xff": "\xff"}}',
        b'{"version": 1, "go": {"version": "' + b"9" * 3000 + b'.1.1"}}',
        b'{"version": 1,}',
    ],
)
def test_hostile_bytes_are_problems_and_nothing_else(text: bytes) -> None:
    assert problems(text)


@pytest.mark.parametrize(
    ("version", "is_so"),
    [("1.27.3", True), ("1.28rc1", True), ("1.20", True), ("1.21", False), ("1.27", False), ("1", False), ("", False)],
)
def test_only_a_release_is_exact(version: str, is_so: bool) -> None:
    assert is_exact(version) is is_so
