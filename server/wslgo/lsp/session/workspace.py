"""The folders of a workspace and its trust: what may be read at all."""

from wslgo.lsp.session.survey import real_folders
from wslgo.system.reader import is_within, leads_out


class Workspace:
    """The open folders, and whether the user trusts them."""

    def __init__(self, roots: tuple[str, ...] = (), *, is_trusted: bool = False) -> None:
        self.roots = roots
        self.is_trusted = is_trusted

    @property
    def real_roots(self) -> tuple[str, ...]:
        """The folders with links resolved: a file found there is not read if it leads out of them."""
        return real_folders(self.roots)

    @property
    def bounds(self) -> tuple[str, ...] | None:
        """The folders that limit a search upwards; without trust those of the workspace."""
        return None if self.is_trusted else self.real_roots

    def contains(self, path: str) -> bool:
        """Return whether a file is in the workspace, with links resolved."""
        return not leads_out(path, self.real_roots)

    def may_read(self, path: str) -> bool:
        """Return whether a path may be looked up on disk: without trust only in the workspace."""
        return self.is_trusted or (is_within(path, self.roots) and self.contains(path))

    def may_read_opened(self, path: str) -> bool:
        """Return whether a file that the user has opened may be read: without any folder, each."""
        return not self.roots or self.may_read(path)
