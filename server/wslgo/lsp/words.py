"""Words on their way to a client: what comes from a file or a path is no link, command or icon there.

Everything the server says goes through one of these, or through `text.markdown`: `tests/test_inert_text.py` holds it.
"""

from wslgo.text.message import Language, Message, Text, visible, without_links


class Notice(str):
    """Words for notifications, questions, progress and labels, where VS Code reads `[words](target)` and `$(icon)`.

    A target there may be a command, which one click runs.
    """

    __slots__ = ()


def notice(words: Text | Message, language: Language) -> Notice:
    """Return words for a notification, a question, a progress or a button."""
    return Notice(without_links(plain(words, language)))


def label(name: str) -> Notice:
    """Return a name that a file gives, for a list or an outline."""
    return Notice(without_links(visible(name)))


def plain(words: Text | Message, language: Language) -> str:
    """Return words for places that show a text as it is: diagnostics, titles of fixes, hints, a terminal."""
    shown = (words() if isinstance(words, Message) else words).render(language)
    return "\n".join(map(visible, shown.split("\n")))
