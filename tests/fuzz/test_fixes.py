"""A short run of the fuzzer of fixes, with the same texts each time; `python tests/fuzz/fixes.py COUNT` runs longer."""

import pytest

import fixes

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
