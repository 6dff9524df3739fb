"""Every message is short: two sentences at most fit into a notification, a terminal and a hover."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tree import SERVER

LONGEST = 160  # characters, with a placeholder counted as its name


def templates(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
            words = (keyword.value for keyword in node.keywords)
            yield from (word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str))


def length(template: str) -> int:
    return len(re.sub(r"\{(\w+)[^}]*\}", r"\1", template))


def test_a_message_is_short() -> None:
    seen = [text for path in (SERVER / "wslgo").rglob("*.py") for text in templates(path)]
    assert len(seen) > 1000
    assert [text for text in seen if length(text) > LONGEST] == []
    assert max(map(length, seen)) > LONGEST - 20, "the longest are not seen"
