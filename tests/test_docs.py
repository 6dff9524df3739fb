"""Generated text is tested, not trusted."""

import re
from pathlib import Path

import pytest

from wslgo.cli.commands.docs import TREE, generated


@pytest.mark.parametrize("path", generated(TREE), ids=str)
def test_generated_text_is_what_the_code_says(path: Path) -> None:
    written = (TREE / path).read_text(encoding="utf-8") if (TREE / path).exists() else ""
    assert written == generated(TREE)[path], f"{path} is stale; run: ./dev docs"


@pytest.mark.parametrize("name", ["SECURITY.md"])
def test_a_promise_names_tests_and_pages_that_exist(name: str) -> None:
    text = (TREE / name).read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/.]+)`|\]\(([\w/.-]+\.md)\)", text)
    assert len(named) > 10
    assert [path for pair in named for path in pair if path and not (TREE / path).is_file()] == []


def test_every_promise_is_held_by_a_test() -> None:
    promises = (TREE / "SECURITY.md").read_text(encoding="utf-8").split("\n## ")[3:]
    assert promises
    assert [promise.partition("\n")[0] for promise in promises if "Held by `tests/" not in promise] == []
