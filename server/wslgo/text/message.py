"""Messages in two languages, kept apart from their arguments until they are rendered."""

from collections.abc import Callable, Iterable
from itertools import accumulate

from wslgo.text.pattern import pattern
from wslgo.text.typing import Literal, NamedTuple

Language = Literal["en", "zh"]

_LONGEST = 100  # characters of a value that a message about a file shows
_INVISIBLE = pattern(
    r"[\x00-\x1f\x7f\u0080-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f\ud800-\udfff]"
)
_SEPARATORS = {"en": ", ", "zh": "、"}
_APART = "\u200b"  # a zero-width space: text copied from a notification rarely has a bracket after a bracket


class Markdown(str):
    """Markdown in which no foreign text is markup; only `wslgo.text.markdown` creates it."""

    __slots__ = ()


class Message(NamedTuple):
    """A sentence in English and Simplified Chinese with the same `{placeholders}`; call it to fill them."""

    en: str
    zh: str

    def __call__(self, **arguments: object) -> "Text":
        return Text(self, tuple(arguments.items()))


class Text(NamedTuple):
    """A message with its arguments; a tuple is a list, separated as the language does."""

    message: Message
    arguments: tuple[tuple[str, object], ...] = ()

    def render(self, language: Language = "en", inert: Callable[[str], str] | None = None) -> str:
        """Return the sentence in `language`, passwords in URLs masked and invisible characters spelled out.

        `inert` rewrites each argument for an output that interprets markup; `Markdown` arguments stay.
        """
        template = self.message.zh if language == "zh" else self.message.en
        return template.format(**{name: _argument_text(value, language, inert) for name, value in self.arguments})

    def shortened(self) -> "Text":
        """Return the sentence with each long value cut; `self` if none is too long."""
        if not _is_long(self):
            return self
        return Text(self.message, tuple((name, _short(value)) for name, value in self.arguments))


def _is_long(value: object) -> bool:
    if isinstance(value, Message):
        return False
    if isinstance(value, Text):
        return any(_is_long(argument) for _, argument in value.arguments)
    if isinstance(value, tuple):
        return any(map(_is_long, value)) or sum(map(_length, value)) > _LONGEST
    return isinstance(value, str) and len(value) > _LONGEST


def _length(value: object) -> int:
    return len(value) if isinstance(value, str) else 0


def _short(value: object) -> object:
    if not _is_long(value):
        return value
    if isinstance(value, Text):
        return value.shortened()
    if isinstance(value, tuple):
        values = tuple(map(_short, value))
        count = sum(total <= _LONGEST for total in accumulate(map(_length, values)))
        return values if count == len(values) else (*values[:count], "…")
    # Masked before it is cut: without its `@` a password is not recognised.
    return f"{redact(str(value))[: _LONGEST - 1]}…"


_LIST = Message(en="{list}", zh="{list}")


def enumeration(values: Iterable[object]) -> Text:
    """Return the values as one text, separated by the commas of the language."""
    return _LIST(list=tuple(values))


_SENTENCES = Message(en="{first}. {second}", zh="{first}。{second}")


def sentences(first: Text, *more: Text) -> Text:
    """Return sentences as one text, with the full stops of the language between them."""
    for second in more:
        first = _SENTENCES(first=first, second=second)
    return first


def redact(text: str) -> str:
    """Return the text with `user:password@` in URLs masked, as the go command masks it."""
    if "@" not in text:
        return text
    from wslgo.text.passwords import without_passwords  # few texts have a password

    return without_passwords(text)


def visible(text: str) -> str:
    """Return the text with invisible characters spelled out; nothing in it moves the cursor of a terminal."""
    return text if text.isprintable() else _INVISIBLE.sub(lambda found: spelling(found.group()), text)


def spelling(character: str) -> str:
    """Return the name of a character such as `\\t`, or its code point."""
    names = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\b": r"\b"}
    return names.get(character) or f"<U+{ord(character):04X}>"


def without_links(text: str) -> str:
    """Return the text with links `[words](target)` and icons `$(name)` broken; it looks the same."""
    return text.replace("](", f"]{_APART}(").replace("$(", f"${_APART}(")


class _Quotable(str):
    """An inert argument, which is inert in quotes (`{name!r}`), too."""

    __slots__ = ("_quoted",)
    _quoted: str

    def __repr__(self) -> str:
        return self._quoted


def _argument_text(value: object, language: Language, inert: Callable[[str], str] | None) -> object:
    if isinstance(value, Message):
        return value().render(language, inert)
    if isinstance(value, Text):
        return value.render(language, inert)
    if isinstance(value, tuple):
        return _SEPARATORS[language].join(str(_argument_text(item, language, inert)) for item in value)
    if isinstance(value, (Markdown, int, float)):
        return value
    text = visible(redact(str(value)))
    if inert is None:
        return text
    shown = _Quotable(inert(text))
    shown._quoted = inert(repr(text))  # noqa: SLF001 - its own
    return shown
