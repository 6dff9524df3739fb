"""Words in two languages: kept apart from their arguments until the rim renders them."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from wslgo.text.passwords import masked
from wslgo.text.pattern import pattern

Language = Literal["en", "zh"]

_LONGEST = 100  # characters of a value that a sentence about a file shows
_INVISIBLE = pattern(
    r"[\x00-\x1f\x7f\u0080-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f\ud800-\udfff]"
)
_APART = "\u200b"  # what is copied out of a notification by hand rarely has a bracket after a bracket


class Markdown(str):
    """Text that is Markdown already, in which nothing from outside is markup: `wslgo.text.markdown` makes it."""

    __slots__ = ()


class Message(NamedTuple):
    """A sentence in English and Simplified Chinese with the same `{placeholders}`; call it to fill them."""

    en: str
    zh: str

    def __call__(self, **arguments: object) -> "Text":
        return Text(self, tuple(arguments.items()))


class Text(NamedTuple):
    """A message with its arguments."""

    message: Message
    arguments: tuple[tuple[str, object], ...] = ()

    def render(self, language: Language = "en", inert: Callable[[str], str] | None = None) -> str:
        """Return the sentence in `language`, passwords in URLs masked and invisible characters spelled out.

        `inert` rewrites each argument for a rim that would read markup into it; what is `Markdown` stays.
        """
        template = self.message.zh if language == "zh" else self.message.en
        return template.format(**{name: _shown(value, language, inert) for name, value in self.arguments})

    def shortened(self) -> "Text":
        """Return the sentence with each value cut to what people read; the very same one where none is longer."""
        if not any(map(_is_long, self.arguments)):
            return self
        return Text(self.message, tuple((name, _short(value)) for name, value in self.arguments))


def _is_long(argument: tuple[str, object]) -> bool:
    value = argument[1]
    if isinstance(value, Text):
        return any(map(_is_long, value.arguments))
    return isinstance(value, str) and len(value) > _LONGEST


def _short(value: object) -> object:
    if isinstance(value, Text):
        return value.shortened()
    if not isinstance(value, str) or len(value) <= _LONGEST:
        return value
    # Masked first: a password of which the `@` is cut off would not be found.
    return f"{redact(value)[: _LONGEST - 1]}…"


def listed(texts: Iterable[Text]) -> Text:
    """All of them, with the commas of the language."""
    numbered = {f"n{number}": text for number, text in enumerate(texts)}
    places = [f"{{{place}}}" for place in numbered]
    return Message(en=", ".join(places), zh="、".join(places))(**numbered)


def redact(text: str) -> str:
    """The text with `user:password@` in URLs masked, as the go command masks it."""
    return text if "@" not in text else masked(text)


def visible(text: str) -> str:
    """The text with invisible characters spelled out; nothing in it moves the cursor of a terminal."""
    return text if text.isprintable() else _INVISIBLE.sub(lambda found: spelled(found.group()), text)


def spelled(character: str) -> str:
    """`\\t` and the like by name, another character by its code point."""
    named = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\b": r"\b"}
    return named.get(character) or f"<U+{ord(character):04X}>"


def unlinked(text: str) -> str:
    """Return the text without links like `[words](target)` and icons like `$(name)`, which looks the same."""
    return text.replace("](", f"]{_APART}(").replace("$(", f"${_APART}(")


class _Quotable(str):
    """An argument made inert, and how it is made inert in quotes: `{name!r}`."""

    __slots__ = ("_quoted",)
    _quoted: str

    def __repr__(self) -> str:
        return self._quoted


def _shown(value: object, language: Language, inert: Callable[[str], str] | None) -> object:
    if isinstance(value, Message):
        return value().render(language, inert)
    if isinstance(value, Text):
        return value.render(language, inert)
    if isinstance(value, (Markdown, int, float)):
        return value
    text = visible(redact(str(value)))
    if inert is None:
        return text
    shown = _Quotable(inert(text))
    shown._quoted = inert(repr(text))  # noqa: SLF001 - its own
    return shown
