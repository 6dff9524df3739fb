"""The tools of a .tool-versions file, compared with what asdf 0.18 and mise 2026.9 found in the same texts."""

import pytest

from wslgo.syntax import tool_versions
from wslgo.text.source import Source


def versions(text: str, name: str = "golang") -> list[list[str]]:
    found = tool_versions.parse(Source(text))
    for tool in found.tools:
        for word in (tool.name, *tool.versions):
            assert text[slice(*word.span)] == word.text
    return [[word.text for word in tool.versions] for tool in found.tools if tool.name.text == name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("golang 1.22.1\n", [["1.22.1"]]),
        ("  golang   1.22.1  # x\r\n", [["1.22.1"]]),
        ("# golang 1\ngolang 1.22.1 1.21.0 system\n", [["1.22.1", "1.21.0", "system"]]),
        ("golang 1.22.1#x\n", [["1.22.1"]]),
        ("nodejs 22\r\ngolang 1.22.1\r", [["1.22.1"]]),
        ("golang ref:v1.0-x\ngolang path:~/go\n", [["ref:v1.0-x"], ["path:~/go"]]),
        ("golang\n", [[]]),
        # Only mise reads it so, asdf takes a tab for a part of the name.
        ("golang\t1.22.1\n", [["1.22.1"]]),
        # asdf has no such tool, mise takes off the byte order mark or the colon.
        ("\ufeffgolang 1.22.1\n", []),
        ("golang: 1.22.1\n", []),
        ("", []),
    ],
)
def test_the_versions_of_a_tool_are_read(text: str, found: list[list[str]]) -> None:
    assert versions(text) == found


def test_comments_begin_anywhere() -> None:
    text = "# a\ngolang 1.22 # b\nnodejs 1#c"
    assert [text[slice(*span)] for span in tool_versions.parse(Source(text)).comments] == ["# a", "# b", "#c"]
