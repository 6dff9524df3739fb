"""The pages that exist in both languages say the same: neither has a part that the other one lacks."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tree import ROOT

CHINESE = re.compile("[一-龥]")
SUFFIX = ".zh-CN.md"
PAIRS = [(path.with_name(path.name.replace(SUFFIX, ".md")), path) for path in sorted(ROOT.glob(f"**/*{SUFFIX}"))]


def name_of(value: object) -> str:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else ""


def tokens(page: Path) -> list[Token]:
    return MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))


def code(token: Token) -> Iterator[str]:
    """Yield the lines of a fence, without comments of commands, which are words."""
    for line in token.content.splitlines():
        yield re.sub(r"\s+#.*", "", line) if token.info == "sh" else line


def links(token: Token) -> Iterator[str]:
    """Yield where the links and pictures of a line lead to, for both languages alike."""
    for child in token.children or ():
        target = child.attrGet("href") or child.attrGet("src")
        if target:
            yield re.sub(r"\.zh-CN\.md(?=#|$)", ".md", str(target))


def shape(page: Path) -> Iterator[tuple[str, object]]:
    """Yield the parts of a page that do not depend on its language."""
    for token in tokens(page):
        if token.type == "fence":
            # A report and a help are words, which the code prints in both languages.
            yield token.info, None if token.info == "text" else [*code(token)]
        elif token.type == "inline":
            # Languages order the parts of a sentence differently.
            yield "links", sorted(links(token))
        elif token.nesting >= 0:
            yield token.type, token.tag


def test_the_front_page_the_rules_and_the_commands_have_both_languages() -> None:
    assert {name_of(english) for english, _ in PAIRS} >= {"README.md", "docs/rules.md", "docs/cli.md"}


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=name_of)
def test_each_language_leads_to_the_other(english: Path, chinese: Path) -> None:
    assert f"English | [简体中文]({chinese.name})" in english.read_text(encoding="utf-8")
    assert f"[English]({english.name}) | 简体中文" in chinese.read_text(encoding="utf-8")


# The page of the commands in Chinese has their help; the formats for programs are described in English.
@pytest.mark.parametrize(("english", "chinese"), [pair for pair in PAIRS if pair[0].name != "cli.md"], ids=name_of)
def test_both_languages_have_the_same_parts(english: Path, chinese: Path) -> None:
    differences = [(first, second) for first, second in zip_longest(shape(english), shape(chinese)) if first != second]
    assert differences[:1] == []


def test_the_help_of_every_command_is_on_both_pages() -> None:
    english, chinese = (
        re.findall(r"^### (\S+)$", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in ("cli.md", "cli.zh-CN.md")
    )
    assert chinese
    assert chinese == english[-len(chinese) :]


@pytest.mark.parametrize("page", [chinese for _, chinese in PAIRS], ids=name_of)
def test_every_heading_and_paragraph_of_a_chinese_page_is_chinese(page: Path) -> None:
    text = re.sub(r"^```.*?^```$|^<!--.*-->$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    foreign = [part for part in paragraphs if not CHINESE.search(part)]
    # Ids of rules, and names of commands.
    assert [part for part in foreign if not re.fullmatch(r"#+ [\w/, -]+", part.strip())] == []
