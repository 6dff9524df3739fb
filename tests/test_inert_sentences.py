"""Sentences put no argument where it could be markup, and only some modules turn them into text."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest

import wslgo
from payloads import ICON, LINKED, OBEYED, TELLING, faults
from wslgo.cli.output import as_sarif
from wslgo.cli.terminal import rendered
from wslgo.lsp.words import notice, plain
from wslgo.text.markdown import plain as plain_in_markdown
from wslgo.text.markdown import sentence
from wslgo.text.message import Language, Message, Text

PACKAGE = Path(wslgo.__file__).parent
LANGUAGES: tuple[Language, ...] = ("en", "zh")
# Arguments that are numbers in every sentence that puts them into a code span.
NUMBERS = {"port", "outside"}


@cache
def messages() -> tuple[tuple[str, Message], ...]:
    """Return every message that a module of the package holds, wherever in its tables."""
    found: dict[Message, str] = {}
    for module in pkgutil.walk_packages(wslgo.__path__, "wslgo."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                found |= {message: f"{module.name}.{name}" for message in _messages(value) if message not in found}
    return tuple((place, message) for message, place in found.items())


def _messages(value: object, depth: int = 6) -> Iterator[Message]:
    if isinstance(value, Message):
        yield value
    elif depth and isinstance(value, Mapping):
        yield from (message for member in value.values() for message in _messages(member, depth - 1))
    elif depth and isinstance(value, (tuple, list, set, frozenset)):
        yield from (message for member in value for message in _messages(member, depth - 1))


def filled(message: Message, words: object) -> Text | None:
    """Return a message with the same words in all places; None where they have to be numbers."""
    names = re.findall(r"(?<!\{)\{(\w+)", f"{message.en} {message.zh}")
    text = message(**{name: 1 if name in NUMBERS and "`" in message.en else words for name in names})
    try:
        text.render("en")
    except (KeyError, ValueError):  # an example in JSON, which is never filled
        return None
    return text if names else None


def test_there_are_messages_to_be_tried() -> None:
    assert len([message for _, message in messages() if filled(message, "x")]) > 500


@pytest.mark.parametrize("payload", TELLING)
def test_no_sentence_has_markup_of_its_arguments(payload: str) -> None:
    for place, message in messages():
        text = filled(message, payload)
        for language in LANGUAGES if text else ():
            assert text is not None
            assert not faults(sentence(text, language)), place
            assert not faults(plain_in_markdown(text, language)), place
            assert not LINKED.search(notice(text, language)), place
            assert not ICON.search(notice(text, language)), place
            assert not OBEYED.search(rendered(text, language)), place
            assert not OBEYED.search(plain(text, language)), place
            assert not LINKED.search(as_sarif._words(text, language)), place


def test_no_sentence_puts_an_argument_into_a_span_of_code_by_hand() -> None:
    """A back-tick in the argument would end the span: `code` makes spans that hold any."""
    for place, message in messages():
        for template in message:
            spans = re.findall(r"`[^`]*`", re.sub(r"\{\{|\}\}", "", template))
            named = {name for span in spans for name in re.findall(r"\{(\w+)", span)}
            assert named <= NUMBERS, f"{place}: {template}"


def test_no_sentence_joins_two_arguments_that_could_both_be_code() -> None:
    """Between two spans of code a back-tick would belong to neither."""
    joined = {place for place, message in messages() if any("}{" in template for template in message)}
    # A value that begins with a space; a number with its unit.
    assert joined == {"wslgo.ide.page.launch_entry.ENTRY"} | {
        f"wslgo.linter.rules.wsl.size_without_unit.{name}" for name in ("MESSAGE", "RAISED")
    }


def test_no_sentence_has_a_link_or_html_of_its_own() -> None:
    for place, message in messages():
        for template in message:
            assert not re.search(r"\]\(|\$\(|</|<(?:a|img)\b", template), place


# Every output


@cache
def called() -> Mapping[str, set[str]]:
    """Return the modules that call a function or a method, by its name."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        of_errors = {id(word) for node in ast.walk(tree) if _names_an_error(node) for word in node.args}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and id(node) not in of_errors:
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
                found.setdefault(name, set()).add(path.relative_to(PACKAGE).with_suffix("").as_posix())
    return found


def _names_an_error(node: ast.AST) -> TypeGuard[ast.Call]:
    """Return whether an exception gets the words that it has in a log."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"


def test_only_these_turn_a_sentence_into_text() -> None:
    """A module that renders elsewhere would be an output that these tests do not check."""
    assert called()["render"] == {
        "text/message",
        "text/markdown",  # hovers and pages
        "lsp/words",  # notifications, labels, diagnostics
        "cli/terminal",
        *("cli/output/as_json", "cli/output/as_sarif", "cli/output/as_gitlab"),  # members of a JSON
        *("cli/commands/attach", "cli/commands/doctor", "cli/commands/parse", "linter/finding_json"),  # likewise
        *("cli/commands/ci_run", "cli/commands/env"),  # likewise
        *("provision/report/text", "provision/report/inventory", "provision/report/comparison"),  # likewise
        "syntax/json/record",  # a plan on the disk
        "provision/apply/ledger",  # words of an exception
        "bench/report/as_json",  # members of a JSON
        "bench/report/plot",  # text of an SVG, escaped
        "cli/commands/docs",  # our own pages
    }


def test_only_these_say_that_something_is_markdown() -> None:
    assert called()["Markdown"] == {
        "text/markdown",
        *("ide/hover/wsl_key", "ide/page/rule"),  # documentation of rules
        *("ide/hover/topic", "ide/page/topic"),  # pages of topics
        *("doctor/page", "provision/report/result_page", "provision/report/plan_page"),  # an empty line, signs, numbers
    }


@pytest.mark.parametrize(
    "name",
    [
        "ShowMessageParams",
        "ShowMessageRequestParams",
        "MessageActionItem",
        "WorkDoneProgressBegin",
        "WorkDoneProgressReport",
        "LogMessageParams",
        "ChangeAnnotation",
        "CodeLens",
        "DocumentSymbol",
        "MarkupContent",
    ],
)
def test_what_a_client_reads_markup_into_is_made_inert_where_it_is_sent(name: str) -> None:
    """Each module that makes one of these takes its words from the module that makes them inert."""
    for module in called().get(name, ()):
        text = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
        assert re.search(r"from wslgo\.lsp\.words import .*notice", text), module


def test_templates_come_from_wslgo_itself() -> None:
    """Templates are not made inert, so a text from outside must never become one."""
    made = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                words = [*node.args, *(keyword.value for keyword in node.keywords)]
                if not all(isinstance(word, ast.Constant) for word in words):
                    made.add(path.relative_to(PACKAGE).with_suffix("").as_posix())
    assert made == {
        "ide/hover/text",  # a message without a translation
        "knowledge/go_variables",  # what several of them share
    }
