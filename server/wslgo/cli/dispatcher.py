"""The dispatcher: finds the command, calls it, and turns every end into an exit code.

Commands are modules with a `USAGE` and `run(call) -> int`; only the one that was asked for is
imported, since each import counts in a program that runs for 30 ms.
"""

import os
from typing import Any, Protocol

from wslgo import __version__
from wslgo.cli.arguments import Usage, help_of, read
from wslgo.cli.call import Call
from wslgo.cli.terminal import CLEAN, FAILED, OutputError, Terminal, discard_output, of_process, shown
from wslgo.cli.usage import COMMANDS, usage
from wslgo.text.message import Text

INTERRUPTED = 130
BROKEN_PIPE = 141


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
        case "launch":
            from wslgo.cli.commands import launch

            return launch
        case "provision":
            from wslgo.cli.commands import provision

            return provision
        case "lsp":
            from wslgo.cli.commands import lsp

            return lsp
        case _:
            from wslgo.cli.commands import docs

            return docs


def _command(arguments: list[str], terminal: Terminal) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("--help", "-h", "help"):
        terminal.say(usage())
        return CLEAN
    if name in ("--version", "-V"):
        terminal.say(f"wslgo {__version__}")
        return CLEAN
    if name not in COMMANDS:
        terminal.complain(f"wslgo: {_unknown(name)}" if name else usage())
        return FAILED
    command = command_of(name)
    options = read(name, command.USAGE, rest)
    if isinstance(options, Text):
        return Call(None, terminal).fail([options])
    if options.is_help:
        terminal.say(help_of(name, command.USAGE))
        return CLEAN
    return command.run(Call(options, terminal))


def _unknown(name: str) -> str:
    from wslgo.text.nearest import nearest  # only for a typo

    near = nearest(name, (known for known, summary in COMMANDS.items() if summary))
    return f"unknown command {name!r}; " + (f"did you mean {near}?" if near else "see wslgo --help")


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
