"""A short run of the fuzzer of fixes, with the same texts each time; `python tests/fuzz/fixes.py COUNT` runs longer."""

import pytest

import fixes
import meaning

pytestmark = pytest.mark.slow

FILES = 600
PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_every_fix_removes_its_finding_and_all_together_come_to_an_end(part: int) -> None:
    size = FILES // PARTS
    # Spread over the corpus, in which the texts of a family are next to each other.
    assert fixes.tried(range(part, part + size * 7, 7), fixes.SEED) == []


def test_the_fuzzer_sees_fixes_of_every_family_that_has_some() -> None:
    fixable = {
        scene.file.family.name for scene in fixes.corpus() for reported in scene.findings() if reported.finding.fixes
    }
    assert fixable >= {"wslconfig", "wslconf", "goenv", "shell", "fish", "launch", "settings", "dotenv", "environment"}


# What a fix must not change besides its finding


def test_no_fix_leaves_a_comment_above_a_line_that_it_is_not_about() -> None:
    assert [fault for scene in fixes.corpus() for fault in meaning.comment_faults(scene)] == []


def test_no_fix_takes_a_variable_from_the_lines_that_use_it() -> None:
    assert [fault for scene in fixes.corpus() for fault in meaning.variable_faults(scene)] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".wslconfig", "[wsl2]\n# why\npageReporting=true\n\n# other\nmemory=8GB\n"),
        (".bashrc", "# why\nexport GOCACHE=/mnt/c/x\n# other\nexport GOOS=linux\n"),
        (".config/go/env", "# why\nGOPROXY=\n# other\nGOOS=linux\n"),
        (".vscode/settings.json", '{"go.toolsEnvVars": {\n// why\n"GOPROXY": ",",\n// other\n"GOOS": "linux"}}'),
    ],
)
def test_the_comment_of_a_removed_line_goes_and_others_stay(path: str, text: str) -> None:
    family = fixes.family_of(path)
    assert family is not None
    scene = fixes.Scene(path, fixes.read(path, family, fixes.Source(text)))
    removals = [fix for _, fix in meaning.fixes_of(scene) if all(not edit.new for edit in fix.edits)]
    assert removals
    for fix in removals:
        after = fixes.source_after(scene.file.source, [fix]).text
        assert ("why" in after, "other" in after) == (False, True)


def test_a_variable_that_other_lines_use_is_not_removed() -> None:
    text = 'export GOROOT=/mnt/c/go\nexport PATH="$GOROOT/bin:$PATH"\n'
    family = fixes.family_of(".zshrc")
    assert family is not None
    scene = fixes.Scene("use", fixes.read(".zshrc", family, fixes.Source(text)))
    assert scene.findings()
    assert not list(meaning.fixes_of(scene))
