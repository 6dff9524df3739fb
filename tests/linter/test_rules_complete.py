"""Rules taken together: each warning of WSL has a finding on its line, no place is reported twice, fixes converge."""

import json
from collections.abc import Iterator

import pytest

from tree import CONFORMANCE, REFERENCE
from wslgo.linter.check import check
from wslgo.linter.fix import fix_file
from wslgo.syntax.family import by_name
from wslgo.syntax.file import File, read
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.source import decode
from wslgo.text.span import Lines

NAMES = {"wslconfig": ".wslconfig", "wslconf": "wsl.conf"}


def recorded_cases() -> Iterator[pytest.ParameterSet]:
    for path in (CONFORMANCE / "wsl.jsonl", REFERENCE / "wsl.jsonl"):
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                case = json.loads(line)
                yield pytest.param(case["kind"], case["text"], id=case["id"])


CASES = list(recorded_cases())


def file_of(kind: str, data: bytes) -> File:
    family = by_name(kind)
    assert family is not None
    return read(NAMES[kind], family, decode(data))


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_each_warning_of_wsl_has_a_finding_on_its_line(kind: str, text: str) -> None:
    file = file_of(kind, text.encode("utf-8", "surrogatepass"))
    assert isinstance(file.tree, IniFile)
    lines = Lines(file.source.text)
    found = {lines.line_of(reported.finding.span.start) for reported in check(file)}
    assert {lines.line_of(warning.span.start) for warning in file.tree.warnings} <= found


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_no_place_is_reported_twice(kind: str, text: str) -> None:
    spans = [reported.finding.span for reported in check(file_of(kind, text.encode("utf-8", "surrogatepass")))]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_safe_fixes_converge_and_never_add_a_warning(kind: str, text: str) -> None:
    file = file_of(kind, text.encode("utf-8", "surrogatepass"))
    once = fix_file(file)
    again = fix_file(once.after)
    assert again.after.source == once.after.source
    assert not again.applied
    before, after = file.tree, once.after.tree
    assert isinstance(before, IniFile)
    assert isinstance(after, IniFile)
    # WSL reads the rest of wsl.conf once its bad line is fixed, and may warn about that.
    assert after.stopped_at_line is None or len(after.warnings) <= len(before.warnings) or once.applied
    if kind == "wslconfig":
        assert len(after.warnings) <= len(before.warnings)
