"""The command line: finds the command, gives it the terminal, and turns every end into an exit code.

Commands are modules with `configure(parser)` and `run(options, terminal) -> int`; only the one that was asked for is
imported, since each import counts in a program that runs for 30 ms.
"""

import gc
import os
import sys
from argparse import ArgumentParser, HelpFormatter, Namespace
from importlib import import_module
from typing import Protocol, cast

from wslgo import __version__
from wslgo.cli.terminal import CLEAN, FAILED, Terminal, discard_output, of_process

INTERRUPTED = 130
BROKEN_PIPE = 141

COMMANDS = {
    "check": "say what is wrong in files and folders",
    "fix": "apply the fixes",
    "parse": "print how WSL, Go or VS Code reads a file, as JSON",
    "explain": "explain a rule",
    "rules": "list the rules",
    "lsp": "start the language server",
    "docs": "",  # for developers of wslgo: writes the generated parts of the documentation
}


class Command(Protocol):
    """What a command module offers; its usage is written out, since deriving it takes 2 ms."""

    USAGE: str

    def configure(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Namespace, terminal: Terminal) -> int: ...


def console() -> None:
    """The console script."""
    if sys.argv[1:2] == ["lsp"]:
        sys.exit(main(sys.argv[1:]))
    # A tenth of the time would go into counting objects that stay and into freeing them one by one at the end.
    gc.disable()
    code = main(sys.argv[1:])
    os._exit(code)


def main(arguments: list[str], terminal: Terminal | None = None) -> int:
    """Run a command; returns the exit code and never raises."""
    terminal = terminal or of_process()
    try:
        code = _run(arguments, terminal)
        terminal.out.flush()
        return code
    except BrokenPipeError:
        discard_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the rim: nobody is above us to read a traceback
        return _fail(error, terminal)


def usage() -> str:
    """What `wslgo --help` prints."""
    width = max(len(name) for name in (*COMMANDS, "--version"))
    commands = "\n".join(f"  {name:{width}}  {summary}" for name, summary in COMMANDS.items() if summary)
    return (
        "usage: wslgo COMMAND ...\n\n"
        "Finds and fixes what makes Go on WSL2 slow or wrong: .wslconfig, wsl.conf, go.mod and more.\n\n"
        f"commands:\n{commands}\n\n"
        "options:\n"
        f"  {'--help':{width}}  show this help, or that of a command: wslgo COMMAND --help\n"
        f"  {'--version':{width}}  show the version"
    )


def parser_of(name: str) -> ArgumentParser:
    """The arguments of a command."""
    command = _command(name)
    usage = f"wslgo {name} {command.USAGE}"
    parser = ArgumentParser(f"wslgo {name}", usage, formatter_class=_Formatter, allow_abbrev=False)
    command.configure(parser)
    return parser


class _Formatter(HelpFormatter):
    """Help of one width everywhere; asking for the width of the terminal costs the imports of `shutil`."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)


def _run(arguments: list[str], terminal: Terminal) -> int:
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
    try:
        options = parser_of(name).parse_intermixed_args(rest)
    except SystemExit as stop:  # argparse has printed the help or what is wrong
        return FAILED if stop.code else CLEAN
    return _command(name).run(options, terminal)


def _unknown(name: str) -> str:
    from wslgo.nearest import nearest  # only those who mistype pay for it

    near = nearest(name, (known for known, summary in COMMANDS.items() if summary))
    return f"there is no command {name!r}; " + (f"did you mean {near}?" if near else "see wslgo --help")


def _command(name: str) -> Command:
    return cast("Command", import_module(f"{__name__}.{name}"))


def _fail(error: Exception, terminal: Terminal) -> int:
    """One line about what went wrong, for OSError mostly that the output cannot be written."""
    if os.environ.get("WSLGO_DEBUG"):
        raise error
    words = f"{error.strerror}" if isinstance(error, OSError) and error.strerror else f"{type(error).__name__}: {error}"
    kind = "cannot write the output" if isinstance(error, OSError) else "internal error (WSLGO_DEBUG=1 tells more)"
    discard_output()
    try:
        terminal.err.write(f"wslgo: {kind}: {words}\n".encode("utf-8", "backslashreplace"))
        terminal.err.flush()
    except OSError:
        pass  # nobody can be told
    return FAILED
