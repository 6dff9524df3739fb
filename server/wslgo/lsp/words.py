"""Texts for a client: in each, contents of files and paths cannot become links, commands or icons.

Everything the server says passes through these functions or `text.markdown`; `tests/test_inert_text.py` checks that.
"""

from wslgo.text.message import Language, Message, Text, visible, without_links


class Notice(str):
    """Text for notifications, questions, progress and labels, where VS Code reads `[words](target)` and `$(icon)`.

    Such a target may be a command, which one click runs.
    """

    __slots__ = ()


def notice(words: Text | Message, language: Language) -> Notice:
    """Return text for a notification, a question, a progress or a button."""
    return Notice(without_links(plain(words, language)))


def label(name: str) -> Notice:
    """Return a name from a file, for a list or an outline."""
    return Notice(without_links(visible(name)))


def plain(words: Text | Message, language: Language) -> str:
    """Return text for places that show it as it is: diagnostics, titles of fixes, hints, a terminal."""
    shown = (words() if isinstance(words, Message) else words).render(language)
    return "\n".join(map(visible, shown.split("\n")))
