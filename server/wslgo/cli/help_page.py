"""The text of `--help`, in the language of the terminal; imported only for it."""

from collections.abc import Iterator

from wslgo.cli.arguments import HELP, Usage, Words
from wslgo.cli.output.wrapped import wrapped
from wslgo.cli.terminal import rendered
from wslgo.cli.usage import COMMANDS
from wslgo.text.message import Language, Message

WIDTH = 100

_USAGE = Message(en="usage: {synopsis}", zh="用法：{synopsis}")
_ABOUT = Message(
    en="Find and fix what makes Go slow or broken on WSL2: .wslconfig, wsl.conf, go.mod and more.",
    zh="查找并修复使 WSL2 上的 Go 变慢或无法工作的问题：.wslconfig、wsl.conf、go.mod 等。",
)
_COMMANDS = Message(en="commands:", zh="命令：")
_OPTIONS = Message(en="options:", zh="选项：")
_GENERAL = (
    (
        "--help",
        Message(
            en="show this help, or that of a command: wslgo COMMAND --help",
            zh="显示此帮助；wslgo COMMAND --help 显示某个命令的帮助",
        ),
    ),
    ("--version", Message(en="show the version", zh="显示版本")),
)


def usage(language: Language = "en") -> str:
    """Return what `wslgo --help` prints."""
    commands = [(name, _in(summary, language)) for name, summary in COMMANDS.items() if summary]
    general = [(name, _in(meaning, language)) for name, meaning in _GENERAL]
    return "\n".join(
        (
            _in(_USAGE(synopsis="wslgo COMMAND ..."), language),
            "",
            _in(_ABOUT, language),
            "",
            _in(_COMMANDS, language),
            *_table(commands),
            "",
            _in(_OPTIONS, language),
            *_table(general),
        )
    )


def help_of(command: str, usage: Usage, language: Language = "en") -> str:
    """Return what `wslgo COMMAND --help` prints."""
    options = [option for option in (*usage.options, HELP) if not option.is_hidden]
    rows = [(option.shown, _in(option.help, language)) for option in options]
    if usage.words:
        rows.insert(0, (usage.words.metavar, _in(usage.words.help, language)))
    synopsis = _in(_USAGE(synopsis=_synopsis(command, usage)), language)
    after = ("", _in(usage.after, language)) if usage.after else ()
    return "\n".join((synopsis, "", _in(usage.about, language), "", *_table(rows), *after))


def _in(words: Words, language: Language) -> str:
    if isinstance(words, Message):
        return words.zh if language == "zh" else words.en
    return words if isinstance(words, str) else rendered(words, language)


def _table(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Yield two columns, the second one wrapped."""
    column = max(len(name) for name, _ in rows) + 4
    for name, meaning in rows:
        first, *more = wrapped(meaning, WIDTH - column)
        yield f"  {name:{column - 4}}  {first}"
        yield from (f"{'':{column}}{line}" for line in more)


def _synopsis(command: str, usage: Usage) -> str:
    words = "" if usage.words is None else usage.words.metavar + ("" if usage.words.is_one else " ...")
    if usage.words and not usage.words.are_needed:
        words = f"[{words}]"
    return f"wslgo {command} [OPTION ...] {words}".rstrip()
