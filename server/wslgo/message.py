"""Words in two languages: kept apart from their arguments until the rim renders them."""

from typing import Literal, NamedTuple

from wslgo.pattern import pattern

Language = Literal["en", "zh"]

# Up to the last `@`: a password may hold one, or a comma, and better too much is masked than too little.
CREDENTIALS = pattern(r"""(?<=://)[^/ \t\r\n"']+@""")
_INVISIBLE = pattern(
    r"[\x00-\x1f\x7f\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


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

    def render(self, language: Language = "en") -> str:
        """The sentence in `language`, passwords in URLs masked and invisible characters spelled out."""
        template = self.message.zh if language == "zh" else self.message.en
        return template.format(**{name: _shown(value, language) for name, value in self.arguments})


def redact(text: str) -> str:
    """The text with `user:password@` in URLs masked, as the go command masks it."""
    return text if "@" not in text else CREDENTIALS.sub("xxxxx@", text)


def visible(text: str) -> str:
    """The text with invisible characters spelled out; nothing in it moves the cursor of a terminal."""
    return text if text.isprintable() else _INVISIBLE.sub(lambda found: spelled(found.group()), text)


def spelled(character: str) -> str:
    """`\\t` and the like by name, another character by its code point."""
    named = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\b": r"\b"}
    return named.get(character) or f"<U+{ord(character):04X}>"


def _shown(value: object, language: Language) -> object:
    if isinstance(value, Message):
        return value().render(language)
    if isinstance(value, Text):
        return value.render(language)
    if isinstance(value, str):
        return visible(redact(value))
    return value
