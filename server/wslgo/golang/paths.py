"""Paths inside a listing: relative to its root and separated by `/`; the root itself is ""."""

from collections.abc import Iterator

LONGEST = 4096  # characters: PATH_MAX of Linux


def joined_path(folder: str, name: str) -> str:
    """Return the path of a name in a folder."""
    return f"{folder}/{name}" if folder and name else folder or name


def parent(path: str) -> str:
    """Return the folder that holds a path."""
    return path.rpartition("/")[0]


def ancestors(folder: str) -> Iterator[str]:
    """Yield a folder and then each folder above it, up to the root."""
    yield folder
    while folder:
        folder = parent(folder)
        yield folder


def resolved_path(folder: str, path: str) -> str | None:
    """Return a relative path as seen from a folder, without `.` and `..`; None if it leaves the listing."""
    if path.startswith("/"):
        return None
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
