"""The documentation of a rule in English and Chinese.

The docstring of a rule is its English documentation. The Chinese one is in `zh.md` of the folder of the rule: the same
paragraphs in the same order. Headings come from here, and the examples are those of the docstring.
"""

import re
from collections.abc import Iterable

from wslgo.linter.rules import Rule
from wslgo.text.documentation import blocks_of, chinese_paragraphs, translated
from wslgo.text.message import Language

HEADINGS = {"## Example": "## 示例", "## No finding": "## 不会报告的情况", "becomes": "修复后"}


def documentation(rule: Rule, language: Language) -> str:
    """Return the documentation of a rule as Markdown; in English if the Chinese one lacks paragraphs."""
    if language == "en":
        return rule.documentation
    folder, name = place_of(rule)
    _, chinese = translations(folder).get(name, ("", ()))
    return translated(rule.documentation, chinese, HEADINGS, is_prose) or rule.documentation


def summary(rule: Rule, language: Language) -> str:
    """Return the first paragraph, which is the finding in one sentence, without its full stop."""
    return documentation(rule, language).partition("\n")[0].rstrip(".。")


def introduction(rule: Rule, language: Language) -> list[str]:
    """Return the paragraphs before the examples: the finding in one sentence, then the reasons."""
    return blocks_of(documentation(rule, language).partition("\n## ")[0])


def grouped(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Group the rules that share a module, and so a documentation."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.documentation, []).append(rule)
    return list(groups.values())


def title(rules: Iterable[Rule]) -> str:
    """Return the heading in docs/rules.md of rules that share a module."""
    return ", ".join(rule.id for rule in rules)


def anchor(rules: Iterable[Rule]) -> str:
    """Return the anchor that code hosts make of this heading."""
    return re.sub(r"[^\w -]", "", title(rules)).replace(" ", "-")


def page_addresses(rules: Iterable[Rule], page: str) -> dict[str, str]:
    """Return for the id of each rule its address, given the one of docs/rules.md."""
    return {rule.id: f"{page}#{anchor(group)}" for group in grouped(rules) for rule in group}


def place_of(rule: Rule) -> tuple[str, str]:
    """Return the folder of a rule, and the part after the slash of its id."""
    _, folder, module = rule.check.__module__.rsplit(".", 2)
    return folder, module.replace("_", "-")


def is_prose(block: str) -> bool:
    """Return whether a block is a paragraph, which has a Chinese one."""
    return block not in HEADINGS and not block.startswith("```")


def translations(folder: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the Chinese paragraphs of the rules in a folder, each with the digest of the English ones."""
    return chinese_paragraphs(f"wslgo.linter.rules.{folder}")
