"""Scenarios: several files and a machine above, the findings and safe fixes below.

A case of `tests/cases` is a sentence, `-- host --` with the name of a recorded machine and optional JSON that changes
it, a part for each file, `-- report --`, and `-- diff --` with the changes of `wslgo fix`. A relative path is in the
workspace, an absolute one on the machine; `(crlf)` after it gives the file CRLF line endings. With
`-- choose: TITLE --` the diff is that of the fix with this title, whatever files it edits.
`pytest tests/linter/test_cases.py --update` rewrites the lower half: read the diff before you keep it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import machines
from ruledocs import merge
from scenario import Scenario, report, scenario
from tree import TESTS
from wslgo.linter.finding import Fix
from wslgo.linter.fix import source_after
from wslgo.machine.host import UNKNOWN, Host
from wslgo.machine.host_json import from_json, to_json
from wslgo.syntax.file import File, read
from wslgo.text.diff import diff

CASES = sorted((TESTS / "cases").glob("*.txt"))
WORKSPACE = "/home/user/work"

_PART = re.compile(r"^-- (.+) --\n", re.MULTILINE)


class Case(NamedTuple):
    """The upper half of a case; `choice` is the title of the fix that the user applies."""

    scene: Scenario
    choice: str = ""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case(path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    upper = text.partition("-- report --\n")[0]
    expected = upper + lower(case(upper))
    if request.config.getoption("--update"):
        path.write_text(expected, encoding="utf-8")
        return
    assert text == expected, "look at it, then: ./dev test tests/linter/test_cases.py --update"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_the_fixes_of_a_case_converge(path: Path, unsafe: bool) -> None:
    once = case(path.read_text(encoding="utf-8").partition("-- report --\n")[0]).scene.with_fixes(unsafe=unsafe)
    twice = once.with_fixes(unsafe=unsafe)
    assert [file.source for file in twice.files] == [file.source for file in once.files]


def case(upper: str) -> Case:
    pieces = _PART.split(upper)
    texts: dict[str, bytes] = {}
    machine, choice = UNKNOWN, ""
    for heading, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if heading == "host":
            machine = host(body)
        elif heading.startswith("choose: "):
            choice = heading.removeprefix("choose: ")
        else:
            name, _, manner = heading.partition(" (")
            texts[name] = (body.replace("\n", "\r\n") if manner == "crlf)" else body).encode()
    return Case(scenario(texts, lambda name: name if name.startswith("/") else f"{WORKSPACE}/{name}", machine), choice)


def host(body: str) -> Host:
    """Return a recorded machine with the changes of the case."""
    name, _, more = body.partition("\n")
    return from_json(merge(to_json(machines.host(name)), json.loads(more or "{}")))


def lower(case: Case) -> str:
    """Return the report, and the diff of the fixes if there is one."""
    after = with_fix(case.scene, case.choice) if case.choice else case.scene.with_fixes()
    changes = "".join(_differences(case.scene, after))
    return "\n".join(("-- report --", *report(case.scene), *(("-- diff --", changes) if changes else ("",))))


def with_fix(scene: Scenario, title: str) -> Scenario:
    """Return the files after one fix."""
    [(path, fix)] = [
        (file.path, fix)
        for file, reported in scene.findings()
        for fix in reported.finding.fixes
        if fix.title.render() == title
    ]
    return scene._replace(files=tuple(_file_after(file, fix, path) for file in scene.files))


def _file_after(file: File, fix: Fix, path: str) -> File:
    mine = tuple(edit._replace(path="") for edit in fix.edits if (edit.path or path) == file.path)
    return read(file.path, file.family, source_after(file.source, [fix._replace(edits=mine)]), file.place)


def _differences(before: Scenario, after: Scenario) -> Iterator[str]:
    for old, new in zip(before.files, after.files, strict=True):
        if old.source != new.source:
            yield from (line.decode().replace("\r", "") for line in diff(old.path, old.source, new.source))
