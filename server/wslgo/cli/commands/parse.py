"""`wslgo parse`: how the program that a file is for reads it, as one line of JSON a file."""

import json
from collections.abc import Callable, Mapping

from wslgo.cli.arguments import Operands, Option, Usage
from wslgo.cli.call import Call
from wslgo.cli.files import Trouble, read_bytes, unread_reason
from wslgo.syntax.family import family_of
from wslgo.text.message import Message
from wslgo.text.source import Source, decode
from wslgo.text.typing import TYPE_CHECKING

UNKNOWN_KIND = Message(en="has an unknown type; choose one with --as", zh="文件类型未知；请用 --as 指定")

if TYPE_CHECKING:
    from wslgo.syntax.wsl.ini import Dialect

Environment = Mapping[str, str]


class Options:
    """The options of `wslgo parse`; `as` is a keyword of Python."""

    files: list[str]


def run(call: Call[Options]) -> int:
    """Exit code 2 when a file cannot be read."""
    is_complete = True
    for path in call.options.files:
        line = _line(path, call)
        if isinstance(line, Trouble):
            is_complete = False
            line = json.dumps({"error": line.sentence().render()})
        call.terminal.say_json(f"{line}\n")
    return 0 if is_complete else 2


def _line(path: str, call: Call[Options]) -> str | Trouble:
    data = unread_reason(path, call.terminal.environment) or read_bytes(path, call.terminal.stdin)
    if isinstance(data, Trouble):
        return data
    family = family_of(path)
    kind = getattr(call.options, "as") or (family.syntax if family else None)
    if kind not in KINDS:
        return Trouble(path, UNKNOWN_KIND())
    return KINDS[kind](decode(data), call.terminal.environment)


# Each imports only the parser that is asked for.


def _wsl(dialect: "Dialect") -> Callable[[Source, Environment], str]:
    def line(source: Source, _environment: Environment) -> str:
        from wslgo.knowledge.wsl_keys import KEYS
        from wslgo.syntax.wsl import ini_file

        return json.dumps(ini_file.report(ini_file.parse(source, dialect, KEYS[dialect])))

    return line


def _gomod(source: Source, _environment: Environment) -> str:
    from wslgo.syntax.go import mod_file, mod_report

    return json.dumps(mod_report.report(mod_file.parse(source)))


def _gowork(source: Source, _environment: Environment) -> str:
    from wslgo.syntax.go import mod_file, mod_report

    return json.dumps(mod_report.report(mod_file.parse_work(source)))


def _jsonc(source: Source, _environment: Environment) -> str:
    from wslgo.syntax.json import javascript, jsonc

    return javascript.to_json(jsonc.parse(source))


def _dotenv(source: Source, environment: Environment) -> str:
    from wslgo.syntax.shell import dotenv

    return json.dumps(dotenv.report(dotenv.parse(source), environment))


def _goproxy(source: Source, _environment: Environment) -> str:
    from wslgo.syntax.go import goproxy

    return json.dumps(goproxy.report(goproxy.read(source)))


def _goenv(source: Source, _environment: Environment) -> str:
    from wslgo.syntax.go import env_file

    return json.dumps(env_file.report(env_file.parse(source)))


KINDS: dict[str, Callable[[Source, Environment], str]] = {
    "wslconfig": _wsl("wslconfig"),
    "wslconf": _wsl("wslconf"),
    "gomod": _gomod,
    "gowork": _gowork,
    "jsonc": _jsonc,
    "dotenv": _dotenv,
    "goproxy": _goproxy,
    "goenv": _goenv,
}


USAGE = Usage(
    Message(
        en="Print how WSL, Go or VS Code reads each file: one line of JSON per file, in the given order.",
        zh="按给出的顺序，每个文件输出一行 JSON：WSL、Go 或 VS Code 如何读取它。",
    ),
    (Option("--as", Message(en="read as {kinds}", zh="读取方式：{kinds}")(kinds=tuple(KINDS)), "KIND", tuple(KINDS)),),
    Operands(
        "files", "FILE", Message(en="a file; - reads standard input", zh="文件；- 表示读取标准输入"), are_needed=True
    ),
)
