"""A listing of texts in memory."""

from collections.abc import Mapping

from wslgo.golang.listing import Entries


class MemoryListing:
    """A tree of files given as a mapping of paths to texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def entries(self, folder: str) -> Entries:
        below = f"{folder}/" if folder else ""
        inside = [path[len(below) :] for path in self._texts if path.startswith(below)]
        folders = {name.partition("/")[0] for name in inside if "/" in name}
        return Entries(tuple(sorted(folders)), tuple(sorted(name for name in inside if "/" not in name)))

    def text(self, path: str, size: int) -> str:
        return self._texts.get(path, "")[:size]
