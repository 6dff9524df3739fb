"""Generated text is tested, not trusted."""

from pathlib import Path

import pytest

from wslgo.cli.docs import TREE, generated


@pytest.mark.parametrize("path", generated(TREE), ids=str)
def test_generated_text_is_what_the_code_says(path: Path) -> None:
    written = (TREE / path).read_text(encoding="utf-8") if (TREE / path).exists() else ""
    assert written == generated(TREE)[path], f"{path} is stale; run: ./dev docs"
