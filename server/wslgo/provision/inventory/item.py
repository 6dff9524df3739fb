"""A thing that was provisioned: its version, source and hashes, and whether it still is as recorded."""

from typing import NamedTuple

from wslgo.text.message import Message, Text

# The kinds, in the order in which they are listed.
TOOLCHAIN, TOOL, CERTIFICATE, PACKAGE, FILE, LINK, FOLDER = KINDS = (
    "toolchain", "tool", "certificate", "package", "file", "link", "folder",
)  # fmt: skip

AS_RECORDED = "as-recorded"
CHANGED = "changed"
REMOVED = "removed"
UNKNOWN = "unknown"
REPLACED = "replaced"  # by a later run
UNDONE = "undone"

# What is no longer there by the records themselves.
PAST = (REPLACED, UNDONE)

NO_HASH = Message(en="no hash was recorded", zh="没有记录校验和")
NO_RECORD = Message(en="its record in the journal cannot be read", zh="日志中的相应记录无法读取")
INTERRUPTED = Message(en="the run was interrupted before its hash was recorded", zh="运行在记录其校验和之前被中断")
NO_DPKG = Message(en="the list of installed packages cannot be read", zh="无法读取已安装软件包的列表")


class Item(NamedTuple):
    """A thing of a run; `path` is on that machine, and `time` and `by` are those of the run.

    `hashes` are pairs of a name and a hash: `archive` and `content` of a toolchain, `module` and `file` of a tool,
    `fingerprint` of a certificate, `file` of any other file. `reason` is why a state is unknown.
    """

    kind: str
    name: str
    path: str
    run: str
    time: str
    by: str
    version: str = ""
    source: str = ""
    hashes: tuple[tuple[str, str], ...] = ()
    state: str = AS_RECORDED
    reason: Text | None = None

    def hash(self, name: str) -> str:
        """Return the hash of a name, "" without it."""
        return dict(self.hashes).get(name, "")
