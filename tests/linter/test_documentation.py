"""The documentation of every rule exists in Chinese, and is a translation of what the docstring says now."""

import re
from hashlib import sha256

import pytest

from wslgo.linter.documentation import documentation, introduction, is_prose, place_of, summary, translations
from wslgo.linter.rules import Rule, all_rules, find
from wslgo.text.documentation import CHINESE, blocks_of

# One for each module: a rule of several families has one documentation.
RULES = {"/".join(place_of(rule)): rule for rule in all_rules()}
FOLDERS = sorted({place_of(rule)[0] for rule in RULES.values()})
CODE = re.compile(r"`[^`]+`")


def english(rule: Rule) -> list[str]:
    return [" ".join(block.split()) for block in blocks_of(rule.documentation) if is_prose(block)]


def digest(paragraphs: list[str]) -> str:
    return sha256("\n\n".join(paragraphs).encode()).hexdigest()[:8]


@pytest.mark.parametrize("name", RULES)
def test_a_translation_is_that_of_the_docstring(name: str) -> None:
    folder, short = place_of(RULES[name])
    paragraphs = english(RULES[name])
    seen, chinese = translations(folder).get(short, ("none", ()))
    heading = f"## {short} <!-- {digest(paragraphs)} -->"
    assert seen == digest(paragraphs), f"translate {name} in rules/{folder}/{CHINESE}, under the heading: {heading}"
    assert len(chinese) == len(paragraphs)
    for before, after in zip(paragraphs, chinese, strict=True):
        assert set(CODE.findall(after)) == set(CODE.findall(before))
        assert re.search("[一-龥]", after)
        assert not re.search(r"\n|[一-龥][,:;?!]|[，。、；：] ", CODE.sub("x", after))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_translation_has_a_rule(folder: str) -> None:
    names = list(translations(folder))
    assert [name for name in names if f"{folder}/{name}" not in RULES] == []
    assert names == sorted(names)


def test_a_translation_has_the_headings_and_the_examples_of_the_docstring() -> None:
    rule = RULES["goenv/unusable-flags"]
    pages = [blocks_of(documentation(rule, "en")), blocks_of(documentation(rule, "zh"))]
    assert len(pages[0]) == len(pages[1])
    for before, after in zip(*pages, strict=True):
        if is_prose(before):
            assert after != before
        else:
            headings = {"## Example": "## 示例", "becomes": "修复后", "## No finding": "## 不会报告的情况"}
            assert after == headings.get(before, before)


def test_a_rule_with_a_new_paragraph_is_documented_in_english_until_it_is_translated() -> None:
    rule = RULES["wsl/unknown-key"]
    longer = rule._replace(documentation=f"{rule.documentation}\n\nOne more.")
    assert documentation(longer, "zh") == longer.documentation


def test_the_summary_is_the_first_sentence() -> None:
    rule = find("wslconf/unknown-key")
    assert rule is not None
    assert summary(rule, "en") == "WSL does not know a key and ignores it"
    assert summary(rule, "zh") == "WSL 不认识某个键，会忽略它"
    assert len(introduction(rule, "zh")) == len(introduction(rule, "en")) == 2
