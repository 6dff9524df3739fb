"""Markdown: blocks with the place of each line, and excerpts whose edits come home."""

import time

import pytest
from markdown_it import MarkdownIt

from wslgo.syntax.excerpt import Excerpt
from wslgo.syntax.markdown import Fence, Heading, MarkdownTree, Paragraph, Table, parse
from wslgo.text.source import Source
from wslgo.text.span import Edit, Lines, Span, apply

TEXT = """\
---
title: "a # b"
---
# Setup `wsl` #

one
 *two*
<!-- wslgo: ignore -->

- item
  > quoted
  > ```ini title=x
  > [wsl2]
  >
  > memory=4GB
  > ```

1. list

\t~~~sh
\t  foo
\t~~~

| a | b\\|c |
|---|---|
| c | d
| `memory` | |

    indented

```
unclosed
"""


def read(text: str) -> MarkdownTree:
    return parse(Source(text))


def texts(tree: MarkdownTree, spans: tuple[Span, ...]) -> list[str]:
    return [tree.source.text[slice(*span)] for span in spans]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blocks_have_their_lines_where_they_are(end: str) -> None:
    tree = read(TEXT.replace("\n", end))
    shown = [
        (type(block).__name__, [texts(tree, row) for row in (block.head, *block.rows)])
        if isinstance(block, Table)
        else (type(block).__name__, texts(tree, block.lines))
        for block in tree.blocks
    ]
    assert shown == [
        ("Heading", ["Setup `wsl`"]),
        ("Paragraph", ["one", "*two*"]),
        ("Paragraph", ["item"]),
        ("Paragraph", ["quoted"]),
        ("Fence", ["[wsl2]", "", "memory=4GB"]),
        ("Paragraph", ["list"]),
        ("Fence", ["  foo"]),
        ("Table", [["a", "b\\|c"], ["c", "d"], ["`memory`", ""]]),
        ("Fence", ["indented"]),
        ("Fence", ["unclosed"]),
    ]
    assert texts(tree, tree.comments) == ["<!-- wslgo: ignore -->"]
    fences = [block for block in tree.blocks if isinstance(block, Fence)]
    assert [fence.info for fence in fences] == ["ini title=x", "sh", "", ""]
    assert [fence.quotes for fence in fences] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff# a\n```ini\nb\n```\n",
        "```\n",
        "````md\n```ini\na\n```\n````\n",
        "> ```\n> a\nb\n",
        "- ```sh\n  a\n\n  b\n  ```\n- c\n",
        "* a\n\n      code\n\n\t- ```x\n\t  tab\there\n\t  ```\n",
        "\x00\n```\n\x00a\n```\n",
        "~~~ `info`\n```\n~~~\n",
        "1) a\n   ```\n   b\n  c\n   ```\n",
        "```ini\r\na\r\n```\r\n> ~~~\r\n> b\r\n",
        "<pre>\n```\nx\n```\n</pre>\n\n```\ny\n```\n",
        "---\nnot: closed\n```\na\n```\n",
        "| a |\n|---|\n| ` b \\| c ` |\n|\n\nx | y\n--|--\n1|2|3\n",
    ],
)
def test_fences_are_those_of_a_preview(text: str) -> None:
    tree = read(text)
    expected = [
        token.content
        for token in MarkdownIt("commonmark").enable("table").parse(text.replace("\ufeff", ""))
        if token.type in ("fence", "code_block")
    ]
    found = [
        "".join(f"{line}\n" for line in texts(tree, block.lines)) for block in tree.blocks if isinstance(block, Fence)
    ]
    assert found == [content.replace("\ufffd", "\0") for content in expected]


def test_a_table_with_rows_of_other_lengths_keeps_what_is_sure() -> None:
    [table] = read("a | b\n--|--\n1|2|3\n| 4\n").blocks
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [2, 1]


@pytest.mark.parametrize(
    "text",
    [
        ">" * 9000,
        "- " * 9000,
        "a\n" * 9000,
        "```\n" * 9000,
        "- a\n" * 4000,
        "[" * 9000,
        "|a|b|\n|-|-|\n" * 2000,
        "<!-- " * 9000,
        "[a]: b\n" * 4000,
        "> a\n" + "a\n" * 9000,
        "".join(" " * at + "- a\n" for at in range(100)),
    ],
    ids=range(11),
)
def test_a_text_of_one_thing_is_read_in_no_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5


# Excerpts


def excerpt_of(text: str) -> tuple[Excerpt, str]:
    tree = read(text)
    [fence] = [block for block in tree.blocks if isinstance(block, Fence)]
    excerpt = Excerpt(Lines(text))
    for line in fence.lines:
        excerpt.add_line(line)
    return excerpt.close(fence.end), text


QUOTED = "- x\n  > ```ini\n  > [wsl2]\n  > a=1\n  > b=2\n  > ```\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a=1", "a=3", "- x\n  > ```ini\n  > [wsl2]\n  > a=3\n  > b=2\n  > ```\n"),
        ("a=1\n", "", "- x\n  > ```ini\n  > [wsl2]\n  > b=2\n  > ```\n"),
        ("a=1\n", "c=1\nd=1\n", "- x\n  > ```ini\n  > [wsl2]\n  > c=1\n  > d=1\n  > b=2\n  > ```\n"),
        ("1\nb", "2\nc", "- x\n  > ```ini\n  > [wsl2]\n  > a=2\n  > c=2\n  > ```\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_edit_of_a_quoted_block_keeps_the_quote(old: str, new: str, expected: str, end: str) -> None:
    excerpt, text = excerpt_of(QUOTED.replace("\n", end))
    start = excerpt.text.index(old)
    edit = excerpt.edit(Edit(Span(start, start + len(old)), new))
    assert edit is not None
    assert apply(text, [edit]) == expected.replace("\n", end)


@pytest.mark.parametrize("text", [QUOTED, "```ini\n[wsl2]\n```\n", "\t\n- ~~~\n  [wsl2]\n  ~~~\n"])
def test_a_line_is_appended_before_the_closing_fence(text: str) -> None:
    excerpt, text = excerpt_of(text)
    size = len(excerpt.text)
    edit = excerpt.edit(Edit(Span(size, size), "c=1\n"))
    assert edit is not None
    after, _ = excerpt_of(apply(text, [edit]))
    assert after.text == f"{excerpt.text}c=1\n"


def test_what_is_not_in_the_text_leads_nowhere() -> None:
    text = "memory=4GB\n"
    excerpt = Excerpt(Lines(text)).add_own("[wsl2]\n").add_line(Span(0, 10))
    assert excerpt.text == "[wsl2]\nmemory=4GB\n"
    assert excerpt.span(Span(0, 6)) is None
    assert excerpt.span(Span(7, 13)) == Span(0, 6)
    assert excerpt.edit(Edit(Span(0, 17), "")) is None
    assert excerpt.edit(Edit(Span(7, 13), "", "other")) is None


def test_headings_and_paragraphs_know_where_they_are() -> None:
    tree = read("## a\n\nTitle\n===\n\n> - b\n")
    assert [(block.level, block.line) for block in tree.blocks if isinstance(block, Heading)] == [(2, 0), (1, 2)]
    assert [(block.quotes, block.items) for block in tree.blocks if isinstance(block, Paragraph)] == [(1, 1)]
