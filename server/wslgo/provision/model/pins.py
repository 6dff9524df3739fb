"""The pins of a `wslgo.lock` in a plan.

A lock is a file of a repository, so it is untrusted: it chooses among published versions and can reject what does not
match it, but a hash in it never replaces that of the source or of the checksum database.
"""

from typing import NamedTuple

from wslgo.syntax.lock_file import Archives, Lock, PinnedTool
from wslgo.text.message import Message

NOT_AS_PINNED = Message(
    en="{name} is not installed: wslgo.lock pins {pinned}, but {source} has {found}",
    zh="未安装 {name}：wslgo.lock 固定的是 {pinned}，而{source}给出的是 {found}",
)
BY_SOURCE = Message(en="{source}", zh=" {source} ")
BY_DATABASE = Message(en="the checksum database", zh="校验和数据库")
BY_ARCHIVE = Message(en="the archive", zh="归档")
BY_GO = Message(en="the module that go verified", zh=" go 校验过的模块")

_SHOWN = 8  # pins in a message


class Pins(NamedTuple):
    """A lock and its path; with `is_trusted` also what works is replaced by what is pinned."""

    lock: Lock = Lock()
    path: str = ""
    is_trusted: bool = False

    @property
    def go(self) -> str:
        """Return the pinned Go version, "" without one."""
        return "" if self.lock.go is None else self.lock.go.version

    @property
    def words(self) -> tuple[str, ...]:
        """Return the pins in short."""
        tools = (f"{tool.package.rpartition('/')[2]} {tool.version}" for tool in self.lock.tools)
        every = (*((f"Go {self.go}",) if self.go else ()), *tools, *self.lock.certificates.values())
        return every if len(every) <= _SHOWN else (*every[:_SHOWN], "...")

    def archives(self, version: str, architecture: str) -> Archives:
        """Return the pinned hashes of a toolchain (`go1.27.3`); without any if another version or none is pinned."""
        go = self.lock.go
        if go is None or version != f"go{go.version}":
            return Archives()
        return go.archives.get(f"linux-{architecture}", Archives())

    def tool(self, package: str) -> PinnedTool | None:
        """Return the pin of a tool."""
        return self.lock.tool(package)

    def has(self, fingerprint: str) -> bool:
        """Return whether a certificate may be trusted: a lock without certificates says nothing about them."""
        return not self.lock.certificates or fingerprint in self.lock.certificates
