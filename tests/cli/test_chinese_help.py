"""The help, the list of the rules and their pages in Chinese."""

import re
from collections.abc import Iterator

import pytest

from commandline import wslgo
from wslgo.cli.arguments import HELP, Words
from wslgo.cli.dispatcher import command_of
from wslgo.cli.output.excerpt import width
from wslgo.cli.usage import COMMANDS
from wslgo.linter.rules import all_rules
from wslgo.text.message import Message, Text

CHINESE = re.compile("[一-龥]")
PUBLIC = [name for name, summary in COMMANDS.items() if summary]


def texts(command: str) -> Iterator[Words]:
    """Yield what the help of a command is made of."""
    usage = command_of(command).USAGE
    yield usage.about
    yield from (option.help for option in (*usage.options, HELP) if not option.is_hidden)
    if usage.words:
        yield usage.words.help
    if usage.after:
        yield usage.after


@pytest.mark.parametrize("command", PUBLIC)
def test_every_text_of_a_help_has_both_languages(command: str) -> None:
    for text in texts(command):
        assert isinstance(text, (Message, Text))
        message = text if isinstance(text, Message) else text.message
        assert CHINESE.search(message.zh), message
        assert not CHINESE.search(message.en), message


@pytest.mark.parametrize(
    "arguments", [("--help", "--lang", "zh"), *((name, "--help", "--lang=zh-cn") for name in PUBLIC)]
)
def test_a_help_is_chinese_and_fits_the_terminal(arguments: tuple[str, ...]) -> None:
    code, out, err = wslgo(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("用法：wslgo ")
    assert max(map(width, out.splitlines())) <= 100
    assert not [line for line in out.splitlines() if re.match(r"\s*[，。、；：）]", line)]


def test_the_language_of_the_terminal_is_that_of_the_help() -> None:
    assert wslgo("check", "--help", environment={"LANG": "zh_CN.UTF-8"}).out.startswith("用法：wslgo check")
    assert wslgo("check", "--help", environment={"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}).out.startswith(
        "usage: wslgo check"
    )


def test_every_rule_is_listed_in_chinese() -> None:
    lines = wslgo("rules", "--lang", "zh").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in all_rules()]
    assert all(CHINESE.search(line.split(maxsplit=3)[3]) for line in lines)


def test_a_rule_is_explained_in_chinese() -> None:
    page = wslgo("explain", "unknown-key", "--lang", "zh").out
    assert page.startswith(
        "wslconfig/unknown-key, wslconf/unknown-key：警告，wslgo fix 可修复\n\nWSL 不认识某个键，会忽略它。\n\n"
    )
    assert "\n示例\n\n没有相似的已知键：\n\n    .wslconfig:\n    [wsl2]\n    turbo=true\n" in page
    assert not re.search(r"^(?:Example|becomes|No finding)$", page, re.MULTILINE)


def test_explanations_fit_the_terminal() -> None:
    lines = wslgo("explain", *(rule.id for rule in all_rules()), "--lang", "zh").out.splitlines()
    prose = [line for line in lines if CHINESE.search(line) and not re.match(r" |\w+/\S+[,：]", line)]
    assert max(map(width, prose)) <= 100
    assert not [line for line in prose if re.match(r"[，。、；：）”](?!、)", line)]


def test_an_explanation_in_english_has_no_chinese() -> None:
    assert not CHINESE.search(wslgo("explain", "wslconfig/unknown-key").out)
