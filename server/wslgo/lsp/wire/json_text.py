"""A part of a message that is JSON already, and is sent as it is."""


class JsonText(str):
    """A text in JSON."""

    __slots__ = ()
