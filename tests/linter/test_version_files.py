"""The file from which `setup-go` takes the version, as its source (6.5) reads it, and a `.go-version`."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from listing import MemoryListing
from wslgo.cli.files import Input, scenes
from wslgo.golang.project import Project
from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.linter.scene import Scene
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

WORKFLOW = ".github/workflows/test.yml"
CHECKOUT = "      - uses: actions/checkout@v5\n"
MODULE = {"go.mod": "module m\n\ngo 1.25.7\n"}


def file(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text))


def workflow(path: str, *, before: str = CHECKOUT, action: str = "v6", more: str = "") -> str:
    return f"""jobs:
  test:
    steps:
{before}      - uses: actions/setup-go@{action}
        with:
          go-version-file: {path}
{more}      - run: go test ./...
"""


def findings(text: str, files: Mapping[str, str], rule: str = "") -> list[Reported]:
    modules = tuple(file(path, content) for path, content in files.items() if path.endswith("go.mod"))
    found = check(file(WORKFLOW, text), others=modules, project=Project(MemoryListing(files)))
    return [each for each in found if each.rule.partition("/")[2] == rule or not rule]


@pytest.mark.parametrize(
    ("path", "content", "action", "is_older"),
    [
        (".go-version", "1.24.3\n", "v6", True),
        (".go-version", "1.24\n", "v6", True),
        (".go-version", "1.24.x\n", "v6", True),
        (".tool-versions", "nodejs 22\ngolang 1.24.3 # x\n", "v6", True),
        ("tools/go.mod", "module t\n\ngo 1.24\n", "v6", True),
        ("go.work", "go 1.24\n\nuse .\n", "v6", True),
        ("'.go-version'", "1.24.3\n", "v7", True),
        ("${{ github.workspace }}/.go-version", "1.24.3\n", "v6", True),
        # Newer, in its toolchain line too, a range, or unknown.
        (".go-version", "1.25.7\n", "v6", False),
        (".go-version", "1.25\n", "v6", False),
        (".go-version", "stable\n", "v6", False),
        (".go-version", "", "v6", False),
        ("tools/go.mod", "module t\n\ngo 1.24\n\ntoolchain go1.26.1\n", "v6", False),
        (".tool-versions", "nodejs 22\n", "v6", False),
        ("${{ inputs.file }}", "1.24.3\n", "v6", False),
        ("../.go-version", "1.24.3\n", "v6", False),
        # Version 5 leaves GOTOOLCHAIN as it is.
        (".go-version", "1.24.3\n", "v5", False),
    ],
)
def test_a_version_file_that_is_older_than_the_module(path: str, content: str, action: str, *, is_older: bool) -> None:
    name = path.strip("'").rpartition("}}/")[2]
    modules = {} if name.endswith("go.mod") else {name: content}
    files = {**MODULE, **modules}
    others = (file("go.mod", MODULE["go.mod"]),)
    listing = MemoryListing({**files, name: content})
    found = check(file(WORKFLOW, workflow(path, action=action)), others=others, project=Project(listing))
    assert [each.rule for each in found if "older" in each.rule] == ["workflow/go-older-than-module"] * is_older


def test_the_command_line_reads_the_files_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / WORKFLOW).write_text(
        workflow("go.work") + workflow("go.mod").removeprefix("jobs:\n").replace("test", "b")
    )
    (tmp_path / "go.mod").write_text(MODULE["go.mod"])
    monkeypatch.chdir(tmp_path)
    for path in (WORKFLOW, str(tmp_path / WORKFLOW)):
        family = family_of(path)
        assert family is not None
        [scene] = scenes([Input(path, family)], BytesIO())
        assert isinstance(scene, Scene)
        found = check(scene.file, others=scene.others, project=scene.project)
        assert [each.rule for each in found] == ["workflow/version-file-not-found"]


def test_the_fix_is_the_go_mod() -> None:
    [found] = findings(workflow("'.go-version'"), {**MODULE, ".go-version": "1.24"}, "go-older-than-module")
    [fix] = found.finding.fixes
    assert [edit.new for edit in fix.edits] == ["go.mod"]
    assert ".go-version has Go 1.24" in found.finding.message.render("en")


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (workflow("go.mod"), {"README.md": "", "a/go.mod": "", "b/go.mod": ""}),
        (workflow("sub/go.mod"), MODULE),
        (workflow(".go-version"), MODULE),
        (workflow("go.work"), MODULE),
        (workflow("${{ github.workspace }}/sub/go.mod"), MODULE),
    ],
)
def test_a_version_file_that_is_not_there(text: str, files: Mapping[str, str]) -> None:
    assert findings(text, files, "version-file-not-found")


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (workflow("go.mod"), MODULE),
        (workflow("./go.mod"), MODULE),
        (workflow("go.mod"), {}),
        (workflow("${{ matrix.folder }}/go.mod"), MODULE),
        (workflow("/src/go.mod"), MODULE),
        (workflow("'a b/go.mod'"), MODULE),
        # Another repository, another commit, another place, or another writer.
        (workflow("x", before=CHECKOUT + "        with: {repository: a/b}\n"), MODULE),
        (workflow("x", before=CHECKOUT + "        with: {ref: main}\n"), MODULE),
        (workflow("x", before=CHECKOUT + "        with: {path: src}\n"), MODULE),
        (workflow("x", before=CHECKOUT + "      - run: make x\n"), MODULE),
        (workflow("x", before=CHECKOUT + "      - uses: actions/download-artifact@v5\n"), MODULE),
        (workflow("x", before="      - uses: ./.github/actions/checkout\n"), MODULE),
        (workflow("x", before=CHECKOUT + CHECKOUT), MODULE),
        (workflow("x").replace("go-version-file", "go-version: stable\n          go-version-file"), MODULE),
    ],
)
def test_a_version_file_that_is_there_or_may_be(text: str, files: Mapping[str, str]) -> None:
    assert findings(text, files, "version-file-not-found") == []


def test_a_version_file_before_the_checkout() -> None:
    assert findings(workflow("go.mod", before="", more=CHECKOUT), MODULE, "version-file-not-found")
    assert findings(workflow("go.mod", before=""), MODULE, "version-file-not-found") == []
    assert findings(workflow("go.mod", before="      - run: git clone x .\n", more=CHECKOUT), MODULE) == []


def test_a_version_file_of_an_action_is_in_a_repository_that_is_not_known() -> None:
    text = workflow("x").replace("jobs:\n  test:", "runs:\n  using: composite\n ")
    found = check(file("action.yml", text), project=Project(MemoryListing(MODULE)))
    assert [each.rule for each in found] == []


@pytest.mark.parametrize("version", ["''", "${{ matrix.go }}", "${{ inputs.go || '' }}"])
def test_a_version_that_may_be_empty_leaves_the_file(version: str) -> None:
    text = workflow("go.mod").replace("go-version-file", f"go-version: {version}\n          go-version-file")
    assert findings(text, MODULE, "version-file-ignored") == []


def test_a_version_beside_a_file_in_brackets() -> None:
    text = workflow("x").replace("\n          go-version-file: x", " {go-version: stable, go-version-file: go.mod}")
    [found] = findings(text, {}, "version-file-ignored")
    assert text[slice(*found.finding.span)] == "go.mod"
    assert found.finding.fixes == ()


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("1.24.3\n", ["go-version/go-not-used", "go-version/go-out-of-support"]),
        ("  1.24 \n\n", ["go-version/go-not-used", "go-version/go-out-of-support"]),
        ("go1.25.9\n", ["go-version/go-not-released"]),
        ("1.22.99\n", ["go-version/go-not-released", "go-version/go-not-used"]),
        ("1.20\n", ["go-version/go-older-than-module", "go-version/go-out-of-support"]),
        ("1.26.1\n", []),
        ("1.25\n", []),
        ("system\n", []),
        ("1.24.3\n1.23.1\n", []),
        ("", []),
    ],
)
def test_a_go_version_file(text: str, rules: list[str]) -> None:
    found = check(file(".go-version", text), others=(file("go.mod", MODULE["go.mod"]),))
    assert sorted(each.rule for each in found if not each.rule.endswith("out-of-support")) == sorted(
        rule for rule in rules if not rule.endswith("out-of-support")
    )


BASE = ".go:\n  image: golang:1.24\n"
USES = "test:\n  extends: .go\n  script: go test ./...\n"


@pytest.mark.parametrize(
    ("text", "included", "places"),
    [
        ("include: ci/go.yml\n" + USES, BASE, ["ci/go.yml"]),
        ("include:\n  - local: /ci/go.yml\n" + USES, BASE, ["/ci/go.yml"]),
        (
            "include:\n  - local: 'ci/go.yml'\ntest: {script: go vet .}\n",
            "default: {image: golang:1.24}",
            ["'ci/go.yml'"],
        ),
        ("include: ci/go.yml\nimage: golang:1.26\n" + USES.replace("  extends: .go\n", ""), BASE, []),
        ("include: ci/go.yml\n" + USES + "  image: golang:1.26\n", BASE, []),
        ("include: ci/go.yml\n" + USES, BASE.replace("1.24", "1.26"), []),
        ("include: ci/go.yml\n" + USES, "", []),
        ("include: ci/other.yml\n" + USES, BASE, []),
        ("include: ci/*.yml\n" + USES, BASE, []),
        ("include: https://example.com/ci/go.yml\n" + USES, BASE, []),
        ("include: {project: a/b, file: ci/go.yml}\n" + USES, BASE, []),
        ("include: ci/go.yml\n" + USES + "  allow_failure: true\n", BASE, []),
    ],
)
def test_an_image_of_an_included_file(text: str, included: str, places: list[str]) -> None:
    project = Project(MemoryListing({**MODULE, "ci/go.yml": included}))
    found = check(file(".gitlab-ci.yml", text), others=(file("go.mod", MODULE["go.mod"]),), project=project)
    older = [each for each in found if each.rule == "gitlab/go-older-than-module"]
    assert [text[slice(*each.finding.span)] for each in older] == places
