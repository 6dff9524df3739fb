"""A tree of files that a project is read from."""

from wslgo.text.typing import NamedTuple, Protocol


class Entries(NamedTuple):
    """The names of the folders and files directly in a folder."""

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Listing(Protocol):
    """A tree of files to read."""

    def entries(self, folder: str) -> Entries:
        """Return the entries of a folder; empty if it does not exist."""
        ...

    def text(self, path: str, size: int) -> str:
        """Return the first `size` bytes or characters of a file; "" if it does not exist."""
        ...
