"""Commands of start-up files that run without a terminal."""

import pytest

from wslgo.syntax.shell import script
from wslgo.syntax.shell.start_up import guard, guarded, unattended
from wslgo.syntax.shell.substitutions import substitutions
from wslgo.text.source import Source

GUARDS = (
    "case $- in\n    *i*) ;;\n      *) return;;\nesac\n",
    "case $- in *i*) ;; *) return ;; esac\n",
    "[[ $- != *i* ]] && return\n",
    "[[ $- == *i* ]] || return\n",
    'if [[ "$-" != *i* ]]; then\n  return\nfi\n',
    '[ -z "$PS1" ] && return\n',
    "[ -t 0 ] || return\n",
    "if [ ! -t 1 ]; then return; fi\n",
    "[[ -o interactive ]] || return\n",
    "tty -s || exit\n",
)
NO_GUARDS = (
    "PS1='$ '\nf() { return; }\n",
    "# case $- in *i*) ;; *) return ;; esac\n",
    "case $TERM in\n  dumb) return ;;\nesac\n",
    "[ -f ~/.x ] || return\n",
)


def found(text: str, path: str = ".bashrc") -> list[str]:
    return [
        text[command.span.start : command.span.end]
        for command in unattended(script.parse(Source(text)), text, path)
        if command.words[0].plain == "cd"
    ]


@pytest.mark.parametrize("text", GUARDS)
def test_what_follows_a_guard_needs_a_terminal(text: str) -> None:
    assert guard(script.parse(Source(text)), text) is not None
    assert found(f"cd /a\n{text}cd /b\n") == ["cd /a"]


@pytest.mark.parametrize("text", NO_GUARDS)
def test_other_returns_are_not_guards(text: str) -> None:
    assert guard(script.parse(Source(text)), text) is None


def test_a_file_that_only_terminals_read_has_no_such_command() -> None:
    assert found("cd /a\n", "home/.zshrc") == []
    assert found("cd /a\n", "home/.zprofile") == ["cd /a"]


@pytest.mark.parametrize(
    "text",
    [
        "if [ -d /a ]; then cd /a; fi\n",
        "f() { cd /a; }\n",
        "(cd /a)\n",
        "while cd /a; do break; done\n",
        "x && cd /a\n",
        "cat <<E\ncd /a\nE\n",
        "cd /a | cat\n",
        "cd /a &\n",
        "cd /a > /dev/null\n",
        "alias a='cd /a'\n",
    ],
)
def test_a_command_that_may_not_run_or_leaves_nothing_is_left_out(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "command -v x >/dev/null && cd /a\n",
        "command -v x >/dev/null 2>&1 && cd /a\n",
        "if [ -x /a ]; then\n  cd /a\nfi\n",
        "if [ -z $TMUX ]\nthen\n  cd /a\nfi\n",
        "cd /a; echo\n",
        "echo; cd /a\n",
    ],
)
def test_a_condition_without_a_terminal_in_it_does_not_help(text: str) -> None:
    assert found(text) == ["cd /a"]


def test_a_guarded_command_keeps_its_comment() -> None:
    text = "exec zsh # mine\n"
    [command] = script.parse(Source(text)).commands
    edit = guarded(command, text)
    assert edit is not None
    changed = text[: edit.span.start] + edit.new + text[edit.span.end :]
    assert changed == "case $- in *i*) [ -t 1 ] && exec zsh ;; esac # mine\n"


def test_a_line_with_other_commands_is_not_rewritten() -> None:
    text = "exec zsh; echo\n"
    assert guarded(script.parse(Source(text)).commands[0], text) is None


def test_substitutions_are_found_in_values_and_functions_and_not_in_comments() -> None:
    text = 'a=$(b "$(c)")\nf() { d=`e`; }\n# $(g)\nh=$((1 + 2))\n'
    spans = substitutions(script.parse(Source(text)), text)
    assert [text[span.start : span.end] for span in spans] == ['$(b "$(c)")', "`e`"]
