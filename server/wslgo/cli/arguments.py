"""The options of a command as data: its arguments are parsed from them, and `help_page` and docs/cli.md show them.

`argparse` would do, but its import and its parsers take a tenth of the time of `wslgo check FILE`, and its help differs
from one Python to the next.
"""

from collections.abc import Sequence
from types import SimpleNamespace

from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

Namespace = SimpleNamespace  # the arguments as attributes
Words = Text | Message | str  # of the help; a string is the same in both languages

UNKNOWN = Message(
    en="unknown option '{name}'; see wslgo {command} --help", zh="没有选项 '{name}'；见 wslgo {command} --help"
)
NO_VALUE = Message(en="{name} needs a value ({metavar})", zh="{name} 需要一个值（{metavar}）")
SWITCH = Message(en="{name} takes no value", zh="{name} 不带值")
NO_CHOICE = Message(en="{name} takes {choices}, not '{value}'", zh="{name} 只能是 {choices}，而不是 '{value}'")
NO_WORDS = Message(
    en="{metavar} is missing; see wslgo {command} --help", zh="缺少 {metavar}；见 wslgo {command} --help"
)
EXTRA_WORD = Message(en="wslgo {command} does not take '{word}'", zh="wslgo {command} 不接受 '{word}'")


class Option(NamedTuple):
    """`--name VALUE`; without `metavar` a switch. `alone` is the value of an option whose value may be left out."""

    name: str
    help: Words = ""
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: str | None = None
    is_list: bool = False
    alone: str | None = None
    is_hidden: bool = False
    synonyms: tuple[tuple[str, str], ...] = ()  # other words for choices, which no help shows

    @property
    def attribute(self) -> str:
        return self.name.strip("-").replace("-", "_")

    @property
    def initial(self) -> object:
        """The value of an option that is not given."""
        if self.is_list:
            return []
        return self.default if self.metavar else False

    @property
    def shown(self) -> str:
        metavar = f"[{self.metavar}]" if self.alone else self.metavar
        return f"{self.name} {metavar}".rstrip()


class Operands(NamedTuple):
    """The arguments after the options."""

    attribute: str
    metavar: str
    help: Words
    are_needed: bool = False
    is_one: bool = False


class Usage(NamedTuple):
    """The options of a command and its help."""

    about: Words
    options: tuple[Option, ...] = ()
    words: Operands | None = None
    after: Words = ""


HELP = Option("--help", Message(en="show this help", zh="显示此帮助"))


def read(command: str, usage: Usage, arguments: Sequence[str]) -> Namespace | Text:
    """Return the arguments as attributes (`is_help` when help is wanted), or what is wrong with them."""
    given = Namespace(is_help=False, **{option.attribute: option.initial for option in usage.options})
    words: list[str] = []
    rest = list(reversed(arguments))
    while rest:
        word = rest.pop()
        if word == "--":
            words += reversed(rest)
            break
        if word in ("-h", "--help"):
            return Namespace(is_help=True)
        if word == "-" or not word.startswith("-"):
            words.append(word)
        elif problem := _take(word, rest, given, command, usage):
            return problem
    return _with_words(given, words, command, usage.words)


def _take(word: str, rest: list[str], given: Namespace, command: str, usage: Usage) -> Text | None:
    """Put an option with its value, which may be the next word, into `given`."""
    name, equals, value = word.partition("=")
    option = next((option for option in usage.options if option.name == name), None)
    if option is None:
        return UNKNOWN(name=name, command=command)
    if not option.metavar:
        setattr(given, option.attribute, True)
        return SWITCH(name=name) if equals else None
    if not equals:
        if option.alone is not None and (not rest or rest[-1].startswith("-")):
            value = option.alone
        elif rest:
            value = rest.pop()
        else:
            return NO_VALUE(name=name, metavar=option.metavar)
    return _put(option, value, given)


def _put(option: Option, value: str, given: Namespace) -> Text | None:
    value = dict(option.synonyms).get(value.lower(), value.lower()) if option.choices else value
    if option.choices and value not in option.choices:
        return NO_CHOICE(name=option.name, choices=option.choices, value=value)
    if option.is_list:
        getattr(given, option.attribute).extend(item.strip() for item in value.split(",") if item.strip())
    else:
        setattr(given, option.attribute, value)
    return None


def _with_words(given: Namespace, words: list[str], command: str, wanted: Operands | None) -> Namespace | Text:
    if wanted is None:
        return EXTRA_WORD(command=command, word=words[0]) if words else given
    if wanted.are_needed and not words:
        return NO_WORDS(metavar=wanted.metavar, command=command)
    if wanted.is_one and len(words) > 1:
        return EXTRA_WORD(command=command, word=words[1])
    setattr(given, wanted.attribute, words)
    return given
