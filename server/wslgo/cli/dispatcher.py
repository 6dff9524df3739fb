"""The dispatcher: finds the command, calls it, and turns every end into an exit code.

Commands are modules with a `USAGE` and `run(call) -> int`; only the one that was asked for is
imported, since each import counts in a program that runs for 30 ms.
"""

import os
from collections.abc import Sequence

from wslgo import __version__
from wslgo.cli.arguments import Usage, read
from wslgo.cli.call import Call
from wslgo.cli.terminal import CLEAN, FAILED, OutputError, Terminal, discard_output, language, of_process, shown
from wslgo.cli.usage import COMMANDS
from wslgo.text.message import Language, Message, Text
from wslgo.text.typing import Any, Protocol

INTERRUPTED = 130
BROKEN_PIPE = 141

UNKNOWN = Message(en="unknown command '{name}'; see wslgo --help", zh="没有命令 '{name}'；见 wslgo --help")
NEAREST = Message(en="unknown command '{name}'; did you mean {near}?", zh="没有命令 '{name}'；是否指 {near}？")


class Command(Protocol):
    """The interface of a command module."""

    USAGE: Usage

    def run(self, call: Call[Any]) -> int: ...


def run(arguments: list[str], terminal: Terminal | None = None) -> int:
    """Run a command; returns the exit code and never raises."""
    terminal = terminal or of_process()
    try:
        code = _command(arguments, terminal)
        terminal.flush()
        return code
    except OutputError as closed:
        return _without_output(closed.error, terminal)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the outermost function: no caller could handle it
        return _fail(error, terminal)


def command_of(name: str) -> Command:  # noqa: C901 - a table of imports
    """Return the module of a command; only that one is imported."""
    match name:
        case "check":
            from wslgo.cli.commands import check

            return check
        case "fix":
            from wslgo.cli.commands import fix

            return fix
        case "undo":
            from wslgo.cli.commands import undo

            return undo
        case "parse":
            from wslgo.cli.commands import parse

            return parse
        case "explain":
            from wslgo.cli.commands import explain

            return explain
        case "rules":
            from wslgo.cli.commands import rules

            return rules
        case "doctor":
            from wslgo.cli.commands import doctor

            return doctor
        case "env":
            from wslgo.cli.commands import env

            return env
        case "inspect":
            from wslgo.cli.commands import inspect

            return inspect
        case "attach":
            from wslgo.cli.commands import attach

            return attach
        case "bench":
            from wslgo.cli.commands import bench

            return bench
        case "launch":
            from wslgo.cli.commands import launch

            return launch
        case "ci":
            from wslgo.cli.commands import ci

            return ci
        case "provision":
            from wslgo.cli.commands import provision

            return provision
        case "mirror":
            from wslgo.cli.commands import mirror

            return mirror
        case "move":
            from wslgo.cli.commands import move

            return move
        case "lsp":
            from wslgo.cli.commands import lsp

            return lsp
        case _:
            from wslgo.cli.commands import docs

            return docs


def _command(arguments: list[str], terminal: Terminal) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("--help", "-h", "help"):
        terminal.say(_usage(_language(rest, terminal)))
        return CLEAN
    if name in ("--version", "-V"):
        terminal.say(f"wslgo {__version__}")
        return CLEAN
    if name not in COMMANDS:
        if name:
            return Call(None, terminal).fail([_unknown(name)])
        terminal.complain(_usage(_language((), terminal)))
        return FAILED
    command = command_of(name)
    options = read(name, command.USAGE, rest)
    if isinstance(options, Text):
        return Call(None, terminal).fail([options])
    if options.is_help:
        from wslgo.cli.help_page import help_of

        terminal.say(help_of(name, command.USAGE, _language(rest, terminal)))
        return CLEAN
    return command.run(Call(options, terminal))


def _usage(spoken: Language) -> str:
    from wslgo.cli.help_page import usage  # most calls want none

    return usage(spoken)


def _language(arguments: Sequence[str], terminal: Terminal) -> Language:
    """Return the language of a help: `--lang` counts although the other arguments do not."""
    chosen = None
    for number, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--lang":
            chosen = value if equals else "".join(arguments[number + 1 : number + 2])
    return language(chosen, terminal.environment)


def _unknown(name: str) -> Text:
    from wslgo.text.nearest import nearest  # only for a typo

    near = nearest(name, (known for known, summary in COMMANDS.items() if summary))
    return NEAREST(name=name, near=near) if near else UNKNOWN(name=name)


def _without_output(error: OSError, terminal: Terminal) -> int:
    """Return the exit code for an output that cannot be written; a reader that has enough, like head, is not one."""
    if isinstance(error, BrokenPipeError):
        discard_output()
        return BROKEN_PIPE
    return _complain(f"cannot write the output: {error.strerror or error}", terminal)


def _fail(error: Exception, terminal: Terminal) -> int:
    """Print one line about an error that no command expected."""
    if os.environ.get("WSLGO_DEBUG"):
        raise error
    return _complain(f"internal error (WSLGO_DEBUG=1 shows more): {type(error).__name__}: {error}", terminal)


def _complain(words: str, terminal: Terminal) -> int:
    discard_output()
    try:
        terminal.err.write(f"wslgo: {terminal.disobeyed(shown(words))}\n".encode("utf-8", "backslashreplace"))
        terminal.err.flush()
    except OSError:
        pass  # the error cannot be reported
    return FAILED
